"""Messages without `!`: answers to open questions, to nudges, and reactions. Everything else is chat and left alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

from sqlmodel import Session

from bot.carrier import Carrier
from bot.said import Said
from commands.kit.arguments import is_date_shaped
from commands.kit.dialogue import CANCEL, NO, YES, Answer, answer, unfit
from commands.kit.parse import Typed, split
from commands.kit.ports import Offer, Option, Posted, Question
from commands.kit.records import PREFIXES, is_open
from commands.kit.reply import say
from commands.kit.turn import Ask, Reply, Turn
from commands.words.signal import Signal, SignalState
from commands.words.verdict import Instead, Refused
from storage.inbox import Received
from storage.tables import InboxState

#: Channels without threads: a plain answer in the room counts as an answer to the last question there.
THREADLESS = ("console",)
#: Some clients add a variation selector to an emoji.
_VARIATION = "\ufe0f"
#: The word of an offer that any date answers.
DATE_WORD = "datum"
#: The word of an offer that whatever is said under it answers: the message is a question to that person.
TEXT_WORD = "antwoord"
HINT = "Ik werk met opdrachten. Typ !signaal en één zin, of !help voor wat hier kan."


class Answering:
    """Finds out what a plain message or a reaction answers, and has it carried out."""

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier

    def handle(self, session: Session, event: Received, turn: Turn, now: datetime) -> InboxState:
        """Carry out an answer; everything that is not one is ignored, in the private chat with a friendly hint."""
        said = Said()
        posted = self.carrier.replied_to(turn, event)
        if event.kind in ("redaction", "unreaction"):
            handled = self._withdrawn(event, turn, said)
        elif event.kind == "reaction":
            handled = posted is not None and self._reaction(event, posted, turn, said)
        else:
            turn.context = posted.about if posted else ()
            handled = self._plain(event, posted, turn, said)
        if not handled:
            return InboxState.IGNORED
        self.carrier.post(turn, event, said, now)
        return InboxState.DONE

    # --- reactions and withdrawals ---------------------------------------------------------------------------------
    def _reaction(self, event: Received, posted: Posted, turn: Turn, said: Said) -> bool:
        key = event.text.replace(_VARIATION, "")
        if posted.question is not None and key in ("✅", "❌"):
            question = turn.store.question(posted.question)
            if question is not None and question.person == turn.person.id and question.missing is None:
                self._answered(question, key, event, turn, said)
                return True
        offer = next((offer for offer in posted.offers if offer.word.replace(_VARIATION, "") == key), None)
        if offer is None:
            return False
        turn.by_reaction = True
        self._take(offer, "", event, turn, said)
        return True

    def _withdrawn(self, event: Received, turn: Turn, said: Said) -> bool:
        deed = turn.store.last_deed(turn.person.id)
        source = f"{event.channel}:{event.target}"
        if deed is None or deed.undone or deed.source != source:
            return False
        if turn.now - deed.at > timedelta(minutes=turn.thresholds.undo_minutes):
            return False
        self.carrier.carry_out(turn, Typed("ongedaan", ""), event, said)
        return True

    # --- words -----------------------------------------------------------------------------------------------------
    def _plain(self, event: Received, posted: Posted | None, turn: Turn, said: Said) -> bool:
        question = turn.store.question(posted.question) if posted is not None and posted.question is not None else None
        if question is None or question.person != turn.person.id:
            # In one thread several people may each have a question of their own.
            threads = {place for place in (event.thread, event.target) if place}
            open_here = [one for one in turn.store.open_questions(turn.person.id) if one.thread in threads]
            if question is not None and not open_here:
                return False
            question = open_here[-1] if open_here else None
        if question is not None:
            self._answered(question, event.text, event, turn, said)
            return True
        if posted is not None and posted.question is not None and self._too_late(posted.question, event, turn, said):
            return True
        if posted is not None and posted.offers and self._offered(posted.offers, event, turn, said):
            return True
        if posted is not None and event.target and self._freely(posted, event, turn, said):
            return True
        if event.target or event.thread:
            return turn.room is None and self._hint(posted, turn, said)
        return self._loose(event, turn, said)

    def _loose(self, event: Received, turn: Turn, said: Said) -> bool:
        """A message that replies to nothing: in private it may answer what is open, in a room it is chat."""
        questions = turn.store.open_questions(turn.person.id)
        if turn.room is not None:
            return self._in_room(questions, event, turn, said)
        last = turn.store.last_posted(f"dm:{turn.person.id}")
        if last is not None and last.offers and self._offered(last.offers, event, turn, said):
            # The newest message here offers this word; older questions stay open.
            return True
        if questions and last is not None and self._nudged(questions, event, turn, said):
            return True
        if len(questions) == 1:
            self._answered(questions[0], event.text, event, turn, said)
            return True
        if questions:
            self._which(questions, event, turn, said)
            return True
        if last is not None and any(offer.word == TEXT_WORD for offer in last.offers):
            # What is said after the answer is talk, unless it replies to the question.
            last = last if _still_asked(last, turn) else None
        return (last is not None and self._freely(last, event, turn, said)) or self._hint(last, turn, said)

    def _nudged(self, questions: tuple[Question, ...], event: Received, turn: Turn, said: Said) -> bool:
        """The words of a nudge go on counting after it asked which one: "klaar", "31, 33 of beide?", "klaar 31"."""
        nudge = turn.store.last_posted(f"dm:{turn.person.id}", offering=True)
        word, rest = _first_word(event.text)
        commands = [offer.command for offer in nudge.offers if offer.word.casefold() == word] if nudge else []
        if nudge is None or not commands or (not rest and any(q.command in commands for q in questions)):
            return False
        if word in (*YES, *NO) or any(_names_an_option(question, event.text) for question in questions):
            return False
        for question in questions:
            if question.options and all(_offers(nudge, question.command, option) for option in question.options):
                turn.store.close_question(question.id or 0, "beantwoord")
        return self._offered(nudge.offers, event, turn, said)

    def _in_room(self, questions: tuple[Question, ...], event: Received, turn: Turn, said: Said) -> bool:
        here = [question for question in questions if turn.room is not None and question.room == turn.room.code]
        if event.channel not in THREADLESS or not here:
            return False
        self._answered(here[-1], event.text, event, turn, said)
        return True

    def _which(self, questions: tuple[Question, ...], event: Received, turn: Turn, said: Said) -> None:
        number, _, rest = event.text.strip().partition(" ")
        if number.isdigit() and rest.strip() and 0 < int(number) <= len(questions):
            self._answered(questions[int(number) - 1], rest, event, turn, said)
            return
        closed = [q for q in questions if answer(q, event.text).again == "" and (q.missing is None or q.options)]
        if event.text.strip().casefold() in (*YES, *NO, *CANCEL) and len(closed) == 1:
            self._answered(closed[0], event.text, event, turn, said)
            return
        lines = [f"{n}. {question.text}" for n, question in enumerate(questions, 1)]
        ask = "Er staan meer vragen open. Antwoord op het bericht zelf, of typ het nummer en het antwoord:"
        said.add(self.carrier.place(turn), Reply(say(ask, *lines), receipt=False))

    def _answered(self, question: Question, text: str, event: Received, turn: Turn, said: Said) -> None:
        """Close the question and go on with its half command, in the room it was typed in."""
        found: Answer = answer(question, text)
        where = self._where(question.room, question.thread, turn)
        number = question.id or 0
        again = f"{found.again} {question.text}" if found.again and question.missing is None else found.again
        if not again and found.parts is not None:
            command = self.carrier.catalogue[question.command]
            again = unfit(command, question.missing, found.parts, where)
            if again and _numbers(question):
                again = f"Dat nummer staat er niet bij. {question.text}"
        if again:
            said.add(self.carrier.place(turn), Reply(say(again), receipt=False), number)
            return
        turn.store.close_question(number, "afgebroken" if found.cancelled else "beantwoord")
        if found.cancelled or found.parts is None:
            said.add(self.carrier.place(turn), Reply(say("Goed, ik laat het erbij. Er is niets opgeslagen.")))
            return
        self._aside(turn, where, said)
        self.carrier.execute(where, self.carrier.catalogue[question.command], event, said, parts=found.parts)

    def _too_late(self, number: int, event: Received, turn: Turn, said: Said) -> bool:
        """A reply to a question that expired: nothing was kept of it, but *ja* still does it (dialogue.md §1.5)."""
        question = turn.store.question(number, state="verlopen")
        if question is None or question.person != turn.person.id:
            return False
        found = answer(question, event.text)
        if found.parts is None:
            return False
        where = self._where(question.room, question.thread, turn)
        self._aside(turn, where, said)
        way = Instead(question.command, found.parts, "Alsnog doen?")
        command = self.carrier.catalogue[question.command]
        self.carrier.gather(where, command, Refused("Deze vraag is verlopen.", way), event, said)
        return True

    def _where(self, room: str, thread: str | None, turn: Turn) -> Turn:
        """The turn in the room where it was asked, with the rights that hold there."""
        if not room or (turn.room is not None and turn.room.code == room):
            return turn
        return replace(turn, room=turn.body(room), thread=thread or turn.thread)

    def _aside(self, turn: Turn, where: Turn, said: Said) -> None:
        """Answered in private: questions and refusals go on there, what comes of it is said under the command."""
        if turn.room is None and where.room is not None:
            said.aside = True
            if where.thread:
                said.targets[self.carrier.place(where)] = where.thread

    # --- the words a nudge offers ------------------------------------------------------------------------------------
    def _offered(self, offers: tuple[Offer, ...], event: Received, turn: Turn, said: Said) -> bool:
        text = event.text.strip()
        word, rest = _first_word(text)
        # Two reminders in one message may offer the same: that is one choice.
        fits = [o for n, o in enumerate(offers) if o.word.casefold() == word and o not in offers[:n]]
        if not fits and _is_date(text, turn):
            fits = [o for n, o in enumerate(offers) if o.word == DATE_WORD and o not in offers[:n]]
            rest = text
        if not fits:
            return False
        if len(fits) > 1:
            fits = [offer for offer in fits if asks_still(offer, turn)] or fits
        if len(fits) > 1:
            number, after = _first_word(rest)
            chosen = [offer for offer in fits if number and _number(offer) == number.lstrip("0")]
            if len(chosen) != 1:
                self._which_offer(fits, rest, event, turn, said)
                return True
            fits, rest = chosen, after
        elif rest.isdigit() and _number(fits[0]).isdigit():
            if rest.lstrip("0") != _number(fits[0]):
                text = f"Dit bericht gaat over {_number(fits[0])}. Voor {rest} typ je de opdracht zelf, zie !mijn."
                said.add(self.carrier.place(turn), Reply(say(text), receipt=False))
                return True
            rest = ""
        self._take(fits[0], rest, event, turn, said)
        return True

    def _freely(self, posted: Posted, event: Received, turn: Turn, said: Said) -> bool:
        """The message asked this person something: what they say is the answer, whatever the words."""
        text = event.text.strip()
        fits = [offer for offer in posted.offers if offer.word == TEXT_WORD]
        if len(fits) != 1 or text.casefold().rstrip(".!") in CANCEL or not re.search(r"\w", text):
            return False
        self._take(fits[0], text, event, turn, said)
        return True

    def _which_offer(self, offers: list[Offer], rest: str, event: Received, turn: Turn, said: Said) -> None:
        numbers = [_number(offer) for offer in offers]
        part = next(iter(offers[0].parts))
        options = tuple(Option(n, offer.parts[part]) for n, offer in zip(numbers, offers, strict=True))
        text = f"{', '.join(numbers[:-1])} of {numbers[-1]}?"
        command = self.carrier.catalogue[offers[0].command]
        typed = split(command, rest, turn, {part: options[0].value}).parts if rest else {}
        more = {name: raw for name, raw in {**offers[0].parts, **typed}.items() if name != part}
        self.carrier.gather(turn, command, Ask(part, text, options, more), event, said)

    def _take(self, offer: Offer, rest: str, event: Received, turn: Turn, said: Said) -> None:
        asker = offer.to.removeprefix("dm:") if offer.to.startswith("dm:") else ""
        where = turn if asker else self._where(offer.to, offer.thread, turn)
        if not offer.command:
            self._declined(offer, asker, where, turn, said)
            return
        command = self.carrier.catalogue[offer.command]
        rest = rest.strip(" ,;:")
        parts = split(command, rest, turn, offer.parts).parts if rest else offer.parts
        self._aside(turn, where, said)
        outcome = self.carrier.execute(where, command, event, said, parts=parts)
        if asker and isinstance(outcome, Reply):
            turn.tell(asker, outcome.message, about=outcome.about)

    def _declined(self, offer: Offer, asker: str, where: Turn, turn: Turn, said: Said) -> None:
        about = tuple(offer.parts.values())
        answer_is = say(f"{turn.person.label} gaat hier niet mee akkoord: {', '.join(about)}.")
        if asker:
            turn.tell(asker, answer_is, about=about)
        elif where.room is not None and where is not turn:
            self._aside(turn, where, said)
            said.add(self.carrier.place(where), Reply(answer_is, about=about))
        said.add(self.carrier.place(turn), Reply(say("Goed, ik geef het door.")))

    def _hint(self, posted: Posted | None, turn: Turn, said: Said) -> bool:
        words = list(dict.fromkeys(offer.word for offer in posted.offers if offer.word.isascii())) if posted else []
        if words:
            text = f"Ik ken hier: {', '.join(words)}. Past dat niet? Vraag het de secretaris, of kijk bij !help."
            said.add(self.carrier.place(turn), Reply(say(text), receipt=False))
        else:
            said.add(self.carrier.place(turn), Reply(say(HINT)))
        return True


def asks_still(offer: Offer, turn: Turn) -> bool:
    """Whether the record that an offer is about is still open; the finished one of a bundle is not asked for again."""
    id = next(iter(offer.parts.values()), "")
    kind = next((kind for kind, prefix in PREFIXES.items() if id.startswith(f"{prefix}-")), None)
    record = turn.store.get(cast(Any, kind), id) if kind is not None else None
    return record is None or is_open(record)


def _still_asked(posted: Posted, turn: Turn) -> bool:
    """Whether a question about a signal waits for its answer: as long as the signal is held (S3)."""
    ids = [offer.parts.get("signal", "") for offer in posted.offers if offer.word == TEXT_WORD]
    return any((one := turn.store.get(Signal, id)) is not None and one.state is SignalState.HELD for id in ids)


def _numbers(question: Question) -> bool:
    """Whether the question offers numbers of records to choose from: "31 of 33?"."""
    return bool(question.options) and all(option.label.isdigit() for option in question.options)


def _names_an_option(question: Question, text: str) -> bool:
    said = (answer(question, text).parts or {}).get(question.missing or "")
    return any(said == option.value for option in question.options)


def _offers(posted: Posted, command: str, option: Option) -> bool:
    return any(offer.command == command and option.value in offer.parts.values() for offer in posted.offers)


def _first_word(text: str) -> tuple[str, str]:
    match = re.match(r"\s*([^\s,;:.!]+)[\s,;:.!]*(.*)", text, re.DOTALL)
    return (match[1].casefold(), match[2].strip()) if match else ("", "")


def _number(offer: Offer) -> str:
    return next(iter(offer.parts.values()), "").rsplit("-", 1)[-1].lstrip("0")


def _is_date(text: str, turn: Turn) -> bool:
    return is_date_shaped(text, turn)
