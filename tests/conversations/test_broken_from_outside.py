"""What someone who tries to break it found: answers that went nowhere, and words that did not fit."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from bot.testing import TestBot
from commands.rules.ways import RESERVED
from tests.conftest import at

HOLDER, ASKER = "uvw.ao.1", "ipo.ao.1"


@pytest.fixture
def bundled(make_bot: Callable[[str], TestBot]) -> TestBot:
    """On the morning after the quiet period in May lie three overdue actions, in one message."""
    bot = make_bot("2027-04-12 09:00")
    for number, day in enumerate(("29 april", "26 april", "3 mei"), 1):
        bot.say(ASKER, f"!actie @{HOLDER} taak {number} uiterlijk {day}", room="AO")
    bot.until(at("2027-05-10 08:31"))
    return bot


def test_after_a_quiet_period_each_action_is_named_once_in_order_of_its_date(
    make_bot: Callable[[str], TestBot],
) -> None:
    bot = make_bot("2027-04-12 09:00")
    for number, day in enumerate(("29 april", "26 april", "3 mei"), 1):
        bot.say(ASKER, f"!actie @{HOLDER} taak {number} uiterlijk {day}", room="AO")
    told = [one for one in bot.until(at("2027-05-10 08:31")) if one.room == f"dm:{HOLDER}"]
    lines = told[-1].text.splitlines()[1:]
    assert [line.split("(")[1][:12] for line in lines] == ["ACT-2027-002", "ACT-2027-001", "ACT-2027-003"]


def test_the_word_of_a_bundle_counts_with_a_number_also_after_it_asked_which(bundled: TestBot) -> None:
    asked = bundled.say(HOLDER, "klaar", room="dm")
    assert asked[0].text == "2, 1, 3 of alle?"
    done = bundled.say(HOLDER, "klaar 3", room="dm")
    assert done[0].text == "ACT-2027-003 klaar."
    assert "Vragen" not in bundled.say(HOLDER, "!mijn", room="dm")[0].text
    assert bundled.say(HOLDER, "klaar 1", room="dm")[0].text == "ACT-2027-001 klaar."


def test_another_word_of_the_bundle_is_not_taken_as_an_answer_to_which_one(bundled: TestBot) -> None:
    bundled.say(HOLDER, "klaar", room="dm")
    moved = bundled.say(HOLDER, "later 2 18 mei, wacht op jurist", room="dm")
    assert moved[0].text == "ACT-2027-002 wordt di 18 mei 2027, eerste uitstel."


def test_a_number_that_is_not_in_the_list_finishes_nothing(bundled: TestBot) -> None:
    bundled.say(HOLDER, "klaar 3", room="dm")
    bundled.say(HOLDER, "klaar", room="dm")
    assert bundled.say(HOLDER, "7", room="dm")[0].text == "Dat nummer staat er niet bij. 2, 1 of beide?"


def test_a_reply_to_an_expired_question_is_not_lost(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-01-11 09:00")
    question = bot.say(HOLDER, "!signaal", room="AO")[0]
    bot.until(at("2027-01-14 09:00"))
    late = bot.say(HOLDER, "Depots zitten vol", room="AO", reply_to=question.id)
    assert late[0].text == "Deze vraag is verlopen. Alsnog doen?"
    assert bot.say(HOLDER, "ja", room="AO")[0].text.startswith("SIG-2027-001, namens UvW.")


def test_someone_elses_edit_of_a_command_is_no_edit(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-01-11 09:00")
    bot.say(HOLDER, "!signaal Depots zitten vol", room="AO", id="m1")
    assert bot.say(ASKER, "!signaal Anders", room="AO", kind="edit", reply_to="m1") == []
    assert len(bot.say(HOLDER, "!signaal Anders", room="AO", kind="edit", reply_to="m1")) == 1


def test_an_outsider_is_told_what_is_not_theirs_not_that_the_ao_does_not_exist(
    make_bot: Callable[[str], TestBot],
) -> None:
    bot = make_bot("2027-01-11 09:00")
    for typed in ("!wie AO", "!signalen bij:DO"):
        said = bot.say("kennis.wg.1", typed, room="WG-PFAS")
        assert said[0].text == RESERVED


def test_an_id_of_an_impossible_year_does_not_exist(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-01-11 09:00")
    said = bot.say(HOLDER, "!toon SIG-9999-999", room="AO")
    assert said[0].text == "SIG-9999-999 bestaat niet. Kijk bij !signalen."


def test_an_endless_word_is_not_repeated_whole(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-01-11 09:00")
    assert len(bot.say(HOLDER, "!" + "x" * 60_000, room="AO")[0].text) < 120


def test_a_group_that_nobody_knows_is_named_in_the_question_and_is_not_the_task(
    make_bot: Callable[[str], TestBot],
) -> None:
    bot = make_bot("2027-01-11 09:00")
    bot.say(HOLDER, "!signaal Depots zitten vol", room="AO")
    asked = bot.say("rijk.secr.1", "!beleg 1 bij grondwater voor 6 maart", room="AO")
    assert asked[0].text == "'grondwater' ken ik niet. Bij welke groep?"
    told = bot.say("rijk.secr.1", "pfas", room="AO")
    assert "Het AO vraagt: Depots zitten vol. Terug uiterlijk vr 5 mrt 2027." in told[1].text


def test_a_reason_that_is_answered_with_want_is_the_reason(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-01-11 09:00")
    bot.say(HOLDER, "!signaal Depots zitten vol", room="AO")
    bot.say("rijk.ao.0", "!weeg 1 afwijzen", room="AO")
    told = bot.say("rijk.ao.0", "want het loopt al bij IPO", room="AO")
    assert told[1].text.endswith("Reden: het loopt al bij IPO")


def test_a_flood_of_separating_words_is_text_and_costs_no_seconds(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-01-11 09:00")
    began = time.process_time()
    said = bot.say(HOLDER, "!escaleer 1 want " + "naar bij voor aan " * 3000, room="AO")
    assert said[0].text == "SIG-2027-001 bestaat niet. Kijk bij !signalen."
    assert time.process_time() - began < 3


def test_a_number_that_a_reminder_is_not_about_finishes_nothing(bot: TestBot) -> None:
    bot.say("rijk.secr.1", "!actie @vng.ao.2 stukken sturen 4 februari")
    bot.say("rijk.secr.1", "!actie @vng.ao.2 kaart maken 10 maart")
    said = bot.until(at("2027-01-28 09:00"))
    reminder = next(one for one in said if one.room == "dm:vng.ao.2")
    [answer] = bot.say("vng.ao.2", "klaar 2", room="dm", reply_to=reminder.id)
    assert answer.text == "Dit bericht gaat over 1. Voor 2 typ je de opdracht zelf, zie !mijn."
    [listed] = bot.say("vng.ao.2", "!mijn", room="dm")
    assert "ACT-2027-001" in listed.text
    assert "ACT-2027-002" in listed.text
    finished = bot.say("vng.ao.2", "klaar 1", room="dm", reply_to=reminder.id)
    assert finished[0].text == "ACT-2027-001 klaar."


def test_what_was_said_to_someone_else_in_private_cannot_be_answered(bot: TestBot) -> None:
    said = bot.say("rijk.secr.1", "!actie @vng.ao.2 stukken sturen 4 februari")
    theirs = next(one for one in said if one.room == "dm:vng.ao.2")
    answers = bot.say("ipo.ao.1", "klaar", room="dm", reply_to=theirs.id)
    assert all("ACT-2027-001" not in one.text and "Ik ken hier" not in one.text for one in answers)
    [shown] = bot.say("rijk.secr.1", "!toon act1")
    assert "Open, uiterlijk do 4 feb 2027." in shown.text


def test_the_way_up_is_offered_only_to_who_may_take_it(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Lood in moestuinen")
    bot.say("rijk.secr.1", "!beleg 1 bij WG-BODEMMON uiterlijk 1 maart")
    [refused] = bot.say("uvw.ao.1", "!escaleer 1 naar BO want spoed")
    assert "Dat gaat via het AO" in refused.text
    assert "?" not in refused.text
    [offered] = bot.say("rijk.wg.2", "!escaleer 1 naar BO want spoed", room="WG-BODEMMON")
    assert offered.text.endswith("Naar het AO?")
