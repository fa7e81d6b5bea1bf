"""Kill -9 at each step on Teams: nothing is lost, one record, and at most one message comes twice, which says so."""

from __future__ import annotations

import asyncio
import signal
from asyncio.subprocess import Process
from pathlib import Path

import pytest

from bot.channels.teams.files import CONSENT, INFO
from bot.channels.teams.sending import AGAIN
from bot.testing_teams import FakeConnector
from tests.teams.installation import Installation
from tests.teams.mortal import BROUGHT, NOTED, STEPS
from tests.teams.office import room, words

pytestmark = [pytest.mark.slow]

LONG = "\n".join(f"!signaal Depot {n} in de regio zit al een jaar helemaal vol" for n in range(8))


async def ended(process: Process) -> int:
    """How the process ended."""
    async with asyncio.timeout(60):
        return await process.wait()


@pytest.mark.parametrize("step", STEPS)
async def test_nothing_is_lost_and_at_most_one_message_comes_twice(
    connector: FakeConnector, tmp_path: Path, step: str
) -> None:
    bot = Installation(tmp_path, connector)
    activities = [
        connector.said(LONG, "uvw.ao.1", room=room("AO")),
        connector.said("!signaal Sloten groeien dicht", "vng.ao.2", room=room("AO")),
    ]
    running = await bot.start(step)
    try:
        told = [await bot.bring(activity) for activity in activities]
        assert await ended(running) == -signal.SIGKILL
        running = await bot.start()
        for activity, arrived in zip(activities, told, strict=True):
            if not arrived:  # the sender got no answer, so it sends it again
                assert await bot.bring(activity)
        assert await bot.bring(connector.said("!signaal Kades zakken weg", "uvw.ao.1", room=room("AO")))
        await connector.message("SIG-2027-010", within=40)
        running.send_signal(signal.SIGTERM)
        assert await ended(running) == 0
    finally:
        if running.returncode is None:
            running.kill()
    said = [words(one) for one in connector.messages]
    again = [text for text in said if text.startswith(AGAIN)]
    once = [text for text in said if text not in again]
    numbers = [sum(f"SIG-2027-{n:03d}," in text for text in said) for n in range(1, 11)]
    assert all(count in (1, 2) for count in numbers)
    assert len(again) in {"stored": (0, 1), "decided": (1,), "sent": (1,), "between": (1,)}.get(step, (0,))
    if step == "sent":
        [twice] = again
        assert twice.removeprefix(f"{AGAIN}\n") in once
    else:
        assert numbers == [1] * 10
    assert "Depot" not in bot.log.read_text("utf-8")
    depots = [f"Depot {n} in de regio zit al een jaar helemaal vol" for n in range(8)]
    assert bot.signals() == sorted([*depots, "Sloten groeien dicht", "Kades zakken weg"])


@pytest.mark.parametrize(("step", "pressed_again", "times"), [(BROUGHT, 2, 2), (NOTED, 0, 1)])
async def test_a_file_that_was_brought_is_shown_by_itself_and_what_was_not_noted_can_be_taken_again(
    connector: FakeConnector, tmp_path: Path, step: str, pressed_again: int, times: int
) -> None:
    bot = Installation(tmp_path, connector)
    running = await bot.start(step)
    try:
        assert await bot.bring(connector.said("!digest AO als tekst", "vng.ao.1"))
        async with asyncio.timeout(60):
            while not (offers := [one for one in connector.messages if one.attached(CONSENT)]):
                await asyncio.sleep(0.05)
        [card] = offers
        assert not await bot.bring(connector.consented(card, "vng.ao.1"))
        assert await ended(running) == -signal.SIGKILL
        assert len(connector.uploads) == 1
        running = await bot.start()
        for _ in range(pressed_again):
            assert await bot.bring(connector.consented(card, "vng.ao.1"))
        async with asyncio.timeout(60):
            while not connector.replaced:
                await asyncio.sleep(0.05)
        running.send_signal(signal.SIGTERM)
        assert await ended(running) == 0
    finally:
        if running.returncode is None:
            running.kill()
    assert len(connector.uploads) == times
    assert len({one.data for one in connector.uploads.values()}) == 1
    [shown] = [*connector.replaced, *(one for one in connector.messages if one.attached(INFO))]
    assert shown.attached(INFO)["name"] == card.attached(CONSENT)["name"]
