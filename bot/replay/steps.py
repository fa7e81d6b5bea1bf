"""What happens in a scenario and when, in the order in which it is played (rulings.md "Replay").

A step with only a date is played at 07:00, before the bot speaks; of one day in the order of the file, but for what has
to be there first: a decision comes before the signals that go on because of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.replay.scenario import Action, Decision, Group, GroupDecision, Meeting, Postponed, Scenario, Signal, Step
from commands.rules.timing import digest_day
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import Meeting as Planned
from commands.words.meeting import MeetingKind
from commands.words.structure import Structure

MORNING = time(7, 0)
#: A meeting without hours is over by then.
EVENING = time(17, 0)


@dataclass(frozen=True)
class Plan:
    meeting: Meeting


@dataclass(frozen=True)
class Move:
    meeting: Meeting


@dataclass(frozen=True)
class Held:
    meeting: Meeting


@dataclass(frozen=True)
class Report:
    group: Group


@dataclass(frozen=True)
class Review:
    group: Group


@dataclass(frozen=True)
class Conclude:
    group: Group
    decision: GroupDecision


@dataclass(frozen=True)
class Raise:
    signal: Signal


@dataclass(frozen=True)
class Propose:
    """An item comes on the agenda of that meeting. `last` is what happens to the signal there in the end."""

    signal: Signal
    meeting: Meeting
    last: Step


@dataclass(frozen=True)
class Walk:
    signal: Signal
    step: Step


@dataclass(frozen=True)
class Give:
    action: Action


@dataclass(frozen=True)
class Postpone:
    action: Action
    postponed: Postponed


@dataclass(frozen=True)
class Finish:
    action: Action


@dataclass(frozen=True)
class Decide:
    decision: Decision


@dataclass(frozen=True)
class Measure:
    decision: Decision


@dataclass(frozen=True)
class Fix:
    decision: Decision


@dataclass(frozen=True)
class Lift:
    decision: Decision


@dataclass(frozen=True)
class Lapse:
    decision: Decision


Deed = (
    Plan
    | Move
    | Held
    | Report
    | Review
    | Conclude
    | Raise
    | Propose
    | Walk
    | Give
    | Postpone
    | Finish
    | Decide
    | Measure
    | Fix
    | Lift
    | Lapse
)


@dataclass(frozen=True)
class Moment:
    """One deed at its time."""

    at: datetime
    deed: Deed


def moments(scenario: Scenario, structure: Structure) -> list[Moment]:
    """All of the year, in the order in which it is played."""
    found = [
        *_planning(scenario),
        *_groups(scenario),
        *_decided_first(scenario),
        *_signals(scenario, structure),
        *_actions(scenario),
        *_decisions(scenario),
        *_held(scenario),
    ]
    return sorted(found, key=lambda moment: moment.at)


def _at(day: date, hour: time = MORNING) -> datetime:
    return datetime.combine(day, hour, AMSTERDAM)


def _begin(scenario: Scenario) -> date:
    """The first of January of the first meeting, or the day of what comes before it."""
    days = [one.moved.start if one.moved else one.day for one in scenario.meetings]
    days += [signal.day for signal in scenario.signals]
    days += [action.said_on for action in scenario.actions]
    days += [day for group in scenario.groups for day in group.feedback]
    first = min(days)
    return min(first, date(min(days[: len(scenario.meetings)], default=first).year, 1, 1))


def _planning(scenario: Scenario) -> Iterable[Moment]:
    begin = _begin(scenario)
    for meeting in scenario.meetings:
        yield Moment(_at(begin), Plan(meeting))
        if meeting.moved:
            yield Moment(_at(meeting.moved.on), Move(meeting))


def _held(scenario: Scenario) -> Iterable[Moment]:
    for meeting in scenario.meetings:
        _, _, end = meeting.hours.partition("-")
        yield Moment(_at(meeting.day, time.fromisoformat(end) if end else EVENING), Held(meeting))


def _groups(scenario: Scenario) -> Iterable[Moment]:
    for group in scenario.groups:
        for day in group.feedback:
            yield Moment(_at(day), Report(group))
        if group.evaluated:
            yield Moment(_at(group.evaluated), Review(group))
        for decision in group.decisions:
            yield Moment(_at(decision.day), Conclude(group, decision))


def _signals(scenario: Scenario, structure: Structure) -> Iterable[Moment]:
    for signal in scenario.signals:
        yield Moment(_at(signal.day), Raise(signal))
        placed: set[str] = set()
        for step in signal.path:
            meeting = scenario.meeting(step.meeting)
            if meeting and meeting.id not in placed:
                placed.add(meeting.id)
                last = [one for one in signal.path if one.meeting == meeting.id][-1]
                day = max(_proposed_on(meeting, structure), signal.day)
                yield Moment(_at(day), Propose(signal, meeting, last))
            yield Moment(_at(step.day), Walk(signal, step))


def _proposed_on(meeting: Meeting, structure: Structure) -> date:
    """One working day before the digest."""
    body = structure.body(meeting.body)
    if body is None:
        return meeting.day
    planned = Planned("", body.code, MeetingKind(meeting.kind), meeting.day)
    return structure.calendar.add(digest_day(planned, body, structure.calendar), -1)


def _actions(scenario: Scenario) -> Iterable[Moment]:
    for action in scenario.actions:
        yield Moment(_at(action.said_on), Give(action))
        for postponed in action.postponed:
            yield Moment(_at(postponed.on), Postpone(action, postponed))
        if action.done_on:
            yield Moment(_at(action.done_on), Finish(action))


def decided_on(scenario: Scenario, decision: Decision) -> date:
    """The day of the meeting that decided."""
    meeting = scenario.meeting(decision.meeting)
    if meeting is None:
        raise ValueError(f"{decision.id}: {decision.meeting} is no meeting of this scenario")
    return meeting.day


def _decided_first(scenario: Scenario) -> Iterable[Moment]:
    for decision in scenario.decisions:
        yield Moment(_at(decided_on(scenario, decision)), Decide(decision))


def _decisions(scenario: Scenario) -> Iterable[Moment]:
    for decision in scenario.decisions:
        if decision.monitoring and decision.monitoring.filled_on:
            yield Moment(_at(decision.monitoring.filled_on), Measure(decision))
        if decision.reservation and decision.reservation.lifted_on:
            yield Moment(_at(decision.reservation.lifted_on), Lift(decision))
        if decision.fixed_on:
            yield Moment(_at(decision.fixed_on), Fix(decision))
        if decision.lapsed_on:
            yield Moment(_at(decision.lapsed_on), Lapse(decision))
