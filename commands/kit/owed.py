"""What the clock owes about an object, written whenever the object changes. Rows decide, not jobs (design.md §3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from commands.kit.evaluation_plan import plan_group
from commands.kit.one_discipline import owe_one_discipline
from commands.kit.ports import Due, Store
from commands.kit.register import FORMAL_KINDS
from commands.rules import consultations, lifecycle, monitoring, timing
from commands.rules.group_life import outlook_days
from commands.rules.groups import add_months
from commands.rules.minutes import CONCEPT, list_day
from commands.rules.polls import is_polled, next_energy
from commands.rules.preferences import looks_ahead_to, speaks_on
from commands.rules.silence import longest_silence, silent_from
from commands.words.action import Action, ActionState
from commands.words.agreement import Agreement
from commands.words.calendar import AMSTERDAM
from commands.words.consultation import Consultation, ConsultationState
from commands.words.decision import Decision, DecisionState
from commands.words.meeting import Meeting, MeetingState
from commands.words.minutes import OUTWARD, Bulletin, BulletinState
from commands.words.people import Room
from commands.words.reminder import Intensity, Preference, Reminder, ReminderState
from commands.words.signal import Signal
from commands.words.structure import Body, BodyKind, Structure
from commands.words.workgroup import RUNNING_STATES, GroupState, Workgroup

PLANNING_KINDS = ("planning_onvolledig",)
HOUSEKEEPING = "huishouding"
FETCHING = "brengen_halen"
#: Month and day (R-033).
PLANNING_LOOKED_AT = (10, 1)
ACTION_KINDS = (
    "actie_binnenkort",
    "actie_vandaag",
    "actie_voorbij_1",
    "actie_voorbij_2",
    "actie_voorbij_3",
)
MEETING_KINDS = (
    "uitnodiging",
    "digest",
    "digest_wijziging",
    "vaste_punten",
    "vergadering_voorbij",
    "besluitenlijst",
    "overleg_waard",
)
GROUP_KINDS = ("groep_einddatum_nadert", "groep_verloopt", "groep_op_agenda", "groep_afronding", "programma_koers")
#: What follows after the end date; once begun, the ladder goes on by itself.
GROUP_PAST = ("groep_einddatum_voorbij",)
#: What waits for someone's next message, and the one message a month of the profile *licht*.
NEWS, LIGHT = "nieuws", "licht"
SILENCE_KINDS = ("radiostilte",)
BULLETIN_KINDS = ("bericht_wacht", "bericht_vrijgeven")
CONSULTATION_KINDS = ("raadpleging_herinnering", "raadpleging_gesloten", "raadpleging_concept")
ENERGY = "energiepeiling"
CONNECTION_SILENT = "radiostilte_connectie"
#: So many days after a meeting it may still be asked whether it was held.
LOOKED_BACK = 31
#: More meetings than are planned from then on.
MOST_MEETINGS = 2000
#: More texts than one network gets in the life of a register.
MOST_BULLETINS = 2000
RECORD_KINDS = ("afspraak_zonder_monitoring", "afspraak_stand", "afspraak_dekking", "schriftelijke_ronde")
SIGNAL_KINDS = ("signaal_zwevend", "aanhouden_voorbij", "delegatie", "terugkoppeling_nodig")


def owe_action(store: Store, structure: Structure, now: datetime, action: Action) -> None:
    """Reminders of an open action by its date; a closed one owes nothing. A new date makes new occasions."""
    dues: list[Due] = []
    if action.state is ActionState.OPEN:
        dues = [
            Due(kind, action.id, str(action.due), timing.at_sending_time(day, structure))
            for kind, day in timing.action_moments(action, structure)
        ]
    store.owe(action.id, _ahead(dues, now), kinds=ACTION_KINDS)


def owe_meeting(store: Store, structure: Structure, now: datetime, meeting: Meeting, body: Body) -> None:
    """The digest before a meeting, the message about changes, a look at what the year still lacks (R-012), and after
    it the question whether it was held or else the concept list; a cancelled meeting owes nothing."""
    store.owe(meeting.id, _meeting_dues(structure, now, meeting, body), kinds=MEETING_KINDS)
    if body.kind is BodyKind.FIXED:
        owe_lapsed(store, structure, now, body)


def owe_what_meetings_lack(store: Store, structure: Structure, now: datetime) -> None:
    """At a start: what the clock owes about a meeting that was planned before this overlegbot knew of it, or before a
    setting asked for it. What stands already stays as it is, also when it is late; a second start adds nothing.
    """
    for meeting in store.meetings(since=_today(now) - timedelta(days=LOOKED_BACK), limit=MOST_MEETINGS):
        body = structure.body(meeting.body)
        if body is None and (group := store.group(meeting.body)) is not None:
            body = group.as_body()
        if body is not None and meeting.state in (MeetingState.PLANNED, MeetingState.FIXED):
            store.owe(meeting.id, _meeting_dues(structure, now, meeting, body), kinds=())


def _meeting_dues(structure: Structure, now: datetime, meeting: Meeting, body: Body) -> list[Due]:
    dues: list[Due] = []
    if meeting.state in (MeetingState.PLANNED, MeetingState.FIXED):
        calendar = structure.calendar
        digest = timing.digest_day(meeting, body, calendar)
        dues.append(Due("digest", meeting.id, str(meeting.day), timing.at_sending_time(digest, structure)))
        update = timing.update_day(meeting, body, calendar)
        if update is not None and update > digest:
            at = timing.at_sending_time(update, structure)
            dues.append(Due("digest_wijziging", meeting.id, str(meeting.day), at))
        if body.kind is BodyKind.FIXED and meeting.kind in FORMAL_KINDS:
            at = timing.at_sending_time(digest, structure)
            dues.append(Due("vaste_punten", meeting.id, str(meeting.day), at))
        if structure.thresholds.meeting_question and meeting.kind in FORMAL_KINDS:
            after = structure.calendar.sending_on_or_after(meeting.day + timedelta(days=1))
            dues.append(Due("overleg_waard", meeting.id, str(meeting.day), timing.at_sending_time(after, structure)))
        invited = timing.invitation_day(meeting, body, structure, _today(now))
        if body.code == structure.filter.code and meeting.kind in FORMAL_KINDS and invited is not None:
            dues.append(Due("uitnodiging", meeting.id, str(meeting.day), timing.at_sending_time(invited, structure)))
        asked = timing.over_moments(meeting, structure)
        dues += [
            Due("vergadering_voorbij", meeting.id, occasion, timing.at_sending_time(day, structure))
            for occasion, day in asked
        ]
    if meeting.state in CONCEPT:
        day = max(list_day(meeting, structure), _today(now))
        at = timing.at_sending_time(structure.calendar.sending_on_or_after(day), structure)
        if at <= now:
            at = timing.at_sending_time(timing.first_after(_today(now), structure), structure)
        dues.append(Due("besluitenlijst", meeting.id, str(meeting.day), at))
    return _ahead(dues, now)


def owe_bulletin(store: Store, structure: Structure, now: datetime, bulletin: Bulletin) -> None:
    """R-056: a text for others that nobody let go is asked about, first of who may let it go and then of the secretary;
    one that went out owes nothing."""
    days: list[tuple[str, date]] = []
    if bulletin.state is BulletinState.DRAFT:
        limits, made = structure.thresholds, bulletin.made_at.astimezone(AMSTERDAM).date()
        days = [("bericht_wacht", limits.bulletin_reminder.after(made, structure.calendar))]
        if bulletin.kind in OUTWARD:
            days.append(("bericht_vrijgeven", limits.bulletin_own_reminder.after(made, structure.calendar)))
    sending = structure.calendar.sending_on_or_after
    dues = [Due(kind, bulletin.id, str(day), timing.at_sending_time(sending(day), structure)) for kind, day in days]
    store.owe(bulletin.id, _ahead(dues, now), kinds=BULLETIN_KINDS)


def owe_consultation(store: Store, structure: Structure, now: datetime, one: Consultation) -> None:
    """R-127: reminders before the closing date, and on the first sending day after it what came in; none of it once
    every party has answered. A text that was never let go is asked about then in any case. Another closing date makes
    new occasions."""
    days: list[tuple[str, str, date]] = []
    over = timing.first_after(one.closes_on, structure)
    if one.state is ConsultationState.OPEN:
        reminders = consultations.reminder_days(one, structure)
        days += [("raadpleging_herinnering", f"{one.closes_on}-{day}", day) for day in reminders]
        days.append(("raadpleging_gesloten", str(one.closes_on), over))
    if one.state is not ConsultationState.WITHDRAWN:
        days.append(("raadpleging_concept", str(one.closes_on), over))
    dues = [Due(kind, one.id, occasion, timing.at_sending_time(day, structure)) for kind, occasion, day in days]
    store.owe(one.id, _ahead(dues, now), kinds=CONSULTATION_KINDS)


def owe_group(store: Store, structure: Structure, now: datetime, group: Workgroup) -> None:
    """Warnings before a group's end date, the moment it lapses, the question after it and its place on the agenda;
    with it its evaluations.

    A body within a programme owes nothing: it lives and ends with that programme.
    """
    kinds = GROUP_KINDS if group.state is GroupState.LAPSED else (*GROUP_KINDS, *GROUP_PAST)
    store.owe(group.code, () if group.within else _group_dues(structure, now, group), kinds=kinds)
    owe_silence(store, structure, now, group)
    energy = energy_due(group, _today(now), structure)
    store.owe(group.code, [energy] if energy is not None else (), kinds=(ENERGY,))
    owe_one_discipline(store, structure, now, group)
    plan_group(store, structure, now, group)


def owe_silence(store: Store, structure: Structure, now: datetime, group: Workgroup) -> None:
    """R-180: the question when nothing was heard of a group for too long; once for each silence.

    Of a group that never reported, the silence begins with the group, or when the register came to know it.
    """
    dues: list[Due] = []
    if group.state in RUNNING_STATES and not group.within:
        since = heard_last(store, group, _today(now))
        span = longest_silence(group.communication, structure.thresholds.radio_silence)
        day = silent_from(since, span, structure.calendar)
        at = timing.at_sending_time(structure.calendar.sending_on_or_after(max(day, _today(now))), structure)
        dues = [Due("radiostilte", group.code, str(since), at)]
    store.owe(group.code, dues, kinds=SILENCE_KINDS)


def energy_due(group: Workgroup, today: date, structure: Structure) -> Due | None:
    """R-157: the next time that the energy of a group on aanjagen is asked for."""
    limits = structure.thresholds
    day = next_energy(group, today, structure.calendar, limits) if is_polled(group, limits) else None
    return Due(ENERGY, group.code, str(day), timing.at_sending_time(day, structure)) if day is not None else None


def owe_connections(store: Store, structure: Structure, now: datetime) -> None:
    """R-180: the draft for each connection in use that heard nothing for too long; once for each silence."""
    for place in structure.connections:
        since = connection_heard(store, place)
        dues: list[Due] = []
        if since is not None:
            day = silent_from(since, structure.thresholds.radio_silence, structure.calendar)
            at = timing.at_sending_time(structure.calendar.sending_on_or_after(max(day, _today(now))), structure)
            dues = [Due(CONNECTION_SILENT, place.code, str(since), at)]
        store.owe(place.code, dues, kinds=(CONNECTION_SILENT,))


def connection_heard(store: Store, place: Body) -> date | None:
    """The day from which the silence in a connection counts: the last text that someone let go there, else the day on
    which the register came to know its room or its people. None while it has neither.
    """
    sent = [
        one.released_at
        for to in (place.code, place.umbrella)
        if to
        for one in store.bulletins(to=to, states=(BulletinState.SENT,), limit=MOST_BULLETINS)
        if one.released_at is not None
    ]
    if not sent:
        ids = [Room(place.code).id, *(role.id for role in store.roles(body=place.code, on=None))]
        known = [rows[0].at for id in ids if (rows := store.history(id))]
        return min(known).astimezone(AMSTERDAM).date() if known else None
    return max(sent).astimezone(AMSTERDAM).date()


def heard_last(store: Store, group: Workgroup, today: date) -> date:
    """The day from which the silence of a group counts."""
    if group.last_feedback is not None:
        return group.last_feedback
    known = store.history(group.code)
    return max(group.start, known[0].at.astimezone(AMSTERDAM).date() if known else today)


def _group_dues(structure: Structure, now: datetime, group: Workgroup) -> list[Due]:
    match group.state:
        case GroupState.FOUNDED | GroupState.ACTIVE:
            dues = _ahead(_at_sending(structure, group, timing.group_moments(group, structure)), now)
            outlook = outlook_days(group, structure.calendar, structure.thresholds)
            koers = [("programma_koers", f"{group.end}-{number}", day) for number, day in enumerate(outlook, 1)]
            dues += _ahead(_at_sending(structure, group, koers), now)
            return [*dues, Due("groep_verloopt", group.code, str(group.end), timing.lapse_instant(group))]
        case GroupState.LAPSED:
            first = timing.first_after(max(group.end, _today(now) - timedelta(days=1)), structure)
            dues = _at_sending(structure, group, [("groep_einddatum_voorbij", f"{group.end}-1", first)])
            return [*dues, Due("groep_op_agenda", group.code, f"{group.end}-{now:%Y%m%d%H%M%S}", now)]
        case GroupState.WINDING_UP:
            day = structure.thresholds.group_ended_repeat.after(_today(now), structure.calendar)
            when = structure.calendar.sending_on_or_after(day)
            return _at_sending(structure, group, [("groep_afronding", f"{_today(now)}-1", when)])
        case _:
            return []


def _at_sending(structure: Structure, group: Workgroup, moments: Sequence[tuple[str, str, date]]) -> list[Due]:
    return [Due(kind, group.code, occasion, timing.at_sending_time(day, structure)) for kind, occasion, day in moments]


def owe_lapsed(store: Store, structure: Structure, now: datetime, body: Body) -> None:
    """A meeting of the body was planned or changed: its lapsed groups look for their place on an agenda again."""
    for group in store.groups(states=(GroupState.LAPSED,)):
        if group.parent == body.code and not group.within:
            due = Due("groep_op_agenda", group.code, f"{group.end}-{now:%Y%m%d%H%M%S}", now)
            store.owe(group.code, [due], kinds=("groep_op_agenda",))


def _today(now: datetime) -> date:
    return now.astimezone(AMSTERDAM).date()


def owe_signal(store: Store, structure: Structure, now: datetime, signal: Signal) -> None:
    """What the state it is in asks for: a place, an answer, a report back, or feedback to its raisers."""
    filed = signal.filed_at.astimezone(AMSTERDAM).date()
    meetings = store.meetings(body=structure.filter.code, since=filed, limit=3)
    day = timing.floats_from(signal, meetings, structure)
    dues: list[Due] = []
    if day is not None:
        at = timing.at_sending_time(structure.calendar.sending_on_or_after(day), structure)
        if at <= now:
            # It floats already and was asked about: what changed since is no answer, so the question comes back.
            day = structure.thresholds.floating_repeat.after(now.astimezone(AMSTERDAM).date(), structure.calendar)
            at = timing.at_sending_time(structure.calendar.sending_on_or_after(day), structure)
        dues = [Due("signaal_zwevend", signal.id, timing.floating_occasion(signal, 1), at)]
    held = lifecycle.held_moment(signal, structure)
    moments = [("aanhouden_voorbij", *held)] if held else []
    moments += [("delegatie", *one) for one in lifecycle.hop_moments(signal, structure)]
    moments += [("terugkoppeling_nodig", *one) for one in lifecycle.feedback_moments(signal, structure)]
    dues += [Due(kind, signal.id, occasion, timing.at_sending_time(on, structure)) for kind, occasion, on in moments]
    store.owe(signal.id, _ahead(dues, now), kinds=SIGNAL_KINDS)


def owe_reminder(store: Store, now: datetime, reminder: Reminder) -> None:
    """The next time it comes, and only that one; a stopped reminder owes nothing."""
    dues: list[Due] = []
    if reminder.state is ReminderState.ACTIVE and reminder.next_at is not None:
        dues = [Due("herinnering", reminder.id, reminder_occasion(reminder.next_at), reminder.next_at)]
    store.owe(reminder.id, _ahead(dues, now), kinds=("herinnering",))


def at_next_message(preference: Preference, now: datetime, structure: Structure) -> datetime:
    """The first sending time after `now` on a day that the person chose."""
    today = now.astimezone(AMSTERDAM).date()
    at = timing.at_sending_time(speaks_on(preference, today, structure.calendar), structure)
    if at <= now:
        at = timing.at_sending_time(looks_ahead_to(preference, today, structure.calendar), structure)
    return at


def owe_preference(store: Store, structure: Structure, now: datetime, preference: Preference) -> None:
    """After a new choice: when what waits is told, and for *licht* when the month is looked through."""
    at = at_next_message(preference, now, structure)
    kinds = (NEWS, LIGHT) if preference.intensity is Intensity.LIGHT else (NEWS,)
    dues = [Due(kind, preference.person, str(at.date()), at) for kind in kinds]
    store.owe(preference.person, dues, kinds=(NEWS, LIGHT))
    store.hasten(preference.person, at)


def reminder_occasion(at: datetime) -> str:
    """What tells one time of a reminder from another."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%MZ")


