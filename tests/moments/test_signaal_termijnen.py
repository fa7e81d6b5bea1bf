"""What a signal's clock asks for: an answer that did not come, a report that is due, feedback that was not given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.testing import Said, Simulation, TestBot
from commands.words.structure import Span, Structure
from config.people import PeopleFile
from tests.conftest import at

CHAIR, SECRETARY, RAISER = "rijk.ao.0", "rijk.secr.1", "uvw.ao.1"


def about(said: list[Said], words: str) -> list[tuple[str, str]]:
    """(moment, room) of the nudges that say these words."""
    return [(f"{one.at:%m-%d %H:%M}", one.room) for one in said if one.kind == "nudge" and words in one.text]


@pytest.fixture
def filed(bot: TestBot) -> TestBot:
    bot.say(RAISER, "!signaal Baggerdepots zitten vol")
    return bot


# --- a question to the raiser (S3b) ----------------------------------------------------------------------------------
@pytest.fixture
def held(filed: TestBot) -> TestBot:
    filed.say(SECRETARY, "!weeg 1 aanhouden vraag: Om hoeveel depots gaat het? uiterlijk: vrijdag 22 januari")
    return filed


def test_an_unanswered_question_comes_back_once_on_the_next_sending_day(held: TestBot) -> None:
    said = held.until(at("2027-02-28 18:00"))
    assert about(said, "kwam geen antwoord") == [("01-25 08:30", "dm:rijk.secr.1")]
    [text] = [one.text for one in said if "kwam geen antwoord" in one.text]
    assert text == (
        "SIG-2027-001 (Baggerdepots zitten vol, namens UvW): op de vraag aan uvw.ao.1 kwam geen antwoord; de datum was "
        "vrijdag 22 januari. Nu kan: agenderen, onderbrengen bij een werkgroep of programma, of zelf afdoen. "
        "Weeg het opnieuw; antwoord met 1, 2 of 3."
    )


def test_its_answers_are_outcomes_of_the_weighing(held: TestBot) -> None:
    said = held.until(at("2027-01-25 09:00"))
    [asked] = [one for one in said if "kwam geen antwoord" in one.text]
    [question] = held.say(SECRETARY, "1", room="dm", reply_to=asked.id)
    assert question.text == "Strategie of actualiteit?"


def test_an_answer_in_time_keeps_it_silent(held: TestBot) -> None:
    held.say(RAISER, "drie depots", room="dm", reply_to=held.log[-1].id)
    assert about(held.until(at("2027-02-28 18:00")), "kwam geen antwoord") == []


def test_a_new_question_has_a_date_of_its_own(held: TestBot) -> None:
    held.say(SECRETARY, "!weeg 1 aanhouden vraag: En in Zeeland? uiterlijk: 29 januari")
    assert about(held.until(at("2027-02-28 18:00")), "kwam geen antwoord") == [("02-01 08:30", "dm:rijk.secr.1")]


def test_what_went_back_to_be_weighed_floats_again_later(held: TestBot) -> None:
    held.until(at("2027-01-20 09:00"))
    held.say(RAISER, "drie depots", room="dm", reply_to=next(o for o in held.log if "een vraag" in o.text).id)
    assert about(held.until(at("2027-02-10 18:00")), "nog geen plek")[0][0] == "02-04 08:30"


def test_an_addition_is_no_answer_to_a_signal_that_floats(filed: TestBot) -> None:
    filed.until(at("2027-01-27 09:00"))
    filed.say(RAISER, "!vulaan 1 ook in Zeeland")
    assert about(filed.until(at("2027-02-28 18:00")), "nog geen plek") == [
        ("02-10 08:30", "dm:rijk.secr.1"),
        ("02-24 08:30", "dm:rijk.secr.1"),
    ]


# --- a report that is due (INV-06) -----------------------------------------------------------------------------------
@pytest.fixture
def placed(filed: TestBot) -> TestBot:
    """With WG-LOOD, back by Friday 5 February."""
    filed.say(CHAIR, "!beleg 1 bij lood opdracht: twee opties uitwerken uiterlijk: 5 februari")
    return filed


def test_before_and_after_its_date_the_chair_of_the_group_is_asked_once_each(placed: TestBot) -> None:
    said = placed.until(at("2027-03-31 18:00"))
    assert about(said, "twee opties uitwerken") == [("02-04 08:30", "dm:vng.wg.1"), ("02-08 08:30", "dm:vng.wg.1")]
    before, after = [one.text for one in said if "twee opties uitwerken" in one.text and one.kind == "nudge"]
    assert "op vrijdag 5 februari verwacht het AO terug: twee opties uitwerken. Is het klaar?" in before
    assert "het AO verwachtte op vrijdag 5 februari terug: twee opties uitwerken. Is het klaar?" in after
    assert "te laat" not in after


def test_klaar_reports_it_back(placed: TestBot) -> None:
    [asked] = [one for one in placed.until(at("2027-02-04 09:00")) if "twee opties" in one.text]
    said = placed.say("vng.wg.1", "klaar, optie B draagt ver genoeg", room="dm", reply_to=asked.id)
    assert said[0].text == "SIG-2027-001 ligt weer bij het AO, met dit resultaat."
    assert about(placed.until(at("2027-03-31 18:00")), "twee opties uitwerken") == []


def test_what_was_reported_before_is_not_asked_about(placed: TestBot) -> None:
    placed.say("vng.wg.1", "!gereed sig1 optie B", room="WG-LOOD")
    assert about(placed.until(at("2027-03-31 18:00")), "twee opties uitwerken") == []


def test_a_tier_is_asked_through_its_secretary(filed: TestBot) -> None:
    filed.say(CHAIR, "!weeg 1 afhandelen actualiteit")
    filed.say("vng.ao.1", "!escaleer 1 want het raakt alle partijen vraag: Een tijdelijk kader toestaan")
    filed.say(CHAIR, "!akkoord 1")
    filed.say("rijk.do.1", "!delegeer 1 twee opties uitwerken, uiterlijk 5 februari", room="DO")
    said = filed.until(at("2027-03-31 18:00"))
    assert about(said, "twee opties uitwerken") == [
        ("02-04 08:30", "dm:rijk.secr.1"),
        ("02-08 08:30", "dm:rijk.secr.1"),
    ]


# --- feedback (R-151) ------------------------------------------------------------------------------------------------
@pytest.fixture
def settled(filed: TestBot) -> TestBot:
    filed.say(CHAIR, "!weeg 1 afhandelen actualiteit")
    filed.say(CHAIR, "!afhandel 1 de handreiking is gepubliceerd")
    return filed


def test_feedback_is_asked_for_after_five_and_ten_working_days(settled: TestBot) -> None:
    said = settled.until(at("2027-03-31 18:00"))
    assert about(said, "nog geen antwoord") == [("01-18 08:30", "dm:rijk.secr.1"), ("01-25 08:30", "dm:rijk.secr.1")]
    text = next(one.text for one in said if "nog geen antwoord" in one.text)
    assert text == (
        "SIG-2027-001 is op maandag 11 januari afgehandeld. uvw.ao.1 heeft nog geen antwoord. Twee zinnen zijn genoeg: "
        "wat is besloten en waarom. Antwoord met terugkoppeling en de tekst."
    )


def test_the_word_gives_the_feedback_and_closes_it(settled: TestBot) -> None:
    [asked] = [one for one in settled.until(at("2027-01-18 09:00")) if "nog geen antwoord" in one.text]
    said = settled.say(SECRETARY, "terugkoppeling zie de handreiking", room="dm", reply_to=asked.id)
    assert said[0].text == "Verstuurd aan de indiener. SIG-2027-001 is gesloten."
    assert about(settled.until(at("2027-03-31 18:00")), "nog geen antwoord") == []


def test_a_plain_reply_is_not_sent_to_the_raiser(settled: TestBot) -> None:
    [asked] = [one for one in settled.until(at("2027-01-18 09:00")) if "nog geen antwoord" in one.text]
    said = settled.say(SECRETARY, "dat doe ik morgen", room="dm", reply_to=asked.id)
    assert [one.room for one in said] == ["dm:rijk.secr.1"]


def test_a_rejected_one_needs_it_too(filed: TestBot) -> None:
    filed.say(CHAIR, "!weeg 1 afwijzen want loopt al bij IPO")
    assert about(filed.until(at("2027-03-31 18:00")), "is op maandag 11 januari afgewezen") == [
        ("01-18 08:30", "dm:rijk.secr.1"),
        ("01-25 08:30", "dm:rijk.secr.1"),
    ]


def test_the_days_are_a_setting(structure: Structure, people: PeopleFile) -> None:
    limits = replace(structure.thresholds, feedback_reminders=(Span(3, "werkdagen"),))
    simulation = Simulation(replace(structure, thresholds=limits), people)
    bot = TestBot(simulation, at("2027-01-11 09:00"))
    bot.say(RAISER, "!signaal Baggerdepots zitten vol")
    bot.say(CHAIR, "!weeg 1 afwijzen want loopt al bij IPO")
    said = bot.until(at("2027-03-31 18:00"))
    simulation.close()
    assert [one for one, _ in about(said, "afgewezen")] == ["01-14 08:30"]
