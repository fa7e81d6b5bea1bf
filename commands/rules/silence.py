"""Radiostilte: how long nothing was heard, and when that is too long (R-180); quiet periods do not count."""

from __future__ import annotations

from datetime import date, timedelta

from commands.words.calendar import WorkCalendar
from commands.words.reminder import Intensity
from commands.words.structure import Span
from commands.words.workgroup import CommunicationPlan

#: How long the silence lasts at most that each intensity promises; nobody is asked more often than once a week.
_PROMISED = {
    Intensity.DIRECT: Span(7),
    Intensity.DAILY: Span(7),
    Intensity.WEEKLY: Span(7),
    Intensity.MONTHLY: Span(31),
}


def days_heard_nothing(since: date, day: date, calendar: WorkCalendar) -> int:
    """Calendar days in (since, day] that are not in a quiet period; 0 when `day` is not after `since`."""
    return sum(not calendar.is_quiet(since + timedelta(days=n)) for n in range(1, (day - since).days + 1))


def longest_silence(plan: CommunicationPlan | None, usual: Span) -> Span:
    """R-217: how long a group may be silent: as long as its communication plan promises, never longer than `usual`."""
    promised = _PROMISED.get(plan.intensity) if plan is not None else None
    return usual if promised is None or usual.n <= promised.n else promised


def silent_from(since: date, span: Span, calendar: WorkCalendar) -> date:
    """The first day that is too silent: more than `span` after `since`, without the days of quiet periods.

    A span in working days is counted in those, quiet or not.
    """
    if span.unit == "werkdagen":
        return date.fromordinal(span.after(since, calendar).toordinal() + 1)
    day, heard = since, 0
    while heard <= span.n:
        day += timedelta(days=1)
        heard += not calendar.is_quiet(day)
    return day
