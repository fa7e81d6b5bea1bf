"""May a meeting be on this day, and which meeting can something still make? (domain.md §2.7 V1, INV-33, INV-34)"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commands.rules.timing import digest_day, lead_of, papers_day
from commands.words.calendar import NamedPeriod, WorkCalendar
from commands.words.meeting import Meeting, MeetingKind, MeetingState
from commands.words.structure import Body, Span, Structure
from commands.words.verdict import Allowed, Refused, Verdict

#: States in which a meeting is still to come.
AHEAD = (MeetingState.CONCEPT, MeetingState.PLANNED, MeetingState.FIXED)


@dataclass(frozen=True)
class Fit:
    """`meeting` is the first whose papers' deadline has not passed; `missed` the nearest one when that is another."""

    meeting: Meeting | None
    missed: Meeting | None


def within_term(place: Body, day: date, end: date, until: str) -> Verdict:
    """INV-12, INV-14: a group meets until its last day; `until` says that day in words."""
    if day <= end:
        return Allowed()
    return Refused(
        f"{place.code} loopt tot en met {until}; daarna komt de groep niet meer bij elkaar. "
        f"Verlengen kan met !verleng {place.code}.",
        code="INV-14",
    )


def still_makes(meetings: Sequence[Meeting], body: Body, today: date, calendar: WorkCalendar) -> Fit:
    """Which of these coming meetings (by date) something that is handed in today still makes (dialogue.md 13)."""
    ahead = [meeting for meeting in meetings if meeting.state in AHEAD and meeting.day >= today]
    fits = next((meeting for meeting in ahead if papers_day(meeting, body, calendar) >= today), None)
    missed = ahead[0] if ahead and ahead[0] is not fits else None
    return Fit(fits, missed)


def day_fits(day: date, today: date, calendar: WorkCalendar) -> Verdict:
    """V1, E08, E09: a meeting is on a working day that is not past. `because` is the part after the date itself:
    "is voorbij", "is geen werkdag", "is Tweede pinksterdag"."""
    if day < today:
        return Refused("is voorbij", code="E08")
    if calendar.is_working_day(day):
        return Allowed()
    name = calendar.holiday(day)
    return Refused(f"is {name}" if name else "is geen werkdag", code="E09")


def calendar_remarks(day: date, calendar: WorkCalendar, parties: Sequence[str] | None = None) -> tuple[str, ...]:
    """Why people may not want to meet on that day, each as the part after the date (digests.md §3.3 "Avoid").

    School holidays stand before recess, and both before a period without meetings: those mostly follow from them.
    What only one party has off is named with that party; `parties` are those that meet, None is all of them.
    """
    special = _remarks_of_all(tuple(one for one in calendar.periods_on(day) if not one.party))
    theirs = [one for one in calendar.periods_on(day) if one.party and (parties is None or one.party in parties)]
    return (*special, *(f"{_off(one)} ({one.name})" for one in theirs))


def _off(period: NamedPeriod) -> str:
    if period.kind == "reces":
        return f"valt in het reces van {period.party}"
    return f"is een vrije dag van {period.party}" if period.start == period.end else f"is vrij bij {period.party}"


def _remarks_of_all(periods: Sequence[NamedPeriod]) -> tuple[str, ...]:
    special = tuple(f"is {period.name}" for period in periods if period.kind in ("bijzonder", "vrij"))
    for kind, words in (
        ("vakantie", "valt in de schoolvakantie"),
        ("reces", "valt in het reces"),
        ("vergadervrij", "valt in een periode zonder vergaderingen"),
    ):
        found = [period for period in periods if period.kind == kind]
        if found:
            return (*special, *(f"{words} ({_named(period)})" for period in found))
    return special


def _named(period: NamedPeriod) -> str:
    missing = period.region and period.region not in period.name
    return f"{period.name}, regio {period.region}" if missing else period.name


def within_frequency(kind: MeetingKind, body: Body, others: int, structure: Structure) -> Verdict:
    """R-030, R-033, INV-33: one more regular or reflection meeting than the structure gives needs a reason.

    `others` counts the meetings of that kind of the body in the same calendar year. The filter has no most: Bijlage 4
    only asks that it meets more often than the tier above it (G1, R-039).
    """
    if body.is_group or body.code == structure.filter.code:
        return Allowed()
    most = {MeetingKind.REGULAR: body.regular_per_year, MeetingKind.REFLECTION: body.reflection_per_year}.get(kind)
    if most is None or others < most:
        return Allowed()
    if not most and kind is MeetingKind.REFLECTION:
        return Refused(f"{body.capital} houdt volgens de structuur geen reflectieoverleg.", code="INV-33")
    times = "1 keer" if most == 1 else f"{most} keer"
    what = "houdt" if kind is MeetingKind.REFLECTION else "vergadert"
    extra = " een reflectieoverleg" if kind is MeetingKind.REFLECTION else ""
    return Refused(f"{body.capital} {what} {times} per jaar{extra}; dit is nummer {others + 1}.", code="INV-33")


