"""A whole bot on a homeserver with trouble: nothing that was to be said is lost, and nothing is said twice."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channels.base import SendLater
from bot.channels.matrix import sending
from bot.channels.matrix.errors import MatrixError
from tests.conftest import at
from tests.matrix.proxy import Trouble, proxy
from tests.matrix.test_rooms import bound
from tests.matrix.whole_bot import WholeBot, Worlds, text_of
from tests.synapse import synapse

pytestmark = pytest.mark.synapse

MONDAY = at("2027-01-11 09:00")
AO = ("rijk.secr.1", "rijk.ao.0", "vng.ao.2")


async def said_to(bot: WholeBot, event_id: str) -> list[str]:
    """What the bot answered in the room of the AO to that event."""
    return (await bot.answers("vng.ao.2", "AO")).get(event_id, [])


async def postponed(bot: WholeBot) -> None:
    """Wait until a message could not be sent, and waits."""

    def unit(session: Any) -> int:
        query = "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND tries > 0"
        return int(session.connection().exec_driver_sql(query).scalar_one())

    assert bot.app is not None
    async with asyncio.timeout(30):
        while not await bot.app.database.run(unit):
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("version", ["11", "12"])
async def test_what_a_bot_that_may_not_write_has_to_say_waits_until_it_may(worlds: Worlds, version: str) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bound(bot, version, *AO)
        host, member = await bot.person("rijk.secr.1"), await bot.person("vng.ao.2")
        free = await host.call("GET", f"rooms/{room}/state/m.room.power_levels")
        muted = {**free, "events_default": 50, "users": {**free.get("users", {}), member.user_id: 50}}
        await host.call("PUT", f"rooms/{room}/state/m.room.power_levels", muted)
        await bot.private("rijk.secr.1", "mag ik niets zeggen")
        sent = await member.say(room, "!signaal Baggerdepots zitten vol")
        await postponed(bot)
    async with bot.running():
        await host.call("PUT", f"rooms/{room}/state/m.room.power_levels", {**muted, "invite": 50})
        assert text_of(await bot.ask_in_private("vng.ao.2", "!toon 1")).startswith("SIG-2027-001")
        await bot.until(bot.clock() + timedelta(days=2))
        assert await said_to(bot, sent) == []
        await host.call("PUT", f"rooms/{room}/state/m.room.power_levels", free)
        await bot.ask_in_private("vng.ao.2", "!mijn")
        await bot.until(bot.clock() + timedelta(minutes=2))
        assert [text[:12] for text in await said_to(bot, sent)] == ["SIG-2027-001"]
        dms = await host.messages(await bot.private_room("rijk.secr.1"))
        told = [event for event in dms if "mag ik niets zeggen" in str(event["content"].get("body"))]
        assert len(told) == 1


async def test_a_limit_without_a_time_and_an_event_that_is_too_large_hold_up_nothing_else(worlds: Worlds) -> None:
    async with proxy(worlds.server.url) as between:
        bot = worlds.whole_bot(MONDAY)
        config = bot.config.read_text("utf-8").replace(worlds.server.url, between.url)
        bot.config.write_text(config, "utf-8")
        async with bot.running():
            room = await bot.open_room("AO", *AO)
            limit = {"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests"}
            between.troubles.append(Trouble("/send/m.room.message", 429, limit, times=2))
            assert text_of(await bot.ask("vng.ao.2", "AO", "!signaal Sloten lopen over")).startswith("SIG-2027-001")
            large = {"errcode": "M_TOO_LARGE", "error": "event too large"}
            between.troubles.append(Trouble("/send/m.room.message", 413, large))
            member = await bot.person("vng.ao.2")
            lost = await member.say(room, "!signaal Wegen verzakken")
            assert text_of(await bot.ask("vng.ao.2", "AO", "!toon 2")).startswith("SIG-2027-002")
            assert await said_to(bot, lost) == []


@pytest.mark.slow
@pytest.mark.parametrize("at_once", [True, False])
async def test_a_homeserver_that_restarts_in_the_middle_loses_and_doubles_nothing(
    tmp_path: Path, at_once: bool
) -> None:
    (tmp_path / "server").mkdir()
    with synapse(tmp_path / "server", database={"name": "sqlite3", "args": {"database": "homeserver.db"}}) as server:
        worlds = Worlds(server, tmp_path)
        bot = worlds.whole_bot(MONDAY)
        try:
            async with bot.running():
                room = await bot.open_room("AO", *AO)
                member = await bot.person("vng.ao.2")
                sent = [await member.say(room, f"!signaal Depot {number} zit vol") for number in range(15)]
                await bot.answer(member, sent[0])
                await asyncio.to_thread(server.end, at_once=at_once)
                await asyncio.to_thread(server.begin)
                last = await member.say(room, "!signaal Na de herstart")
                await bot.answer(member, last, within=60)
                await bot.all_sent()
                answers = await bot.answers("vng.ao.2", "AO")
                assert {event_id: len(answers.get(event_id, [])) for event_id in (*sent, last)} == dict.fromkeys(
                    (*sent, last), 1
                )
                assert len(await bot.signals()) == 16
        finally:
            await worlds.close()


def test_a_limit_without_a_time_is_later_and_one_with_a_time_is_then() -> None:
    without = sending.refusal(MatrixError("M_LIMIT_EXCEEDED", 429, "x"))
    timed = sending.refusal(MatrixError("M_LIMIT_EXCEEDED", 429, "x", 7.5))
    assert [(type(one), getattr(one, "after", "none")) for one in (without, timed)] == [
        (SendLater, None),
        (SendLater, 7.5),
    ]
