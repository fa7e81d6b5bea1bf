"""Reads a calendar file that comes in (RFC 5545) to events as data; what cannot be read is named, not passed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import icalendar

from commands.kit.files import Event
from commands.words.calendar import AMSTERDAM

#: A calendar of several years is far smaller.
LARGEST = 5_000_000


@dataclass(frozen=True)
class Came:
    """The events of a file in its order, and a sentence about each that was left out."""

    events: tuple[Event, ...]
    faults: tuple[str, ...]


def read(data: bytes) -> Came:
    """The events of an iCalendar file; times of other zones become those of Amsterdam. ValueError when it is none."""
    if len(data) > LARGEST:
        raise ValueError(f"is larger than {LARGEST} bytes")
    try:
        calendars = icalendar.Calendar.from_ical(data, multiple=True)
    except ValueError as failure:
        raise ValueError("is no calendar") from failure
    if not calendars or any(one.name != "VCALENDAR" for one in calendars):
        raise ValueError("is no calendar")
    events: list[Event] = []
    faults: list[str] = []
    for one in (component for calendar in calendars for component in calendar.walk("VEVENT")):
        found = _event(one)
        if isinstance(found, Event):
            events.append(found)
        else:
            faults.append(found)
    return Came(tuple(events), tuple(faults))


def _event(component: Any) -> Event | str:
    summary, uid = str(component.get("summary", "")).strip(), str(component.get("uid", "")).strip()
    named = f'"{summary}"' if summary else "an event without a name"
    if any(component.get(key) is not None for key in ("rrule", "rdate", "recurrence-id")):
        return f"{named} recurs: give each meeting a line of its own"
    try:
        start = component.decoded("dtstart")
        end = component.decoded("dtend") if component.get("dtend") is not None else None
        if end is None and component.get("duration") is not None:
            end = start + component.decoded("duration")
        stamp = next((component.decoded(key) for key in ("last-modified", "dtstamp") if component.get(key)), None)
        sequence = int(component.get("sequence", 0))
    except (KeyError, ValueError, TypeError):
        return f"{named} has no date that can be read"
    if not uid:
        return f"{named} has no UID"
    day, opens = _wall(start)
    last, closes = _wall(end) if end is not None else (day, None)
    if opens is not None and closes is not None and last != day:
        return f"{named} runs past midnight"
    cancelled = str(component.get("status", "")).upper() == "CANCELLED"
    changed = stamp if isinstance(stamp, datetime) and stamp.tzinfo else datetime(1970, 1, 1, tzinfo=UTC)
    return Event(uid, max(sequence, 0), changed, summary, day, opens, closes if opens else None, cancelled=cancelled)


def _wall(moment: date | datetime) -> tuple[date, time | None]:
    """Day and time on the clock of Amsterdam; a time without a zone is one of here."""
    if not isinstance(moment, datetime):
        return moment, None
    local = moment.astimezone(AMSTERDAM) if moment.tzinfo else moment
    return local.date(), local.time().replace(tzinfo=None, second=0, microsecond=0)
