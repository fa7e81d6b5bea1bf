"""Putting a signal on a meeting's agenda, the same way whoever does it (S9, rulings.md 8)."""

from __future__ import annotations

from dataclasses import replace

from commands.kit.item_parts import raiser_of
from commands.kit.turn import Turn
from commands.words.meeting import AgendaItem, ItemOutcome, ItemState, Meeting, Nature
from commands.words.signal import Horizon, Signal, SignalState


def put_on_agenda(
    turn: Turn,
    meeting: Meeting,
    signal: Signal,
    *,
    nature: Nature = Nature.DISCUSS,
    state: ItemState = ItemState.SCHEDULED,
) -> AgendaItem:
    """The item about the signal on that meeting: the one that is there already, or a new one at the end.

    Main line and decision asked come from the signal's brief. A signal without horizon is taken as *actualiteit*: the
    weighing asks for it before anything reaches an agenda.
    """
    items = turn.store.items(meeting=meeting.id)
    live = (ItemState.PROPOSED, ItemState.SCHEDULED)
    known = next((item for item in items if signal.id in item.signals and item.state in live), None)
    if known is not None:
        item = replace(known, state=state if state is ItemState.SCHEDULED else known.state)
    else:
        item = AgendaItem(
            id=turn.new_id("AGP"),
            meeting=meeting.id,
            number=max((item.number for item in items), default=0) + 1,
            title=signal.title,
            nature=nature,
            horizon=signal.horizon or Horizon.CURRENT,
            raiser=raiser_of(turn, signal, turn.need_body(meeting.body)),
            on_behalf_of=signal.on_behalf_of,
            state=state,
            signals=(signal.id,),
            main_line=signal.brief.main_line if signal.brief else "",
            ask=signal.brief.ask if signal.brief else "",
            topic=signal.topic,
            interest=signal.interest or "",
        )
    turn.put(item, f"op {meeting.id}")
    return item


def move_on_agendas(turn: Turn, signal: Signal, target: Signal, why: str) -> list[AgendaItem]:
    """A merged signal's place on an agenda becomes the target's where that lies with the body that meets and is not on
    it yet; elsewhere it leaves the agenda. Returns the items that go on with the target.
    """
    live = (ItemState.PROPOSED, ItemState.SCHEDULED)
    kept: list[AgendaItem] = []
    for item in turn.store.items(signal=signal.id):
        if item.state not in live:
            continue
        meeting = turn.store.get(Meeting, item.meeting)
        there = [one for one in turn.store.items(signal=target.id) if one.meeting == item.meeting and one.state in live]
        fits = meeting is not None and meeting.body == target.lies_with and not there
        ids = (target.id if one == signal.id and fits else one for one in item.signals)
        left = tuple(dict.fromkeys(one for one in ids if one != signal.id))
        turn.put(replace(item, signals=left) if left else replace(item, state=ItemState.DROPPED), why)
        if target.id in left:
            kept.append(item)
    return kept


def take_off_agendas(
    turn: Turn, signal: Signal, why: str, *, keep: str = "", outcome: ItemOutcome | None = None
) -> None:
    """A signal that moves to another body leaves the agendas of the one it leaves (S10), but for the item `keep`.

    On the day of the meeting and after it the item is treated, with that `outcome`. Where other signals stand under
    the item, they stay on the agenda.
    """
    live = (ItemState.PROPOSED, ItemState.SCHEDULED)
    for item in turn.store.items(signal=signal.id):
        if item.id == keep or item.state not in live:
            continue
        meeting = turn.store.get(Meeting, item.meeting)
        met = meeting is not None and meeting.day <= turn.today and item.state is ItemState.SCHEDULED
        if _others_stay(turn, item, signal):
            if not met:
                left = tuple(one for one in item.signals if one != signal.id)
                turn.put(replace(item, signals=left), f"{signal.id}: {why}")
        elif met and outcome is not None:
            turn.put(replace(item, state=ItemState.TREATED, outcome=str(outcome)), why)
        else:
            turn.put(replace(item, state=ItemState.DROPPED), why)


def _others_stay(turn: Turn, item: AgendaItem, signal: Signal) -> bool:
    others = (turn.store.get(Signal, id) for id in item.signals if id != signal.id)
    waiting = (SignalState.SCHEDULED, SignalState.SUBMITTED)
    return any(one is not None and one.lies_with == signal.lies_with and one.state in waiting for one in others)
