"""*Durven los te laten*: when it is asked what can go, and what the register itself points at (R-202)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from commands.rules.periods import halves
from commands.words.evaluation import Advice, Evaluation, EvaluationState
from commands.words.meeting import AgendaItem, ItemState, Nature
from commands.words.period import Period
from commands.words.structure import Structure
from commands.words.workgroup import WORKING_STATES, Workgroup

#: No more is pointed at than a meeting can talk about.
MOST = 4
#: Of fewer points, or meetings without one, nothing is said.
FEW_POINTS = 4
FEW_MEETINGS = 2
_LETS_GO = (Advice.COMBINE, Advice.END)
_ON_THE_TABLE = (ItemState.SCHEDULED, ItemState.TREATED, ItemState.MOVED_ON)


def half_year(day: date) -> Period:
    """The half calendar year that day lies in, whole."""
    first = date(day.year, 1, 1) if day.month <= 6 else date(day.year, 7, 1)
    return halves(Period(first, date(day.year, 12, 31)))[0]


def has_seen_enough(known_since: date, today: date, structure: Structure) -> bool:
    """A register that began a short while ago has nothing to go by; and nothing is asked in a quiet period."""
    limits = structure.thresholds
    return (
        limits.letting_go
        and not structure.calendar.is_quiet(today)
        and limits.letting_go_silence.passed(known_since, today, structure.calendar)
    )


def is_idle(group: Workgroup, heard: date, today: date, open_things: int, structure: Structure) -> bool:
    """A group that works, of which nothing was heard since `heard` and that has nothing in hand."""
    silence = structure.thresholds.letting_go_silence
    return group.state in WORKING_STATES and not open_things and silence.passed(heard, today, structure.calendar)


def advised_to_go(evaluations: Sequence[Evaluation]) -> Evaluation | None:
    """The last finished evaluation of a body, given by day, when it advised to combine or to end."""
    done = [one for one in evaluations if one.state is EvaluationState.DONE]
    return done[-1] if done and done[-1].advice in _LETS_GO else None


def empty_meetings(agendas: Sequence[Sequence[AgendaItem]]) -> int:
    """How many of these meetings had nothing on the table; 0 when that is hardly a habit."""
    empty = sum(not any(item.state in _ON_THE_TABLE for item in items) for items in agendas)
    return empty if empty >= FEW_MEETINGS else 0


def only_noted(agendas: Sequence[Sequence[AgendaItem]]) -> tuple[int, int] | None:
    """How many of the points were only for information or decided without discussion, and of how many; None when that
    is less than half of them."""
    points = [item for items in agendas for item in items if item.state in _ON_THE_TABLE]
    light = sum(item.nature is Nature.INFORM or item.hammer for item in points)
    return (light, len(points)) if len(points) >= FEW_POINTS and 2 * light >= len(points) else None
