"""Putting a signal on a meeting's agenda, the same way whoever does it (S9, rulings.md 8)."""

from __future__ import annotations

from dataclasses import replace

from commands.kit.turn import Turn
from commands.words.meeting import AgendaItem, ItemState, Meeting, Nature
from commands.words.signal import Horizon, Signal


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
            raiser=signal.raised_by[0],
            on_behalf_of=signal.on_behalf_of,
            state=state,
            signals=(signal.id,),
            main_line=signal.brief.main_line if signal.brief else "",
            ask=signal.brief.ask if signal.brief else "",
        )
    turn.put(item, f"op {meeting.id}")
    return item


def take_off_agendas(turn: Turn, signal: Signal, why: str, *, keep: str = "") -> None:
    """A signal that moves to another body leaves the agendas of the one it leaves (S10), but for the item `keep`."""
    for item in turn.store.items(signal=signal.id):
        if item.id != keep and item.state in (ItemState.PROPOSED, ItemState.SCHEDULED) and len(item.signals) == 1:
            turn.put(replace(item, state=ItemState.DROPPED), why)
