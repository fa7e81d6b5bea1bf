"""Reads a calendar file that comes in (RFC 5545) to events as data; what cannot be read is named, not passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from commands.kit.files import Event
from commands.words.calendar import AMSTERDAM

#: A calendar of several years is far smaller.
LARGEST = 5_000_000
#: Years outside these are slips, or meant to make trouble.
_YEARS = range(1970, 2200)
_HIGHEST_SEQUENCE = 2**31 - 1
_LONGEST_UID = 500
_MOST_EVENTS = 1000
_FOLDED = re.compile(rb"\r?\n[ \t]")


class Why(StrEnum):
    """Why an event is left out, as the operator reads it."""

    RECURS = "recurs: give each meeting a line of its own"
    UNDATED = "has no date that can be read"
    ZONE = "is in a time zone that is not known"
    UNNUMBERED = "has no UID"
    OVERNIGHT = "runs past midnight"


@dataclass(frozen=True)
class Left:
    """An event that was left out; `name` is what the file calls it, "" when it does not."""

    name: str
    why: Why

    def __str__(self) -> str:
        named = f'"{self.name}"' if self.name else "an event without a name"
        return f"{named} {self.why}"


@dataclass(frozen=True)
class Came:
    """The events of a file in its order, and each that was left out with the reason."""

    events: tuple[Event, ...]
    faults: tuple[Left, ...]


def read(data: bytes) -> Came:
    """The events of an iCalendar file; times of other zones become those of Amsterdam. ValueError when it is none.

    Zones are known by their names, those of Windows too. What a file says of a zone itself is not read: it may lie, may
    take for ever to work out, and the library would keep it for the next file.
    """
    if len(data) > LARGEST:
        raise ValueError(f"is larger than {LARGEST} bytes")
    data = _without_zones(_FOLDED.sub(b"", data))
    # Imported here: it is large, and calendars seldom come in.
    import icalendar

    try:
        calendars = icalendar.Calendar.from_ical(data, multiple=True)
    except Exception as failure:  # whatever a file made to do harm brings out of the library
        raise ValueError("is no calendar") from failure
    if not calendars or any(one.name != "VCALENDAR" for one in calendars):
        raise ValueError("is no calendar")
    events: list[Event] = []
    faults: list[Left] = []
    components = [component for calendar in calendars for component in calendar.walk("VEVENT")]
    if len(components) > _MOST_EVENTS:
        raise ValueError(f"holds more than {_MOST_EVENTS} meetings")
    for one in components:
        found = _event(one)
        if isinstance(found, Event):
            events.append(found)
        else:
            faults.append(found)
    return Came(tuple(events), tuple(faults))


def _without_zones(data: bytes) -> bytes:
    """The lines of a file without what it says of time zones; ValueError when that is so strange that some is left."""
    kept: list[bytes] = []
    inside = False
    for line in data.splitlines():
        word = line.strip().upper()
        inside = inside or word == b"BEGIN:VTIMEZONE"
        if not inside:
            kept.append(line)
            if b"VTIMEZONE" in word and b"BEGIN" in word:
                raise ValueError("is no calendar")
        inside = inside and word != b"END:VTIMEZONE"
    if inside:
        raise ValueError("is no calendar")
    return b"\r\n".join(kept)


def _event(component: Any) -> Event | Left:
    summary, uid = str(component.get("summary", "")).strip(), str(component.get("uid", "")).strip()
    if any(component.get(key) is not None for key in ("rrule", "rdate", "recurrence-id")):
        return Left(summary, Why.RECURS)
    try:
        start, end = _start_and_end(component)
        stamp = next((component.decoded(key) for key in ("last-modified", "dtstamp") if component.get(key)), None)
        sequence = int(component.get("sequence", 0))
        (day, opens), (last, closes) = _wall(start), _wall(end)
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError):
        return Left(summary, Why.UNDATED)
    if any(_zone_is_unknown(component, key) for key in ("dtstart", "dtend")):
        return Left(summary, Why.ZONE)
    if not uid or len(uid) > _LONGEST_UID:
        return Left(summary, Why.UNNUMBERED)
    if opens is not None and closes is not None and last != day:
        return Left(summary, Why.OVERNIGHT)
    cancelled = str(component.get("status", "")).upper() == "CANCELLED"
    changed = stamp if isinstance(stamp, datetime) and stamp.tzinfo else datetime(1970, 1, 1, tzinfo=UTC)
    sequence = min(max(sequence, 0), _HIGHEST_SEQUENCE)
    until = closes if opens and end != start else None
    return Event(uid, sequence, changed, summary, day, opens, until, cancelled=cancelled)


def _start_and_end(component: Any) -> tuple[date, date]:
    """When it begins and ends; without an end that is when it begins. Days, or times. ValueError for anything else."""
    start = component.decoded("dtstart")
    end = start
    if component.get("dtend") is not None:
        end = component.decoded("dtend")
    elif component.get("duration") is not None:
        end = start + component.decoded("duration")
    if not all(isinstance(moment, date) and moment.year in _YEARS for moment in (start, end)):
        raise ValueError("no date")
    return start, end


def _zone_is_unknown(component: Any, key: str) -> bool:
    """Whether the hour is one of a place that cannot be found; it would be taken for the hour of here."""
    found = component.get(key)
    moment = component.decoded(key) if found is not None else None
    return isinstance(moment, datetime) and moment.tzinfo is None and "TZID" in found.params


def _wall(moment: date) -> tuple[date, time | None]:
    """Day and time on the clock of Amsterdam; a time without a zone is one of here."""
    if not isinstance(moment, datetime):
        return moment, None
    local = moment.astimezone(AMSTERDAM) if moment.tzinfo else moment
    return local.date(), local.time().replace(tzinfo=None, second=0, microsecond=0)
