"""Holding to account is done by a person: the ladder is known, the chair sends (R-102, R-194, R-195, R-205)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.testing import Simulation, TestBot
from commands.words.structure import Span, Structure
from config.people import PeopleFile
from tests.conftest import at

CHAIR, SECRETARY, HOLDER = "rijk.ao.0", "rijk.secr.1", "vng.ao.2"
DRAFT = "Een tekst om zelf te sturen"


@pytest.fixture
def overdue(bot: TestBot) -> TestBot:
    """ACT-2027-001 on aanspreken and ACT-2027-002 on aanjagen, both for 20 January, with nobody who answered."""
    bot.say(SECRETARY, f"!actie @{HOLDER} Kaart van depots maken spoor:aanspreken uiterlijk 20 januari")
    bot.say(SECRETARY, f"!actie @{HOLDER} Gemeenten bij elkaar brengen spoor:aanjagen uiterlijk 20 januari")
    return bot


def test_the_ladder_is_printed_as_it_is_set_here(bot: TestBot) -> None:
    [answer] = bot.say(HOLDER, "!help aanspreken", room="dm")
    assert (
        "Over een actie vraag ik 5 werkdagen vooraf, op de dag zelf en 1, 5 en 10 werkdagen na de datum. "
        "Daarna beslist de voorzitter wat er gebeurt; ik spreek niemand aan." in answer.text
    )


def test_another_ladder_is_printed_in_its_own_units(structure: Structure, people: PeopleFile) -> None:
    limits = replace(
        structure.thresholds, action_before=(), action_on_the_day=False, action_overdue=(Span(1, "werkdagen"), Span(14))
    )
    bot = TestBot(Simulation(replace(structure, thresholds=limits), people), at("2027-01-11 09:00"))
    [answer] = bot.say(HOLDER, "!help aanspreken", room="dm")
    assert "Over een actie vraag ik 1 werkdag en 14 dagen na de datum." in answer.text
    bot.simulation.close()


def test_after_the_last_step_the_chair_gets_a_text_and_the_holder_gets_none_of_it(overdue: TestBot) -> None:
    overdue.until(at("2027-02-03 12:00"))
    assert DRAFT not in overdue.say(CHAIR, "!toon ACT-1", room="dm")[0].text
    overdue.until(at("2027-02-04 12:00"))
    said = overdue.say(CHAIR, "!toon ACT-1", room="dm")
    assert [one.room for one in said] == [f"dm:{CHAIR}"]
    assert (
        f"Een tekst om zelf te sturen; ik doe dat niet: Beste {HOLDER}, het gaat om 'Kaart van depots maken' "
        "(ACT-2027-001), afgesproken voor woensdag 20 januari. Hoe staat het ervoor, en wat heb je nodig om het af te "
        "maken?" in said[0].text
    )
    assert DRAFT not in overdue.say(CHAIR, "!toon ACT-1")[0].text
    for other in (SECRETARY, HOLDER):
        assert DRAFT not in overdue.say(other, "!toon ACT-1", room="dm")[0].text


def test_on_aanjagen_the_text_offers_help_and_judges_no_date(overdue: TestBot) -> None:
    """INV-29, R-191."""
    overdue.until(at("2027-02-04 12:00"))
    [said] = overdue.say(CHAIR, "!toon ACT-2", room="dm")
    assert "stil sinds woensdag 20 januari. Wat houdt het tegen, en waarmee kunnen wij helpen?" in said.text
    assert "te laat" not in said.text
    # Up to then the bot itself said nothing of the kind to the holder either.
    about = [one.text for one in overdue.log if one.room == f"dm:{HOLDER}" and "Gemeenten bij elkaar" in one.text]
    assert about
    assert not any("te laat" in text for text in about)


def test_what_is_done_has_no_text(overdue: TestBot) -> None:
    overdue.say(HOLDER, "!gereed ACT-1 de kaart staat er", room="dm")
    overdue.until(at("2027-02-04 12:00"))
    assert DRAFT not in overdue.say(CHAIR, "!toon ACT-1", room="dm")[0].text
