"""A calendar file sent on a real homeserver: fetched, decrypted where the room is encrypted, and kept nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from nio.crypto.attachments import encrypt_attachment  # type: ignore[import-untyped]

from bot.channels.base import FILE_MOST, FILE_NOT_HAD, FILE_TOO_LARGE
from commands.kit.year_calendar import NOT_YOURS
from tests.conftest import at
from tests.matrix.whole_bot import WholeBot, Worlds, text_of
from tests.matrix.world import World
from tests.synapse import Official

pytestmark = pytest.mark.synapse

MONDAY = at("2027-01-11 09:00")
AO = ("rijk.secr.1", "rijk.ao.0", "vng.ao.2")
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:DO informeel\r\n"
    "DTSTART;TZID=Europe/Amsterdam:20271207T140000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


async def sent(person: Official, room: str, data: bytes, **more: Any) -> str:
    """A file as clients send it, in the clear; gives its event id."""
    address = await person.upload(data, "text/calendar")
    content = {"msgtype": "m.file", "body": "agenda.ics", "url": address, "info": {"size": len(data)}, **more}
    return await person.event(room, "m.room.message", content)


async def kept(bot: WholeBot) -> str:
    """Everything in the inbox of the bot."""
    assert bot.app is not None

    def unit(session: Any) -> str:
        return str(session.connection().exec_driver_sql("SELECT * FROM inbox").all())

    return await bot.app.database.run(unit)


async def test_the_secretary_sends_a_calendar_and_one_yes_plans_it(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bot.open_room("AO", *AO)
        secretary = await bot.person("rijk.secr.1")
        captioned = {"body": "De planning", "filename": "planning.ics"}
        event_id = await sent(secretary, room, CALENDAR.encode(), **captioned)
        asked = await bot.answer(secretary, event_id)
        assert text_of(asked).startswith("1 vergadering in 2027: DO informeel di 7 dec 2027 14:00.")
        assert asked["content"]["m.mentions"] == {"user_ids": [secretary.user_id]}
        done = await bot.ask("rijk.secr.1", "AO", "ja", to=asked["event_id"])
        assert text_of(done).startswith("1 vergadering in 2027 gepland.")
        assert "BEGIN:VCALENDAR" not in await kept(bot)


async def test_whoever_may_not_plan_is_refused_and_nothing_of_the_file_is_kept(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bot.open_room("AO", *AO)
        member = await bot.person("vng.ao.2")
        refused = await bot.answer(member, await sent(member, room, CALENDAR.encode()))
        assert text_of(refused) == NOT_YOURS
        stored = await kept(bot)
        assert "BEGIN:VCALENDAR" not in stored
        assert "DO informeel" not in stored


async def test_in_an_encrypted_room_the_file_is_decrypted_and_a_wrong_key_is_no_file(world: World) -> None:
    chair = await world.reference()
    plain = await world.reader(chair)
    async with world.running():
        room = await world.encrypted_room(chair)
        data, keys = encrypt_attachment(CALENDAR.encode())
        file = {**keys, "url": await plain.upload(data, "application/octet-stream")}
        whole = {"msgtype": "m.file", "body": "agenda.ics", "info": {"mimetype": "text/calendar"}}
        heard = await world.ears.wait_for(await chair.say(room, "", **whole, file=file))
        assert (heard.kind, heard.text, heard.quoted) == ("file", "", CALENDAR)
        for wrong in ({**file, "hashes": {"sha256": "A" * 43}}, {**file, "iv": "="}, {**file, "url": "mxc://x/y"}):
            heard = await world.ears.wait_for(await chair.say(room, "", **whole, file=wrong))
            assert heard.quoted == FILE_NOT_HAD


async def test_what_is_too_large_is_not_fetched_or_not_to_the_end_and_what_is_gone_is_told(world: World) -> None:
    chair, stranger = await world.official(), await world.official("vreemde", known=False)
    large = b"BEGIN:VCALENDAR" + b"x" * FILE_MOST
    async with world.running():
        room = await world.room(chair, stranger)
        for size in (len(large), 10):
            heard = await world.ears.wait_for(await sent(chair, room, large, info={"size": size}))
            assert heard.quoted == FILE_TOO_LARGE
        for address in ("mxc://elders.example/bestaatniet", "https://elders.example/x", "mxc://a/../../b", None):
            event_id = await sent(chair, room, b"x", url=address)
            assert (await world.ears.wait_for(event_id)).quoted == FILE_NOT_HAD
        heard = await world.ears.wait_for(await sent(chair, room, b"\xff\xfe\x00 no text"))
        assert heard.quoted == ""
        theirs = await sent(stranger, room, CALENDAR.encode())
        other = await sent(chair, room, b"%PDF", body="verslag.pdf", info={})
        await world.ears.wait_for(await chair.say(room, "!help"))
        assert {theirs, other}.isdisjoint(world.ears.events)
