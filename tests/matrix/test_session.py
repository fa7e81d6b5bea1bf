"""Logging in once, inviting, and what happens when the server is away or no longer wants the bot."""

from __future__ import annotations

import asyncio
import json
import logging
import stat
import time
from pathlib import Path

import pytest

from bot.channels.base import ChannelClosed, SendNever
from bot.channels.matrix import MatrixChannel, MatrixOptions
from bot.channels.matrix.transport import Transport
from tests.matrix.proxy import Trouble, proxy
from tests.matrix.world import World
from tests.synapse import Official

pytestmark = pytest.mark.synapse


def kept(world: World) -> dict[str, str]:
    return dict(json.loads((world.store / "session.json").read_text()))


async def test_it_logs_in_once_and_stays_the_same_device(world: World) -> None:
    async with proxy(world.server.url) as between:
        async with world.running(world.channel(url=between.url)):
            first = kept(world)
        async with world.running(world.channel(url=between.url, password=False)):
            assert kept(world) == first
        assert between.asked("/login") == 1
    assert first["user_id"] == world.bot_id
    assert stat.S_IMODE(world.store.stat().st_mode) == 0o700
    assert stat.S_IMODE((world.store / "session.json").stat().st_mode) == 0o600


async def test_a_crash_during_the_first_login_leaves_one_device(world: World) -> None:
    async with proxy(world.server.url) as between:
        between.troubles.append(Trouble("/login", 502, late=True))
        async with world.running(world.channel(url=between.url)):
            device = kept(world)["device_id"]
        assert between.asked("/login") == 2
    bot = await Official.log_in(world.server.url, world.bot_id, world.password)
    devices = [found["device_id"] for found in (await bot.call("GET", "devices"))["devices"]]
    await bot.close()
    assert [name for name in devices if name.startswith("OVERLEG")] == [device]


async def test_an_access_token_serves_instead_of_a_password(world: World) -> None:
    bot = await Official.log_in(world.server.url, world.bot_id, world.password)
    options = MatrixOptions(world.server.url, world.bot_id, world.store, access_token=bot.token)
    chair = await world.official()
    async with world.running(MatrixChannel(options)) as channel:
        room = await world.room(chair, await world.official())
        await channel.send(world.parcel("hallo", room, "Hallo"))
    assert kept(world)["device_id"] == (await bot.call("GET", "account/whoami"))["device_id"]
    await bot.close()


async def test_a_wrong_password_ends_the_start_at_once(world: World) -> None:
    channel = MatrixChannel(MatrixOptions(world.server.url, world.bot_id, world.store, password="fout"))
    with pytest.raises(ChannelClosed, match="refuses the login") as closed:
        await channel.start(world.ears)
    await channel.stop()
    assert closed.value.code == 78


async def test_a_second_process_on_the_same_store_is_refused(world: World) -> None:
    async with world.running():
        second = world.channel()
        with pytest.raises(ChannelClosed, match="another process"):
            await second.start(world.ears)
        await second.stop()


async def test_a_wrong_key_of_the_store_is_said_clearly(world: World) -> None:
    async with world.running():
        pass
    channel = MatrixChannel(MatrixOptions(world.server.url, world.bot_id, world.store, pickle_key="anders"))
    with pytest.raises(ChannelClosed, match="encryption store"):
        await channel.start(world.ears)
    await channel.stop()


async def test_a_revoked_token_closes_the_channel_at_once(world: World) -> None:
    chair = await world.official()
    channel = world.channel()
    await channel.start(world.ears)
    listening = asyncio.ensure_future(channel.listen())
    token = kept(world)["access_token"]
    began = time.monotonic()
    await chair.call_as(token, "POST", "logout", {})
    with pytest.raises(ChannelClosed) as closed:
        await asyncio.wait_for(listening, 40)
    assert closed.value.code == 78
    assert time.monotonic() - began < 15
    await channel.stop()
    again = world.channel()
    with pytest.raises(ChannelClosed, match=r"session\.json"):
        await again.start(world.ears)
    await again.stop()


