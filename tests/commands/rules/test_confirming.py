"""INV-05: a second person, always (domain.md §2.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from commands.rules.confirming import may_confirm
from commands.words.proposal import Proposal, ProposalKind, ProposalState
from commands.words.verdict import Allowed, Refused

PROPOSAL = Proposal(
    "VST-2027-007",
    ProposalKind.ESCALATE,
    "SIG-2027-014",
    "vng.ao.1",
    "raakt alle partijen",
    "AO",
    ProposalState.SUBMITTED,
    datetime(2027, 1, 11, 8, 0, tzinfo=UTC),
    to_body="DO",
)


def verdict_for(
    person: str, *, chairs: bool, deputies: tuple[str, ...] = (), formal: bool = False
) -> Allowed | Refused:
    return may_confirm(PROPOSAL, person, chairs=chairs, the_body="het AO", deputies=deputies, formal=formal)


def test_the_chair_confirms() -> None:
    assert verdict_for("rijk.ao.0", chairs=True) == Allowed()


@pytest.mark.parametrize("chairs", [True, False])
def test_never_the_proposer_also_not_as_chair_and_the_deputy_is_named(chairs: bool) -> None:
    verdict = verdict_for("vng.ao.1", chairs=chairs, deputies=("rijk.ao.9", "vng.ao.1"))
    assert isinstance(verdict, Refused)
    assert verdict.code == "INV-05"
    assert verdict.because == "Je hebt dit zelf voorgesteld; een ander bekrachtigt. Vraag het de vervanger: @rijk.ao.9."


def test_without_a_deputy_it_says_who_could() -> None:
    verdict = verdict_for("vng.ao.1", chairs=False, formal=True)
    assert isinstance(verdict, Refused)
    assert verdict.because.startswith("U hebt dit zelf voorgesteld; een ander bekrachtigt.")
    assert "de voorzitter van het AO of de vervanger" in verdict.because


def test_nobody_else() -> None:
    verdict = verdict_for("ipo.ao.1", chairs=False)
    assert isinstance(verdict, Refused)
    assert verdict.because == "Dit mag alleen de voorzitter van het AO, of de vervanger."


@pytest.mark.parametrize("state", [ProposalState.CONFIRMED, ProposalState.REJECTED, ProposalState.WITHDRAWN])
def test_once(state: ProposalState) -> None:
    verdict = may_confirm(replace(PROPOSAL, state=state), "rijk.ao.0", chairs=True, the_body="het AO", deputies=())
    assert isinstance(verdict, Refused)
    assert verdict.because == f"VST-2027-007 is al {state}. Kijk met !toon VST-2027-007."
