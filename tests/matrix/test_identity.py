"""The bot's own identity on a real server: made once, kept, mended, and looked at with the reference client."""

from __future__ import annotations

import asyncio
import json
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from bot.channels.base import ChannelClosed
from bot.channels.matrix import MatrixChannel, MatrixOptions
from bot.channels.matrix.crosssigning import Device, Seeds, Standing, canonical, judge
from tests.matrix.proxy import Trouble, proxy
from tests.matrix.reference import ReferencePerson
from tests.matrix.world import World
from tests.synapse import Official

pytestmark = pytest.mark.synapse


def device_of(channel: MatrixChannel) -> Device:
    return channel._connected.device


async def keys_of(world: World) -> dict[str, Any]:
    """What everybody sees of the keys of the bot."""
    someone = await world.official()
    return await someone.call("POST", "keys/query", {"device_keys": {world.bot_id: []}})


async def both_ways(world: World, chair: ReferencePerson, channel: MatrixChannel, room: str, number: int) -> str:
    """A command is heard and its answer read; gives the shield on the answer."""
    sent = await chair.say(room, f"!help {number}")
    assert (await world.ears.wait_for(sent)).text == f"!help {number}"
    await channel.send(world.parcel(f"antwoord {number}", room, f"Antwoord {number}", reply_to=sent))
    answer = await chair.answer_to(sent, world.bot_id)
    assert (answer["failed"], answer["content"]["body"]) == (None, f"Antwoord {number}")
    return str(answer["shield"])


async def test_a_client_that_trusts_only_signed_devices_reads_the_bot_and_is_read_without_a_warning(
    world: World,
) -> None:
    chair = await world.reference(careful=True)
    async with world.running() as channel:
        room = await world.encrypted_room(chair)
        assert await both_ways(world, chair, channel, room, 1) == "NONE"
        trust = await chair.trust(world.bot_id, device_of(channel).device_id)
    assert trust == {"known": True, "verified": False, "changed": False, "signed": True}


async def test_after_the_loss_of_the_device_the_new_one_is_trusted_at_once_since_the_seeds_were_kept(
    world: World,
) -> None:
    chair = await world.reference(careful=True)
    async with world.running() as channel:
        room = await world.encrypted_room(chair)
        await both_ways(world, chair, channel, room, 1)
        first = device_of(channel)
    for file in world.store.iterdir():
        if file.name != "cross-signing.json":
            file.unlink()
    async with world.running() as channel:
        second = device_of(channel)
        assert second.device_id != first.device_id
        assert await both_ways(world, chair, channel, room, 2) == "NONE"
        trust = await chair.trust(world.bot_id, second.device_id)
    assert trust == {"known": True, "verified": False, "changed": False, "signed": True}


async def test_the_keys_and_the_signature_are_made_once_and_stay(world: World) -> None:
    async with proxy(world.server.url) as between:
        async with world.running(world.channel(url=between.url)):
            pass
        made = (world.store / "cross-signing.json").read_text()
        public = await keys_of(world)
        assert (between.asked("/device_signing/upload"), between.asked("/signatures/upload")) == (1, 1)
        async with world.running(world.channel(url=between.url)):
            pass
        assert (between.asked("/device_signing/upload"), between.asked("/signatures/upload")) == (1, 1)
    assert (world.store / "cross-signing.json").read_text() == made
    again = await keys_of(world)
    for kind in ("master_keys", "self_signing_keys"):
        assert again[kind] == public[kind]


async def test_a_crash_between_the_steps_or_a_missing_signature_is_mended_at_the_next_start(world: World) -> None:
    for path in ("/device_signing/upload", "/signatures/upload"):
        async with proxy(world.server.url) as between:
            between.troubles.append(Trouble(path, 502, times=1000))
            channel = world.channel(url=between.url)
            starting = asyncio.ensure_future(channel.start(world.ears))
            while not between.asked(path):
                await asyncio.sleep(0.02)
            starting.cancel()
            await asyncio.wait([starting])
            await channel.stop()
    async with world.running() as channel:
        device = device_of(channel)
        seeds = Seeds.from_json((world.store / "cross-signing.json").read_text())
        assert judge(seeds, device, await channel._connected.own_keys()).standing is Standing.SIGNED
    assert len((await keys_of(world))["device_keys"][world.bot_id]) == 1


