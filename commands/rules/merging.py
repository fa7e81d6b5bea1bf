"""May one signal go up in another, and who raised what came of it? (S7, R-130, INV-09: no circles, merged is final)"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from commands.rules import ways
from commands.words.signal import OPEN_STATES, Signal, SignalState
from commands.words.structure import Body
from commands.words.verdict import Allowed, Instead, Refused, Verdict

#: From where a signal may go up in another (S7). On an agenda or decided it has a course of its own.
MERGEABLE = (SignalState.SUBMITTED, SignalState.HELD, SignalState.HANDLING)


def last_of_chain(signal: Signal, get: Callable[[str], Signal | None]) -> Signal:
    """Where the matter goes on: the signal it was merged into, and what that was merged into, and so on."""
    seen: set[str] = set()
    while signal.merged_into and signal.id not in seen:
        seen.add(signal.id)
        signal = get(signal.merged_into) or signal
    return signal


def everyone_who_raised(signal: Signal, into: Callable[[str], Iterable[Signal]]) -> tuple[str, ...]:
    """Its raisers and those of all that went up in it, however far back; each once (R-130, INV-08).

    `into` gives the signals that were merged into the one with that id.
    """
    found = dict.fromkeys(signal.raised_by)
    waiting, seen = [signal.id], {signal.id}
    while waiting:
        for other in into(waiting.pop()):
            if other.id not in seen:
                seen.add(other.id)
                waiting.append(other.id)
                found.update(dict.fromkeys(other.raised_by))
    return tuple(found)


def may_merge(signal: Signal, target: Signal, end: Signal, place: Body) -> Verdict:
    """S7, INV-09: two different open signals of which the target goes on; `end` is the last of the target's chain.

    `place` is the filter. What another tier owns is not for the filter to end; what is sensitive goes only with what is
    sensitive, as those who hear of the one hear of the other from then on (R-002, INV-39).
    """
    if signal.id in (target.id, end.id):
        return Refused(
            "Deze signalen verwijzen dan naar elkaar. Niets gewijzigd. Kies een ander signaal.", code="INV-09"
        )
    if signal.state is SignalState.MERGED:
        return Refused(f"{signal.id} is al samengevoegd met {signal.merged_into}. {ways.look(signal.id)}", code="E12")
    if target.state is SignalState.MERGED:
        onward = Instead("koppel", {"signal": signal.id, "target": end.id}, f"Met {end.id} samenvoegen?")
        return Refused(f"{target.id} is zelf samengevoegd met {target.merged_into}.", onward, "INV-09")
    if target.state not in OPEN_STATES:
        return Refused(f"{target.id} is {target.state}; daar komt niets meer bij. Kies een ander signaal.", code="E12")
    if signal.sensitive != target.sensitive:
        one = signal if signal.sensitive else target
        return Refused(
            f"{one.id} is politiek gevoelig en het andere signaal niet; dat blijft apart. Kies een ander signaal.",
            code="R-002",
        )
    if signal.owner != place.code:
        way = _other_way(signal, target, place)
        theirs = f"{signal.id} is van {signal.owner}; dat rondt {place.the} niet af."
        return ways.refused(theirs, way, ways.look(signal.id), "E12")
    if signal.state not in MERGEABLE:
        way = _other_way(signal, target, place)
        settled = f"{signal.id} is {signal.state}; het gaat niet meer op in een ander."
        return ways.refused(settled, way, ways.look(signal.id), "E12")
    return Allowed()


def _other_way(signal: Signal, target: Signal, place: Body) -> Instead | None:
    if target.state not in MERGEABLE or signal.state not in OPEN_STATES or target.owner != place.code:
        return None
    turned = {"signal": target.id, "target": signal.id}
    return Instead("koppel", turned, f"Andersom: {target.id} laten opgaan in {signal.id}?")


def merged(signal: Signal, target: Signal, now: datetime) -> Signal:
    """The signal as it goes up in the target. It keeps its place and raisers; nothing of it changes any more."""
    return replace(signal, state=SignalState.MERGED, merged_into=target.id, changed_at=now, due=None)
