"""The running bot on a real Synapse, from a message of an official to the register and back."""

from __future__ import annotations

import pytest

from tests.conftest import at
from tests.matrix.whole_bot import Worlds, text_of

pytestmark = pytest.mark.synapse

MONDAY = at("2027-01-11 09:00")
MEETING = at("2027-01-14 10:30")  # while the AO meets
AO = ("rijk.secr.1", "rijk.ao.0", "vng.ao.2", "uvw.ao.1")
DO = ("rijk.do.1", "vng.do.1")


async def test_officials_raise_weigh_escalate_confirm_and_act_in_the_rooms_of_ao_and_do(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MEETING)
    async with bot.running():
        await bot.open_room("AO", *AO)
        await bot.open_room("DO", *DO)
        filed = await bot.ask("uvw.ao.1", "AO", "!signaal Baggerdepots zitten vol")
        assert text_of(filed) == "SIG-2027-001, namens UvW. Ligt bij het AO, weging do 14 jan 2027."
        asked = await bot.ask("rijk.ao.0", "AO", "!weeg 1 escaleren")
        assert text_of(asked) == "Strategie of actualiteit?"
        weighed = await bot.ask("rijk.ao.0", "AO", "strategie", thread=asked["content"]["m.relates_to"]["event_id"])
        assert "naar het DO" in text_of(weighed)
        question = await bot.ask("vng.ao.2", "AO", "!escaleer 1 want het raakt alle partijen")
        assert text_of(question) == "Wat moet het DO besluiten?"
        root = question["content"]["m.relates_to"]["event_id"]
        proposed = await bot.ask("vng.ao.2", "AO", "Een tijdelijk kader toestaan", thread=root)
        assert text_of(proposed).startswith("VST-2027-001: SIG-2027-001 naar het DO")
        assert "di 25 mei 2027" in text_of(proposed)
        confirmed = await bot.ask("rijk.ao.0", "AO", "!bekrachtig 1")
        assert text_of(confirmed).startswith("SIG-2027-001 ligt bij het DO")
        director = await bot.person("rijk.do.1")
        await director.wait_for_text(bot.bot_id, "SIG-2027-001", "tijdelijk kader", room=bot.rooms["DO"])
        delegated = await bot.ask("rijk.do.1", "DO", "!delegeer 1 twee opties uitwerken, uiterlijk 18 nov")
        assert text_of(delegated).startswith("Het DO vraagt het AO: twee opties uitwerken.")
        secretary = await bot.person("rijk.secr.1")
        await secretary.wait_for_text(bot.bot_id, "SIG-2027-001", "twee opties uitwerken", room=bot.rooms["AO"])
        action = await bot.ask("rijk.secr.1", "AO", "!actie @vng.ao.2 opties ophalen uiterlijk 5 februari bij 1")
        assert "vr 5 feb 2027" in text_of(action)
        raiser = await bot.private("uvw.ao.1", "SIG-2027-001", "bij het DO")
        assert text_of(raiser).startswith("SIG-2027-001 (Baggerdepots zitten vol)")


