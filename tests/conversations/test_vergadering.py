from __future__ import annotations

from bot.testing import TestBot
from commands.rules.ways import RESERVED
from tests.conftest import at

SECRETARY = "rijk.secr.1"
UPPER_SECRETARY = "rijk.secr.2"


def test_a_planned_meeting_is_echoed_with_weekday_year_papers_and_digest(bot: TestBot) -> None:
    [answer] = bot.say(UPPER_SECRETARY, "!vergadering plan DO 30 november 2027 14:00 tussentijds", room="DO")
    assert answer.text == (
        "VRG-DO-2027-04 gepland op dinsdag 30 november 2027, 14:00. "
        "Stukken uiterlijk vr 19 nov 2027, digest ma 22 nov 2027."
    )


def test_the_body_hears_it_in_its_own_room_when_it_was_planned_elsewhere(bot: TestBot) -> None:
    answers = bot.say(SECRETARY, "!plan DO 30 november 2027 14:00 soort:tussentijds", room="AO")
    assert [answer.room for answer in answers] == ["AO", "DO"]
    assert answers[1].text.startswith("VRG-DO-2027-04: DO tussentijds gepland op dinsdag 30 november 2027, 14:00.")


def test_a_third_regular_meeting_needs_a_reason_and_yes_is_none(bot: TestBot) -> None:
    """INV-33."""
    [question] = bot.say(UPPER_SECRETARY, "!vergadering BO op 27 oktober 2027", room="BO")
    assert question.room == "dm:rijk.secr.2"
    assert question.text == (
        "Woensdag 27 oktober 2027 valt in de schoolvakantie (herfst zuid). Het BO vergadert 2 keer per jaar; "
        "dit is nummer 3. Geef een reden, of kies een andere datum."
    )
    [again] = bot.say(UPPER_SECRETARY, "ja", room="dm", reply_to=question.id)
    assert "Geef een reden" in again.text
    [planned] = bot.say(UPPER_SECRETARY, "het kader kan niet wachten", room="dm", reply_to=again.id)
    assert planned.text.startswith("VRG-BO-2027-03 gepland op woensdag 27 oktober 2027.")


def test_another_date_as_the_answer_to_the_reason_is_not_taken_as_a_reason(bot: TestBot) -> None:
    [question] = bot.say(UPPER_SECRETARY, "!vergadering BO op 27 oktober 2027", room="BO")
    [offer] = bot.say(UPPER_SECRETARY, "15 november 2027", room="dm", reply_to=question.id)
    assert offer.text == "'15 november 2027' is een datum en geen reden. Op die dag?"
    [still] = bot.say(UPPER_SECRETARY, "ja", room="dm", reply_to=offer.id)
    assert still.text.startswith("Het BO vergadert 2 keer per jaar; dit is nummer 3.")


def test_prinsjesdag_is_a_warning_that_yes_overrules(bot: TestBot) -> None:
    [warning] = bot.say(UPPER_SECRETARY, "!vergadering DO op 21 september 2027 soort:informeel", room="DO")
    assert warning.text == "Dinsdag 21 september 2027 is Prinsjesdag. Toch plannen?"
    [planned] = bot.say(UPPER_SECRETARY, "ja", room="dm", reply_to=warning.id)
    assert planned.text.startswith("VRG-DO-2027-04 gepland op dinsdag 21 september 2027.")


def test_a_day_that_is_no_working_day_gets_the_next_one_with_its_time(bot: TestBot) -> None:
    [refused] = bot.say(UPPER_SECRETARY, "!plan DO 9 oktober 2027 10:00 soort:tussentijds", room="DO")
    assert refused.text == "Zaterdag 9 oktober 2027 is geen werkdag. Maandag 11 oktober 2027?"
    [planned] = bot.say(UPPER_SECRETARY, "ja", room="dm", reply_to=refused.id)
    assert planned.text.startswith("VRG-DO-2027-04 gepland op maandag 11 oktober 2027, 10:00.")


def test_the_same_body_on_the_same_day_was_noted_already(bot: TestBot) -> None:
    [refused] = bot.say(UPPER_SECRETARY, "!plan DO 25 mei 2027", room="DO")
    assert refused.text == "Dit stond al genoteerd als VRG-DO-2027-01."


def test_a_member_may_not_plan_and_nothing_is_stored(bot: TestBot) -> None:
    [refused] = bot.say("vng.ao.1", "!plan AO 2 juni 2027")
    assert "Dit mag alleen de voorzitter of de secretaris van het AO." in refused.text
    [year] = bot.say("vng.ao.1", "!vergadering")
    assert "2 jun 2027" not in year.text


