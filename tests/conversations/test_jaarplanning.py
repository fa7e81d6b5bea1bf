"""The year planning that a secretary pastes, and several days in one line (dialogue.md §3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.testing import Simulation, TestBot
from commands.rules.ways import RESERVED
from commands.words.meeting import Meeting, MeetingKind
from commands.words.structure import Structure
from config.people import PeopleFile
from tests.conftest import at

SECRETARY = "rijk.secr.1"
YEAR = (
    "!jaarplanning AO 14/1 4/3 15/4 27/5 1/7 9/9 14/10 25/11 10:00\n"
    "DO 25/5 9/11 14:00, reflectie 28/9 13:00\n"
    "BO 16/6 15/12 15:30"
)


@pytest.fixture
def empty_at(structure: Structure, people: PeopleFile) -> Iterator[Callable[[str], TestBot]]:
    """A bot in which nothing is planned yet."""
    made: list[Simulation] = []

    def make(start: str) -> TestBot:
        made.append(Simulation(structure, replace(people, meetings=())))
        return TestBot(made[-1], at(start))

    yield make
    for simulation in made:
        simulation.close()


@pytest.fixture
def bot(empty_at: Callable[[str], TestBot]) -> TestBot:
    return empty_at("2027-01-05 09:00")


def meetings(register: Any) -> list[Meeting]:
    return list(register.ask(lambda store: store.meetings(limit=100)))


@pytest.mark.parametrize("start", ["2026-11-26 09:00", "2027-01-05 09:00"])
def test_a_pasted_year_is_counted_and_what_is_odd_is_named(empty_at: Callable[[str], TestBot], start: str) -> None:
    bot = empty_at(start)
    [question] = bot.say(SECRETARY, YEAR, room="dm")
    assert question.text == "13 vergaderingen in 2027. Let op: AO 27/5 valt ná DO 25/5. Zo laten?"
    done, *rooms = bot.say(SECRETARY, "ja", room="dm", reply_to=question.id)
    assert done.text.splitlines()[0] == "13 vergaderingen in 2027 gepland. Eerste digest vr 8 jan 2027, 08:30."
    assert [one.room for one in rooms] == ["AO", "DO", "BO"]
    assert rooms[1].text == (
        "Planning DO\n\n"
        "- di 25 mei 2027, 14:00 · VRG-DO-2027-01\n"
        "- di 28 sep 2027, 13:00 · reflectie · VRG-DO-2027-02\n"
        "- di 9 nov 2027, 14:00 · VRG-DO-2027-03"
    )


def test_nothing_is_stored_before_the_yes_and_all_of_it_can_be_undone(bot: TestBot, register: Any) -> None:
    [question] = bot.say(SECRETARY, YEAR, room="dm")
    assert meetings(register) == []
    bot.say(SECRETARY, "ja", room="dm", reply_to=question.id)
    assert len(meetings(register)) == 13
    bot.say(SECRETARY, "!ongedaan", room="dm")
    assert meetings(register) == []


def test_the_same_planning_again_changes_nothing(bot: TestBot) -> None:
    [question] = bot.say(SECRETARY, YEAR, room="dm")
    bot.say(SECRETARY, "ja", room="dm", reply_to=question.id)
    [again] = bot.say(SECRETARY, YEAR, room="dm")
    assert again.text == "13 vergaderingen in 2027 staan al zo in de planning. Er is niets gewijzigd."


def test_what_is_new_or_has_another_time_is_counted_apart(bot: TestBot) -> None:
    [question] = bot.say(SECRETARY, "!jaarplanning AO 14/1 4/3 10:00-12:00", room="dm")
    assert question.text.startswith("2 vergaderingen in 2027. Let op: Het AO heeft in 2027 nog 6 regulier te weinig.")
    bot.say(SECRETARY, "ja", room="dm", reply_to=question.id)
    [question] = bot.say(SECRETARY, "!jaarplanning AO 14/1 10:00-12:00, 4/3 13:00, 15/4 10:00", room="dm")
    assert question.text.startswith("1 nieuwe vergadering in 2027. 1 krijgt een andere tijd. 1 staat er al. Let op:")
    done, room = bot.say(SECRETARY, "ja", room="dm", reply_to=question.id)
    assert done.text.splitlines()[0].startswith("1 vergadering in 2027 gepland, 1 verplaatst.")
    assert room.text == (
        "Planning AO\n\n"
        "- do 15 apr 2027, 10:00 · VRG-AO-2027-03\n"
        "- do 4 mrt 2027, 13:00 · VRG-AO-2027-02, was do 4 mrt 2027, 10:00–12:00"
    )


def test_what_cannot_be_is_named_and_the_rest_offered(bot: TestBot, register: Any) -> None:
    [refused] = bot.say(SECRETARY, "!jaarplanning AO 14/1 31/11 16/1 10:00", room="dm")
    assert refused.text == (
        "31 november bestaat niet. AO: Zaterdag 16 januari 2027 is geen werkdag. De andere vergadering wel?"
    )
    [question] = bot.say(SECRETARY, "ja", room="dm", reply_to=refused.id)
    assert question.text.startswith("1 vergadering in 2027. Let op:")
    bot.say(SECRETARY, "ja", room="dm", reply_to=question.id)
    assert [one.id for one in meetings(register)] == ["VRG-AO-2027-01"]


def test_a_word_that_is_no_planning_is_not_passed_over(bot: TestBot) -> None:
    [refused] = bot.say(SECRETARY, "!jaarplanning AO 14/1 ovb 10:00", room="dm")
    assert refused.text.startswith("'ovb' ken ik niet in een jaarplanning.")


def test_a_recess_is_named(bot: TestBot) -> None:
    [question] = bot.say(SECRETARY, "!jaarplanning AO 18/2 10:00", room="dm")
    assert "AO: Donderdag 18 februari 2027 valt in de schoolvakantie (voorjaar zuid)." in question.text


def test_one_more_than_agreed_asks_the_reason_and_logs_it(bot: TestBot, register: Any) -> None:
    [question] = bot.say(SECRETARY, "!jaarplanning BO 16/6 15/12 8/9 15:30", room="dm")
    assert question.text == "Het BO vergadert 2 keer per jaar; dit is nummer 3. Wat is de reden?"
    [confirm] = bot.say(SECRETARY, "het kader kan niet wachten", room="dm", reply_to=question.id)
    assert confirm.text == "3 vergaderingen in 2027. Klopt dat?"
    bot.say(SECRETARY, "ja", room="dm", reply_to=confirm.id)
    assert {one.because for one in meetings(register)} == {"het kader kan niet wachten"}


def test_who_may_not_plan_a_body_hears_whose_it_is(bot: TestBot) -> None:
    [refused] = bot.say("rijk.do.1", "!jaarplanning AO 14/1 10:00\nDO 25/5 14:00", room="dm")
    assert refused.text == ("Het AO plant de voorzitter of de secretaris daarvan. De andere vergadering wel?")
    [refused] = bot.say("vng.ao.1", "!jaarplanning AO 14/1 10:00", room="dm")
    assert refused.text == "Het AO plant de voorzitter of de secretaris daarvan. Pas het aan en stuur het opnieuw."


def test_in_spring_a_planning_with_days_that_are_past_asks_the_year(empty_at: Callable[[str], TestBot]) -> None:
    bot = empty_at("2027-03-01 09:00")
    [question] = bot.say(SECRETARY, "!jaarplanning AO 14/1 7/9 10:00", room="dm")
    assert question.text == "Voor 2027 of 2028? In 2027 is 1 dag al voorbij."
    [confirm] = bot.say(SECRETARY, "2028", room="dm", reply_to=question.id)
    assert confirm.text.startswith("2 vergaderingen in 2028.")


def test_without_words_it_shows_the_year_or_asks_for_the_planning(bot: TestBot) -> None:
    [question] = bot.say(SECRETARY, "!jaarplanning", room="dm")
    assert question.text == (
        "Voor 2027 is er nog niets gepland. "
        "Plak de jaarplanning, elk overleg op een eigen regel, zoals: AO 14/1 4/3 10:00."
    )
    [confirm] = bot.say(SECRETARY, YEAR.removeprefix("!jaarplanning "), room="dm", reply_to=question.id)
    bot.say(SECRETARY, "ja", room="dm", reply_to=confirm.id)
    [shown] = bot.say("vng.ao.1", "!jaarplanning", room="dm")
    assert shown.text.splitlines()[0] == "Jaarplanning 2027"
    assert "- di 28 sep 2027, 13:00 · reflectie" in shown.text
    assert "Nog te plannen" not in shown.text
    [none] = bot.say("vng.ao.1", "!jaarplanning 2028", room="dm")
    assert none.text == "Voor 2028 is er nog niets gepland."


def test_someone_from_outside_sees_no_planning(bot: TestBot) -> None:
    [answer] = bot.say("drinkwater.wg.1", "!jaarplanning", room="WG-PFAS")
    assert answer.text == RESERVED


def test_several_days_in_one_line_are_planned_after_a_yes(bot: TestBot, register: Any) -> None:
    [question] = bot.say(SECRETARY, "!vergadering plan AO 14/1, 4/3 15/4 10:00")
    assert question.text.startswith("3 vergaderingen in 2027.")
    bot.say(SECRETARY, "ja", reply_to=question.id)
    assert [(str(one.day), str(one.start)) for one in meetings(register)] == [
        ("2027-01-14", "10:00:00"),
        ("2027-03-04", "10:00:00"),
        ("2027-04-15", "10:00:00"),
    ]


def test_several_days_of_one_kind(bot: TestBot, register: Any) -> None:
    [question] = bot.say(SECRETARY, "!vergadering plan informeel AO 20/1 10/3 9:30", room="dm")
    bot.say(SECRETARY, "ja", room="dm", reply_to=question.id)
    assert {one.kind for one in meetings(register)} == {MeetingKind.INFORMAL}


def test_several_days_too_many_ask_for_a_reason(bot: TestBot) -> None:
    [refused] = bot.say(SECRETARY, "!vergadering plan BO 16/6 8/9 15/12 15:30", room="dm")
    assert refused.text.endswith("Wat is de reden? Met een reden vastleggen?")
    [question] = bot.say(SECRETARY, "ja", room="dm", reply_to=refused.id)
    assert question.text.endswith("dit is nummer 3. Wat is de reden?")
