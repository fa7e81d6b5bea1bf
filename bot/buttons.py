"""What a message offers, as buttons and fields of a card: the same words and the same questions, pressed or typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.offers import DATE_WORD, TEXT_WORD, number_of
from bot.renderers.teams_card import Button, Card, Form, cards, replaced
from commands.kit.arguments import Deadline, Until, When
from commands.kit.declare import Command
from commands.kit.files import Table
from commands.kit.ports import Offer, Outgoing, Question
from commands.kit.reply import Heading, Listing, Message
from commands.kit.retype import retype
from commands.kit.signs import LATER_SIGN, NO_SIGN, UP_SIGN, YES_SIGN

_SIGNS = (YES_SIGN, LATER_SIGN, UP_SIGN, NO_SIGN)
#: Words that say yes to what is offered: the button then says to what.
_YES = (YES_SIGN, "✅", "ja", "klaar")
_NO = (NO_SIGN, "nee")
#: Commands as a button calls them; every other one by its own name.
TITLES = {
    "aanvaard": "Aanvaarden",
    "agendeer": "Agenderen",
    "bekrachtig": "Bekrachtigen",
    "escaleer": "Escaleren",
    "evalueer": "Evalueren",
    "gereed": "Gereed",
    "koppel": "Koppelen",
    "overdragen": "Overdragen",
    "verzet": "Later",
    "vrijgeef": "Vrijgeven",
    "weiger": "Weigeren",
    "wijsaf": "Afwijzen",
}
_LATER = (LATER_SIGN, "later")
_ID = re.compile(r"[A-Z]{3}-20\d\d-0*(?P<number>\d+)")


@dataclass(frozen=True)
class Controls:
    """What there is to press and to fill in."""

    buttons: tuple[Button, ...] = ()
    form: Form | None = None


def as_card(outgoing: Outgoing, *, private: bool) -> bool:
    """Whether a message is a card: digests, agendas and lists of records, and what asks for an answer; in private a
    question is plain text, since every reply arrives there."""
    if outgoing.question is not None:
        return not private
    listed = any(
        isinstance(block, Heading) or (isinstance(block, Listing) and outgoing.about)
        for block in outgoing.message.blocks
    )
    return outgoing.kind == "digest" or listed or bool(outgoing.offers) or bool(tables_of(outgoing))


def tables_of(outgoing: Outgoing) -> tuple[Table, ...]:
    """The lists that go along as files, which a card can show."""
    return tuple(dict.fromkeys(file.content for file in outgoing.files if isinstance(file.content, Table)))


def controls(offers: Sequence[Offer], question: Question | None, catalogue: Mapping[str, Command]) -> Controls:
    """The buttons for what is offered, and the fields for what is asked."""
    if question is not None:
        return _asked(question, catalogue)
    return Controls(_offered(offers, catalogue))


def cards_of(
    outgoing: Outgoing,
    question: Question | None,
    catalogue: Mapping[str, Command],
    addresses: Mapping[str, str],
    *,
    private: bool,
    bot_name: str,
) -> tuple[Card, ...]:
    """The message as cards, in the order they are sent; none when it goes as plain text.

    `question` is the one that the message asks, None when it was answered meanwhile; `addresses` gives the Entra object
    id of people who can be called.
    """
    answered = outgoing.question is not None and question is None
    if answered or not as_card(outgoing, private=private):
        return ()
    found = controls(outgoing.offers, question, catalogue)
    return cards(
        outgoing.message,
        outgoing.key,
        addresses,
        buttons=found.buttons,
        form=found.form,
        tables=tables_of(outgoing),
        called="" if private else bot_name,
    )


def answered(
    card: Outgoing,
    number: int,
    outcomes: Sequence[Outgoing],
    catalogue: Mapping[str, Command],
    addresses: Mapping[str, str],
    *,
    private: bool,
    bot_name: str,
) -> Card:
    """What takes the place of the card that was part `number` of a message, once these outcomes came of its buttons.

    Buttons stay for what the message shows besides: of two actions the one that is done loses them. What an outcome
    offers itself has a button too, until something else comes of that.
    """
    called = "" if private else bot_name
    parts = cards(
        card.message, card.key, addresses, buttons=controls(card.offers, None, catalogue).buttons, called=called
    )
    part = parts[number - 1].part if number <= len(parts) else card.message
    left = list(card.offers if len({number_of(offer) for offer in card.offers}) > 1 else ())
    for outcome in outcomes:
        left = [offer for offer in left if not set(outcome.about) & set(offer.parts.values())]
        left += outcome.offers
    result = sum((outcome.message for outcome in outcomes), Message(()))
    return replaced(part, result, addresses, key=card.key, buttons=_offered(left, catalogue), called=called)


# --- questions -------------------------------------------------------------------------------------------------------
def _asked(question: Question, catalogue: Mapping[str, Command]) -> Controls:
    labels = tuple(option.label for option in question.options)
    if question.missing is None or labels == ("ja", "nee"):
        return Controls((Button("ja", "Ja"), Button("nee", "Nee")))
    command = catalogue.get(question.command)
    types = {argument.name: argument.type for argument in command.arguments} if command is not None else {}
    asked = types.get(question.missing)
    if asked is When:
        return Controls(form=Form(question.text, "moment", labels))
    return Controls(form=Form(question.text, "date" if asked in (Deadline, Until) else "text", labels))


# --- offers ----------------------------------------------------------------------------------------------------------
def _offered(offers: Sequence[Offer], catalogue: Mapping[str, Command]) -> tuple[Button, ...]:
    """One button for each thing that can be done: a sign that a word stands for as well is none of its own."""
    groups: dict[str, list[Offer]] = {}
    for offer in sorted(offers, key=lambda offer: offer.word in _SIGNS):
        if offer.word not in (DATE_WORD, TEXT_WORD):
            groups.setdefault(_title(offer, catalogue), []).append(offer)
    order = {title: number for number, title in enumerate(_title(offer, catalogue) for offer in reversed(offers))}
    made = {title: _button(title, group, catalogue) for title, group in groups.items()}
    return tuple(made[title] for title in sorted(made, key=lambda title: -order[title]))


def _title(offer: Offer, catalogue: Mapping[str, Command]) -> str:
    word = offer.word.casefold()
    command = catalogue.get(offer.command)
    name = command.name if command is not None else ""
    if word in _YES or word == offer.command or (word in _LATER and name == "verzet"):
        return TITLES.get(name, name.capitalize())
    if word in _NO and name in ("weiger", "wijsaf"):
        return TITLES[name]
    if word in _SIGNS:
        return {LATER_SIGN: "Later", UP_SIGN: TITLES["escaleer"], NO_SIGN: "Nee"}[word]
    aliases = command.aliases if command is not None else ()
    return TITLES.get(name, word.capitalize()) if word in aliases else word.capitalize()


def _button(title: str, offers: Sequence[Offer], catalogue: Mapping[str, Command]) -> Button:
    """Of the offers with one title the first word; several records are told apart by their number."""
    word = offers[0].word
    same = [offer for n, offer in enumerate(offers) if offer.word == word and offer not in offers[:n]]
    numbers = tuple(dict.fromkeys(map(number_of, same)))
    command = catalogue.get(same[0].command)
    if command is None:
        return Button(word, title)
    if len(numbers) < 2:
        return Button(word, title, _typed(command, same[0]))
    return Button(word, title, f"!{command.name} met het nummer", numbers)


def _typed(command: Command, offer: Offer) -> str:
    """The command as people type it, with the number only."""
    parts = {name: _ID.sub(r"\g<number>", raw) for name, raw in offer.parts.items()}
    return retype(command, parts)
