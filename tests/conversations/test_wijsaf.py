"""!wijsaf: a second person rejects a proposal, with a reason (C09)."""

from __future__ import annotations

from typing import Any

from bot.testing import TestBot

CHAIR, PROPOSER = "rijk.ao.0", "vng.ao.1"


def test_the_reason_goes_to_the_proposer_and_the_signal_stays(proposed: TestBot, register: Any) -> None:
    answer, proposer, raiser = proposed.say(CHAIR, '!wijsaf VST-2027-001 reden:"kan binnen mandaat AO"')
    assert answer.text == "VST-2027-001 afgewezen: kan binnen mandaat AO. SIG-2027-001 blijft bij het AO."
    assert (proposer.room, proposer.text) == (
        "dm:vng.ao.1",
        "VST-2027-001 is afgewezen. Reden: kan binnen mandaat AO",
    )
    assert "het blijft bij het AO" in raiser.text
    assert register.signal().lies_with == "AO"


def test_without_a_reason_it_is_asked(proposed: TestBot) -> None:
    [question] = proposed.say(CHAIR, "!wijsaf 1")
    assert question.text == "Waarom? De voorsteller leest dit."
    [answer, *_] = proposed.say(CHAIR, "kan zelf", reply_to=question.id)
    assert answer.text.startswith("VST-2027-001 afgewezen: kan zelf.")


def test_not_by_the_proposer_nor_by_a_member(proposed: TestBot) -> None:
    [own] = proposed.say(PROPOSER, "!wijsaf 1 want toch niet")
    assert "zelf voorgesteld" in own.text
    [other] = proposed.say("ipo.ao.1", "!wijsaf 1 want nee")
    assert other.text.startswith("Dit mag alleen de voorzitter van het AO")


def test_afterwards_it_may_be_proposed_again(proposed: TestBot) -> None:
    proposed.say(CHAIR, "!wijsaf 1 want te vroeg")
    [answer, *_] = proposed.say("ipo.ao.1", "!escaleer 1 want nu wel vraag:Een kader")
    assert answer.text.startswith("VST-2027-002: SIG-2027-001 naar het DO")
