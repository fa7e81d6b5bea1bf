"""Somebody's client asks to compare emoji: it is declined at once, and the person hears what to do instead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.matrix import emoji
from bot.turn import VERIFY
from tests.conftest import at
from tests.matrix.whole_bot import Worlds
from tests.matrix.world import World

pytestmark = pytest.mark.synapse

MONDAY = at("2027-01-11 09:00")


async def test_a_request_in_a_room_is_declined_and_told_once_a_day(world: World) -> None:
    chair = await world.reference()
    async with world.running() as channel:
        room = await world.encrypted_room(chair)
        await chair.trust(world.bot_id, channel._connected.device.device_id)
        for _ in range(2):
            assert await chair.do("verification", user=world.bot_id, room=room, within=20) == "m.user"
        await world.ears.wait_for(await chair.say(room, "!help"))
        wishes = [heard for heard in world.ears.events.values() if heard.kind == "verifies"]
        assert [(wish.sender, wish.private, wish.text) for wish in wishes] == [(chair.user_id, True, "")]
        assert channel._connected._client.key_verifications == {}


async def test_a_request_from_device_to_device_is_declined_and_told(world: World) -> None:
    chair = await world.reference()
    async with world.running() as channel:
        room = await world.encrypted_room(chair)
        device = channel._connected.device.device_id
        await chair.trust(world.bot_id, device)
        assert await chair.do("verification", user=world.bot_id, device=device, within=20) == "m.user"
        await world.ears.wait_for(await chair.say(room, "!help"))
        assert [heard.sender for heard in world.ears.events.values() if heard.kind == "verifies"] == [chair.user_id]


async def test_a_request_to_somebody_else_in_the_room_is_none_of_the_bots(world: World) -> None:
    chair, other = await world.official(), await world.official()
    async with world.running():
        room = await world.room(chair, other)
        request = {"msgtype": "m.key.verification.request", "body": "x", "methods": ["m.sas.v1"], "from_device": "A"}
        await chair.event(room, "m.room.message", {**request, "to": other.user_id})
        await world.ears.wait_for(await chair.say(room, "!help"))
        assert {heard.kind for heard in world.ears.events.values()} == {"message"}
        assert "m.key.verification.cancel" not in {event["type"] for event in await chair.messages(room)}


async def test_a_request_of_long_ago_is_not_declined_any_more(world: World) -> None:
    asker = await world.official()
    async with world.running() as channel:
        room = await world.room(asker)
        request = {"msgtype": "m.key.verification.request", "to": world.bot_id, "body": "x", "from_device": "A"}
        for minutes, refused in ((11, False), (9, True)):
            event = {"event_id": await asker.event(room, "m.room.message", {"msgtype": "m.notice", "body": "x"})}
            now = MONDAY + timedelta(minutes=minutes)
            await emoji.decline(channel._connected, room, event | {"content": request}, MONDAY, now)
            await asker.say(room, "!help")
            answers = [one for one in await asker.messages(room) if one["type"] == "m.key.verification.cancel"]
            assert bool(answers) is refused


async def test_the_person_reads_in_private_how_to_verify_the_bot_and_a_stranger_reads_nothing(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bot.open_room("AO", "rijk.secr.1", "vng.ao.2")
        member, stranger = await bot.person("vng.ao.2"), await worlds.server.official("onbekend")
        await (await bot.person("rijk.secr.1")).invite(room, stranger.user_id)
        await stranger.join(room)
        request = {"msgtype": "m.key.verification.request", "body": "x", "methods": ["m.sas.v1"], "from_device": "A"}
        for person in (stranger, member):
            asked = await person.event(room, "m.room.message", {**request, "to": bot.bot_id})
            relation = {"rel_type": "m.reference", "event_id": asked}
            cancelled = await person.wait_for(
                lambda e, relation=relation: e["content"].get("m.relates_to") == relation  # type: ignore[misc]
            )
            assert (cancelled["type"], cancelled["content"]["code"]) == ("m.key.verification.cancel", "m.user")
        told = await bot.private("vng.ao.2", "Emoji vergelijken kan ik niet.")
        assert told["content"]["body"] == VERIFY.format(person="je")
        assert "m.relates_to" not in told["content"]
        await bot.ask("vng.ao.2", "AO", "!status")
        assert not [event for event in stranger._seen if event["type"] == "invite"]
        await stranger.close()
