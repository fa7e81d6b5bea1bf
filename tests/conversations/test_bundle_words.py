"""One word under a bundle that may answer two different things is asked about, not guessed (dialogue.md 4 and 11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.offers import are_unlike, named_by_id
from bot.testing import Simulation, TestBot
from commands.kit.ports import Offer
from commands.words.action import Action, ActionState
from commands.words.meeting import Meeting, MeetingState
from commands.words.structure import Structure
from config.people import PeopleFile
from storage.store import SqlStore
from tests.conftest import at

SECRETARY = "rijk.secr.1"
WHICH = (
    "Dat past hier bij meer dan één ding. Zeg het nog eens, met erachter waarbij: "
    "VRG-AO-2027-01 (vergadering) of PEI-2027-001 (peiling)."
)


@pytest.fixture
def bot(structure: Structure, people: PeopleFile) -> Iterator[TestBot]:
    """The day after an AO: the secretary is asked whether it was held, and whether it was worth the time."""
    on = replace(structure, thresholds=replace(structure.thresholds, meeting_question=True))
    made = TestBot(Simulation(on, people), at("2027-01-11 09:00"))
    made.until(at("2027-01-15 09:00"))
    yield made
    made.simulation.close()


def held(bot: TestBot) -> bool:
    found = bot.simulation.database.work(lambda session: SqlStore(session).get(Meeting, "VRG-AO-2027-01"))
    assert found is not None
    return found.state is MeetingState.HELD


def answers(bot: TestBot) -> tuple[str, ...]:
    return bot.simulation.database.work(lambda session: SqlStore(session).voices("PEI-2027-001", "antwoord"))


def test_a_yes_that_answers_two_questions_of_a_bundle_is_asked_about(bot: TestBot) -> None:
    [which] = bot.say(SECRETARY, "ja", room="dm")
    assert which.text == WHICH
    assert not held(bot)
    assert answers(bot) == ()
    [noted] = bot.say(SECRETARY, "ja PEI-1", room="dm")
    assert noted.text.startswith("Dank, genoteerd zonder naam.")
    assert answers(bot) == ("ja",)
    assert not held(bot)


def test_the_question_which_one_can_be_answered_for_the_other_too_and_carries_what_is_said(bot: TestBot) -> None:
    [which] = bot.say(SECRETARY, "ja", room="dm")
    bot.say(SECRETARY, "ja VRG-AO-2027-01", room="dm", reply_to=which.id)
    assert held(bot)
    assert answers(bot) == ()


def test_a_bare_number_chooses_nothing_where_two_kinds_have_that_number(bot: TestBot) -> None:
    [which] = bot.say(SECRETARY, "ja 1", room="dm")
    assert which.text == WHICH
    assert not held(bot)


def test_what_is_answered_without_a_name_is_not_said_back_beside_who_said_it(bot: TestBot) -> None:
    [which] = bot.say(SECRETARY, "ja", room="dm")
    assert "ja" not in which.text.casefold().split()


def test_an_action_and_a_signal_with_the_same_number_are_two_things(structure: Structure, people: PeopleFile) -> None:
    bot = TestBot(Simulation(structure, people), at("2027-01-11 09:00"))
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say("rijk.ao.0", "!beleg 1 bij lood voor 12 februari")
    bot.say(SECRETARY, "!actie @vng.wg.1 depotkaart sturen 12 februari", room="AO")
    bot.say("vng.wg.1", "!aanvaard 1", room="dm")
    said = [one for one in bot.until(at("2027-02-12 12:00")) if one.room == "dm:vng.wg.1" and "ACT-" in one.text]
    both = [one for one in said if "SIG-2027-001" in one.text]
    assert both, [one.text for one in said]
    [which] = bot.say("vng.wg.1", "klaar 1", room="dm", reply_to=both[-1].id)
    assert which.text.startswith("Dat past hier bij meer dan één ding.")
    action: Any = bot.simulation.database.work(lambda session: SqlStore(session).get(Action, "ACT-2027-001"))
    assert action.state is ActionState.OPEN
    bot.simulation.close()


ACTION, SIGNAL = Offer("klaar", "gereed", {"item": "ACT-2027-003"}), Offer("klaar", "gereed", {"item": "SIG-2027-003"})
MEETING = Offer("ja", "vergadering", {"meeting": "VRG-AO-2027-01"})


@pytest.mark.parametrize("typed", ["ACT-2027-003 gemaild", "act3 gemaild", "act-3, gemaild", "Act3: gemaild"])
def test_a_record_is_named_by_its_id_long_or_short(typed: str) -> None:
    assert named_by_id([SIGNAL, ACTION], typed) == ([ACTION], "gemaild")


@pytest.mark.parametrize("typed", ["", "3", "3 gemaild", "beide", "gemaild", "-", "act4"])
def test_a_number_or_anything_else_names_none(typed: str) -> None:
    assert named_by_id([SIGNAL, ACTION], typed) == ([], typed)


def test_unlike_are_two_deeds_and_two_kinds_with_one_number_not_two_records_of_one_kind() -> None:
    other = Offer("klaar", "gereed", {"item": "ACT-2027-004"})
    assert are_unlike([ACTION, SIGNAL])
    assert are_unlike([ACTION, MEETING])
    assert not are_unlike([ACTION, other])
    assert not are_unlike([ACTION])
