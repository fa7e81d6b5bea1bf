"""A message in several parts is one message: a reaction on any of them counts, and so does a reply to any of them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.matrix import sending
from tests.conftest import at
from tests.matrix.whole_bot import WholeBot, Worlds, answered, text_of
from tests.synapse import Official

pytestmark = pytest.mark.synapse

MONDAY = at("2027-01-11 09:00")
AO = ("rijk.secr.1", "rijk.ao.0", "vng.ao.1", "uvw.ao.1")


@pytest.fixture(autouse=True)
def _small_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence or two fill an event."""
    monkeypatch.setattr(sending, "_CONTENT_BYTES", 300)


async def proposed(bot: WholeBot) -> tuple[Official, list[dict[str, Any]]]:
    """The chair of the AO, and in order the parts of the message that asks to confirm a proposal."""
    await bot.open_room("AO", *AO)
    await bot.ask("uvw.ao.1", "AO", "!signaal Baggerdepots zitten vol")
    await bot.ask("rijk.ao.0", "AO", "!weeg 1 afhandelen actualiteit")
    first = await bot.ask(
        "vng.ao.1", "AO", "!escaleer 1 want het raakt alle partijen vraag: Een tijdelijk kader toestaan"
    )
    await bot.all_sent()
    chair = await bot.person("rijk.ao.0")
    said = await chair.messages(bot.rooms["AO"])
    parts = [event for event in said if event["sender"] == bot.bot_id and answered(event) == answered(first)]
    assert "!akkoord 1" in text_of(parts[-1])
    assert "VST-2027-001" not in text_of(parts[-1])
    return chair, parts


async def test_a_reaction_on_a_later_part_counts_as_one_on_the_message(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        chair, parts = await proposed(bot)
        tick = await chair.react(bot.rooms["AO"], parts[-1]["event_id"], "✅")
        done = await chair.wait_for_text(bot.bot_id, "ligt bij het DO", room=bot.rooms["AO"])
        assert done.startswith("SIG-2027-001")
        await chair.redact(bot.rooms["AO"], tick)
        undone = await chair.wait_for_text(bot.bot_id, "Ongedaan gemaakt", room=bot.rooms["AO"])
        assert undone == "Ongedaan gemaakt: SIG-2027-001 → DO. Ligt weer bij het AO."


async def test_a_reply_to_a_later_part_answers_the_message(worlds: Worlds) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        await bot.open_room("AO", *AO)
        what = "de opties van alle partijen ophalen en naast elkaar leggen met de kosten en de tijd die ze vragen"
        first = await bot.ask("rijk.secr.1", "AO", f"!actie @vng.ao.1 {what} uiterlijk 1 februari")
        second = await (await bot.person("vng.ao.1")).wait_for(
            lambda event: str(event["content"].get("body", "")).startswith("… ")
        )
        assert answered(second) == answered(first)
        done = await bot.ask("vng.ao.1", "AO", "klaar", to=second["event_id"])
        assert text_of(done) == "ACT-2027-001 klaar."