def owe_record(store: Store, structure: Structure, now: datetime, record: Decision | Agreement) -> None:
    """How one sees whether it works; of an agreement also how it stands, and whether anyone speaks of it."""
    days: list[tuple[str, date | None]] = []
    if monitoring.lacks_measure(record):
        days.append(("afspraak_zonder_monitoring", measure_asked_on(store, structure, now, record)))
    if isinstance(record, Decision) and record.written_until and record.state is DecisionState.CONCEPT:
        over = structure.calendar.sending_on_or_after(record.written_until + timedelta(days=1))
        days.append(("schriftelijke_ronde", over))
    if isinstance(record, Agreement):
        limits = structure.thresholds
        looks = (
            ("afspraak_stand", monitoring.next_look(record, structure), limits.monitor_months),
            ("afspraak_dekking", monitoring.uncovered_on(record, (), structure), limits.coverage_months),
        )
        days += [(kind, _still_to_come(day, months, structure, now)) for kind, day, months in looks if day]
    dues = [Due(kind, record.id, str(day), timing.at_sending_time(day, structure)) for kind, day in days if day]
    store.owe(record.id, _ahead(dues, now), kinds=RECORD_KINDS)


def _still_to_come(day: date, months: int, structure: Structure, now: datetime) -> date:
    """The day, or when that was asked about already as many months from now: the question goes on coming back."""
    today = now.astimezone(AMSTERDAM).date()
    return day if day > today else structure.calendar.sending_on_or_after(add_months(today, months))


