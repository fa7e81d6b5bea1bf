"""Both at once, as in the example year: the AO on a real Synapse, the DO on Teams, one register between them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

import bot.app
from bot.app import teams_options
from bot.channels.base import Channel
from bot.channels.teams import TeamsChannel, TeamsOptions
from bot.testing_moved import MovedChannel
from bot.testing_teams import APP, TENANT, FakeConnector, Sent, channel_of, entra
from config.people import EXAMPLE_YEAR
from config.settings import Settings
from config.structure import shipped_source
from storage import tables
from tests.conftest import at
from tests.matrix.whole_bot import WholeBot, Worlds, text_of
from tests.synapse import Synapse
from tests.teams.office import words

pytestmark = pytest.mark.synapse

START = at("2027-05-12 09:00")
#: People with an account on both.
BOTH = ("vng.ao.2",)


@pytest.fixture
def connector() -> Iterator[FakeConnector]:
    """In place of Microsoft's."""
    with FakeConnector() as running:
        yield running


class OnBoth(WholeBot):
    """One installation on both platforms; people are where the example year has them, the DO and the BO on Teams."""

    def __init__(self, server: Synapse, directory: Path, connector: FakeConnector) -> None:
        super().__init__(server, directory, START)
        self.connector = connector
        (directory / "mensen.toml").write_text(self._people(), "utf-8")
        teams = f'[teams]\napp_id = "{APP}"\ntenant_id = "{TENANT}"\nsecret = "niet gebruikt"\n'
        self.config.write_text(self.config.read_text("utf-8") + teams, "utf-8")

    def _people(self) -> str:
        text, server = shipped_source(EXAMPLE_YEAR).text, self.server.server_name
        text = re.sub(r'matrix = "@([\w.]+):[\w.]+"', rf'matrix = "@\1.{self.mark}:{server}"', text)
        text = re.sub(r'matrix = "#([\w-]+):[\w.]+"', rf'matrix = "#\1-{self.mark}:{server}"', text)
        person = r'(\[\[person\]\]\nid = "([\w.]+)"\n(?:\w+ = .*\n)*?)teams = ".*"'

        def on_teams(found: re.Match[str]) -> str:
            also = f'\nmatrix = "@{found[2]}.{self.mark}:{server}"' if found[2] in BOTH else ""
            return f'{found[1]}teams = "{entra(found[2])}"{also}'

        text = re.sub(person, on_teams, text)
        return re.sub(
            r'(\[\[room\]\]\nbody = "(\w+)"\n)teams = ".*"', lambda m: f'{m[1]}teams = "{channel_of(m[2])}"', text
        )

    def channels(self, settings: Settings) -> list[Channel]:
        made = bot.app.channels_of(settings)
        self.teams = next(one for one in made if isinstance(one, TeamsChannel))
        return [MovedChannel(one, self.clock) if one.name == "matrix" else one for one in made]

    async def bring(self, activity: dict[str, Any]) -> None:
        """Teams sends this, now."""
        activity["timestamp"] = self.clock().isoformat()
        assert (await self.connector.bring(self.teams.port, activity)).status_code == 200

    async def private_rows(self, person: str) -> list[tuple[str, str | None]]:
        """Kind and channel of what was sent to a person in private, in order."""

        def unit(session: Session) -> list[tuple[str, str | None]]:
            table = tables.Outbox
            query = select(table).where(table.to == f"dm:{person}").order_by(col(table.id))
            return [(row.kind, row.channel) for row in session.exec(query) if row.sent_at is not None]

        assert self.app is not None
        return await self.app.database.run(unit)

    async def on_teams(self, by: str, text: str, body: str = "") -> None:
        """Someone says something in a channel of Teams, or in private."""
        await self.bring(self.connector.said(text, by, room=channel_of(body) if body else ""))

    async def press(self, card: Sent, title: str, by: str) -> None:
        """Someone presses a button."""
        await self.bring(self.connector.pressed(card, title, by))


