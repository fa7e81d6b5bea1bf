"""A whole bot on a clock you move: for tests, the demo, the console and dry runs. Ships with the product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot.channels.base import Heard, HeardKind, may_quote
from bot.house import CLOCK, House, handle_all, handle_one
from bot.late import with_lateness
from bot.renderers.files import Ready, made
from bot.renderers.plain import plain
from bot.seed import import_people, know_bodies
from commands import catalogue
from commands.kit.owed import owe_connections, owe_fetching, owe_housekeeping, owe_planning
from commands.words.calendar import AMSTERDAM
from commands.words.structure import Structure
from commands.words.workgroup import Workgroup
from config.people import PeopleFile
from storage import inbox, outbox
from storage.database import Database, build, upgrade
from storage.inbox import Received
from storage.store import SqlStore

CHANNEL = "console"
#: How many messages can still be replied to with a bare command; only in memory, as what was said is not kept.
REMEMBERED = 500
#: What is remembered of the console: how much it heard, the last line of it, and which people file was read last.
HEARD, LINE, IMPORTED = "heard", "line", "people"


@dataclass(frozen=True)
class Said:
    """One message of the bot as someone in that room reads it. `room` is a body's code or `dm:<person id>`."""

    at: datetime
    room: str
    kind: str
    id: str
    reply_to: str | None
    text: str
    files: tuple[Ready, ...] = ()


class Simulation:
    """The bot on a clock of its own. What falls due between two moments is said first, at its own time.

    `people` go into the register at its first moment; with `imports` (what names that file and its contents) also into
    one that has begun, when it was another file that was imported last.
    """

    def __init__(
        self, structure: Structure, people: PeopleFile, database: str | Database = "sqlite://", *, imports: str = ""
    ) -> None:
        self.structure = structure
        self.people = people
        self.imports = imports
        self.database = database if isinstance(database, Database) else opened(database)
        self.house = House(structure, catalogue.COMMANDS, catalogue.MOMENTS)
        self._clock: datetime | None = None
        self._begun = False
        self._first = True
        self._settled = False
        self._codes: dict[str, str] = {}
        self._said: dict[str, tuple[str, str, str]] = {}
        #: The id of what was heard last.
        self.heard = ""
        self.database.work(lambda session: know_bodies(session, structure))

    @property
    def now(self) -> datetime | None:
        """What the clock shows, kept in the database; None before the first moment."""
        if self._clock is None:
            stored = self.database.work(lambda session: inbox.recall(session, *CLOCK))
            self._clock = datetime.fromisoformat(stored) if stored else None
        return self._clock.astimezone(AMSTERDAM) if self._clock else None

    def room(self, word: str) -> str | None:
        """The code of the body with that code or alias, whatever its case; `dm` for a private chat; None if unknown."""
        if word.casefold() == "dm":
            return "dm"
        if word not in self._codes:
            body = self.structure.body(word)
            code = body.code if body else self._group(word)
            if code is None:
                return None
            self._codes[word] = code
        return self._codes[word]

    def _group(self, word: str) -> str | None:
        found = self.database.work(lambda session: SqlStore(session).group(word))
        if found is not None:
            return found.code
        # Before the first moment the groups of the file are not in the register yet.
        wanted = word.strip().casefold()
        coming = (group for group in self.people.groups if not self._begun)
        return next((group.code for group in coming if wanted in _words(group)), None)

    def resume(self) -> Iterator[Said]:
        """After a stop: handle what was heard and say what was not said yet, on the stored clock."""
        before = self.now
        if before is not None and not self._settled:
            handle_all(self.house, self.database, before)
            yield from self.flush(before)
        self._settled = True

    def pass_time(self, at: datetime) -> Iterator[Said]:
        """Move the clock to `at`; ValueError when that is back in time. Yields what falls due, in order."""
        yield from self._until(at)
        self.database.work(lambda session: _set_clock(session, at))
        self._clock, self._first = at, False

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
        line: str = "",
        file: str = "",
    ) -> Iterator[Said]:
        """Someone says something in a room (`dm`: in private). The same id again is a redelivery. Yields the answers.

        `line` names what is heard where there is no id: the first thing heard after a stop is a redelivery when it is
        the last thing heard before. `file` is what a calendar file says.
        """
        yield from self._until(at)
        private = room == "dm"

        def receive(session: Session) -> Received | None:
            _set_clock(session, at)
            self.heard = self._event_id(session, id, line)
            heard = Heard(CHANNEL, self.heard, at, "" if private else room, private, sender, kind, text, reply_to)
            heard = self._quoting(heard, f"dm:{sender}" if private else room)
            heard = replace(heard, quoted=file) if kind == "file" else heard
            self.house.receive(session, CHANNEL, [heard], None)
            return self.house.next_event(session)

        self._settled = False
        event = self.database.work(receive)
        self._clock, self._first = at, False
        if event is not None:
            handle_one(self.house, self.database, event, at)
        yield from self.flush(at)
        self._settled = True

    def _quoting(self, heard: Heard, place: str) -> Heard:
        """With what was said in the same place that a bare command replies to, as a channel would find out."""
        if heard.kind == "message":
            self._said[heard.event_id] = (place, heard.sender, heard.text)
            if len(self._said) > REMEMBERED:
                del self._said[next(iter(self._said))]
        where, sender, text = self._said.get(heard.target or "", ("", "", ""))
        if heard.kind != "message" or where != place or not may_quote(heard.text, heard.target):
            return heard
        return replace(heard, quoted=text, quoted_sender=sender)

    def flush(self, now: datetime) -> Iterator[Said]:
        """Send what waits in the outbox, marking each after it was handed over."""
        one = self.database.work(lambda session: _next(session, now))
        while one is not None:
            message = with_lateness(one.outgoing, now, self.structure)
            id = f"b{one.id}"
            out = one.outgoing
            files = tuple(made(file) for file in out.files)
            yield Said(now.astimezone(AMSTERDAM), out.to, out.kind, id, out.reply_to, plain(message), files)
            one = self.database.work(partial(_sent, row=one.id, event_id=id, now=now))

    def settle(self) -> None:
        """The last thing heard was heard to the end: the same words again are new ones."""
        self.database.work(lambda session: inbox.remember(session, CHANNEL, LINE, ""))

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    # --- units of work -----------------------------------------------------------------------------------------------
    def _until(self, at: datetime) -> Iterator[Said]:
        """Everything that falls due up to and including `at`; leaves the clock at the last of it."""
        before = self.now
        if before is not None and at.astimezone(UTC) < before.astimezone(UTC):
            raise ValueError(f"the clock goes back from {before.isoformat()} to {at.isoformat()}")
        yield from self.resume()
        if not self._begun:
            self.database.work(lambda session: self._begin(session, before or at))
            self._begun = True
        while (due := self.database.work(self.house.next_due)) is not None and due <= at:
            moment = max(due.astimezone(UTC), (self.now or due).astimezone(UTC))
            self._settled = False
            self.database.work(partial(self._tick, moment=moment))
            self._clock = moment
            yield from self.flush(moment)
            self._settled = True

    def _begin(self, session: Session, at: datetime) -> None:
        imported = inbox.recall(session, CHANNEL, IMPORTED)
        if inbox.recall(session, *CLOCK) is None or (self.imports and imported != self.imports):
            import_people(session, self.structure, self.people, at)
            owe_planning(SqlStore(session), self.structure, at)
            owe_connections(SqlStore(session), self.structure, at)
            owe_housekeeping(SqlStore(session), self.structure, at)
            owe_fetching(SqlStore(session), self.structure, at)
            inbox.remember(session, CHANNEL, IMPORTED, self.imports)
            _set_clock(session, at)

    def _tick(self, session: Session, moment: datetime) -> None:
        _set_clock(session, moment)
        self.house.sweep(session, moment)

    def _event_id(self, session: Session, id: str | None, line: str) -> str:
        number = int(inbox.recall(session, CHANNEL, HEARD) or "0")
        again = bool(line) and self._first and inbox.recall(session, CHANNEL, LINE) == line
        if not again:
            number += 1
            while id is None and inbox.knows(session, CHANNEL, f"in{number}"):
                number += 1
            inbox.remember(session, CHANNEL, HEARD, str(number))
            inbox.remember(session, CHANNEL, LINE, line)
        return id or f"in{number}"


