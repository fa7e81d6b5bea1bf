"""What the channel says on a real server: once, in the right room and thread, and what it makes of a refusal."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from bot.channels.base import ChannelClosed, Parcel, SendLater, SendNever
from bot.channels.matrix import MatrixChannel
from commands.kit.reply import Heading, Mention, Message, Text, say
from tests.matrix.proxy import Trouble, proxy
from tests.matrix.world import World
from tests.synapse import synapse

pytestmark = pytest.mark.synapse


async def in_turn(channel: MatrixChannel, parcels: list[Parcel]) -> None:
    for parcel in parcels:
        await channel.send(parcel)


async def patiently(channel: MatrixChannel, parcel: Parcel) -> str:
    """As the outbox does: again with the same key."""
    for _ in range(100):
        try:
            return await channel.send(parcel)
        except SendLater:
            await asyncio.sleep(0.1)
    raise TimeoutError


async def test_an_answer_stands_in_the_thread_and_mentions_only_who_must_act(world: World) -> None:
    chair, member = await world.official(), await world.official()
    async with world.running() as channel:
        room = await world.room(chair, member)
        question = await chair.say(room, "!escaleer 14")
        message = say(("@room ", Mention("vng.ao.1", "Voorzitter AO"), ": akkoord?"))
        (rendered,) = channel.render(message, {"vng.ao.1": chair.user_id})
        sent = await channel.send(
            Parcel("reply:1", room, False, rendered, mentions=(chair.user_id,), reply_to=question)
        )
        await channel.send(world.parcel("reply:2", room, "@room genoteerd", notice=True))
        heard = await chair.wait_for(lambda event: event.get("event_id") == sent)
        receipt = await chair.wait_for(lambda event: event["content"].get("msgtype") == "m.notice")
    assert heard["content"] == {
        "msgtype": "m.text",
        "body": "@room @Voorzitter AO: akkoord?",
        "format": "org.matrix.custom.html",
        "formatted_body": f'<p>@room <a href="https://matrix.to/#/{chair.user_id}">Voorzitter AO</a>: akkoord?</p>',
        "m.mentions": {"user_ids": [chair.user_id]},
        "m.relates_to": {
            "rel_type": "m.thread",
            "event_id": question,
            "is_falling_back": True,
            "m.in_reply_to": {"event_id": question},
        },
    }
    assert receipt["content"]["m.mentions"] == {}


async def test_the_same_key_twice_is_one_event_also_after_a_restart(world: World) -> None:
    chair = await world.official()
    async with world.running() as channel:
        room = await world.room(chair, await world.official())
        first = await channel.send(world.parcel("reply:$x:1", room, "Eén keer"))
        assert await channel.send(world.parcel("reply:$x:1", room, "Eén keer")) == first
    async with world.running(world.channel(password=False)) as channel:
        assert await channel.send(world.parcel("reply:$x:1", room, "Eén keer")) == first
    said = [event for event in await chair.messages(room) if event["content"].get("body") == "Eén keer"]
    assert len(said) == 1


async def test_sending_works_as_soon_as_the_channel_is_started(world: World) -> None:
    chair = await world.official()
    async with world.running():
        room = await world.room(chair, await world.official())
    channel = world.channel()
    await channel.start(world.ears)
    await channel.send(world.parcel("digest:1", room, "Goedemorgen"))
    await channel.stop()
    await channel.stop()
    assert await chair.wait_for_text(world.bot_id, "Goedemorgen")


async def test_a_long_message_comes_in_parts_that_the_server_takes(world: World) -> None:
    chair = await world.official()
    sections = tuple(
        block
        for number in range(40)
        for block in (Heading(f"Onderwerp {number}"), Text(f"Toelichting {number} " + "€<&> woord " * 400))
    )
    async with world.running() as channel:
        room = await world.room(chair, await world.official())
        parts = channel.render(Message(sections), {})
        for number, rendered in enumerate(parts, 1):
            await channel.send(Parcel(f"digest:{number}", room, False, rendered))
        said = [e for e in await chair.messages(room) if e["sender"] == world.bot_id and "body" in e["content"]]
    assert len(said) == len(parts) > 5
    assert all(len(json.dumps(event, ensure_ascii=False).encode()) < 60_000 for event in said)
    text = "\n".join(event["content"]["body"] for event in said)
    assert [text.count(f"Toelichting {n} ") for n in range(40)] == [1] * 40


async def test_what_does_not_fit_is_never_sent(world: World) -> None:
    chair = await world.official()
    async with world.running() as channel:
        room = await world.room(chair, await world.official())
        with pytest.raises(SendNever):
            await channel.send(world.parcel("te lang", room, "x" * 70_000))


async def test_a_room_goes_by_its_alias_too_and_the_ears_learn_it(world: World) -> None:
    chair = await world.official()
    name = world.server.unused("ao-bodem")
    alias = f"#{name}:{world.server.server_name}"
    async with world.running() as channel:
        room = await world.room(chair, await world.official(), room_alias_name=name)
        await world.ears.wait_for(await chair.say(room, "!signaal"))
        await channel.send(world.parcel("via alias", alias, "Goedemorgen"))
        await chair.wait_for_text(world.bot_id, "Goedemorgen", room=room)
        with pytest.raises(SendNever):
            await channel.send(world.parcel("nergens", f"#bestaat-niet:{world.server.server_name}", "Hallo"))
    assert world.ears.kept[f"alias:{alias}"] == room
    assert world.ears.kept[f"room:{room}"] == alias


async def test_an_alias_that_the_directory_does_not_confirm_is_not_believed(world: World) -> None:
    chair = await world.official()
    name = world.server.unused("ao-bodem")
    async with proxy(world.server.url) as between, world.running(world.channel(url=between.url)):
        other = {"room_id": "!een-andere-kamer", "servers": [world.server.server_name]}
        between.troubles.append(Trouble("/directory/room", 200, other, times=9))
        room = await world.room(chair, await world.official(), room_alias_name=name)
        await world.ears.wait_for(await chair.say(room, "!signaal"))
        assert between.asked("/directory/room") >= 1
    assert not [key for key in world.ears.kept if key.startswith(("alias:", "room:"))]


async def test_what_is_said_in_an_encrypted_room_is_encrypted(world: World) -> None:
    chair = await world.official()
    secret = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    async with world.running() as channel:
        room = await world.room(chair, await world.official(), name="AO", initial_state=[secret])
        sent = await channel.send(world.parcel("geheim", room, "Vertrouwelijk"))
        event = await chair.wait_for(lambda e: e.get("event_id") == sent)
    assert event["type"] == "m.room.encrypted"
    assert "Vertrouwelijk" not in str(event)


async def test_a_private_room_is_made_once_and_used_again_after_a_restart(world: World) -> None:
    person = await world.official()
    async with world.running() as channel:
        await channel.send(world.parcel("nudge:1", person.user_id, "Je actie verloopt", private=True))
        room = await person.accept_invites()
        await person.wait_for_text(world.bot_id, "Je actie verloopt")
        answer = await world.ears.wait_for(await person.say(room, "klaar"))
        assert (answer.private, answer.room, answer.text) == (True, "", "klaar")
    assert world.ears.kept[f"dm:{person.user_id}"] == room
    async with world.running() as channel:
        await channel.send(world.parcel("nudge:2", person.user_id, "Tweede bericht", private=True))
        await person.wait_for_text(world.bot_id, "Tweede bericht", room=room)
    world.ears.kept.clear()  # even when the database is another
    async with world.running() as channel:
        await channel.send(world.parcel("nudge:3", person.user_id, "Derde bericht", private=True))
        await person.wait_for_text(world.bot_id, "Derde bericht", room=room)


async def test_a_private_chat_that_a_person_starts_is_answered_there(world: World) -> None:
    person = await world.official()
    async with world.running() as channel:
        await channel.send(world.parcel("nudge:1", person.user_id, "Hier", private=True))
        room = await person.create_direct(world.bot_id)
        await world.entered(room)
        heard = await world.ears.wait_for(await person.say(room, "!mijn"))
        assert (heard.private, heard.room) == (True, "")
        await channel.send(world.parcel("reply:1", person.user_id, "Je acties", private=True))
        await person.wait_for_text(world.bot_id, "Je acties", room=room)


async def test_a_third_person_ends_the_privacy_of_a_room(world: World) -> None:
    person, curious = await world.official(), await world.official()
    async with world.running() as channel:
        room = await person.create_direct(world.bot_id)
        await world.entered(room)
        await world.ears.wait_for(await person.say(room, "!mijn"))
        await person.invite(room, curious.user_id)
        heard = await world.ears.wait_for(await person.say(room, "!mijn"))
        assert (heard.private, heard.room) == (False, room)
        await channel.send(world.parcel("nudge:1", person.user_id, "Vertrouwelijk", private=True))
        other = await person.accept_invites()
        await person.wait_for_text(world.bot_id, "Vertrouwelijk", room=other)
    assert other != room


async def test_a_named_room_in_which_only_the_chair_is_yet_is_not_private(world: World) -> None:
    chair = await world.official()
    async with world.running():
        room = await world.room(chair, name="DO Bodem")
        heard = await world.ears.wait_for(await chair.say(room, "!signaal"))
    assert (heard.private, heard.room) == (False, room)


async def test_a_room_that_the_bot_is_just_entering_gets_what_is_said_in_a_moment(world: World) -> None:
    async with world.running() as channel:
        channel._book.awaited.add("!net-binnen")  # joined, and no sync has told of it yet
        with pytest.raises(SendLater):
            await channel.send(world.parcel("een", "!net-binnen", "Hallo"))
        with pytest.raises(SendNever):
            await channel.send(world.parcel("twee", "!elders", "Hallo"))


async def test_what_is_for_a_room_that_was_replaced_waits_for_the_new_one(world: World) -> None:
    person = await world.official()
    async with world.running() as channel:
        room = await world.room(person, await world.official())
        await person.call("POST", f"rooms/{room}/upgrade", {"new_version": "12"})
        await world.ears.until(lambda: channel._book.replaced(room))
        with pytest.raises(SendLater, match="was replaced"):
            await channel.send(world.parcel("een", room, "Hallo"))


async def test_being_removed_from_a_room_is_survived_and_told_to_who_sends(world: World) -> None:
    chair, member = await world.official(), await world.official()
    async with world.running() as channel:
        room, other = await world.room(chair, member), await world.room(chair, member)
        await chair.kick(room, world.bot_id)
        await world.ears.wait_for(await chair.say(other, "!nog hier"))
        with pytest.raises(SendNever):
            await channel.send(world.parcel("weg", room, "Hoort u mij?"))
    async with world.running() as channel:
        with pytest.raises(SendNever):
            await channel.send(world.parcel("weg", room, "Hoort u mij?"))
        await chair.invite(room, world.bot_id)
        await world.entered(room)
        await world.ears.wait_for(await chair.say(room, "!terug"))
        await channel.send(world.parcel("terug", room, "Daar ben ik weer"))


async def test_an_answer_to_an_event_that_cannot_start_a_thread_is_still_given(world: World) -> None:
    chair = await world.official()
    async with world.running() as channel:
        room = await world.room(chair, await world.official())
        reaction = await chair.react(room, await chair.say(room, "!actie"), "✅")
        sent = await channel.send(world.parcel("reply:1", room, "Gereed", reply_to=reaction))
        await chair.wait_for_text(world.bot_id, "Gereed")
        assert sent.startswith("$")


async def test_an_answer_lost_on_the_way_is_sent_again_as_the_same_event(world: World) -> None:
    chair = await world.official()
    async with proxy(world.server.url) as between, world.running(world.channel(url=between.url)) as channel:
        room = await world.room(chair, await world.official())
        between.troubles.append(Trouble("/send/", 502, late=True))
        with pytest.raises(SendLater):
            await channel.send(world.parcel("reply:1", room, "Eén keer"))
        await channel.send(world.parcel("reply:1", room, "Eén keer"))
        assert between.asked("/send/") == 2  # one request per attempt: retrying is for the outbox
    said = [event for event in await chair.messages(room) if event["content"].get("body") == "Eén keer"]
    assert len(said) == 1


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (500, {"errcode": "M_UNKNOWN", "error": "x"}, SendLater),
        (503, "<html>", SendLater),
        (404, "<html>", SendLater),  # from a proxy: the server always names a code
        (413, "<html>", SendNever),
        (413, {"errcode": "M_TOO_LARGE", "error": "x"}, SendNever),
        (403, {"errcode": "M_FORBIDDEN", "error": "x"}, SendNever),
        (401, {"errcode": "M_UNKNOWN_TOKEN", "error": "x"}, ChannelClosed),
    ],
)
async def test_each_refusal_is_told_for_what_it_is(
    world: World, status: int, body: str | dict[str, str], expected: type[Exception]
) -> None:
    chair = await world.official()
    async with proxy(world.server.url) as between, world.running(world.channel(url=between.url)) as channel:
        room = await world.room(chair, await world.official())
        between.troubles.append(Trouble("/send/", status, body))
        with pytest.raises(expected):
            await channel.send(world.parcel("reply:1", room, "Hallo"))


async def test_a_server_that_is_away_means_later(world: World) -> None:
    chair = await world.official()
    async with proxy(world.server.url) as between:
        async with world.running(world.channel(url=between.url)):
            room = await world.room(chair, await world.official())
        channel = world.channel(url=between.url)
        await channel.start(world.ears)
    with pytest.raises(SendLater):
        await channel.send(world.parcel("reply:1", room, "Hallo"))
    await channel.stop()


@pytest.mark.slow
async def test_a_rate_limited_send_says_when_to_try_again(tmp_path: Path) -> None:
    (tmp_path / "server").mkdir()
    with synapse(tmp_path / "server", rc_message={"per_second": 0.5, "burst_count": 3}) as strict:
        world = World(strict, tmp_path)
        chair = await world.official()
        async with world.running() as channel:
            room = await world.room(chair, await world.official())
            parcels = [world.parcel(f"reply:{number}", room, f"Bericht {number}") for number in range(10)]
            with pytest.raises(SendLater) as refused:
                await in_turn(channel, parcels)
        await world.close()
    assert refused.value.after is not None
    assert 0 < refused.value.after <= 10


@pytest.mark.slow
async def test_on_a_server_that_encrypts_new_rooms_a_private_message_is_encrypted(tmp_path: Path) -> None:
    (tmp_path / "server").mkdir()
    with synapse(tmp_path / "server", encryption_enabled_by_default_for_room_type="all") as strict:
        world = World(strict, tmp_path)
        person = await world.official()
        async with world.running() as channel:
            parcel = world.parcel("nudge:1", person.user_id, "Vertrouwelijk", private=True)
            sent = await patiently(channel, parcel)
            room = await person.accept_invites()
            said = await person.messages(room)
        await world.close()
    assert [event["type"] for event in said if event["event_id"] == sent] == ["m.room.encrypted"]
    assert "Vertrouwelijk" not in str(said)
