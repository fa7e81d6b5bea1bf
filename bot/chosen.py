"""What the clock would say, as each reader chose to hear it: now, or with a later message (C59)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commands.kit.owed import ACTION_KINDS, LIGHT, NEWS, at_next_message
from commands.moments.watch import Nudge
from commands.rules.preferences import nudge_waits
from commands.words.action import Action
from commands.words.reminder import Intensity
from commands.words.signal import Signal, SignalKind
from commands.words.structure import Structure
from storage.store import SqlStore

#: What is about the person's own doing, whatever they chose.
_OWN = ("vraag_verlopen",)
#: What the one message a month of *licht* has said already.
_AHEAD = ("actie_binnenkort", "actie_vandaag")


def sorted_out(
    store: SqlStore, structure: Structure, kind: str, nudges: Sequence[Nudge], now: datetime
) -> tuple[list[Nudge], dict[str, datetime]]:
    """The nudges of one moment that are said today, and who hears them later instead, and when."""
    today: list[Nudge] = []
    later: dict[str, datetime] = {}
    for nudge in nudges:
        preference = store.preference(nudge.person)
        if preference is None or kind in (NEWS, LIGHT):
            today.append(nudge)
            continue
        own = kind in _OWN or (kind in ACTION_KINDS and _is_theirs(store, nudge))
        if own and kind in _AHEAD and preference.intensity is Intensity.LIGHT:
            continue
        if nudge_waits(preference, now.date(), structure.calendar, urgent=_is_acute(store, nudge), own=own):
            later[nudge.person] = at_next_message(preference, now, structure)
        else:
            today.append(nudge)
    return today, later


def _is_theirs(store: SqlStore, nudge: Nudge) -> bool:
    found = (store.get(Action, id) for id in nudge.about)
    return any(action is not None and action.holder == nudge.person for action in found)


def _is_acute(store: SqlStore, nudge: Nudge) -> bool:
    found = (store.get(Signal, id) for id in nudge.about)
    return any(signal is not None and signal.kind is SignalKind.ACUTE for signal in found)