async def test_a_known_person_may_invite_the_bot_and_a_stranger_may_not(world: World) -> None:
    known, stranger = await world.official(), await world.official("vreemde", known=False)
    async with world.running():
        theirs = await stranger.create_room(world.bot_id, name="Vreemd")
        await stranger.wait_for(
            lambda e: e.get("state_key") == world.bot_id and e["content"].get("membership") == "leave"
        )
        await world.room(known, name="AO")
        await stranger.say(theirs, "!signaal")
        assert (await stranger.members(theirs))[world.bot_id] == "leave"
    assert world.ears.texts == []


async def test_an_invitation_while_the_bot_was_down_is_answered(world: World) -> None:
    known = await world.official()
    async with world.running():
        pass
    room = await known.create_room(world.bot_id, name="AO")
    async with world.running():
        await world.entered(room)
        await world.ears.wait_for(await known.say(room, "!signaal"))
    assert world.ears.texts == ["!signaal"]


async def test_people_on_other_servers_than_the_allowed_are_refused(world: World) -> None:
    known = await world.official()
    elsewhere = MatrixOptions(
        world.server.url, world.bot_id, world.store, world.password, allowed_servers=("elders.example",)
    )
    async with world.running(MatrixChannel(elsewhere)) as channel:
        with pytest.raises(SendNever, match="cannot be reached in private"):
            await channel.send(world.parcel("een", known.user_id, "Hallo", private=True))
        room = await known.create_room(world.bot_id)
        await known.wait_for(lambda e: e.get("state_key") == world.bot_id and e["content"]["membership"] == "leave")
        assert (await known.members(room))[world.bot_id] == "leave"


async def test_a_server_with_trouble_is_asked_less_and_less_and_nothing_is_missed(world: World) -> None:
    chair = await world.official()
    async with proxy(world.server.url) as between, world.running(world.channel(url=between.url)):
        room = await world.room(chair, await world.official())
        await world.ears.wait_for(await chair.say(room, "!voor"))
        before = between.asked("/sync")
        between.troubles.append(Trouble("/sync", 502, times=2))
        sent = await chair.say(room, "!tijdens")
        await world.ears.wait_for(sent)
        assert between.asked("/sync") - before <= 5
    assert world.ears.texts == ["!voor", "!tijdens"]


async def test_a_limit_on_syncing_is_obeyed(world: World) -> None:
    limit = {"errcode": "M_LIMIT_EXCEEDED", "error": "Too many requests", "retry_after_ms": 2500}
    async with proxy(world.server.url) as between:
        between.troubles.append(Trouble("/sync", 429, limit))
        began = time.monotonic()
        async with world.running(world.channel(url=between.url)):
            assert time.monotonic() - began >= 2.5


async def test_a_gap_that_cannot_be_filled_now_is_filled_later(world: World) -> None:
    chair = await world.official()
    async with world.running():
        room = await world.room(chair, await world.official())
    for number in range(105):
        await chair.say(room, f"!{number}")
    async with proxy(world.server.url) as between:
        between.troubles.append(Trouble("/messages", 500, {"errcode": "M_UNKNOWN", "error": "x"}))
        async with world.running(world.channel(url=between.url)):
            assert world.ears.texts == [f"!{number}" for number in range(105)]
        assert between.asked("/messages") >= 2


async def test_the_log_holds_no_message_password_or_token(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    chair = await world.official()
    async with proxy(world.server.url) as between, world.running(world.channel(url=between.url)) as channel:
        between.troubles.append(Trouble("/sync", 502))
        room = await world.room(chair, await world.official())
        await world.ears.wait_for(await chair.say(room, "zeergeheim signaal"))
        await channel.send(world.parcel("hallo", room, "zeergeheim antwoord"))
        token = kept(world)["access_token"]
    for secret in ("zeergeheim", world.password, token):
        assert secret not in caplog.text


async def test_a_cancellation_is_not_lost_when_an_answer_comes_at_that_moment(tmp_path: Path) -> None:
    transport = Transport("http://127.0.0.1:9", "@bot:overleg.example", str(tmp_path), None)
    answer = asyncio.get_running_loop().create_future()
    asking = asyncio.ensure_future(transport._ask(answer, limit=60))
    await asyncio.sleep(0)
    answer.set_result("antwoord")
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await transport.close()
