"""One line through the door for programs and what came of it; the register is looked into between the lines."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from bot.replay.scenario import Scenario
from bot.testing import Simulation
from commands.kit.ports import R
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import Meeting, MeetingState
from commands.words.people import RoleName
from commands.words.structure import Structure
from storage.store import SqlStore

T = TypeVar("T")
#: A deed is a generator of input lines; what each one brought about comes back.
Typing = Generator[bytes, None, T]


@dataclass(frozen=True)
class Answer:
    """A message of the bot that answers what was typed."""

    id: str
    room: str
    text: str


@dataclass
class Typist:
    """Types for the people of a scenario. `printed` holds what the door printed for the line before."""

    scenario: Scenario
    structure: Structure
    simulation: Simulation
    now: datetime = datetime(1970, 1, 1, tzinfo=AMSTERDAM)
    printed: list[dict[str, Any]] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    doing: str = ""

    # --- typing ------------------------------------------------------------------------------------------------------
    def say(self, who: str | None, room: str, text: str, *, yes: str = "") -> Typing[list[Answer]]:
        """Type a line; *ja* to the question that comes back when it holds `yes`. Returns the answers to it."""
        if not who:
            self.fault(f"nobody to type {text!r}")
            return []
        answers = yield from self._line(who, room, text, None)
        asked = next((one for one in answers if yes and yes in one.text), None)
        if asked is None:
            return answers
        place = "dm" if asked.room.startswith("dm:") else asked.room
        return (yield from self._line(who, place, "ja", asked.id))

    def _line(self, who: str, room: str, text: str, reply_to: str | None) -> Typing[list[Answer]]:
        line = {"at": self.now.isoformat(), "room": room, "from": who, "text": text, "reply_to": reply_to}
        self.printed.clear()
        yield json.dumps(line).encode()
        return [Answer(o["id"], o["room"], o["text"]) for o in self.printed if o.get("kind") == "reply"]

    def fault(self, why: str) -> None:
        """A step that did not go as the scenario says."""
        self.faults.append(f"{self.now:%Y-%m-%d} {self.doing}: {why}")

    def expect(self, true: bool, answers: list[Answer]) -> None:
        """Note what the bot answered when a step did not have its effect."""
        if not true:
            self.fault(" | ".join(one.text.replace("\n", " ") for one in answers) or "no answer")

    # --- looking -----------------------------------------------------------------------------------------------------
    def get(self, kind: type[R], id: str | None) -> R | None:
        """The record of the register with that id of the scenario or of the register."""
        known = self.ids.get(id or "", id or "")
        return self.simulation.database.work(lambda session: SqlStore(session).get(kind, known)) if known else None

    def ask(self, question: Any) -> Any:
        """What `question` gives for the store."""
        return self.simulation.database.work(lambda session: question(SqlStore(session)))

    def person(self, role: RoleName, code: str) -> str | None:
        """Who holds a role in a body today, as far as the function is filled."""
        roles = self.ask(lambda store: store.roles(body=code, role=role, on=self.now.date()))
        return next((one.person for one in roles), None)

    def chair(self, code: str) -> str | None:
        """Who leads a body or group today."""
        return self.person(RoleName.CHAIR, code) or self.person(RoleName.LEAD, code)

    def secretary(self, code: str) -> str | None:
        """Who keeps the list of a body today; without one of its own that of the filter."""
        return self.person(RoleName.SECRETARY, code) or self.person(RoleName.SECRETARY, self.structure.filter.code)

    def room(self, who: str, code: str) -> str:
        """The room of a body for who sits in it, else the private chat."""
        sits = self.ask(lambda store: store.roles(person=who, body=code, on=self.now.date()))
        return code if sits else "dm"

    def next_meeting(self, code: str) -> Meeting | None:
        """The first meeting of a body after today."""
        after = date.fromordinal(self.now.date().toordinal() + 1)
        found: tuple[Meeting, ...] = self.ask(lambda store: store.meetings(body=code, since=after, limit=1))
        return found[0] if found else None

    def meeting_on(self, code: str, day: date) -> Meeting | None:
        """The meeting of a body on that day."""
        found: tuple[Meeting, ...] = self.ask(lambda store: store.meetings(body=code, since=day, until=day, limit=1))
        return next((one for one in found if one.state is not MeetingState.CANCELLED), None)


def quoted(text: str) -> str:
    """A text as the value of a field: between quotes, on one line, without quotes of its own."""
    return '"' + " ".join(text.replace('"', "'").split()) + '"'


def each(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Lines one by one, so that a door answers each before the next one is made."""
    yield from lines
