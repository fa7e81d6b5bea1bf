"""Where the Matrix demo plays: everybody's account and the rooms of the example year, on a homeserver of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from bot.doors.opening import EXAMPLE_STRUCTURE
from bot.testing_synapse import Account, Homeserver, example_people
from commands.words.people import RoleName
from commands.words.structure import Structure
from config.people import PeopleFile, load_people

BOT = "overlegbot"
_JOIN_SECONDS = 60
_ENCRYPTION = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
_HOSTS = {RoleName.SECRETARY: 0, RoleName.CHAIR: 1}


@dataclass(frozen=True)
class MadeRoom:
    """The room of one body. `host` made it, `members` are the ids of the people in it."""

    body: str
    room_id: str
    encrypted: bool
    host: Account
    members: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """One homeserver with everyone of the example year, all with the same password."""

    server: Homeserver
    people: PeopleFile
    structure: Structure
    password: str

    @asynccontextmanager
    async def opened(self, today: date) -> AsyncIterator[list[MadeRoom]]:
        """A room for each body of the people file, with those who have a role there on that day, and the bot invited.

        Discreet bodies meet behind encryption; the others in the clear, so that whoever logs in later reads what was
        said before. The devices that made the rooms are gone afterwards.
        """
        accounts: dict[str, Account] = {}
        try:
            rooms = []
            for room in self.people.rooms:
                members = self._members(room.body, today)
                for id in members:
                    if id not in accounts:
                        accounts[id] = await Account.log_in(self.server.url, self._id(id), self.password)
                alias = (room.matrix or "").removeprefix("#").partition(":")[0]
                rooms.append(await self._open(room.body, alias, members, [accounts[id] for id in members]))
            yield rooms
        finally:
            for account in accounts.values():
                await account.call("POST", "logout", {})
                await account.close()

    async def _open(self, body: str, alias: str, members: Sequence[str], accounts: Sequence[Account]) -> MadeRoom:
        host, *others = accounts
        found = self.structure.body(body)
        encrypted = found is not None and found.discreet
        room_id = await host.create_room(
            *(one.user_id for one in others),
            self._id(BOT),
            name=body,
            room_alias_name=alias,
            initial_state=[_ENCRYPTION] if encrypted else [],
        )
        for one in others:
            await one.join(room_id)
        return MadeRoom(body, room_id, encrypted, host, tuple(members))

    async def until_the_bot_is_in(self, rooms: Sequence[MadeRoom]) -> None:
        """Wait until the bot has accepted each invitation. TimeoutError when it does not."""
        async with asyncio.timeout(_JOIN_SECONDS):
            for room in rooms:
                path = f"rooms/{quote(room.room_id)}/state/m.room.member/{quote(self._id(BOT))}"
                while (await room.host.call("GET", path))["membership"] != "join":
                    await asyncio.sleep(0.1)

    def _members(self, body: str, today: date) -> list[str]:
        """Who has a role there, the secretary first, or else the chair."""
        held = [role for role in self.people.roles if role.body == body and role.active_on(today)]
        return list(dict.fromkeys(role.person for role in sorted(held, key=lambda role: _HOSTS.get(role.role, 2))))

    def _id(self, name: str) -> str:
        return f"@{name}:{self.server.server_name}"


def furnished(server: Homeserver, folder: Path, structure: Structure, password: str) -> tuple[Place, Path]:
    """Accounts for everybody and the bot, and the configuration of the bot in that folder. Blocks."""
    file = folder / "mensen.toml"
    file.write_text(example_people(server.server_name), "utf-8")
    people = load_people(file, structure)
    user_id, _ = server.register(BOT, password)
    for person in people.people:
        server.register(person.id, password)
    (folder / "matrix-password").write_text(password, "utf-8")
    configuration = folder / "overlegbot.toml"
    configuration.write_text(
        f'database = "sqlite:///register.db"\nstructure = "{EXAMPLE_STRUCTURE}"\npeople = "mensen.toml"\n'
        f'log_level = "error"\n\n[matrix]\nhomeserver = "{server.url}"\nuser_id = "{user_id}"\n'
        'password_file = "matrix-password"\nstore_path = "matrix-store"\n',
        "utf-8",
    )
    return Place(server, people, structure, password), configuration
