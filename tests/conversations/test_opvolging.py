"""A chair who is succeeded: what waited for the one waits for the other."""

from __future__ import annotations

import pytest

from bot.testing import TestBot


@pytest.fixture
def succeeded(proposed: TestBot) -> TestBot:
    """VST-2027-001 lies before the chair of the AO, and rijk.ao.2 becomes that chair."""
    proposed.log.clear()
    said = proposed.say("rijk.secr.1", "!rol @rijk.do.1 voorzitter AO namens Rijk")
    [asked] = [one for one in said if one.room == "dm:rijk.ao.0"]
    proposed.react("rijk.ao.0", "✅", asked.id, room="dm")
    return proposed


def told(bot: TestBot, person: str) -> list[str]:
    return [one.text for one in bot.log if one.room == f"dm:{person}"]


def test_a_chair_sees_under_mine_which_proposals_wait(proposed: TestBot) -> None:
    shown = proposed.say("rijk.ao.0", "!mijn", room="dm")[0].text
    assert "Voorstellen die op een besluit wachten" in shown
    assert "VST-2027-001: SIG-2027-001, Baggerdepots zitten vol" in shown
    assert "VST-2027-001" not in proposed.say("vng.ao.1", "!mijn", room="dm")[0].text


def test_the_new_chair_hears_which_proposals_wait_and_decides_about_them(succeeded: TestBot) -> None:
    [heard] = told(succeeded, "rijk.do.1")
    assert heard == (
        "U bent voorzitter van het AO namens Rijk, vastgelegd door rijk.secr.1 en bevestigd door rijk.ao.0.\n"
        "Op een besluit wacht: VST-2027-001 (SIG-2027-001, Baggerdepots zitten vol)."
    )
    said = succeeded.say("rijk.do.1", "!akkoord 1")
    assert said[0].text.startswith("SIG-2027-001 ligt bij het DO")


def test_the_secretary_hears_that_what_lay_with_the_former_chair_has_to_be_asked_again(succeeded: TestBot) -> None:
    assert told(succeeded, "rijk.secr.1")[-1] == (
        "rijk.ao.0 heeft bevestigd: rijk.do.1 is voorzitter van het AO namens Rijk.\n"
        "Een vraag van je die nog bij rijk.ao.0 ligt, gaat niet vanzelf over: stel haar opnieuw."
    )