def in_order(day: date, body: Body, round: Sequence[Meeting], structure: Structure) -> Verdict:
    """INV-34: in one round the filter comes before the tier above it, and so on. `round` holds its other meetings."""
    for other in round:
        place = structure.body(other.body)
        if place is None or place.level is None or body.level is None or place.level == body.level:
            continue
        if body.level < place.level and day >= other.day:
            return Refused(f"{body.capital} moet vóór {place.the} van deze ronde liggen", code="INV-34")
        if body.level > place.level and day <= other.day:
            return Refused(f"{body.capital} moet ná {place.the} van deze ronde liggen", code="INV-34")
    return Allowed()


def short_leads(day: date, body: Body, round: Sequence[Meeting], structure: Structure) -> tuple[str, ...]:
    """domain.md §2.7: between neighbouring tiers of one round lies a lead (15 working days); less is a warning."""
    span = structure.thresholds.round_lead
    found: list[str] = []
    for other in round:
        place = structure.body(other.body)
        if place is None or place.level is None or body.level is None or abs(place.level - body.level) != 1:
            continue
        first, last = sorted((day, other.day))
        if first < last and _short(first, last, span, structure.calendar):
            low, high = (body, place) if body.level < place.level else (place, body)
            found.append(f"Tussen {low.the} en {high.the} van deze ronde liggen minder dan {span.n} {span.unit}.")
    return tuple(found)


def _short(first: date, last: date, span: Span, calendar: WorkCalendar) -> bool:
    return span.after(first, calendar) > last


def meets_more_often(below: int, here: int, lower: Body, body: Body) -> tuple[str, ...]:
    """R-039, G1: the filter meets more often than the tier above it; `below` and `here` count this year's meetings."""
    if below == 0 or below > here:
        return ()
    return (f"{lower.capital} komt dat jaar niet vaker bijeen dan {body.the}.",)


def comes_too_late(lower: Sequence[Meeting], upper: Meeting, body: Body, calendar: WorkCalendar) -> Meeting | None:
    """The meeting of the tier below that just misses the one above: it falls after it, within the working days that
    its papers take. A year planning asks about it (dialogue.md §3: "AO 27/5 valt ná DO 25/5").
    """
    after = [one for one in lower if one.day > upper.day and one.state in AHEAD]
    late = min(after, key=lambda one: one.day, default=None)
    if late is None or calendar.between(upper.day, late.day) > lead_of(body, upper.kind).papers:
        return None
    return late


def missing_kinds(meetings: Sequence[Meeting], body: Body, year: int) -> tuple[tuple[MeetingKind, int], ...]:
    """R-033, INV-33: which kinds of meeting the structure gives the body and that year's planning has too few of."""
    found: list[tuple[MeetingKind, int]] = []
    wanted = ((MeetingKind.REGULAR, body.regular_per_year), (MeetingKind.REFLECTION, body.reflection_per_year))
    for kind, most in wanted:
        have = sum(one.body == body.code and one.kind is kind and one.day.year == year for one in meetings)
        if most and have < most:
            found.append((kind, most - have))
    return tuple(found)


def below_minimum(kind: MeetingKind, body: Body, left: int) -> tuple[str, ...]:
    """V7: when a meeting is cancelled and fewer are left in the year than the structure gives."""
    wanted = {MeetingKind.REGULAR: body.regular_per_year, MeetingKind.REFLECTION: body.reflection_per_year}.get(kind)
    if not wanted or left >= wanted:
        return ()
    return (f"{body.capital} heeft dat jaar nog {left} van de {wanted} ({kind}).",)


def filter_after_digest(
    top: Meeting, body: Body, filter_meetings: Sequence[Meeting], calendar: WorkCalendar
) -> Meeting | None:
    """digests.md §1.0: the last meeting of the filter before the top meeting, if that comes after the top's digest."""
    before = [meeting for meeting in filter_meetings if meeting.day < top.day and meeting.state in AHEAD]
    return before[-1] if before and before[-1].day > digest_day(top, body, calendar) else None
