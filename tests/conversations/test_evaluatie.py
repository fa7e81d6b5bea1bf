"""An evaluation from the first question to its end: who is asked, what is shown, what it takes to finish (C38-C41)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy
from sqlmodel import SQLModel

from bot.testing import Said, TestBot
from commands.words.evaluation import Evaluation, EvaluationState
from commands.words.workgroup import Workgroup
from tests.conftest import at
from tests.conversations.conftest import Register

STAAL = ("bedrijf.wg.1", "ipo.wg.1", "odnl.wg.1", "rijk.wg.1", "vng.ao.2")
#: Words that stand in no message of the bot and in no other test.
ANSWERS = {
    "bedrijf.wg.1": ("zeepaardje", "kolibrie", "walrus"),
    "ipo.wg.1": ("ijsvogel", "stekelvarken", "neushoorn"),
    "odnl.wg.1": ("boomkikker", "grutto", "wezel"),
    "rijk.wg.1": ("aalscholver", "dwergvinvis", "oehoe"),
}


@pytest.fixture
def asked(bot: TestBot) -> TestBot:
    """The five people of WG-STAAL are asked, until Monday 25 January."""
    bot.say("rijk.secr.1", "!evaluatie start WG-STAAL tot 25 januari")
    return bot


def answer(bot: TestBot, who: str, words: tuple[str, str, str] | None = None) -> list[Said]:
    process, content, relation = words or ANSWERS[who]
    return bot.say(who, f"!evalueer WG-STAAL proces: {process} inhoud: {content} relatie: {relation}", room="dm")


def close(bot: TestBot) -> dict[str, str]:
    """What is said where once the secretary closes it, after the last day."""
    bot.until(at("2027-01-26 10:00"))
    return {one.room: one.text for one in bot.say("rijk.secr.1", "!evaluatie sluit WG-STAAL")}


def voices(register: Register, *subjects: str) -> list[tuple[str, ...]]:
    """What was said of each subject in the evaluation of WG-STAAL."""
    id = staal(register).id
    found: list[tuple[str, ...]] = register.ask(lambda store: [store.voices(id, subject) for subject in subjects])
    return found


def staal(register: Register) -> Evaluation:
    [found] = register.ask(
        lambda store: [one for one in store.evaluations(about="WG-STAAL") if one.state is not EvaluationState.PLANNED]
    )
    assert isinstance(found, Evaluation)
    return found


# --- asking ----------------------------------------------------------------------------------------------------------
def test_it_is_asked_in_private_of_everyone_in_the_group_also_from_outside(bot: TestBot) -> None:
    said = bot.say("rijk.secr.1", "!evaluatie start WG-STAAL tot 25 januari")
    assert said[0].text.endswith(
        "gestart voor WG-STAAL: proces, inhoud, relatie. 5 mensen privé gevraagd, inbreng tot en met maandag 25 "
        "januari 2027. Zonder namen."
    )
    assert sorted(one.room for one in said[1:]) == [f"dm:{person}" for person in STAAL]
    assert said[1].text.endswith(
        "drie vragen, tot en met maandag 25 januari 2027. Ik bewaar je antwoorden zonder naam; zij zijn te zien vanaf "
        "vier antwoorden. Geen opmerkingen mag ook.\nProces: hoe lopen de afspraken, de planning en de stukken?"
    )


def test_it_takes_at_least_five_working_days_and_offers_the_first_day_that_does(bot: TestBot) -> None:
    [refused] = bot.say("rijk.secr.1", "!evaluatie start WG-STAAL tot 15 januari")
    assert refused.text == (
        "Geef leden minstens 5 werkdagen, dus tot en met maandag 18 januari 2027 of later. "
        "Tot en met maandag 18 januari 2027?"
    )
    said = bot.say("rijk.secr.1", "ja")
    assert "inbreng tot en met maandag 18 januari 2027" in said[0].text


def test_without_a_date_people_have_ten_working_days(bot: TestBot) -> None:
    said = bot.say("ipo.wg.1", "!evaluatie start", room="WG-STAAL")
    assert "inbreng tot en met maandag 25 januari 2027" in said[0].text


def test_a_second_one_does_not_begin_while_one_runs(asked: TestBot) -> None:
    [refused] = asked.say("rijk.secr.1", "!evaluatie start WG-STAAL")
    assert refused.text.endswith("van WG-STAAL loopt al: uitgezet.")


def test_a_member_may_look_and_not_lead(bot: TestBot) -> None:
    [refused] = bot.say("vng.ao.2", "!evaluatie start WG-STAAL", room="WG-STAAL")
    assert refused.text == (
        "Een evaluatie van WG-STAAL leidt de voorzitter of de secretaris. Wat wel kan: !evaluatie toon WG-STAAL."
    )
    [shown] = bot.say("vng.ao.2", "!evaluatie toon WG-STAAL", room="WG-STAAL")
    assert shown.text.endswith("Gepland voor do 16 sep 2027.")


def test_someone_from_outside_sees_no_evaluation_of_a_fixed_body(bot: TestBot) -> None:
    [refused] = bot.say("bedrijf.wg.1", "!evaluatie toon AO", room="dm")
    assert refused.text == "De evaluaties van het AO zijn voor het AO zelf. Vraag het aan de secretaris van het AO."


# --- answering -------------------------------------------------------------------------------------------------------
def test_the_questions_come_one_after_the_other_and_geen_opmerkingen_counts(asked: TestBot) -> None:
    [second] = asked.say("ipo.wg.1", "veel mail", room="dm")
    assert second.text == "Genoteerd zonder naam: proces.\nInhoud: wat levert het op, en wat ontbreekt?"
    [third] = asked.say("ipo.wg.1", "goed", room="dm")
    assert third.text == "Genoteerd zonder naam: inhoud.\nRelatie: hoe gaan we met elkaar om?"
    [thanks] = asked.say("ipo.wg.1", "geen opmerkingen", room="dm")
    assert thanks.text == (
        "Dank; zichtbaar vanaf vier antwoorden, zonder namen. Wijzigen kan tot en met maandag 25 januari 2027, met de "
        "oude tekst erbij: !evalueer WG-STAAL proces: nieuw was: oud."
    )
    [talk] = asked.say("ipo.wg.1", "tot morgen", room="dm")
    assert talk.text.startswith("Ik werk met opdrachten.")


def test_in_one_go_and_in_parts(asked: TestBot, register: Register) -> None:
    [first] = asked.say("rijk.wg.1", "!evalueer WG-STAAL proces: stroperig", room="dm")
    assert first.text == "Genoteerd zonder naam: proces.\nInhoud: wat levert het op, en wat ontbreekt?"
    [rest] = asked.say("rijk.wg.1", '!evalueer inhoud:"goed" relatie:"open sfeer"', room="dm")
    assert rest.text.startswith("Dank; zichtbaar vanaf vier antwoorden")
    assert voices(register, "relatie") == [("open sfeer",)]


def test_a_change_takes_the_old_words_because_nobody_knows_whose_they_are(asked: TestBot, register: Register) -> None:
    answer(asked, "rijk.wg.1")
    [again] = asked.say("rijk.wg.1", "!evalueer proces: vlot", room="dm")
    assert again.text == (
        "Je antwoord op proces is er al. Welk het is, weet ik niet: het staat er zonder naam.\n"
        "Typ letterlijk wat je toen schreef; dan haal ik dat weg en vraag ik het opnieuw."
    )
    [lost] = asked.say("rijk.wg.1", "iets anders", room="dm")
    assert lost.text.startswith("Bij proces vind ik die tekst niet terug.")
    [gone] = asked.say("rijk.wg.1", "Aalscholver.", room="dm")
    assert gone.text == "Weggehaald.\nProces: hoe lopen de afspraken, de planning en de stukken?"
    asked.say("rijk.wg.1", "vlot", room="dm")
    asked.say("rijk.wg.1", "!evalueer inhoud: veel was: dwergvinvis", room="dm")
    assert voices(register, "proces", "inhoud") == [("vlot",), ("veel",)]


def test_in_the_room_nothing_is_kept_and_it_is_asked_in_private(asked: TestBot) -> None:
    [room, private] = asked.say("vng.ao.2", "!evalueer veel mail", room="WG-STAAL")
    assert (room.room, room.text) == (
        "WG-STAAL",
        "Niet opgeslagen, wel zichtbaar: verwijder het zelf. De vraag komt in een privébericht.",
    )
    assert private.room == "dm:vng.ao.2"
    assert private.text.endswith("Proces: hoe lopen de afspraken, de planning en de stukken?")
    [second] = asked.say("vng.ao.2", "minder mail", room="dm")
    assert second.text.startswith("Genoteerd zonder naam: proces.")


def test_after_the_last_day_it_is_closed_and_who_was_not_asked_is_not_heard(asked: TestBot) -> None:
    [stranger] = asked.say("uvw.ao.1", "!evalueer WG-STAAL proces: mooi", room="dm")
    assert stranger.text == "Er is nu geen evaluatie van WG-STAAL die jou iets vraagt. Wat openstaat, staat bij !mijn."
    asked.until(at("2027-01-26 09:00"))
    [late] = asked.say("vng.ao.2", "!evalueer WG-STAAL proces: mooi", room="dm")
    assert (
        late.text
        == "De inbreng is gesloten sinds maandag 25 januari 2027. Noem het bij de bespreking, of vraag de voorzitter."
    )


def test_the_hint_offers_to_answer_only_as_long_as_that_can_be_done(asked: TestBot) -> None:
    reminded = asked.until(at("2027-01-20 09:00"))
    [reminder] = [one for one in reminded if one.room == "dm:bedrijf.wg.1" and "Antwoord met evalueer" in one.text]
    [before] = asked.say("bedrijf.wg.1", "wat is dit", room="dm", reply_to=reminder.id)
    assert before.text.startswith("Ik ken hier: evalueer.")
    asked.until(at("2027-01-26 09:00"))
    [after] = asked.say("bedrijf.wg.1", "wat is dit", room="dm", reply_to=reminder.id)
    assert "evalueer" not in after.text
    assert "!signaal" in after.text


def test_two_open_questions_are_not_confused(asked: TestBot, register: Register) -> None:
    asked.say("vng.ao.2", "!signaal", room="dm")
    asked.say("vng.ao.2", "!evalueer WG-STAAL", room="dm")
    [which] = asked.say("vng.ao.2", "te veel stukken", room="dm")
    assert which.text.startswith("Er staat meer dan één vraag open.")
    assert voices(register, "proces") == [()]


# --- what is shown ---------------------------------------------------------------------------------------------------
def test_three_answers_are_not_shown_and_only_the_chair_reads_them_when_all_agree(asked: TestBot) -> None:
    for who in ("bedrijf.wg.1", "odnl.wg.1", "rijk.wg.1"):
        answer(asked, who)
    said = close(asked)
    assert "Respons 3 van 5." in said["WG-STAAL"]
    assert said["WG-STAAL"].endswith("3 antwoorden zijn te weinig om te tonen; dat kan vanaf vier.")
    assert sorted(room for room in said if room.startswith("dm:")) == [
        "dm:bedrijf.wg.1",
        "dm:odnl.wg.1",
        "dm:rijk.wg.1",
    ]
    words = [word for three in ANSWERS.values() for word in three]
    assert not any(word in one.text for one in asked.log for word in words)
    asked.say("bedrijf.wg.1", "ja", room="dm")
    asked.say("odnl.wg.1", "ja", room="dm")
    assert not any(word in one.text for one in asked.log for word in words)
    said = {one.room: one.text for one in asked.say("rijk.wg.1", "ja", room="dm")}
    assert said["dm:ipo.wg.1"] == (
        f"Iedereen die antwoordde vindt het goed dat je dit leest ({number(asked)}).\n\nProces\n\n- aalscholver\n- "
        "boomkikker\n- zeepaardje\n\nInhoud\n\n- dwergvinvis\n- grutto\n- kolibrie\n\nRelatie\n\n- oehoe\n- walrus\n- "
        "wezel"
    )


def number(bot: TestBot) -> str:
    return staal(Register(bot)).id


def test_one_no_keeps_them_closed(asked: TestBot) -> None:
    for who in ("bedrijf.wg.1", "odnl.wg.1"):
        answer(asked, who)
    close(asked)
    asked.say("bedrijf.wg.1", "ja", room="dm")
    [closed] = asked.say("odnl.wg.1", "nee", room="dm")
    assert closed.text == "Goed, de antwoorden blijven dicht."
    assert not any(one.room == "dm:ipo.wg.1" and "zeepaardje" in one.text for one in asked.log)


def test_four_answers_are_shown_in_the_room_of_the_group_as_n_of_n(asked: TestBot) -> None:
    for who in ANSWERS:
        answer(asked, who)
    said = close(asked)
    assert said["AO"] == (
        f"{number(asked)}: inbreng gesloten, respons 4 van 5. De uitkomst staat in de kamer van WG-STAAL."
    )
    assert said["WG-STAAL"] == (
        f"{number(asked)}: evaluatie van Werkgroep secundaire bouwstoffen\n\nInbreng gesloten.\nRespons 4 van 5.\n\n"
        "Proces (4 van 5)\n\n- aalscholver\n- boomkikker\n- ijsvogel\n- zeepaardje\n\nInhoud (4 van 5)\n\n"
        "- dwergvinvis\n- grutto\n- kolibrie\n- stekelvarken\n\nRelatie (4 van 5)\n\n- neushoorn\n- oehoe\n- walrus\n- "
        "wezel"
    )


def test_while_people_can_answer_only_their_number_is_shown(asked: TestBot) -> None:
    for who in ANSWERS:
        answer(asked, who)
    [shown] = asked.say("ipo.wg.1", "!evaluatie toon", room="WG-STAAL")
    assert shown.text.endswith("Tot nu toe antwoordden 4 van 5.\nGepland: EVA-2027-003 op do 16 sep 2027.")
    assert "ijsvogel" not in shown.text


def test_closing_before_the_last_day_is_asked_once_more(asked: TestBot) -> None:
    answer(asked, "ipo.wg.1")
    [early] = asked.say("rijk.secr.1", "!evaluatie sluit WG-STAAL")
    assert early.text == ("Antwoorden kan nog tot en met maandag 25 januari 2027; 1 van 5 deed het. Toch nu sluiten?")
    said = asked.say("rijk.secr.1", "ja")
    assert "respons 1 van 5" in said[0].text


# --- anonymity -------------------------------------------------------------------------------------------------------
def rows(bot: TestBot) -> list[tuple[str, dict[str, Any]]]:
    """Every row of every table of the database, those of the search included."""

    def read(session: Any) -> list[tuple[str, dict[str, Any]]]:
        names = [
            name for (name,) in session.execute(sqlalchemy.text("SELECT name FROM sqlite_master WHERE type='table'"))
        ]
        assert {table.name for table in SQLModel.metadata.tables.values()} <= set(names)
        found = []
        for name in names:
            every = session.execute(sqlalchemy.text(f'SELECT * FROM "{name}"')).mappings()  # noqa: S608
            found += [(name, dict(row)) for row in every]
        return found

    return bot.simulation.database.work(read)


def test_no_row_of_any_table_holds_an_answer_beside_who_gave_it_or_when(asked: TestBot, register: Register) -> None:
    """INV-36. In one go, one by one, changed, typed with a slip, in the room, on the walls, in an edited message."""
    answer(asked, "odnl.wg.1")
    for word in ANSWERS["bedrijf.wg.1"]:
        asked.say("bedrijf.wg.1", word, room="dm")
    answer(asked, "rijk.wg.1", ("waterhoen", "dwergvinvis", "oehoe"))
    asked.say("rijk.wg.1", "!evalueer proces: aalscholver", room="dm")
    asked.say("rijk.wg.1", "waterhoen", room="dm")
    asked.say("rijk.wg.1", "aalscholver", room="dm")
    asked.say("vng.ao.2", "!evaluer WG-STAAL proces: waterhoen", room="dm")
    asked.say("vng.ao.2", "!evalueer waterhoen", room="WG-STAAL")
    asked.say("vng.ao.2", "!evalueer van: waterhoen", room="dm")
    asked.say("vng.ao.2", "!klaag waterhoen", room="WG-STAAL")
    asked.say("vng.ao.2", "!klaag steenuil", room="dm", id="w1")
    asked.say("vng.ao.2", "!klaag waterhoen", room="dm", reply_to="w1", kind="edit")
    asked.say("vng.ao.2", "!jubel zeearend", room="dm")
    answer(asked, "ipo.wg.1")
    kept = [word for three in ANSWERS.values() for word in three] + ["steenuil", "zeearend"]
    people = {row["id"] for name, row in rows(asked) if name == "person"}
    for name, row in rows(asked):
        said = [word for word in kept if any(word in str(value) for value in row.values())]
        if said:
            assert name == "voice", (name, row)
            assert not any(person in str(row.values()) for person in people), row
            assert set(row) == {"about", "subject", "texts"}
        assert not any("waterhoen" in str(value) for value in row.values()), (name, row)
    [order] = voices(register, "proces")
    assert order == ("aalscholver", "boomkikker", "ijsvogel", "zeepaardje")


def test_who_answered_what_cannot_be_told_from_the_order_of_answering(
    make_bot: Callable[[str], TestBot],
) -> None:
    """The same answers from other people in another order leave the same rows, but for messages that say nothing."""
    left = []
    for people in (tuple(ANSWERS), tuple(reversed(ANSWERS))):
        bot = make_bot("2027-01-11 09:00")
        bot.say("rijk.secr.1", "!evaluatie start WG-STAAL tot 25 januari")
        for who, words in zip(people, ANSWERS.values(), strict=True):
            answer(bot, who, words)
        left.append(
            [(name, row) for name, row in rows(bot) if name in ("voice", "respondent", "evaluation", "history")]
        )
    assert left[0] == left[1]


def test_a_fault_keeps_nothing_either(asked: TestBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("zeepaardje")

    monkeypatch.setattr("storage.voices.add", broken)
    said = asked.say("bedrijf.wg.1", "zeepaardje", room="dm")
    assert said[0].text.startswith("Niet opgeslagen door een storing.")
    assert not any("zeepaardje" in str(value) for _, row in rows(asked) for value in row.values())


# --- the walls, and what comes of it ---------------------------------------------------------------------------------
def test_the_wall_opens_with_the_evaluation_and_takes_no_names(bot: TestBot) -> None:
    [shut] = bot.say("vng.ao.2", "!klaag te veel mail", room="dm")
    assert shut.text == "De muur gaat open bij de volgende evaluatie. Wacht daarop, of vraag de voorzitter."
    bot.say("rijk.secr.1", "!evaluatie start WG-STAAL")
    [named] = bot.say("vng.ao.2", "!klaag @ipo.wg.1 mailt te veel", room="dm")
    assert named.text.startswith("Graag over proces, inhoud of relatie, zonder namen. Pas je tekst aan?")
    [function] = bot.say("vng.ao.2", "!klaag ipo.wg.1 mailt te veel", room="dm")
    assert function.text.startswith("Graag over proces, inhoud of relatie, zonder namen.")
    [complaint] = bot.say("vng.ao.2", "!klaag terugkoppeling komt na het overleg aspect:proces", room="dm")
    assert complaint.text == (
        "Op de klaagmuur van WG-STAAL, zonder naam. Elk punt krijgt een verbeteractie of een antwoord."
    )
    [praise] = bot.say("vng.ao.2", "!jubel korte lijnen", room="dm")
    assert praise.text == (
        "Op de jubelmuur van WG-STAAL, zonder naam.\nDelen als klein succes kan daarna, met !koploper."
    )
    # The question of the evaluation is still the one that is answered next.
    [noted] = bot.say("vng.ao.2", "het loopt goed", room="dm")
    assert noted.text.startswith("Genoteerd zonder naam: proces.")


def test_praise_may_become_a_success_and_its_words_stay_on_the_wall_without_a_name(bot: TestBot) -> None:
    """R-216: the words are typed again, with a name, and the organisation is asked."""
    bot.say("rijk.secr.1", "!evaluatie start WG-STAAL soort jubelklaag")
    [praise] = bot.say("vng.ao.2", "!jubel de zeearend broedt weer", room="dm")
    assert praise.text == (
        "Op de jubelmuur van WG-STAAL, zonder naam.\n"
        "Mag dit gedeeld als klein succes? Antwoord met ja of nee. Bij ja typ je het opnieuw, en dan met je naam; op "
        "de muur blijft het zonder naam."
    )
    [who] = bot.say("vng.ao.2", "ja", room="dm")
    assert who.text == "Wie is de koploper, en met wat? Eén zin is genoeg."
    assert [name for name, row in rows(bot) if "zeearend" in str(row.values())] == ["voice"]
    said = bot.say("vng.ao.2", "IPO heeft de depots in kaart", room="dm")
    assert "Ik vraag eerst toestemming aan de organisatie" in said[0].text
    assert any(one.room.startswith("dm:ipo") and "[gevraagd: toestemming]" in one.text for one in said)


def test_praise_that_is_not_shared_stays_on_the_wall(bot: TestBot) -> None:
    bot.say("rijk.secr.1", "!evaluatie start WG-STAAL soort jubelklaag")
    bot.say("vng.ao.2", "!jubel korte lijnen", room="dm")
    [kept] = bot.say("vng.ao.2", "nee", room="dm")
    assert kept.text == "Goed, dan deel ik het niet."
    assert bot.say("vng.ao.2", "!koploper", room="dm")[0].text == "Wie is de koploper, en met wat? Eén zin is genoeg."


def test_it_is_not_finished_while_a_complaint_has_no_answer(asked: TestBot, register: Register) -> None:
    """INV-35, R-148. Scenario 10 of domain.md §4.2."""
    for who in ANSWERS:
        answer(asked, who)
    asked.say("vng.ao.2", "!klaag te veel mail", room="dm")
    asked.say("rijk.wg.1", "!klaag stukken komen na het overleg bij WG-STAAL", room="dm")
    close(asked)
    [refused] = asked.say("ipo.wg.1", "!evaluatie afronden advies bijstellen", room="WG-STAAL")
    assert refused.text == (
        "Nog nodig: klaagpunt 1 heeft geen actie of toelichting; klaagpunt 2 heeft geen actie of toelichting. "
        "Typ het erbij. "
        "Een klaagpunt: !bijsturing WG-STAAL klaagpunt 1 want … of met een actie."
    )
    asked.say("ipo.wg.1", "!actie @rijk.wg.1 stukken een week eerder sturen, uiterlijk 1 maart", room="WG-STAAL")
    [one] = asked.say("ipo.wg.1", "!bijsturing klaagpunt 1 act1", room="WG-STAAL")
    assert one.text == f"{number(asked)}, klaagpunt 1: ACT-2027-001.\nNog zonder antwoord: klaagpunt 2."
    [two] = asked.say(
        "ipo.wg.1", "!bijsturing klaagpunt 2 want dat lossen we op met de wekelijkse mail", room="WG-STAAL"
    )
    assert two.text == f"{number(asked)}, klaagpunt 2: dat lossen we op met de wekelijkse mail."
    assert staal(register).state is EvaluationState.STEERED
    said = asked.say("ipo.wg.1", "!evaluatie afronden advies bijstellen", room="WG-STAAL")
    done = f"{number(asked)} afgerond. Respons 4 van 5. Advies: bijstellen. 1 verbeteractie belegd."
    assert (said[0].room, said[0].text) == ("WG-STAAL", done)
    assert [one.room for one in said[1:]] == ["AO"]
    group = register.ask(lambda store: store.get(Workgroup, "WG-STAAL"))
    assert group.evaluated_on == date(2027, 1, 26)


def test_the_advice_and_why_nothing_needs_steering_are_asked(asked: TestBot) -> None:
    """INV-35, R-090."""
    for who in ANSWERS:
        answer(asked, who)
    close(asked)
    [why] = asked.say("ipo.wg.1", "!evaluatie afronden", room="WG-STAAL")
    assert why.text.startswith("Er is nog geen verbeteractie.")
    [advice] = asked.say("ipo.wg.1", "het loopt goed", room="WG-STAAL")
    assert advice.text == "Wat is het advies: voortzetten, bijstellen, combineren of opheffen?"
    said = asked.say("ipo.wg.1", "voortzetten", room="WG-STAAL")
    assert said[0].text.endswith("Advies: voortzetten. Geen bijsturing nodig: het loopt goed.")


def test_an_aspect_without_an_answer_is_named_and_takes_a_conclusion(asked: TestBot) -> None:
    """INV-35, R-091."""
    for who in ANSWERS:
        asked.say(who, "!evalueer WG-STAAL proces: vlot inhoud: goed", room="dm")
    close(asked)
    [refused] = asked.say("ipo.wg.1", "!evaluatie afronden advies voortzetten want het loopt", room="WG-STAAL")
    assert refused.text.startswith("Nog nodig: relatie is leeg.")
    said = asked.say(
        "ipo.wg.1", "!evaluatie afronden advies voortzetten relatie: open sfeer reden: het loopt", room="WG-STAAL"
    )
    assert "afgerond. Respons 4 van 5. Advies: voortzetten." in said[0].text


def test_finishing_can_be_undone_and_closing_too(asked: TestBot, register: Register) -> None:
    for who in ANSWERS:
        answer(asked, who)
    asked.say("vng.ao.2", "!klaag te veel mail", room="dm")
    close(asked)
    asked.say("rijk.secr.1", "!ongedaan")
    assert staal(register).state is EvaluationState.OUT
    said = asked.say("rijk.secr.1", "!evaluatie sluit WG-STAAL")
    assert "te veel mail" in said[-1].text
    asked.say("rijk.secr.1", "!bijsturing WG-STAAL klaagpunt 1 want dat nemen we mee")
    asked.say("rijk.secr.1", "!evaluatie afronden WG-STAAL advies voortzetten want het loopt")
    asked.say("rijk.secr.1", "!ongedaan")
    assert staal(register).state is EvaluationState.CLOSED
    assert register.ask(lambda store: store.get(Workgroup, "WG-STAAL")).evaluated_on is None


# --- recording and planning ------------------------------------------------------------------------------------------
def test_the_secretary_records_with_three_words_that_one_was_held(bot: TestBot, register: Register) -> None:
    bot.until(at("2027-03-02 09:00"))
    [held] = bot.say("rijk.secr.1", "!evaluatie gehouden WG-LOOD op 25 februari")
    assert held.text == (
        "EVA-2027-002: WG-LOOD is geëvalueerd op donderdag 25 februari 2027. Nog nodig om af te ronden: proces, inhoud "
        "en relatie zijn leeg; een verbeteractie of de reden dat die niet nodig is; het advies."
    )
    assert register.ask(lambda store: store.get(Workgroup, "WG-LOOD")).evaluated_on == date(2027, 2, 25)
    [coming] = bot.say("rijk.secr.1", "!evaluatie gehouden WG-STAAL op 1-4-2027")
    assert coming.text == "Donderdag 1 april 2027 komt nog. Noem een dag die geweest is."
    [today] = bot.say("rijk.secr.1", "!evaluatie gehouden WG-STAAL proces: vlot inhoud: goed relatie: open "
                      "advies: voortzetten reden: het loopt")  # fmt: skip
    assert today.text.endswith("WG-STAAL is geëvalueerd op dinsdag 2 maart 2027. Afgerond.")


def test_the_evaluations_of_groups_and_bodies_are_planned_by_themselves(bot: TestBot, register: Register) -> None:
    planned = register.ask(lambda store: store.evaluations(states=(EvaluationState.PLANNED,)))
    assert [(one.about, one.day, str(one.kind)) for one in planned] == [
        ("WG-LOOD", date(2027, 2, 28), "werkgroep"),
        ("WG-PFAS", date(2027, 6, 15), "werkgroep"),
        ("PRG-SPOED", date(2027, 6, 30), "midterm"),
        ("WG-STAAL", date(2027, 9, 16), "werkgroep"),
        ("WG-BODEMMON", date(2027, 9, 30), "werkgroep"),
        ("PRG-KENNIS", date(2027, 11, 1), "eind"),
        ("PRG-SPOED", date(2027, 12, 31), "midterm"),
        ("AO", date(2028, 1, 11), "overleg"),
        ("DO", date(2028, 1, 11), "overleg"),
        ("BO", date(2028, 1, 11), "overleg"),
        ("WG-BODEMMON", date(2028, 5, 4), "werkgroep"),
        ("PRG-SPOED", date(2028, 12, 29), "midterm"),
        ("PRG-SPOED", date(2029, 12, 31), "eind"),
        ("PRG-SPOED", date(2030, 11, 5), "eind"),
    ]


def test_after_the_day_that_a_file_names_a_group_is_evaluated_again_before_its_end(
    bot: TestBot, register: Register
) -> None:
    bot.until(at("2027-09-24 09:00"))
    bot.say("rijk.secr.1", "!evaluatie gehouden WG-BODEMMON vandaag")
    [shown] = bot.say("rijk.secr.1", "!werkgroep WG-BODEMMON")
    assert shown.text.endswith(
        "Laatste evaluatie: vr 24 sep 2027. EVA-2027-004: besproken. "
        "Volgende evaluatie: uiterlijk do 4 mei 2028, nog niet gehouden."
    )


def test_a_day_that_people_chose_stays_when_the_group_changes(bot: TestBot, register: Register) -> None:
    bot.say("rijk.secr.1", "!evaluatie plan WG-PFAS 1 juni")
    bot.say("rijk.secr.1", "!werkgroep leden WG-PFAS @ipo.wg.1")
    planned = register.ask(lambda store: store.evaluations(about="WG-PFAS", states=(EvaluationState.PLANNED,)))
    assert [(one.id, one.day) for one in planned] == [("EVA-2027-001", date(2027, 6, 1))]
    [shown] = bot.say("rijk.secr.1", "!werkgroep WG-PFAS")
    assert shown.text.endswith("Evaluatie: uiterlijk di 1 jun 2027, nog niet gehouden.")


def test_another_day_is_undone_and_the_day_that_followed_by_itself_is_back(bot: TestBot) -> None:
    bot.say("rijk.secr.1", "!evaluatie plan WG-PFAS 1 juni")
    bot.say("rijk.secr.1", "!ongedaan")
    [shown] = bot.say("rijk.secr.1", "!werkgroep WG-PFAS")
    assert shown.text.endswith("Evaluatie: uiterlijk di 15 jun 2027, nog niet gehouden.")


def test_an_evaluation_that_only_people_planned_stays_until_the_group_is_over(bot: TestBot, register: Register) -> None:
    bot.until(at("2027-02-25 09:00"))
    bot.say("rijk.secr.1", "!evaluatie gehouden WG-LOOD proces: vlot inhoud: goed relatie: open "
            "advies: voortzetten reden: het loopt")  # fmt: skip
    bot.say("rijk.secr.1", "!evaluatie plan WG-LOOD 15 maart")
    bot.say("rijk.secr.1", "!werkgroep leden WG-LOOD @ipo.wg.1")

    def planned() -> list[date]:
        found = register.ask(lambda store: store.evaluations(about="WG-LOOD", states=(EvaluationState.PLANNED,)))
        return [one.day for one in found]

    assert planned() == [date(2027, 3, 15)]
    bot.say("vng.wg.1", '!werkgroep afronden WG-LOOD advies:"klaar" beleid:nee')
    bot.say("vng.wg.1", '!ophef WG-LOOD advies:"klaar" open-naar:AO')
    bot.say("vng.wg.1", "ja")
    bot.say("rijk.ao.0", "!akkoord 1")
    assert planned() == []


def test_a_planned_one_moves_and_one_that_does_not_take_place_says_why(bot: TestBot) -> None:
    [moved] = bot.say("rijk.secr.1", "!evaluatie plan WG-STAAL tot 1 oktober")
    assert moved.text == "EVA-2027-003: evaluatie van WG-STAAL op vrijdag 1 oktober 2027."
    [why] = bot.say("rijk.secr.1", "!evaluatie vervalt WG-STAAL")
    assert why.text == "Waarom gaat de evaluatie niet door?"
    [dropped] = bot.say("rijk.secr.1", "de groep stopt eerder")
    assert dropped.text == "EVA-2027-003 van vr 1 okt 2027 vervalt: de groep stopt eerder"


def test_directors_are_asked_with_u(bot: TestBot) -> None:
    said = bot.say("rijk.secr.1", "!evaluatie start DO")
    private = [one.text for one in said if ".do." in one.room]
    assert len(private) == 5
    assert all("Uw antwoorden bewaar ik zonder naam" in text for text in private)


def test_the_reason_as_a_field_leaves_the_day_alone(bot: TestBot) -> None:
    bot.until(at("2027-03-02 09:00"))
    [held] = bot.say("rijk.secr.1", "!evaluatie gehouden WG-STAAL op 1 maart proces: vlot inhoud: goed relatie: open "
                     "advies: voortzetten reden: het loopt goed")  # fmt: skip
    assert held.text.endswith("WG-STAAL is geëvalueerd op maandag 1 maart 2027. Afgerond.")
