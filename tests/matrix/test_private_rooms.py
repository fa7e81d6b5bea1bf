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


class EarlySync:
    """A server that is still busy with a new room of the bot when a sync tells of it, and before the bot hears that the
    room was made. The next sync, which would tell of the rest, waits until `told`."""

    def __init__(self, world: World, through: Proxy) -> None:
        self.world = world
        self.invited = ""
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
        answer = await self.begin(request, forward)
        assert isinstance(answer.body, bytes)
        self.made = json.loads(answer.body)["room_id"]
        # The sync with the room was answered, and the one after it is here: the bot has taken the first one in.
        await self.seen.wait()
        await self.finish(request.headers["Authorization"].removeprefix("Bearer "))
        return answer

    async def begin(self, request: web.Request, forward: Forward) -> web.Response:
        return await forward(request)

    async def finish(self, token: str) -> None:
        raise NotImplementedError


class LateEncryption(EarlySync):
    """The room is encrypted last, as a server may decide by itself."""

    async def finish(self, token: str) -> None:
        person = self.world.people[0]
        await person.call_as(token, "PUT", f"rooms/{quote(self.made)}/state/m.room.encryption", MEGOLM)


class LateInvitation(EarlySync):
    """The room is encrypted at once, and the person is invited last, as Synapse does."""

    async def begin(self, request: web.Request, forward: Forward) -> web.Response:
        wanted = await request.json()
        [self.invited] = wanted.pop("invite")
        token = request.headers["Authorization"].removeprefix("Bearer ")
        made = await self.world.people[0].call_as(token, "POST", "createRoom", wanted)
        return web.json_response(body=json.dumps(made).encode())

    async def finish(self, token: str) -> None:
        await self.world.people[0].call_as(token, "POST", f"rooms/{quote(self.made)}/invite", {"user_id": self.invited})


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


async def test_a_private_chat_that_the_bot_makes_is_encrypted_and_read_by_whoever_was_invited(world: World) -> None:
    person = await world.reference(careful=True)
    async with world.running(world.channel(encrypt_private=True)) as channel:
        sent = await channel.send(world.parcel("nudge:1", person.user_id, "Vertrouwelijk", private=True))
        reader = await world.reader(person)
        room = next(iter((await reader.call("GET", "sync", timeout="0"))["rooms"]["invite"]))
        await person.do("join", room=room)
        read = await person.wait_for(lambda heard: heard["id"] == sent and not heard["failed"])
        assert (read["wire"], read["content"]["body"], read["shield"]) == ("m.room.encrypted", "Vertrouwelijk", "NONE")
        answer = await person.say(room, "Gezien")
        assert (await world.ears.wait_for(answer)).text == "Gezien"


async def test_who_is_invited_after_a_sync_told_of_the_room_has_the_key_of_the_first_message(world: World) -> None:
    person = await world.reference(careful=True)
    reader = await world.reader(person)
    async with proxy(world.server.url) as through:
        late = LateInvitation(world, through)
        async with world.running(world.channel(url=through.url, encrypt_private=True)) as channel:
            sent = await patiently(channel, world.parcel("nudge:1", person.user_id, "Vertrouwelijk", private=True))
            assert late.seen.is_set()
            assert not late.told.is_set()
            late.told.set()
            assert late.made in (await reader.call("GET", "sync", timeout="0"))["rooms"]["invite"]
            await person.do("join", room=late.made)
            read = await person.wait_for(lambda heard: heard["id"] == sent and not heard["failed"])
    assert (read["wire"], read["content"]["body"]) == ("m.room.encrypted", "Vertrouwelijk")


class SlowDevices:
    """A server that is slow to tell the devices of somebody else: the answer comes when the bot, with a message for the
    person just invited, is about to look at their devices, and is taken in before that look."""

    def __init__(self, through: Proxy) -> None:
        self.held = asyncio.Event()
        self.released = asyncio.Event()
        self.taken_in = asyncio.Event()
        through.hook = self.around

    async def around(self, request: web.Request, forward: Forward) -> web.Response:
        if self.released.is_set() and not request.path.endswith("/joined_members"):
            self.taken_in.set()
        if request.path.endswith("/keys/query") and not self.held.is_set():
            answer = await forward(request)
            self.held.set()
            await self.released.wait()
            return answer
        if request.path.endswith("/joined_members") and self.held.is_set() and not self.released.is_set():
            self.released.set()
            await self.taken_in.wait()
        return await forward(request)


async def test_an_answer_about_others_is_none_about_the_person_just_invited(world: World) -> None:
    host, person = await world.reference("gastheer"), await world.reference(careful=True)
    async with (
        proxy(world.server.url) as through,
        world.running(world.channel(url=through.url, encrypt_private=True)) as channel,
    ):
        slow = SlowDevices(through)
        meeting = asyncio.ensure_future(world.encrypted_room(host))
        async with asyncio.timeout(60):
            await slow.held.wait()
            sent = await channel.send(world.parcel("nudge:1", person.user_id, "Vertrouwelijk", private=True))
            await meeting
        assert slow.taken_in.is_set()
        reader = await world.reader(person)
        room = next(iter((await reader.call("GET", "sync", timeout="0"))["rooms"]["invite"]))
        await person.do("join", room=room)
        read = await person.wait_for(lambda heard: heard["id"] == sent and not heard["failed"])
    assert read["content"]["body"] == "Vertrouwelijk"


async def test_without_the_setting_it_is_as_the_server_makes_it(world: World) -> None:
    person = await world.official()
    async with world.running(world.channel(encrypt_private=False)) as channel:
        sent = await channel.send(world.parcel("nudge:1", person.user_id, "Voor iedereen leesbaar", private=True))
        said = await person.messages(await person.accept_invites())
    assert [one["type"] for one in said if one["event_id"] == sent] == ["m.room.message"]