def measure_asked_on(store: Store, structure: Structure, now: datetime, record: Decision | Agreement) -> date:
    """When maat and meetmoment are asked for next: after the meeting, then with the digest of each tier above the
    filter (digests.md §2.1). Where none of those meets, after as many working days once more.
    """
    today = now.astimezone(AMSTERDAM).date()
    calendar = structure.calendar
    meeting = store.get(Meeting, record.meeting)
    first = monitoring.first_asked(meeting.day, structure) if meeting is not None else today
    days = [first]
    for tier in structure.tiers[1:]:
        meetings = store.meetings(body=tier.code, since=today, limit=3)
        days.extend(timing.digest_day(ahead, tier, calendar) for ahead in meetings)
    later = [day for day in days if day >= first and timing.at_sending_time(day, structure) > now]
    again = structure.thresholds.measure_asked.after(today, calendar)
    return min(later, default=calendar.sending_on_or_after(again))


def planning_due(body: Body, year: int, structure: Structure) -> Due:
    """R-033: the first sending day from 1 October on, when the planning of that year is looked at."""
    day = structure.calendar.sending_on_or_after(date(year, *PLANNING_LOOKED_AT))
    return Due("planning_onvolledig", body.code, str(year), timing.at_sending_time(day, structure))


def owe_planning(store: Store, structure: Structure, now: datetime) -> None:
    """Every tier with a number of meetings a year has its planning looked at, this year or else the next."""
    for body in structure.tiers:
        dues: list[Due] = []
        if body.regular_per_year or body.reflection_per_year:
            year = now.astimezone(AMSTERDAM).year
            dues = _ahead([planning_due(body, one, structure) for one in (year, year + 1)], now)[:1]
        store.owe(body.code, dues, kinds=PLANNING_KINDS)


