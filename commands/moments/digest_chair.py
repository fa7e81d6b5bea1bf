"""The chair's block: what helps to lead the meeting, for the chair and the secretary only (digests.md §1.1)."""

from __future__ import annotations

from datetime import date, datetime, time

from commands.kit import dates
from commands.kit.balance import counted
from commands.kit.planned import name_of, signals_of
from commands.kit.register import FORMAL_KINDS
from commands.kit.reply import Heading, Line, Message
from commands.moments import digest_commitments as commitments
from commands.moments import digest_parts as parts
from commands.moments.digest_frame import capital, in_words
from commands.moments.digest_layout import Section, lay_out
from commands.moments.digest_parts import ALL, Facts
from commands.moments.digest_upper import topics_of
from commands.rules import points
from commands.rules.agenda import LIVE, balance_of, concentration
from commands.rules.balance import thin_tracks
from commands.rules.periods import year_of
from commands.rules.planning import AHEAD, filter_after_digest
from commands.rules.roles import vacant_until
from commands.rules.timing import digest_day, lead_of
from commands.words.action import ActionState
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingKind, MeetingState
from commands.words.people import Person, RoleName
from commands.words.signal import SignalKind, SignalState, Track
from commands.words.structure import Body

#: After this many meetings without a decision an item may lie with a lower tier ("blijft hangen").
MEETINGS_WITHOUT_DECISION = 2
#: As many parties with one topic make the chair look ("Trend?").
PARTIES_OF_A_TREND = 3


def readers(facts: Facts) -> list[Person]:
    """The chair and the secretary of the body, each once."""
    roles = (RoleName.CHAIR, RoleName.LEAD, RoleName.SECRETARY)
    found = [facts.register.person_with(role, facts.body.code) for role in roles]
    return list({person.id: person for person in found if person is not None}.values())


def chair_block(facts: Facts) -> Message | None:
    """The block, or None where there is nothing to say or the structure gives the body none (groups)."""
    lead = lead_of(facts.body, facts.meeting.kind if facts.meeting else MeetingKind.REGULAR)
    lines: list[Line] = [
        *_no_secretary(facts),
        *_balance(facts),
        *_tracks(facts),
        *_one_topic(facts),
        *_contributions(facts),
        *_trend(facts),
        *_proposals(facts),
        *_sensitive(facts),
        *_lingering(facts),
        *_without_outcome(facts),
        *_floating(facts),
        *_reminded(facts),
        *_vacant(facts),
        *_time(facts),
        *_planning(facts),
    ]
    if not lead.chair_words or not lines:
        return None
    when = f", {name_of(facts.meeting)} {dates.say_day(facts.meeting.day)}" if facts.meeting else f", {facts.body.code}"
    heading = Heading(f"Alleen voor voorzitter en secretaris{when}")
    section = Section("", tuple((line,) for line in lines), more="regels")
    return lay_out([heading], [section], [], lead.chair_words)


def _no_secretary(facts: Facts) -> list[str]:
    """R-050."""
    if facts.register.person_with(RoleName.SECRETARY, facts.body.code) is not None:
        return []
    return [f"Secretaris: {facts.body.the} heeft nu geen secretaris."]


def _balance(facts: Facts) -> list[str]:
    """R-026."""
    if not facts.items or (facts.meeting and facts.meeting.kind is MeetingKind.REFLECTION):
        return []
    balance = balance_of(facts.items)
    time = f" ({balance.strategic_minutes} van {balance.minutes} minuten)" if balance.minutes else ""
    limit = facts.register.thresholds.strategy_share
    whose = "uw" if facts.body.address == "u" else "je"
    side = "onder" if balance.strategy < limit else "niet onder"
    if balance.items == 1:
        return [f"Balans: het enige punt gaat over {facts.items[0].horizon}."]
    verb = "gaat" if balance.strategic == 1 else "gaan"
    counted = f"{balance.strategic} van de {balance.items} punten {verb} over strategie{time}"
    return [f"Balans: {counted}. Dat is {side} {whose} grens van {limit}%."]


def _tracks(facts: Facts) -> list[str]:
    """R-158: one line when a track is thin this year, for the filter."""
    if facts.body.code != facts.structure.filter.code:
        return []
    found = counted(facts.register, facts.body, year_of(facts.today.year, facts.today))
    least = facts.register.thresholds.track_share
    thin = thin_tracks(found.on(Track.HOLD), found.on(Track.ENCOURAGE), least)
    told = "; ".join(f"{track} {part} van de {total} {kind}" for track, kind, part, total in thin)
    return [f"Sporen dit jaar, onder {least}%: {told}."] if told else []


