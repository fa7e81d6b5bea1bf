"""The words and signs that a message of the bot offers, and the half commands they stand for (dialogue.md 8 and 11)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

from bot.carrier import Carrier
from bot.said import Said
from commands.kit.arguments import is_date_shaped
from commands.kit.declare import Command
from commands.kit.dialogue import CANCEL
from commands.kit.parse import fields_only, split
from commands.kit.ports import Offer, Option, Question
from commands.kit.records import ANY_PREFIX, PREFIXES, is_open
from commands.kit.reply import say
from commands.kit.turn import Ask, Reply, Turn
from commands.words.enumeration import joined
from storage.inbox import Received

#: The word of an offer that any date answers.
DATE_WORD = "datum"
#: The word of an offer that whatever is said under it answers: the message is a question to that person.
TEXT_WORD = "antwoord"
#: "31, 33 of beide?" Longer ones first, so that "alle twee" is not read as "alle" with something behind it.
_EVERY = re.compile(r"(?:alle ?twee|alle ?drie|allemaal|allebei|alles|alle|beiden?)(?![\w-])[\s,;:.!]*", re.IGNORECASE)
_NUMBERS = re.compile(r"(?:(?:,|en|&|\+)?\s*\d+(?![\w-])[\s,;:]*)+", re.IGNORECASE)


_ONLY_IDS = re.compile(
    rf"(?:(?:,|en|&|\+)?\s*(?:(?:{ANY_PREFIX})[- ]?)?(?:20\d\d-)?\d+(?![\w-])[\s,;:.!]*)+", re.IGNORECASE
)


class Offering:
    """Carries out what an offer stands for. Several records may be offered by one word; then it asks which."""

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier

    def by_word(self, offers: Sequence[Offer], event: Received, turn: Turn, said: Said) -> bool:
        """Take the offer that the message begins with, or a date where one is offered; False when none fits."""
        text = event.text.strip()
        word, rest = first_word(text)
        fits = _with(offers, word)
        dated = not fits and is_date_shaped(text, turn)
        if dated:
            fits, rest = _with(offers, DATE_WORD), text
        if not fits:
            return False
        if len(fits) > 1:
            fits = [offer for offer in fits if asks_still(offer, turn)] or fits
        if are_unlike(fits):
            fits, rest = named_by_id(fits, rest)
            if not fits:
                self._name_one(offers, word, turn, said)
            else:
                self.take(fits[0], rest, event, turn, said)
            return True
        if len(fits) > 1:
            chosen, after = self._chosen(fits, rest)
            if not chosen or (len(chosen) > 1 and self._differs(chosen[0], after, turn)):
                self._which(fits, rest if not chosen else "", event, turn, said)
                return True
            fits, rest = chosen, after
        named = numbers_named(rest) if number_of(fits[0]).isdigit() and not dated else []
        here = list(dict.fromkeys(number_of(offer) for offer in offers if offer.command == fits[0].command))
        if others := [number for number in named if number not in here]:
            # A message about one action finishes no other, whatever is typed behind the word.
            text = f"Dit bericht gaat over {joined(here)}. Voor {joined(others)} typ je de opdracht zelf, zie !mijn."
            said.add(self.carrier.place(turn), Reply(say(text), receipt=False))
            return True
        rest = "" if named else rest
        for offer in fits:
            self.take(offer, rest, event, turn, said)
        return True

    def by_sign(self, offers: Sequence[Offer], key: str, event: Received, turn: Turn, said: Said) -> bool:
        """Take what an emoji stands for on this message; False when the message does not offer it."""
        fits = _with(offers, key)
        if not fits:
            return False
        turn.by_reaction = True
        if len(fits) > 1:
            fits = [offer for offer in fits if asks_still(offer, turn)] or fits
        if are_unlike(fits):
            self._name_one(offers, key, turn, said)
        elif len(fits) > 1:
            self._which(fits, "", event, turn, said)
        else:
            self.take(fits[0], "", event, turn, said)
        return True

    def freely(self, offers: Sequence[Offer], event: Received, turn: Turn, said: Said) -> bool:
        """The message asked this person something: what they say is the answer, whatever the words."""
        text = event.text.strip()
        fits = [offer for offer in offers if offer.word == TEXT_WORD]
        if len(fits) != 1 or text.casefold().rstrip(".!") in CANCEL or not re.search(r"\w", text):
            return False
        self.take(fits[0], text, event, turn, said)
        return True

    def by_fields(self, offers: Sequence[Offer], event: Received, turn: Turn, said: Said) -> bool:
        """Take the one offer whose command knows every field of a text that is fields only: "proces: te veel mail"."""
        text = event.text.strip()
        if any(offer.word == TEXT_WORD for offer in offers):
            return False
        known = [offer for offer in offers if offer.command]
        fits = [offer for offer in known if fields_only(self.carrier.catalogue[offer.command], text, turn)]
        if len(fits) != 1:
            return False
        self.take(fits[0], text, event, turn, said)
        return True

    def take(self, offer: Offer, rest: str, event: Received, turn: Turn, said: Said) -> None:
        """Run the half command of an offer; `rest` is what stood behind its word."""
        asker = offer.to.removeprefix("dm:") if offer.to.startswith("dm:") else ""
        where = turn if asker else self.carrier.where(offer.to, offer.thread, turn)
        if not offer.command:
            self._declined(offer, asker, where, turn, said)
            return
        command = self.carrier.catalogue[offer.command]
        rest = rest.strip(" ,;:")
        parts = split(command, rest, turn, offer.parts).parts if rest else offer.parts
        self.carrier.aside(turn, where, said)
        outcome = self.carrier.execute(where, command, event, said, parts=parts)
        if asker and isinstance(outcome, Reply):
            turn.tell(asker, outcome.message, about=outcome.about)

    def _declined(self, offer: Offer, asker: str, where: Turn, turn: Turn, said: Said) -> None:
        about = tuple(offer.parts.values())
        answer_is = say(f"{turn.person.label} gaat hier niet mee akkoord: {', '.join(about)}.")
        if asker:
            turn.tell(asker, answer_is, about=about)
        elif where.room is not None and where is not turn:
            self.carrier.aside(turn, where, said)
            said.add(self.carrier.place(where), Reply(answer_is, about=about))
        said.add(self.carrier.place(turn), Reply(say("Goed, ik geef het door.")))

    # --- several at once ---------------------------------------------------------------------------------------------
    def _name_one(self, offers: Sequence[Offer], word: str, turn: Turn, said: Said) -> None:
        """Ask which of several unlike things is meant. The word is not said back: it may be an answer without names."""
        fits = [offer for offer in _with(offers, word) if asks_still(offer, turn)] or _with(offers, word)
        named = [f"{subject_of(offer)} ({offer.command})" if offer.command else subject_of(offer) for offer in fits]
        which = f"{', '.join(named[:-1])} of {named[-1]}"
        again = "U zegt het" if turn.formal else "Zeg het"
        how = f"{again} nog eens" if re.search(r"\w", word) else f"{again} in een woord"
        text = f"Dat past hier bij meer dan één ding. {how}, met erachter waarbij: {which}."
        said.add(self.carrier.place(turn), Reply(say(text), offers=tuple(offers), receipt=False))

    def _chosen(self, offers: list[Offer], rest: str) -> tuple[list[Offer], str]:
        """Which of several offers the words name ("31", "31 en 33", "beide"), and what stands behind that."""
        command = self.carrier.catalogue.get(offers[0].command)
        part = next(iter(offers[0].parts), "")
        numbers, after = numbers_in(rest, [number_of(offer) for offer in offers], command, part)
        return [offer for offer in offers if number_of(offer) in numbers], after

    def _differs(self, offer: Offer, rest: str, turn: Turn) -> bool:
        """Whether each of several needs an answer of its own, such as a date: then one at a time."""
        command = self.carrier.catalogue[offer.command]
        given = split(command, rest, turn, offer.parts).parts if rest else offer.parts
        return any(argument.required and argument.name not in given for argument in command.arguments)

    def _which(self, offers: list[Offer], rest: str, event: Received, turn: Turn, said: Said) -> None:
        numbers = [number_of(offer) for offer in offers]
        part = next(iter(offers[0].parts))
        options = tuple(Option(n, offer.parts[part]) for n, offer in zip(numbers, offers, strict=True))
        command = self.carrier.catalogue[offers[0].command]
        typed = split(command, rest, turn, {part: options[0].value}).parts if rest else {}
        more = {name: raw for name, raw in {**offers[0].parts, **typed}.items() if name != part}
        every = each_apart(command, part) and not self._differs(offers[0], rest, turn)
        self.carrier.gather(turn, command, Ask(part, which_text(numbers, every=every), options, more), event, said)


def which_text(numbers: Sequence[str], *, every: bool) -> str:
    """ "31 of 33?", and where one answer may be for all "31, 33 of beide?" (dialogue.md §2)."""
    words = [*numbers, "beide" if len(numbers) == 2 else "alle"] if every else list(numbers)
    return f"{', '.join(words[:-1])} of {words[-1]}?"


def each_apart(command: Command | None, part: str) -> bool:
    """Whether a command may be repeated for several records: they are what it is about, its first part."""
    return command is not None and bool(command.arguments) and command.arguments[0].name == part


def numbers_in(text: str, known: Sequence[str], command: Command | None, part: str) -> tuple[list[str], str]:
    """The known numbers that the text begins with, all of them for "beide" where that can be; ([], text) if none."""
    several = each_apart(command, part)
    if several and (every := _EVERY.match(text)):
        return list(known), text[every.end() :].strip()
    match = _NUMBERS.match(text) if several else re.match(r"\d+(?![\w-])[\s,;:.!]*", text)
    found = [number.lstrip("0") for number in re.findall(r"\d+", match[0])] if match else []
    while found and match is not None and len(found) > 1 and found[-1] not in known:
        # "31 8 oktober": the second number begins a date.
        found.pop()
        match = re.compile(rf"(?:\D*\d+){{{len(found)}}}(?![\w-])[\s,;:.!]*").match(text)
    if not found or match is None or any(number not in known for number in found):
        return [], text
    return list(dict.fromkeys(found)), text[match.end() :].strip()


def chosen_options(question: Question, text: str, command: Command | None) -> list[str]:
    """The values of the options that an answer names, when it names more than one."""
    if not question.missing or not question.options or not all(o.label.isdigit() for o in question.options):
        return []
    labels = [option.label for option in question.options]
    numbers, rest = numbers_in(text.strip(), labels, command, question.missing)
    if rest or len(numbers) < 2:
        return []
    return [option.value for option in question.options if option.label in numbers]


def asks_still(offer: Offer, turn: Turn) -> bool:
    """Whether the record that an offer is about is still open; the finished one of a bundle is not asked for again."""
    id = next(iter(offer.parts.values()), "")
    kind = next((kind for kind, prefix in PREFIXES.items() if id.startswith(f"{prefix}-")), None)
    record = turn.store.get(cast(Any, kind), id) if kind is not None else None
    return record is None or is_open(record)


def number_of(offer: Offer) -> str:
    """The number of the record that an offer is about, as people type it."""
    return next(iter(offer.parts.values()), "").rsplit("-", 1)[-1].lstrip("0")


def are_unlike(offers: Sequence[Offer]) -> bool:
    """Whether one word stands for different deeds, or for records of two kinds that have the same number."""
    deeds = {(offer.command, next(iter(offer.parts), "")) for offer in offers}
    return len(offers) > 1 and (len(deeds) > 1 or len({number_of(offer) for offer in offers}) < len(offers))


def subject_of(offer: Offer) -> str:
    """What an offer is about: the id of a record, or the text it carries."""
    return next(iter(offer.parts.values()), "")


def named_by_id(offers: Sequence[Offer], text: str) -> tuple[list[Offer], str]:
    """The one offer whose record the text begins with, as an id ("PEI-2027-001", "pei1") or a code, and what stands
    behind it; ([], text) when it names none. A number alone is not enough: two kinds may have it."""
    said, _, after = text.strip().partition(" ")
    token = said.casefold().rstrip(",;:.!?")
    for offer in offers:
        id = subject_of(offer).casefold()
        prefix, number = id.partition("-")[0], number_of(offer)
        if token and token in (id, f"{prefix}{number}", f"{prefix}-{number}"):
            return [offer], after.strip()
    return [], text


def numbers_named(text: str) -> list[str]:
    """The numbers of records when nothing else was said: "3", "act3 en 4"."""
    if not _ONLY_IDS.fullmatch(text):
        return []
    return list(dict.fromkeys(number.lstrip("0") for number in re.findall(r"(\d+)(?![\d-])", text)))


def first_word(text: str) -> tuple[str, str]:
    """The first word in lower case, and what follows."""
    match = re.match(r"\s*([^\s,;:.!]+)[\s,;:.!]*(.*)", text, re.DOTALL)
    return (match[1].casefold(), match[2].strip()) if match else ("", "")


def _with(offers: Sequence[Offer], word: str) -> list[Offer]:
    """The offers with that word. Two reminders in one message may offer the same: that is one choice."""
    return [o for n, o in enumerate(offers) if o.word.casefold() == word and o not in offers[:n]]
