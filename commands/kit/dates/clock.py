"""Times of the day: "14:00", "9.30 uur", "half 4", "kwart voor 3", "5 uur" (C11)."""

import re
from dataclasses import dataclass

from commands.kit.dates.results import Unreadable

PART = r"(?:ochtend|middag|avond|nacht)"
CLOCK = (
    r"(?P<clock>(?P<h>\d{1,2})(?P<sep>[:.])(?P<m>\d{2})(?P<u> uur)?"
    r"|(?P<hw>\d{1,2}) uur"
    r"|half (?P<half>\d{1,2})(?: uur)?"
    r"|(?:(?P<kwart>kwart)|(?P<min>\d{1,2})(?: minuut)?) (?P<dir>voor|over) (?P<h2>half )?(?P<hr>\d{1,2})(?: uur)?)"
)

_HOURS = {"ochtend": range(1, 12), "middag": range(12, 19), "avond": range(17, 24)}
_NOON = 12
_SPOKEN_HOUR = re.compile(r"[1-6]\.")
""" "3.30 uur", "4u30": people write so what they say; "3:30" is as written (C11)."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time on the wall clock."""

    hour: int
    minute: int


ClockResult = Clock | Unreadable | None


def digital(match: re.Match[str]) -> bool:
    """Whether the match of CLOCK can only be a time: "9.10" may also be the ninth of October."""
    if match["sep"] != ".":
        return True
    return match["u"] is not None or not 1 <= int(match["m"]) <= 12


def read_clock(match: re.Match[str], part: str | None) -> ClockResult:
    """The time a match of CLOCK stands for, with the part of the day that was said; None if it is no time."""
    said = match["clock"]
    if match["h"] is not None:
        return _written(int(match["h"]), int(match["m"]), part, said)
    if match["hw"] is not None:
        return _spoken(int(match["hw"]), 0, part, said)
    if match["half"] is not None:
        return _spoken(int(match["half"]), -30, part, said)
    minutes = 15 if match["kwart"] else int(match["min"])
    if not 1 <= minutes <= 29 or (match["kwart"] and match["h2"]):
        return None
    offset = (minutes if match["dir"] == "over" else -minutes) - (30 if match["h2"] else 0)
    return _spoken(int(match["hr"]), offset, part, said)


def read_hour(said: str, part: str | None) -> ClockResult:
    """The time in "14", "9:30" or "9.30", as one end of "van 9 tot 12"."""
    hour, _, minute = said.replace(".", ":").partition(":")
    return _written(int(hour), int(minute), part, said) if minute else _spoken(int(hour), 0, part, said)


def _office_hour(hour: int) -> int:
    """An hour as it is said without a part of the day: 1-6 are in the afternoon, the others as said (C11)."""
    return hour + _NOON if 1 <= hour <= 6 else hour


def _written(hour: int, minute: int, part: str | None, said: str) -> ClockResult:
    if hour > 23 or minute > 59:
        return Unreadable("invalid", f"{said} is geen tijd op de klok.")
    if part is None and _SPOKEN_HOUR.match(said):
        return Unreadable("ambiguous", f"{said} kan 's nachts of 's middags zijn. Welke tijd bedoel je?")
    if part is None:
        return Clock(hour, minute)
    return _in_part(hour, minute, part, said)


def _spoken(hour: int, offset: int, part: str | None, said: str) -> ClockResult:
    if hour > 24 or (offset and not 1 <= hour <= _NOON):
        return Unreadable("invalid", f"{said} is geen tijd op de klok.") if not offset else None
    if hour in (0, 24) and part is None:
        return Unreadable("ambiguous", f"{said} kan het begin of het einde van de dag zijn. Wat bedoel je?")
    if part is None:
        if hour == 7 and offset < 0:
            return Unreadable("ambiguous", f"{said} kan 's ochtends of 's avonds zijn. Welke tijd bedoel je?")
        hour = _office_hour(hour)
        total = hour * 60 + offset
        return Clock(*divmod(total, 60))
    total = (hour * 60 + offset) % (24 * 60)
    return _in_part(*divmod(total, 60), part, said)


def _in_part(hour: int, minute: int, part: str, said: str) -> ClockResult:
    if part == "nacht":
        return Unreadable("ambiguous", f"{said} 's nachts hoort bij twee dagen. Welke dag en tijd bedoel je?")
    hours = _HOURS[part]
    # "11.45 's middags": just before noon, and after twelve hours more just before midnight: neither is the afternoon.
    for candidate in (hour, hour + _NOON):
        if candidate in hours:
            return Clock(candidate, minute)
    return Unreadable("invalid", f"{said} valt niet in de {part}.")
