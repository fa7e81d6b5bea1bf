"""How the work is divided: between the two tracks, and between what came from below and from above.

Counts only, each beside what it was counted from; nothing is added up over the tracks (R-112, R-158, R-184, R-214).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commands.words.meeting import Meeting, MeetingState
from commands.words.people import Role
from commands.words.signal import Direction, Signal, SignalState, Track
from commands.words.structure import Body, Structure

#: Signals that count as raised once: not those that went up in another or were taken back.
NOT_COUNTED = (SignalState.MERGED, SignalState.WITHDRAWN)
#: Of fewer than this a share says nothing.
FEW = 5
_OVER = (MeetingState.HELD, MeetingState.MINUTES, MeetingState.CONFIRMED, MeetingState.DONE)


@dataclass(frozen=True)
class OnTrack:
    """What is on one track: agenda items with their minutes, actions, signals."""

    items: int = 0
    minutes: int = 0
    actions: int = 0
    signals: int = 0


def direction_of(room: Body | None, roles: Sequence[Role], structure: Structure) -> Direction:
    """R-184: where it was raised. Above the filter, in a room or (in private) by who sits nowhere lower, is *van
    bovenaf*; everything else *van onderop*.
    """
    low = structure.filter.level or 0
    bodies = (room,) if room is not None else tuple(structure.body(role.body) for role in roles)
    # A group is no body of the structure, and lies under the filter.
    higher = [body is not None and body.level is not None and body.level > low for body in bodies]
    return Direction.ABOVE if higher and all(higher) else Direction.BELOW


def common_track(tracks: Sequence[Track]) -> Track:
    """The track of what stands on several records: theirs where they agree as far as they have one."""
    known = {track for track in tracks if track is not Track.OPEN}
    return known.pop() if len(known) == 1 else Track.OPEN


def is_over(meeting: Meeting, today: date) -> bool:
    """Whether it was held: someone said so, or its day is past and nobody called it off."""
    return meeting.state in _OVER or (meeting.day < today and meeting.state is not MeetingState.CANCELLED)


def side_counts(signals: Sequence[Signal]) -> dict[Direction | None, int]:
    """How many came from each side; None for what was raised before the register kept that."""
    counted = [one.direction for one in signals if one.state not in NOT_COUNTED]
    return {side: counted.count(side) for side in (*Direction, None)}


def thin_tracks(hold: OnTrack, encourage: OnTrack, least: int) -> tuple[tuple[Track, str, int, int], ...]:
    """R-158: each share that lies under `least` percent: the track, of what ("acties"), how many, and of how many.

    Taken from what has a track; never a sum over kinds. Nothing is said of a kind of which there are fewer than five.
    """
    found: list[tuple[Track, str, int, int]] = []
    kinds = (
        ("agendaminuten", hold.minutes, encourage.minutes),
        ("acties", hold.actions, encourage.actions),
        ("signalen", hold.signals, encourage.signals),
    )
    for kind, held, encouraged in kinds:
        total = held + encouraged
        for track, part in ((Track.HOLD, held), (Track.ENCOURAGE, encouraged)):
            if total >= FEW and 100 * part < least * total:
                found.append((track, kind, part, total))
    return tuple(found)
