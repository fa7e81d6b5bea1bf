"""A bot account, the people around it and ears that keep lists."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.channels.base import Heard, Offered, Parcel, Rendered
from bot.channels.matrix import MatrixChannel, MatrixOptions
from tests.matrix.reference import ReferencePerson
from tests.synapse import Official, Synapse


class ListEars:
    """Ears that keep everything in memory, as the store would: the same event id is kept once.

    It outlives a channel, as the database does. `calls` are the stored batches with their position.
    """

    def __init__(self, *known: str) -> None:
        self.known = set(known)
        self.events: dict[str, Heard] = {}
        self.calls: list[tuple[int, str | None]] = []
        self.stored: str | None = None
        self.kept: dict[str, str] = {}
        self.broken = 0
        self.there: dict[str, list[str]] = {}
        self.rooms_told: list[tuple[str, str, str]] = []
        self._news = asyncio.Condition()

    async def heard(self, channel: str, events: Sequence[Heard], position: str | None) -> None:
        if self.broken:
            self.broken -= 1
            raise RuntimeError("the database fell over")
        for event in events:
            self.events.setdefault(event.event_id, event)
        self.calls.append((len(events), position))
        self.stored = position
        async with self._news:
            self._news.notify_all()

    async def position(self, channel: str) -> str | None:
        return self.stored

    async def knows(self, channel: str, chat_id: str) -> bool:
        return chat_id in self.known

    async def may_invite(self, channel: str, chat_id: str, *, private: bool) -> str | None:
        return None if chat_id in self.known else "Ik ken je niet."

    async def present(self, channel: str, room: str, people: Sequence[str]) -> None:
        self.there[room] = list(people)

    async def unlisted(self, channel: str, room: str) -> None:
        self.rooms_told.append(("unlisted", room, ""))

    async def voiceless(self, channel: str, *, lost: bool) -> None:
        self.rooms_told.append(("voiceless", channel, str(lost)))

    async def rooms(self, channel: str) -> Sequence[str]:
        return ()

    async def offered(self, channel: str, key: str, name: str, chat_id: str) -> Offered | None:
        return None

    async def say(self, channel: str, chat_id: str, key: str, words: str, kept: str = "") -> None:
        self.kept[key] = kept

    async def sent(self, channel: str, key: str) -> str | None:
        return None

    async def removed(self, channel: str, room: str, by: str, occasion: str) -> None:
        self.rooms_told.append(("removed", room, by))

    async def muted(self, channel: str, room: str) -> None:
        self.rooms_told.append(("muted", room, ""))

    async def closed(self, channel: str, room: str, new: str) -> None:
        self.rooms_told.append(("closed", room, new))

    async def moved(self, channel: str, room: str, new: str) -> None:
        self.rooms_told.append(("moved", room, new))

    async def reachable(self, channel: str, chat_id: str) -> None:
        self.rooms_told.append(("reachable", chat_id, ""))

    async def recall(self, channel: str, key: str) -> str | None:
        return self.kept.get(key)

    async def remember(self, channel: str, key: str, value: str) -> None:
        self.kept[key] = value

    @property
    def texts(self) -> list[str]:
        return [event.text for event in self.events.values()]

    async def wait_for(self, event_id: str, within: float = 20) -> Heard:
        """The event, once it is stored."""
        await self.until(lambda: event_id in self.events, within)
        return self.events[event_id]

    async def until(self, done: Callable[[], bool], within: float = 20) -> None:
        """Wait until something holds, looked at after every stored batch."""
        async with asyncio.timeout(within), self._news:
            await self._news.wait_for(done)


class World:
    """A bot account on the server and the people around it; a new world for each test."""

    def __init__(self, server: Synapse, directory: Path) -> None:
        self.server = server
        self.bot_id, self.password = server.register(server.unused("bot"))
        self.store = directory / "matrix"
        self.ears = ListEars()
        self.people: list[Official] = []
        self.reference_people: list[ReferencePerson] = []
        self.running_channel: MatrixChannel | None = None

    async def official(self, name: str = "ambtenaar", *, known: bool = True) -> Official:
        person = await self.server.official(name)
        self.people.append(person)
        if known:
            self.ears.known.add(person.user_id)
        return person

    async def reference(self, name: str = "ambtenaar", *, sign: bool = True, careful: bool = False) -> ReferencePerson:
        """A new person with the crypto engine of the reference clients."""
        user_id, password = self.server.register(self.server.unused(name))
        self.ears.known.add(user_id)
        return await self.device_of(user_id, password, sign=sign, careful=careful)

    async def device_of(
        self, user_id: str, password: str, *, sign: bool = False, careful: bool = False
    ) -> ReferencePerson:
        """Another device of somebody."""
        person = await ReferencePerson.log_in(self.server, user_id, password, sign=sign, careful=careful)
        self.reference_people.append(person)
        return person

    async def reader(self, person: ReferencePerson) -> Official:
        """The same person with a client that can neither read nor write what is encrypted."""
        official = await Official.log_in(self.server.url, person.user_id, person.password)
        self.people.append(official)
        return official

    async def close(self) -> None:
        """Close the clients of all people."""
        for person in self.people:
            await person.close()
        for other in self.reference_people:
            await other.close()

    def channel(
        self, *, url: str | None = None, password: bool = True, own_key: bool = True, encrypt_private: bool = False
    ) -> MatrixChannel:
        """A new bot process, as it were: same account and directory. Its private chats can be read by plain clients."""
        return MatrixChannel(
            MatrixOptions(
                homeserver=url or self.server.url,
                user_id=self.bot_id,
                password=self.password if password else None,
                store_path=self.store,
                pickle_key="alleen voor tests" if own_key else None,
                encrypt_private=encrypt_private,
            )
        )

    def parcel(self, key: str, room: str, text: str, **more: Any) -> Parcel:
        """A part to send; `more` as in Parcel."""
        return Parcel(key, room, more.pop("private", False), Rendered(text, f"<p>{text}</p>"), **more)

    @asynccontextmanager
    async def running(self, channel: MatrixChannel | None = None) -> AsyncIterator[MatrixChannel]:
        """The channel started and listening; what goes wrong in listening fails the test."""
        channel = channel or self.channel()
        await channel.start(self.ears)
        self.running_channel = channel
        listening = asyncio.ensure_future(channel.listen())
        try:
            yield channel
            if listening.done():
                listening.result()
        finally:
            listening.cancel()
            await asyncio.wait([listening])
            await channel.stop()

    async def room(self, *people: Official, **settings: object) -> str:
        """A room of the first person with the bot and the others in it. The bot must be running."""
        host, *others = people
        room = await host.create_room(self.bot_id, *(other.user_id for other in others), **settings)
        for other in others:
            await other.join(room)
        await self.entered(room)
        return room

    async def encrypted_room(self, host: ReferencePerson, *others: ReferencePerson, **settings: Any) -> str:
        """An encrypted room of the first person with the bot and the others in it, known to all. The bot must run."""
        room = await host.room(self.bot_id, *(other.user_id for other in others), name="AO", **settings)
        for other in others:
            await other.do("join", room=room)
        await self.entered(room)
        for person in (host, *others):
            for member in (self.bot_id, *(one.user_id for one in (host, *others))):
                await person.do("together", room=room, user=member)
        return room

    async def entered(self, room: str) -> None:
        """Wait until the bot has seen the room from within."""
        channel = self.running_channel
        assert channel is not None
        await self.ears.until(lambda: room in channel._book.rooms)
