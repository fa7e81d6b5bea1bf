"""`overlegbot doctor` and `run` on Teams."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import cli
from bot.app import teams_options
from bot.channels.teams import TeamsOptions
from bot.channels.teams.connector import Connector
from bot.doors import doctor
from bot.testing_teams import APP, FakeConnector
from tests.teams.installation import Installation
from tests.teams.office import room


async def visit(
    bot: Installation, connector: FakeConnector, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, dict[str, str]]:
    """Exit code, and the lines by what they are about, each beginning with `well` or `NOT`."""

    def here(settings: Any) -> TeamsOptions:
        return replace(teams_options(settings), services=connector.services, token=connector.bot_token)

    monkeypatch.setattr(doctor, "teams_options", here)
    code = await asyncio.to_thread(cli.main, ["--config", str(bot.config), "doctor"])
    lines = capsys.readouterr().out.splitlines()
    return code, {line[6:19].strip(): f"{line[:4].strip()} {line[20:]}" for line in lines[:-1]}


def closed(bot: Installation) -> None:
    """The files are of the bot alone, as they should be."""
    for file in bot.config.parent.iterdir():
        file.chmod(0o600)


async def test_doctor_finds_a_bot_on_teams_well(
    connector: FakeConnector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bot = Installation(tmp_path, connector)
    connector.there(room("AO"), "rijk.ao.0", "uvw.ao.1", "vng.ao.2")
    connector.there(room("DO"), "rijk.do.1")
    running = await bot.start()
    try:
        closed(bot)
        code, found = await visit(bot, connector, monkeypatch, capsys)
    finally:
        running.send_signal(signal.SIGTERM)
        await running.wait()
    assert {name: line for name, line in found.items() if line.startswith("NOT")} == {}
    assert code == 0
    assert found["Teams keys"] == "well 2 keys that may sign what Teams sends"
    assert found["Teams edge"].startswith("well the bot listens on http://127.0.0.1:")
    assert found["Teams token"] == f"well Microsoft knows the bot as {APP}"
    assert found["Teams AO"] == "well 3 people in the channel"
    assert found["Teams DO"] == "well 1 person in the channel"
    assert "Matrix" not in found


async def test_doctor_says_what_to_do_for_teams(
    connector: FakeConnector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bot = Installation(tmp_path, connector)
    connector.hidden.add(room("AO"))
    running = await bot.start()
    running.send_signal(signal.SIGTERM)
    await running.wait()
    bot.config.chmod(0o644)
    code, found = await visit(bot, connector, monkeypatch, capsys)
    assert code == 1
    assert found["secrets"].startswith("NOT others on this machine can read the bot's files; chmod 600 ")
    assert str(bot.config) in found["secrets"]
    assert found["Teams edge"].endswith("now; the bot does while it runs")
    assert found["Teams AO"].startswith(
        "NOT who is there is not to be had (HTTP 403); add the app to that team or chat"
    )
    with FakeConnector() as other:
        away = replace(other.services)
    lost = replace(connector.services, keys=away.keys)
    monkeypatch.setattr(FakeConnector, "services", lost)
    monkeypatch.setattr(Connector, "_ask", refuse)
    code, found = await visit(bot, connector, monkeypatch, capsys)
    assert found["Teams keys"].startswith(f"NOT {away.keys} gives none (ConnectError); check the network")
    assert found["Teams token"].startswith("NOT Microsoft gives the bot none (no token: ValueError); check ")
    assert "Teams AO" not in found


async def refuse(self: Connector, ask: object) -> None:
    """As when Microsoft does not know the secret."""
    from bot.channels.teams.sending import refusal_of

    raise refusal_of(ValueError("AADSTS7000215"))