def _one_topic(facts: Facts) -> list[str]:
    """R-028: when one topic takes more than its share of the last meetings, this one included."""
    limits = facts.register.thresholds
    until = facts.meeting.day if facts.meeting else facts.today
    found = facts.store.meetings(body=facts.body.code, until=until, kinds=FORMAL_KINDS, limit=ALL)
    counted = (*LIVE, ItemState.TREATED)
    agendas = [
        [item for item in facts.store.items(meeting=meeting.id) if item.state in counted]
        for meeting in found[-limits.topic_meetings :]
    ]
    heavy = concentration(agendas, limits.topic_share)
    if heavy is None:
        return []
    topic, share = heavy
    return [f"Thema: {share}% van de punten van de laatste {len(agendas)} vergaderingen gaat over {topic}."]


def _trend(facts: Facts) -> list[str]:
    """R-067: one topic that three parties or more bring in this year may be a trend; people decide."""
    if facts.body.code != facts.structure.filter.code:
        return []
    gone = (SignalState.MERGED, SignalState.WITHDRAWN, SignalState.REJECTED)
    states = tuple(state for state in SignalState if state not in gone)
    year = facts.store.signals(states=states, filed_since=commitments.since_new_year(facts), limit=ALL)
    named = {one.topic for one in year if one.kind is SignalKind.TREND}
    lines: list[str] = []
    for topic, parties in topics_of(facts, year).items():
        if len(parties) >= PARTIES_OF_A_TREND and topic not in named:
            ids = ", ".join(one.id for one in year if one.topic == topic and not one.sensitive)
            lines.append(f"Trend? {capital(topic)} komt bij {in_words(len(parties))} partijen terug ({ids}).")
    return lines


def _vacant(facts: Facts) -> list[str]:
    """Functions of this body that nobody fills today, with the last day of that where it is known."""
    roles = facts.store.roles(body=facts.body.code, on=None)
    found: list[str] = []
    for id in dict.fromkeys(role.person for role in roles):
        person = facts.store.get(Person, id)
        coming = [role for role in roles if role.person == id and (role.end is None or role.end >= facts.today)]
        vacant, until = vacant_until(coming, person, facts.today) if person and coming else (False, None)
        if vacant and person is not None:
            found.append(f"{person.label}{f' tot en met {facts.said(until)}' if until else ''}")
    return [f"Niet bezet: {', '.join(found)}."] if found else []


def _contributions(facts: Facts) -> list[str]:
    """R-001: who takes part; figures for each party, never for a person."""
    names = [party.code for party in facts.structure.parties]
    if facts.body.code == facts.structure.filter.code:
        since = _day_after(facts.previous)
        raised = [signal.on_behalf_of for signal in facts.store.signals(filed_since=since, limit=ALL)]
        label = f"Inbreng sinds {facts.body.called(f'vorige {facts.body.code}')}" if since else "Inbreng tot nu toe"
    else:
        raised = [item.on_behalf_of for item in facts.items]
        label = "Inbreng op deze agenda"
    if not raised and not facts.items and facts.body.code != facts.structure.filter.code:
        return []
    return [f"{label}: {', '.join(f'{name} {raised.count(name)}' for name in names)}."]


def _day_after(meeting: Meeting | None) -> datetime | None:
    if meeting is None:
        return None
    return datetime.combine(date.fromordinal(meeting.day.toordinal() + 1), time(0), AMSTERDAM)


def _reminded(facts: Facts) -> list[str]:
    """Who did not react to every step of the ladder: from here a person decides (digests.md §2.0)."""
    steps = facts.register.thresholds.action_overdue
    if not steps:
        return []
    overdue = facts.store.actions(body=facts.body.code, states=(ActionState.OPEN,), due_before=facts.today, limit=ALL)
    silent = [
        action
        for action in overdue
        if action.track is not Track.ENCOURAGE and steps[-1].passed(action.due, facts.today, facts.structure.calendar)
    ]
    named = ", ".join(f"{facts.register.person_named(action.holder)} ({action.id})" for action in silent)
    times = {1: "Eén keer", 2: "Twee keer", 3: "Drie keer"}.get(len(steps), f"{len(steps)} keer")
    found = (
        [f"{times} herinnerd, geen reactie: {named}. Bellen werkt hier beter dan nog een bericht."] if silent else []
    )
    stuck = [
        action
        for action in overdue
        if action.track is Track.ENCOURAGE and steps[-1].passed(action.due, facts.today, facts.structure.calendar)
    ]
    helped = ", ".join(f"{action.text} ({action.id})" for action in stuck)
    return [*found, f"Hulp aanbieden? Nog niet in beweging: {helped}."] if stuck else found


