"""Meetings to calendar events and back. An event says when a body meets, never what about (digests.md §3.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from commands.kit import dates
from commands.kit.files import Calendar, Event, File
from commands.kit.meeting_checks import MOST_MEETINGS
from commands.kit.planned import name_of
from commands.kit.register import Register
from commands.kit.year_plan import own_id, own_uid
from commands.kit.year_text import KINDS, Wish
from commands.rules.timing import papers_day
from commands.words.meeting import Meeting, MeetingKind, MeetingState
from commands.words.structure import Body

_LONGEST_NAME = 6


def calendar_of(register: Register, bodies: Sequence[Body], title: str) -> Calendar:
    """The meetings of these bodies from the first of this year on, cancelled ones too, so that calendars drop them."""
    since = date(register.today.year, 1, 1)
    events: list[Event] = []
    for body in bodies:
        found = register.store.meetings(body=body.code, since=since, cancelled=True, limit=MOST_MEETINGS)
        events += [_event(register, meeting, body) for meeting in found]
    return Calendar(title, tuple(sorted(events, key=lambda one: (one.day, one.uid))))


def calendar_file(register: Register, bodies: Sequence[Body]) -> File:
    """ "vergaderingen-AO.ics", with the meetings of these bodies."""
    names = "-".join(body.code for body in bodies)
    return File(f"vergaderingen-{names}.ics", "ics", calendar_of(register, bodies, f"Vergaderingen {names}"))


def _event(register: Register, meeting: Meeting, body: Body) -> Event:
    last = register.store.last_change(meeting.id)
    papers = dates.say_day(papers_day(meeting, body, register.structure.calendar))
    return Event(
        own_uid(meeting, register.structure),
        meeting.sequence,
        last[0].at if last else register.now,
        name_of(meeting),
        meeting.day,
        meeting.start,
        meeting.end,
        f"{meeting.id}. Stukken uiterlijk {papers}.",
        meeting.state is MeetingState.CANCELLED,
    )


def wishes_from(register: Register, events: Sequence[Event]) -> tuple[tuple[Wish, ...], tuple[str, ...]]:
    """The meetings that the events are, and the names of those of which no body is known.

    Of one UID only the newest counts; the body and the kind stand in the name of the event ("DO reflectie").
    """
    newest: dict[str, Event] = {}
    for event in events:
        known = newest.get(event.uid)
        if known is None or (event.sequence, event.changed) >= (known.sequence, known.changed):
            newest[event.uid] = event
    wishes: list[Wish] = []
    unknown: list[str] = []
    for event in newest.values():
        body, kind = _meant(register, event)
        if body is None:
            unknown.append(event.summary)
            continue
        wish = Wish(body, kind, event.day, event.start, event.end, None, event.uid, event.sequence, event.cancelled)
        wishes.append(wish)
    return tuple(wishes), tuple(unknown)


def _meant(register: Register, event: Event) -> tuple[Body | None, MeetingKind]:
    own = own_id(event.uid)
    meeting = register.store.get(Meeting, own) if own else register.store.meeting_of(event.uid)
    if meeting is not None:
        return register.body(meeting.body), meeting.kind
    words = re.findall(r"[\w+&-]+", event.summary)
    kind = next((KINDS[word.casefold()] for word in words if word.casefold() in KINDS), MeetingKind.REGULAR)
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            named = " ".join(words[start : start + length])
            body = register.body(named) or _full_name(register, named)
            if body is not None:
                return body, kind
    return None, kind


def _full_name(register: Register, name: str) -> Body | None:
    return next((body for body in register.structure.bodies if body.name.casefold() == name.casefold()), None)
