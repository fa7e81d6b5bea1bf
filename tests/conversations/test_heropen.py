"""!heropen: what is closed comes back to the filter within a year; later it is a new signal (S16, C15)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.testing import TestBot
from commands.words.signal import SignalState
from tests.conftest import at

CHAIR, SECRETARY, RAISER, MEMBER = "rijk.ao.0", "rijk.secr.1", "uvw.ao.1", "vng.ao.1"


@pytest.fixture
def settled(weighed: TestBot) -> TestBot:
    weighed.say(CHAIR, "!afhandel 1 de handreiking is gepubliceerd")
    return weighed


@pytest.fixture
def closed(settled: TestBot) -> TestBot:
    settled.say(SECRETARY, "!terugkoppeling 1 zie de handreiking")
    return settled


def test_the_raiser_reopens_and_it_is_weighed_again(closed: TestBot, register: Any) -> None:
    answer, *told = closed.say(RAISER, "!heropen 1 want het knelpunt speelt opnieuw")
    assert answer.text == "SIG-2027-001 is heropend. Het ligt weer bij het AO, weging do 14 jan 2027."
    assert {one.room for one in told} == {"dm:rijk.secr.1", "dm:rijk.ao.0"}
    signal = register.signal()
    assert (signal.state, signal.lies_with, signal.owner) == (SignalState.SUBMITTED, "AO", "AO")
    assert (signal.weighed_at, signal.settled_at, signal.outcome, signal.told) == (None, None, "", ())
    assert signal.explanation == "Heropend: het knelpunt speelt opnieuw"


def test_it_asks_why(closed: TestBot, register: Any) -> None:
    [question] = closed.say(MEMBER, "!heropen 1")
    assert question.text == "Waarom speelt het opnieuw?"
    assert register.signal().state is SignalState.CLOSED
    said = closed.say(MEMBER, "Het speelt weer in Zeeland", reply_to=question.id)
    assert any(one.room == "dm:uvw.ao.1" and "heropend: Het speelt weer in Zeeland." in one.text for one in said)
    assert register.signal().state is SignalState.SUBMITTED


def test_what_is_settled_needs_feedback_first(settled: TestBot, register: Any) -> None:
    [refused] = settled.say(SECRETARY, "!heropen 1 want het speelt weer")
    assert refused.text == "SIG-2027-001 is afgehandeld en nog niet teruggekoppeld. Nu terugkoppelen?"
    [refused] = settled.say(RAISER, "!heropen 1 want het speelt weer")
    assert refused.text == "SIG-2027-001 is afgehandeld en nog niet teruggekoppeld. Kijk met !toon SIG-2027-001."
    assert register.signal().state is SignalState.SETTLED


def test_what_is_still_open_takes_the_words_as_an_addition(filed: TestBot, register: Any) -> None:
    [refused] = filed.say(RAISER, "!heropen 1 want het speelt weer")
    assert refused.text == "SIG-2027-001 is ingediend; heropenen hoeft niet. Dit erbij zetten?"
    assert register.signal().explanation == ""
    filed.say(RAISER, "ja", reply_to=refused.id)
    assert register.signal().explanation == "het speelt weer"


def test_what_was_withdrawn_comes_back_as_a_new_one_that_names_it(filed: TestBot, register: Any) -> None:
    filed.say(RAISER, "!intrek 1")
    [refused] = filed.say(RAISER, "!heropen 1 want toch niet opgelost")
    assert refused.text == (
        "SIG-2027-001 is ingetrokken; heropenen kan niet. Als nieuw signaal indienen, met verwijzing?"
    )
    assert register.count() == 1
    filed.say(RAISER, "ja", reply_to=refused.id)
    again = register.signal(2)
    assert again.title == "Baggerdepots zitten vol: toch niet opgelost"
    assert again.origin == "vervolg op SIG-2027-001"


def test_after_a_year_it_is_a_new_signal(closed: TestBot, register: Any) -> None:
    closed.until(at("2028-01-11 09:00"))
    assert register.signal().state is SignalState.CLOSED
    closed.until(at("2028-01-12 09:00"))
    [refused] = closed.say(RAISER, "!heropen SIG-2027-001 want het speelt weer")
    assert refused.text == "Langer dan een jaar gesloten. Als nieuw signaal indienen, met verwijzing?"
    assert register.signal().state is SignalState.CLOSED
    [filed, *_] = closed.say(RAISER, "ja", reply_to=refused.id)
    assert filed.text.startswith("SIG-2028-001")


def test_on_the_last_day_of_the_year_it_still_opens(closed: TestBot, register: Any) -> None:
    closed.until(at("2028-01-11 09:00"))
    closed.say(RAISER, "!heropen SIG-2027-001 want het speelt weer")
    assert register.signal().state is SignalState.SUBMITTED


def test_who_has_no_part_in_it_may_not(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-01-11 09:00")
    bot.say("uvw.wg.1", "!signaal Baggerdepots zitten vol", room="WG-PFAS")
    for line in ("!weeg 1 afhandelen actualiteit", "!afhandel 1 klaar", "!terugkoppeling 1 klaar"):
        bot.say(CHAIR, line)
    [refused] = bot.say("rijk.wg.1", "!heropen 1 want het speelt weer", room="WG-PFAS")
    assert refused.text == (
        "Heropenen doet de indiener, een lid of de secretaris van het AO. Als eigen signaal indienen?"
    )
