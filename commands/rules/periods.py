"""Years and half years as reports look back over them, never beyond today (R-184, R-201)."""

from __future__ import annotations

from datetime import date

from commands.words.period import Period


def year_of(year: int, today: date) -> Period:
    """That calendar year, as far as it is over."""
    return _until_today(date(year, 1, 1), date(year, 12, 31), today)


def half_of(year: int, half: int, today: date) -> Period:
    """The first or second half of that calendar year, as far as it is over."""
    start, end = (date(year, 1, 1), date(year, 6, 30)) if half == 1 else (date(year, 7, 1), date(year, 12, 31))
    return _until_today(start, end, today)


def _until_today(start: date, end: date, today: date) -> Period:
    return Period(start, min(end, today) if start <= today else end)


def ahead(period: Period, today: date) -> bool:
    """Whether nothing of it is over yet."""
    return period.start > today


def halves(period: Period) -> tuple[Period, ...]:
    """The period by half calendar years, each as far as it lies within."""
    found: list[Period] = []
    start = period.start
    while start <= period.end:
        end = date(start.year, 6, 30) if start.month <= 6 else date(start.year, 12, 31)
        found.append(Period(start, min(end, period.end)))
        start = date(start.year, 7, 1) if start.month <= 6 else date(start.year + 1, 1, 1)
    return tuple(found)


def half_before(day: date) -> Period:
    """The half calendar year before the one that day lies in, whole."""
    if day.month <= 6:
        return Period(date(day.year - 1, 7, 1), date(day.year - 1, 12, 31))
    return Period(date(day.year, 1, 1), date(day.year, 6, 30))


def named_half(day: date) -> str:
    """ "eerste helft 2027": the half year that day lies in."""
    return f"{'eerste' if day.month <= 6 else 'tweede'} helft {day.year}"