async def test_a_master_key_of_somebody_else_is_refused_with_what_to_do(world: World) -> None:
    other = await world.device_of(world.bot_id, world.password, sign=True)  # the operator, in a client
    theirs = await keys_of(world)
    channel = world.channel()
    with pytest.raises(ChannelClosed) as closed:
        await channel.start(world.ears)
    await channel.stop()
    assert closed.value.code == 78
    assert "has a master key that is not this bot's" in str(closed.value)
    assert "cross-signing.json" in str(closed.value)
    assert "overlegbot matrix verify --reset" in str(closed.value)
    assert (await keys_of(world))["master_keys"] == theirs["master_keys"]
    assert other.device


async def test_a_master_key_that_is_replaced_while_it_runs_ends_it(world: World) -> None:
    chair = await world.reference()
    channel = world.channel()
    await channel.start(world.ears)
    world.running_channel = channel
    listening = asyncio.ensure_future(channel.listen())
    await world.encrypted_room(chair)
    await world.device_of(world.bot_id, world.password, sign=True)
    with pytest.raises(ChannelClosed, match="master key"):
        await asyncio.wait_for(listening, 40)
    await channel.stop()


async def test_seeds_that_are_damaged_end_the_start_and_are_not_replaced(world: World) -> None:
    async with world.running():
        pass
    file = world.store / "cross-signing.json"
    for text in ("", "{}", '{"user_id": "@x:y", "master": "AA==", "self_signing": "AA==", "user_signing": "AA=="}'):
        file.write_text(text)
        channel = world.channel()
        with pytest.raises(ChannelClosed, match=r"cross-signing\.json is damaged"):
            await channel.start(world.ears)
        await channel.stop()
        assert file.read_text() == text


async def test_a_store_that_is_lost_makes_a_new_device_when_the_password_is_there(world: World) -> None:
    chair = await world.reference(careful=True)
    async with world.running() as channel:
        room = await world.encrypted_room(chair)
        first = device_of(channel)
    for file in world.store.glob("@*"):
        file.unlink()
    async with world.running() as channel:
        second = device_of(channel)
        assert await both_ways(world, chair, channel, room, 1) == "NONE"
        devices = (await keys_of(world))["device_keys"][world.bot_id]
    assert second.device_id != first.device_id
    assert list(devices) == [second.device_id]  # nobody writes to the dead one any more


async def test_a_store_that_is_lost_without_a_password_says_what_to_do(world: World) -> None:
    bot = await Official.log_in(world.server.url, world.bot_id, world.password)
    options = MatrixOptions(world.server.url, world.bot_id, world.store, access_token=bot.token)
    async with world.running(MatrixChannel(options)):
        pass
    for file in world.store.glob("@*"):
        file.unlink()
    channel = MatrixChannel(options)
    with pytest.raises(ChannelClosed, match=r"encryption store of device .* is lost.*overlegbot matrix login"):
        await channel.start(world.ears)
    await channel.stop()
    await bot.close()


async def test_an_older_copy_of_the_store_goes_on_from_there(world: World, tmp_path: Path) -> None:
    chair = await world.reference(careful=True)
    async with world.running() as channel:
        room = await world.encrypted_room(chair)
        await world.ears.until(lambda: bool(channel._connected._client.olm.uploaded_key_count))
    shutil.copytree(world.store, tmp_path / "kopie")
    claimer = await world.official()
    device = json.loads((world.store / "session.json").read_text())["device_id"]
    for _ in range(30):
        await claimer.call("POST", "keys/claim", {"one_time_keys": {world.bot_id: {device: "signed_curve25519"}}})
    async with world.running() as channel:  # brings new one-time keys
        await both_ways(world, chair, channel, room, 1)
    for _ in range(10):
        await claimer.call("POST", "keys/claim", {"one_time_keys": {world.bot_id: {device: "signed_curve25519"}}})
    shutil.rmtree(world.store)
    shutil.copytree(tmp_path / "kopie", world.store)
    newcomer = await world.reference(careful=True)
    async with world.running() as channel:
        await chair.do("invite", room=room, user=newcomer.user_id)
        await newcomer.do("join", room=room)
        await newcomer.do("together", room=room, user=world.bot_id)
        assert await both_ways(world, newcomer, channel, room, 2) == "NONE"


