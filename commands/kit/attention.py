"""What becomes of the attention points of an informal meeting: on a formal agenda, and its answer (R-143…145)."""

from __future__ import annotations

from dataclasses import replace

from commands.kit import dates
from commands.kit.decisions import named
from commands.kit.dossiers import not_confirmed
from commands.kit.reply import Heading, Line, Message, Strong, listing, say
from commands.kit.signals import leads
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ways
from commands.words.agreement import Agreement
from commands.words.attention import WAITING, AttentionPoint, AttentionState
from commands.words.decision import Decision
from commands.words.meeting import AgendaItem, ItemState, Meeting, Nature
from commands.words.people import RoleName
from commands.words.signal import Horizon
from commands.words.structure import Body
from commands.words.verdict import Refused


def show_points(turn: Turn, place: Body) -> Outcome:
    """Those of the body that still wait for a decision."""
    if place.code not in turn.viewer.bodies:
        return Refused(f"Aandachtspunten van {place.the} zien de deelnemers ervan.", code="E04")
    found = turn.store.attention_points(body=place.code, states=WAITING)
    if not found:
        return Reply(say(f"Er zijn geen open aandachtspunten van {place.the}. Noteren: !aandachtspunt en een zin."))
    items: list[Line] = [(Strong(one.id), f" {one.text} · {one.state}") for one in found]
    count = "1 aandachtspunt" if len(found) == 1 else f"{len(found)} aandachtspunten"
    message = Message((Heading(f"{count} ({place.code})", 1), listing(items))) + say(not_confirmed(turn, found[0]))
    private = turn.room is not None and turn.room.code != place.code
    return Reply(message, about=tuple(one.id for one in found), private=private)


def schedule(turn: Turn, point: AttentionPoint) -> Outcome:
    """R-144: one agenda item for the set of one informal meeting, on the next formal meeting of the body."""
    place = turn.need_body(point.body)
    stop = _may_keep(turn, place, point)
    if stop is not None:
        return stop
    meeting = turn.next_meeting(place.code)
    if meeting is None:
        return Refused(f"Er is geen {place.sitting} gepland. Plan het met !vergadering plan {place.code}.", code="E12")
    informal = turn.store.get(Meeting, point.meeting)
    together = [one for one in turn.store.attention_points(meeting=point.meeting) if one.state in WAITING]
    item = _item_of(turn, together, meeting)
    if item is None:
        known = turn.store.items(meeting=meeting.id)
        day = dates.say_short(informal.day) if informal else ""
        item = AgendaItem(
            id=turn.new_id("AGP"),
            meeting=meeting.id,
            number=max((one.number for one in known), default=0) + 1,
            title=f"Aandachtspunten van het informele overleg van {day}".rstrip(),
            nature=Nature.DECIDE,
            horizon=Horizon.STRATEGY,
            raiser=point.made_by,
            on_behalf_of=turn.organisation_of(point.made_by),
            main_line="; ".join(one.text.rstrip(".") for one in together),
            ask="Welke aandachtspunten neemt het overleg over?",
        )
        turn.put(item, f"op {meeting.id}")
    for one in together:
        turn.put(replace(one, state=AttentionState.SCHEDULED, item=item.id), f"op {meeting.id}")
    many = point.id if len(together) == 1 else f"{len(together)} aandachtspunten"
    return Reply(
        say(f"{many} op {named(meeting)}, punt {item.number}."),
        about=(item.id, *(one.id for one in together)),
        deed=f"{many} op de agenda",
        private=turn.room is not None and turn.room.code != place.code,
    )


def _item_of(turn: Turn, together: list[AttentionPoint], meeting: Meeting) -> AgendaItem | None:
    """The item under which the others of that set stand already."""
    for id in dict.fromkeys(one.item for one in together if one.item):
        item = turn.store.get(AgendaItem, id or "")
        if item is not None and item.meeting == meeting.id and item.state is ItemState.SCHEDULED:
            return item
    return None


def confirm(turn: Turn, point: AttentionPoint, record: Decision | Agreement) -> Outcome:
    """A decision or agreement of that body, or of a higher one, took it over."""
    place = turn.need_body(point.body)
    stop = _may_keep(turn, place, point)
    if stop is not None:
        return stop
    turn.put(replace(point, state=AttentionState.CONFIRMED, confirmed_as=record.id), f"bekrachtigd als {record.id}")
    return _done(turn, point, f"{point.id} is bekrachtigd als {record.id}.")


def not_taken(turn: Turn, point: AttentionPoint, because: str) -> Outcome:
    """It was not taken over, with the reason."""
    place = turn.need_body(point.body)
    stop = _may_keep(turn, place, point)
    if stop is not None:
        return stop
    if not because:
        return Ask("because", f"Waarom neemt {place.the} het niet over?")
    turn.put(replace(point, state=AttentionState.NOT_TAKEN, because=because), f"niet overgenomen: {because}")
    return _done(turn, point, f"{point.id} is niet overgenomen: {because.rstrip('.')}.")


def _may_keep(turn: Turn, place: Body, point: AttentionPoint) -> Refused | None:
    if not (leads(turn, place) or turn.holds(RoleName.SECRETARY, place.code)):
        return Refused(f"Dit doet de voorzitter of de secretaris van {place.the}.", code="E04")
    if point.state not in WAITING:
        return Refused(f"{point.id} is {point.state}. {ways.look(point.id)}", code="E12")
    return None


def _done(turn: Turn, point: AttentionPoint, line: str) -> Reply:
    private = turn.room is not None and turn.room.code != point.body
    return Reply(say(line), about=(point.id,), deed=line.split(":")[0].rstrip("."), private=private)
