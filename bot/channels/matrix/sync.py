"""Hearing: one sync after the other, each stored whole before the next is asked.

Position and events go to the ears in one call, so there is no moment at which one is kept without the other. What a
sync leaves out of a busy room is fetched before anything is stored."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from bot.channels.base import QUOTED_MOST, Ears, Heard, may_quote
from bot.channels.matrix import emoji
from bot.channels.matrix.events import to_heard, unreadable
from bot.channels.matrix.fetching import calendar_in
from bot.channels.matrix.housekeeping import Housekeeping
from bot.channels.matrix.news import Event, Invite, JoinedRoom, SyncBatch
from bot.channels.matrix.options import MatrixOptions
from bot.channels.matrix.pace import Pace
from bot.channels.matrix.rooms import Room, RoomBook, after_own_join
from bot.channels.matrix.sending import closed
from bot.channels.matrix.transport import MatrixError, Transport
from bot.channels.matrix.unread import GRACE, Unread

logger = logging.getLogger(__name__)
T = TypeVar("T")

_LONGEST_PAUSE = 60.0
_POLL_SECONDS = 30.0
_AGAIN_SECONDS = 60.0
#: What someone on a server that is not allowed reads when the invitation is declined.
OTHER_SERVER = "Ik kom alleen op uitnodiging van mensen op de server van dit overleg. Vraag het secretariaat."


async def persist(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask until it succeeds, after 1, 2, 4 … 60 seconds or as long as the server says. ChannelClosed if the session
    is gone; other refusals are tried again as well, since the operator of the server may mend them."""
    pause = 1.0
    while True:
        try:
            return await ask()
        except MatrixError as error:
            if error.token_gone:
                raise closed(error) from error
            wait = max(pause, error.retry_after or 0)
            logger.warning("Matrix: %s; again in %.0f s", error, wait)
            await asyncio.sleep(wait)
            pause = min(pause * 2, _LONGEST_PAUSE)


