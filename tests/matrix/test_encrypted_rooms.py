"""Encrypted rooms on a real server, with people who use the crypto engine of the reference clients."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import pytest
import vodozemac
from PIL import Image

from bot.channels.base import Parcel, Rendered
from bot.channels.matrix import keys, unread
from bot.channels.matrix.crosssigning import canonical
from bot.renderers.files import Ready
from tests.matrix.proxy import Trouble, proxy
from tests.matrix.world import World
from tests.synapse import Official

pytestmark = pytest.mark.synapse


async def test_a_command_is_read_and_answered_and_the_server_sees_neither(world: World) -> None:
    chair = await world.reference()
    async with world.running() as channel:
        room = await world.encrypted_room(chair)
        sent = await chair.say(room, "!signaal Depots zitten vol")
        heard = await world.ears.wait_for(sent)
        await channel.send(world.parcel("antwoord", room, "SIG-2027-001", reply_to=sent))
        answer = await chair.answer_to(sent, world.bot_id)
    assert (heard.kind, heard.text, heard.sender, heard.room) == (
        "message",
        "!signaal Depots zitten vol",
        chair.user_id,
        room,
    )
    assert answer["content"]["body"] == "SIG-2027-001"
    assert answer["relates"]["rel_type"] == "m.thread"
    chair_in_clear = await world.reader(chair)
    seen = [event for event in await chair_in_clear.messages(room) if "state_key" not in event]
    assert [event["type"] for event in seen] == ["m.room.encrypted", "m.room.encrypted"]


async def test_a_reply_a_thread_and_an_edit_keep_what_they_are_about(world: World) -> None:
    chair = await world.reference()
    async with world.running() as channel:
        room = await world.encrypted_room(chair)
        first = await chair.say(room, "!signaal Depots zitten vol")
        answer = await channel.send(world.parcel("antwoord", room, "Waarover?", reply_to=first))
        reply = await chair.say(room, "ja", **{"m.relates_to": {"m.in_reply_to": {"event_id": answer}}})
        thread = {"rel_type": "m.thread", "event_id": first, "m.in_reply_to": {"event_id": answer}}
        threaded = await chair.say(room, "nee", **{"m.relates_to": thread})
        edit = await chair.say(
            room,
            "* anders",
            **{
                "m.new_content": {"msgtype": "m.text", "body": "anders"},
                "m.relates_to": {"rel_type": "m.replace", "event_id": first},
            },
        )
        heard = [await world.ears.wait_for(event_id) for event_id in (reply, threaded, edit)]
    assert [(one.kind, one.text, one.target, one.thread) for one in heard] == [
        ("message", "ja", answer, None),
        ("message", "nee", answer, first),
        ("edit", "anders", first, None),
    ]


async def test_a_bare_command_takes_the_text_of_the_encrypted_message_it_replies_to(world: World) -> None:
    chair, member = await world.reference(), await world.reference()
    async with world.running():
        room = await world.encrypted_room(chair, member)
        said = await member.say(room, "De depots zitten vol")
        sent = await chair.say(room, "!signaal", **{"m.relates_to": {"m.in_reply_to": {"event_id": said}}})
        heard = await world.ears.wait_for(sent)
    assert (heard.quoted, heard.quoted_sender) == ("De depots zitten vol", member.user_id)


async def test_every_device_of_everybody_can_read_the_bot_and_new_ones_as_soon_as_they_are_there(world: World) -> None:
    chair, member = await world.reference(), await world.reference()
    async with world.running() as channel:
        room = await world.encrypted_room(chair, member)
        await channel.send(world.parcel("een", room, "Een"))
        second = await world.device_of(member.user_id, member.password)
        newcomer = await world.reference()
        await chair.do("invite", room=room, user=newcomer.user_id)
        await newcomer.do("join", room=room)
        await chair.do("together", room=room, user=newcomer.user_id)
        await world.ears.until(lambda: newcomer.user_id in channel._book.rooms[room].present("join"))
        # What a device does makes the bot hear of it, and what it says comes after.
        for device in (second, newcomer):
            await world.ears.wait_for(await device.say(room, "!help"))
        two = await channel.send(world.parcel("twee", room, "Twee"))
        for device in (chair, member, second, newcomer):
            heard = await device.wait_for(lambda one: one["id"] == two)
            assert (heard["failed"], heard["content"]["body"]) == (None, "Twee")


async def test_a_new_device_can_read_the_very_next_answer_even_if_the_bot_has_not_looked_at_it_yet(
    world: World,
) -> None:
    chair = await world.reference()
    async with proxy(world.server.url) as between, world.running(world.channel(url=between.url)) as channel:
        room = await world.encrypted_room(chair)
        await channel.send(world.parcel("een", room, "Een"))
        not_now = Trouble("/keys/query", 502, times=1000)
        between.troubles.append(not_now)
        second = await world.device_of(chair.user_id, chair.password)
        await world.ears.wait_for(await chair.say(room, "!help"))  # with it comes word of the new device
        assert second.device not in channel._connected._client.olm.device_store[chair.user_id]
        not_now.times = 0
        two = await channel.send(world.parcel("twee", room, "Twee"))
        assert (await second.wait_for(lambda one: one["id"] == two))["content"]["body"] == "Twee"


async def test_who_was_removed_cannot_read_what_is_said_afterwards(world: World) -> None:
    chair, member = await world.reference(), await world.reference()
    async with world.running() as channel:
        room = await world.encrypted_room(chair, member)
        one = await channel.send(world.parcel("een", room, "Een"))
        before = await member.wait_for(lambda heard: heard["id"] == one)
        await chair.do("kick", room=room, user=member.user_id)
        await world.ears.until(lambda: member.user_id not in channel._book.rooms[room].present("join"))
        two = await channel.send(world.parcel("twee", room, "Twee"))
        after = await chair.wait_for(lambda heard: heard["id"] == two)
    assert after["sessionId"] != before["sessionId"]


async def test_more_than_a_hundred_messages_go_on_with_a_new_key(world: World) -> None:
    chair = await world.reference()
    async with world.running() as channel:
        room = await world.encrypted_room(chair)
        sent = [await channel.send(world.parcel(f"n{n}", room, f"Bericht {n}")) for n in range(103)]
        last = await chair.wait_for(lambda heard: heard["id"] == sent[-1])
        assert last["content"]["body"] == "Bericht 102"
    assert len(set(sent)) == 103


async def test_twenty_first_messages_at_once_are_all_readable(world: World) -> None:
    chair = await world.reference()
    async with world.running() as channel:
        room = await world.encrypted_room(chair)
        parcels = [world.parcel(f"n{n}", room, f"Bericht {n}") for n in range(20)]
        sent = await asyncio.gather(*(channel.send(parcel) for parcel in parcels))
        await chair.wait_for(lambda heard: heard["id"] in sent)
        read = {heard["id"]: heard["content"]["body"] for heard in await chair.messages(room) if not heard["failed"]}
    assert [read[event_id] for event_id in sent] == [f"Bericht {n}" for n in range(20)]


async def test_the_same_key_sent_twice_is_one_event_in_an_encrypted_room_too(world: World) -> None:
    chair = await world.reference()
    async with world.running() as channel:
        room = await world.encrypted_room(chair)
        parcel = world.parcel("zelfde", room, "Een keer")
        assert await channel.send(parcel) == await channel.send(parcel)


async def test_a_restart_keeps_the_keys(world: World) -> None:
    chair = await world.reference()
    async with world.running():
        room = await world.encrypted_room(chair)
        await world.ears.wait_for(await chair.say(room, "!een"))
    meanwhile = [await chair.say(room, "!twee")]  # under the key of before
    await chair.do("rotate", room=room)
    meanwhile.append(await chair.say(room, "!drie"))  # under a new one
    async with world.running() as channel:
        for event_id in meanwhile:
            await world.ears.wait_for(event_id)
        sent = await channel.send(world.parcel("klaar", room, "Klaar"))
        assert (await chair.wait_for(lambda heard: heard["id"] == sent))["failed"] is None
    assert world.ears.texts == ["!een", "!twee", "!drie"]


async def test_a_long_absence_is_caught_up_in_order(world: World) -> None:
    chair = await world.reference()
    async with world.running():
        room = await world.encrypted_room(chair)
    for number in range(130):
        await chair.say(room, f"!{number}")
    async with proxy(world.server.url) as between:
        # The sync has been taken in when this fails; the second time nio does not look at it any more.
        between.troubles.append(Trouble("/messages", 500, {"errcode": "M_UNKNOWN", "error": "x"}))
        async with world.running(world.channel(url=between.url)):
            await world.ears.until(lambda: len(world.ears.events) >= 130)
    assert world.ears.texts == [f"!{number}" for number in range(130)]


async def test_a_server_that_refuses_to_carry_a_key_does_not_make_a_message_unreadable(world: World) -> None:
    chair = await world.reference()
    async with proxy(world.server.url) as between, world.running(world.channel(url=between.url)) as channel:
        room = await world.encrypted_room(chair)
        for path in ("/keys/claim", "/sendToDevice"):
            between.troubles.append(Trouble(path, 502))
            with pytest.raises(Exception, match="502"):
                await channel.send(world.parcel("een", room, "Een"))
        sent = await channel.send(world.parcel("een", room, "Een"))
        assert (await chair.wait_for(lambda heard: heard["id"] == sent))["failed"] is None


async def test_a_message_whose_key_never_comes_is_told_once_for_each_key(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unread, "GRACE", unread.GRACE / 12)
    chair = await world.reference()
    reader = await world.reader(chair)
    async with world.running():
        room = await world.encrypted_room(chair)
        lost = [await reader.event(room, "m.room.encrypted", _nonsense("sessie een")) for _ in range(3)]
        lost.append(await reader.event(room, "m.room.encrypted", _nonsense("sessie twee")))
        await world.ears.until(lambda: len(world.ears.events) == 2)
        read = await chair.say(room, "!help")
        await world.ears.wait_for(read)
    heard = list(world.ears.events.values())
    assert [(one.kind, one.event_id, one.text) for one in heard] == [
        ("unreadable", "unreadable:sessie een", ""),
        ("unreadable", "unreadable:sessie twee", ""),
        ("message", read, "!help"),
    ]
    assert (heard[0].target, heard[0].sender, heard[0].room) == (lost[0], chair.user_id, room)


async def test_a_key_that_comes_late_opens_what_waited_for_it_even_after_a_restart(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    chair = await world.reference()
    async with proxy(world.server.url) as between:
        async with world.running(world.channel(url=between.url)) as channel:
            room = await world.encrypted_room(chair)
            olm = channel._connected._client.olm
            hidden: list[object] = []
            olm.create_group_session = lambda *given: hidden.append(given)  # the key is on its way, as it were
            stored, store = [], world.ears.heard

            async def heard_with(*given: Any) -> None:
                waiting = channel._listener._unread._waiting  # type: ignore[union-attr]
                stored.append({one: one in world.ears.kept["unread"] for one in waiting})
                await store(*given)

            monkeypatch.setattr(world.ears, "heard", heard_with)
            sent = await chair.say(room, "!signaal")
            await world.ears.until(lambda: sent in world.ears.kept.get("unread", ""))
            await world.ears.until(lambda: any(sent in one for one in stored))
            # It was kept before the position behind it was: a crash between the two loses nothing.
            assert all(kept for one in stored for kept in one.values())
        monkeypatch.undo()
        async with world.running() as channel:
            channel._connected._client.olm.create_group_session(*hidden[0])  # type: ignore[misc]
            heard = await world.ears.wait_for(sent)
    assert (heard.kind, heard.text) == ("message", "!signaal")
    assert world.ears.kept["unread"] == "[]"


async def test_what_anybody_sends_to_the_device_of_the_bot_does_not_stop_it(world: World) -> None:
    chair, stranger = await world.reference(), await world.official("vreemde", known=False)
    async with world.running() as channel:
        room = await world.encrypted_room(chair)
        device = channel._connected.device
        bodies = [
            {"type": 0, "body": "geen base64 !"},
            {"type": 0, "body": "AwogAAAA"},
            {"type": 1, "body": ""},
            {"type": 7, "body": "x"},
        ]
        for number, body in enumerate(bodies):
            content = {
                "algorithm": "m.olm.v1.curve25519-aes-sha2",
                "sender_key": "A" * 43,
                "ciphertext": {device.curve25519: body},
            }
            messages = {"messages": {world.bot_id: {device.device_id: content}}}
            await stranger.call("PUT", f"sendToDevice/m.room.encrypted/x{number}", messages)
        sent = await chair.say(room, "!signaal")
        assert (await world.ears.wait_for(sent)).text == "!signaal"


async def test_nobody_is_verified_by_comparing_emoji(world: World) -> None:
    stranger = await world.official("vreemde")
    async with world.running() as channel:
        room = await world.room(stranger, await world.official())
        device = channel._connected.device.device_id
        start = {
            "from_device": "VREEMD",
            "transaction_id": "t1",
            "method": "m.sas.v1",
            "key_agreement_protocols": ["curve25519-hkdf-sha256"],
            "hashes": ["sha256"],
            "message_authentication_codes": ["hkdf-hmac-sha256.v2"],
            "short_authentication_string": ["emoji"],
        }
        messages = {"messages": {world.bot_id: {device: start}}}
        await stranger.call("PUT", "sendToDevice/m.key.verification.start/v1", messages)
        await world.ears.wait_for(await stranger.say(room, "!help"))
        assert channel._connected._client.key_verifications == {}


async def test_fifty_people_who_wrote_while_the_bot_was_away_do_not_lock_out_the_next(world: World) -> None:
    chair, claimer = await world.reference(), await world.official()
    async with world.running() as channel:
        room = await world.encrypted_room(chair)
        device = channel._connected.device.device_id
        await world.ears.until(lambda: bool(channel._connected._client.olm.uploaded_key_count))
    for _ in range(60):
        claim = {"one_time_keys": {world.bot_id: {device: "signed_curve25519"}}}
        answer = await claimer.call("POST", "keys/claim", claim)
    [key] = answer["one_time_keys"][world.bot_id][device].values()
    assert key["fallback"] is True
    sent = await chair.say(room, "!signaal")
    async with world.running() as channel:
        assert (await world.ears.wait_for(sent)).text == "!signaal"
        # nio takes "no keys left" for "unknown", and would never bring new ones.
        await asyncio.wait_for(_until(lambda: channel._connected._client.olm.uploaded_key_count == 50), 20)


async def test_a_file_is_encrypted_in_an_encrypted_room(world: World) -> None:
    chair = await world.reference()
    drawn = io.BytesIO()
    Image.new("RGB", (600, 300), "white").save(drawn, "PNG")
    files = [
        Ready("verslag.pdf", "application/pdf", bytes(range(256)) * 1200),
        Ready("stand.png", "image/png", drawn.getvalue(), "De stand in één beeld"),
    ]
    async with world.running() as channel:
        room = await world.encrypted_room(chair)
        for number, file in enumerate(files, 1):
            sent = await channel.send(Parcel(f"x:{number}", room, False, Rendered(file.name), file=file))
            heard = await chair.wait_for(lambda one, sent=sent: one["id"] == sent)  # type: ignore[misc]
            assert (heard["wire"], heard["content"]["filename"]) == ("m.room.encrypted", file.name)
            assert "url" not in heard["content"]
            assert await chair.file(heard) == file.data
        info = heard["content"]["info"]
        assert "thumbnail_url" not in info
        with Image.open(io.BytesIO(await chair.file({"content": {"file": info["thumbnail_file"]}}))) as small:
            assert small.size == (400, 200)


def _nonsense(session: str) -> dict[str, str]:
    """An encrypted message whose key nobody has."""
    return {
        "algorithm": "m.megolm.v1.aes-sha2",
        "ciphertext": "AwgAEnACgAkLmt6qF84IK",
        "device_id": "WEG",
        "sender_key": "B" * 43,
        "session_id": session,
    }


async def _until(done: object) -> None:
    while not done():  # type: ignore[operator]
        await asyncio.sleep(0.01)


async def test_a_message_that_the_server_gives_another_sender_is_not_believed(world: World) -> None:
    chair, member = await world.reference(), await world.reference()
    reader = await world.reader(chair)
    async with world.running() as channel:
        room = await world.encrypted_room(chair, member)
        await world.ears.wait_for(await member.say(room, "!help"))
        sent = await chair.say(room, "!signaal")
        await world.ears.wait_for(sent)
        raw = next(event for event in await reader.messages(room) if event["event_id"] == sent)
        transport = channel._connected
        assert transport.read(room, raw) is not None
        assert transport.read(room, {**raw, "sender": member.user_id}) is None
        # The same words once more are another event, and no repetition either.
        assert transport.read(room, {**raw, "event_id": "$anders"}) is None


async def test_a_message_without_sender_key_and_device_is_read_as_newer_clients_may_send_it(world: World) -> None:
    chair = await world.reference()
    reader = await world.reader(chair)
    async with world.running() as channel:
        room = await world.encrypted_room(chair)
        sent = await chair.say(room, "!signaal")
        await world.ears.wait_for(sent)
        raw = next(event for event in await reader.messages(room) if event["event_id"] == sent)
        bare = {key: raw["content"][key] for key in ("algorithm", "ciphertext", "session_id")}
        clear = channel._connected.read(room, {**raw, "content": bare})
    assert clear is not None
    assert clear["content"]["body"] == "!signaal"


async def test_a_device_with_a_broken_key_does_not_keep_the_others_from_reading(world: World) -> None:
    chair, odd = await world.reference(), await world.official("vreemd")
    account = vodozemac.Account()
    await odd.call("POST", "keys/upload", await _device_keys(odd, account))
    broken = _signed({"key": "geen sleutel"}, odd.user_id, account, await _device_id(odd))
    await odd.call("POST", "keys/upload", {"one_time_keys": {"signed_curve25519:AAAA": broken}})
    async with world.running() as channel:
        room = await world.encrypted_room(chair)
        await chair.do("invite", room=room, user=odd.user_id)
        await odd.join(room)
        await world.ears.until(lambda: odd.user_id in channel._book.rooms[room].present("join"))
        sent = await channel.send(world.parcel("een", room, "Een"))
        assert (await chair.wait_for(lambda heard: heard["id"] == sent))["content"]["body"] == "Een"


async def test_a_device_that_had_no_key_to_begin_with_gets_the_next_messages_when_it_has_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_AGAIN_SECONDS", 0.0)
    chair, slow = await world.reference(), await world.official("traag")
    account = vodozemac.Account()
    await slow.call("POST", "keys/upload", await _device_keys(slow, account))
    async with world.running() as channel:
        room = await world.encrypted_room(chair)
        await chair.do("invite", room=room, user=slow.user_id)
        await slow.join(room)
        await world.ears.until(lambda: slow.user_id in channel._book.rooms[room].present("join"))
        await channel.send(world.parcel("een", room, "Een"))
        assert await _sent_to(slow) == 0
        account.generate_one_time_keys(1)
        [(name, key)] = account.one_time_keys.items()
        signed = _signed({"key": key.to_base64()}, slow.user_id, account, await _device_id(slow))
        await slow.call("POST", "keys/upload", {"one_time_keys": {f"signed_curve25519:{name}": signed}})
        await channel.send(world.parcel("twee", room, "Twee"))
        assert await _sent_to(slow) == 1


async def _device_id(person: Official) -> str:
    return str((await person.call("GET", "account/whoami"))["device_id"])


async def _device_keys(person: Official, account: vodozemac.Account) -> dict[str, Any]:
    """The keys of a device, as a client uploads them."""
    device = await _device_id(person)
    named = {
        f"curve25519:{device}": account.curve25519_key.to_base64(),
        f"ed25519:{device}": account.ed25519_key.to_base64(),
    }
    algorithms = ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"]
    bare = {"algorithms": algorithms, "device_id": device, "user_id": person.user_id, "keys": named}
    return {"device_keys": _signed(bare, person.user_id, account, device)}


def _signed(thing: dict[str, Any], user_id: str, account: vodozemac.Account, device: str) -> dict[str, Any]:
    signature = account.sign(canonical(thing)).to_base64()
    return {**thing, "signatures": {user_id: {f"ed25519:{device}": signature}}}


async def _sent_to(person: Official) -> int:
    """How many messages wait for the device of this person."""
    return len((await person.call("GET", "sync", timeout="0")).get("to_device", {}).get("events", []))
