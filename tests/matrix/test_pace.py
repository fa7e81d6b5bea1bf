"""When the server is asked for news: after the answer, soon when there is none, and ever later when it is away."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.base import ChannelClosed
from bot.channels.matrix.errors import MatrixError
from bot.channels.matrix.pace import Pace
from bot.channels.matrix.sync import persist
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


# --- a server with trouble -------------------------------------------------------------------------------------------
async def test_a_server_that_stays_away_is_asked_ever_less_often_and_not_before_it_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("bot.channels.matrix.sync.asyncio.sleep", sleep)
    away, refused = MatrixError("", 502, "x"), MatrixError("M_FORBIDDEN", 403, "x")
    answers: list[MatrixError] = [away, refused, *[away] * 6, MatrixError("M_LIMIT_EXCEEDED", 429, "x", 90)]

    async def ask() -> str:
        if answers:
            raise answers.pop(0)
        return "antwoord"

    assert await persist(ask) == "antwoord"
    assert waited == [1, 2, 4, 8, 16, 32, 60, 60, 90]
    answers.append(MatrixError("M_UNKNOWN_TOKEN", 401, "x"))
    with pytest.raises(ChannelClosed) as closed:
        await persist(ask)
    assert closed.value.code == 78
    assert len(waited) == 9
