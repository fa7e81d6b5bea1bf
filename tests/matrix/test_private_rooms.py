"""The private chats that the bot makes: encrypted, also when a sync tells of one before it was."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import quote

import pytest
from aiohttp import web

from tests.matrix.proxy import Forward, Proxy, proxy
from tests.matrix.test_sending import patiently
from tests.matrix.world import World

pytestmark = pytest.mark.synapse

MEGOLM = {"algorithm": "m.megolm.v1.aes-sha2"}


class LateEncryption:
    """A server that encrypts a new room of the bot a moment after a sync told of it, and before the bot hears that the
    room was made. The next sync, which would tell, waits until `told`."""

    def __init__(self, world: World, through: Proxy) -> None:
        self.world = world
        self.token = ""
        self.made = ""
        self.seen = asyncio.Event()
        self.told = asyncio.Event()
        through.hook = self.around

    async def around(self, request: web.Request, forward: Forward) -> web.Response:
        if request.path.endswith("/createRoom"):
            return await self._create(request, forward)
        if not request.path.endswith("/sync"):
            return await forward(request)
        if self.seen.is_set():
            await self.told.wait()
        answer = await forward(request)
        assert isinstance(answer.body, bytes)
        if self.made and self.made in json.loads(answer.body).get("rooms", {}).get("join", {}):
            self.seen.set()
        return answer

    async def _create(self, request: web.Request, forward: Forward) -> web.Response:
        answer = await forward(request)
        assert isinstance(answer.body, bytes)
        self.made = json.loads(answer.body)["room_id"]
        # The sync with the room was answered, and the one after it is here: the bot has taken the first one in.
        await self.seen.wait()
        token = request.headers["Authorization"].removeprefix("Bearer ")
        person = self.world.people[0]
        await person.call_as(token, "PUT", f"rooms/{quote(self.made)}/state/m.room.encryption", MEGOLM)
        return answer


async def test_a_room_that_a_sync_tells_of_before_it_is_encrypted_hears_nothing_in_the_clear(world: World) -> None:
    person = await world.official()
    async with proxy(world.server.url) as through:
        late = LateEncryption(world, through)
        async with world.running(world.channel(url=through.url)) as channel:
            parcel = world.parcel("nudge:1", person.user_id, "Vertrouwelijk", private=True)
            sent = await patiently(channel, parcel)
            assert late.seen.is_set()
            assert not late.told.is_set()
            late.told.set()
            room = await person.accept_invites()
            said = await person.messages(room)
    assert room == late.made
    assert [event["type"] for event in said if event["event_id"] == sent] == ["m.room.encrypted"]
    assert "Vertrouwelijk" not in str(said)


async def test_without_the_setting_it_is_as_the_server_makes_it(world: World) -> None:
    person = await world.official()
    async with world.running(world.channel(encrypt_private=False)) as channel:
        await channel.send(world.parcel("nudge:1", person.user_id, "Voor iedereen leesbaar", private=True))
        await person.accept_invites()
        await person.wait_for_text(world.bot_id, "Voor iedereen leesbaar")
