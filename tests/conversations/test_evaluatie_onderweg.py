"""What happens to people while an evaluation runs: a reminder, a slip in the words, leaving the group."""

from __future__ import annotations

import pytest
import sqlalchemy
from sqlmodel import Session, SQLModel

from bot.testing import TestBot
from tests.conftest import at


@pytest.fixture
def asked(bot: TestBot) -> TestBot:
    """The five people of WG-STAAL are asked, until Monday 25 January."""
    bot.say("rijk.secr.1", "!evaluatie start WG-STAAL tot 25 januari")
    return bot


def kept(bot: TestBot, words: str) -> list[str]:
    """The tables in which these words stand anywhere."""

    def read(session: Session) -> list[str]:
        found = []
        for table in SQLModel.metadata.sorted_tables:
            every = session.connection().execute(sqlalchemy.select(table)).all()
            found += [table.name for row in every if words in str(row)]
        return found

    return bot.simulation.database.work(read)


def reminded(bot: TestBot, moment: str) -> set[str]:
    """Who hears until then that the evaluation of WG-STAAL can still be filled in."""
    said = bot.until(at(moment))
    return {one.room for one in said if "kan de evaluatie van Werkgroep secundaire bouwstoffen nog worden" in one.text}


def test_an_answer_that_names_its_question_counts_under_a_reminder_too(asked: TestBot) -> None:
    assert "dm:ipo.wg.1" in reminded(asked, "2027-01-18 12:00")
    [next_one] = asked.say("ipo.wg.1", "proces: te veel vergaderingen", room="dm")
    assert next_one.text == "Genoteerd zonder naam: proces.\nInhoud: wat levert het op, en wat ontbreekt?"
    [more] = asked.say("ipo.wg.1", "het kader is af", room="dm")
    assert more.text == "Genoteerd zonder naam: inhoud.\nRelatie: hoe gaan we met elkaar om?"


def test_under_a_reminder_several_answers_at_once_count_and_anything_else_is_asked_back(asked: TestBot) -> None:
    reminded(asked, "2027-01-18 12:00")
    [unclear] = asked.say("odnl.wg.1", "gaat wel", room="dm")
    assert unclear.text.startswith("Ik ken hier: evalueer.")
    assert not kept(asked, "gaat wel")
    [last] = asked.say("odnl.wg.1", "proces: goed inhoud: mager", room="dm")
    assert last.text == "Genoteerd zonder naam: proces, inhoud.\nRelatie: hoe gaan we met elkaar om?"


def test_the_old_words_may_be_typed_with_the_name_of_the_question_as_they_were(asked: TestBot) -> None:
    asked.say("ipo.wg.1", "proces: te veel mail", room="dm")
    [again] = asked.say("ipo.wg.1", "!evalueer WG-STAAL proces: veel te veel mail", room="dm")
    assert again.text.startswith("Je antwoord op proces is er al.")
    [gone] = asked.say("ipo.wg.1", "proces: te veel mail", room="dm")
    assert gone.text == "Weggehaald.\nProces: hoe lopen de afspraken, de planning en de stukken?"


def test_who_left_the_group_is_no_longer_named_or_reminded_and_may_still_answer(asked: TestBot) -> None:
    asked.say("rijk.secr.1", "!rol @bedrijf.wg.1 extern WG-STAAL tot vandaag")
    assert "bedrijf.wg.1" in asked.say("rijk.secr.1", "!werkgroep leden WG-STAAL")[0].text
    people = reminded(asked, "2027-01-18 12:00")
    assert "dm:bedrijf.wg.1" not in people
    assert len(people) == 4
    assert "bedrijf.wg.1" not in asked.say("rijk.secr.1", "!werkgroep leden WG-STAAL")[0].text
    assert "bedrijf.wg.1" not in asked.say("rijk.secr.1", "!werkgroep WG-STAAL")[0].text
    [counted] = asked.say("bedrijf.wg.1", "!evalueer proces: a inhoud: b relatie: c", room="dm")
    assert counted.text.startswith("Dank; zichtbaar vanaf vier antwoorden")


def test_on_the_last_day_itself_people_can_still_answer_and_closing_is_asked_once_more(asked: TestBot) -> None:
    asked.until(at("2027-01-25 10:00"))
    [early] = asked.say("rijk.secr.1", "!evaluatie sluit WG-STAAL")
    assert early.text == "Antwoorden kan nog tot en met vandaag; 0 van 5 deed het. Toch nu sluiten?"
    [late] = asked.say("odnl.wg.1", "!evalueer proces: a inhoud: b relatie: c", room="dm")
    assert late.text.startswith("Dank;")


PEOPLE = ("bedrijf.wg.1", "ipo.wg.1", "odnl.wg.1", "rijk.wg.1", "vng.ao.2")


def answered(bot: TestBot, count: int) -> None:
    for n, person in enumerate(PEOPLE[:count]):
        bot.say(person, f"!evalueer WG-STAAL proces: traag{n} inhoud: goed{n} relatie: prima{n}", room="dm")


def shown(bot: TestBot) -> str:
    bot.until(at("2027-01-26 10:00"))
    bot.say("rijk.secr.1", "!evaluatie sluit WG-STAAL")
    return bot.say("ipo.wg.1", "!evaluatie toon WG-STAAL", room="WG-STAAL")[0].text


