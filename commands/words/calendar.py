"""The working calendar: Dutch working days, public holidays and named periods (quiet weeks, recess, school holidays).

Working days follow article 3 of the Algemene termijnenwet: Monday to Friday, except New Year's Day, Good Friday,
Easter Monday, King's Day, 5 May (every year), Ascension Day, Whit Monday and both Christmas days.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

PeriodKind = Literal["stilte", "vakantie", "reces", "vergadervrij", "bijzonder", "vrij"]

_ONE_DAY = timedelta(days=1)
_SHORT_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_SHORT_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_SEARCH_LIMIT = 3660
"""Days a search for a free day may take: a calendar that is quiet for ten years is a configuration error."""


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A named stretch of days; `start` and `end` both belong to it. `region` is empty for the whole country, `party`
    for everyone: otherwise only that party is off (digests.md §3.3).
    """

    name: str
    start: date
    end: date
    kind: PeriodKind
    region: str = ""
    party: str = ""

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"{self.name}: eindigt op {self.end}, voor het begin op {self.start}")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


def easter(year: int) -> date:
    """Easter Sunday of a year in the Gregorian calendar (the anonymous computus)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap_centuries, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_shift + 15) % 30
    leaps, leap_rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - epact - leap_rest) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def holidays(year: int) -> dict[date, str]:
    """The days of a year that are no working days whatever their weekday, with their Dutch names."""
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.isoweekday() == 7:
        kings_day = date(year, 4, 26)
    days = {
        date(year, 1, 1): "Nieuwjaarsdag",
        sunday - timedelta(days=2): "Goede Vrijdag",
        sunday: "Eerste paasdag",
        sunday + timedelta(days=1): "Tweede paasdag",
        kings_day: "Koningsdag",
        sunday + timedelta(days=49): "Eerste pinksterdag",
        sunday + timedelta(days=50): "Tweede pinksterdag",
        date(year, 12, 25): "Eerste kerstdag",
        date(year, 12, 26): "Tweede kerstdag",
    }
    # Ascension Day can fall on 5 May (2016, 2035); both names then hold.
    for day, name in ((date(year, 5, 5), "Bevrijdingsdag"), (sunday + timedelta(days=39), "Hemelvaartsdag")):
        days[day] = f"{days[day]} en {name}" if day in days else name
    return days


def local(instant: datetime) -> datetime:
    """The same instant on the wall clock of Amsterdam. Raises ValueError for a time without a zone."""
    if instant.utcoffset() is None:
        raise ValueError("a time without a zone has no meaning here")
    return instant.astimezone(AMSTERDAM)


def say_short(day: date) -> str:
    """How people read a day in one glance: "di 1 dec 2026"."""
    return f"{_SHORT_DAYS[day.weekday()]} {day.day} {_SHORT_MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days count: the law gives the working days, `periods` what an organisation adds to them.

    Named periods never change what a working day is; only periods of kind "stilte" stop the sending of messages.
    """

    periods: tuple[NamedPeriod, ...] = ()

    def holiday(self, day: date) -> str | None:
        """The Dutch name of the public holiday on that day, Easter Sunday and Whit Sunday included."""
        return holidays(day.year).get(day)

    def periods_on(self, day: date) -> tuple[NamedPeriod, ...]:
        """The configured periods that contain that day, in the order of the configuration."""
        return tuple(period for period in self.periods if day in period)

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday and no public holiday."""
        return day.isoweekday() <= 5 and day not in holidays(day.year)

    def is_quiet(self, day: date) -> bool:
        """Inside a period of kind "stilte"."""
        return any(period.kind == "stilte" and not period.party and day in period for period in self.periods)

    def is_sending_day(self, day: date) -> bool:
        """A working day outside the quiet periods."""
        return self.is_working_day(day) and not self.is_quiet(day)

    def next_working_day(self, day: date) -> date:
        """The first working day strictly after that day."""
        return self.on_or_after(day + _ONE_DAY)

    def on_or_after(self, day: date) -> date:
        """That day if it is a working day, else the first one after it."""
        return _first(day, _ONE_DAY, self.is_working_day)

    def on_or_before(self, day: date) -> date:
        """That day if it is a working day, else the last one before it."""
        return _first(day, -_ONE_DAY, self.is_working_day)

    def sending_on_or_after(self, day: date) -> date:
        """The first day from that day on that messages may be sent. ValueError if there is none in ten years."""
        return _first(day, _ONE_DAY, self.is_sending_day)

    def sending_on_or_before(self, day: date) -> date:
        """The last day up to that day that messages may be sent. ValueError if there is none in ten years."""
        return _first(day, -_ONE_DAY, self.is_sending_day)

    def add(self, day: date, n: int) -> date:
        """The n-th working day after that day (before it if n is negative); n = 0 gives the day itself, unchanged."""
        step = _ONE_DAY if n > 0 else -_ONE_DAY
        for _ in range(abs(n)):
            day = _first(day + step, step, self.is_working_day)
        return day

    def between(self, start: date, end: date) -> int:
        """The number of working days in (start, end]: the end counts, the start does not. Negative when end < start.

        `between(a, b) == -between(b, a)`, and `between(day, add(day, n)) == n` whenever day itself is a working day.
        """
        if end < start:
            return -self.between(end, start)
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def _first(day: date, step: timedelta, wanted: Callable[[date], bool]) -> date:
    for _ in range(_SEARCH_LIMIT):
        if wanted(day):
            return day
        day += step
    raise ValueError(f"geen dag gevonden binnen tien jaar van {day - _SEARCH_LIMIT * step}")
