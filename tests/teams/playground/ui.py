"""What an official sees of the bot in Teams, as far as Microsoft's playground shows it: `make test-teams-ui` runs it.

Its licence allows evaluation only, so it belongs neither to the tests that always run nor to what is installed."""

from __future__ import annotations

from pathlib import Path

from bot.testing_teams import BOT_NAME, FakeConnector
from tests.conftest import at
from tests.teams.office import Office
from tests.teams.playground.stage import window

HOSTILE = "Baggerdepots *zitten* <b>vol</b> [klik](https://elders.example) - 1. slot\\"


async def test_a_signal_a_button_a_question_a_list_and_a_digest(
    office: Office, connector: FakeConnector, tmp_path: Path
) -> None:
    async with office.running() as app, window(office, connector, tmp_path) as shown:
        await shown.go("General")
        await shown.say(f"signaal {HOSTILE}", mention=BOT_NAME)
        thread = await shown.look("SIG-2027-001")
        assert "SIG-2027-001, namens VNG. Ligt bij het AO, weging do 14 jan 2027." in thread.lines
        assert thread.lines[3].startswith(f"{BOT_NAME} signaal Baggerdepots")

        await shown.say("actie @vng.ao.1 stukken sturen uiterlijk 20 januari 2027", mention=BOT_NAME)
        card = await shown.look("ACT-2027-001")
        assert card.lines == [
            "ACT-2027-001 vng.ao.1: stukken sturen, uiterlijk wo 20 jan 2027.",
            "Typen kan ook, na @Overlegbot: !gereed 1, !verzet 1 of !overdragen 1.",
            "Gereed",
            "Later",
            "Overdragen",
        ]
        await shown.press("ACT-2027-001", "Gereed")
        changed = await shown.look("ACT-2027-001 klaar.")
        assert changed.lines == [card.lines[0], "ACT-2027-001 klaar."]
        assert changed.buttons == []

        await shown.say("signaal", mention=BOT_NAME)
        question = await shown.look("Waarover?")
        assert question.buttons == ["Antwoorden", "Laat maar"]
        assert 'textbox "Waarover? Eén zin is genoeg."' in question.read
        await shown.fill("Waarover?", "Wegen verzakken")
        await shown.press("Waarover?", "Antwoorden")
        answered = await shown.look("SIG-2027-002")
        assert answered.lines[-1] == "SIG-2027-002, namens VNG. Ligt bij het AO, weging do 14 jan 2027."
        assert answered.buttons == []

        await shown.go("Personal Chat")
        await shown.say("exporteer signalen AO")
        rows = await shown.look("Signalen")
        assert f"SIG-2027-001 {HOSTILE}" in "\n".join(rows.lines)

        office.now = at("2027-02-26 08:31")
        await app.ticker.tick()
        await shown.go("General")
        digest = await shown.look("AO 2 · donderdag 4 maart 2027")
        assert 'heading "AO 2 · donderdag 4 maart 2027, 10:00–12:00"' in digest.read
        assert f"SIG-2027-001 {HOSTILE} · VNG, 46 dagen" in "\n".join(digest.lines)
        assert "link" not in digest.read
