"""The whole bot on Teams: people speak through the edge, and what the bot says is read at the connector."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from html import unescape
from typing import Any

from sqlmodel import Session, select

from bot.app import App
from bot.channels.base import Channel
from bot.channels.teams import TeamsChannel
from bot.channels.teams.pace import Pace
from bot.channels.teams.secret import Patience
from bot.seed import import_people, know_bodies
from bot.testing_teams import FakeConnector, Sent, entra
from bot.testing_teams import channel_of as room
from commands.words.people import Room
from commands.words.structure import Structure
from config.people import PeopleFile
from storage import outbox, tables
from storage.database import Database, build
from tests.conftest import at

__all__ = ["MORNING", "Office", "on_teams", "quick", "room", "words"]

MORNING = at("2027-01-11 09:00")


def on_teams(people: PeopleFile, *, matrix: bool = False) -> PeopleFile:
    """Everyone and every room on Teams; with `matrix` there as well."""
    everyone = tuple(
        replace(one, teams=entra(one.id), matrix=f"@{one.id}:overleg.example" if matrix else None)
        for one in people.people
    )
    rooms = tuple(Room(one.body, one.matrix if matrix else None, room(one.body)) for one in people.rooms)
    return replace(people, people=everyone, rooms=rooms)


def words(sent: Sent) -> str:
    """What people read of a message."""
    text = re.sub(r"</(?:p|li|h3|h4)>|<br>", "\n", sent.text)
    return unescape(re.sub(r"<[^>]+>", "", text)).strip()


class Office:
    """One installation on a clock that stands still; `running` starts it."""

    def __init__(
        self, connector: FakeConnector, structure: Structure, people: PeopleFile, database: Database, **more: Any
    ) -> None:
        self.connector = connector
        self.structure = structure
        self.database = database
        self.now: datetime = MORNING
        self.more = more
        self.restart()
        self.others: Sequence[Channel] = ()
        self.app: App | None = None
        build(database)
        database.work(lambda session: know_bodies(session, structure))
        self.people(on_teams(people))

    def restart(self) -> None:
        """What runs next is a new process: only the register is the same."""
        patience = Patience(lambda: self.now.timestamp())
        self.channel = TeamsChannel(self.connector.options(), patience=patience, **self.more)

    def people(self, people: PeopleFile) -> None:
        """Bring these into the register."""
        self.database.work(lambda session: import_people(session, self.structure, people, self.now))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[App]:
        """The bot from start to stop."""
        channels = [*self.others, self.channel]
        self.app = app = App(self.structure, self.database, channels, clock=lambda: self.now)
        running = asyncio.ensure_future(app.run())
        ready = asyncio.ensure_future(app.ready.wait())
        try:
            await asyncio.wait([running, ready], return_when=asyncio.FIRST_COMPLETED)
            yield app
        finally:
            ready.cancel()
            app.stop()
            await running

    async def say(self, by: str, text: str, body: str = "", **more: Any) -> dict[str, Any]:
        """Someone says something, in the channel of a body or in private; returns the activity."""
        activity = self.connector.said(text, by, room=room(body) if body else "", **more)
        await self.bring(activity)
        return activity

    async def installed(self, by: str, *, action: str = "add") -> None:
        """Someone adds the bot to their apps, or takes it out."""
        there = self.connector.about(by, f"a:{entra(by)}", private=True)
        await self.bring({**there, "type": "installationUpdate", "action": action, "id": f"f:{by}{action}"})

    async def changed(self, body: str) -> None:
        """Someone came into the channel of a body or left it."""
        there = self.connector.about("rijk.ao.0", room(body))
        await self.bring({**there, "type": "conversationUpdate", "membersAdded": [{"id": "29:iemand"}], "id": "f:1"})

    async def bring(self, activity: dict[str, Any]) -> None:
        """Teams sends this."""
        answer = await self.connector.bring(self.channel.port, activity)
        assert answer.status_code == 200, answer.status_code

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until this is so."""
        async with asyncio.timeout(15):
            while not holds():
                await asyncio.sleep(0.02)

    async def ask(self, by: str, text: str, body: str = "", **more: Any) -> Sent:
        """The same, and the first message that the bot sends after it."""
        before = len(self.connector.messages)
        await self.say(by, text, body, **more)
        return await self.next(before)

    async def press(self, card: Sent, title: str, by: str, **filled: str) -> str:
        """Someone presses a button; returns what Teams shows beside it, once all that came of it was sent."""
        answer = await self.connector.bring(self.channel.port, self.connector.pressed(card, title, by, **filled))
        assert answer.status_code == 200, answer.status_code
        await self.all_sent()
        return str(answer.json()["value"])

    async def moment(self) -> None:
        """Let the bot get on."""
        await asyncio.sleep(0.02)

    async def next(self, before: int) -> Sent:
        """The first message after so many."""
        async with asyncio.timeout(15):
            while len(self.connector.messages) <= before:
                await asyncio.sleep(0.02)
        return self.connector.messages[before]

    async def all_sent(self) -> None:
        """Wait until nobody is looked up, and nothing is to be handled or to be sent."""
        app = self.app
        assert app is not None

        def idle(session: Session) -> bool:
            new = session.exec(select(tables.Inbox.id).where(tables.Inbox.state == tables.InboxState.NEW)).first()
            return new is None and not outbox.counts(session)[0]

        async with asyncio.timeout(15):
            while self.channel._looking or not await app.database.run(idle):
                await asyncio.sleep(0.02)

    async def postponed(self) -> None:
        """Wait until a message waits for another try, and let the clock go on to that moment."""
        app = self.app
        assert app is not None
        async with asyncio.timeout(15):
            while (at := await app.database.run(outbox.next_try)) is None or at <= self.now:
                await asyncio.sleep(0.02)
        self.now = at
        app.poster.wake()

    def heard(self) -> list[tables.Inbox]:
        """Everything in the inbox."""

        def unit(session: Session) -> list[tables.Inbox]:
            rows = list(session.exec(select(tables.Inbox).order_by(tables.Inbox.id)))  # type: ignore[arg-type]
            session.expunge_all()
            return rows

        return self.database.work(unit)


def quick() -> Pace:
    """A pace whose clock never lets anyone wait."""
    ticks = iter(range(0, 10**9, 10**6))
    return Pace(lambda: float(next(ticks)))
