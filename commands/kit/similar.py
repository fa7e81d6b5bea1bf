"""What looks like a new signal, as far as this reader in this room may know (R-021). Suggests only, never merges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, cast

from commands.kit import dates
from commands.kit.decisions import signals_under
from commands.kit.records import PREFIXES, visible, visible_signal
from commands.kit.turn import Turn
from commands.rules.likeness import lexicon
from commands.rules.visibility import room_may_see_decision, room_may_see_signal
from commands.words.agreement import LIVE_AGREEMENTS, Agreement
from commands.words.calendar import AMSTERDAM
from commands.words.decision import LIVE_DECISIONS, Decision, DecisionState
from commands.words.helping import Success, SuccessState
from commands.words.signal import Signal, SignalState
from commands.words.workgroup import Workgroup

Closed = Signal | Decision | Agreement | Success
#: When each of them is over: settled, decided or agreed.
_OVER: dict[type[Closed], tuple[StrEnum, ...]] = {
    Signal: (SignalState.SETTLED, SignalState.REJECTED, SignalState.CLOSED),
    Decision: (*LIVE_DECISIONS, DecisionState.DONE),
    Agreement: LIVE_AGREEMENTS,
    Success: (SuccessState.SHARED, SuccessState.PLACED),
}

#: So many are shown at the most.
SHOWN = 3
#: So many of what is over.
EARLIER = 2
#: So many are looked at: what may not be seen should not take the place of what may.
LOOKED_AT = 40
#: So many are read first: mostly they do.
_FIRST = 2 * SHOWN


def lookalikes(turn: Turn, signal: Signal) -> list[Signal | Workgroup]:
    """The nearest open signals and running groups, best first; what may not be seen leaves no gap and no count."""
    text = f"{signal.title} {signal.explanation} {signal.topic or ''}"
    words = lexicon(turn.structure.synonyms, turn.structure.common_words)
    ids = [id for id in turn.store.similar(text, words, limit=LOOKED_AT) if id != signal.id]
    seen = visible_signal(turn)
    found: list[Signal | Workgroup] = []
    some, left = ids[:_FIRST], ids[_FIRST:]
    while some:
        signals = turn.store.get_all(Signal, [id for id in some if _is_a(Signal, id)])
        for id in some:
            near = signals.get(id) or turn.store.get(Workgroup, id)
            if near is not None and _may_name(turn, near, seen):
                found.append(near)
            if len(found) == SHOWN:
                return found
        some, left = left, []
    return found


def done_before(turn: Turn, signal: Signal) -> list[Closed]:
    """R-173: what was settled, decided or agreed on the same subject, nearest first, as far as reader and room may
    know of it; so that nobody invents a wheel again."""
    return known_about(turn, f"{signal.title} {signal.explanation} {signal.topic or ''}")


def known_about(turn: Turn, text: str, fits: Callable[[Closed], bool] = lambda _: True) -> list[Closed]:
    """The same for any text, successes included; of those that fit."""
    words = lexicon(turn.structure.synonyms, turn.structure.common_words)
    found: list[Closed] = []
    ids = turn.store.similar(text, words, limit=LOOKED_AT, ever=True)
    records: dict[str, Closed] = {}
    for kind in _OVER:
        records |= turn.store.get_all(cast(Any, kind), [id for id in ids if _is_a(kind, id)], states=_OVER[kind])
    seen = visible_signal(turn)
    for record in (records[id] for id in ids if id in records):
        if fits(record) and _visible(record, turn, seen) and _room_may_read(turn, record):
            found.append(record)
        if len(found) == EARLIER:
            break
    return found


def _is_a(kind: type, id: str) -> bool:
    return id.startswith(f"{PREFIXES[kind]}-")


def _visible(record: Closed | Workgroup, turn: Turn, seen: Callable[[Signal], bool]) -> bool:
    return seen(record) if isinstance(record, Signal) else visible(record, turn)


def _room_may_read(turn: Turn, record: Closed) -> bool:
    if turn.room is None:
        return True
    if isinstance(record, Signal):
        return room_may_see_signal(turn.room, record)
    if isinstance(record, Success):
        return not turn.room.with_externals
    return room_may_see_decision(turn.room, record, signals_under(turn, None, record.signals))


def said_before(found: Sequence[Closed]) -> str:
    """R-173, in one short line; "" when there is nothing."""
    old = [f"{one.id} ({one.state})" for one in found if not isinstance(one, Success)]
    line = f"Eerder hierover: {' en '.join(old)}. Lezen: !toon en het nummer." if old else ""
    shared = [f"{one.id} ({one.pioneer})" for one in found if isinstance(one, Success)]
    return f"{line} Zie ook {' en '.join(shared)}.".strip() if shared else line


def _may_name(turn: Turn, near: Signal | Workgroup, seen: Callable[[Signal], bool]) -> bool:
    if not _visible(near, turn, seen):
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