@pytest.fixture
def both(worlds: Worlds, connector: FakeConnector, monkeypatch: pytest.MonkeyPatch) -> OnBoth:
    """The bot on both, whose Microsoft is the connector of the tests."""

    def here(settings: Any) -> TeamsOptions:
        return replace(teams_options(settings), services=connector.services, token=connector.bot_token, port=0)

    monkeypatch.setattr(bot.app, "teams_options", here)
    connector.there(channel_of("DO"), "rijk.do.1", "vng.do.1")
    connector.there(channel_of("BO"), "rijk.bo.1", "vng.bo.1")
    directory = worlds.directory / "beide"
    directory.mkdir()
    made = OnBoth(worlds.server, directory, connector)
    worlds.made.append(made)
    return made


async def until(bot: OnBoth, moment: datetime) -> None:
    """Let the clock go on, from one due moment to the next."""
    await bot.until(moment)
    await bot.all_sent()


async def test_a_signal_of_the_ao_on_matrix_is_confirmed_by_a_button_of_the_do_on_teams(
    worlds: Worlds, both: OnBoth, connector: FakeConnector
) -> None:
    async with both.running():
        await both.open_room("AO", "rijk.secr.1", "rijk.ao.0", "vng.ao.2", "uvw.ao.1")
        filed = await both.ask("uvw.ao.1", "AO", "!signaal Baggerdepots zitten vol")
        assert text_of(filed).startswith("SIG-2027-001, namens UvW.")
        await both.ask("rijk.ao.0", "AO", "!weeg 1 escaleren strategie")
        why = "want het raakt alle partijen vraag:Een tijdelijk kader toestaan"
        await both.ask("vng.ao.2", "AO", f"!escaleer 1 {why}")
        await both.ask("rijk.ao.0", "AO", "!bekrachtig 1")
        arrived = await connector.message("komt van het AO naar het DO")
        assert arrived.conversation == channel_of("DO")

        await until(both, at("2027-05-14 08:31"))
        digest = await connector.message("Stand: vrijdag 14 mei")
        assert digest.conversation == channel_of("DO")
        assert "SIG-2027-001" in words(digest)

        both.clock.set(at("2027-05-25 10:30"))
        await both.on_teams("vng.do.1", "escaleer 1 want het vraagt geld vraag:Geld vrijmaken", "DO")
        card = await connector.message("VST-2027-002")
        assert card.conversation.startswith(f"{channel_of('DO')};messageid=")
        await both.press(card, "Bekrachtigen", "rijk.do.1")
        heard = await both.private("uvw.ao.1", "SIG-2027-001", "ligt nu bij het BO")
        assert text_of(heard).startswith("SIG-2027-001 (Baggerdepots zitten vol): ligt nu bij het BO: wo 16 jun 2027")
        await connector.message("komt van het DO naar het BO")
        told = [words(one) for one in connector.messages if one.conversation.startswith("a:")]
        assert not any("uvw.ao.1" in text for text in told)


async def test_a_person_on_both_is_one_person_answered_where_they_speak_and_reminded_once(
    worlds: Worlds, both: OnBoth, connector: FakeConnector
) -> None:
    chat = f"a:{entra('vng.ao.2')}"

    def on_teams(text: str) -> list[Sent]:
        return [one for one in connector.messages if one.conversation == chat and text in words(one)]

    async with both.running():
        await both.open_room("AO", "rijk.secr.1", "vng.ao.2", "uvw.ao.1")
        await both.ask("rijk.secr.1", "AO", "!actie @vng.ao.2 opties ophalen uiterlijk 28 mei 2027")
        await both.on_teams("vng.ao.2", "mijn")
        await connector.message("ACT-2027-001")
        assert len(on_teams("ACT-2027-001")) == 1
        # The last word in private was on Teams, so that is where the bundle goes, and only there.
        await until(both, at("2027-05-24 12:00"))
        assert len(on_teams("opties ophalen")) == 2
        assert await both.private_rows("vng.ao.2") == [("notice", "matrix"), ("reply", "teams"), ("reminder", "teams")]
        # Closed on Matrix, gone from the list on Teams.
        await both.ask("vng.ao.2", "AO", "!gereed 1")
        await both.on_teams("vng.ao.2", "mijn")
        async with asyncio.timeout(20):
            while not on_teams("Er staat niets voor je open."):
                await asyncio.sleep(0.05)
