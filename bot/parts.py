"""What a message is on a channel: words, or cards where the channel shows them, and what of its files goes along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot.anchor import Place
from bot.channels.base import Channel, Rendered, ShowsCards
from bot.late import lateness, with_lateness
from bot.renderers.files import Ready, made
from commands.kit.declare import Command
from commands.kit.files import Table
from commands.kit.ports import Outgoing, Question
from commands.kit.reply import Heading
from commands.words.structure import Structure
from storage import inbox, outbox
from storage.outbox import Waiting


@dataclass(frozen=True)
class Part:
    """One thing to send: words or a card, or a file with the words that say what it is."""

    rendered: Rendered
    file: Ready | None = None


@dataclass(frozen=True)
class Pressed:
    """The message of which a button was pressed on the part with this event id, and all that came of it so far."""

    event_id: str
    card: Outgoing
    number: int
    outcomes: Sequence[Outgoing]


def pressed_on(session: Session, row: Waiting, place: Place, event: inbox.Received | None) -> Pressed | None:
    """What a message is the outcome of, when that is a button that was pressed in the same place: `event`."""
    outgoing = row.outgoing
    if event is None or event.kind != "pressed" or event.target is None or not outbox.is_outcome(outgoing):
        return None
    found = outbox.part_of(session, place.channel, event.target)
    if found is None or found[0].to != outgoing.to:
        return None
    return Pressed(event.target, *found, outbox.outcomes(session, place.channel, event.target, row.id))


class Parts:
    """Makes the parts of what is sent. The catalogue says what a button does when it is typed."""

    def __init__(self, structure: Structure, catalogue: Mapping[str, Command]) -> None:
        self._structure = structure
        self._catalogue = catalogue

    def of(
        self,
        channel: Channel,
        outgoing: Outgoing,
        question: Question | None,
        addresses: Mapping[str, str],
        *,
        private: bool,
        now: datetime,
    ) -> list[Part]:
        """In the order they are sent, the same at every try. In a room a card shows a list as a table, and its file
        stays behind.

        `question` is the one that is asked, None once it is answered; `addresses` the chat ids of who is mentioned.
        """
        shown: Sequence[Rendered] = ()
        if isinstance(channel, ShowsCards):
            # Imported here, as below: the library of cards is large, and who has no Teams need not carry it.
            from bot.buttons import cards_of

            late = replace(outgoing, message=with_lateness(outgoing, now, self._structure))
            name = self._structure.bot_name
            found = cards_of(late, question, self._catalogue, addresses, private=private, bot_name=name)
            shown = [Rendered(card.text, card=card.content) for card in found]
        files = [file for file in outgoing.files if private or not (shown and isinstance(file.content, Table))]
        rendered = shown or self._words(channel, outgoing, addresses, now)
        return [*(Part(one) for one in rendered), *(_attached(made(file)) for file in files)]

    def instead(self, pressed: Pressed, addresses: Mapping[str, str], *, private: bool) -> Rendered:
        """What takes the place of the card on which a button was pressed."""
        from bot.buttons import answered

        card = answered(
            pressed.card,
            pressed.number,
            pressed.outcomes,
            self._catalogue,
            addresses,
            private=private,
            bot_name=self._structure.bot_name,
        )
        return Rendered(card.text, card=card.content)

    def _words(
        self, channel: Channel, outgoing: Outgoing, addresses: Mapping[str, str], now: datetime
    ) -> Sequence[Rendered]:
        """The sentence for late delivery joins the first part, so that no retry cuts the rest elsewhere."""
        parts = list(channel.render(outgoing.message, addresses))
        late = lateness(outgoing, now, self._structure)
        if late is not None and parts:
            [sentence] = channel.render(late, {})
            gap = "\n\n" if outgoing.message.blocks and isinstance(outgoing.message.blocks[0], Heading) else "\n"
            html = None if parts[0].html is None else (sentence.html or "") + parts[0].html
            parts[0] = Rendered(f"{sentence.text}{gap}{parts[0].text}", html)
        return parts


def _attached(file: Ready) -> Part:
    return Part(Rendered(file.alt or file.name), file)
