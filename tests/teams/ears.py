"""Ears that keep everything in memory, as the store would: the same event id is kept once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.base import Heard, Offered


class ListEars:
    """It outlives a channel, as the database does. `broken` makes so many stores fail."""

    def __init__(self) -> None:
        self.events: dict[str, Heard] = {}
        self.kept: dict[str, str] = {}
        self.there: dict[str, list[str]] = {}
        self.told: list[tuple[str, str, str]] = []
        self.lost: list[bool] = []
        self.broken = 0

    async def heard(self, channel: str, events: Sequence[Heard], position: str | None) -> None:
        if self.broken:
            self.broken -= 1
            raise RuntimeError("the database fell over")
        for event in events:
            self.events.setdefault(event.event_id, event)

    async def position(self, channel: str) -> str | None:
        return None

    async def knows(self, channel: str, chat_id: str) -> bool:
        return True

    async def may_invite(self, channel: str, chat_id: str, *, private: bool) -> str | None:
        return None

    async def present(self, channel: str, room: str, people: Sequence[str]) -> None:
        self.there[room] = list(people)

    async def unlisted(self, channel: str, room: str) -> None:
        self.told.append(("unlisted", room, ""))

    async def voiceless(self, channel: str, *, lost: bool) -> None:
        self.lost.append(lost)

    async def rooms(self, channel: str) -> Sequence[str]:
        return ()

    async def offered(self, channel: str, key: str, name: str, chat_id: str) -> Offered | None:
        return None

    async def say(self, channel: str, chat_id: str, key: str, words: str, kept: str = "") -> None:
        self.kept[key] = kept

    async def sent(self, channel: str, key: str) -> str | None:
        return None

    async def removed(self, channel: str, room: str, by: str, occasion: str) -> None:
        self.told.append(("removed", room, by))

    async def muted(self, channel: str, room: str) -> None:
        self.told.append(("muted", room, ""))

    async def closed(self, channel: str, room: str, new: str) -> None:
        self.told.append(("closed", room, new))

    async def moved(self, channel: str, room: str, new: str) -> None:
        self.told.append(("moved", room, new))

    async def reachable(self, channel: str, chat_id: str) -> None:
        self.told.append(("reachable", chat_id, ""))

    async def recall(self, channel: str, key: str) -> str | None:
        return self.kept.get(key)

    async def remember(self, channel: str, key: str, value: str) -> None:
        self.kept[key] = value

    @property
    def texts(self) -> list[str]:
        """The texts of what was heard."""
        return [event.text for event in self.events.values()]
