"""`overlegbot backup` beside a running bot, and the restore as docs/operators.md writes it, on a real homeserver."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from bot import cli
from tests.conftest import at
from tests.matrix.whole_bot import Worlds

pytestmark = pytest.mark.synapse

MONDAY = at("2027-01-11 09:00")


async def test_a_copy_of_a_running_bot_goes_on_in_a_new_folder_as_the_same_device(
    worlds: Worlds, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bot = worlds.whole_bot(MONDAY)
    async with bot.running():
        room = await bot.open_encrypted_room("AO", "rijk.secr.1", "vng.ao.2")
        member = await bot.reference("vng.ao.2")
        first = await member.say(room, "!signaal Baggerdepots zitten vol")
        await member.answer_to(first, bot.bot_id)
        await bot.all_sent()
        copy = tmp_path / "backup" / "2027-01-11"
        assert cli.main(["--config", str(bot.config), "backup", str(copy)]) == 0
        assert capsys.readouterr().out == f"{copy}: complete; stop the bot before you put it back\n"
        device = bot.app._channels[0]._channel._connected.device  # type: ignore[union-attr]
        since = await member.say(room, "!signaal Sloten lopen over")
        await member.answer_to(since, bot.bot_id)
    meanwhile = await member.say(room, "!signaal Wegen verzakken")
    assert {stat.S_IMODE(path.stat().st_mode) for path in copy.rglob("*") if path.is_file()} == {0o600}
    shutil.rmtree(bot.directory)
    shutil.copytree(copy, bot.directory)
    async with bot.running():
        await member.answer_to(meanwhile, bot.bot_id)
        assert bot.app._channels[0]._channel._connected.device == device  # type: ignore[union-attr]
        trust = await member.trust(bot.bot_id, device.device_id)
        assert (trust["signed"], trust["changed"]) == (True, False)
        await bot.all_sent()
        titles = ["Baggerdepots zitten vol", "Sloten lopen over", "Wegen verzakken"]
        assert await bot.signals() == titles
        said = [heard for heard in await member.messages(room) if heard["sender"] == bot.bot_id]
        answers = [(heard["relates"] or {}).get("m.in_reply_to", {}).get("event_id") for heard in said]
        assert [answers.count(event_id) for event_id in (first, since, meanwhile)] == [1, 1, 1]
