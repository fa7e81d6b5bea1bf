"""When the clock owes something: pure dates to instants. Everything is sent at the sending time of a sending day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from commands.words.action import Action
from commands.words.calendar import AMSTERDAM, WorkCalendar
from commands.words.meeting import Meeting, MeetingKind
from commands.words.signal import OPEN_STATES, Signal, SignalState, Track
from commands.words.structure import Body, Lead, Structure
from commands.words.workgroup import Workgroup


def at_sending_time(day: date, structure: Structure) -> datetime:
    """08:30 (setting) on that day on the wall clock of Amsterdam, aware."""
    return datetime.combine(day, structure.thresholds.send_at, AMSTERDAM)


def action_moments(action: Action, structure: Structure) -> list[tuple[str, date]]:
    """(kind, day) of each reminder of an action: before, on the day, after (digests.md §2.1, rulings.md "Moments").

    Before and on a non-sending day move back to the sending day before (INV-12); after moves on, so that nothing goes
    out in a quiet period.
    """
    calendar, limits = structure.calendar, structure.thresholds
    found = [
        ("actie_binnenkort", calendar.sending_on_or_before(span.before(action.due, calendar)))
        for span in limits.action_before
    ]
    if limits.action_on_the_day:
        found.append(("actie_vandaag", calendar.sending_on_or_before(action.due)))
    for step, span in enumerate(limits.action_overdue, 1):
        kind = f"actie_voorbij_{overdue_step(step, structure)}"
        found.append((kind, calendar.sending_on_or_after(span.after(action.due, calendar))))
    return found


def overdue_step(position: int, structure: Structure) -> int:
    """The step (1, 2 or 3) of the ladder; with two steps configured these are the first and the last."""
    steps = len(structure.thresholds.action_overdue)
    return 3 if position == steps and steps > 1 else position


def lead_of(body: Body, kind: MeetingKind) -> Lead:
    """The lead times of a meeting: reflection meetings have their own."""
    return body.reflection_lead if kind is MeetingKind.REFLECTION else body.lead


def papers_day(meeting: Meeting, body: Body, calendar: WorkCalendar) -> date:
    """Until when papers can be handed in: working days before the meeting (digests.md §1.0)."""
    return calendar.add(meeting.day, -lead_of(body, meeting.kind).papers)


def digest_day(meeting: Meeting, body: Body, calendar: WorkCalendar) -> date:
    """When the digest goes out; never on a weekend, a holiday or in a quiet period."""
    return calendar.sending_on_or_before(calendar.add(meeting.day, -lead_of(body, meeting.kind).digest))


def update_day(meeting: Meeting, body: Body, calendar: WorkCalendar) -> date | None:
    """When changes since the digest are told; None where there is no such message."""
    update = lead_of(body, meeting.kind).update
    return calendar.sending_on_or_before(calendar.add(meeting.day, -update)) if update is not None else None


def over_moments(meeting: Meeting, structure: Structure) -> list[tuple[str, date]]:
    """(occasion, day) of each question whether a meeting was held (V3): on the first sending day after it, and later
    once more for each of the reminders."""
    calendar = structure.calendar
    days = [first_after(meeting.day, structure)]
    for span in structure.thresholds.held_reminders:
        day = calendar.sending_on_or_after(span.after(meeting.day, calendar))
        if day > days[-1]:
            days.append(day)
    return [(f"{meeting.day}-{number}", day) for number, day in enumerate(days, 1)]


def invitation_day(meeting: Meeting, body: Body, structure: Structure, today: date) -> date | None:
    """When those who bring signals are asked what must be on the table (R-185): so long before the meeting, or for one
    that was planned later the next sending day; None when the papers are due by then."""
    calendar = structure.calendar
    day = calendar.sending_on_or_before(structure.thresholds.invitation.before(meeting.day, calendar))
    if day <= today:
        day = first_after(today, structure)
    return day if day <= papers_day(meeting, body, calendar) else None


def group_moments(group: Workgroup, structure: Structure) -> list[tuple[str, str, date]]:
    """(kind, occasion, day) around a group's end date: 60 and 30 days before, and the first working day after."""
    calendar, limits = structure.calendar, structure.thresholds
    found = [
        (
            "groep_einddatum_nadert",
            f"{group.end}-{span.n}",
            calendar.sending_on_or_before(span.before(group.end, calendar)),
        )
        for span in limits.group_end_warnings
    ]
    found.append(("groep_einddatum_voorbij", f"{group.end}-1", first_after(group.end, structure)))
    return found


def first_after(day: date, structure: Structure) -> date:
    """The first sending day after that day."""
    return structure.calendar.sending_on_or_after(date.fromordinal(day.toordinal() + 1))


def lapse_instant(group: Workgroup) -> datetime:
    """The first moment after the end date (W4)."""
    return datetime.combine(date.fromordinal(group.end.toordinal() + 1), time(0, 0), AMSTERDAM)


def floating_occasion(signal: Signal, count: int) -> str:
    """What tells one nudge about a floating signal from another: the state it is in since when, and which time."""
    return f"{signal.state}-{signal.changed_at.astimezone(UTC):%Y%m%d%H%M%S}-{count}"


def floats_from(signal: Signal, meetings: tuple[Meeting, ...], structure: Structure) -> date | None:
    """The first day on which the signal counts as *zwevend* if nothing happens (domain.md §2.5 derived flags, R-069).

    `meetings` are those of the filter since the signal was filed. None for a signal that cannot float.
    """
    calendar, limits = structure.calendar, structure.thresholds
    filed = signal.filed_at.astimezone(AMSTERDAM).date()
    if signal.state is SignalState.SUBMITTED:
        late = date.fromordinal(limits.floating.after(filed, calendar).toordinal() + 1)
        passed = [date.fromordinal(meeting.day.toordinal() + 1) for meeting in meetings if meeting.day > filed]
        return min([late, *passed[:1]]) if limits.floating_after_meeting else late
    if signal.state in (SignalState.HANDLING, SignalState.HELD) and signal.state in OPEN_STATES:
        span = limits.silent_encourage if signal.track is Track.ENCOURAGE else limits.silent
        changed = signal.changed_at.astimezone(AMSTERDAM).date()
        return date.fromordinal(span.after(changed, calendar).toordinal() + 1)
    return None
