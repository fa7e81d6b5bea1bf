"""A clock that tests and demo move, a channel whose server lives in the same moved time, and time that passes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot import scheduler
from bot.app import App
from bot.channels.base import Channel, Ears, Heard, Offered, Parcel, Rendered
from commands.kit.reply import Message
from storage import outbox


class MovedClock:
    """Runs as the real one does, from another moment on."""

    def __init__(self, start: datetime) -> None:
        self.offset = timedelta(0)
        self.set(start)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def set(self, at: datetime) -> None:
        """It is `at` now."""
        self.offset = at - datetime.now(UTC)


class MovedEars:
    """Ears that hear events at the moved time: the server's own clock cannot be moved."""

    def __init__(self, ears: Ears, clock: MovedClock) -> None:
        self._ears = ears
        self._clock = clock

    async def heard(self, channel: str, events: Sequence[Heard], position: str | None) -> None:
        moved = [replace(event, at=event.at + self._clock.offset) for event in events]
        await self._ears.heard(channel, moved, position)

    async def position(self, channel: str) -> str | None:
        return await self._ears.position(channel)

    async def knows(self, channel: str, chat_id: str) -> bool:
        return await self._ears.knows(channel, chat_id)

    async def may_invite(self, channel: str, chat_id: str, *, private: bool) -> str | None:
        return await self._ears.may_invite(channel, chat_id, private=private)

    async def present(self, channel: str, room: str, people: Sequence[str]) -> None:
        await self._ears.present(channel, room, people)

    async def unlisted(self, channel: str, room: str) -> None:
        await self._ears.unlisted(channel, room)

    async def voiceless(self, channel: str, *, lost: bool) -> None:
        await self._ears.voiceless(channel, lost=lost)

    async def rooms(self, channel: str) -> Sequence[str]:
        return await self._ears.rooms(channel)

    async def offered(self, channel: str, key: str, name: str, chat_id: str) -> Offered | None:
        return await self._ears.offered(channel, key, name, chat_id)

    async def say(self, channel: str, chat_id: str, key: str, words: str, kept: str = "") -> None:
        await self._ears.say(channel, chat_id, key, words, kept)

    async def sent(self, channel: str, key: str) -> str | None:
        return await self._ears.sent(channel, key)

    async def removed(self, channel: str, room: str, by: str, occasion: str) -> None:
        await self._ears.removed(channel, room, by, occasion)

    async def muted(self, channel: str, room: str) -> None:
        await self._ears.muted(channel, room)

    async def closed(self, channel: str, room: str, new: str) -> None:
        await self._ears.closed(channel, room, new)

    async def moved(self, channel: str, room: str, new: str) -> None:
        await self._ears.moved(channel, room, new)

    async def reachable(self, channel: str, chat_id: str) -> None:
        await self._ears.reachable(channel, chat_id)

    async def recall(self, channel: str, key: str) -> str | None:
        return await self._ears.recall(channel, key)

    async def remember(self, channel: str, key: str, value: str) -> None:
        await self._ears.remember(channel, key, value)


class MovedChannel:
    """A channel in moved time; everything else is the channel itself."""

    def __init__(self, channel: Channel, clock: MovedClock) -> None:
        self._channel = channel
        self._clock = clock

    @property
    def name(self) -> str:
        return self._channel.name

    @property
    def same_key_once(self) -> bool:
        return self._channel.same_key_once

    async def start(self, ears: Ears) -> None:
        await self._channel.start(MovedEars(ears, self._clock))

    async def listen(self) -> None:
        await self._channel.listen()

    def render(self, message: Message, addresses: Mapping[str, str]) -> Sequence[Rendered]:
        return self._channel.render(message, addresses)

    async def send(self, parcel: Parcel) -> str:
        return await self._channel.send(parcel)

    async def stop(self) -> None:
        await self._channel.stop()


async def let_pass(app: App, clock: MovedClock, at: datetime) -> None:
    """Let time pass to `at`, from one moment that something falls due to the next; all of it is sent that can be.

    What a room or server does not take now is tried again at each of those moments, and holds up no time.
    """
    while (due := await app.database.run(scheduler.next_due)) is not None and due <= at:
        clock.set(max(due, clock()))
        await app.ticker.tick()
        await _tried(app, clock)
    clock.set(max(at, clock()))
    app.poster.wake()
    await _tried(app, clock)
    await app.ticker.arm()


async def _tried(app: App, clock: MovedClock) -> None:
    """Wait until everything was sent or put off."""
    while await app.database.run(lambda session: outbox.heads(session, clock(), limit=1)):
        await asyncio.sleep(0.02)


async def all_sent(app: App) -> None:
    """Wait until the outbox holds nothing more to send."""
    while (await app.database.run(outbox.counts))[0]:
        await asyncio.sleep(0.02)
