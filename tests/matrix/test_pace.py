"""When the server is asked for news: after the answer, and soon when there is none."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.matrix.pace import Pace
from tests.matrix.proxy import proxy
from tests.matrix.world import World


async def _let_run() -> None:
    """Let everything that can go on do so."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_hearing_goes_on_once_everything_that_is_being_sent_is_out() -> None:
    pace = Pace(60)
    pace.heard()
    waiting = asyncio.ensure_future(pace.answered())
    with pace.sending():
        with pace.sending():
            await _let_run()
        await _let_run()
        assert not waiting.done()
    await _let_run()
    assert waiting.done()


async def test_an_answer_that_was_out_before_anybody_waited_is_not_waited_for() -> None:
    pace = Pace(60)
    pace.heard()
    with pace.sending():
        pass
    waiting = asyncio.ensure_future(pace.answered())
    await _let_run()
    assert waiting.done()


async def test_what_was_sent_before_is_no_answer() -> None:
    pace = Pace(60)
    with pace.sending():
        pass
    pace.heard()
    waiting = asyncio.ensure_future(pace.answered())
    await _let_run()
    assert not waiting.done()
    waiting.cancel()


async def test_hearing_goes_on_without_an_answer() -> None:
    pace = Pace(0.001)
    pace.heard()
    waiting = asyncio.ensure_future(pace.answered())
    await asyncio.wait([waiting], timeout=20)
    assert waiting.done()


async def test_an_answer_that_cannot_be_sent_holds_nobody_up() -> None:
    pace = Pace(60)
    pace.heard()
    with pytest.raises(OSError, match="away"), pace.sending():
        raise OSError("away")
    async with asyncio.timeout(20):
        await pace.answered()


@pytest.mark.synapse
async def test_the_next_sync_is_asked_for_after_the_answer(world: World) -> None:
    chair = await world.official()
    async with proxy(world.server.url) as way:
        channel = world.channel(url=way.url)
        async with world.running(channel):
            room = await world.room(chair, await world.official(), name="AO")
            channel._pace._most_seconds = 60
            asked = await chair.say(room, "!help")
            await world.ears.wait_for(asked)
            syncs = way.asked("/sync")
            later = await chair.say(room, "!acties")
            await chair.wait_for(lambda event: event.get("event_id") == later)
            assert (way.asked("/sync"), later in world.ears.events) == (syncs, False)
            await channel.send(world.parcel("reply", room, "Antwoord", reply_to=asked))
            await world.ears.wait_for(later)
