"""A whole bot in memory with a clock you move: for tests, the demo, the console and dry runs. Ships with the product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot.channels.base import Heard, HeardKind
from bot.house import CLOCK, House, handle_all
from bot.late import with_lateness
from bot.renderers.plain import plain
from bot.seed import import_people, know_bodies
from commands import catalogue
from commands.words.calendar import AMSTERDAM
from commands.words.structure import Structure
from config.people import PeopleFile
from storage import inbox, outbox
from storage.database import Database, upgrade
from storage.store import SqlStore

CHANNEL = "console"


@dataclass(frozen=True)
class Said:
    """One message of the bot as someone in that room reads it. `room` is a body's code or `dm:<person id>`."""

    at: datetime
    room: str
    kind: str
    id: str
    reply_to: str | None
    text: str


class Simulation:
    """The bot on a clock of its own. What falls due between two moments is said first, at its own time."""

    def __init__(self, structure: Structure, people: PeopleFile, database: str = "sqlite://") -> None:
        self.structure = structure
        self.people = people
        self.database = Database(database)
        upgrade(self.database, datetime(2000, 1, 1, tzinfo=UTC))
        self.house = House(structure, catalogue.COMMANDS, catalogue.MOMENTS)
        self.database.work(lambda session: know_bodies(session, structure))

    @property
    def now(self) -> datetime | None:
        """What the clock shows, kept in the database; None before the first moment."""
        stored = self.database.work(lambda session: inbox.recall(session, *CLOCK))
        return datetime.fromisoformat(stored).astimezone(AMSTERDAM) if stored else None

    def knows_room(self, room: str) -> bool:
        """Whether a body with that code exists."""
        return self.database.work(lambda session: _room_known(session, self.structure, room))

    def pass_time(self, at: datetime) -> Iterator[Said]:
        """Move the clock to `at`; ValueError when that is back in time. Yields what falls due, in order."""
        before = self.now
        if before is not None and at < before:
            raise ValueError(f"the clock goes back from {before.isoformat()} to {at.isoformat()}")
        if before is None:
            self.database.work(lambda session: self._begin(session, at))
        else:
            handle_all(self.house, self.database, before)
            yield from self.flush(before)
        while (due := self.database.work(self.house.next_due)) is not None and due <= at:
            moment = max(due, self.now or due)
            self.database.work(lambda session, moment=moment: self._tick(session, moment))
            yield from self.flush(moment)
        self.database.work(lambda session: _set_clock(session, at))

    def hear(
        self,
        at: datetime,
        room: str,
        sender: str,
        text: str,
        *,
        id: str | None = None,
        reply_to: str | None = None,
        kind: HeardKind = "message",
    ) -> Iterator[Said]:
        """Someone says something in a room (`dm`: in private). The same id again is a redelivery. Yields the answers."""
        yield from self.pass_time(at)
        private = room == "dm"
        self.database.work(
            lambda session: self._receive(session, id, at, "" if private else room, private, sender, kind, text, reply_to)
        )
        handle_all(self.house, self.database, at)
        yield from self.flush(at)

    def flush(self, now: datetime) -> Iterator[Said]:
        """Send what waits in the outbox, marking each after it was handed over."""
        while waiting := self.database.work(lambda session: outbox.unsent(session, now, limit=1)):
            one = waiting[0]
            message = with_lateness(one.outgoing, now, self.structure)
            id = f"b{one.id}"
            due = (one.outgoing.due or now).astimezone(AMSTERDAM)
            yield Said(due, one.outgoing.to, one.outgoing.kind, id, one.outgoing.reply_to, plain(message))
            self.database.work(lambda session, one=one, id=id: _sent(session, one.id, id, now))

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    # --- units of work -----------------------------------------------------------------------------------------------
    def _begin(self, session: Session, at: datetime) -> None:
        import_people(session, self.structure, self.people, at)
        _set_clock(session, at)

    def _tick(self, session: Session, moment: datetime) -> None:
        _set_clock(session, moment)
        self.house.sweep(session, moment)

    def _receive(
        self,
        session: Session,
        id: str | None,
        at: datetime,
        room: str,
        private: bool,
        sender: str,
        kind: HeardKind,
        text: str,
        reply_to: str | None,
    ) -> None:
        number = int(inbox.recall(session, CHANNEL, "heard") or "0") + 1
        inbox.remember(session, CHANNEL, "heard", str(number))
        event = id or f"in{number}"
        heard = Heard(CHANNEL, event, at, room, private, sender, kind, text, reply_to)
        self.house.receive(session, CHANNEL, [heard], None)


def _room_known(session: Session, structure: Structure, room: str) -> bool:
    return structure.body(room) is not None or SqlStore(session).group(room) is not None


def _set_clock(session: Session, at: datetime) -> None:
    inbox.remember(session, *CLOCK, at.astimezone(AMSTERDAM).isoformat())


def _sent(session: Session, row: int, event_id: str, now: datetime) -> None:
    outbox.mark_part(session, row, 1, event_id)
    outbox.mark_sent(session, row, CHANNEL, now)


class TestBot:
    """A bot to talk to in tests: `say` what people type and read what it answers."""

    __test__ = False

    def __init__(
        self, simulation: Simulation, start: datetime, *, room: str = "AO", database: Path | None = None
    ) -> None:
        self.simulation = simulation
        self.at = start
        self.room = room
        self.log: list[Said] = []
        self._take(simulation.pass_time(start))

    def say(self, who: str, text: str, *, room: str | None = None, **more: Any) -> list[Said]:
        """Someone types; returns what the bot says because of it, in any room."""
        return self._take(self.simulation.hear(self.at, room or self.room, who, text, **more))

    def react(self, who: str, key: str, to: str, *, room: str | None = None) -> list[Said]:
        """Someone reacts to a message with an emoji."""
        return self._take(
            self.simulation.hear(self.at, room or self.room, who, key, reply_to=to, kind="reaction")
        )

    def until(self, at: datetime) -> list[Said]:
        """Let time pass; returns what the bot says meanwhile."""
        self.at = at
        return self._take(self.simulation.pass_time(at))

    def _take(self, said: Iterator[Said]) -> list[Said]:
        found = list(said)
        self.log.extend(found)
        return found
