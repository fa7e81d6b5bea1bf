"""What an official sees of the bot in a browser: the web client of the demo in a real Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.matrix.browser import CLIENT, browser
from tests.matrix.demo import demo

pytestmark = [pytest.mark.synapse, pytest.mark.browser]


async def test_an_official_types_a_signal_and_sees_the_answer_and_weeks_later_the_digest(tmp_path: Path) -> None:
    async with demo(tmp_path, "--web", str(CLIENT)) as running, browser() as window:
        await window.log_in(running.told("webclient"), "vng.ao.2", running.told("wachtwoord"))
        await window.enter("AO")
        await window.say("!signaal Baggerdepots zitten <b>vol</b>")
        answer = await window.look("SIG-2027-001, namens")
        assert "SIG-2027-001, namens VNG. Ligt bij het AO, weging do 14 jan 2027." in answer.text
        running.type("2027-02-26 09:00")
        await running.until("Het is nu vrijdag 26 februari 2027, 09:00.")
        digest = await window.look("AO 2 · donderdag 4 maart 2027, 10:00–12:00")
        lines = [line for line in digest.text.splitlines() if line.strip()]
        assert lines[:5] == [
            "AO 2 · donderdag 4 maart 2027, 10:00–12:00",
            "Stand: vrijdag 26 februari, 08:30",
            "Gevraagd: nog geen besluiten of bespreekpunten op de agenda. Te wegen: 1 signaal.",
            "Zwevende signalen (langer dan 14 dagen zonder plek)",
            "SIG-2027-001 Baggerdepots zitten <b>vol</b> · VNG, 46 dagen",
        ]
        assert {"h3", "h4", "ul", "li", "strong"} <= digest.elements
        assert not {"table", "b", "img"} & digest.elements


async def test_in_an_encrypted_room_the_answer_is_read_as_in_any_other_and_what_is_awkward_comes_in_private(
    tmp_path: Path,
) -> None:
    async with demo(tmp_path, "--web", str(CLIENT)) as running, browser() as window:
        await window.log_in(running.told("webclient"), "rijk.secr.2", running.told("wachtwoord"))
        await window.enter("DO")
        assert await window.invites_encryption()
        await window.say("!digest DO")
        digest = await window.look("DO 1 · dinsdag 25 mei 2027, 14:00–16:00")
        assert "Gevraagd: nog geen besluiten of bespreekpunten op de agenda." in digest.text
        await window.say("!rol @niemand lid")
        await window.accept("overlegbot")
        refusal = await window.look("niemand")
        assert await window.invites_encryption()
        assert "Ik ken '@niemand' niet. Wie bedoelt u?" in refusal.text