def housekeeping_due(structure: Structure, after: date) -> Due:
    """R-089: the sending time of the first sending day of the month after that day's."""
    first = add_months(after.replace(day=1), 1)
    day = structure.calendar.sending_on_or_after(first)
    return Due(HOUSEKEEPING, structure.filter.code, f"{first:%Y-%m}", timing.at_sending_time(day, structure))


def owe_housekeeping(store: Store, structure: Structure, now: datetime) -> None:
    """The note of next month, where it is switched on; each note owes the one after it."""
    dues = [housekeeping_due(structure, _today(now))] if structure.thresholds.housekeeping else []
    store.owe(structure.filter.code, dues, kinds=(HOUSEKEEPING,))


def fetching_due(structure: Structure, after: date) -> Due:
    """R-188: the sending time of the first sending day of the half year after that day's."""
    first = date(after.year, 7, 1) if after.month <= 6 else date(after.year + 1, 1, 1)
    day = structure.calendar.sending_on_or_after(first)
    at = timing.at_sending_time(day, structure)
    return Due(FETCHING, structure.filter.code, f"{first.year}-{1 if first.month == 1 else 2}", at)


def owe_fetching(store: Store, structure: Structure, now: datetime) -> None:
    """The question of the next half year, where it is switched on; each one owes the one after it."""
    dues = [fetching_due(structure, _today(now))] if structure.thresholds.asks_to_fetch else []
    store.owe(structure.filter.code, dues, kinds=(FETCHING,))


def _ahead(dues: Sequence[Due], now: datetime) -> list[Due]:
    """Only what is still to come: what would have been due before something was known is not owed."""
    return [due for due in dues if due.at > now]
