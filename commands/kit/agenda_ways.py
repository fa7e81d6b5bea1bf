"""Which meeting a point is for, and what stands in its way, always with the way that does work (dialogue.md 5)."""

from __future__ import annotations

from commands.kit import dates
from commands.kit.arguments import Deadline
from commands.kit.item_parts import chairs_filter
from commands.kit.next_meeting import makes
from commands.kit.signals import PROPOSERS, leads
from commands.kit.turn import Turn
from commands.rules import agenda as rules
from commands.rules import ways
from commands.rules.planning import AHEAD
from commands.rules.programmes import prepared_first
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingKind, Nature
from commands.words.people import Person, RoleName
from commands.words.signal import Horizon, Signal
from commands.words.structure import Body
from commands.words.template import Seat
from commands.words.verdict import Instead, Refused, Verdict
from commands.words.workgroup import RUNNING_STATES, Workgroup


def find_meeting(turn: Turn, place: Body, kind: MeetingKind | None, day: Deadline | None) -> Meeting | Refused:
    """The meeting on that day or of that kind; else the next one that decides."""
    found = turn.store.meetings(body=place.code, since=turn.today)
    ahead = [m for m in found if m.state in AHEAD and (kind is None or m.kind is kind)]
    if day is not None:
        on_day = [meeting for meeting in ahead if meeting.day == day]
        if on_day:
            return on_day[0]
        regular = turn.next_meeting(place.code)
        because = f"{place.capital} vergadert niet op {dates.say_short(day)}."
        if regular is None:
            return Refused(f"{because} {ways.look_at_meetings(place.code)}", code="E12")
        way = dates.say_short(regular.day)
        return Refused(because, Instead("", {"day": way}, f"Op {way}?"), "E12")
    if kind is None:
        ahead = [m for m in ahead if m.kind in (MeetingKind.REGULAR, MeetingKind.INTERIM)]
    if not ahead:
        name = f"{place.code} {kind}" if kind else place.sitting
        return Refused(f"Er is geen {name} gepland. Plan het met !vergadering plan {place.code}.", code="E12")
    return ahead[0]


def agenda_stops(
    turn: Turn,
    signal: Signal | None,
    place: Body,
    meeting: Meeting,
    nature: Nature | None,
    horizon: Horizon | None,
    *,
    raiser: Person | None = None,
    treated: AgendaItem | None = None,
) -> Refused | None:
    """What the rules have against it, with the way that does work."""
    if rules.state_for(turn.roles, place, turn.structure) is None:
        insiders = f"Dit mag alleen wie in {place.the} zit. Wat wel kan: vraag de secretaris van {place.the}."
        return Refused(insiders, code="E04")
    if meeting.state not in AHEAD:
        return Refused(f"{meeting.id} is {meeting.state}. {ways.look_at_meetings(place.code)}", code="E12")
    if horizon is not None:
        verdict = rules.horizon_fits(meeting.kind, horizon)
        if isinstance(verdict, Refused):
            return _regular_way(turn, place, verdict)
    if signal is not None:
        verdict = rules.signal_fits(signal, place, turn.structure)
        if isinstance(verdict, Refused):
            return _ladder_way(turn, signal, place, verdict)
        there = [item for item in turn.store.items(signal=signal.id) if item.state is ItemState.SCHEDULED]
        for item in there:
            other = turn.store.get(Meeting, item.meeting)
            if other is not None and other.body == place.code and other.day >= turn.today and other.state in AHEAD:
                day = dates.say_short(other.day)
                return Refused(f"Dit stond al op de agenda: punt {item.number} op {place.code} {day}.", code="E14")
    elif nature is not None:
        verdict = prepared_below(turn, nature, place)
        if isinstance(verdict, Refused) and not _was_treated(turn, treated, place):
            return _below_way(turn, place, verdict)
    if nature is not None:
        # Who puts a signal of others on the agenda does not bring it in.
        who = raiser.id if raiser else turn.person.id if signal is None or turn.person.id in signal.raised_by else ""
        second = turn.person_with(RoleName.SUBSTANCE, place.code)
        for verdict in (
            rules.chair_brings(
                chairs_filter(turn, who), nature, signal, place, turn.structure, f"@{second.id}" if second else ""
            ),
            rules.group_brings(turn.roles, place, nature),
        ):
            if isinstance(verdict, Refused):
                return verdict
    return None


