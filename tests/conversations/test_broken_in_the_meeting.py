"""What someone who tries to break a meeting found: answers to another question, positions that came too late."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.testing import TestBot
from commands.kit.parse import unquoted
from tests.conftest import at

SECRETARY, CHAIR, HOLDER, OTHER = "rijk.secr.1", "rijk.ao.0", "uvw.ao.1", "ipo.ao.1"
WHICH = "!vergadering verplaats AO naar 5 februari"


@pytest.fixture
def ao(make_bot: Callable[[str], TestBot]) -> TestBot:
    return make_bot("2027-01-11 09:00")


@pytest.fixture
def meeting(make_bot: Callable[[str], TestBot]) -> TestBot:
    """The AO of Thursday 14 January meets; depots are point 1, the planning is point 2."""
    bot = make_bot("2027-01-11 09:00")
    bot.say(HOLDER, "!signaal Baggerdepots zitten vol", room="AO")
    bot.say(CHAIR, "!weeg 1 agenderen actualiteit", room="AO")
    bot.say(HOLDER, "!signaal Grondbank is dicht", room="AO")
    bot.say(CHAIR, "!weeg 2 agenderen actualiteit", room="AO")
    bot.until(at("2027-01-14 10:30"))
    return bot


# --- a yes that answers something else -------------------------------------------------------------------------------
@pytest.mark.parametrize("word", ["ja", "ok", "nee"])
def test_a_yes_or_no_does_not_choose_the_meeting_in_january_or_october(ao: TestBot, word: str) -> None:
    question = ao.say(SECRETARY, WHICH, room="AO")[0]
    assert question.text.startswith("Welke vergadering: do 14 jan 2027, do 4 mrt 2027,")
    ao.say(SECRETARY, word, room="AO", reply_to=question.id)
    planning = ao.say(SECRETARY, "!vergaderingen", room="AO")[0].text
    assert "do 14 jan 2027" in planning
    assert "do 14 okt 2027" in planning
    assert "vr 5 feb 2027" not in planning


def test_the_question_which_meeting_is_still_answered_by_a_day(ao: TestBot) -> None:
    question = ao.say(SECRETARY, WHICH, room="AO")[0]
    again = ao.say(SECRETARY, "ja", room="AO", reply_to=question.id)[0]
    moved = ao.say(SECRETARY, "14 jan", room="AO", reply_to=again.id)[0]
    assert moved.text.startswith("VRG-AO-2027-01 staat nu op vrijdag 5 februari 2027")


def test_a_yes_is_no_reason_and_the_question_stays_open(meeting: TestBot) -> None:
    question = meeting.say(SECRETARY, "!vergadering annuleer VRG-AO-2027-02", room="AO")[0]
    again = meeting.say(SECRETARY, "ja", room="AO", reply_to=question.id)[0]
    assert again.text == "Ja of nee past hier niet; stoppen kan met laat maar. Waarom? De deelnemers lezen dit."
    done = meeting.say(SECRETARY, "te weinig punten", room="AO", reply_to=again.id)[0]
    assert done.text.startswith("VRG-AO-2027-02 (do 4 mrt 2027) gaat niet door.")


def test_no_is_still_an_answer_to_whether_there_are_reservations(meeting: TestBot) -> None:
    asked = meeting.say(SECRETARY, "!besluit 1 het AO stemt in", room="AO")[0]
    assert asked.text.endswith("Voorbehouden?")
    said = meeting.say(SECRETARY, "nee", room="AO", reply_to=asked.id)[0]
    assert said.text.startswith("Genoteerd: geen voorbehouden bij BES-2027-001.")


def test_yes_is_still_a_value_of_a_field_that_is_yes_or_no(ao: TestBot) -> None:
    ao.say(HOLDER, "!signaal Baggerdepots zitten vol", room="AO")
    asked = ao.say(HOLDER, "!wijzig 1 gevoelig", room="AO")[0]
    said = ao.say(HOLDER, "ja", room="AO", reply_to=asked.id)
    assert not any("past hier niet" in one.text for one in said)


# --- words as they were typed ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ('"het kader"', "het kader"),
        ("'het kader'", "het kader"),
        ('er is geen geld: "nul"', 'er is geen geld: "nul"'),
        ('"A" en "B"', '"A" en "B"'),
        ("'s morgens om negen", "'s morgens om negen"),
        ('"wacht op jurist', "wacht op jurist"),
        ('"', ""),
    ],
)
def test_only_quotes_around_the_whole_are_taken_off(typed: str, kept: str) -> None:
    assert unquoted(typed) == kept


def test_a_quote_at_the_end_of_an_answer_stays_in_the_minutes(meeting: TestBot) -> None:
    question = meeting.say(SECRETARY, "!standpunt 1 VNG voorbehoud", room="AO")[0]
    said = meeting.say(SECRETARY, 'er is geen geld: "nul"', room="AO", reply_to=question.id)[0]
    assert said.text == 'Punt 1 van AO do 14 jan 2027: VNG akkoord met voorbehoud: er is geen geld: "nul".'


# --- positions after the decision ------------------------------------------------------------------------------------
def test_a_position_on_a_point_that_was_decided_stands_with_the_decision(meeting: TestBot) -> None:
    meeting.say(SECRETARY, "!besluit 1 het AO stemt in", room="AO")
    said = meeting.say(SECRETARY, "!standpunt 1 UvW tegen want te snel", room="AO")[0]
    assert said.text == "BES-2027-001: UvW niet akkoord: te snel."
    assert "UvW niet akkoord: te snel" in meeting.say(SECRETARY, "!toon BES-2027-001", room="AO")[0].text
    meeting.say(SECRETARY, "!ongedaan", room="AO")
    assert "Rijk, VNG, IPO en UvW akkoord" in meeting.say(SECRETARY, "!toon BES-2027-001", room="AO")[0].text


def test_with_two_decisions_under_a_point_it_is_asked_which_one(meeting: TestBot) -> None:
    meeting.say(SECRETARY, "!besluit 1 het AO stemt in", room="AO")
    meeting.say(SECRETARY, "!besluit 1 het AO vraagt om cijfers", room="AO")
    question = meeting.say(SECRETARY, "!standpunt 1 UvW tegen want te snel", room="AO")[0]
    assert question.text == "Bij welk besluit: BES-2027-001 of BES-2027-002?"
    said = meeting.say(SECRETARY, "BES-2027-002", room="AO", reply_to=question.id)[0]
    assert said.text == "BES-2027-002: UvW niet akkoord: te snel."


# --- what is on the agenda while the meeting goes on -----------------------------------------------------------------
def test_the_agenda_goes_on_showing_what_was_treated(meeting: TestBot) -> None:
    meeting.say(SECRETARY, "!besluit 1 het AO stemt in", room="AO")
    half = meeting.say(HOLDER, "!agenda", room="AO")[0].text
    assert "2. Grondbank is dicht" in half
    assert "Behandeld\n\n1. Baggerdepots zitten vol · besloten" in half
    meeting.say(SECRETARY, "!uitkomst 2 kennisgenomen", room="AO")
    whole = meeting.say(HOLDER, "!agenda", room="AO")[0].text
    assert "Alle punten zijn behandeld." in whole
    assert "Er staat nog niets op" not in whole
    assert "2. Grondbank is dicht · ter kennisname genomen" in whole
    [paper] = meeting.say(SECRETARY, "!agenda als tekst", room="AO")
    assert paper.text == "Hierbij de agenda van het AO."


# --- a yes to someone else's action, an id without a dossier ---------------------------------------------------------
def test_who_was_asked_to_take_over_may_also_say_so_with_aanvaard(ao: TestBot) -> None:
    ao.say(SECRETARY, f"!actie @{HOLDER} stukken sturen 4 februari", room="AO")
    ao.say(HOLDER, f"!overdragen 1 aan @{OTHER}", room="AO")
    offer = ao.say(OTHER, "!aanvaard 1", room="AO")[0]
    assert offer.text == "ACT-2027-001 staat op naam van uvw.ao.1. Overnemen?"
    done = ao.say(OTHER, "ja", room="AO", reply_to=offer.id)[0]
    assert done.text == "ACT-2027-001 staat op naam van ipo.ao.1: stukken sturen, uiterlijk do 4 feb 2027."


@pytest.mark.parametrize("typed", ["AGP-2027-001", "vrg-do-2027-01", "VRG-DO-2027-77"])
def test_a_point_or_meeting_has_no_dossier_and_it_is_said_where_it_stands(ao: TestBot, typed: str) -> None:
    said = ao.say(HOLDER, f"!toon {typed}", room="AO")[0]
    assert said.text == f"{typed.upper()} heeft geen dossier. Kijk bij !agenda, of na afloop bij !verslag."


def test_words_that_are_no_number_are_looked_up_after_a_yes(ao: TestBot) -> None:
    ao.say(HOLDER, "!signaal Baggerdepots zitten vol", room="AO")
    offer = ao.say(HOLDER, "!toon baggerdepots", room="AO")[0]
    assert offer.text == "'baggerdepots' is geen nummer of groep die ik ken. Zoeken?"
    assert "SIG-2027-001" in ao.say(HOLDER, "ja", room="AO", reply_to=offer.id)[0].text


@pytest.mark.parametrize(("hidden", "none"), [("WG-BODEMMON", "WG-X"), ("Bodemmonitoring", "Waterbodem")])
def test_a_hidden_group_gets_the_text_of_one_that_does_not_exist(ao: TestBot, hidden: str, none: str) -> None:
    seen = [ao.say("kennis.wg.1", f"!toon {name}", room="dm")[0].text for name in (hidden, none)]
    assert seen[0].replace(hidden, none) == seen[1]


# --- moved with an hour, weighed twice -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "hours"),
    [("28 januari 10:00", "10:00–12:00"), ("28 januari 13:30", "13:30"), ("28 januari 9:00-10:00", "09:00–10:00")],
)
def test_a_meeting_that_moves_and_keeps_its_hour_also_ends_as_before(ao: TestBot, typed: str, hours: str) -> None:
    said = ao.say(SECRETARY, f"!vergadering verplaats VRG-AO-2027-01 naar {typed}", room="AO")[0]
    assert said.text.startswith(f"VRG-AO-2027-01 staat nu op donderdag 28 januari 2027, {hours} (was do 14 jan 2027).")


def test_what_chair_and_secretary_both_weigh_is_told_once(ao: TestBot) -> None:
    ao.say(HOLDER, "!signaal Baggerdepots zitten vol", room="AO")
    first = ao.say(SECRETARY, "!weeg 1 agenderen actualiteit", room="AO")
    assert [one.room for one in first] == ["AO", f"dm:{HOLDER}"]
    [again] = ao.say(CHAIR, "!weeg 1 agenderen actualiteit", room="AO")
    assert again.text == "SIG-2027-001 staat al op de agenda van AO do 14 jan 2027, punt 1. Er is niets veranderd."
    changed = ao.say(CHAIR, "!weeg 1 agenderen strategie", room="AO")[0]
    assert changed.text.startswith("Op de agenda van AO do 14 jan 2027, punt 1.")
