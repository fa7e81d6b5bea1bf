"""Kill -9 at each step on Teams: nothing is lost, one record, and at most one message comes twice, which says so."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import Process
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from sqlmodel import Session, select

from bot.channels.teams.sending import AGAIN
from bot.testing_teams import APP, TENANT, FakeConnector, Json, example_people
from storage import tables
from storage.database import Database
from tests.teams.mortal import STEPS
from tests.teams.office import room, words

pytestmark = [pytest.mark.slow]

ROOT = Path(__file__).parents[2]
START = "2027-01-11T09:00:00+01:00"
LONG = "\n".join(f"!signaal Depot {n} in de regio zit al een jaar helemaal vol" for n in range(8))


class Installation:
    """The bot as an operator has it: a folder with settings, people and a register, on a port of its own."""

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

    async def start(self, *step: str) -> Process:
        """A process of its own, once it listens or has ended."""
        given = (str(self.config), START, self.connector.url, self.connector.bot_token(), *step)
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.teams.mortal", *given, cwd=ROOT, stderr=log, env={**os.environ}
            )
        async with asyncio.timeout(60):
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


async def ended(process: Process) -> int:
    """How the process ended."""
    async with asyncio.timeout(60):
        return await process.wait()


@pytest.mark.parametrize("step", STEPS)
async def test_nothing_is_lost_and_at_most_one_message_comes_twice(
    connector: FakeConnector, tmp_path: Path, step: str
) -> None:
    bot = Installation(tmp_path, connector)
    activities = [
        connector.said(LONG, "uvw.ao.1", room=room("AO")),
        connector.said("!signaal Sloten groeien dicht", "vng.ao.2", room=room("AO")),
    ]
    running = await bot.start(step)
    try:
        told = [await bot.bring(activity) for activity in activities]
        assert await ended(running) == -signal.SIGKILL
        running = await bot.start()
        for activity, arrived in zip(activities, told, strict=True):
            if not arrived:  # the sender got no answer, so it sends it again
                assert await bot.bring(activity)
        assert await bot.bring(connector.said("!signaal Kades zakken weg", "uvw.ao.1", room=room("AO")))
        await connector.message("SIG-2027-010", within=40)
        running.send_signal(signal.SIGTERM)
        assert await ended(running) == 0
    finally:
        if running.returncode is None:
            running.kill()
    said = [words(one) for one in connector.messages]
    again = [text for text in said if text.startswith(AGAIN)]
    once = [text for text in said if text not in again]
    numbers = [sum(f"SIG-2027-{n:03d}," in text for text in said) for n in range(1, 11)]
    assert all(count in (1, 2) for count in numbers)
    assert sum(1 for _ in again) == (1 if step in ("begun", "sent") else 0)
    if step == "sent":
        [twice] = again
        assert twice.removeprefix(f"{AGAIN}\n") in once
    else:
        assert numbers == [1] * 10
    assert "Depot" not in bot.log.read_text("utf-8")
    depots = [f"Depot {n} in de regio zit al een jaar helemaal vol" for n in range(8)]
    assert bot.signals() == sorted([*depots, "Sloten groeien dicht", "Kades zakken weg"])
