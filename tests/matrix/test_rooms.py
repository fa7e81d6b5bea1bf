"""Rooms on a real Synapse, of versions 11 and 12: inviting, binding, being put out, rights that change, upgrades."""

from __future__ import annotations

import math
from typing import Any

import pytest

from bot.channels.matrix.levels import level_of, needed_for
from bot.channels.matrix.news import JoinedRoom
from bot.channels.matrix.rooms import RoomBook
from commands.rules.chat_rooms import DECLINED, DECLINED_OUTSIDER
from commands.words.people import Room
from storage.store import SqlStore
from tests.conftest import at
from tests.matrix.whole_bot import WholeBot, Worlds, text_of
from tests.matrix.world import World

MONDAY = at("2027-01-11 09:00")
BOTH = pytest.mark.parametrize("version", ["11", "12"])
synapse = pytest.mark.synapse
#: What the server itself makes of a new private chat; none of it holds a word of the register.
SETTING_UP = {
    "m.room.create",
    "m.room.member",
    "m.room.power_levels",
    "m.room.join_rules",
    "m.room.history_visibility",
    "m.room.guest_access",
    "m.room.encryption",
}


@synapse
async def test_an_invitation_is_declined_with_the_reason(world: World) -> None:
    stranger = await world.official("vreemde", known=False)
    async with world.running():
        await stranger.create_room(world.bot_id, name="Vreemd")
        left = await stranger.wait_for(
            lambda e: e.get("state_key") == world.bot_id and e["content"].get("membership") == "leave"
        )
    assert left["content"]["reason"] == "Ik ken je niet."


