"""When is the energy of a group asked for, who may answer, and what may be shown? (R-110, R-157, R-174, INV-36)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from commands.rules.evaluations import may_show
from commands.rules.groups import add_months
from commands.words.calendar import WorkCalendar
from commands.words.poll import CHOICES, Poll, PollKind, PollState
from commands.words.signal import Track
from commands.words.structure import Thresholds
from commands.words.verdict import Allowed, Refused, Verdict
from commands.words.workgroup import GroupState, Workgroup


def is_polled(group: Workgroup, limits: Thresholds) -> bool:
    """R-157: a group that works on the track aanjagen; a body within a programme is asked with that programme."""
    working = group.state in (GroupState.FOUNDED, GroupState.ACTIVE)
    return working and group.track is Track.ENCOURAGE and group.within is None and limits.energy_months > 0


def next_energy(group: Workgroup, after: date, calendar: WorkCalendar, limits: Thresholds) -> date | None:
    """The first day after `after` on which the group is asked again, counted from its start; None past its end."""
    months = limits.energy_months
    while True:
        day = calendar.sending_on_or_after(add_months(group.start, months))
        if day > group.end:
            return None
        if day > after:
            return day
        months += limits.energy_months


def may_answer(poll: Poll, today: date, said: str) -> Verdict:
    """Up to and including its last day, with one of its words."""
    if poll.state is not PollState.OUT or today > poll.closes_on:
        return Refused("Deze vraag is gesloten. Wat eruit kwam, staat bij !peiling.", code="E12")
    if said not in CHOICES[poll.kind]:
        words = CHOICES[poll.kind]
        return Refused(f"Antwoord met {', '.join(words[:-1])} of {words[-1]}.", code="E02")
    return Allowed()


def result(poll: Poll, votes: Sequence[str], today: date, limits: Thresholds) -> str:
    """What may be read of it: nothing while people can still answer, nor of fewer than four (INV-36); always n of N."""
    count = f"{len(votes)} van {poll.asked}"
    if today <= poll.closes_on:
        return f"loopt nog, {count} {'antwoordde' if len(votes) == 1 else 'antwoordden'}"
    if not may_show(len(votes), limits):
        return f"te weinig antwoorden om te tonen ({count})"
    if poll.kind is PollKind.ENERGY:
        return f"{in_tenths(mean(votes))} ({count})"
    counts = [f"{votes.count(word)} {word}" for word in reversed(CHOICES[poll.kind]) if word in votes]
    return f"{', '.join(counts)} ({count})"


def mean(votes: Sequence[str]) -> float:
    """The mean of answers that are numbers, of which there is at least one."""
    return sum(int(one) for one in votes) / len(votes)


def in_tenths(value: float) -> str:
    """As people write it: "3,4"."""
    return f"{value:.1f}".replace(".", ",")


def trend(before: float, now: float) -> str:
    """R-157: how the energy went since the time before; half a point is a change."""
    if abs(now - before) < 0.5:
        return f"De energie bleef rond {in_tenths(now)}."
    return f"De energie {'steeg' if now > before else 'zakte'} van {in_tenths(before)} naar {in_tenths(now)}."
