"""What a sync says of the rooms themselves, told to the ears before the position is stored: nothing of it is lost."""

from __future__ import annotations

from bot.channels.base import Ears
from bot.channels.matrix.news import SyncBatch
from bot.channels.matrix.rooms import RoomBook


class Housekeeping:
    """Compares each room with what was told before; at the first sync everything is told once more."""

    def __init__(self, name: str, book: RoomBook, ears: Ears) -> None:
        self._name = name
        self._book = book
        self._ears = ears
        self._told: dict[str, tuple[frozenset[str], bool, str | None]] = {}
        # What was looked up is not looked up at every sync: rooms that were followed, and those that only claim so.
        self._followed: set[tuple[str, str]] = set()
        self._claims: set[tuple[str, str]] = set()

    async def after(self, batch: SyncBatch) -> None:
        """Tell what became of the rooms of this batch, once the book is up to date."""
        for left in batch.left:
            self._told.pop(left.room_id, None)
            if left.by is not None and left.by != self._book.me:
                await self._ears.removed(self._name, left.room_id, left.by, left.event_id)
        for joined in batch.joined:
            await self._look(joined.room_id)
        # The old room may be told of after the new one.
        for new, old in [(room.room_id, room.predecessor) for room in self._book.rooms.values() if room.predecessor]:
            await self._follow(old or "", new)

    async def _look(self, room_id: str) -> None:
        room = self._book.rooms.get(room_id)
        if room is None:
            return
        people = frozenset(room.present("join") - {self._book.me})
        mute = not self._book.may_write(room_id)
        now = (people, mute, room.replaced_by)
        before = self._told.get(room_id)
        if now == before:
            return
        if before is None or people != before[0]:
            await self._ears.present(self._name, room_id, sorted(people))
        if room.replaced_by:
            await self._ears.remember(self._name, f"replaced:{room_id}", room.replaced_by)
            self._claims.discard((room_id, room.replaced_by))
        if room.replaced_by and room.replaced_by not in self._book.rooms:
            await self._ears.closed(self._name, room_id, room.replaced_by)
        elif mute and not room.replaced_by and (before is None or not before[1]):
            await self._ears.muted(self._name, room_id)
        self._told[room_id] = now

    async def _follow(self, old: str, new: str) -> None:
        """Only when the old room points at the new one as well: any room may claim to come from another."""
        before = self._book.rooms.get(old)
        if (old, new) in self._followed or (before is None and (old, new) in self._claims):
            return
        kept = before.replaced_by if before is not None else await self._ears.recall(self._name, f"replaced:{old}")
        if kept != new:
            self._claims.add((old, new))
            return
        if await self._ears.recall(self._name, f"followed:{old}") != new:
            await self._ears.moved(self._name, old, new)
            await self._ears.remember(self._name, f"followed:{old}", new)
        self._followed.add((old, new))