def test_without_words_it_shows_the_year_of_the_body_of_the_room(bot: TestBot) -> None:
    [year] = bot.say("vng.do.1", "!vergadering", room="DO")
    assert year.text == (
        "Planning DO 2027\n\n"
        "- di 25 mei 2027, 14:00–16:00 · stukken uiterlijk do 13 mei 2027 · VRG-DO-2027-01\n"
        "- di 28 sep 2027, 13:00–17:00 · reflectie · stukken uiterlijk di 14 sep 2027 · VRG-DO-2027-02\n"
        "- di 9 nov 2027, 14:00–16:00 · stukken uiterlijk vr 29 okt 2027 · VRG-DO-2027-03"
    )


def test_a_meeting_moves_by_a_short_sentence(bot: TestBot) -> None:
    [moved] = bot.say(SECRETARY, "!vergadering AO-2027-6 naar 8 september 2027")
    assert moved.text == (
        "VRG-AO-2027-06 staat nu op woensdag 8 september 2027, 10:00–12:00 (was do 9 sep 2027). "
        "Stukken uiterlijk wo 1 sep 2027, digest do 2 sep 2027."
    )


def test_in_a_round_the_lower_tier_stays_before_the_higher(bot: TestBot) -> None:
    """INV-34."""
    [refused] = bot.say(UPPER_SECRETARY, "!vergadering verplaats VRG-DO-2027-01 naar 16 juni 2027", room="DO")
    assert refused.text == "Het DO moet vóór het BO van deze ronde liggen (BO wo 16 jun 2027). Buiten de ronde?"


def test_a_cancelled_meeting_gives_its_items_back_tells_who_brought_them_and_sends_nothing(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say(SECRETARY, "!weeg 1 agenderen horizon:actualiteit")
    [question] = bot.say(SECRETARY, "!vergadering annuleer AO 14 januari")
    assert question.text == "Waarom? De deelnemers lezen dit."
    answers = bot.say(SECRETARY, "storm", reply_to=question.id)
    assert [(one.room, one.text) for one in answers] == [
        (
            "AO",
            "VRG-AO-2027-01 (do 14 jan 2027) gaat niet door. 1 punt gaat terug.\n"
            "Let op: Het AO heeft dat jaar nog 7 van de 8 (regulier).",
        ),
        (
            "dm:uvw.ao.1",
            "SIG-2027-001 (Baggerdepots zitten vol): het AO van do 14 jan 2027 gaat niet door; "
            "het punt ligt weer bij het AO.",
        ),
    ]
    assert not [one for one in bot.until(at("2027-01-15 12:00")) if one.kind == "digest"]


def test_which_meeting_is_asked_with_the_days_when_more_are_ahead(bot: TestBot) -> None:
    [question] = bot.say(UPPER_SECRETARY, "!vergadering annuleer BO", room="BO")
    assert question.text == "Welke vergadering: wo 16 jun 2027 of wo 15 dec 2027?"
    [why] = bot.say(UPPER_SECRETARY, "16 jun", room="dm", reply_to=question.id)
    assert why.text == "Waarom? De deelnemers lezen dit."


def test_held_is_only_for_a_meeting_that_has_begun(bot: TestBot) -> None:
    [early] = bot.say(SECRETARY, "!vergadering gehouden VRG-AO-2027-01")
    assert early.text == "VRG-AO-2027-01 is pas op donderdag 14 januari 2027, 10:00–12:00. Op die dag kan het."
    bot.until(at("2027-01-14 12:05"))
    [held] = bot.say(SECRETARY, "!vergadering gehouden")
    assert held.text == (
        "VRG-AO-2027-01 (do 14 jan 2027) is gehouden.\nWie waren er: iedereen, of aanwezig en welke partijen?"
    )


def test_externals_learn_nothing_of_the_meetings_of_a_fixed_body(bot: TestBot) -> None:
    [answer] = bot.say("drinkwater.wg.1", "!vergadering AO", room="WG-PFAS")
    assert answer.text == RESERVED


def test_moving_the_filter_behind_the_digest_of_the_top_is_a_warning(bot: TestBot) -> None:
    [moved] = bot.say(SECRETARY, "!vergadering verplaats VRG-AO-2027-08 naar 9 december 2027")
    assert moved.text.splitlines()[1] == (
        "Let op: de digest van het BO van wo 15 dec 2027 gaat uit vóór het AO van do 9 dec 2027."
    )


def test_planning_can_be_undone(bot: TestBot) -> None:
    bot.say(UPPER_SECRETARY, "!plan DO 30 november 2027 14:00 soort:tussentijds", room="DO")
    bot.say(UPPER_SECRETARY, "!ongedaan", room="DO")
    [year] = bot.say(UPPER_SECRETARY, "!vergadering", room="DO")
    assert "30 nov 2027" not in year.text