def opened(url: str, *, throwaway: bool = False, now: datetime = datetime(2000, 1, 1, tzinfo=UTC)) -> Database:
    """A database with its schema in place; one in memory, or to be thrown away, gets it at once."""
    throwaway = throwaway or url in ("sqlite://", "sqlite:///:memory:")
    database = Database(url, throwaway=throwaway)
    if throwaway:
        build(database)
    else:
        upgrade(database, now)
    return database


def _words(group: Workgroup) -> set[str]:
    return {word.casefold() for word in (group.code, group.name, *group.aliases)}


def _set_clock(session: Session, at: datetime) -> None:
    inbox.remember(session, *CLOCK, at.astimezone(AMSTERDAM).isoformat())


def _next(session: Session, now: datetime) -> outbox.Waiting | None:
    waiting = outbox.unsent(session, now, limit=1)
    return waiting[0] if waiting else None


def _sent(session: Session, row: int, event_id: str, now: datetime) -> outbox.Waiting | None:
    outbox.mark_part(session, row, 1, event_id)
    outbox.mark_sent(session, row, CHANNEL, now)
    session.flush()
    return _next(session, now)


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

    def send(self, who: str, file: str, caption: str = "", *, room: str | None = None) -> list[Said]:
        """Someone sends a calendar file."""
        return self._take(self.simulation.hear(self.at, room or self.room, who, caption, kind="file", file=file))

    def react(self, who: str, key: str, to: str, *, room: str | None = None) -> list[Said]:
        """Someone reacts to a message with an emoji."""
        return self._take(self.simulation.hear(self.at, room or self.room, who, key, reply_to=to, kind="reaction"))

    def until(self, at: datetime) -> list[Said]:
        """Let time pass; returns what the bot says meanwhile."""
        self.at = at
        return self._take(self.simulation.pass_time(at))

    def _take(self, said: Iterator[Said]) -> list[Said]:
        found = list(said)
        self.log.extend(found)
        return found
