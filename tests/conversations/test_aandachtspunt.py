"""!aandachtspunt: what an informal meeting wants taken further, which is no decision (C33, R-142…R-145)."""

from __future__ import annotations

from typing import Any

import pytest

from bot.testing import TestBot
from commands.words.attention import AttentionPoint, AttentionState
from storage.store import SqlStore
from tests.conftest import at

SECRETARY = "rijk.secr.2"


@pytest.fixture
def informal(make_bot: Any) -> TestBot:
    """An informal meeting of the DO on Thursday 15 April 2027."""
    bot = make_bot("2027-04-01 09:00")
    assert isinstance(bot, TestBot)
    bot.room = "DO"
    [planned] = bot.say(SECRETARY, "!vergadering plan DO 13 april 2027 14:00 soort:informeel")
    assert "gepland" in planned.text
    bot.until(at("2027-04-13 15:00"))
    return bot


def point(bot: TestBot, number: int = 1) -> AttentionPoint:
    id = f"AAP-2027-{number:03d}"
    found = bot.simulation.database.work(lambda session: SqlStore(session).get(AttentionPoint, id))
    assert isinstance(found, AttentionPoint)
    return found


def test_a_decision_in_an_informal_meeting_is_refused_and_an_attention_point_offered(informal: TestBot) -> None:
    """§4.2 line 11."""
    [refused] = informal.say(SECRETARY, "!besluit energie gaat mee in de visie")
    assert refused.text == "In een informeel overleg worden geen besluiten genomen. Als aandachtspunt vastleggen?"
    [noted] = informal.say(SECRETARY, "ja", room="dm", reply_to=refused.id)
    assert noted.text == "AAP-2027-001 genoteerd. Geen besluit; nog niet bekrachtigd door het DO."
    [shown] = informal.say("vng.do.1", "!toon AAP-1")
    assert "Geen besluit; nog niet bekrachtigd door het DO." in shown.text
    assert "Aanwezig: Rijk, VNG, IPO en UvW." in shown.text
    assert point(informal).text == "energie gaat mee in de visie"


def test_several_at_once_one_for_each_line(informal: TestBot) -> None:
    """R-144."""
    [noted] = informal.say("vng.do.1", "!aandachtspunt\n1. energie in de visie\n2. meer kennis delen\n- één loket")
    assert noted.text == (
        "3 aandachtspunten genoteerd: AAP-2027-001 t/m AAP-2027-003. Geen besluit; nog niet bekrachtigd door het DO."
    )
    assert [point(informal, n).text for n in (1, 2, 3)] == ["energie in de visie", "meer kennis delen", "één loket"]
    [again] = informal.say("vng.do.1", "!aandachtspunt één loket")
    assert again.text == "Dit stond al genoteerd als AAP-2027-003."


def test_the_set_is_one_point_on_the_next_formal_agenda_and_is_taken_over_or_not(informal: TestBot) -> None:
    informal.say(SECRETARY, "!aandachtspunt\nenergie in de visie\néén loket")
    [put] = informal.say(SECRETARY, "!aandachtspunt 1 agenderen")
    assert put.text == "2 aandachtspunten op DO di 25 mei 2027, punt 1."
    [item] = informal.simulation.database.work(lambda session: SqlStore(session).items(meeting="VRG-DO-2027-01"))
    assert item.id == point(informal).item == point(informal, 2).item
    assert item.title == "Aandachtspunten van het informele overleg van di 13 apr 2027"
    informal.until(at("2027-05-25 14:30"))
    informal.say(SECRETARY, "!besluit 1 energie gaat mee in de visie")
    [taken] = informal.say(SECRETARY, "!aandachtspunt 1 bekrachtigd als BES-1")
    assert taken.text == "AAP-2027-001 is bekrachtigd als BES-2027-001."
    [why] = informal.say(SECRETARY, "!aandachtspunt 2 niet overgenomen")
    assert why.text == "Waarom neemt het DO het niet over?"
    informal.say(SECRETARY, "er is al een loket", room="dm", reply_to=why.id)
    assert (point(informal).state, point(informal).confirmed_as) == (AttentionState.CONFIRMED, "BES-2027-001")
    assert (point(informal, 2).state, point(informal, 2).because) == (AttentionState.NOT_TAKEN, "er is al een loket")
    informal.say(SECRETARY, "!ongedaan")
    assert point(informal, 2).state is AttentionState.SCHEDULED


def test_a_formal_meeting_has_none(make_bot: Any) -> None:
    bot = make_bot("2027-05-25 14:30")
    [refused] = bot.say("vng.do.1", "!aandachtspunt energie in de visie", room="DO")
    assert refused.text == "Dit is een regulier DO. Bedoelt u !besluit of !actie?"


def test_the_open_ones_are_listed_for_those_of_the_body(informal: TestBot) -> None:
    informal.say(SECRETARY, "!aandachtspunt energie in de visie")
    [listed] = informal.say("vng.do.1", "!aandachtspunten")
    assert listed.text.startswith("1 aandachtspunt (DO)")
    [hidden] = informal.say("vng.ao.1", "!toon AAP-1", room="AO")
    assert hidden.text == "AAP-2027-001 bestaat niet. Kijk bij !aandachtspunt."


def test_one_that_was_undone_is_no_longer_there_to_take_over(informal: TestBot) -> None:
    informal.say(SECRETARY, "!aandachtspunt energie in de visie")
    informal.say(SECRETARY, "!ongedaan")
    assert point(informal).state is AttentionState.LAPSED
    [gone] = informal.say(SECRETARY, "!aandachtspunt AAP-1 niet overgenomen te laat")
    assert gone.text == "AAP-2027-001 is vervallen. Kijk met !toon AAP-2027-001."
