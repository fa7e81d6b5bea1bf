"""Once per half year the digest of the AO asks what can go (R-202), and points at what the register itself shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.testing import Said, Simulation, TestBot
from commands.kit.ports import Change
from commands.words.evaluation import Advice, Evaluation, EvaluationKind, EvaluationState
from commands.words.structure import Structure
from config.people import PeopleFile
from storage.store import SqlStore
from tests.conftest import at, outsider_in

SECRETARY, CHAIR = "rijk.secr.1", "rijk.ao.0"
QUESTION = "Wat kan los? Wat kan een niveau lager? Welk overleg kan vervallen?"
OTHERS = "- Iets anders? Zet het op de agenda: `!agendeer` en één zin."


def asked(said: list[Said]) -> list[str]:
    return [f"{one.at:%Y-%m-%d} {one.room}" for one in said if QUESTION in one.text]


def section(said: list[Said]) -> list[str]:
    """The lines below the question, in the one message that asked it."""
    [one] = [one for one in said if QUESTION in one.text]
    return one.text.split(f"{QUESTION}\n\n")[1].split("\n\n")[0].splitlines()


def put(bot: TestBot, record: Any) -> None:
    bot.simulation.database.work(lambda session: SqlStore(session).put(record, Change(SECRETARY, bot.at)))


def test_in_one_digest_of_the_ao_per_half_year_once_the_register_has_seen_a_quarter(
    make_bot: Callable[[str], TestBot],
) -> None:
    said = make_bot("2027-01-11 09:00").until(at("2027-12-31 18:00"))
    assert asked(said) == ["2027-05-21 AO", "2027-09-03 AO"]


def test_groups_of_which_nothing_was_heard_and_that_have_nothing_in_hand_are_named_with_a_way(bot: TestBot) -> None:
    bot.say(SECRETARY, "!signaal Depots zitten vol")
    bot.say(CHAIR, "!beleg 1 bij bodemmon voor 30 september")
    lines = section(bot.until(at("2027-05-21 09:00")))
    assert lines[:2] == [
        "- PRG-KENNIS (Programma decentrale kennisinfrastructuur): sinds maandag 11 januari niets gehoord, en er ligt "
        "niets. Loslaten: `!programma beeindig PRG-KENNIS`.",
        "- PRG-SPOED (Programma afronding spoedlocaties): sinds maandag 11 januari niets gehoord, en er ligt niets. "
        "Loslaten: `!programma beeindig PRG-SPOED`.",
    ]
    assert lines[-1] == OTHERS
    assert len(lines) <= 5
    assert not [line for line in lines if "WG-BODEMMON" in line]


def test_what_an_evaluation_advised_comes_first_and_a_standing_body_has_no_command_to_end_it(bot: TestBot) -> None:
    done = Evaluation(
        "EVA-2027-090", EvaluationKind.LEAN, "DO", date(2027, 3, 1), EvaluationState.DONE,
        held_on=date(2027, 3, 3), advice=Advice.COMBINE,
    )  # fmt: skip
    put(bot, done)
    put(bot, replace(done, id="EVA-2027-091", kind=EvaluationKind.GROUP, about="WG-STAAL", advice=Advice.END))
    put(bot, replace(done, id="EVA-2027-092", about="BO", advice=Advice.CONTINUE))
    lines = section(bot.until(at("2027-05-21 09:00")))
    assert lines[:2] == [
        "- DO: de evaluatie van woensdag 3 maart adviseert combineren (EVA-2027-090). Bespreken: `!agendeer`.",
        "- WG-STAAL: de evaluatie van woensdag 3 maart adviseert opheffen (EVA-2027-091). Loslaten: `!ophef WG-STAAL`.",
    ]
    assert not [line for line in lines if line.startswith("- BO")]


def test_a_signal_about_what_a_group_is_for_may_go_a_tier_lower(bot: TestBot) -> None:
    bot.until(at("2027-04-20 09:00"))
    bot.say("uvw.ao.1", '!signaal Depots zitten vol thema:"secundaire bouwstoffen"')
    bot.say(CHAIR, "!weeg 1 afhandelen actualiteit")
    lines = section(bot.until(at("2027-05-21 09:00")))
    assert "- SIG-2027-001 (Depots zitten vol): daar gaat WG-STAAL over. Lager: `!beleg 1 bij WG-STAAL`." in lines
    assert len(lines) <= 5


def test_meetings_without_a_point_are_counted(bot: TestBot) -> None:
    lines = section(bot.until(at("2027-05-21 09:00")))
    assert [line for line in lines if line.startswith("- AO:")] == [
        "- AO: 3 van de 3 vergaderingen in een half jaar hadden geen agendapunt. "
        "Er een minder: `!vergadering annuleer`."
    ]


def test_once_it_was_asked_the_list_on_request_shows_it_for_that_meeting_only(bot: TestBot) -> None:
    bot.until(at("2027-05-21 09:00"))
    [now] = bot.say(SECRETARY, "!digest")
    assert QUESTION in now.text
    bot.until(at("2027-05-31 09:00"))
    [later] = bot.say(SECRETARY, "!digest")
    assert QUESTION not in later.text


def test_a_meeting_that_moves_or_is_called_off_after_it_asked_does_not_make_another_ask(bot: TestBot) -> None:
    assert asked(bot.until(at("2027-05-21 09:00"))) == ["2027-05-21 AO"]
    bot.say(SECRETARY, "!vergadering verplaats VRG-AO-2027-04 naar 3 juni 2027")
    assert asked(bot.until(at("2027-06-04 09:00"))) == ["2027-05-28 AO"], "the same meeting, on its new day"
    bot.say(SECRETARY, "!vergadering annuleer VRG-AO-2027-05 want er is te weinig")
    assert asked(bot.until(at("2027-08-31 09:00"))) == []


def test_not_twice_after_a_restart(tmp_path: Path, structure: Structure, people: PeopleFile) -> None:
    url = f"sqlite:///{tmp_path / 'register.sqlite'}"
    simulation = Simulation(structure, people, url)
    first = TestBot(simulation, at("2027-01-11 09:00")).until(at("2027-05-21 09:00"))
    simulation.close()
    simulation = Simulation(structure, people, url)
    again = TestBot(simulation, at("2027-05-21 10:00")).until(at("2027-08-31 09:00"))
    simulation.close()
    assert (asked(first), asked(again)) == (["2027-05-21 AO"], [])


def test_not_where_someone_from_outside_reads_along(bot: TestBot) -> None:
    outsider_in(bot, "AO")
    assert asked(bot.until(at("2027-06-30 18:00"))) == []


def test_not_in_a_quiet_period_and_not_where_it_is_switched_off(
    bot: TestBot, structure: Structure, people: PeopleFile
) -> None:
    bot.until(at("2027-04-28 09:00"))
    assert structure.calendar.is_quiet(date(2027, 4, 28))
    [quiet] = bot.say(SECRETARY, "!digest")
    assert QUESTION not in quiet.text
    off = Simulation(replace(structure, thresholds=replace(structure.thresholds, letting_go=False)), people)
    said = TestBot(off, at("2027-01-11 09:00")).until(at("2027-06-30 18:00"))
    off.close()
    assert asked(said) == []


@pytest.mark.parametrize("points", [3, 14])
def test_the_question_gives_way_first_and_the_digest_keeps_to_its_words(bot: TestBot, points: int) -> None:
    bot.until(at("2027-05-18 09:00"))
    more = " ".join(["woord"] * 14)
    for n in range(points):
        bot.say(SECRETARY, f"!signaal Nummer {n} {more}")
        bot.say(SECRETARY, f"!agendeer {n + 1} voor AO ter bespreking horizon:strategie minuten:5")
    [digest] = [one for one in bot.until(at("2027-05-21 09:00")) if QUESTION in one.text]
    assert len(digest.text.split()) <= 400
    assert ("Iets anders?" in digest.text) == (points == 3)
