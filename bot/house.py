"""The bot without channels: units of work that the app and the simulation both run, one transaction each."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session

from bot import scheduler
from bot.channels.base import Heard
from bot.turn import Conversation
from commands.kit.declare import Command
from commands.moments.watch import Moment
from commands.words.structure import Structure
from storage import inbox, outbox
from storage.database import Database
from storage.inbox import Received
from storage.tables import InboxState

log = logging.getLogger("overlegbot.house")

#: What the clock last showed, kept so that a simulated one never goes back.
CLOCK = ("bot", "clock")


class House:
    """Structure, catalogue and moments, over one database. Every method is a unit of work for `Database.work`/`run`."""

    def __init__(self, structure: Structure, catalogue: Mapping[str, Command], moments: Mapping[str, Moment]) -> None:
        self.structure = structure
        self.moments = moments
        self.conversation = Conversation(structure, catalogue)

    def receive(self, session: Session, channel: str, events: Sequence[Heard], position: str | None) -> int:
        """Store what was heard with the position after it; returns how many events were new."""
        return inbox.store(session, [asdict(event) for event in events], channel, position)

    def next_event(self, session: Session) -> Received | None:
        """The oldest event that waits to be handled."""
        waiting = self.next_events(session, 1)
        return waiting[0] if waiting else None

    def next_events(self, session: Session, most: int) -> tuple[Received, ...]:
        """The oldest events that wait to be handled, in the order heard."""
        return inbox.waiting(session, limit=most)

    def handle(self, session: Session, event: Received, now: datetime) -> None:
        """Handle one event and mark it, in one transaction with everything it decides."""
        state = self.conversation.handle(session, event, now)
        inbox.finish(session, event.id, state)

    def give_up(self, session: Session, event: Received, error: Exception, now: datetime) -> None:
        """After a failed turn: nothing was stored; say so and never try this event again."""
        self.conversation.broken(session, event, now)
        inbox.finish(session, event.id, InboxState.FAILED, type(error).__name__)

    def sweep(self, session: Session, now: datetime) -> int:
        """Run what is due."""
        return scheduler.sweep(session, self.structure, self.moments, now)

    def next_due(self, session: Session) -> datetime | None:
        """When the clock owes something next: a moment, or another try of a message."""
        found = [at for at in (scheduler.next_due(session), outbox.next_try(session)) if at is not None]
        return min(found) if found else None


def handle_all(house: House, database: Database, now: datetime) -> int:
    """Handle every waiting event, one transaction each, in the order heard; returns how many."""
    count = 0
    while (event := database.work(house.next_event)) is not None:
        handle_one(house, database, event, now)
        count += 1
    return count


def handle_one(house: House, database: Database, event: Received, now: datetime) -> None:
    """One event; a fault in it is logged with its traceback and answered without one (E15)."""
    try:
        database.work(lambda session: house.handle(session, event, now))
    except Exception as error:
        fault = error
        log.exception("turn failed: channel=%s inbox=%s", event.channel, event.id)
        database.work(lambda session: house.give_up(session, event, fault, now))
