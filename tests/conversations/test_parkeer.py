"""!parkeer: the content of an agenda item goes on in a group, the main line stays (R-045, C52)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.testing import TestBot
from commands.words.meeting import AgendaItem, ItemState, Nature
from commands.words.signal import SignalState

CHAIR, SECRETARY, RAISER = "rijk.ao.0", "rijk.secr.1", "uvw.ao.1"


@pytest.fixture
def scheduled(filed: TestBot) -> TestBot:
    filed.say(CHAIR, "!weeg 1 agenderen actualiteit")
    return filed


def item(register: Any) -> AgendaItem:
    found = register.ask(lambda store: store.get(AgendaItem, "AGP-2027-001"))
    assert isinstance(found, AgendaItem)
    return found


def test_the_discussion_goes_on_in_the_group_and_the_main_line_stays(scheduled: TestBot, register: Any) -> None:
    said = scheduled.say(SECRETARY, "!parkeer agp1 naar lood voor 6 maart")
    assert said[0].text == (
        "De inhoudelijke bespreking gaat verder in WG-LOOD; hier blijft de hoofdlijn. "
        "Terug bij het AO uiterlijk vr 5 mrt 2027."
    )
    assert {"WG-LOOD", "dm:uvw.ao.1"} <= {one.room for one in said}
    signal = register.signal()
    assert (signal.state, signal.lies_with, signal.owner) == (SignalState.HANDLING, "WG-LOOD", "AO")
    assert (item(register).state, item(register).nature) == (ItemState.SCHEDULED, Nature.INFORM)


def test_group_and_date_are_asked(scheduled: TestBot, register: Any) -> None:
    [question] = scheduled.say(CHAIR, "!parkeer agp1")
    assert question.text == "Naar welke groep?"
    [question] = scheduled.say(CHAIR, "lood", reply_to=question.id)
    assert question.text == "Wanneer terug?"
    assert register.signal().lies_with == "AO"
    scheduled.say(CHAIR, "5 maart", reply_to=question.id)
    assert register.signal().lies_with == "WG-LOOD"


def test_at_the_do_it_goes_to_the_ao_first(at_do: TestBot, register: Any) -> None:
    at_do.say("rijk.do.1", "!agendeer 1 voor DO ter bespreking", room="DO")
    [refused] = at_do.say("rijk.do.1", "!parkeer agp1 naar lood voor 6 maart", room="DO")
    assert refused.text == "Het AO belegt bij een werkgroep. Aan het AO geven?"
    assert register.signal().lies_with == "DO"
    [question] = at_do.say("rijk.do.1", "ja", room="dm", reply_to=refused.id)
    assert question.text == "Welke opdracht krijgt het AO?"
    said = at_do.say("rijk.do.1", "twee opties uitwerken", room="dm", reply_to=question.id)
    assert register.signal().hops[-1].due == date(2027, 3, 5), "the date that was typed went along"
    assert said


def test_a_member_may_not(scheduled: TestBot, register: Any) -> None:
    [refused] = scheduled.say(RAISER, "!parkeer agp1 naar lood voor 6 maart")
    assert refused.text.startswith("Dit mag alleen")
    assert register.signal().lies_with == "AO"


def test_a_point_without_a_signal_becomes_one_first(bot: TestBot, register: Any) -> None:
    bot.say(SECRETARY, "!agendeer Terugblik op het jaar ter bespreking horizon:actualiteit voor AO")
    [refused] = bot.say(SECRETARY, "!parkeer agp1 naar lood voor 6 maart")
    assert refused.text == (
        "Onder AGP-2027-001 staat geen signaal; alleen een signaal kan naar een groep. Als signaal indienen?"
    )
    assert register.count() == 0
    assert item(register).nature is Nature.DISCUSS


def test_what_was_dropped_is_over(scheduled: TestBot, register: Any) -> None:
    scheduled.say(CHAIR, "!beleg 1 bij lood voor 6 maart")
    [refused] = scheduled.say(SECRETARY, "!parkeer agp1 naar pfas voor 6 maart")
    assert refused.text == "AGP-2027-001 is afgevoerd; parkeren kan niet. Kijk bij !agenda."
    assert register.signal().lies_with == "WG-LOOD"


def test_it_can_be_undone(scheduled: TestBot, register: Any) -> None:
    scheduled.say(SECRETARY, "!parkeer agp1 naar lood voor 6 maart")
    scheduled.say(SECRETARY, "!ongedaan")
    assert register.signal().lies_with == "AO"
    assert item(register).nature is not Nature.INFORM


def test_it_may_go_on_as_a_request_for_help_and_nothing_moves(scheduled: TestBot, register: Any) -> None:
    """R-045: who offered to be found is asked, without who asks."""
    scheduled.say("ipo.ao.1", "!wieweet ik depots", room="dm")
    said = scheduled.say(SECRETARY, "!parkeer agp1 naar hulpvraag wie heeft ruimte in de depots?")
    assert said[0].text == (
        "De inhoudelijke bespreking gaat verder als hulpvraag; hier blijft de hoofdlijn.\n"
        "HV-2027-001 genoteerd. Eén mens heeft zich gemeld voor depots. Ik vraag of die persoon wil meedenken, en "
        "vraag je daarna of ik je in contact breng."
    )
    [asked] = [one for one in said if one.room == "dm:ipo.ao.1"]
    assert "wie heeft ruimte in de depots?" in asked.text
    assert (register.signal().lies_with, item(register).nature) == ("AO", Nature.INFORM)
    scheduled.say(SECRETARY, "!ongedaan")
    assert item(register).nature is not Nature.INFORM


def test_what_is_sensitive_is_asked_of_nobody(scheduled: TestBot, register: Any) -> None:
    scheduled.say(SECRETARY, "!wijzig 1 gevoelig:ja")
    assert register.signal().sensitive
    [refused] = scheduled.say(SECRETARY, "!parkeer agp1 naar hulpvraag")
    assert (
        refused.text
        == "AGP-2027-001 is politiek gevoelig; daarover vraag ik niemand buiten het AO. Kies een groep, met naar."
    )
    assert register.ask(lambda store: store.help_requests()) == ()


def test_the_field_and_the_number_of_the_signal_work_as_well(scheduled: TestBot, register: Any) -> None:
    """C52: `!parkeer <ID> naar:<WG|PRG|hulpvraag>`."""
    said = scheduled.say(SECRETARY, '!parkeer sig1 naar:hulpvraag opdracht:"wie heeft ruimte?"')
    assert said[0].text.startswith("De inhoudelijke bespreking gaat verder als hulpvraag; hier blijft de hoofdlijn.")
    assert (register.signal().lies_with, item(register).nature) == ("AO", Nature.INFORM)
    scheduled.say(SECRETARY, "!ongedaan")
    said = scheduled.say(SECRETARY, "!parkeer SIG-2027-001 naar:WG-LOOD uiterlijk:5 maart")
    assert said[0].text.startswith("De inhoudelijke bespreking gaat verder in WG-LOOD")
    assert register.signal().lies_with == "WG-LOOD"


def test_in_reply_to_what_the_bot_said_of_it_no_number_is_needed(scheduled: TestBot, register: Any) -> None:
    [shown] = scheduled.say(SECRETARY, "!toon 1")
    said = scheduled.say(SECRETARY, "!parkeer naar lood voor 6 maart", reply_to=shown.id)
    assert said[0].text.startswith("De inhoudelijke bespreking gaat verder in WG-LOOD")
    assert register.signal().lies_with == "WG-LOOD"


@pytest.mark.parametrize(
    ("typed", "asked", "then"),
    [
        ("lood", "Bij WG-LOOD onderbrengen?", "Wanneer terug?"),
        ("hulpvraag", "Als hulpvraag stellen?", "HV-2027-001 genoteerd."),
    ],
)
def test_a_signal_on_no_agenda_gets_the_way_that_does_work(
    filed: TestBot, register: Any, typed: str, asked: str, then: str
) -> None:
    [refused] = filed.say(SECRETARY, f"!parkeer sig1 naar:{typed}")
    assert refused.text == (f"SIG-2027-001 staat niet op een agenda; er is geen punt om te parkeren. {asked}")
    assert register.signal().state is SignalState.SUBMITTED
    answer = filed.say(SECRETARY, "ja", reply_to=refused.id)
    assert answer[0].text.startswith(then)
