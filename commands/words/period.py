"""A stretch of days that reports look back over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from commands.words.calendar import AMSTERDAM


@dataclass(frozen=True)
class Period:
    """From `start` to `end`, both included, on the calendar of Amsterdam."""

    start: date
    end: date

    @property
    def since(self) -> datetime:
        """The first moment of it, aware."""
        return datetime.combine(self.start, time(0), AMSTERDAM)

    @property
    def until(self) -> datetime:
        """The first moment after it, aware."""
        return datetime.combine(self.end + timedelta(days=1), time(0), AMSTERDAM)
