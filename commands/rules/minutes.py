"""After the meeting: when the list goes out, how long it can be corrected, when minutes are fixed (V4-V6, R-056)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from commands.rules import ways
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingState
from commands.words.structure import Structure
from commands.words.verdict import Allowed, Instead, Refused, Verdict

#: States in which the list is a concept.
CONCEPT = (MeetingState.HELD, MeetingState.MINUTES)
#: The most words of what goes to the network of a party, and to the body above (digests.md §1.6, R-056).
BACK_WORDS, UPWARD_WORDS = 120, 80


def list_day(meeting: Meeting, structure: Structure) -> date:
    """When the concept goes out: one working day after the meeting, never in a quiet period."""
    day = structure.thresholds.minutes_list.after(meeting.day, structure.calendar)
    return structure.calendar.sending_on_or_after(day)


def corrections_until(posted: date, structure: Structure) -> date:
    """The last day on which a correction is taken, counted from the day the list went out."""
    return structure.thresholds.corrections.after(posted, structure.calendar)


def without_outcome(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """V4: the points that were on the agenda and of which nobody said what came of it."""
    return [
        item
        for item in items
        if item.state is ItemState.SCHEDULED or (item.state is ItemState.TREATED and not item.outcome)
    ]


def may_have_minutes(meeting: Meeting, items: Sequence[AgendaItem]) -> Verdict:
    """V4: it was held, and every point has an outcome."""
    if meeting.state not in CONCEPT:
        why = "nog niet gehouden" if meeting.state in (MeetingState.PLANNED, MeetingState.FIXED) else meeting.state
        ahead = why == "nog niet gehouden"
        way = f"Eerst !vergadering gehouden {meeting.body}." if ahead else ways.look_at_meetings(meeting.body)
        return Refused(f"{meeting.id} is {why}. {way}", code="V4")
    lacking = without_outcome(items)
    if lacking:
        named = ", ".join(f"punt {item.number} ({item.id})" for item in lacking)
        return Refused(f"Nog zonder uitkomst: {named}. Noteer die met !uitkomst {lacking[0].id}.", code="V4")
    return Allowed()


def may_fix_minutes(meeting: Meeting, *, meets_today: bool, written: bool, today: date) -> Verdict:
    """V5: in a later meeting of the same body, or in a round in writing."""
    if meeting.state is MeetingState.HELD:
        return Refused(
            f"Van {meeting.id} is er nog geen verslag. Eerst !verslag {meeting.id} en de koppeling.", code="V5"
        )
    if meeting.state is not MeetingState.MINUTES:
        return Refused(f"{meeting.id} is {meeting.state}. {ways.look_at_meetings(meeting.body)}", code="V5")
    if written or (meets_today and meeting.day < today):
        return Allowed()
    because = "Een verslag wordt vastgesteld in het volgende overleg, of in een schriftelijke ronde."
    return Refused(because, Instead("", {"written": "ja"}, "Was er een schriftelijke ronde?"), "V5")


def words_in(text: str) -> int:
    """How many words someone reads."""
    return len(text.split())


def shortened(texts: Sequence[str], most: int, one: str, more: str) -> str:
    """The texts behind each other in about so many words, and a count of what is left ("en nog 2 punten").

    A first text that is longer by itself is cut, with "…": something is said of it. At most four words are added.
    """
    kept: list[str] = []
    texts = [" ".join(text.split()) for text in texts]
    for text in texts:
        if words_in("; ".join([*kept, text])) > most:
            break
        kept.append(text)
    if texts and not kept:
        kept.append(" ".join(texts[0].split()[:most]) + "…")
    left = len(texts) - len(kept)
    rest = [f"en nog {left} {one if left == 1 else more}"] if left else []
    return "; ".join([*kept, *rest])