def _proposals(facts: Facts) -> list[str]:
    waiting = facts.store.proposals(confirms=facts.body.code)
    if not waiting:
        return []
    named = [f"{one.id} ({one.about}, {dates.say_short(one.made_at.astimezone(AMSTERDAM).date())})" for one in waiting]
    return [f"Open voorstellen: {', '.join(named)}."]


def _sensitive(facts: Facts) -> list[str]:
    states = (SignalState.SUBMITTED, SignalState.HANDLING, SignalState.SCHEDULED)
    found = [one for one in facts.signals(states, lies_with=facts.body.code) if one.sensitive]
    named = [f"{one.id} ({one.title})" for one in found] + commitments.reservations(facts)
    return [f"Gevoelig: {', '.join(named)}."] if named else []


def _lingering(facts: Facts) -> list[str]:
    """*blijft hangen*: moved on twice (domain.md §2.5). And what came back meeting after meeting without a decision:
    perhaps a lower tier can do it."""
    stuck = [item for item in facts.items if points.is_stuck(item)]
    slow = [one for one in facts.items if one not in stuck and _earlier(facts, one) >= MEETINGS_WITHOUT_DECISION]
    moved = ", ".join(f"punt {item.number} ({item.moved_on} keer doorgeschoven)" for item in stuck)
    times = ", ".join(f"punt {item.number} (al {_earlier(facts, item)} keer zonder besluit)" for item in slow)
    lines = [f"Blijft hangen: {moved}."] if stuck else []
    return lines + ([f"Kan lager: {times}."] if slow else [])


def _without_outcome(facts: Facts) -> list[str]:
    """V4: what stood on the previous agenda and of which nobody noted what came of it."""
    before = facts.previous
    if before is None:
        return []
    left = [item for item in facts.store.items(meeting=before.id) if item.state is ItemState.SCHEDULED]
    numbers = ", ".join(str(item.number) for item in left)
    many = "punt" if len(left) == 1 else "punten"
    return [f"Nog zonder uitkomst: {many} {numbers} van {dates.say_short(before.day)}."] if left else []


def _earlier(facts: Facts, item: AgendaItem) -> int:
    """In how many meetings of this body before this one its signals stood on the agenda without a decision."""
    seen: set[str] = set()
    for signal in signals_of(facts.register, item):
        for other in facts.store.items(signal=signal.id):
            meeting = facts.store.get(Meeting, other.meeting)
            if meeting is None or meeting.body != facts.body.code or meeting.state is MeetingState.CANCELLED:
                continue
            if facts.meeting and meeting.day < facts.meeting.day and other.outcome != "besloten":
                seen.add(meeting.id)
    return len(seen)


def _floating(facts: Facts) -> list[str]:
    if facts.body.code != facts.structure.filter.code:
        return []
    n = len(parts.floating(facts))
    return [f"Zwevend: {n or 'geen'} {'signaal' if n == 1 else 'signalen'}."]


def _time(facts: Facts) -> list[str]:
    meeting, minutes = facts.meeting, balance_of(facts.items).minutes
    if meeting is None or meeting.start is None or meeting.end is None or minutes is None:
        return []
    length = (meeting.end.hour - meeting.start.hour) * 60 + meeting.end.minute - meeting.start.minute
    left = f"{length - minutes} minuten over" if minutes <= length else f"{minutes - length} minuten te veel"
    return [f"Tijd: {minutes} van {length} minuten verdeeld; {left}."]


def _planning(facts: Facts) -> list[str]:
    """The top's digest may not leave before the last meeting of the filter that comes before it."""
    top, low = facts.structure.tiers[-1], facts.structure.filter
    if top.code == low.code:
        return []
    meeting = facts.meeting if facts.meeting and facts.body.code == top.code else _next(facts, top)
    if meeting is None:
        return []
    lower = facts.store.meetings(body=low.code, since=facts.today, until=meeting.day)
    late = filter_after_digest(meeting, top, lower, facts.structure.calendar)
    if late is None:
        return []
    day = dates.say_short(digest_day(meeting, top, facts.structure.calendar))
    return [f"Planning: de digest van {top.the} gaat uit op {day}, vóór {low.the} van {dates.say_short(late.day)}."]


def _next(facts: Facts, body: Body) -> Meeting | None:
    found = facts.store.meetings(body=body.code, since=facts.today, kinds=FORMAL_KINDS)
    return next((meeting for meeting in found if meeting.state in AHEAD), None)
