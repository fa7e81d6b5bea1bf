"""Plays a scenario up to a moment and says what came of it (rulings.md "Replay").

What the file leaves out is typed too: weighing, the hops through a tier in between, the date to be back, the brief from
the reason given, a second person, the result of a group before the filter goes on, a decision before a tier settles,
acceptance.
Where a signal lies is asked of the register, so that another year plays as well.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlmodel import Session

from bot.doors.export import write
from bot.doors.jsonl import serve
from bot.replay.actions import Actions
from bot.replay.decisions import Decisions
from bot.replay.groups import Groups
from bot.replay.meetings import Meetings
from bot.replay.scenario import Scenario
from bot.replay.setting import people_of, structure_of
from bot.replay.signals import Signals
from bot.replay.stand import stand
from bot.replay.steps import (
    Conclude,
    Decide,
    Deed,
    Finish,
    Fix,
    Give,
    Held,
    Lapse,
    Lift,
    Measure,
    Moment,
    Move,
    Plan,
    Postpone,
    Propose,
    Raise,
    Report,
    Review,
    Walk,
    moments,
)
from bot.replay.typist import Typing, Typist
from bot.testing import Simulation
from commands.words.calendar import AMSTERDAM
from storage.store import SqlStore

log = logging.getLogger("overlegbot.replay")


@dataclass(frozen=True)
class Played:
    """`document` is what is printed; `faults` name each step that did not go as the scenario says."""

    document: dict[str, Any]
    faults: tuple[str, ...]


class Stage:
    """A bot in memory with a scenario before it."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.structure = structure_of(scenario)
        self.simulation = Simulation(self.structure, people_of(scenario, self.structure))
        self.typist = Typist(scenario, self.structure, self.simulation)
        self.meetings = Meetings(self.typist)
        self.groups = Groups(self.typist)
        self.signals = Signals(self.typist)
        self.actions = Actions(self.typist)
        self.decisions = Decisions(self.typist)
        self.digests: list[str] = []
        self.year = moments(scenario, self.structure)

    def play(self, until: datetime) -> Played:
        """Everything up to and including that moment (aware); a later call goes on from there."""
        printed, err = _Printed(self), io.StringIO()
        coming = [moment for moment in self.year if moment.at <= until]
        self.year = self.year[len(coming) :]
        code = serve(self._lines(coming, until), cast(io.TextIOBase, printed), err, self.simulation)  # type: ignore[arg-type]
        if code:
            self.typist.fault(err.getvalue().strip())
        document = self.simulation.database.work(lambda session: self._document(session, until))
        return Played(document, tuple(self.typist.faults))

    def close(self) -> None:
        """Let go of the database."""
        self.simulation.close()

    def _lines(self, coming: list[Moment], until: datetime) -> Iterator[bytes]:
        # People and groups come into the register at its first moment.
        yield from (_pass(moment.at) for moment in coming[:1])
        for moment in coming:
            self.typist.now = moment.at
            self.typist.doing = _named(moment.deed)
            try:
                yield from self._typed(moment.deed)
            except LookupError as lost:
                self.typist.fault(str(lost))
        yield _pass(until)

    def _typed(self, deed: Deed) -> Typing[None]:
        match deed:
            case Plan():
                return self.meetings.plan(deed)
            case Move():
                return self.meetings.move(deed)
            case Held():
                return self.meetings.held(deed)
            case Report():
                return self.groups.report(deed)
            case Review():
                return self.groups.review(deed)
            case Conclude():
                return self.groups.conclude(deed)
            case Raise():
                return self.signals.raise_(deed)
            case Propose():
                return self.signals.propose(deed)
            case Walk():
                return self.signals.walk(deed)
            case Give():
                return self.actions.give(deed)
            case Postpone():
                return self.actions.postpone(deed)
            case Finish():
                return self.actions.finish(deed)
            case Decide():
                return self.decisions.decide(deed)
            case Measure():
                return self.decisions.measure(deed)
            case Fix():
                return self.decisions.fix(deed)
            case Lift():
                return self.decisions.lift(deed)
            case Lapse():
                return self.decisions.lapse(deed)

    def _document(self, session: Session, until: datetime) -> dict[str, Any]:
        text = io.StringIO()
        write(session, text)
        names = {mine: theirs for theirs, mine in self.typist.ids.items()}
        day = until.astimezone(AMSTERDAM).date()
        return {
            "register": json.loads(text.getvalue()),
            "ids": self.typist.ids,
            "stand": stand(SqlStore(session), self.structure, self.scenario.rules, day, names),
            "digests": self.digests,
        }


def _pass(at: datetime) -> bytes:
    return json.dumps({"at": at.isoformat()}).encode()


def _named(deed: Deed) -> str:
    """What is being played, for a fault: the id of the scenario and the kind of step."""
    names = ("signal", "action", "group", "decision", "meeting")
    about = next(getattr(deed, name) for name in names if hasattr(deed, name))
    act = deed.step.act if isinstance(deed, Walk) else type(deed).__name__.lower()
    return f"{about.id} {act}"


class _Printed:
    """What the door prints, line by line: for who types, and the digests for the document."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def write(self, text: str) -> int:
        data = json.loads(text)
        self._stage.typist.printed.append(data)
        if data["kind"] == "digest":
            self._stage.digests.append(data["text"])
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""