async def test_everything_in_the_store_is_for_the_bot_alone(world: World) -> None:
    async with world.running():
        first = {file.name for file in world.store.iterdir()}
    assert {"session.json", "cross-signing.json", "device.json", "lock"} <= first
    for file in world.store.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
        file.chmod(0o644)  # as after putting a backup back
    async with world.running():
        assert {stat.S_IMODE(file.stat().st_mode) for file in world.store.iterdir()} == {0o600}


async def test_without_a_pickle_key_of_the_operator_the_store_gets_one_of_its_own(world: World) -> None:
    options = MatrixOptions(world.server.url, world.bot_id, world.store, world.password)
    async with world.running(MatrixChannel(options)) as channel:
        device = device_of(channel).device_id
    key = world.store / "pickle-key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    async with world.running(MatrixChannel(options)) as channel:
        assert device_of(channel).device_id == device
    key.write_text("een andere")
    channel = MatrixChannel(options)
    with pytest.raises(ChannelClosed, match="encryption store cannot be opened"):
        await channel.start(world.ears)
    await channel.stop()


def test_what_is_signed_is_believed_and_nothing_else() -> None:
    me = Device("@bot:x", "EEN", "ed", "curve")
    seeds, others = Seeds.new("@bot:x"), Seeds.new("@bot:x")
    keys = {"ed25519:EEN": "ed", "curve25519:EEN": "curve"}
    bare = {"user_id": "@bot:x", "device_id": "EEN", "algorithms": [], "keys": keys}
    public = seeds.public_keys()
    answer = {
        f"{usage}_keys": {"@bot:x": public[f"{usage}_key"]} for usage in ("master", "self_signing", "user_signing")
    }

    def standing(device: dict[str, Any], answer: dict[str, Any] = answer, own: Seeds | None = seeds) -> Standing:
        return judge(own, me, {**answer, "device_keys": {"@bot:x": {"EEN": device}}}).standing

    signed = seeds.signed("self_signing", bare)
    assert standing(signed) is Standing.SIGNED
    assert standing(bare) is Standing.UNSIGNED
    assert standing(others.signed("self_signing", bare)) is Standing.UNSIGNED
    assert standing({**signed, "keys": {**keys, "ed25519:EEN": "anders"}}) is Standing.UNSIGNED
    assert standing(signed, own=None) is Standing.FOREIGN
    assert standing(signed, own=others) is Standing.FOREIGN
    assert standing(signed, {**answer, "self_signing_keys": {}}) is Standing.UNSIGNED
    assert standing(signed, {}) is Standing.UNSIGNED
    assert standing(signed, {}, None) is Standing.UNSIGNED
    unsigned = {**public["self_signing_key"], "signatures": {}}
    assert standing(signed, {**answer, "self_signing_keys": {"@bot:x": unsigned}}) is Standing.UNSIGNED
    # Under the right name, but of something else or of nothing.
    by = f"ed25519:{seeds.public('self_signing')}"
    [theirs] = others.signed("self_signing", bare)["signatures"]["@bot:x"].values()
    for signature in (theirs, theirs[:-4] + "AAAA", "", "geen base64", 3):
        assert standing({**bare, "signatures": {"@bot:x": {by: signature}}}) is Standing.UNSIGNED
    assert standing({**signed, "algorithms": ["anders"]}) is Standing.UNSIGNED
    key = public["self_signing_key"]
    forged = {**key, "signatures": {"@bot:x": dict.fromkeys(key["signatures"]["@bot:x"], theirs)}}
    assert standing(signed, {**answer, "self_signing_keys": {"@bot:x": forged}}) is Standing.UNSIGNED
    for rubbish in ({}, {"master_keys": 3}, {"master_keys": {"@bot:x": {"keys": [1]}}}, {"device_keys": {"@bot:x": 7}}):
        assert judge(seeds, me, rubbish).standing is Standing.UNSIGNED


def test_seeds_are_not_shown_and_come_back_as_they_were() -> None:
    seeds = Seeds.new("@bot:x")
    assert Seeds.from_json(seeds.to_json()) == seeds
    assert repr(seeds) == "Seeds(user_id='@bot:x')"
    assert canonical({"b": 1, "a": "é", "signatures": {}, "unsigned": {}}) == '{"a":"é","b":1}'.encode()
