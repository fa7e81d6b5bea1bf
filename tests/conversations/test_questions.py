"""Open questions: stored, answered without `!`, one at a time, never losing what was typed (dialogue.md §1)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from bot.testing import Simulation, TestBot
from commands.words.calendar import AMSTERDAM
from commands.words.structure import Structure
from config.people import PeopleFile

CHAIR, SECRETARY, MEMBER, RAISER, DO_CHAIR = "rijk.ao.0", "rijk.secr.1", "ipo.ao.1", "uvw.ao.1", "rijk.do.1"
START = datetime(2027, 1, 11, 9, 0, tzinfo=AMSTERDAM)


def test_it_survives_a_restart_on_the_same_database(structure: Structure, people: PeopleFile, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    first = Simulation(structure, people, url)
    bot = TestBot(first, START)
    bot.say(RAISER, "!signaal Baggerdepots zitten vol")
    [question] = bot.say(CHAIR, "!weeg 1 agenderen")
    first.close()
    second = Simulation(structure, people, url)
    bot = TestBot(second, START.replace(minute=5))
    [answer, _] = bot.say(CHAIR, "actualiteit", reply_to=question.id)
    assert answer.text.startswith("Op de agenda van AO do 14 jan 2027")
    second.close()


def test_answered_in_the_thread_as_a_reply_or_in_private(filed: TestBot, register: Any) -> None:
    filed.say(CHAIR, "!weeg 1 afwijzen", id="w1")
    [answer, _] = filed.say(CHAIR, "Loopt al", reply_to="w1")
    assert answer.text == "SIG-2027-001 afgewezen; indiener bericht."
    filed.say(RAISER, "!signaal Sloten lopen over")
    filed.say(CHAIR, "!weeg 2 afwijzen", id="w2")
    [answer, _] = filed.say(CHAIR, "Loopt ook al", room="dm")
    assert (answer.room, answer.reply_to) == ("AO", "w2")
    assert register.signal(2).outcome == "Loopt ook al"


def test_two_people_in_one_thread_each_answer_their_own(filed: TestBot, register: Any) -> None:
    filed.say(RAISER, "!signaal Sloten lopen over")
    [first] = filed.say(CHAIR, "!weeg 1 afwijzen", id="t1")
    [second] = filed.say(SECRETARY, "!weeg 2 agenderen", reply_to="t1")
    assert filed.say(SECRETARY, "Loopt al", reply_to=first.id) == []
    [answer, _] = filed.say(SECRETARY, "actualiteit", reply_to=second.id)
    assert answer.text.startswith("Op de agenda")
    [answer, _] = filed.say(CHAIR, "Loopt al", reply_to=first.id)
    assert answer.text == "SIG-2027-001 afgewezen; indiener bericht."


def test_in_a_thread_the_newest_answer_of_the_bot_may_be_for_someone_else(filed: TestBot, register: Any) -> None:
    filed.say(CHAIR, "!weeg 1 afwijzen", id="t1")
    filed.say(MEMBER, "!toon", reply_to="t1")
    [answer, _] = filed.say(CHAIR, "Loopt al", reply_to="t1")
    assert answer.text == "SIG-2027-001 afgewezen; indiener bericht."


def test_never_mind_cancels_and_stores_nothing(filed: TestBot, register: Any) -> None:
    [question] = filed.say(CHAIR, "!weeg 1 afwijzen")
    [answer] = filed.say(CHAIR, "Laat maar.", reply_to=question.id)
    assert answer.text == "Goed, ik laat het erbij. Er is niets opgeslagen."
    assert register.signal().state == "ingediend"
    assert filed.say(CHAIR, "Loopt al", reply_to=question.id) == []


def test_several_open_the_bot_asks_which(filed: TestBot, register: Any) -> None:
    filed.say(RAISER, "!signaal Sloten lopen over")
    filed.say(CHAIR, "!weeg 1 afwijzen", room="dm")
    filed.say(CHAIR, "!weeg 2 agenderen", room="dm")
    [which] = filed.say(CHAIR, "Loopt al", room="dm")
    assert which.text.splitlines() == [
        "Er staan meer vragen open. Antwoord op het bericht zelf, of typ het nummer en het antwoord:",
        "1. Waarom? De indiener leest dit.",
        "2. Strategie of actualiteit?",
    ]
    [answer, _] = filed.say(CHAIR, "1 Loopt al", room="dm")
    assert answer.text == "SIG-2027-001 afgewezen; indiener bericht."
    [answer, _] = filed.say(CHAIR, "actualiteit", room="dm")
    assert answer.text.startswith("Op de agenda")


def test_an_answer_that_cannot_be_leaves_the_question_open(filed: TestBot) -> None:
    [question] = filed.say(CHAIR, "!weeg 1 agenderen")
    [again] = filed.say(CHAIR, "misschien", reply_to=question.id)
    assert again.text == "'misschien' ken ik niet bij horizon. Kies uit: strategie, actualiteit."
    [again] = filed.say(CHAIR, "!", reply_to=again.id)
    assert "Strategie of actualiteit?" in again.text
    [answer, _] = filed.say(CHAIR, "strategie", reply_to=again.id)
    assert answer.text.startswith("Op de agenda")


def test_it_expires_at_the_end_of_the_next_working_day_and_is_told_once(filed: TestBot, register: Any) -> None:
    [question] = filed.say(CHAIR, "!weeg 1 afwijzen")
    told = filed.until(datetime(2027, 1, 13, 12, 0, tzinfo=AMSTERDAM))
    [notice] = [one for one in told if one.room == "dm:rijk.ao.0"]
    assert "Je vraag bij !weeg is verlopen; er is niets van bewaard." in notice.text
    [late] = filed.say(CHAIR, "Loopt al", reply_to=question.id)
    assert late.text == "Deze vraag is verlopen. Alsnog doen?"
    assert register.signal().state == "ingediend"


def test_a_refusal_carries_what_was_typed_and_yes_takes_the_way(weighed: TestBot, register: Any) -> None:
    typed = "!escaleer 1 naar BO want spoed vraag:Een tijdelijk kader hoofdlijn:Depots zijn vol"
    [refused] = weighed.say(MEMBER, typed)
    assert refused.text.endswith("Naar het DO?")
    [answer, _] = weighed.say(MEMBER, "Ja graag", reply_to=refused.id)
    assert answer.text.startswith("VST-2027-001: SIG-2027-001 naar het DO")
    brief = register.signal().brief
    assert (brief.why, brief.ask, brief.main_line) == ("spoed", "Een tijdelijk kader", "Depots zijn vol")


def test_a_tick_on_the_offer_is_a_yes_and_a_cross_a_no(weighed: TestBot, register: Any) -> None:
    [refused] = weighed.say(MEMBER, "!escaleer 1 naar BO want spoed")
    [answer] = weighed.react(MEMBER, "❌", refused.id)
    assert answer.text.startswith("Goed, ik laat het erbij.")
    [refused] = weighed.say(MEMBER, "!escaleer 1 naar BO want spoed")
    assert weighed.react(RAISER, "✅", refused.id) == []
    [question] = weighed.react(MEMBER, "✅", refused.id)
    assert question.text == "Wat moet het DO besluiten?"


def test_in_a_discreet_room_questions_and_refusals_are_private(at_do: TestBot) -> None:
    [refused] = at_do.say("vng.do.1", "!deescaleer 1 want terug", room="DO")
    assert refused.room == "dm:vng.do.1"
    [unknown] = at_do.say("vng.do.1", "!signal iets", room="DO")
    assert unknown.room == "dm:vng.do.1"
    [filed] = at_do.say("vng.do.1", "!signaal Directeuren missen overzicht", room="DO", id="s1")
    assert (filed.room, filed.reply_to) == ("DO", "s1")


def test_the_success_of_a_private_answer_stands_under_the_command_in_the_room(at_do: TestBot) -> None:
    [question] = at_do.say(DO_CHAIR, "!delegeer 1 twee opties uitwerken", room="DO", id="d1")
    assert question.room == "dm:rijk.do.1"
    answer = at_do.say(DO_CHAIR, "18 maart", room="dm")[0]
    assert (answer.room, answer.reply_to) == ("DO", "d1")


def test_chat_in_the_private_room_gets_a_friendly_hint(bot: TestBot) -> None:
    [hint] = bot.say(RAISER, "hoi bot", room="dm")
    assert hint.text == "Ik werk met opdrachten. Typ !signaal en één zin, of !help voor wat hier kan."


def test_the_newest_offer_in_private_goes_before_an_older_question_from_a_room(filed: TestBot, register: Any) -> None:
    filed.say(RAISER, "!signaal Sloten lopen over")
    filed.say(CHAIR, "!weeg 2 agenderen")
    [refused] = filed.say(MEMBER, "!weeg 1 afwijzen want loopt al")
    filed.say(MEMBER, "ja", reply_to=refused.id)
    filed.say(CHAIR, "ja", room="dm")
    assert register.signal(1).state == "afgewezen"
    [answer, _] = filed.say(CHAIR, "actualiteit", room="dm")
    assert answer.text.startswith("Op de agenda")


def test_the_newest_question_in_private_goes_before_an_older_offer(filed: TestBot, register: Any) -> None:
    filed.say(RAISER, "!signaal Sloten lopen over")
    filed.say(CHAIR, "!weeg 2 afhandelen actualiteit")
    [offer] = filed.say(MEMBER, "!escaleer 2 naar BO want spoed", room="dm")
    assert offer.text.endswith("Naar het DO?")
    [asked] = filed.say(MEMBER, "!weeg 1 afwijzen want loopt al", room="dm")
    assert asked.text.endswith("De voorzitter vragen?")
    answer = filed.say(MEMBER, "ja", room="dm")[0]
    assert answer.text == "Gevraagd aan de voorzitter van het AO."
    [older] = filed.say(MEMBER, "ja", room="dm")
    assert older.text == "Wat moet het DO besluiten?"


def test_a_question_that_waits_is_never_answered_by_a_guess(filed: TestBot) -> None:
    filed.say(CHAIR, "!weeg 1 afwijzen", room="dm")
    filed.say(CHAIR, "!signaal", room="dm")
    [which] = filed.say(CHAIR, "Loopt al", room="dm")
    assert which.text.startswith("Er staan meer vragen open.")


def test_yes_does_not_answer_why_and_so_takes_the_offer(weighed: TestBot, register: Any) -> None:
    weighed.say(MEMBER, "!escaleer 1 naar BO want spoed", room="dm")
    weighed.say(MEMBER, "!signaal", room="dm")
    [answer] = weighed.say(MEMBER, "ja", room="dm")
    assert answer.text == "Wat moet het DO besluiten?"


def test_a_greeting_on_a_line_of_its_own_does_not_hide_a_command(bot: TestBot, register: Any) -> None:
    for number, greeting in enumerate(("Goedemorgen allemaal,", "Hoi!", "Beste collega's", "Dag Overlegbot,\n"), 1):
        [answer] = bot.say(RAISER, f"{greeting}\n!signaal Depot {number} zit vol")
        assert answer.text.startswith(f"SIG-2027-{number:03d}")
    assert bot.say(RAISER, "Je kunt dat melden met\n!signaal en dan je zin") == []
    assert register.count() == 4


def test_a_correction_of_an_answer_in_a_discreet_room_is_private(at_do: TestBot) -> None:
    at_do.say(DO_CHAIR, "!delegeer 1 twee opties uitwerken", room="DO", id="d1")
    [again] = at_do.say(DO_CHAIR, "31 november", room="DO", reply_to="d1")
    assert again.room == "dm:rijk.do.1"
