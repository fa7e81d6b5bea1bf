"""The whole bot on a real Synapse: its own account, database and configuration, the people of the example year as
clients of their own, and a clock that tests move."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from bot.app import App, channels_of, prepare
from bot.channels.base import Channel
from bot.testing_moved import MovedChannel, MovedClock, all_sent, let_pass
from bot.testing_synapse import example_people
from config.people import EXAMPLE_YEAR
from config.settings import Settings, load_settings
from config.structure import load_structure, shipped_source
from storage import tables
from storage.database import Database
from tests.matrix.ciphered import CipheredPerson
from tests.matrix.reference import ReferencePerson
from tests.matrix.world import World
from tests.synapse import Official, Synapse

Event = dict[str, Any]


class WholeBot:
    """One installation. `person` gives the client of someone of the register, `rooms` the room ids by body."""

    def __init__(self, server: Synapse, directory: Path, start: datetime) -> None:
        self.server = server
        self.directory = directory
        self.mark = server.unused("x")
        self.bot_id, password = server.register(f"overlegbot.{self.mark}")
        self.clock = MovedClock(start)
        self.people: dict[str, Official] = {}
        self.reference_people: dict[str, ReferencePerson] = {}
        self.ciphered_people: dict[str, CipheredPerson] = {}
        self.rooms: dict[str, str] = {}
        self._chats: dict[str, str] = {}
        self.app: App | None = None
        self.config = directory / "overlegbot.toml"
        (directory / "mensen.toml").write_text(example_people(server.server_name, self.mark), "utf-8")
        (directory / "geheim").write_text(password, "utf-8")
        self.config.write_text(
            f'database = "sqlite:///bot.db"\nstructure = "voorbeeldjaar"\npeople = "mensen.toml"\n'
            f'[matrix]\nhomeserver = "{server.url}"\nuser_id = "{self.bot_id}"\npassword_file = "geheim"\n'
            f'store_path = "sleutels"\nencrypt_private = false\n',  # so that plain clients read them
            "utf-8",
        )

    def channels(self, settings: Settings) -> list[Channel]:
        """As `overlegbot run` makes them, in moved time."""
        return [MovedChannel(channel, self.clock) for channel in channels_of(settings)]

    def everyone(self) -> list[str]:
        """The ids of the people who may talk to the bot in private, in the order of the file."""
        return re.findall(r'\[\[person\]\]\nid = "([\w.]+)"', shipped_source(EXAMPLE_YEAR).text)

    def settings(self) -> Settings:
        """As `overlegbot run` reads them."""
        return load_settings(self.config, {})

    def alias(self, body: str) -> str:
        """The name of the body's room in the people file."""
        found = re.search(rf'body = "{body}"\nmatrix = "#([^:]+):', (self.directory / "mensen.toml").read_text("utf-8"))
        assert found is not None
        return found[1]

    async def person(self, id: str) -> Official:
        """The client of this person."""
        if id not in self.people:
            user_id, password = self.server.register(f"{id}.{self.mark}")
            self.people[id] = await Official.log_in(self.server.url, user_id, password)
        return self.people[id]

    async def ciphered(self, id: str) -> CipheredPerson:
        """A device of this person that encrypts, beside the plain client if there is one."""
        if id not in self.ciphered_people:
            name = f"{id}.{self.mark}"
            account = self.server.account(name) if id in self.people else self.server.register(name)
            store = self.directory / f"keys of {id}"
            self.ciphered_people[id] = await CipheredPerson.log_in(self.server.url, *account, store)
        return self.ciphered_people[id]

    async def reference(self, id: str, *, careful: bool = True) -> ReferencePerson:
        """This person with the crypto engine of the reference clients, on a device that they signed themselves."""
        if id not in self.reference_people:
            user_id, password = self.server.register(f"{id}.{self.mark}")
            self.reference_people[id] = await ReferencePerson.log_in(self.server, user_id, password, careful=careful)
        return self.reference_people[id]

    async def open_encrypted_room(self, body: str, *ids: str) -> str:
        """The same, encrypted, of people with the reference client."""
        host, *others = [await self.reference(id) for id in ids]
        invited = [self.bot_id, *(other.user_id for other in others)]
        room = await host.room(*invited, name=body, room_alias_name=self.alias(body))
        for other in others:
            await other.do("join", room=room)
        for person in (host, *others):
            for user_id in (self.bot_id, *(one.user_id for one in (host, *others))):
                await person.do("together", room=room, user=user_id)
        self.rooms[body] = room
        return room

    async def open_room(self, body: str, *ids: str) -> str:
        """The first of these people makes the body's room and invites the others and the bot, which must be running."""
        host, *others = [await self.person(id) for id in ids]
        invited = [self.bot_id, *(other.user_id for other in others)]
        room = await host.create_room(*invited, name=body, room_alias_name=self.alias(body))
        for other in others:
            await other.join(room)
        await host.wait_for(
            lambda e: e["type"] == "m.room.member" and e["state_key"] == self.bot_id and _joined(e), within=30
        )
        self.rooms[body] = room
        return room

    @asynccontextmanager
    async def running(self) -> AsyncIterator[App]:
        """The bot from start to stop; what goes wrong in it fails the test."""
        settings = self.settings()
        structure = load_structure(settings.structure)
        database = Database(settings.database)
        try:
            await asyncio.to_thread(prepare, settings, structure, database, self.clock())
            channels = self.channels(settings)
            app = self.app = App(structure, database, channels, clock=self.clock)
            running = asyncio.ensure_future(app.run())
            ready = asyncio.ensure_future(app.ready.wait())
            try:
                await asyncio.wait([running, ready], return_when=asyncio.FIRST_COMPLETED)
                yield app
            finally:
                ready.cancel()
                app.stop()
                await running
        finally:
            database.close()

    async def until(self, at: datetime) -> None:
        """Let time pass to `at`, from one moment that something falls due to the next; all of it is sent."""
        assert self.app is not None
        await let_pass(self.app, self.clock, at)

    async def all_sent(self) -> None:
        """Wait until the outbox holds nothing more to send."""
        assert self.app is not None
        await all_sent(self.app)

    async def signals(self) -> list[str]:
        """The titles of the signals in the register, in order."""

        def unit(session: Session) -> list[str]:
            table = tables.Signal
            return [row.title for row in session.exec(select(table).order_by(table.id))]

        assert self.app is not None
        return await self.app.database.run(unit)

    async def ask(self, id: str, body: str, text: str, *, to: str | None = None, thread: str | None = None) -> Event:
        """Someone says something in a room and waits for the answer of the bot to just that; gives the answer.

        `to` replies to a message; `thread` speaks in the thread of one.
        """
        person, room = await self.person(id), self.rooms[body]
        if thread:
            event_id = await person.say_in_thread(room, text, thread, reply_to=to)
        else:
            event_id = await (person.reply(room, text, to) if to else person.say(room, text))
        return await self.answer(person, event_id)

    async def answer(self, person: Official, event_id: str, *, within: float = 20) -> Event:
        """The bot's answer to that event."""
        return await person.wait_for(lambda e: e["sender"] == self.bot_id and answered(e) == event_id, within=within)

    async def private(self, id: str, *words: str, within: float = 20) -> Event:
        """The next message of the bot to this person in private with these words; accepts the invitation to it."""
        person = await self.person(id)
        rooms = set(self.rooms.values())

        def wanted(event: Event) -> bool:
            text = str(event.get("content", {}).get("body", ""))
            here = event["sender"] == self.bot_id and event["room_id"] not in rooms
            return event["type"] == "invite" or (here and bool(text) and all(word in text for word in words))

        async with asyncio.timeout(within):
            while (event := await person.wait_for(wanted, within=within))["type"] == "invite":
                await person.join(event["room_id"])
        return event

    async def private_room(self, id: str) -> str:
        """The private chat of this person with the bot; one that the person begins when there is none yet."""
        if id not in self._chats:
            person = await self.person(id)
            joined = (await person.call("GET", "joined_rooms"))["joined_rooms"]
            rooms = [room for room in joined if room not in self.rooms.values()]
            found = [room for room in rooms if set(await person.members(room)) == {person.user_id, self.bot_id}]
            self._chats[id] = found[0] if found else await self._begun(person)
        return self._chats[id]

    async def _begun(self, person: Official) -> str:
        room = await person.create_direct(self.bot_id)
        await person.wait_for(lambda e: e["room_id"] == room and e.get("state_key") == self.bot_id and _joined(e))
        return room

    async def ask_in_private(self, id: str, text: str) -> Event:
        """Someone says something to the bot in private; gives the answer."""
        person, room = await self.person(id), await self.private_room(id)
        return await self.answer(person, await person.say(room, text))

    async def answers(self, id: str, body: str) -> dict[str, list[str]]:
        """All answers of the bot in a room, by the event they answer."""
        person = await self.person(id)
        found: dict[str, list[str]] = {}
        for event in await person.messages(self.rooms[body]):
            if event["sender"] == self.bot_id and (target := answered(event)):
                found.setdefault(target, []).append(event["content"]["body"])
        return found

    async def close(self) -> None:
        """Close the clients of all people."""
        for person in self.people.values():
            await person.close()
        for other in self.reference_people.values():
            await other.close()
        for third in self.ciphered_people.values():
            await third.close()


class Worlds(World):
    """Makes whole bots, and lets the test runner close the clients of their people."""

    def __init__(self, server: Synapse, directory: Path) -> None:
        super().__init__(server, directory)
        self.directory = directory
        self.made: list[WholeBot] = []

    def whole_bot(self, start: datetime) -> WholeBot:
        """A new installation whose clock shows `start`."""
        directory = self.directory / f"bot{len(self.made)}"
        directory.mkdir()
        made = WholeBot(self.server, directory, start)
        self.made.append(made)
        return made

    async def close(self) -> None:
        for made in self.made:
            await made.close()


def answered(event: Event) -> str | None:
    """The event that a message answers."""
    relates = event.get("content", {}).get("m.relates_to", {})
    return str(relates["m.in_reply_to"]["event_id"]) if "m.in_reply_to" in relates else None


def text_of(event: Event) -> str:
    """The plain text of a message."""
    return str(event["content"]["body"])


def _joined(event: Event) -> bool:
    return bool(event["content"].get("membership") == "join")
