"""What the bot knows of its rooms: who is in them, what they are called, which are private chats.

Kept from the raw state of the rooms, in memory: the first sync of every start brings the whole state again. What
people may do in the register never depends on power levels, and display names are never looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.channels.matrix.levels import level_of, needed_for
from bot.channels.matrix.news import Event, JoinedRoom
from bot.channels.outside import as_dict, as_list


@dataclass
class Room:
    """One room the bot is in. `members` gives `join`, `invite`, `leave` or `ban` by Matrix id."""

    room_id: str
    members: dict[str, str] = field(default_factory=dict)
    named: bool = False
    aliases: tuple[str, ...] = ()
    create: Event | None = None
    levels: Mapping[str, Any] | None = None
    replaced_by: str | None = None
    encrypted: bool = False

    @property
    def predecessor(self) -> str | None:
        """The room that this one says it replaces."""
        before = as_dict(as_dict(as_dict(self.create).get("content")).get("predecessor"))
        old = before.get("room_id")
        return old if isinstance(old, str) else None

    def present(self, *states: str) -> set[str]:
        """Who is in one of these states of membership."""
        return {person for person, membership in self.members.items() if membership in states}

    def apply(self, event: Event) -> None:
        """Take over one event of state; others are ignored."""
        key = event.get("state_key")
        content = event.get("content")
        if not isinstance(key, str) or not isinstance(content, Mapping):
            return
        match event.get("type"):
            case "m.room.member":
                self.members[key] = str(content.get("membership", "leave"))
            case "m.room.name" if key == "":
                self.named = bool(content.get("name"))
            case "m.room.canonical_alias" if key == "":
                self.aliases = _aliases(content)
            case "m.room.encryption" if key == "":
                self.encrypted = True
            case "m.room.create" if key == "":
                self.create = event
            case "m.room.power_levels" if key == "":
                self.levels = content  # whole: what is no longer in it no longer holds
            case "m.room.tombstone" if key == "":
                new = content.get("replacement_room")
                self.replaced_by = new if isinstance(new, str) and new else None
            case _:
                pass


class RoomBook:
    """The rooms the bot is in now."""

    def __init__(self, me: str) -> None:
        self.me = me
        self.rooms: dict[str, Room] = {}
        self.awaited: set[str] = set()  # joined, but no sync has told of it yet
        self._private: dict[str, str] = {}

    def take(self, joined: JoinedRoom, events: Iterable[Event]) -> Room:
        """Bring a room up to date with what a sync and the filled gap say of it."""
        self.awaited.discard(joined.room_id)
        room = self.rooms.setdefault(joined.room_id, Room(joined.room_id))
        for event in (*joined.state, *events):
            room.apply(event)
        return room

    def drop(self, room_id: str) -> None:
        """The bot has left, or was made to."""
        self.rooms.pop(room_id, None)
        self.awaited.discard(room_id)

    def may_write(self, room_id: str) -> bool:
        """Whether the bot may send messages there, by the levels of the room."""
        room = self.rooms.get(room_id)
        if room is None:
            return False
        sent = "m.room.encrypted" if room.encrypted else "m.room.message"
        return level_of(self.me, room.levels, room.create) >= needed_for(sent, room.levels)

    def replaced(self, room_id: str) -> bool:
        """Whether the room was replaced by another, so that nothing more can be said there."""
        room = self.rooms.get(room_id)
        return room is not None and room.replaced_by is not None

    def mark_private(self, person: str, room_id: str) -> bool:
        """This is the private chat with this person; False if that was known."""
        if self._private.get(person) == room_id:
            return False
        self._private[person] = room_id
        return True

    def marked(self, person: str) -> bool:
        """Whether a private chat with this person is known."""
        return person in self._private

    def only_other(self, room_id: str) -> str | None:
        """The one other person who is in or invited to a room, if there is just one."""
        room = self.rooms.get(room_id)
        others = room.present("join", "invite") - {self.me} if room else set()
        return next(iter(others)) if len(others) == 1 else None

    def private_with(self, room_id: str) -> str | None:
        """The one other person of a private chat, else None.

        A room is private when just the bot and one other are in it and nobody else is invited, and it either was made
        as a private chat or has no name and no alias: a gremium whose members have yet to join is not private.
        """
        other = self.only_other(room_id)
        if other is None:
            return None
        room = self.rooms[room_id]
        return other if self._private.get(other) == room_id or not (room.named or room.aliases) else None

    def private_room(self, person: str) -> str | None:
        """Where this person can be reached in private: the marked room, else any that is private."""
        marked = self._private.get(person)
        if marked and self.private_with(marked) == person and not self.replaced(marked):
            return marked
        others = (room_id for room_id in self.rooms if not self.replaced(room_id))
        return next((room_id for room_id in others if self.private_with(room_id) == person), None)

    def made_private(self, person: str, room_id: str) -> None:
        """A private chat the bot just made; the next sync will say the same."""
        self.rooms.setdefault(room_id, Room(room_id, {self.me: "join", person: "invite"}))
        self.mark_private(person, room_id)


def after_own_join(events: list[Event], me: str) -> list[Event]:
    """Without what was said before the bot came in: history is not handled."""
    for index in range(len(events) - 1, -1, -1):
        event = events[index]
        if event.get("type") == "m.room.member" and event.get("state_key") == me and _came_in(event):
            return events[index + 1 :]
    return events


def _came_in(event: Event) -> bool:
    before = as_dict(as_dict(event.get("unsigned")).get("prev_content"))
    return as_dict(event.get("content")).get("membership") == "join" and before.get("membership") != "join"


def _aliases(content: Mapping[str, Any]) -> tuple[str, ...]:
    named = (content.get("alias"), *as_list(content.get("alt_aliases")))
    return tuple(dict.fromkeys(alias for alias in named if isinstance(alias, str) and alias.startswith("#")))
