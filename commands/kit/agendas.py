"""What the commands about one point of an agenda share: where it stands, who keeps that agenda, what S10 does."""

from __future__ import annotations

from dataclasses import replace

from commands.kit import dates
from commands.kit.planned import name_of, signals_of
from commands.kit.reply import say
from commands.kit.signals import leads, save, tell_raisers
from commands.kit.turn import Turn
from commands.rules.agenda import keeps
from commands.words.meeting import AgendaItem, Meeting
from commands.words.signal import SignalState
from commands.words.structure import Body
from commands.words.verdict import Allowed, Refused, Verdict


def stands_on(turn: Turn, item: AgendaItem) -> tuple[Meeting, Body]:
    """The meeting of an item of the register and its body; KeyError if they are gone."""
    meeting = turn.store.get(Meeting, item.meeting)
    if meeting is None:
        raise KeyError(item.meeting)
    return meeting, turn.need_body(meeting.body)


def may_keep(turn: Turn, place: Body, act: str) -> Verdict:
    """domain.md §2.7: the chair and the secretary of the body; the secretary of the filter keeps every agenda (G5)."""
    if leads(turn, place) or keeps(turn.roles, place, turn.structure):
        return Allowed()
    because = f"{act.capitalize()} doet de voorzitter of de secretaris van {place.the}. Vraag het de secretaris."
    return Refused(because, code="E04")


def sits(turn: Turn, place: Body) -> bool:
    """Whether the person has a role in that body: anyone of it may ask for a discussion (digests.md §3.2)."""
    return place.code in turn.viewer.bodies


def meeting_named(meeting: Meeting) -> str:
    """ "AO do 14 jan 2027"."""
    return f"{name_of(meeting)} {dates.say_short(meeting.day)}"


def tell_of_point(turn: Turn, item: AgendaItem, text: str) -> None:
    """Everyone who raised what stands under the point hears it once; whoever brought in the point too."""
    signals = signals_of(turn, item)
    for signal in signals:
        tell_raisers(turn, signal, text)
    if not any(item.raiser in signal.raised_by for signal in signals):
        turn.tell(item.raiser, say(f"{item.title}: {text}"), about=(item.id,))


def off_the_agenda(turn: Turn, item: AgendaItem, place: Body, why: str) -> None:
    """S10: the signals under a point that leaves its agenda are in hand again, unless they went elsewhere."""
    for signal in signals_of(turn, item):
        if signal.lies_with == place.code and signal.state is SignalState.SCHEDULED:
            save(turn, replace(signal, state=SignalState.HANDLING, changed_at=turn.now), why)


def next_number(turn: Turn, meeting: Meeting) -> int:
    """The number of a point that comes at the end."""
    return max((item.number for item in turn.store.items(meeting=meeting.id)), default=0) + 1


def is_here(turn: Turn, place: Body) -> bool:
    """Whether the answer may stand in this room: the body's own, or the private chat."""
    return turn.room is None or turn.room.code == place.code
