"""A bare command in reply to someone's message: the channel finds out what they said, and reads nothing else."""

from __future__ import annotations

import pytest

from tests.matrix.world import World

pytestmark = pytest.mark.synapse


async def test_what_a_bare_command_replies_to_comes_with_it(world: World) -> None:
    chair, member = await world.official(), await world.official()
    async with world.running():
        room = await world.room(chair, member, name="AO")
        said = await member.say(room, "Bij ons lopen de depots vol")
        heard = await world.ears.wait_for(await chair.reply(room, "!signaal", said))
    assert (heard.quoted, heard.quoted_sender) == ("Bij ons lopen de depots vol", member.user_id)


async def test_a_whole_command_and_plain_chat_quote_nothing(world: World) -> None:
    chair, member = await world.official(), await world.official()
    async with world.running():
        room = await world.room(chair, member, name="AO")
        said = await member.say(room, "Bij ons lopen de depots vol")
        for text in ("!signaal Sloten vallen droog", "Bij ons ook"):
            heard = await world.ears.wait_for(await chair.reply(room, text, said))
            assert (heard.text, heard.quoted) == (text, "")


async def test_what_is_gone_or_the_bots_own_is_not_quoted_and_hearing_goes_on(world: World) -> None:
    chair, member = await world.official(), await world.official()
    async with world.running() as channel:
        room = await world.room(chair, member, name="AO")
        own = await channel.send(world.parcel("k1", room, "SIG-14 ligt bij het AO"))
        for target in (own, "$weg"):
            heard = await world.ears.wait_for(await chair.reply(room, "!signaal", target))
            assert (heard.target, heard.quoted, heard.quoted_sender) == (target, "", "")
