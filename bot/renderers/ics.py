"""Meetings as iCalendar (RFC 5545). Pure; the same data gives the same bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import icalendar

from commands.kit.files import Calendar, Event
from commands.words.calendar import AMSTERDAM

#: The rules of the clock since 1996, as calendars want them in the file itself.
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


def ics(calendar: Calendar) -> bytes:
    """The calendar as a file to open or to import; times stand in Europe/Amsterdam, with its rules."""
    made = icalendar.Calendar()
    made.add("prodid", "-//overlegbot//NL")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", calendar.title)
    made.add_component(icalendar.Timezone.from_ical(ZONE.replace("\n", "\r\n")))
    for event in calendar.events:
        made.add_component(_event(event))
    return bytes(made.to_ical())


def _event(event: Event) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", event.uid)
    made.add("sequence", event.sequence)
    made.add("dtstamp", event.changed.astimezone(UTC))
    made.add("last-modified", event.changed.astimezone(UTC))
    made.add("summary", event.summary)
    made.add("dtstart", _moment(event.day, event.start))
    if event.start is not None and event.end is not None:
        made.add("dtend", _moment(event.day, event.end))
    if event.description:
        made.add("description", event.description)
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    return made


def _moment(day: date, clock: time | None) -> date | datetime:
    return datetime.combine(day, clock, AMSTERDAM) if clock is not None else day
