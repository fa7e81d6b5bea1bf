"""May a meeting be on this day, and which meeting can something still make? (domain.md §2.7 V1, INV-33, INV-34)"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commands.rules.timing import papers_day
from commands.words.calendar import WorkCalendar
from commands.words.meeting import Meeting, MeetingState
from commands.words.structure import Body

#: States in which a meeting is still to come.
AHEAD = (MeetingState.CONCEPT, MeetingState.PLANNED, MeetingState.FIXED)


@dataclass(frozen=True)
class Fit:
    """`meeting` is the first whose papers' deadline has not passed; `missed` the nearest one when that is another."""

    meeting: Meeting | None
    missed: Meeting | None


def still_makes(meetings: Sequence[Meeting], body: Body, today: date, calendar: WorkCalendar) -> Fit:
    """Which of these coming meetings (by date) something that is handed in today still makes (dialogue.md 13)."""
    ahead = [meeting for meeting in meetings if meeting.state in AHEAD and meeting.day >= today]
    fits = next((meeting for meeting in ahead if papers_day(meeting, body, calendar) >= today), None)
    missed = ahead[0] if ahead and ahead[0] is not fits else None
    return Fit(fits, missed)
