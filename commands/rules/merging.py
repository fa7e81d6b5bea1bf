"""May one signal go up in another? (S7, INV-09: no circles, and a merged signal changes no more)"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from commands.words.signal import Signal, SignalState
from commands.words.verdict import Allowed, Refused, Verdict

MERGEABLE = (SignalState.SUBMITTED, SignalState.HELD, SignalState.HANDLING, SignalState.SCHEDULED)


def may_merge(signal: Signal, target: Signal) -> Verdict:
    """Both still open, two different ones, and the target not merged itself; so a circle cannot come about."""
    if signal.id == target.id or target.merged_into == signal.id:
        return Refused("Deze signalen verwijzen dan naar elkaar. Niets gewijzigd.", code="INV-09")
    if signal.state is SignalState.MERGED:
        return Refused(f"{signal.id} is al samengevoegd met {signal.merged_into}.", code="E12")
    if target.state is SignalState.MERGED:
        return Refused(
            f"{target.id} is zelf samengevoegd met {target.merged_into}. Koppel aan dat signaal.", code="INV-09"
        )
    for one in (signal, target):
        if one.state not in MERGEABLE:
            return Refused(f"{one.id} is {one.state}; samenvoegen kan niet.", code="E12")
    return Allowed()


def merged(signal: Signal, target: Signal, now: datetime) -> Signal:
    """The signal as it goes up in the target. It keeps its place and raisers; nothing of it changes any more."""
    return replace(signal, state=SignalState.MERGED, merged_into=target.id, changed_at=now, due=None)
