"""What channels may ask of the bot, answered from the database. Every call is its own short transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.channels.base import Heard
from bot.house import House
from commands.rules.roles import in_office
from commands.words.calendar import AMSTERDAM
from storage import inbox
from storage.database import Database
from storage.store import SqlStore


class DatabaseEars:
    """Ears that store first and handle later; `news` is called whenever something new is in the inbox."""

    def __init__(
        self, database: Database, house: House, clock: Callable[[], datetime], news: Callable[[], None]
    ) -> None:
        self._database = database
        self._house = house
        self._clock = clock
        self._news = news

    async def heard(self, channel: str, events: Sequence[Heard], position: str | None) -> None:
        """Store the events and the position after them in one transaction, then wake whoever handles them."""
        if await self._database.run(lambda session: self._house.receive(session, channel, events, position)):
            self._news()

    async def position(self, channel: str) -> str | None:
        """Where the channel was when it last stored something; None on the very first start."""
        return await self.recall(channel, inbox.POSITION)

    async def knows(self, channel: str, chat_id: str) -> bool:
        """Whether someone of the register who is active today has this chat id."""
        today = self._clock().astimezone(AMSTERDAM).date()

        def unit(session: Session) -> bool:
            store = SqlStore(session)
            person = store.person_on(channel, chat_id)
            return person is not None and in_office(person, store.roles(person=person.id, on=None), today)

        return await self._database.run(unit)

    async def recall(self, channel: str, key: str) -> str | None:
        """A value the channel stored with `remember`."""
        return await self._database.run(lambda session: inbox.recall(session, channel, key))

    async def remember(self, channel: str, key: str, value: str) -> None:
        """Keep a small value for the channel, over restarts."""
        await self._database.run(lambda session: inbox.remember(session, channel, key, value))
