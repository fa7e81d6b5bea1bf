"""When something that recurs comes: an RRULE (RFC 5545) on the wall clock of Amsterdam, with the working calendar.

The arithmetic is dateutil's. Two things are ours: an hour that the change of the clock skips or repeats (RFC 5545
§3.3.5: the time before the gap, and the first of the two), and working days, for which the standard has no word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, islice

from dateutil.rrule import rrulestr

from commands.words.calendar import AMSTERDAM, WorkCalendar

#: Days in a week, as RFC 5545 writes them.
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKING_WEEK = ",".join(DAYS[:5])
_UNTIL = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Recurrence:
    """`rule` is the value of an RRULE ("" for once), `start` the first day it may hold, `wall` the local time.

    `working`: public holidays fall out of the days that the rule names, before they are counted. So the last of Monday
    to Friday becomes the last working day.
    """

    rule: str
    start: date
    wall: time
    working: bool = False

    @property
    def parts(self) -> dict[str, str]:
        """The parts of the rule by name, in the order they are written."""
        return dict(part.split("=", 1) for part in self.rule.split(";") if part)


def occurrences(recurrence: Recurrence, calendar: WorkCalendar) -> Iterator[datetime]:
    """Every time it comes, aware, in order; without an end for a rule that has none."""
    parts = recurrence.parts
    count, until = parts.pop("COUNT", None), parts.pop("UNTIL", None)
    found = _instants(recurrence, parts, calendar)
    if until is not None:
        last = read_until(until)
        found = _up_to(found, last)
    return islice(found, int(count)) if count is not None else found


def next_after(recurrence: Recurrence, moment: datetime, calendar: WorkCalendar) -> datetime | None:
    """The first time strictly after `moment` (aware), None when it does not come again."""
    return next((at for at in occurrences(recurrence, calendar) if at > moment), None)


def missed(recurrence: Recurrence, since: datetime, until: datetime, calendar: WorkCalendar) -> list[datetime]:
    """The times strictly after `since`, up to and including `until`."""
    found: list[datetime] = []
    for at in occurrences(recurrence, calendar):
        if at > until:
            break
        if at > since:
            found.append(at)
    return found


def until_end_of(day: date) -> str:
    """The UNTIL of a rule whose last day is `day`: that midnight in UTC, as RFC 5545 wants beside a time zone."""
    last = datetime.combine(day, time(23, 59, 59), AMSTERDAM)
    return last.astimezone(UTC).strftime(_UNTIL)


def read_until(text: str) -> datetime:
    """The moment that `until_end_of` wrote, aware."""
    return datetime.strptime(text, _UNTIL).replace(tzinfo=UTC)


def _up_to(found: Iterator[datetime], last: datetime) -> Iterator[datetime]:
    for at in found:
        if at > last:
            return
        yield at


def _instants(recurrence: Recurrence, parts: dict[str, str], calendar: WorkCalendar) -> Iterator[datetime]:
    for day in _days(recurrence, parts, calendar):
        # In the hour that is skipped `fold=0` counts with the offset before it: 02:30 is then 03:30 summer time.
        yield datetime.combine(day, recurrence.wall, AMSTERDAM)


def _days(recurrence: Recurrence, parts: dict[str, str], calendar: WorkCalendar) -> Iterator[date]:
    if not parts:
        return iter((recurrence.start,))
    if not recurrence.working:
        return _by_rule(parts, recurrence.start)
    places = [int(place) for place in parts.pop("BYSETPOS", "").split(",") if place]
    if not places:
        return (day for day in _by_rule(parts, recurrence.start) if calendar.holiday(day) is None)
    return _counted(replace(recurrence, rule=""), parts, places, calendar)


def _counted(
    recurrence: Recurrence, parts: dict[str, str], places: list[int], calendar: WorkCalendar
) -> Iterator[date]:
    """The n-th working days of each week, month or year: the holidays are taken out before the counting."""
    freq = parts["FREQ"]
    for _, days in groupby(_by_rule(parts, _begin(recurrence.start, freq)), key=lambda day: _begin(day, freq)):
        working = [day for day in days if calendar.is_working_day(day)]
        for place in sorted(place - 1 if place > 0 else len(working) + place for place in places):
            if 0 <= place < len(working) and working[place] >= recurrence.start:
                yield working[place]


def _begin(day: date, freq: str) -> date:
    match freq:
        case "WEEKLY":
            return day - timedelta(days=day.weekday())
        case "YEARLY":
            return day.replace(month=1, day=1)
    return day.replace(day=1)


def _by_rule(parts: dict[str, str], start: date) -> Iterator[date]:
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    noon = datetime.combine(start, time(12))
    return (at.date() for at in rrulestr(text, dtstart=noon))
