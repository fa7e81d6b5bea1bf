"""How long the list of a meeting can be corrected, counted from the day it went out."""

from __future__ import annotations

from datetime import date

from commands.kit.register import Register
from commands.rules.minutes import corrections_until, list_day
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import Meeting

#: How the history of a meeting names that its list was posted.
LIST_POSTED = "besluiten- en actielijst verstuurd"


def corrections_end(register: Register, meeting: Meeting) -> date:
    """The last day; while the list has not gone out, counted from the day on which it will."""
    rows = [row for row in register.store.history(meeting.id) if row.why == LIST_POSTED]
    posted = (
        rows[0].at.astimezone(AMSTERDAM).date() if rows else max(register.today, list_day(meeting, register.structure))
    )
    return corrections_until(posted, register.structure)
