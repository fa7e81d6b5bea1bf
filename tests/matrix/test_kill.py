"""Kill -9 at each step between hearing and saying: every command is answered once, the register holds one record."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import Process
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import Session, select

from storage import tables
from storage.database import Database
from tests.conftest import at
from tests.matrix.mortal import STEPS
from tests.matrix.proxy import Trouble, proxy
from tests.matrix.whole_bot import WholeBot, Worlds, answered

pytestmark = [pytest.mark.synapse, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
START = "2027-01-11T09:00:00+01:00"
#: One message with so many commands that its answer takes more than one part.
LONG = "\n".join(f"!signaal Depot {n} in de regio zit al een jaar helemaal vol" for n in range(8))
SHORT = ("!signaal Sloten groeien dicht", "!signaal Wegen verzakken")


async def start(bot: WholeBot, *step: str) -> Process:
    """The bot in a process of its own."""
    command = (sys.executable, "-m", "tests.matrix.mortal", str(bot.config), START, *step)
    log = (bot.directory / "log").open("ab")
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, stderr=log, env={**os.environ})


async def ended(process: Process) -> int:
    """How the process ended."""
    async with asyncio.timeout(40):
        return await process.wait()


async def answered_to(bot: WholeBot, text: str) -> None:
    """Say something and wait for the last part of the answer: everything before it was answered by then."""
    person = await bot.person("uvw.ao.1")
    event_id = await person.say(bot.rooms["AO"], text)
    await bot.answer(person, event_id, within=40)


def last_line(bot: WholeBot) -> str:
    """What the process said last on standard error."""
    return (bot.directory / "log").read_text("utf-8").splitlines()[-1]


def session(bot: WholeBot) -> dict[str, str]:
    """The session as it is kept."""
    return dict(json.loads((bot.directory / "sleutels" / "session.json").read_text("utf-8")))


def register(bot: WholeBot) -> list[str]:
    """The titles of the signals, read while nobody runs."""
    with closing(Database(bot.settings().database)) as database:

        def unit(session: Session) -> list[str]:
            return sorted(row.title for row in session.exec(select(tables.Signal)))

        return database.work(unit)


@pytest.mark.parametrize("step", STEPS)
async def test_nothing_is_lost_or_doubled_by_a_kill(worlds: Worlds, step: str) -> None:
    bot = worlds.whole_bot(at("2027-01-11 09:00"))
    running = await start(bot)
    try:
        room = await bot.open_room("AO", "rijk.secr.1", "uvw.ao.1", "vng.ao.2")
        running.send_signal(signal.SIGTERM)
        assert await ended(running) == 0
        people = [await bot.person("uvw.ao.1"), await bot.person("vng.ao.2")]
        long = await people[0].say(room, LONG)
        short = [await person.say(room, text) for person, text in zip(people, SHORT, strict=True)]
        running = await start(bot, step)
        assert await ended(running) == -signal.SIGKILL
        running = await start(bot)
        await answered_to(bot, "!signaal Kades zakken weg")
        running.send_signal(signal.SIGTERM)
        assert await ended(running) == 0
    finally:
        if running.returncode is None:
            running.kill()
    said = [e for e in await people[0].messages(room) if e["sender"] == bot.bot_id and answered(e)]
    whole = "\n".join(e["content"]["body"] for e in said if answered(e) == long)
    parts = [e for e in said if answered(e) == long]
    assert len(parts) > 1
    assert [whole.count(f"SIG-2027-{n:03d},") for n in range(1, 9)] == [1] * 8
    assert [sum(answered(e) == event_id for e in said) for event_id in short] == [1, 1]
    assert "Depot" not in (bot.directory / "log").read_text("utf-8")
    depots = [f"Depot {n} in de regio zit al een jaar helemaal vol" for n in range(8)]
    assert register(bot) == sorted([*depots, "Sloten groeien dicht", "Wegen verzakken", "Kades zakken weg"])


async def test_a_second_process_on_the_same_database_is_refused(worlds: Worlds) -> None:
    bot = worlds.whole_bot(at("2027-01-11 09:00"))
    running = await start(bot)
    try:
        await bot.open_room("AO", "rijk.secr.1", "uvw.ao.1")
        program = str(Path(sys.executable).with_name("overlegbot"))
        command = (program, "--config", str(bot.config), "run")
        second = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
        _, said = await second.communicate()
        assert second.returncode == 3
        assert said.decode().splitlines()[-1].startswith("overlegbot: another overlegbot is running on ")
        await answered_to(bot, "!signaal Kades zakken weg")
    finally:
        running.terminate()
        assert await ended(running) == 0


async def test_a_password_that_the_server_refuses_ends_it_with_one_line(worlds: Worlds) -> None:
    bot = worlds.whole_bot(at("2027-01-11 09:00"))
    (bot.directory / "geheim").write_text("niet het wachtwoord", "utf-8")
    running = await start(bot)
    assert await ended(running) == 78
    assert last_line(bot).startswith("overlegbot: the homeserver refuses the login of ")


async def test_a_session_that_is_revoked_ends_it_with_the_code_for_the_operator(worlds: Worlds) -> None:
    bot = worlds.whole_bot(at("2027-01-11 09:00"))
    running = await start(bot)
    try:
        await bot.open_room("AO", "rijk.secr.1", "uvw.ao.1")
        session = json.loads((bot.directory / "sleutels" / "session.json").read_text("utf-8"))
        person = await bot.person("uvw.ao.1")
        await person.call_as(session["access_token"], "POST", "logout", {})
        assert await ended(running) == 78
        assert last_line(bot).startswith("overlegbot: the homeserver no longer accepts the session of the bot")
    finally:
        if running.returncode is None:
            running.kill()


async def test_a_session_that_only_ended_goes_on_as_the_same_device_at_the_next_start(worlds: Worlds) -> None:
    async with proxy(worlds.server.url) as between:
        bot = worlds.whole_bot(at("2027-01-11 09:00"))
        bot.config.write_text(bot.config.read_text("utf-8").replace(worlds.server.url, between.url), "utf-8")
        running = await start(bot)
        try:
            await bot.open_room("AO", "rijk.secr.1", "uvw.ao.1")
            await answered_to(bot, "!signaal Kades zakken weg")
            device = session(bot)["device_id"]
            soft = {"errcode": "M_UNKNOWN_TOKEN", "error": "Token expired", "soft_logout": True}
            between.troubles.append(Trouble("/send/", 401, soft))
            person = await bot.person("uvw.ao.1")
            waits = await person.say(bot.rooms["AO"], "!signaal Sloten groeien dicht")
            assert await ended(running) == 75
            assert last_line(bot).startswith("overlegbot: the session of the bot has ended on the homeserver")
            assert session(bot) == {"user_id": bot.bot_id, "device_id": device, "access_token": ""}
            running = await start(bot)
            await bot.answer(person, waits, within=40)
            assert session(bot)["device_id"] == device
            assert session(bot)["access_token"]
            await answered_to(bot, "!signaal Wegen verzakken")
            running.send_signal(signal.SIGTERM)
            assert await ended(running) == 0
        finally:
            if running.returncode is None:
                running.kill()
        assert register(bot) == ["Kades zakken weg", "Sloten groeien dicht", "Wegen verzakken"]
        said = [e for e in await person.messages(bot.rooms["AO"]) if e["sender"] == bot.bot_id and answered(e)]
        assert [answered(event) for event in said].count(waits) == 1


async def test_a_session_that_only_ended_is_for_the_operator_when_there_is_no_password(worlds: Worlds) -> None:
    async with proxy(worlds.server.url) as between:
        bot = worlds.whole_bot(at("2027-01-11 09:00"))
        text = bot.config.read_text("utf-8").replace(worlds.server.url, between.url)
        bot.config.write_text(text, "utf-8")
        running = await start(bot)
        await bot.open_room("AO", "rijk.secr.1", "uvw.ao.1")
        running.send_signal(signal.SIGTERM)
        assert await ended(running) == 0
        bot.config.write_text(text.replace('password_file = "geheim"', ""), "utf-8")
        before = session(bot)
        soft = {"errcode": "M_UNKNOWN_TOKEN", "error": "Token expired", "soft_logout": True}
        between.troubles.append(Trouble("/sync", 401, soft))
        running = await start(bot)
        assert await ended(running) == 78
        assert "run `overlegbot matrix login`" in last_line(bot)
        assert session(bot) == before


async def test_after_a_revoked_session_the_operator_removes_it_and_nothing_was_lost(worlds: Worlds) -> None:
    bot = worlds.whole_bot(at("2027-01-11 09:00"))
    running = await start(bot)
    try:
        await bot.open_room("AO", "rijk.secr.1", "uvw.ao.1")
        await answered_to(bot, "!signaal Kades zakken weg")
        person, old = await bot.person("uvw.ao.1"), session(bot)
        await person.call_as(old["access_token"], "POST", "logout", {})
        assert await ended(running) == 78
        waits = await person.say(bot.rooms["AO"], "!signaal Sloten groeien dicht")
        (bot.directory / "sleutels" / "session.json").unlink()
        running = await start(bot)
        await bot.answer(person, waits, within=40)
        assert session(bot)["device_id"] != old["device_id"]
        running.send_signal(signal.SIGTERM)
        assert await ended(running) == 0
    finally:
        if running.returncode is None:
            running.kill()
    assert register(bot) == ["Kades zakken weg", "Sloten groeien dicht"]
