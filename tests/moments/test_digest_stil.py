"""The chair of a group hears from which organisations nothing came in three meetings, and nobody else does (R-152)."""

from __future__ import annotations

import pytest

from bot.testing import Said, TestBot
from tests.conftest import at

CHAIR, GROUP = "uvw.wg.1", "WG-PFAS"
WORDS = "in de laatste 3 overleggen geen punt, signaal of afgeronde actie"


@pytest.fixture
def met(bot: TestBot) -> TestBot:
    """WG-PFAS meets in January, February, March and April 2027."""
    for day in ("20 januari", "3 februari", "10 maart", "14 april"):
        [answer] = bot.say(CHAIR, f"!vergadering plan {GROUP} {day} 13:00", room=GROUP)
        assert " gepland op " in answer.text
    return bot


def told(said: list[Said]) -> list[tuple[str, str]]:
    return [(one.room, one.text) for one in said if WORDS in one.text]


def test_after_three_meetings_the_chair_alone_hears_which_organisations_brought_nothing(met: TestBot) -> None:
    met.say("vng.wg.2", "!signaal Bagger blijft liggen", room=GROUP)
    met.until(at("2027-01-25 09:00"))
    met.say("vng.wg.2", "!signaal Depots zitten vol", room=GROUP)
    early = met.until(at("2027-03-31 18:00"))
    assert told(early) == []
    [(room, text)] = told(met.until(at("2027-04-14 18:00")))
    assert room == f"dm:{CHAIR}"
    assert f"Alleen voor de voorzitter van {GROUP}: van" in text
    named = text.split("van ", 2)[2].split(" kwam in")[0]
    assert "VNG" not in named
    assert "UvW" not in named
    assert "Rijk" in named
    assert "te laat" not in text


def test_with_a_point_a_signal_or_a_finished_action_of_each_nothing_is_said(met: TestBot) -> None:
    met.until(at("2027-02-01 09:00"))
    for person in ("vng.wg.2", "kennis.wg.1", "drinkwater.wg.1"):
        met.say(person, f"!signaal Een knelpunt van {person}", room=GROUP)
    met.say(CHAIR, "!actie @rijk.wg.1 een kaart maken uiterlijk 1 maart", room=GROUP)
    met.say("rijk.wg.1", "!gereed ACT-1 staat er", room=GROUP)
    said = met.until(at("2027-04-14 18:00"))
    assert [one for one in said if one.room == GROUP and "woensdag 14 april 2027" in one.text]
    assert told(said) == []


def test_two_meetings_are_too_few_to_say_so(met: TestBot) -> None:
    said = met.until(at("2027-03-10 18:00"))
    assert [one for one in said if one.room == GROUP and "woensdag 10 maart 2027" in one.text]
    assert told(said) == []
