"""What a reading of a date can be: a day, an instant, a period, or a courteous reason why not."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from commands.words.calendar import local

Kind = Literal["past", "invalid", "ambiguous", "nonsense"]


@dataclass(frozen=True, slots=True)
class Day:
    """One calendar day."""

    day: date


@dataclass(frozen=True, slots=True)
class Instant:
    """One moment, aware, on the wall clock of Amsterdam, to the minute."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both inclusive: two days, or two moments on the wall clock of Amsterdam."""

    start: date | datetime
    end: date | datetime


Reading: TypeAlias = Day | Instant | Period


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No date. `because` is for the user, in Dutch; `options` are the readings to offer, at most a few."""

    kind: Kind
    because: str
    options: tuple[Reading, ...] = ()


Result: TypeAlias = Reading | Unreadable


def last_day(result: Reading) -> date:
    """The last calendar day of a reading."""
    match result:
        case Day(day):
            return day
        case Instant(at):
            return local(at).date()
        case Period(_, end):
            return local(end).date() if isinstance(end, datetime) else end


def first_day(result: Reading) -> date:
    """The first calendar day of a reading."""
    if isinstance(result, Period):
        return local(result.start).date() if isinstance(result.start, datetime) else result.start
    return last_day(result)


def deadline(result: Result) -> date | None:
    """The day a reading stands for as a deadline: a period means its last day. None if nothing was read."""
    return None if isinstance(result, Unreadable) else last_day(result)
