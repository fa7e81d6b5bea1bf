"""!doorschuif: a point goes on to the next meeting, as a linked new point with a count (S10, domain.md §2.7)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit import dates
from commands.kit.agenda_ways import find_meeting
from commands.kit.agendas import (
    is_here,
    may_keep,
    meeting_named,
    next_number,
    off_the_agenda,
    stands_on,
    tell_of_point,
)
from commands.kit.arguments import Deadline
from commands.kit.declare import About, Right, Where, command
from commands.kit.planned import signals_of
from commands.kit.points import Point
from commands.kit.register import FORMAL_KINDS
from commands.kit.reply import say
from commands.kit.signals import leads, save
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules import agenda as rules
from commands.rules import points
from commands.rules.planning import AHEAD
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingKind
from commands.words.people import RoleName
from commands.words.signal import SignalState
from commands.words.structure import Body
from commands.words.verdict import Refused


@command(
    "doorschuif",
    aliases=("doorschuiven",),
    help="Schuif een agendapunt door naar het volgende overleg.",
    example="!doorschuif 3",
    who=tuple(Right(role, Where.ANY) for role in (RoleName.SECRETARY, RoleName.CHAIR, RoleName.LEAD)),
    otherwise="vraag het de secretaris.",
)
def doorschuif(
    turn: Turn,
    item: Annotated[Point, About("het agendapunt", "punt", ask="Welk punt? Een nummer is genoeg.")],
    kind: Annotated[MeetingKind | None, About("regulier of reflectie", "soort", words=("naar",))] = None,
    day: Annotated[
        Deadline | None, About("de dag van die vergadering", "datum", words=("naar", "op"), trailing=True)
    ] = None,
    because: Annotated[
        str | None, About("de reden", "reden", words=("want", "omdat", "wegens"), greedy=True, rest=True)
    ] = None,
) -> Outcome:
    meeting, place = stands_on(turn, item)
    for verdict in (may_keep(turn, place, "doorschuiven"), points.may_move_on(item, meeting)):
        if isinstance(verdict, Refused):
            return verdict
    target = _target(turn, place, meeting, kind, day)
    if isinstance(target, Refused):
        return target
    for verdict in (rules.horizon_fits(target.kind, item.horizon), rules.still_open(target)):
        if isinstance(verdict, Refused) and not (verdict.code == "V2" and leads(turn, place)):
            return Refused(f"{verdict.because} Kies een andere vergadering, met naar en de dag.", code=verdict.code)
    why = f"doorgeschoven naar {target.id}" + (f": {because}" if because else "")
    turn.put(replace(item, state=ItemState.MOVED_ON), why)
    off_the_agenda(turn, item, place, why)
    new = points.moved_on(item, turn.new_id("AGP"), target.id, next_number(turn, target))
    turn.put(new, f"op {target.id}, was {item.id}")
    _back_on(turn, new, place, target)
    tell_of_point(turn, new, f"is doorgeschoven naar {place.the} van {dates.say_short(target.day)}.")
    stuck = f" Het blijft hangen: {new.moved_on} keer doorgeschoven." if points.is_stuck(new) else ""
    line = (
        f"Punt {item.number} van {meeting_named(meeting)} is nu punt {new.number} van {meeting_named(target)}.{stuck}"
    )
    return Reply(
        say(line),
        about=(new.id, *new.signals),
        deed=f"punt {item.number} doorgeschoven",
        private=not is_here(turn, place),
    )


def _target(
    turn: Turn, place: Body, meeting: Meeting, kind: MeetingKind | None, day: Deadline | None
) -> Meeting | Refused:
    """The meeting that was named, else the first one that decides after this one."""
    if kind is not None or day is not None:
        found = find_meeting(turn, place, kind, day)
        if isinstance(found, Meeting) and found.id == meeting.id:
            return Refused(f"Dit punt staat al op {meeting_named(meeting)}.", code="E14")
        return found
    later = turn.store.meetings(body=place.code, since=max(meeting.day, turn.today), kinds=FORMAL_KINDS)
    chosen = next((one for one in later if one.day > meeting.day and one.state in AHEAD), None)
    if chosen is None:
        return Refused(
            f"Er is geen {place.inflected('volgend')} {place.code} gepland. "
            f"Plan het met !vergadering plan {place.code}.",
            code="E12",
        )
    return chosen


def _back_on(turn: Turn, item: AgendaItem, place: Body, target: Meeting) -> None:
    for signal in signals_of(turn, item):
        if signal.lies_with == place.code and signal.state is SignalState.HANDLING:
            save(turn, replace(signal, state=SignalState.SCHEDULED, changed_at=turn.now), f"op {target.id}")
