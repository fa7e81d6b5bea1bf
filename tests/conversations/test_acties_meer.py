"""Actions beyond giving and finishing: lapsed, lying elsewhere, deputies, for a meeting. Monday 11 January 2027, AO."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.testing import Said, TestBot
from tests.conftest import at

SECRETARY = "rijk.secr.1"
CHAIR = "rijk.ao.0"
HOLDER = "vng.ao.2"


@pytest.fixture
def given(make_bot: Callable[[str], TestBot]) -> TestBot:
    """ACT-2027-001 of vng.ao.2, due Thursday 28 January, on Monday 11 January."""
    bot = make_bot("2027-01-11 09:00")
    bot.say(SECRETARY, f"!actie @{HOLDER} stukken sturen 28 januari")
    return bot


def to(person: str, said: list[Said]) -> str:
    return "\n".join(one.text for one in said if one.room == f"dm:{person}")


# --- vervalt ---------------------------------------------------------------------------------------------------------
def test_the_chair_lets_an_action_lapse_with_a_reason(given: TestBot) -> None:
    [asked] = given.say(CHAIR, "!vervalt 1")
    assert asked.text == "Waarom? De actiehouder leest dit."
    said = given.say(CHAIR, "het kader is ingetrokken", reply_to=asked.id)
    assert said[0].text == "ACT-2027-001 is vervallen. vng.ao.2 weet het."
    assert to(HOLDER, said) == ("ACT-2027-001 is vervallen: stukken sturen. De reden: het kader is ingetrokken.")
    assert given.say(SECRETARY, "!acties")[0].text == "Geen open acties. Filter: AO."
    assert [one for one in given.until(at("2027-02-20 12:00")) if "ACT-2027-001" in one.text] == []
    [again] = given.say(CHAIR, "!vervalt 1 nog eens")
    assert again.text == "ACT-2027-001 is vervallen; laten vervallen kan niet meer. Kijk met !toon ACT-2027-001."


def test_the_secretary_does_so_in_a_meeting_and_asks_the_chair_on_other_days(given: TestBot) -> None:
    [refused] = given.say(SECRETARY, "!vervalt 1 niet meer nodig")
    assert refused.text.endswith("De voorzitter vragen?")
    assert given.say(SECRETARY, "ja", reply_to=refused.id)[0].text == "Gevraagd aan de voorzitter van het AO."
    given.until(at("2027-01-14 10:00"))
    assert given.say(SECRETARY, "!vervalt 1 niet meer nodig")[0].text == "ACT-2027-001 is vervallen. vng.ao.2 weet het."
    route = given.say(SECRETARY, "!toon act1")[0].text
    assert "Vervallen" in route


def test_a_member_lets_nothing_lapse(given: TestBot) -> None:
    [refused] = given.say(HOLDER, "!vervalt 1 geen zin")
    assert refused.text.startswith("Dit mag alleen")
    assert given.say(SECRETARY, "!acties")[0].text.startswith("AO: 1 open.")


def test_a_lapse_can_be_undone_and_the_reminders_come_back(given: TestBot) -> None:
    given.say(CHAIR, "!vervalt 1 vergissing")
    given.say(CHAIR, "!ongedaan")
    assert any("ACT-2027-001" in one.text for one in given.until(at("2027-01-21 09:00")))


# --- ligt nu bij -----------------------------------------------------------------------------------------------------
def test_who_has_it_now_stands_beside_who_answers_for_it(given: TestBot) -> None:
    [done] = given.say(HOLDER, "!ligtbij 1 bij de jurist van het IPO")
    assert done.text == "ACT-2027-001 ligt nu bij de jurist van het IPO; vng.ao.2 blijft actiehouder."
    assert given.say(SECRETARY, "!acties")[0].text.splitlines()[1] == (
        "- ACT-2027-001 vng.ao.2 (VNG): stukken sturen, uiterlijk do 28 jan 2027, ligt nu bij de jurist van het IPO"
    )
    assert "Ligt nu bij de jurist van het IPO." in given.say(SECRETARY, "!toon act1")[0].text
    [back] = given.say(SECRETARY, "!ligtbij 1 niemand")
    assert back.text == "ACT-2027-001 ligt weer bij vng.ao.2."
    assert "ligt nu bij" not in given.say(SECRETARY, "!acties")[0].text


def test_a_reason_that_says_who_is_waited_for_is_remembered(given: TestBot) -> None:
    given.say(HOLDER, "!verzet 1 4 februari, wacht op de provincie")
    assert given.say(SECRETARY, "!acties")[0].text.splitlines()[1] == (
        "- ACT-2027-001 vng.ao.2 (VNG): stukken sturen, uiterlijk do 4 feb 2027, eerste uitstel, eerst do 28 jan, "
        "ligt nu bij de provincie"
    )


def test_another_does_not_say_where_it_lies(given: TestBot) -> None:
    [refused] = given.say("ipo.ao.1", "!ligtbij 1 mij")
    assert refused.text == "ACT-2027-001 is van vng.ao.2; vng.ao.2 of de secretaris zegt waar hij ligt."
    [asked] = given.say(HOLDER, "!ligtbij 1")
    assert asked.text == "Bij wie of wat ligt het nu?"


# --- verzet ----------------------------------------------------------------------------------------------------------
def test_every_date_it_ever_had_stays_to_be_seen(given: TestBot) -> None:
    given.say(HOLDER, "!verzet 1 4 februari, jurist is ziek")
    [asked] = given.say(HOLDER, "!verzet 1 11 februari")
    assert asked.text == "Dit wordt de tweede keer. Waarom? De secretaris leest dit."
    said = given.say(HOLDER, "nog steeds ziek", reply_to=asked.id)
    assert said[0].text == "Dit is de tweede keer. Ik heb het verzoek aan de secretaris gestuurd."
    given.say(SECRETARY, "ja", room="dm")
    assert given.say(SECRETARY, "!toon act1")[0].text.splitlines() == [
        "ACT-2027-001 stukken sturen",
        "",
        "Open, uiterlijk do 11 feb 2027, 2 keer verzet (eerst do 28 jan 2027).",
        "Actiehouder vng.ao.2, namens VNG, van AO.",
        "Gevraagd door rijk.secr.1.",
        "",
        "Verzet",
        "",
        "1. ma 11 jan 2027, van do 28 jan 2027 naar do 4 feb 2027: jurist is ziek",
        "2. ma 11 jan 2027, van do 4 feb 2027 naar do 11 feb 2027: nog steeds ziek",
    ]


# --- deputies --------------------------------------------------------------------------------------------------------
def test_a_deputy_for_one_action_may_finish_it(given: TestBot) -> None:
    said = given.say("ipo.ao.1", "!actie @ipo.ao.1 nota maken 4 februari vervanger @ipo.ao.2")
    assert said[0].text == "ACT-2027-002 ipo.ao.1: nota maken, uiterlijk do 4 feb 2027. Vervanger: ipo.ao.2."
    assert "Vervanger ipo.ao.2." in given.say(SECRETARY, "!toon act2")[0].text
    assert given.say("ipo.ao.2", "!gereed 2")[0].text == "ACT-2027-002 klaar, genoteerd voor ipo.ao.1."


def test_a_deputy_is_named_afterwards_and_comes_from_the_same_party(given: TestBot) -> None:
    given.say(SECRETARY, "!actie @ipo.ao.1 nota maken 4 februari")
    [refused] = given.say("ipo.ao.1", f"!vervanger @{HOLDER} voor act2")
    assert refused.text == "Een vervanger komt van dezelfde partij (IPO). Kies een ander."
    [other] = given.say("uvw.ao.1", "!vervanger @ipo.ao.2 voor act2")
    assert other.text == "ACT-2027-002 is van ipo.ao.1; ipo.ao.1 of de secretaris wijst een vervanger aan."
    said = given.say("ipo.ao.1", "!vervanger @ipo.ao.2 voor act2")
    assert said[0].text == "ipo.ao.2 vervangt ipo.ao.1 bij ACT-2027-002."
    assert to("ipo.ao.2", said) == (
        "Je vervangt ipo.ao.1 bij ACT-2027-002: nota maken, uiterlijk donderdag 4 februari 2027."
    )
    assert given.say("ipo.ao.2", "klaar", room="dm")[0].text == "ACT-2027-002 klaar, genoteerd voor ipo.ao.1."


def test_what_is_handed_over_has_another_deputy(given: TestBot) -> None:
    given.say(SECRETARY, "!actie @ipo.ao.1 nota maken 4 februari vervanger @ipo.ao.2")
    given.say("ipo.ao.1", "!overdragen 2 aan @uvw.ao.1")
    given.say("uvw.ao.1", "ja", room="dm")
    assert given.say("ipo.ao.2", "!gereed 2")[0].text == "ACT-2027-002 is van uvw.ao.1. Wil je overnemen?"


# --- in a group ------------------------------------------------------------------------------------------------------
def test_in_a_group_who_asked_for_it_may_put_it_back(given: TestBot) -> None:
    given.say("uvw.wg.1", "!actie @drinkwater.wg.1 metingen delen 4 februari", room="WG-PFAS")
    given.say("drinkwater.wg.1", "!gereed 2", room="WG-PFAS")
    [done, *_] = given.say("uvw.wg.1", "!nietakkoord 2 de kaart ontbreekt", room="WG-PFAS")
    assert done.text == "ACT-2027-002 staat weer open. drinkwater.wg.1 weet het."


# --- for a meeting ---------------------------------------------------------------------------------------------------
def test_the_list_for_a_meeting_is_what_is_due_by_it(given: TestBot) -> None:
    given.say(SECRETARY, "!actie @ipo.ao.1 nota maken 3 maart")
    given.say(SECRETARY, "!actie @uvw.ao.1 lijst maken 5 maart")
    given.until(at("2027-01-20 09:00"))
    expected = [
        "AO van do 4 mrt 2027: 2 open.",
        "- ACT-2027-001 vng.ao.2 (VNG): stukken sturen, uiterlijk do 28 jan 2027",
        "- ACT-2027-002 ipo.ao.1 (IPO): nota maken, uiterlijk wo 3 mrt 2027",
    ]
    for said in ("voor het AO van 4 maart", "voor het volgende AO", "voor VRG-AO-2027-02", "voor:VRG-AO-2027-02"):
        assert given.say("uvw.ao.1", f"!acties {said}")[0].text.splitlines() == expected, said
    assert given.say("uvw.ao.1", "!acties voor het volgende AO van ipo")[0].text.splitlines()[0] == (
        "AO van do 4 mrt 2027, IPO: 1 open."
    )


def test_what_leans_on_a_meeting_is_in_its_list_and_what_was_finished_once_more(given: TestBot) -> None:
    given.until(at("2027-01-20 09:00"))
    given.say(SECRETARY, "!actie @ipo.ao.1 verslag maken een week na het volgende AO")
    given.say(HOLDER, "!gereed 1 gemaild")
    assert given.say("uvw.ao.1", "!acties voor het AO van 4 maart")[0].text.splitlines() == [
        "AO van do 4 mrt 2027: 1 open.",
        "- ACT-2027-002 ipo.ao.1 (IPO): verslag maken, uiterlijk do 11 mrt 2027",
        "Afgerond sinds do 14 jan 2027:",
        "- ACT-2027-001 vng.ao.2 (VNG): stukken sturen, gereed. Resultaat: gemaild.",
    ]
    assert "ACT-2027-001" not in given.say("uvw.ao.1", "!acties voor VRG-AO-2027-03")[0].text


def test_late_for_a_meeting(given: TestBot) -> None:
    given.until(at("2027-02-02 09:00"))
    assert given.say("uvw.ao.1", "!acties voor het volgende AO te laat")[0].text.splitlines() == [
        "AO van do 4 mrt 2027, over de datum: 1 open.",
        "- ACT-2027-001 vng.ao.2 (VNG): stukken sturen, was do 28 jan 2027",
    ]


def test_a_meeting_that_is_not_there_or_not_ones_own(given: TestBot) -> None:
    [unknown] = given.say("uvw.ao.1", "!acties voor banaan")
    assert unknown.text == (
        "'banaan' ken ik niet als vergadering. Schrijf bijvoorbeeld: !acties voor het AO van 14 oktober."
    )
    [none] = given.say("uvw.ao.1", "!acties voor het AO van 1 augustus")
    assert none.text.startswith("Er is geen AO gepland op 1 augustus.")
    [hidden] = given.say("uvw.ao.1", "!acties voor het volgende DO")
    assert (
        hidden.text == "De acties van het DO zijn alleen zichtbaar voor het DO. Vraag het aan de secretaris van het DO."
    )


# --- a word about one finishes no other ------------------------------------------------------------------------------
@pytest.mark.parametrize("said", ["klaar 2", "klaar act2", "klaar 1 en 2", "klaar ACT-2027-002", "later 2"])
def test_an_answer_about_one_action_touches_no_other(given: TestBot, said: str) -> None:
    given.say(SECRETARY, f"!actie @{HOLDER} kaart maken 30 maart")
    given.until(at("2027-01-21 08:31"))
    reminder = given.log[-1]
    assert "ACT-2027-001" in reminder.text
    [answer] = given.say(HOLDER, said, room="dm", reply_to=reminder.id)
    assert answer.text == "Dit bericht gaat over 1. Voor 2 typ je de opdracht zelf, zie !mijn."
    assert given.say(SECRETARY, "!acties")[0].text.startswith("AO: 2 open.")


def test_its_own_number_and_a_result_with_a_number_are_fine(given: TestBot) -> None:
    given.until(at("2027-01-21 08:31"))
    done = given.say(HOLDER, "klaar, 3 brieven verstuurd", room="dm")
    assert done[0].text == "ACT-2027-001 klaar."
    assert "Resultaat: 3 brieven verstuurd" in to(SECRETARY, done)


# --- aanjagen --------------------------------------------------------------------------------------------------------
def test_on_the_track_aanjagen_nothing_is_ever_late(given: TestBot) -> None:
    given.say(CHAIR, "!vervalt 1 niet nodig")
    given.say(SECRETARY, "!actie @uvw.ao.1 verkenning doen 28 januari spoor aanjagen")
    said = given.until(at("2027-03-04 09:00"))
    said += given.say("uvw.ao.1", "!acties") + given.say("uvw.ao.1", "!mijn") + given.say("uvw.ao.1", "!toon act2")
    said += given.say("uvw.ao.1", "!acties voor het AO van 15 april")
    assert any("ACT-2027-002" in one.text for one in said)
    about = [one.text for one in said if "ACT-2027-002" in one.text]
    assert [text for text in about if "te laat" in text.casefold() or "over de datum" in text.casefold()] == []
