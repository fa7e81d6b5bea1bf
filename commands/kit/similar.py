"""What looks like a new signal, as far as this reader in this room may know (R-021). Suggests only, never merges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from commands.kit import dates
from commands.kit.decisions import signals_under
from commands.kit.records import PREFIXES, visible
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
_CLOSED: tuple[type[Closed], ...] = (Signal, Decision, Agreement, Success)

#: So many are shown at the most.
SHOWN = 3
#: So many of what is over.
EARLIER = 2
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
        if len(found) == SHOWN:
            break
    return found


def done_before(turn: Turn, signal: Signal) -> list[Closed]:
    """R-173: what was settled, decided or agreed on the same subject, nearest first, as far as reader and room may
    know of it; so that nobody invents a wheel again."""
    return known_about(turn, f"{signal.title} {signal.explanation} {signal.topic or ''}")


def known_about(turn: Turn, text: str) -> list[Closed]:
    """The same for any text, successes included."""
    words = lexicon(turn.structure.synonyms, turn.structure.common_words)
    found: list[Closed] = []
    ids = turn.store.similar(text, words, limit=LOOKED_AT, ever=True)
    records: dict[str, Closed] = {}
    for kind in _CLOSED:
        records |= turn.store.get_all(cast(Any, kind), [id for id in ids if id.startswith(f"{PREFIXES[kind]}-")])
    for record in (records[id] for id in ids if id in records):
        if _is_over(record) and visible(record, turn) and _room_may_read(turn, record):
            found.append(record)
        if len(found) == EARLIER:
            break
    return found


def _is_over(record: Closed) -> bool:
    if isinstance(record, Signal):
        return record.state in (SignalState.SETTLED, SignalState.REJECTED, SignalState.CLOSED)
    if isinstance(record, Success):
        return record.state in (SuccessState.SHARED, SuccessState.PLACED)
    return record.state in (LIVE_DECISIONS if isinstance(record, Decision) else LIVE_AGREEMENTS) or (
        record.state is DecisionState.DONE
    )


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
