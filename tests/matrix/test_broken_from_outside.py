"""What people, and those who are not, do to the bot on a real homeserver: it stays courteous, exact and alive."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.turn import STRANGER, UNBOUND
from tests.conftest import at
from tests.matrix.test_rooms import bound
from tests.matrix.whole_bot import Worlds, answered, text_of

pytestmark = pytest.mark.synapse

MONDAY = at("2027-01-11 09:00")
AO = ("rijk.secr.1", "rijk.ao.0", "vng.ao.2", "uvw.ao.1", "ipo.ao.1")


async def test_whatever_is_said_in_an_encrypted_room_the_next_command_is_answered(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        host, member = await bot.ciphered("rijk.secr.1"), await bot.ciphered("vng.ao.2")
        room = await host.create_room(member.user_id, bot.bot_id, name="AO", room_alias_name=bot.alias("AO"))
        await member.join(room)
        await member.wait_for(lambda e: e.get("state_key") == member.user_id and e["content"]["membership"] == "join")
        await host.wait_for(lambda e: e.get("state_key") == bot.bot_id and e["content"].get("membership") == "join")
        strange: list[dict[str, Any]] = [
            {"body": ""},
            {"body": "\u202e\u200f\x00\x07!"},
            {"body": "!" * 5000},
            {"body": "! ! !signaal"},
            {"body": "!signaal " + "e" * 35_000},
            {"body": "!" + "a" * 30_000},
            {"body": "x", "m.relates_to": "geen"},
            {"body": "x", "m.relates_to": {"m.in_reply_to": {"event_id": "$bestaat-niet"}}},
            {"body": "x", "m.new_content": 3, "m.mentions": []},
            {"body": "!toon 1", "formatted_body": "<a href=" + '"' * 9000, "format": "org.matrix.custom.html"},
            {"msgtype": "m.file", "body": "x.ics", "file": {"url": "mxc://x/y"}},
            {"msgtype": "m.location", "body": "!signaal Hier", "geo_uri": "geo:0,0"},
        ]
        for content in strange:
            await member.event(room, {"msgtype": "m.text", **content})
        last = await member.say(room, "!signaal Kades zakken weg")
        said = await member.wait_for(lambda e: e["sender"] == bot.bot_id and answered(e) == last, within=60)
        assert text_of(said).startswith("SIG-2027-0")
        assert (await bot.signals())[-1] == "Kades zakken weg"


async def test_several_people_each_answer_their_own_question(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bot.open_room("AO", *AO)
        roots = {id: await (await bot.person(id)).say(room, "!signaal") for id in AO[2:]}
        for id, root in roots.items():
            assert "Waarover?" in text_of(await bot.answer(await bot.person(id), root))
        wrong = await (await bot.person("vng.ao.2")).say_in_thread(room, "Niet van mij", roots["uvw.ao.1"])
        for id, root in reversed(roots.items()):
            assert "SIG-2027-" in text_of(await bot.ask(id, "AO", f"Zaak van {id}", thread=root))
        assert await bot.signals() == [f"Zaak van {id}" for id in reversed(AO[2:])]
        assert wrong not in await bot.answers("vng.ao.2", "AO")


@pytest.mark.parametrize("hours", [-5, 30])
async def test_a_clock_that_jumps_loses_nothing_and_says_nothing_twice(worlds: Worlds, hours: int) -> None:
    bot = worlds.whole_bot(at("2027-02-26 08:00"))
    async with bot.running():
        room = await bot.open_room("AO", *AO)
        await bot.ask("vng.ao.2", "AO", "!signaal Baggerdepots zitten vol")
        await bot.until(at("2027-02-26 09:00"))
        bot.clock.set(at("2027-02-26 09:00") + timedelta(hours=hours))
        filed = await bot.ask("vng.ao.2", "AO", "!signaal Sloten lopen over")
        assert text_of(filed).startswith("SIG-2027-002")
    async with bot.running():
        again = await bot.ask("vng.ao.2", "AO", "!signaal Wegen verzakken")
        assert text_of(again).startswith("SIG-2027-003")
        await bot.until(at("2027-02-27 16:00"))
        said = await (await bot.person("vng.ao.2")).messages(room)
        digests = [event for event in said if str(event["content"].get("body", "")).startswith("AO 2 ·")]
        assert len(digests) == 1


async def test_a_second_room_of_a_body_takes_over_and_the_first_is_nobodys(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        old = await bound(bot, "12", *AO)
        new = await bound(bot, "11", *AO)
        assert old != new
        assert text_of(await bot.ask("vng.ao.2", "AO", "!signaal Sloten lopen over")).startswith("SIG-2027-001")
        bot.rooms["oud"] = old
        assert text_of(await bot.ask("vng.ao.2", "oud", "!signaal Nog een")) == UNBOUND
        assert await bot.signals() == ["Sloten lopen over"]


async def test_the_wrong_person_cannot_confirm_and_a_moderator_cannot_undo_for_another(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bot.open_room("AO", *AO)
        moderator = await bot.person("rijk.secr.1")
        member = await bot.person("vng.ao.2")
        filed = await member.say(room, "!signaal Baggerdepots zitten vol")
        await bot.answer(member, filed)
        await bot.ask("rijk.ao.0", "AO", "!weeg 1 afhandelen actualiteit")
        proposal = await bot.ask("uvw.ao.1", "AO", "!escaleer 1 want het raakt ons allen vraag: Een kader toestaan")
        tick = await member.react(room, proposal["event_id"], "✅")
        refused = await member.wait_for(
            lambda e: e["sender"] == bot.bot_id and answered(e) in (tick, proposal["event_id"])
        )
        assert "voorzitter" in text_of(refused)
        await moderator.redact(room, filed)
        shown = text_of(await bot.ask("vng.ao.2", "AO", "!toon 1"))
        assert "In behandeling, ligt bij AO, eigenaar AO." in shown
        assert len(await bot.signals()) == 1


async def test_edits_of_edits_and_threads_in_threads_do_nothing_twice(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bot.open_room("AO", *AO)
        member = await bot.person("vng.ao.2")
        slip = await member.say(room, "!signal Sloten lopen over")
        await bot.answer(member, slip)
        first = await member.edit(room, slip, "!signaal Sloten lopen over")
        assert "SIG-2027-001" in text_of(await bot.answer(member, slip))
        await member.edit(room, first, "!signaal Van een wijziging")
        await member.edit(room, slip, "!signaal Nog een keer")
        told = await bot.answer(member, slip)
        assert "er is niets veranderd" in text_of(told)
        inner = await bot.ask("vng.ao.2", "AO", "!toon 1", thread=slip)
        deeper = await bot.ask("vng.ao.2", "AO", "!toon 1", thread=slip, to=inner["event_id"])
        assert deeper["content"]["m.relates_to"]["event_id"] == slip
        assert await bot.signals() == ["Sloten lopen over"]


async def test_what_was_asked_in_private_is_answered_by_that_person_only_whatever_a_room_names(
    worlds: Worlds,
) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bot.open_room("AO", *AO)
        asked = await bot.ask_in_private("vng.ao.2", "!signaal")
        member, other = await bot.person("vng.ao.2"), await bot.person("uvw.ao.1")
        stolen = await other.reply(room, "Van een ander", asked["event_id"])
        await member.reply(room, "Depots zitten vol", asked["event_id"])
        await bot.ask("vng.ao.2", "AO", "!signalen")
        assert stolen not in await bot.answers("uvw.ao.1", "AO")
        assert await bot.signals() == ["Depots zitten vol"]


async def test_a_message_of_64_kilobytes_is_kept_or_refused_whole_and_titles_call_nobody(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        await bot.open_room("AO", *AO)
        long = "Sloten lopen over. " + "De kades zakken weg en het water stijgt. " * 1_500
        assert text_of(await bot.ask("vng.ao.2", "AO", f"!signaal {long}")).startswith("SIG-2027-001")
        await bot.ask("vng.ao.2", "AO", "!signaal @room \u202ednuorg ed\u202c <img src=x onerror=1>")
        listed = await bot.ask("uvw.ao.1", "AO", "!signalen")
        assert "\u202e" not in str(listed["content"])
        assert "<img" not in listed["content"].get("formatted_body", "")
        assert listed["content"]["m.mentions"] == {}
        assert (await bot.signals())[0] == "Sloten lopen over"


async def test_a_stranger_is_refused_once_for_each_command_and_asked_nothing(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bot.open_room("AO", *AO)
        stranger = await worlds.server.official("onbekend")
        await (await bot.person("rijk.secr.1")).invite(room, stranger.user_id)
        await stranger.join(room)
        question = await bot.ask("vng.ao.2", "AO", "!signaal")
        await stranger.say_in_thread(room, "Van een vreemde", answered(question) or "")
        await stranger.react(room, question["event_id"], "✅")
        sent = await stranger.say(room, "!signaal Iets")
        assert text_of(await bot.answer(stranger, sent)) == STRANGER
        assert await bot.signals() == []
        await stranger.close()
