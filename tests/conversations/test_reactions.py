"""Reactions are commands where the message offers them, with the rights and the history of the typed form
(dialogue.md 8); taking one away within ten minutes undoes what it did."""

from __future__ import annotations

from typing import Any

import pytest

from bot.testing import TestBot
from commands.words.action import Action
from tests.conftest import at

CHAIR, SECRETARY, HOLDER = "rijk.ao.0", "rijk.secr.1", "vng.ao.2"


@pytest.fixture
def asked(bot: TestBot) -> TestBot:
    """ACT-2027-001 of vng.ao.2, due on 5 February."""
    bot.say(SECRETARY, f"!actie @{HOLDER} stukken sturen uiterlijk 5 februari")
    return bot


def told(bot: TestBot, who: str) -> str:
    """The id of the newest message to this person in private."""
    return [one for one in bot.log if one.room == f"dm:{who}"][-1].id


def action(register: Any, number: int = 1) -> Action:
    found = register.ask(lambda store: store.get(Action, f"ACT-2027-{number:03d}"))
    assert isinstance(found, Action)
    return found


def test_later_asks_the_date_and_moves_the_action(asked: TestBot, register: Any) -> None:
    [question] = asked.react(HOLDER, "⏰", told(asked, HOLDER), room="dm")
    assert question.text == "Wat is de nieuwe datum?"
    [moved, *_] = asked.say(HOLDER, "12 februari", room="dm", reply_to=question.id)
    assert moved.text == "ACT-2027-001 wordt vr 12 feb 2027, eerste uitstel."
    history = register.ask(lambda store: store.history("ACT-2027-001"))
    assert (history[-1].by, history[-1].why) == (HOLDER, "van vr 5 feb 2027 naar vr 12 feb 2027")


def test_taking_the_clock_away_drops_the_question(asked: TestBot, register: Any) -> None:
    message = told(asked, HOLDER)
    asked.react(HOLDER, "⏰", message, room="dm")
    reaction = asked.simulation.heard
    [answer] = asked.say(HOLDER, "", room="dm", reply_to=reaction, kind="redaction")
    assert answer.text == "Goed, ik laat het erbij. Er is niets opgeslagen."
    assert register.ask(lambda store: store.open_questions(HOLDER)) == ()


def test_taking_the_tick_away_undoes_it_for_ten_minutes(asked: TestBot, register: Any) -> None:
    message = told(asked, HOLDER)
    asked.react(HOLDER, "✅", message, room="dm")
    assert action(register).state == "afgerond"
    reaction = asked.simulation.heard
    undone = asked.say(HOLDER, "", room="dm", reply_to=reaction, kind="redaction")
    assert undone[0].text == "Ongedaan gemaakt: ACT-2027-001 klaar."
    assert action(register).state == "open"


def test_taking_the_tick_away_later_only_marks_the_history(asked: TestBot, register: Any) -> None:
    asked.react(HOLDER, "✅", told(asked, HOLDER), room="dm")
    reaction = asked.simulation.heard
    asked.until(at("2027-01-11 09:11"))
    assert asked.say(HOLDER, "", room="dm", reply_to=reaction, kind="redaction") == []
    assert action(register).state == "afgerond"
    last = register.ask(lambda store: store.history("ACT-2027-001"))[-1]
    assert (last.why, last.from_state, last.to_state) == ("bericht ingetrokken", "afgerond", "afgerond")


def test_up_begins_an_escalation_with_the_rights_of_whoever_reacts(filed: TestBot, register: Any) -> None:
    [weighed, _] = filed.say(CHAIR, "!weeg 1 escaleren actualiteit")
    assert filed.react("kennis.wg.1", "🔼", weighed.id, room="WG-PFAS")[0].text.startswith("Dit is voorbehouden")
    [why] = filed.react("vng.ao.1", "🔼", weighed.id)
    assert why.text == "Waarom kan het AO dit niet zelf afdoen? Eén zin is genoeg."
    [what] = filed.say("vng.ao.1", "Het raakt alle partijen", reply_to=why.id)
    [proposal, *_] = filed.say("vng.ao.1", "Een kader toestaan", reply_to=what.id)
    assert proposal.text.startswith("VST-2027-001: SIG-2027-001 naar het DO")


