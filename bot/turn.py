"""One message from start to end: heard -> parsed -> who -> may -> run -> say. Read this first.

Everything here happens in one transaction on the database thread: what is decided, what is answered and what is
remembered are written together, or nothing is.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.answers import Answering
from bot.carrier import Carrier
from bot.said import Said
from commands.kit.declare import Command
from commands.kit.parse import Typed, typed_commands
from commands.kit.reply import say
from commands.kit.turn import Reply, Turn
from commands.rules.roles import in_office
from commands.words.calendar import AMSTERDAM
from commands.words.people import Person
from commands.words.structure import Body, Structure
from storage import inbox, rooms
from storage.inbox import Received
from storage.store import SqlStore
from storage.tables import InboxState

log = logging.getLogger("overlegbot.turn")

STRANGER = "Ik ken je nog niet in dit overleg. Vraag het secretariaat je aan te melden."
BROKEN = "Niet opgeslagen door een storing. Er is niets vastgelegd; probeer het zo nog eens."
EDITED = (
    "Je hebt een opdracht aangepast die al is uitgevoerd; er is niets veranderd. "
    "Draai hem binnen tien minuten terug met !ongedaan, of geef een nieuwe opdracht."
)


class Conversation:
    """Handles what was heard. Holds only what never changes: the structure and the catalogue."""

    def __init__(self, structure: Structure, catalogue: Mapping[str, Command]) -> None:
        self.structure = structure
        self.carrier = Carrier(catalogue)

    def handle(self, session: Session, event: Received, now: datetime) -> InboxState:
        """Do what one inbox row asks and post the answer; `now` is the clock of the bot, aware.

        A command counts from when it was sent: "morgen" typed while the bot was down is the day after that message.
        """
        moment = min(event.at, now).astimezone(AMSTERDAM)
        store = SqlStore(session)
        person = store.person_on(event.channel, event.sender)
        typed = typed_commands(event.text) if event.kind == "message" else ()
        held = store.roles(person=person.id, on=None) if person is not None else ()
        if person is None or not in_office(person, held, moment.date()):
            if typed:
                self.carrier.answer(store, event, event_place(session, event), Reply(say(STRANGER), receipt=False), now)
            return InboxState.IGNORED
        code = rooms.body_of(session, event.channel, event.room) if not event.private else None
        room = self._room(store, code)
        if not event.private and room is None:
            return InboxState.IGNORED
        source = f"{event.channel}:{event.event_id}"
        turn = Turn(store, self.structure, moment, person, room, source, 0, catalogue=self.carrier.catalogue)
        turn.thread = event.thread or event.event_id
        turn.own = tuple(role for role in held if role.active_on(turn.today))
        if event.kind == "edit":
            return self._edited(session, store, event, turn)
        if event.kind == "message" and typed:
            return self._commands(event, typed, turn, now)
        return Answering(self.carrier).handle(session, event, turn, now)

    def _room(self, store: SqlStore, code: str | None) -> Body | None:
        if code is None:
            return None
        found = self.structure.body(code)
        group = store.group(code) if found is None else None
        return group.as_body() if group else found

    def _edited(self, session: Session, store: SqlStore, event: Received, turn: Turn) -> InboxState:
        if event.target is None or not inbox.was_command(session, event.channel, event.target, event.sender):
            return InboxState.IGNORED
        once = replace(event, event_id=f"edit-of-{event.target}", target=event.target)
        self.carrier.answer(store, once, turn.place, Reply(say(EDITED)), turn.now, reply_to=event.target)
        return InboxState.DONE

    def _commands(self, event: Received, typed: tuple[Typed, ...], turn: Turn, now: datetime) -> InboxState:
        posted = self.carrier.replied_to(turn, event)
        turn.context = posted.about if posted else ()
        if event.quoted and posted is None and not typed_commands(event.quoted):
            author = turn.store.person_on(event.channel, event.quoted_sender)
            turn.quoted = event.quoted
            turn.quoted_by = author.id if author is not None and author.id != turn.person.id else ""
        said = Said()
        for one in typed:
            self.carrier.carry_out(turn, one, event, said)
        self.carrier.post(turn, event, said, now)
        return InboxState.DONE

    def broken(self, session: Session, event: Received, now: datetime) -> None:
        """E15, after the transaction of a turn was rolled back: say so, once, where it was typed."""
        person: Person | None = SqlStore(session).person_on(event.channel, event.sender)
        to = event_place(session, event) if person else None
        self.carrier.answer(SqlStore(session), event, to, Reply(say(BROKEN), receipt=False), now)


def event_place(session: Session, event: Received) -> str | None:
    """Where an event came from as an outbox destination; a stranger's private chat is named by chat id."""
    if not event.private:
        return rooms.body_of(session, event.channel, event.room)
    person = SqlStore(session).person_on(event.channel, event.sender)
    return f"dm:{person.id}" if person else f"dm:{event.channel}:{event.sender}"
