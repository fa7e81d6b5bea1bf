"""What the channel hears on a real server: everything once and in order, and nothing that is not meant for it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.base import Heard
from tests.matrix.world import World

pytestmark = pytest.mark.synapse


async def test_a_message_is_heard_with_room_person_and_time(world: World) -> None:
    chair, member = await world.official(), await world.official()
    async with world.running():
        room = await world.room(chair, member, name="AO Bodem")
        sent = await chair.say(room, "!signaal Depots zitten vol")
        heard = await world.ears.wait_for(sent)
    assert heard == Heard("matrix", sent, heard.at, room, False, chair.user_id, "message", "!signaal Depots zitten vol")
    assert abs(datetime.now(UTC) - heard.at) < timedelta(minutes=1)


async def test_the_first_start_hears_no_history(world: World) -> None:
    chair = await world.official()
    async with world.running():
        room = await world.room(chair, await world.official())
    for number in range(3):
        await chair.say(room, f"!oud {number}")
    world.ears.stored, world.ears.events = None, {}  # a new database
    async with world.running():
        new = await chair.say(room, "!nieuw")
        await world.ears.wait_for(new)
    assert world.ears.texts == ["!nieuw"]


async def test_what_was_said_before_the_bot_was_invited_is_not_heard(world: World) -> None:
    chair = await world.official()
    async with world.running():
        room = await chair.create_room(name="AO")
        await chair.say(room, "!voor de komst")
        await chair.invite(room, world.bot_id)
        await world.entered(room)
        await world.ears.wait_for(await chair.say(room, "!erna"))
    assert world.ears.texts == ["!erna"]


@pytest.mark.slow
async def test_130_messages_while_the_bot_is_down_are_heard_once_and_in_order(world: World) -> None:
    chair = await world.official()
    async with world.running():
        room = await world.room(chair, await world.official(), name="AO")
    for number in range(130):
        await chair.say(room, f"!bericht {number}")
    async with world.running():
        last = await chair.say(room, "!klaar")
        await world.ears.wait_for(last)
    assert world.ears.texts == [f"!bericht {number}" for number in range(130)] + ["!klaar"]
    assert sum(count for count, _ in world.ears.calls) == 131


@pytest.mark.slow
async def test_a_burst_while_the_bot_is_up_is_heard_whole(world: World) -> None:
    people = [await world.official() for _ in range(4)]
    async with world.running():
        room = await world.room(*people)
        sent = await asyncio.gather(*(people[n % 4].say(room, f"!salvo {n}") for n in range(200)))
        await world.ears.until(lambda: len(world.ears.events) >= 200, within=60)
    assert set(world.ears.events) == set(sent)


async def test_a_crash_before_storing_loses_nothing(world: World) -> None:
    chair = await world.official()
    async with world.running():
        room = await world.room(chair, await world.official())
    before = world.ears.stored
    sent = await chair.say(room, "!belangrijk")
    world.ears.broken = 1
    channel = world.channel()
    with pytest.raises(RuntimeError, match="database"):
        await channel.start(world.ears)
    await channel.stop()
    assert world.ears.stored == before
    async with world.running():
        assert (await world.ears.wait_for(sent)).text == "!belangrijk"


async def test_events_and_position_come_in_one_call(world: World) -> None:
    chair = await world.official()
    async with world.running():
        room = await world.room(chair, await world.official())
        for number in range(3):
            await world.ears.wait_for(await chair.say(room, f"!{number}"))
    assert all(position for _, position in world.ears.calls)
    assert len({position for _, position in world.ears.calls}) == len(world.ears.calls)


async def test_notices_emotes_files_and_the_bot_itself_are_not_heard(world: World) -> None:
    chair = await world.official()
    async with world.running() as channel:
        room = await world.room(chair, await world.official())
        await chair.say(room, "!notice", msgtype="m.notice")
        await chair.say(room, "!emote", msgtype="m.emote")
        await chair.say(room, "stuk.pdf", msgtype="m.file", url="mxc://overleg.example/x")
        await channel.send(world.parcel("eigen", room, "!eigen"))
        await world.ears.wait_for(await chair.say(room, "!laatste"))
    assert world.ears.texts == ["!laatste"]


async def test_an_edit_a_reaction_and_redactions_are_recognised(world: World) -> None:
    chair = await world.official()
    async with world.running():
        room = await world.room(chair, await world.official())
        sent = await chair.say(room, "!actie rapprot")
        edit = await world.ears.wait_for(await chair.edit(room, sent, "!actie rapport"))
        reacted = await chair.react(room, sent, "✅\ufe0f")
        reaction = await world.ears.wait_for(reacted)
        taken_back = await world.ears.wait_for(await chair.redact(room, reacted))
        redaction = await world.ears.wait_for(await chair.redact(room, sent))
    assert (edit.kind, edit.text, edit.target) == ("edit", "!actie rapport", sent)
    assert (reaction.kind, reaction.text, reaction.target) == ("reaction", "✅", sent)
    assert (taken_back.kind, taken_back.target) == ("redaction", reacted)
    assert (redaction.kind, redaction.target) == ("redaction", sent)


async def test_a_message_that_was_removed_while_the_bot_was_down_is_not_heard(world: World) -> None:
    chair = await world.official()
    async with world.running():
        room = await world.room(chair, await world.official())
    await chair.redact(room, await chair.say(room, "!vergissing"))
    async with world.running():
        await world.ears.wait_for(await chair.say(room, "!bedoeld"))
    assert [event.text for event in world.ears.events.values() if event.kind == "message"] == ["!bedoeld"]


async def test_replies_and_threads_say_what_they_belong_to(world: World) -> None:
    chair = await world.official()
    async with world.running():
        room = await world.room(chair, await world.official())
        root = await chair.say(room, "!signaal")
        reply = await world.ears.wait_for(await chair.reply(room, "> <@x:y> !signaal\n\nja", root))
        inside = await world.ears.wait_for(await chair.say_in_thread(room, "eind oktober", root))
        answer = await world.ears.wait_for(await chair.say_in_thread(room, "laat maar", root, reply_to=inside.event_id))
    assert (reply.text, reply.target, reply.thread) == ("ja", root, None)
    assert (inside.text, inside.target, inside.thread) == ("eind oktober", None, root)
    assert (answer.text, answer.target, answer.thread) == ("laat maar", inside.event_id, root)


@pytest.mark.parametrize("version", ["11", "12"])
async def test_both_common_room_versions_are_heard(world: World, version: str) -> None:
    chair = await world.official()
    async with world.running() as channel:
        room = await world.room(chair, await world.official(), room_version=version)
        sent = await chair.say(room, "!signaal")
        await world.ears.wait_for(sent)
        await channel.send(world.parcel("antwoord", room, "Genoteerd", thread=sent))
        await chair.wait_for_text(world.bot_id, "Genoteerd")
        removed = await world.ears.wait_for(await chair.redact(room, sent))
    assert (removed.kind, removed.target, removed.room) == ("redaction", sent, room)
