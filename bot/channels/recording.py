"""A channel that keeps what is sent, for tests and dry runs. Ships with the product."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.channels.base import Ears, Heard, Parcel, Rendered
from bot.renderers.plain import plain
from bot.renderers.split import split
from commands.kit.reply import Message


@dataclass(frozen=True)
class Kept:
    """One part as it arrived, under the event id it got."""

    event_id: str
    parcel: Parcel


class RecordingChannel:
    """Idempotent as Matrix is: the same key again gives the same event id and is kept once.

    `longest` is how many characters fit one part. `fail` lets the next sends, everywhere or to one room, raise.
    """

    same_key_once = True

    def __init__(self, name: str = "console", *, longest: int = 10_000) -> None:
        self._name = name
        self._longest = longest
        self._ears: Ears | None = None
        self._failures: list[tuple[str | None, Exception]] = []
        self.sent: list[Kept] = []
        self.tried: list[str] = []
        self._awaited: list[asyncio.Future[None]] = []

    @property
    def name(self) -> str:
        """How inbox, outbox and rooms name it."""
        return self._name

    @property
    def texts(self) -> list[str]:
        """What was sent, in order."""
        return [kept.parcel.rendered.text for kept in self.sent]

    async def arrived(self, count: int) -> list[str]:
        """The texts, once so many parts were sent."""
        while len(self.sent) < count:
            news = asyncio.get_running_loop().create_future()
            self._awaited.append(news)
            await news
        return self.texts

    def fail(self, error: Exception, times: int = 1, *, room: str | None = None) -> None:
        """Raise this at the next sends (to that room)."""
        self._failures += [(room, error)] * times

    async def start(self, ears: Ears) -> None:
        """Ready at once."""
        self._ears = ears

    async def listen(self) -> None:
        """Nothing is heard but through `hear`."""
        await asyncio.Event().wait()

    async def hear(self, *events: Heard) -> None:
        """As if these were said."""
        if self._ears is None:
            raise RuntimeError("start the channel first")
        await self._ears.heard(self._name, events, None)

    def render(self, message: Message, addresses: Mapping[str, str]) -> Sequence[Rendered]:
        """Plain text, in parts."""
        return [Rendered(plain(part)) for part in split(message, lambda part: len(plain(part)) <= self._longest)]

    async def send(self, parcel: Parcel) -> str:
        """Keep it, unless told to fail."""
        self.tried.append(parcel.key)
        for number, (room, error) in enumerate(self._failures):
            if room in (None, parcel.room):
                del self._failures[number]
                raise error
        known = next((kept for kept in self.sent if kept.parcel.key == parcel.key), None)
        if known is None:
            known = Kept(f"${len(self.sent) + 1}", parcel)
            self.sent.append(known)
            self._tell()
        return known.event_id

    def _tell(self) -> None:
        awaited, self._awaited = self._awaited, []
        for news in awaited:
            if not news.done():
                news.set_result(None)

    async def stop(self) -> None:
        """Nothing to close."""
