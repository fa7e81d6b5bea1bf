"""What looks like a new signal, as far as this reader in this room may know (R-021). Suggests only, never merges."""

from __future__ import annotations

from commands.kit import dates
from commands.kit.records import visible
from commands.kit.turn import Turn
from commands.rules.likeness import lexicon
from commands.rules.visibility import room_may_see_signal
from commands.words.calendar import AMSTERDAM
from commands.words.signal import Signal
from commands.words.workgroup import Workgroup

#: So many are shown at the most.
SHOWN = 3
#: So many are looked at: what may not be seen should not take the place of what may.
LOOKED_AT = 40


def lookalikes(turn: Turn, signal: Signal) -> list[Signal | Workgroup]:
    """The nearest open signals and running groups, best first; what may not be seen leaves no gap and no count."""
    text = f"{signal.title} {signal.explanation} {signal.topic or ''}"
    found: list[Signal | Workgroup] = []
    for id in turn.store.similar(text, lexicon(turn.structure.synonyms, turn.structure.common_words), limit=LOOKED_AT):
        near = turn.store.get(Signal, id) or turn.store.get(Workgroup, id)
        if near is not None and near.id != signal.id and _may_name(turn, near):
            found.append(near)
    return found[:SHOWN]


def _may_name(turn: Turn, near: Signal | Workgroup) -> bool:
    if not visible(near, turn):
        return False
    if isinstance(near, Workgroup):
        return turn.room is None or not turn.room.with_externals or turn.room.code == near.code
    return turn.room is None or room_may_see_signal(turn.room, near)


def named(near: Signal | Workgroup) -> str:
    """`SIG-2027-009 (UvW, do 2 sep 2027)` or `WG-PFAS`."""
    if isinstance(near, Workgroup):
        return near.code
    day = dates.say_short(near.filed_at.astimezone(AMSTERDAM).date())
    return f"{near.id} ({near.on_behalf_of}, {day})"
