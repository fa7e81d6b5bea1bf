"""The bot as an operator has it: a folder with settings, people and a register, and a process of its own."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from asyncio.subprocess import Process
from contextlib import closing
from pathlib import Path

import httpx
from sqlmodel import Session, select

from bot.testing_teams import APP, TENANT, FakeConnector, Json, example_people
from storage import tables
from storage.database import Database

ROOT = Path(__file__).parents[2]
START = "2027-01-11T09:00:00+01:00"


class Installation:
    """One folder, with a port of its own."""

    def __init__(self, directory: Path, connector: FakeConnector) -> None:
        self.connector = connector
        self.config = directory / "overlegbot.toml"
        self.log = directory / "log"
        self.database = f"sqlite:///{directory / 'bot.db'}"
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        (directory / "mensen.toml").write_text(example_people(), "utf-8")
        self.config.write_text(
            f'database = "{self.database}"\nstructure = "voorbeeldjaar"\npeople = "mensen.toml"\n'
            f'[teams]\napp_id = "{APP}"\ntenant_id = "{TENANT}"\nsecret = "niet gebruikt"\nport = {self.port}\n',
            "utf-8",
        )

    async def start(self, *step: str, token: str = "") -> Process:
        """A process of its own, once it listens or has ended."""
        given = (str(self.config), START, self.connector.url, token or self.connector.bot_token(), *step)
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.teams.mortal", *given, cwd=ROOT, stderr=log, env={**os.environ}
            )
        async with asyncio.timeout(120):
            while process.returncode is None and not await self.listens():
                await asyncio.sleep(0.05)
        return process

    async def listens(self) -> bool:
        """Whether someone answers on the port."""
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        return True

    async def bring(self, activity: Json) -> bool:
        """Whether Teams got an answer that it arrived."""
        try:
            return (await self.connector.bring(self.port, activity)).status_code == 200
        except httpx.TransportError:
            return False

    def signals(self) -> list[str]:
        """The titles of the signals, read while nobody runs."""
        with closing(Database(self.database)) as database:

            def unit(session: Session) -> list[str]:
                return sorted(row.title for row in session.exec(select(tables.Signal)))

            return database.work(unit)