def test_a_dossier_offers_the_way_up_to_who_may_take_it_and_has_a_word_for_it(weighed: TestBot) -> None:
    [shown] = weighed.say("vng.ao.1", "!toon 1", room="dm")
    assert shown.text.endswith("Hogerop? Antwoord met escaleer, of 🔼 op dit bericht.")
    [asked] = weighed.say("vng.ao.1", "escaleer, het raakt alle partijen", room="dm")
    assert asked.text == "Wat moet het DO besluiten?"
    [shown] = weighed.say("uvw.wg.1", "!toon 1", room="dm")
    assert "Hogerop" not in shown.text


def test_never_mind_drops_any_open_question(filed: TestBot, register: Any) -> None:
    [question] = filed.say(CHAIR, "!weeg 1 afwijzen")
    assert filed.react(SECRETARY, "❌", question.id) == []
    [answer] = filed.react(CHAIR, "❌", question.id)
    assert answer.text == "Goed, ik laat het erbij. Er is niets opgeslagen."
    assert register.signal().state == "ingediend"


@pytest.mark.parametrize("sign", ["👍", "👀", "🎉", "❤️", "✔️", "ja", "klaar"])
def test_every_other_sign_means_seen_and_binds_nobody(proposed: TestBot, register: Any, sign: str) -> None:
    proposal = next(one for one in proposed.log if one.text.startswith("VST-2027-001"))
    before = register.signal()
    assert proposed.react(CHAIR, sign, proposal.id) == []
    assert register.signal() == before


def test_a_tick_on_what_a_person_said_confirms_nothing(weighed: TestBot, register: Any) -> None:
    weighed.say("vng.ao.1", "!escaleer 1 want het raakt alle partijen vraag: Een kader", id="e1")
    assert weighed.react(CHAIR, "✅", "e1") == []
    assert register.signal().lies_with == "AO"


@pytest.mark.parametrize("room", ["AO", "dm"])
def test_what_was_said_to_someone_else_in_private_answers_nobody_else(asked: TestBot, register: Any, room: str) -> None:
    message = told(asked, HOLDER)
    assert asked.react(SECRETARY, "✅", message, room=room) == []
    for text in ("klaar", "later 12 februari"):
        answers = asked.say(SECRETARY, text, room=room, reply_to=message)
        assert [one.text for one in answers if "ACT-2027-001" in one.text] == []
    assert (action(register).state, action(register).due) == ("open", at("2027-02-05 00:00").date())
    # Whoever it was said to can.
    assert asked.react(HOLDER, "✅", message, room="dm")[0].text == "ACT-2027-001 klaar."


def test_a_tick_on_several_at_once_asks_which(asked: TestBot, register: Any) -> None:
    asked.say(SECRETARY, f"!actie @{HOLDER} kaart maken uiterlijk 5 februari")
    bundle = next(one for one in asked.until(at("2027-01-29 08:31")) if one.room == f"dm:{HOLDER}")
    [which] = asked.react(HOLDER, "✅", bundle.id, room="dm")
    assert which.text == "1, 2 of beide?"
    done = asked.say(HOLDER, "beide", room="dm")
    assert done[0].text == "ACT-2027-001 klaar.\nACT-2027-002 klaar."
    undone = asked.say(HOLDER, "!ongedaan", room="dm")
    assert undone[0].text == "Ongedaan gemaakt: ACT-2027-001 klaar; ACT-2027-002 klaar."
    assert (action(register, 1).state, action(register, 2).state) == ("open", "open")


def test_both_at_once_in_words_and_numbers(asked: TestBot, register: Any) -> None:
    asked.say(SECRETARY, f"!actie @{HOLDER} kaart maken uiterlijk 5 februari")
    asked.until(at("2027-01-29 08:31"))
    [which] = asked.say(HOLDER, "later beide", room="dm")
    assert which.text == "1 of 2?", "each has a date of its own"
    moved = asked.say(HOLDER, "later beide 12 februari", room="dm")
    assert "ACT-2027-001 wordt vr 12 feb 2027" in moved[0].text
    assert "ACT-2027-002 wordt vr 12 feb 2027" in moved[0].text
    done = asked.say(HOLDER, "klaar 1 en 2", room="dm")
    assert (action(register, 1).state, action(register, 2).state) == ("afgerond", "afgerond"), done