class Listener:
    """Follows the rooms from the stored position on."""

    def __init__(
        self,
        name: str,
        transport: Transport,
        book: RoomBook,
        ears: Ears,
        options: MatrixOptions,
        own_keys: Callable[[], Awaitable[None]],
        pace: Pace,
    ) -> None:
        self._name = name
        self._transport = transport
        self._book = book
        self._ears = ears
        self._options = options
        self._own_keys = own_keys
        self._pace = pace
        self._unread = Unread(name, transport, ears)
        self._housekeeping = Housekeeping(name, book, ears)
        self._position: str | None = None
        self._invites: dict[str, Invite] = {}
        self._aliases: dict[str, str] = {}
        self._not_before: dict[str, float] = {}

    async def first(self) -> None:
        """The whole state of all rooms, and what was missed since the stored position. Without one: no history."""
        self._position = await self._ears.position(self._name)
        await persist(self._unread.recall)
        await persist(lambda: self._round(full_state=True))

    async def forever(self) -> None:
        """Hear until cancelled; ChannelClosed when the session is gone."""
        while True:
            await persist(self._round)

    async def _round(self, *, full_state: bool = False) -> None:
        wait = GRACE.total_seconds() / 2 if self._unread.any else _POLL_SECONDS
        batch = await self._transport.sync(self._position, full_state=full_state, wait_seconds=wait)
        heard = await self._heard(batch)
        for left in batch.left:
            logger.info("Matrix: no longer in %s", left.room_id)
            self._book.drop(left.room_id)
            self._transport.drop(left.room_id)
        await self._housekeeping.after(batch)
        await self._answer_invites(batch)
        await self._unread.keep()
        self._pace.heard()
        # After a crash the bot hears its own answers once more, which is nothing: their position waits for the next.
        if heard or (batch.position != self._position and not batch.only_said_by(self._book.me)):
            await self._ears.heard(self._name, heard, batch.position)
        self._position = batch.position
        await self._unread.forget()
        await self._keep_keys()
        if batch.own_keys:
            await self._own_keys()
        if heard and not full_state:
            await self._pace.answered()

    async def _keep_keys(self) -> None:
        try:
            await self._transport.keep_keys()
        except MatrixError as error:
            logger.warning("Matrix: encryption keys were not exchanged: %s", error)

    async def _heard(self, batch: SyncBatch) -> list[Heard]:
        """All events of the batch once, in the order of each room, the rooms woven together by time."""
        timed = await self._in_rooms(batch)
        wishes = [emoji.wish(self._name, person, datetime.now(UTC)) for person in batch.verifying]
        timed += [(wish, wish) for wish in wishes]
        if self._unread.any:
            await self._keep_keys()  # whose device it was
            for room_id, event in await self._unread.readable():
                heard = await self._understand(event, room_id)
                timed += [(heard, heard)] if heard is not None else []
            for room_id, event, session in await self._unread.overdue():
                unreadable = self._unreadable(event, room_id, session)
                timed.append((unreadable, unreadable))
        timed.sort(key=lambda pair: pair[0].at)
        return list({heard.event_id: heard for _, heard in timed}.values())

    def _unreadable(self, event: Event, room_id: str, session: str) -> Heard:
        """That there is something which cannot be read: once for each session, whatever the event."""
        person = self._book.private_with(room_id)
        return unreadable(self._name, event, room_id, session, private=person is not None)

    async def _in_rooms(self, batch: SyncBatch) -> list[tuple[Heard, Heard]]:
        timed: list[tuple[Heard, Heard]] = []
        for joined in batch.joined:
            events = await self._whole(joined)
            room = self._book.take(joined, events)
            await self._learn_aliases(room)
            await self._recall_private(room.room_id)
            latest: Heard | None = None
            for event in after_own_join(events, self._book.me):
                if event.get("type") == "m.room.encrypted" and event.get("sender") != self._book.me:
                    self._unread.add(room.room_id, event)
                heard = await self._understand(event, room.room_id)
                if heard is not None:
                    latest = heard if latest is None or heard.at > latest.at else latest
                    timed.append((latest, heard))
        return timed

    async def _whole(self, joined: JoinedRoom) -> list[Event]:
        if joined.gap_from is None or self._position is None:
            return list(joined.timeline)
        missed = await self._transport.between(joined.room_id, self._position, joined.gap_from)
        known = {event.get("event_id") for event in joined.timeline}
        return [event for event in missed if event.get("event_id") not in known] + list(joined.timeline)

    async def _understand(self, event: Event, room_id: str) -> Heard | None:
        person = self._book.private_with(room_id)
        heard = to_heard(self._name, event, self._book.me, room_id, private=person is not None)
        if heard is not None and heard.kind == "verifies":
            if not emoji.asks(event, self._book.me):
                return None
            await emoji.decline(self._transport, room_id, event, heard.at, datetime.now(UTC))
            return emoji.wish(self._name, heard.sender, heard.at)
        if heard is not None and heard.sender == person and self._book.mark_private(person, room_id):
            await self._ears.remember(self._name, f"dm:{person}", room_id)  # answer where the person writes
        if heard is not None and heard.kind == "file":
            known = await self._ears.knows(self._name, heard.sender)
            return replace(heard, quoted=await calendar_in(self._transport, event)) if known else None
        return await self._with_quote(heard, room_id) if heard is not None else None

    async def _with_quote(self, heard: Heard, room_id: str) -> Heard:
        """With what a person said that a bare command replies to. Without it the bot asks: nothing waits for this."""
        if heard.kind != "message" or heard.target is None or not may_quote(heard.text, heard.target):
            return heard
        try:
            event = await self._transport.event(room_id, heard.target)
        except MatrixError as error:
            if error.token_gone:
                raise
            logger.warning("Matrix: what %s replies to cannot be read: %s", heard.event_id, error)
            return heard
        said = to_heard(self._name, event, self._book.me, room_id, private=False)
        if said is None or said.kind != "message":
            return heard
        return replace(heard, quoted=said.text[:QUOTED_MOST], quoted_sender=said.sender)

    async def _recall_private(self, room_id: str) -> None:
        other = self._book.only_other(room_id)
        if other is not None and not self._book.marked(other):
            remembered = await self._ears.recall(self._name, f"dm:{other}")
            self._book.mark_private(other, remembered or "")

    async def _learn_aliases(self, room: Room) -> None:
        """Tell the ears what a room is called, if the directory agrees: a room may claim any name."""
        for alias in room.aliases:
            if self._aliases.get(alias) == room.room_id or not self._due(f"{alias} {room.room_id}"):
                continue
            try:
                if await self._transport.resolve(alias) != room.room_id:
                    logger.warning("Matrix: %s calls itself %s, but the directory does not", room.room_id, alias)
                    continue
            except MatrixError as error:
                ours = alias.partition(":")[2] == self._book.me.partition(":")[2]
                if error.token_gone or (error.passing and ours):
                    del self._not_before[f"{alias} {room.room_id}"]
                    raise  # our own server will answer in a while; another may stay away for ever
                logger.warning("Matrix: the alias %s of %s is unknown: %s", alias, room.room_id, error)
                continue
            self._aliases[alias] = room.room_id
            await self._ears.remember(self._name, f"alias:{alias}", room.room_id)
            if alias == room.aliases[0]:
                await self._ears.remember(self._name, f"room:{room.room_id}", alias)

    def _due(self, what: str) -> bool:
        """Once in a while for each thing: what failed a moment ago is let be."""
        now = time.monotonic()
        if now < self._not_before.get(what, now):
            return False
        self._not_before[what] = now + _AGAIN_SECONDS
        return True

    async def _answer_invites(self, batch: SyncBatch) -> None:
        """Accept from known people, refuse others; what cannot be settled now is tried after a later sync."""
        for invite in batch.invites:
            self._invites[invite.room_id] = invite
            self._not_before.pop(invite.room_id, None)
        for invite in [invite for invite in self._invites.values() if self._due(invite.room_id)]:
            why_not = await self._ears.may_invite(self._name, invite.inviter, private=invite.direct)
            welcome = self._options.allows(invite.inviter) and why_not is None
            try:
                if welcome:
                    await self._transport.join(invite.room_id)
                    if invite.room_id not in self._book.rooms:
                        self._book.awaited.add(invite.room_id)
                    if invite.direct and self._book.mark_private(invite.inviter, invite.room_id):
                        await self._ears.remember(self._name, f"dm:{invite.inviter}", invite.room_id)
                else:
                    await self._transport.refuse(invite.room_id, why_not or OTHER_SERVER)
            except MatrixError as error:
                if error.token_gone:
                    raise
                logger.warning("Matrix: the invitation to %s is not settled: %s", invite.room_id, error)
                if error.passing:
                    continue
            else:
                logger.info("Matrix: %s the invitation to %s", "accepted" if welcome else "refused", invite.room_id)
            del self._invites[invite.room_id]
