"""Who may confirm or reject a proposal? (domain.md §2.6, INV-05: a second person, always.)"""

from __future__ import annotations

from commands.rules import ways
from commands.words.proposal import Proposal, ProposalState
from commands.words.verdict import Allowed, Refused, Verdict


def may_confirm(
    proposal: Proposal, person: str, *, chairs: bool, the_body: str, deputies: tuple[str, ...], formal: bool = False
) -> Verdict:
    """The chair of the confirming body or the deputy, never the proposer; only while the proposal is open.

    `chairs` includes a deputy of the chair, `the_body` is the body as a sentence names it, `deputies` whom to ask;
    `formal` addresses with *u*.
    """
    if proposal.state is not ProposalState.SUBMITTED:
        return Refused(f"{proposal.id} is al {proposal.state}. {ways.look(proposal.id)}", code="E12")
    others = [f"@{deputy}" for deputy in deputies if deputy != person]
    if person == proposal.proposer:
        who = (
            f"Vraag het de vervanger: {', '.join(others)}."
            if others
            else f"Dat is de voorzitter van {the_body} of de vervanger."
        )
        you = "U hebt" if formal else "Je hebt"
        return Refused(f"{you} dit zelf voorgesteld; een ander bekrachtigt. {who}", code="INV-05")
    if not chairs:
        return Refused(f"Dit mag alleen de voorzitter van {the_body}, of de vervanger.", code="E04")
    return Allowed()
