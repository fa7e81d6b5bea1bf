"""A date in Dutch, for people (`say...`) and in one plain line, for programs (`door`).

`read` reads back whatever is said here with a year.
"""

from datetime import date, datetime
from typing import assert_never

from commands.kit.dates.results import Day, Instant, Period, Reading, Result, Unreadable
from commands.words.calendar import local

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def say_date(day: date) -> str:
    """Without the weekday: "1 december 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def say_day(day: date, *, today: date | None = None) -> str:
    """ "dinsdag 1 december 2026"; without the year if `today` is given and lies in the same year."""
    text = f"{WEEKDAYS[day.weekday()]} {say_date(day)}"
    return text.removesuffix(f" {day.year}") if today is not None and today.year == day.year else text


def say_instant(at: datetime) -> str:
    """ "dinsdag 1 december 2026, 14:00", on the clock of Amsterdam. ValueError for a time without a zone."""
    wall = local(at)
    return f"{say_day(wall.date())}, {wall:%H:%M}"


def say(result: Result) -> str:
    """A reading in Dutch; of an unreadable expression the reason."""
    match result:
        case Day(day):
            return say_day(day)
        case Instant(at):
            return say_instant(at)
        case Period(start, end):
            return _say_period(start, end)
        case Unreadable():
            return result.because
    assert_never(result)


def _say_period(start: date | datetime, end: date | datetime) -> str:
    if isinstance(start, datetime) and isinstance(end, datetime):
        if local(start).date() == local(end).date():
            return f"{say_instant(start)}-{local(end):%H:%M}"
        return f"{say_instant(start)} t/m {say_instant(end)}"
    return f"{say_day(start)} t/m {say_day(end)}"


def say_choice(options: tuple[Reading, ...]) -> str:
    """The options of a question: "vrijdag 20 of vrijdag 27 november 2026". What the last one says too is said once."""
    said = [say(option) for option in options]
    days = [option.day for option in options if isinstance(option, Day)]
    if len(days) == len(options):
        last = days[-1]
        if all((day.year, day.month) == (last.year, last.month) for day in days):
            said[:-1] = [f"{WEEKDAYS[day.weekday()]} {day.day}" for day in days[:-1]]
        else:
            said[:-1] = [say_day(day, today=last) for day in days[:-1]]
    return " of ".join(filter(None, [", ".join(said[:-1]), said[-1]]))


def door(result: Result) -> str:
    """One line for programs: `2026-12-01`, `2026-11-19T14:00+01:00`, `start/end`, `ERROR:past` and the other kinds."""
    match result:
        case Day(day):
            return day.isoformat()
        case Instant(at):
            return _iso(at)
        case Period(start, end):
            return f"{_iso(start)}/{_iso(end)}"
        case Unreadable(kind):
            return f"ERROR:{kind}"
    assert_never(result)


def _iso(moment: date | datetime) -> str:
    return local(moment).isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()