async def test_an_answer_stands_in_the_thread_of_the_question_as_html_and_complete_text(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        await bot.open_room("AO", *AO)
        person = await bot.person("uvw.ao.1")
        sent = await person.say(bot.rooms["AO"], "!signaal Baggerdepots zitten vol")
        receipt = (await bot.answer(person, sent))["content"]
        assert receipt["m.relates_to"]["rel_type"] == "m.thread"
        assert receipt["m.relates_to"]["event_id"] == sent
        assert receipt["msgtype"] == "m.notice"
        assert receipt["m.mentions"] == {}
        assert receipt["body"] == "SIG-2027-001, namens UvW. Ligt bij het AO, weging do 14 jan 2027."
        assert receipt["format"] == "org.matrix.custom.html"
        assert receipt["formatted_body"] == f"<p><strong>SIG-2027-001</strong>{receipt['body'][12:]}</p>"
        question = (await bot.ask("uvw.ao.1", "AO", "!signaal"))["content"]
        assert question["msgtype"] == "m.text"
        assert question["m.mentions"] == {"user_ids": [person.user_id]}
        root = question["m.relates_to"]["event_id"]
        answered = (await bot.ask("uvw.ao.1", "AO", "Sloten zitten dicht", thread=root))["content"]
        assert answered["body"].startswith("SIG-2027-002")
        assert answered["m.relates_to"]["event_id"] == root


async def test_a_command_that_is_edited_afterwards_is_not_run_again(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        await bot.open_room("AO", *AO)
        person = await bot.person("uvw.ao.1")
        room = bot.rooms["AO"]
        sent = await person.say(room, "!signaal Baggerdepots zitten vol")
        await bot.answer(person, sent)
        await person.edit(room, sent, "!signaal Baggerdepots zitten helemaal vol")
        said = await bot.answer(person, sent)
        assert "er is niets veranderd" in text_of(said)
        await person.edit(room, sent, "!signaal Nog eens anders")
        await bot.ask("vng.ao.2", "AO", "!signaal Wegen verzakken")
        assert await bot.signals() == ["Baggerdepots zitten vol", "Wegen verzakken"]
        assert len((await bot.answers("uvw.ao.1", "AO"))[sent]) == 2


async def test_a_tick_on_the_message_about_an_action_marks_it_gereed_until_it_is_taken_away(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MEETING)
    async with bot.running():
        await bot.open_room("AO", *AO)
        action = await bot.ask("rijk.secr.1", "AO", "!actie @vng.ao.2 opties ophalen uiterlijk 5 februari")
        room, holder = bot.rooms["AO"], await bot.person("vng.ao.2")
        await holder.react(room, action["event_id"], "👍")  # seen, binds nobody
        tick = await holder.react(room, action["event_id"], "✅")
        done = await holder.wait_for(lambda e: e["sender"] == bot.bot_id and "klaar" in e["content"].get("body", ""))
        assert text_of(done).startswith("ACT-2027-001 klaar.")
        relates = done["content"]["m.relates_to"]
        assert relates["event_id"] == action["content"]["m.relates_to"]["event_id"]
        assert relates["m.in_reply_to"]["event_id"] == action["event_id"]
        await holder.redact(room, tick)
        undone = await holder.wait_for_text(bot.bot_id, "Ongedaan gemaakt", room=room)
        assert undone == "Ongedaan gemaakt: ACT-2027-001 klaar."


async def test_a_pill_is_the_person_of_its_link_whatever_name_it_shows(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bot.open_room("AO", *AO)
        secretary, holder = await bot.person("rijk.secr.1"), await bot.person("vng.ao.2")
        link = f"https://matrix.to/#/{holder.user_id}"
        typed, shown = "!actie rijk.ao.0 opties ophalen uiterlijk 5 februari", f'<a href="{link}">rijk.ao.0</a>'
        formatted = {"format": "org.matrix.custom.html", "formatted_body": typed.replace("rijk.ao.0", shown)}
        answer = await bot.answer(secretary, await secretary.say(room, typed, **formatted))
        assert text_of(answer).startswith("ACT-2027-001 vng.ao.2: opties ophalen")


async def test_a_stranger_in_the_room_gets_a_courteous_refusal_and_nothing_is_stored(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bot.open_room("AO", *AO)
        stranger = await worlds.server.official("onbekend")
        bot.people["onbekend"] = stranger
        await (await bot.person("rijk.secr.1")).invite(room, stranger.user_id)
        await stranger.join(room)
        refused = await bot.ask("onbekend", "AO", "!signaal Iets belangrijks")
        assert text_of(refused) == "Ik ken je nog niet in dit overleg. Vraag het secretariaat je aan te melden."
        assert refused["content"]["msgtype"] == "m.text"
        assert await bot.signals() == []


@pytest.mark.slow
async def test_130_commands_while_the_bot_is_down_are_each_answered_once(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bot.open_room("AO", *AO)
    people = [await bot.person(id) for id in AO[2:]]
    sent = [await people[n % 2].say(room, f"!signaal Depot {n:03d} zit vol") for n in range(130)]
    async with bot.running():
        last = await bot.ask("uvw.ao.1", "AO", "!signaal Het laatste depot zit vol")
        assert text_of(last).startswith("SIG-2027-131")
        answers = await bot.answers("uvw.ao.1", "AO")
        assert [len(answers.get(event_id, [])) for event_id in sent] == [1] * 130
        assert await bot.signals() == [f"Depot {n:03d} zit vol" for n in range(130)] + ["Het laatste depot zit vol"]


async def test_the_digest_of_the_do_stands_in_its_room_on_the_morning_it_is_due(worlds: Worlds) -> None:
    bot = worlds.whole_bot(at("2027-05-13 09:00"))
    async with bot.running():
        room = await bot.open_room("DO", *DO)
        await bot.until(at("2027-05-14 08:31"))
        director = await bot.person("rijk.do.1")
        digest = await director.wait_for(lambda e: e["sender"] == bot.bot_id and e["room_id"] == room)
        assert text_of(digest).startswith("DO 1 · dinsdag 25 mei 2027, 14:00–16:00\n\nStand: vrijdag 14 mei, 08:30")
        assert digest["content"]["msgtype"] == "m.text"
        assert "<h4>Vooruit</h4><ul><li>" in digest["content"]["formatted_body"]
        assert "m.relates_to" not in digest["content"]


async def test_the_digest_of_the_ao_knows_what_was_raised_and_the_chair_gets_a_block_in_private(worlds: Worlds) -> None:
    bot = worlds.whole_bot(at("2027-01-04 09:00"))
    async with bot.running():
        room = await bot.open_room("AO", *AO)
        await bot.ask("uvw.ao.1", "AO", "!signaal Baggerdepots zitten vol")
        await bot.until(at("2027-01-08 08:31"))
        member = await bot.person("vng.ao.2")
        digest = await member.wait_for_text(bot.bot_id, "AO 1 · donderdag 14 januari 2027", room=room)
        assert "SIG-2027-001 Baggerdepots zitten vol" in digest
        block = await bot.private("rijk.ao.0", "Alleen voor voorzitter en secretaris")
        assert "UvW 1" in text_of(block)


async def test_a_nudge_arrives_in_private_when_the_clock_has_moved_to_its_day(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        await bot.open_room("AO", *AO)
        await bot.until(at("2027-01-29 08:31"))
        nudge = await bot.private("rijk.secr.1", "WG-LOOD")
        assert "nog 61 dagen" in text_of(nudge)
        assert "Vertraagd" not in text_of(nudge)
        assert nudge["content"]["msgtype"] == "m.text"
        secretary = await bot.person("rijk.secr.1")
        assert nudge["content"]["m.mentions"] == {"user_ids": [secretary.user_id]}


async def test_what_fell_due_while_the_bot_was_down_comes_once_and_says_that_it_is_late(worlds: Worlds) -> None:
    bot = worlds.whole_bot(at("2027-01-21 09:00"))  # the meeting of the 14th was asked about before
    async with bot.running():
        await bot.open_room("AO", *AO)
    bot.clock.set(at("2027-01-29 11:00"))
    for _ in range(2):
        async with bot.running():
            await bot.all_sent()
    async with bot.running():
        nudge = await bot.private("rijk.secr.1", "WG-LOOD")
        assert text_of(nudge).startswith("Vertraagd door een storing; bedoeld voor vrijdag 29 januari 2027.")
        secretary = await bot.person("rijk.secr.1")
        said = [e for e in await secretary.messages(nudge["room_id"]) if e["sender"] == bot.bot_id]
        assert len([e for e in said if "WG-LOOD" in e["content"].get("body", "")]) == 1
