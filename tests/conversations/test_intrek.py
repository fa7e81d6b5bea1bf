"""!intrek: the raiser takes it back, after the weighing with the chair's agreement (S8, C14)."""

from __future__ import annotations

from typing import Any

from bot.testing import TestBot
from commands.words.meeting import ItemState
from commands.words.signal import SignalState

CHAIR, SECRETARY, RAISER, OTHER = "rijk.ao.0", "rijk.secr.1", "uvw.ao.1", "vng.ao.1"


def test_before_the_weighing_it_is_withdrawn_at_once(filed: TestBot, register: Any) -> None:
    [answer] = filed.say(RAISER, "!intrek 1 want opgelost in de regio")
    assert answer.text == "SIG-2027-001 ingetrokken."
    signal = register.signal()
    assert signal.state is SignalState.WITHDRAWN
    assert (signal.lies_with, signal.owner) == ("AO", "AO")
    [last] = register.ask(lambda store: store.history(signal.id))[-1:]
    assert (last.by, last.why) == (RAISER, "opgelost in de regio")


def test_someone_else_may_not_withdraw_it(filed: TestBot, register: Any) -> None:
    [refused] = filed.say(OTHER, "!intrek 1")
    assert refused.text == "Intrekken doet de indiener zelf."
    [refused] = filed.say(CHAIR, "!intrek 1")
    assert refused.text == "Intrekken doet de indiener zelf."
    assert register.signal().state is SignalState.SUBMITTED


def test_after_the_weighing_the_chair_is_asked_and_agrees(weighed: TestBot, register: Any) -> None:
    [refused] = weighed.say(RAISER, "!intrek 1 want opgelost in de regio")
    assert refused.text == (
        "Het AO heeft dit al in behandeling; intrekken kan met akkoord van de voorzitter. De voorzitter vragen?"
    )
    assert register.signal().state is SignalState.HANDLING
    asked, question = weighed.say(RAISER, "ja", reply_to=refused.id)
    assert asked.text == "Gevraagd aan de voorzitter van het AO."
    assert question.room == "dm:rijk.ao.0"
    assert "SIG-2027-001 (Baggerdepots zitten vol) intrekken, want opgelost in de regio." in question.text
    assert register.signal().state is SignalState.HANDLING
    said = weighed.say(CHAIR, "ja", room="dm", reply_to=question.id)
    assert register.signal().state is SignalState.WITHDRAWN
    assert "SIG-2027-001 ingetrokken." in [one.text for one in said if one.room == "AO"]
    last = register.ask(lambda store: store.history("SIG-2027-001"))[-1]
    assert (last.by, last.why) == (CHAIR, "opgelost in de regio; op verzoek van uvw.ao.1")


def test_asked_in_private_the_raiser_hears_the_answer_once(weighed: TestBot) -> None:
    [refused] = weighed.say(RAISER, "!intrek 1", room="dm")
    _, question = weighed.say(RAISER, "ja", room="dm", reply_to=refused.id)
    said = weighed.say(CHAIR, "ja", room="dm", reply_to=question.id)
    assert [one.text for one in said if one.room == "dm:uvw.ao.1"] == ["SIG-2027-001 ingetrokken."]
    assert [one.room for one in said].count("AO") == 1


def test_the_chair_may_say_no(weighed: TestBot, register: Any) -> None:
    [refused] = weighed.say(RAISER, "!intrek 1")
    _, question = weighed.say(RAISER, "ja", reply_to=refused.id)
    weighed.say(CHAIR, "nee", room="dm", reply_to=question.id)
    assert register.signal().state is SignalState.HANDLING


def test_what_was_on_the_agenda_leaves_it(filed: TestBot, register: Any) -> None:
    filed.say(CHAIR, "!weeg 1 agenderen actualiteit")
    [refused] = filed.say(RAISER, "!intrek 1")
    _, question = filed.say(RAISER, "ja", reply_to=refused.id)
    filed.say(CHAIR, "ja", room="dm", reply_to=question.id)
    [item] = register.ask(lambda store: store.items(signal="SIG-2027-001"))
    assert item.state is ItemState.DROPPED


def test_with_an_open_proposal_that_comes_first(proposed: TestBot, register: Any) -> None:
    [refused] = proposed.say(RAISER, "!intrek 1")
    assert refused.text.startswith("Er loopt al een voorstel (VST-2027-001")
    assert register.signal().state is SignalState.HANDLING


def test_what_lies_higher_is_for_the_chair_who_answers_for_it(at_do: TestBot) -> None:
    [refused] = at_do.say(RAISER, "!intrek 1")
    assert refused.text.startswith("Het DO heeft dit al in behandeling")
    _, question = at_do.say(RAISER, "ja", reply_to=refused.id)
    assert question.room == "dm:rijk.do.1"


def test_twice_is_refused(filed: TestBot) -> None:
    filed.say(RAISER, "!intrek 1")
    [refused] = filed.say(RAISER, "!intrek 1")
    assert refused.text == "SIG-2027-001 is ingetrokken; intrekken kan niet. Kijk met !toon SIG-2027-001."


def test_it_can_be_undone(filed: TestBot, register: Any) -> None:
    filed.say(RAISER, "!intrek 1")
    filed.say(RAISER, "!ongedaan")
    assert register.signal().state is SignalState.SUBMITTED
