"""A meeting that nobody marks as held is asked about, kindly and at most twice; an answer does what a command does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.testing import Said, Simulation, TestBot
from commands.rules.timing import over_moments
from commands.words.meeting import Meeting, MeetingKind, MeetingState
from commands.words.structure import Span, Structure
from config.people import PeopleFile
from storage.store import SqlStore
from tests.conftest import at

SECRETARY = "rijk.secr.1"
VRG = "VRG-AO-2027-01"
ASKED = (
    "VRG-AO-2027-01: AO van donderdag 14 januari is voorbij. Is het gehouden? Antwoord met ja, met verplaatst naar en "
    "de nieuwe dag, of met geannuleerd en de reden. Na ja volgt de concept besluiten- en actielijst."
)


def questions(said: list[Said]) -> list[tuple[str, str]]:
    return [(one.room, f"{one.at:%Y-%m-%d %H:%M}") for one in said if "Is het gehouden?" in one.text]


def meeting(bot: TestBot, id: str = VRG) -> Meeting:
    found = bot.simulation.database.work(lambda session: SqlStore(session).get(Meeting, id))
    assert found is not None
    return found


@pytest.fixture
def asked(bot: TestBot) -> TestBot:
    """The morning after the first AO of the year, of which nobody said anything."""
    said = bot.until(at("2027-01-15 08:30"))
    assert questions(said) == [(f"dm:{SECRETARY}", "2027-01-15 08:30")]
    assert said[-1].text == ASKED
    return bot


def test_the_secretary_is_asked_the_next_morning_and_once_more_three_working_days_after_the_meeting(
    asked: TestBot,
) -> None:
    said = asked.until(at("2027-03-01 09:00"))
    assert questions(said) == [(f"dm:{SECRETARY}", "2027-01-19 08:30")]
    [again] = [one for one in said if "Is het gehouden?" in one.text]
    assert (
        "VRG-AO-2027-01: AO van donderdag 14 januari staat nog als gepland. Is het gehouden? Tot dan komt er geen "
        "besluitenlijst. Antwoord met ja, met verplaatst naar en de nieuwe dag, of met geannuleerd en de reden. Hierna "
        "vraag ik het niet meer." in again.text
    )
    # Nothing was guessed meanwhile.
    assert meeting(asked).state is MeetingState.PLANNED
    assert not [one for one in asked.log if "esluiten- en actielijst AO" in one.text]


def test_after_yes_the_list_comes_as_if_it_had_been_marked_as_held(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say(SECRETARY, "!agendeer 1 ter besluitvorming horizon:actualiteit")
    bot.until(at("2027-01-14 10:30"))
    bot.say("rijk.ao.0", "!besluit 1 het AO maakt een depotkaart mandaat:ja")
    bot.until(at("2027-01-15 09:00"))
    [held] = bot.say(SECRETARY, "ja", room="dm")
    assert held.text == (
        "VRG-AO-2027-01 (do 14 jan 2027) is gehouden.\nWie waren er: iedereen, of aanwezig en welke partijen?"
    )
    said = bot.until(at("2027-02-01 09:00"))
    [listed] = [one for one in said if one.room == "AO" and "esluiten- en actielijst" in one.text]
    assert f"{listed.at:%Y-%m-%d %H:%M}" == "2027-01-18 08:30"
    assert "BES-2027-001 (punt 1): het AO maakt een depotkaart" in listed.text
    assert questions(said) == []


@pytest.mark.parametrize("words", ["ja, aanwezig Rijk VNG IPO", "gehouden aanwezig Rijk, VNG en IPO", "ja afwezig UvW"])
def test_who_was_there_may_stand_in_the_answer(asked: TestBot, words: str) -> None:
    [held] = asked.say(SECRETARY, words, room="dm")
    assert held.text == "VRG-AO-2027-01 (do 14 jan 2027) is gehouden; aanwezig Rijk, VNG en IPO, afwezig UvW."


def test_moved_takes_the_new_day_and_asks_again_after_that_day(asked: TestBot) -> None:
    said = asked.say(SECRETARY, "verplaatst naar 21 januari", room="dm")
    assert ("AO", "VRG-AO-2027-01 (AO) staat nu op donderdag 21 januari 2027, 10:00–12:00 (was do 14 jan 2027).") in [
        (one.room, one.text.split(" Stukken")[0]) for one in said
    ]
    assert questions(asked.until(at("2027-01-28 18:00"))) == [
        (f"dm:{SECRETARY}", "2027-01-22 08:30"),
        (f"dm:{SECRETARY}", "2027-01-26 08:30"),
    ]


@pytest.mark.parametrize(
    "words", ["geannuleerd, er waren te weinig stukken", "afgezegd want er waren te weinig stukken"]
)
def test_called_off_takes_the_reason(asked: TestBot, words: str) -> None:
    said = asked.say(SECRETARY, words, room="dm")
    assert (
        "AO",
        "VRG-AO-2027-01: AO van donderdag 14 januari 2027, 10:00–12:00 gaat niet door. "
        "Reden: er waren te weinig stukken.",
    ) in [(one.room, one.text) for one in said]
    assert meeting(asked).state is MeetingState.CANCELLED


def test_no_is_not_guessed_at_but_asked_on(asked: TestBot) -> None:
    [question] = asked.say(SECRETARY, "nee", room="dm")
    assert question.text == "Wat is er met AO van do 14 jan 2027: gehouden, verplaatst of geannuleerd?"
    [day] = asked.say(SECRETARY, "verplaatst", room="dm")
    assert day.text == "Naar welke dag? Nu donderdag 14 januari 2027, 10:00–12:00."
    asked.say(SECRETARY, "21 januari", room="dm")
    assert meeting(asked).day == date(2027, 1, 21)


@pytest.mark.parametrize(
    "typed",
    [
        "!vergadering gehouden AO",
        "!vergadering annuleer VRG-AO-2027-01 want te weinig stukken",
        "!vergadering verplaats VRG-AO-2027-01 naar 21 januari",
    ],
)
def test_a_meeting_that_someone_spoke_of_is_not_asked_about(bot: TestBot, typed: str) -> None:
    bot.until(at("2027-01-14 11:00"))
    bot.say(SECRETARY, typed)
    assert questions(bot.until(at("2027-01-20 18:00"))) == []


def test_taken_back_it_is_asked_about_once_more(asked: TestBot) -> None:
    asked.say(SECRETARY, "ja", room="dm")
    asked.say(SECRETARY, "!ongedaan", room="dm")
    assert questions(asked.until(at("2027-02-01 18:00"))) == [(f"dm:{SECRETARY}", "2027-01-19 08:30")]


def test_an_answer_that_nobody_knows_is_told_which_words_it_has(asked: TestBot) -> None:
    [told] = asked.say(SECRETARY, "misschien", room="dm")
    for word in ("ja", "verplaatst", "geannuleerd"):
        assert word in told.text


def test_without_a_secretary_the_chair_is_asked(structure: Structure, people: PeopleFile) -> None:
    roles = tuple(role for role in people.roles if role.person != SECRETARY)
    simulation = Simulation(structure, replace(people, roles=roles))
    bot = TestBot(simulation, at("2027-01-11 09:00"))
    assert questions(bot.until(at("2027-01-15 13:00"))) == [("dm:rijk.ao.0", "2027-01-15 08:30")]
    simulation.close()


def test_a_group_s_own_leader_is_asked(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-01-11 09:00")
    bot.say("uvw.wg.1", "!vergadering plan WG-PFAS 20 januari 9:00-10:30", room="WG-PFAS")
    said = bot.until(at("2027-01-21 11:30"))
    assert questions(said) == [
        (f"dm:{SECRETARY}", "2027-01-15 08:30"),
        (f"dm:{SECRETARY}", "2027-01-19 08:30"),
        ("dm:uvw.wg.1", "2027-01-21 08:30"),
    ]
    [held] = bot.say("uvw.wg.1", "ja", room="dm")
    assert held.text.startswith("VRG-WG-PFAS-2027-01 (wo 20 jan 2027) is gehouden.")


@pytest.mark.parametrize(
    ("day", "asked"),
    [
        (date(2027, 1, 14), ["2027-01-15", "2027-01-19"]),
        # Friday, and the days before the May holidays, which are quiet in the example year from 24 April to 9 May.
        (date(2027, 1, 15), ["2027-01-18", "2027-01-20"]),
        (date(2027, 4, 22), ["2027-04-23", "2027-05-10"]),
        (date(2027, 4, 23), ["2027-05-10"]),
    ],
)
def test_when_it_is_asked(structure: Structure, day: date, asked: list[str]) -> None:
    one = Meeting("VRG-AO-2027-09", "AO", MeetingKind.REGULAR, day)
    assert [str(when) for _, when in over_moments(one, structure)] == asked


def test_how_often_is_a_setting(structure: Structure) -> None:
    one = Meeting("VRG-AO-2027-09", "AO", MeetingKind.REGULAR, date(2027, 1, 14))

    def asked(*spans: Span) -> list[tuple[str, str]]:
        limits = replace(structure.thresholds, held_reminders=spans)
        return [(about, str(day)) for about, day in over_moments(one, replace(structure, thresholds=limits))]

    assert asked() == [("2027-01-14-1", "2027-01-15")]
    assert asked(Span(1, "werkdagen"), Span(5, "werkdagen")) == [
        ("2027-01-14-1", "2027-01-15"),
        ("2027-01-14-2", "2027-01-21"),
    ]
