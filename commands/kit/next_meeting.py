"""Which meeting something still makes, in words: every reply on a signal or proposal says so (dialogue.md 13)."""

from __future__ import annotations

from commands.kit import dates
from commands.kit.register import FORMAL_KINDS, Register
from commands.rules.planning import still_makes
from commands.rules.timing import papers_day
from commands.words.meeting import Meeting


def weighing(turn: Register) -> str:
    """When the filter weighs: "weging do 14 jan 2027". Weighing needs no papers, so any meeting to come will do."""
    meeting = turn.next_meeting(turn.structure.filter.code)
    return f"weging {dates.say_short(meeting.day)}" if meeting else "er is nog geen vergadering gepland"


def makes(turn: Register, body: str) -> str:
    """The next formal meeting of the body that can still be made, with the last day for its papers.

    "di 9 nov 2027 (stukken uiterlijk vr 29 okt 2027)"; says so when the nearest one is missed, and "er is geen DO
    gepland" when there is none. Part of a sentence: no capital, no full stop. KeyError for a body that does not exist.
    """
    place = turn.need_body(body)
    meetings = turn.store.meetings(body=place.code, since=turn.today, kinds=FORMAL_KINDS)
    fit = still_makes(meetings, place, turn.today, turn.structure.calendar)

    def papers(meeting: Meeting) -> str:
        return f"(stukken uiterlijk {dates.say_short(papers_day(meeting, place, turn.structure.calendar))})"

    if fit.missed is not None:
        missed = f"{place.the} van {dates.say_short(fit.missed.day)} haalt dit niet meer {papers(fit.missed)}"
        later = f"wel {dates.say_short(fit.meeting.day)}" if fit.meeting else f"daarna is er geen {place.code} gepland"
        return f"{missed}; {later}"
    if fit.meeting is None:
        return f"er is geen {place.code} gepland"
    return f"{dates.say_short(fit.meeting.day)} {papers(fit.meeting)}"
