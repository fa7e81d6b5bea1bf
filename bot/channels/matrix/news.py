"""What a sync answered, as plain values, and what of it the encryption has to know.

Pure; an answer may hold anything."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.channels.matrix.errors import MatrixError
from bot.channels.outside import as_dict, as_list

Event = Mapping[str, Any]
Read = Callable[[str, Event], Event | None]

_NOTHING = {"not_types": ["*"]}


@dataclass(frozen=True)
class JoinedRoom:
    """What a sync said of a room the bot is in; `gap_from` is set when older events were left out."""

    room_id: str
    state: Sequence[Event]
    timeline: Sequence[Event]
    gap_from: str | None = None


@dataclass(frozen=True)
class Invite:
    """An invitation of the bot; `direct` when meant as a private chat."""

    room_id: str
    inviter: str
    direct: bool


@dataclass(frozen=True)
class Left:
    """A room the bot is no longer in. `by` is who put it out, None when that is not known; `event_id` says so."""

    room_id: str
    by: str | None = None
    event_id: str = ""


@dataclass(frozen=True)
class SyncBatch:
    """One sync answer; `position` is where the next one goes on. `own_keys`: the keys of the bot's account changed.
    `verifying` asked to compare emoji, device to device, and were declined."""

    position: str
    joined: Sequence[JoinedRoom] = ()
    invites: Sequence[Invite] = ()
    left: Sequence[Left] = field(default=())
    own_keys: bool = False
    verifying: Sequence[str] = ()

    def only_said_by(self, me: str) -> bool:
        """Nothing but messages of this account."""
        if self.invites or self.left or self.own_keys or self.verifying:
            return False
        rooms = [room for room in self.joined if room.state or room.gap_from is not None]
        events = (event for room in self.joined for event in room.timeline)
        return not rooms and all(event.get("sender") == me and "state_key" not in event for event in events)


def filter_of(most: int) -> dict[str, Any]:
    """What a sync has to bring: the rooms, `most` events of each, and nothing of who reads, types or is there."""
    return {
        "presence": _NOTHING,
        "account_data": _NOTHING,
        "room": {"timeline": {"limit": most}, "ephemeral": _NOTHING, "account_data": _NOTHING},
    }


def batch_of(answer: Event, me: str, read: Read) -> SyncBatch:
    """The answer to a sync; `read` decrypts. MatrixError when it is none, as a proxy may say anything."""
    position = answer.get("next_batch")
    if not isinstance(position, str) or not position:
        raise MatrixError("", 200, "this is no answer to a sync")
    rooms = as_dict(answer.get("rooms"))
    return SyncBatch(
        position=position,
        joined=[_joined(room_id, as_dict(room), read) for room_id, room in as_dict(rooms.get("join")).items()],
        invites=[one for r, room in as_dict(rooms.get("invite")).items() for one in _invites(r, as_dict(room), me)],
        left=[_left(room_id, as_dict(room), me) for room_id, room in as_dict(rooms.get("leave")).items()],
        own_keys=me in as_list(as_dict(answer.get("device_lists")).get("changed")),
    )


def one_time_keys(answer: Event) -> int | None:
    """How many one-time keys of this device the server has left; None when it does not say."""
    found = as_dict(answer.get("device_one_time_keys_count")).get("signed_curve25519")
    return found if isinstance(found, int) else None


def of_the_keys(answer: Event, encrypted: Collection[str]) -> dict[str, Any] | None:
    """The answer without what people said, for who keeps the keys: who is in the rooms, what came for this device,
    whose devices changed. None when there is nothing of that; news of one of the `encrypted` rooms always is.
    """
    joined = {}
    for room_id, room in as_dict(as_dict(answer.get("rooms")).get("join")).items():
        state, said = _events(room, "state"), [event for event in _events(room, "timeline") if "state_key" in event]
        if state or said or room_id in encrypted:
            summary = as_dict(as_dict(room).get("summary"))
            joined[room_id] = {"state": {"events": state}, "timeline": {"events": said}, "summary": summary}
    invited = as_dict(as_dict(answer.get("rooms")).get("invite"))
    others = {name: answer[name] for name in ("to_device", "device_lists") if any(as_dict(answer.get(name)).values())}
    if not joined and not invited and not others:
        return None
    return {"next_batch": answer.get("next_batch"), "rooms": {"join": joined, "invite": invited}, **others}


def _joined(room_id: str, room: Event, read: Read) -> JoinedRoom:
    timeline, before = _events(room, "timeline"), as_dict(room.get("timeline"))
    gap = before.get("prev_batch") if before.get("limited") else None
    clear = [read(room_id, event) or event for event in timeline]
    return JoinedRoom(room_id, _events(room, "state"), clear, gap if isinstance(gap, str) else None)


def _invites(room_id: str, room: Event, me: str) -> list[Invite]:
    for event in _mine(_events(room, "invite_state"), me):
        content, sender = as_dict(event.get("content")), event.get("sender")
        if content.get("membership") == "invite" and isinstance(sender, str):
            return [Invite(room_id, sender, bool(content.get("is_direct")))]
    return []


def _left(room_id: str, room: Event, me: str) -> Left:
    mine = _mine([*_events(room, "state"), *_events(room, "timeline")], me)
    last = mine[-1] if mine else {}
    sender = last.get("sender")
    return Left(room_id, sender if isinstance(sender, str) else None, str(last.get("event_id", "")))


def _mine(events: Sequence[Event], me: str) -> list[Event]:
    """What they say of the bot being in the room."""
    return [event for event in events if event.get("type") == "m.room.member" and event.get("state_key") == me]


def _events(room: object, where: str) -> list[Event]:
    return [event for event in as_list(as_dict(as_dict(room).get(where)).get("events")) if isinstance(event, Mapping)]