@synapse
async def test_who_may_not_bring_the_bot_into_a_room_reads_why_and_the_bot_stays_away(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        outsider, stranger = await bot.person("kennis.wg.1"), await worlds.server.official("onbekend")
        for person, why in ((stranger, DECLINED), (outsider, DECLINED_OUTSIDER)):
            room = await person.create_room(bot.bot_id, name="Overleg")
            left = await person.wait_for(
                lambda e: e.get("state_key") == bot.bot_id and e["content"].get("membership") == "leave"
            )
            assert left["content"]["reason"] == why
            assert (await person.members(room))[bot.bot_id] == "leave"
        private = await outsider.create_direct(bot.bot_id)  # there whoever takes part may have the bot
        await outsider.wait_for(lambda e: e["room_id"] == private and e.get("state_key") == bot.bot_id and _joined(e))
        await stranger.close()


async def bound(bot: WholeBot, version: str, *ids: str) -> str:
    """A new room of the AO, asked by the secretary and confirmed by the chair; gives its id."""
    host, *others = [await bot.person(id) for id in ids]
    room = await host.create_room(bot.bot_id, *(one.user_id for one in others), name="AO", room_version=version)
    for one in others:
        await one.join(room)
    await host.wait_for(lambda e: e["type"] == "m.room.member" and e["state_key"] == bot.bot_id and _joined(e))
    bot.rooms["AO"] = room
    await bot.ask(ids[0], "AO", "!kanaal AO")
    asked = await bot.private("rijk.ao.0", "wordt de kamer van het AO")
    await (await bot.person("rijk.ao.0")).react(asked["room_id"], asked["event_id"], "✅")
    await host.wait_for_text(bot.bot_id, "Dit is nu de kamer van het AO.", room=room)
    return room


def _joined(event: dict[str, Any]) -> bool:
    return bool(event["content"].get("membership") == "join")


async def address(bot: WholeBot, body: str) -> str | None:
    assert bot.app is not None

    def unit(session: Any) -> str | None:
        found = SqlStore(session).get(Room, Room(body).id)
        return found.matrix if found else None

    return await bot.app.database.run(unit)


@synapse
@BOTH
async def test_a_room_is_bound_and_commands_reactions_and_withdrawals_work_there(worlds: Worlds, version: str) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bound(bot, version, "rijk.secr.1", "rijk.ao.0", "vng.ao.2")
        assert await address(bot, "AO") == room
        person = await bot.person("vng.ao.2")
        sent = await person.say(room, "!signaal Baggerdepots zitten vol")
        assert text_of(await bot.answer(person, sent)).startswith("SIG-2027-001")
        await person.redact(room, sent)
        undone = await person.wait_for_text(bot.bot_id, "Ongedaan gemaakt", room=room)
        assert undone == "Ongedaan gemaakt: SIG-2027-001 ingediend."
        action = await bot.ask("rijk.secr.1", "AO", "!actie @vng.ao.2 opties ophalen uiterlijk 5 februari")
        await person.react(room, action["event_id"], "⏰")
        asked = await person.wait_for(lambda e: e.get("content", {}).get("body") == "Wat is de nieuwe datum?")
        assert asked["content"]["m.mentions"] == {"user_ids": [person.user_id]}
        root = asked["content"]["m.relates_to"]["event_id"]
        moved = await bot.ask("vng.ao.2", "AO", "12 februari", thread=root)
        assert text_of(moved) == "ACT-2027-001 wordt vr 12 feb 2027, eerste uitstel."


@synapse
@BOTH
async def test_an_upgraded_room_is_followed_when_the_bot_is_invited(worlds: Worlds, version: str) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running() as app:
        room = await bound(bot, version, "rijk.secr.1", "rijk.ao.0", "vng.ao.2")
        host, member = await bot.person("rijk.secr.1"), await bot.person("vng.ao.2")
        made = await host.call("POST", f"rooms/{room}/upgrade", {"new_version": "12"})
        new = str(made["replacement_room"])
        await bot.private("rijk.secr.1", "De kamer van het AO is vervangen")
        await host.invite(new, bot.bot_id)
        await host.invite(new, member.user_id)
        await member.join(new)
        await host.wait_for_text(bot.bot_id, "Dit is nu de kamer van het AO; de oude is gesloten.", room=new)
        assert await address(bot, "AO") == new
        bot.rooms["AO"] = new
        assert text_of(await bot.ask("vng.ao.2", "AO", "!signaal Sloten lopen over")).startswith("SIG-2027-001")
        assert app.ready.is_set()


@synapse
@BOTH
async def test_in_an_upgraded_room_with_someone_from_outside_nothing_sensitive_is_said(
    worlds: Worlds, version: str
) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bound(bot, version, "rijk.secr.1", "rijk.ao.0", "vng.ao.2")
        host, member = await bot.person("rijk.secr.1"), await bot.person("vng.ao.2")
        outsider = await bot.person("kennis.wg.1")
        await bot.ask("vng.ao.2", "AO", "!signaal Geheime zaak gevoelig:ja")
        assert "Geheime zaak" in text_of(await bot.ask("vng.ao.2", "AO", "!toon 1"))
        made = await host.call("POST", f"rooms/{room}/upgrade", {"new_version": "12"})
        new = str(made["replacement_room"])
        for person in (outsider, member):
            await host.invite(new, person.user_id)
            await person.join(new)
        await host.invite(new, bot.bot_id)
        warned = await host.wait_for_text(bot.bot_id, "iemand van buiten de overheid", room=new)
        assert "kennis.wg.1" in warned
        bot.rooms["AO"] = new
        await member.say(new, "!toon 1")
        assert "Geheime zaak" in text_of(await bot.private("vng.ao.2", "SIG-2027-001"))
        filed = await bot.ask("vng.ao.2", "AO", "!signaal Sloten lopen over")
        assert text_of(filed).startswith("SIG-2027-002")
        assert "Geheime" not in str(await outsider.messages(new))


@synapse
async def test_a_room_that_only_says_it_replaces_another_takes_nothing_over(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bound(bot, "12", "rijk.secr.1", "rijk.ao.0", "vng.ao.2")
        thief = await bot.person("vng.ao.2")
        false = await thief.create_room(
            bot.bot_id, name="AO", creation_content={"predecessor": {"room_id": room, "event_id": "$x"}}
        )
        await thief.wait_for(lambda e: e["room_id"] == false and e.get("state_key") == bot.bot_id and _joined(e))
        bot.rooms["vals"] = false
        answer = await bot.ask("vng.ao.2", "vals", "!signaal Iets")
        assert text_of(answer).startswith("Deze kamer is nog niet van een overleg")
        assert await address(bot, "AO") == room


@synapse
@pytest.mark.parametrize("verb", ["kick", "ban"])
async def test_put_out_of_the_room_the_secretary_hears_it_and_an_invitation_mends_it(worlds: Worlds, verb: str) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bound(bot, "12", "rijk.secr.1", "rijk.ao.0")
        host = await bot.person("rijk.secr.1")
        await host.call("POST", f"rooms/{room}/{verb}", {"user_id": bot.bot_id})
        told = await bot.private("rijk.secr.1", "uit de kamer van het AO gehaald")
        assert text_of(told).startswith("rijk.secr.1 heeft mij uit de kamer van het AO gehaald.")
        if verb == "ban":
            await host.call("POST", f"rooms/{room}/unban", {"user_id": bot.bot_id})
        await host.invite(room, bot.bot_id)
        await host.wait_for(lambda e: e["room_id"] == room and e.get("state_key") == bot.bot_id and _joined(e))
        assert text_of(await bot.ask("rijk.secr.1", "AO", "!signaal Depots zitten vol")).startswith("SIG-2027-001")


@synapse
async def test_who_reads_along_is_named_and_rights_in_the_room_are_none_in_the_register(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bound(bot, "12", "rijk.secr.1", "rijk.ao.0", "vng.ao.2")
        host, member = await bot.person("rijk.secr.1"), await bot.person("vng.ao.2")
        stranger = await worlds.server.official("onbekend")
        bot.people["onbekend"] = stranger
        await host.invite(room, stranger.user_id)
        await stranger.join(room)
        told = await bot.private("rijk.secr.1", "iemand die ik niet ken", stranger.user_id)
        assert text_of(told).startswith("In de kamer van het AO zit iemand die ik niet ken")
        levels = await host.call("GET", f"rooms/{room}/state/m.room.power_levels")
        levels["users"] = {**levels.get("users", {}), member.user_id: 100, stranger.user_id: 100}
        await host.call("PUT", f"rooms/{room}/state/m.room.power_levels", levels)
        await bot.ask("rijk.secr.1", "AO", "!signaal Depots zitten vol")
        refused = await bot.ask("vng.ao.2", "AO", "!weeg 1 afwijzen want daarom")
        assert "doet de voorzitter van het AO" in text_of(refused)
        assert text_of(await bot.ask("onbekend", "AO", "!signaal Iets")).startswith("Ik ken je nog niet")


@synapse
async def test_a_bot_that_may_not_write_says_so_to_the_secretary(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bound(bot, "11", "rijk.secr.1", "rijk.ao.0")
        host = await bot.person("rijk.secr.1")
        levels = await host.call("GET", f"rooms/{room}/state/m.room.power_levels")
        await host.call("PUT", f"rooms/{room}/state/m.room.power_levels", {**levels, "events_default": 50})
        told = await bot.private("rijk.secr.1", "mag ik niets zeggen")
        assert (
            text_of(told)
            == "In de kamer van het AO mag ik niets zeggen. Wie de kamer beheert, kan mij dat recht geven."
        )


@synapse
async def test_nothing_of_the_register_ever_stands_in_the_state_of_a_room(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bound(bot, "12", "rijk.secr.1", "rijk.ao.0", "vng.ao.2")
        await bot.ask("vng.ao.2", "AO", "!signaal Baggerdepots zitten vol")
        await bot.ask("rijk.ao.0", "AO", "!weeg 1 agenderen strategie")
        person = await bot.person("rijk.ao.0")
        events = await person.state(room)
        mine = {event["type"] for event in events if event["sender"] == bot.bot_id}
        assert mine == {"m.room.member"}
        asked = await bot.private("rijk.secr.1", "heeft bevestigd")
        events = await (await bot.person("rijk.secr.1")).state(asked["room_id"])
        assert "Baggerdepots" not in str(events)
        assert {event["type"] for event in events} <= SETTING_UP


def test_levels_are_read_as_they_are_now_and_creators_of_version_12_may_do_everything() -> None:
    old = {"sender": "@a:x", "content": {"room_version": "11"}}
    new = {"sender": "@a:x", "content": {"room_version": "12", "additional_creators": ["@b:x", 3]}}
    levels = {"users": {"@c:x": 50, "@d:x": "25", "@e:x": None, "@f:x": True}, "users_default": 5, "events_default": 10}
    assert [level_of(u, levels, new) for u in ("@a:x", "@b:x", "@c:x", "@g:x")] == [math.inf, math.inf, 50, 5]
    assert [level_of(u, levels, old) for u in ("@a:x", "@d:x", "@e:x", "@f:x")] == [5, 25, 5, 5]
    assert (level_of("@a:x", None, old), level_of("@b:x", None, old), level_of("@a:x", None, None)) == (100, 0, 0)
    assert needed_for("m.room.message", levels) == 10
    assert needed_for("m.room.message", {**levels, "events": {"m.room.message": 30}}) == 30
    assert needed_for("m.room.message", None) == 0


def test_who_lost_a_right_has_lost_it() -> None:
    create = {"sender": "@a:x", "content": {"room_version": "11"}}
    assert level_of("@c:x", {"users": {"@c:x": 50}}, create) == 50
    assert level_of("@c:x", {"users": {}}, create) == 0


@pytest.mark.parametrize("told_in", ["state", "timeline"])
def test_a_bot_that_lost_the_right_to_write_does_not_keep_it(told_in: str) -> None:
    book = RoomBook("@bot:x")

    def told(type: str, content: dict[str, Any]) -> None:
        event = {"type": type, "state_key": "", "sender": "@a:x", "content": content}
        in_state = told_in == "state"
        joined = JoinedRoom("!r", [event] if in_state else [], [] if in_state else [event])
        book.take(joined, joined.timeline)

    told("m.room.create", {"room_version": "11"})
    assert book.may_write("!r")
    told("m.room.power_levels", {"users": {"@bot:x": 50}, "events_default": 50})
    assert book.may_write("!r")
    told("m.room.power_levels", {"users": {"@a:x": 100}, "events_default": 50})
    assert not book.may_write("!r")
    told("m.room.power_levels", {})
    assert book.may_write("!r")


@synapse
async def test_only_those_addressed_are_notified_also_by_a_title_that_calls_everybody(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bound(bot, "11", "rijk.secr.1", "rijk.ao.0", "vng.ao.2", "uvw.ao.1")
        host, other = await bot.person("rijk.secr.1"), await bot.person("uvw.ao.1")
        levels = await host.call("GET", f"rooms/{room}/state/m.room.power_levels")
        levels["users"][bot.bot_id] = 100
        await host.call("PUT", f"rooms/{room}/state/m.room.power_levels", levels)
        member, title = await bot.person("vng.ao.2"), f"@room {other.user_id} kom allen <b>hierheen</b>"
        filed = await member.say(room, f"!signaal {title}", **{"m.mentions": {}})
        assert "SIG-2027-001" in text_of(await bot.answer(member, filed))
        assert title in text_of(await bot.ask("vng.ao.2", "AO", "!toon 1"))
        assert await other.highlights(room) == 0
        asked = await bot.ask("uvw.ao.1", "AO", "!weeg")
        assert asked["content"]["m.mentions"] == {"user_ids": [other.user_id]}
        assert await other.highlights(room) == 1
