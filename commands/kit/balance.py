"""What the balance of a body is counted from, in one period (C51, R-158, R-184, R-201).

A body's agenda points are those of the meetings it held; its signals are, at the filter, what was raised in the
period, and above it what stood on those agendas; its actions are those it gave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from commands.kit.register import FORMAL_KINDS, Register
from commands.rules.balance import NOT_COUNTED, OnTrack, common_track, is_over
from commands.words.action import Action, ActionState
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingKind
from commands.words.period import Period
from commands.words.signal import Signal, Track
from commands.words.structure import Body
from commands.words.workgroup import Workgroup

#: More than one body has in the longest period that is looked back over.
ALL = 5000
_KINDS = (*FORMAL_KINDS, MeetingKind.REFLECTION)
_ON_THE_AGENDA = (ItemState.SCHEDULED, ItemState.TREATED)
_GIVEN = (ActionState.REQUESTED, ActionState.OPEN, ActionState.DONE)


@dataclass(frozen=True)
class Counted:
    """What there was in the period; `tracks` has each item's track, in the order of `items`."""

    period: Period
    meetings: tuple[Meeting, ...]
    items: tuple[AgendaItem, ...]
    tracks: tuple[Track, ...]
    signals: tuple[Signal, ...]
    actions: tuple[Action, ...]

    def on(self, track: Track) -> OnTrack:
        """What is on that track."""
        items = [item for item, its in zip(self.items, self.tracks, strict=True) if its is track]
        return OnTrack(
            len(items),
            sum(item.minutes or 0 for item in items),
            sum(one.track is track for one in self.actions),
            sum(one.track is track for one in self.signals),
        )

    @property
    def topics(self) -> Counter[str]:
        """How many items each topic has."""
        return Counter(item.topic for item in self.items if item.topic)


def counted(register: Register, place: Body, period: Period) -> Counted:
    """Look it up, by body and day: nothing walks the register."""
    store = register.store
    found = store.meetings(body=place.code, since=period.start, until=period.end, kinds=_KINDS, limit=ALL)
    meetings = tuple(meeting for meeting in found if is_over(meeting, register.today))
    items = tuple(item for one in meetings for item in store.items(meeting=one.id) if item.state in _ON_THE_AGENDA)
    under = {id: one for item in items for id in item.signals if (one := store.get(Signal, id)) is not None}
    if place.code == register.structure.filter.code:
        signals: Sequence[Signal] = store.signals(filed_since=period.since, filed_until=period.until, limit=ALL)
    else:
        signals = sorted(under.values(), key=lambda one: one.id)
    given = store.actions(body=place.code, states=_GIVEN, made_since=period.since, made_until=period.until, limit=ALL)
    return Counted(
        period,
        meetings,
        items,
        tuple(_track(register, item, under) for item in items),
        tuple(one for one in signals if one.state not in NOT_COUNTED),
        given,
    )


def _track(register: Register, item: AgendaItem, signals: dict[str, Signal]) -> Track:
    """R-105: an agenda item has the track of what it is about."""
    group = register.store.get(Workgroup, item.group) if item.group else None
    return common_track(
        [*(signals[id].track for id in item.signals if id in signals), *((group.track,) if group else ())]
    )