def prepared_below(turn: Turn, nature: Nature, place: Body) -> Verdict:
    """R-031, and within a programme R-125: whether a new point may start here."""
    group = turn.store.get(Workgroup, place.code) if place.is_group else None
    if group is not None:
        return prepared_first(group, _team_of(turn, group), nature)
    return rules.treated_below(nature, place, turn.structure)


def _team_of(turn: Turn, group: Workgroup) -> Body | None:
    """R-125: of a steering group the programme team of the same programme, while it lives."""
    if group.seat is not Seat.STEERING or group.within is None:
        return None
    living = turn.store.groups(states=RUNNING_STATES)
    found = next((one for one in living if one.within == group.within and one.seat is Seat.TEAM), None)
    return found.as_body() if found is not None else None


def _preparing(turn: Turn, place: Body) -> Body | None:
    """The body that prepares what this one treats."""
    group = turn.store.get(Workgroup, place.code) if place.is_group else None
    return _team_of(turn, group) if group is not None else turn.structure.below(place)


def _was_treated(turn: Turn, item: AgendaItem | None, place: Body) -> bool:
    """INV-04: a point that the tier below treated is prepared."""
    meeting = turn.store.get(Meeting, item.meeting) if item is not None else None
    below = _preparing(turn, place)
    return meeting is not None and below is not None and meeting.body == below.code


def _regular_way(turn: Turn, place: Body, verdict: Refused) -> Refused:
    regular = turn.next_meeting(place.code, kinds=(MeetingKind.REGULAR,))
    if regular is None:
        return Refused(
            f"{verdict.because} Er is geen {place.inflected('regulier')} {place.code} gepland. "
            f"Plan het met !vergadering plan {place.code}.",
            code=verdict.code,
        )
    day = dates.say_short(regular.day)
    parts = {"meeting": regular.id, "kind": "", "day": "", "body": ""}
    because = f"{verdict.because} {place.inflected('Eerstvolgend')} {place.inflected('regulier')} {place.code}: {day}."
    return Refused(because, Instead("", parts, "Daar op de agenda?"), verdict.code)


def _ladder_way(turn: Turn, signal: Signal, place: Body, verdict: Refused) -> Refused:
    if verdict.code != "S9":
        return verdict
    origin = turn.need_body(signal.lies_with)
    above = turn.structure.above(origin) if not origin.is_group else None
    if above is None or (place.level or 0) <= (origin.level or 0):
        return Refused(f"{verdict.because} {ways.look(signal.id)}", code=verdict.code)
    if not any(turn.holds(role, origin.code) for role in PROPOSERS):
        # An offer that is refused to who takes it is none.
        who = f"een lid of de secretaris van {origin.the}"
        return Refused(f"{verdict.because} {above.capital} krijgt het met een voorstel van {who}.", code=verdict.code)
    because = f"{verdict.because} {above.capital} krijgt het met een voorstel; dat haalt {makes(turn, above.code)}."
    way = Instead("escaleer", {"signal": signal.id, "to": above.code}, f"Voorstellen voor {above.the}?")
    return Refused(because, way, verdict.code)


def _below_way(turn: Turn, place: Body, verdict: Refused) -> Refused:
    below = _preparing(turn, place)
    if below is not None and leads(turn, place) and not place.is_group:
        ask = f"Als bestuurlijk initiatief eerst langs {below.the}?"
        return Refused(verdict.because, Instead("", {"initiative": "ja"}, ask), verdict.code)
    if below is None or rules.state_for(turn.roles, below, turn.structure) is None:
        return Refused(f"{verdict.because} Vraag de secretaris.", code=verdict.code)
    parts = {"body": below.code, "meeting": "", "day": "", "kind": ""}
    when = makes(turn, below.code)
    return Refused(
        f"{verdict.because} Dat wordt {when}.", Instead("", parts, f"Op de agenda van {below.the}?"), verdict.code
    )
