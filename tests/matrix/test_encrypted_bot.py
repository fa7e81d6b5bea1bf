"""The whole bot in encrypted rooms, with people whose client trusts only signed devices."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from pathlib import Path

import pytest

from bot.channels.matrix import unread
from tests.conftest import at
from tests.matrix.reference import Heard, ReferencePerson
from tests.matrix.whole_bot import WholeBot, Worlds
from tests.synapse import Official

pytestmark = [pytest.mark.synapse, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
START = "2027-01-11T09:00:00+01:00"
MEMBERS = ("rijk.secr.1", "vng.ao.2")


async def ask(bot: WholeBot, person: ReferencePerson, text: str) -> Heard:
    """A command in the AO and its answer."""
    return await person.answer_to(await person.say(bot.rooms["AO"], text), bot.bot_id)


async def heard(person: ReferencePerson, bot: WholeBot, room: str, words: str) -> Heard:
    """What the bot said in a room with these words."""

    def wanted(one: Heard) -> bool:
        return one["sender"] == bot.bot_id and one["room"] == room and words in one["content"].get("body", "")

    return await person.wait_for(wanted)


async def start(bot: WholeBot, *step: str) -> Process:
    """The bot in a process of its own."""
    command = (sys.executable, "-m", "tests.matrix.mortal", str(bot.config), START, *step)
    log = (bot.directory / "log").open("ab")
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, stderr=log, env={**os.environ})


async def ended(process: Process) -> int:
    async with asyncio.timeout(40):
        return await process.wait()


async def test_answers_digests_and_reminders_are_encrypted_where_the_room_is(worlds: Worlds) -> None:
    bot = worlds.whole_bot(at("2027-01-07 09:00"))
    async with bot.running():
        room = await bot.open_encrypted_room("AO", *MEMBERS)
        member = await bot.reference("vng.ao.2")
        direct = await member.room(bot.bot_id, is_direct=True, preset="trusted_private_chat")
        await member.do("together", room=direct, user=bot.bot_id)
        answer = await ask(bot, member, "!signaal Baggerdepots zitten vol")
        assert answer["content"]["body"] == "SIG-2027-001, namens VNG. Ligt bij het AO, weging do 14 jan 2027."
        assert answer["relates"]["rel_type"] == "m.thread"
        await ask(bot, member, "!actie @vng.ao.2 depotkaart sturen uiterlijk 22 januari")
        await bot.until(at("2027-01-08 12:00"))
        digest = await heard(member, bot, room, "AO 1 · donderdag 14 januari 2027")
        assert "SIG-2027-001 Baggerdepots zitten vol" in digest["content"]["body"]
        await bot.until(at("2027-01-15 12:00"))
        reminder = await heard(member, bot, direct, "depotkaart sturen")
        status = (await ask(bot, member, "!status"))["content"]["body"]
        plain = await Official.log_in(bot.server.url, member.user_id, member.password)
        for place in (room, direct):  # what stands in the state of a room is never encrypted
            state = await plain.state(place)
            assert {event["type"] for event in state if event["sender"] == bot.bot_id} == {"m.room.member"}
            assert "depot" not in str(state).lower()
        await plain.close()
    assert {one["wire"] for one in (answer, digest, reminder)} == {"m.room.encrypted"}
    assert {one["shield"] for one in (answer, digest, reminder)} == {"NONE"}
    assert ", ondertekend door de bot zelf." in status
    assert "Vingerafdruk van het apparaat: " in status
    seen = [one for one in await member.messages(room) if one["sender"] == bot.bot_id]
    assert {one["wire"] for one in seen} == {"m.room.encrypted"}


@pytest.mark.parametrize("step", ["heard", "handling", "sent"])
async def test_two_commands_sent_while_the_bot_is_dead_are_answered_once_each(worlds: Worlds, step: str) -> None:
    bot = worlds.whole_bot(at("2027-01-11 09:00"))
    running = await start(bot)
    try:
        room = await bot.open_encrypted_room("AO", *MEMBERS)
        person, other = [await bot.reference(id) for id in MEMBERS]
        await ask(bot, other, "!signaal Kades zakken weg")
        running.kill()
        await ended(running)
        sent = [await other.say(room, "!signaal Sloten groeien dicht")]
        await other.do("rotate", room=room)
        sent.append(await other.say(room, "!signaal Wegen verzakken"))
        running = await start(bot, step)
        assert await ended(running) == -signal.SIGKILL
        running = await start(bot)
        await ask(bot, person, "!signaal Dijken lekken")
        running.terminate()
        assert await ended(running) == 0
    finally:
        if running.returncode is None:
            running.kill()
    answers = [one for one in await other.messages(room) if one["sender"] == bot.bot_id]
    told = [sum(one["relates"]["m.in_reply_to"]["event_id"] == event_id for one in answers) for event_id in sent]
    assert told == [1, 1]
    assert {one["failed"] for one in answers} == {None}
    log = (bot.directory / "log").read_text("utf-8")
    assert "Sloten" not in log
    assert "Wegen" not in log


async def test_a_message_without_its_key_is_answered_once_in_its_thread_with_what_to_do(
    worlds: Worlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unread, "GRACE", unread.GRACE / 12)
    bot = worlds.whole_bot(at("2027-01-11 09:00"))
    async with bot.running():
        room = await bot.open_encrypted_room("AO", *MEMBERS)
        member = await bot.reference("vng.ao.2")
        plain = await Official.log_in(bot.server.url, member.user_id, member.password)
        lost = {
            "algorithm": "m.megolm.v1.aes-sha2",
            "ciphertext": "AwgAEnACgAkLmt6qF84IK",
            "device_id": "WEG",
            "sender_key": "B" * 43,
            "session_id": "kwijt",
        }
        first = await plain.event(room, "m.room.encrypted", lost)
        second = await plain.event(room, "m.room.encrypted", lost)
        await plain.close()
        answer = await member.answer_to(first, bot.bot_id)
        await ask(bot, member, "!signaal Wegen verzakken")
    assert answer["content"]["body"] == (
        "Dit bericht kan ik niet lezen: je programma heeft mij de sleutel ervan niet gegeven. Er is niets vastgelegd. "
        "Typ het nog eens. Lukt het dan weer niet, sluit je programma dan en open het opnieuw, of log opnieuw in."
    )
    assert (answer["relates"]["rel_type"], answer["relates"]["event_id"]) == ("m.thread", first)
    about_second = [one for one in member.heard.values() if (one["relates"] or {}).get("event_id") == second]
    assert about_second == []