def test_three_answers_are_counted_and_not_shown(asked: TestBot) -> None:
    answered(asked, 3)
    found = shown(asked)
    assert "Respons 3 van 5.\n3 antwoorden zijn te weinig om te tonen; dat kan vanaf vier." in found
    assert "traag" not in found
    assert "Proces" not in found


@pytest.mark.parametrize("count", [4, 5])
def test_four_and_five_answers_are_shown(asked: TestBot, count: int) -> None:
    answered(asked, count)
    found = shown(asked)
    assert f"Proces ({count} van 5)" in found
    assert all(f"traag{n}" in found for n in range(count))


def test_an_answer_that_was_taken_back_leaves_a_question_with_too_few_and_that_is_said(asked: TestBot) -> None:
    answered(asked, 4)
    asked.say(PEOPLE[3], "!evalueer WG-STAAL proces: sneller", room="dm")
    asked.say(PEOPLE[3], "traag3", room="dm")
    found = shown(asked)
    assert "traag" not in found
    assert "Proces: 3 antwoorden zijn te weinig om te tonen; dat kan vanaf vier." in found
    assert "Inhoud (4 van 5)" in found


def test_the_outcome_of_a_group_without_a_room_comes_to_who_closes_it(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Bronnen vallen droog")
    bot.say(
        "vng.ao.1",
        '!werkgroep Bronnen over 1 opdracht:"breng in beeld" tot 26 november niet:"normen" waarde:"één beeld" '
        "thema:grondwater combineren:nieuw",
    )
    bot.say("rijk.ao.0", "!akkoord 1")
    bot.say("rijk.secr.1", "!werkgroep leden WG-BRONNEN @vng.ao.1 @ipo.ao.1")
    bot.say("rijk.secr.1", "!evaluatie start WG-BRONNEN tot 25 januari")
    bot.until(at("2027-01-26 10:00"))
    told = bot.say("rijk.secr.1", "!evaluatie sluit WG-BRONNEN", room="dm")[0].text
    assert "Respons 0 van 2." in told
    assert told.endswith("WG-BRONNEN heeft nog geen kamer: geef dit zelf door, of koppel er een met !kanaal.")


def test_what_an_evaluation_still_asks_stands_under_mine_until_it_is_answered(asked: TestBot) -> None:
    shown = asked.say("odnl.wg.1", "!mijn", room="dm")[0].text
    assert "Evaluaties die op antwoord wachten" in shown
    assert "evaluatie van Werkgroep secundaire bouwstoffen, tot en met ma 25 jan 2027: !evalueer WG-STAAL" in shown
    [first] = asked.say("odnl.wg.1", "!evalueer WG-STAAL", room="dm")
    assert first.text == "Proces: hoe lopen de afspraken, de planning en de stukken?"
    asked.say("odnl.wg.1", "proces: a inhoud: b relatie: c", room="dm")
    assert "Evaluaties" not in asked.say("odnl.wg.1", "!mijn", room="dm")[0].text


def test_who_may_not_write_on_a_wall_is_sent_to_the_list_of_groups(asked: TestBot) -> None:
    [refused] = asked.say("ipo.ao.2", "!klaag de stukken komen laat bij WG-STAAL", room="dm")
    assert refused.text.endswith("Noem een groep uit !werkgroepen waar je in zit.")


def test_the_question_for_a_role_says_how_one_ends(asked: TestBot) -> None:
    [which] = asked.say("rijk.secr.1", "!rol @bedrijf.wg.1 weg uit WG-STAAL")
    assert which.text.endswith("Een rol eindigt met tot en de laatste dag achter de opdracht.")
    said = asked.say("rijk.secr.1", "!rol @bedrijf.wg.1 extern WG-STAAL tot vandaag")
    assert "bedrijf.wg.1 is extern lid van WG-STAAL namens brancheorganisatie tot en met" in said[0].text


@pytest.mark.parametrize("typed", ["1 we sturen ze eerder", "1: we sturen ze eerder", "punt 1 we sturen ze eerder"])
def test_a_bare_number_behind_the_group_is_that_of_the_complaint(asked: TestBot, typed: str) -> None:
    asked.say("odnl.wg.1", "!klaag de stukken komen laat bij WG-STAAL", room="dm")
    asked.until(at("2027-01-26 10:00"))
    asked.say("rijk.secr.1", "!evaluatie sluit WG-STAAL")
    [answered] = asked.say("rijk.secr.1", f"!bijsturing WG-STAAL {typed}")
    assert "klaagpunt 1: we sturen ze eerder." in answered.text


def test_a_group_that_was_evaluated_before_its_new_end_is_not_called_never_evaluated(bot: TestBot) -> None:
    bot.say("rijk.secr.1", "!evaluatie gehouden WG-LOOD")
    bot.say("vng.ao.1", "!verleng WG-LOOD tot 31 december 2027 want het kader is nog niet af")
    bot.say("rijk.ao.0", "!akkoord 1")
    ended = bot.say("vng.wg.1", "!werkgroep afronden WG-LOOD advies:klaar beleid:nee", room="dm")[0].text
    assert "De evaluatie sinds de nieuwe einddatum ontbreekt nog" in ended
    [refused] = bot.say("vng.wg.1", "!ophef WG-LOOD", room="dm")
    assert refused.text.startswith("WG-LOOD is sinds de nieuwe einddatum nog niet geëvalueerd. Evalueer eerst,")
