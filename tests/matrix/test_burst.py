"""Five hundred commands at once, in twenty rooms, half of them encrypted: each answered once, in order in each room."""

from __future__ import annotations

import asyncio

import pytest

from tests.conftest import at
from tests.matrix.ciphered import CipheredPerson
from tests.matrix.whole_bot import WholeBot, Worlds, answered
from tests.synapse import Official

pytestmark = [pytest.mark.synapse, pytest.mark.slow]

ROOMS, EACH = 20, 25
PATIENCE = 100.0


async def chat(bot: WholeBot, person: Official | CipheredPerson) -> str:
    """A private chat of this person in which the bot is."""
    room = await person.create_direct(bot.bot_id)
    await person.wait_for(
        lambda e: (
            e["type"] == "m.room.member"
            and (e["room_id"], e.get("state_key")) == (room, bot.bot_id)
            and e["content"].get("membership") == "join"
        ),
        within=PATIENCE,
    )
    return room


async def ask_and_hear(bot: WholeBot, person: Official | CipheredPerson, room: str) -> tuple[list[str], list[str]]:
    """What was asked, by event id, and what the answers said they answer, in the order heard."""
    asked = [await person.say(room, "!acties") for _ in range(EACH)]
    # The last word: everything before it has been said by then.
    last = await person.say(room, "!help acties")
    heard: list[str] = []
    while last not in heard:
        event = await person.wait_for(
            lambda e: e["sender"] == bot.bot_id and e["room_id"] == room and answered(e) is not None, within=PATIENCE
        )
        heard.append(answered(event) or "")
    return [*asked, last], heard


async def test_a_burst_of_five_hundred_commands_is_answered_without_a_gap_and_in_order(worlds: Worlds) -> None:
    bot = worlds.whole_bot(at("2027-01-11 09:00"))
    ids = bot.everyone()[:ROOMS]
    async with bot.running():
        people: list[Official | CipheredPerson] = []
        for number, id in enumerate(ids):
            people.append(await (bot.ciphered(id) if number % 2 else bot.person(id)))
        rooms = [await chat(bot, person) for person in people]
        told = await asyncio.gather(*(ask_and_hear(bot, *pair) for pair in zip(people, rooms, strict=True)))
    assert len(told) == ROOMS
    for asked, heard in told:
        assert heard == asked
