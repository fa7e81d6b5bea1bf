"""!wijsaf: a second person rejects a proposal, with the reason for the proposer (C09)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit.declare import About, Right, Where, command
from commands.kit.group_decisions import rejected as group_rejected
from commands.kit.reply import Strong, say
from commands.kit.signals import leads, tell_raisers
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules.confirming import may_confirm
from commands.words.people import RoleName
from commands.words.proposal import ABOUT_GROUPS, Proposal, ProposalKind, ProposalState
from commands.words.signal import Signal
from commands.words.verdict import Refused

#: Who may see a proposal hears from the rule who decides; that opens nothing.
SEEING = (RoleName.MEMBER, RoleName.SECRETARY, RoleName.SUBSTANCE, RoleName.LEAD)


@command(
    "wijsaf",
    aliases=("afwijzen",),
    help="Wijs een voorstel af, met de reden.",
    example="!wijsaf 7 want het AO kan dit zelf",
    who=(
        Right(RoleName.CHAIR, Where.TIER),
        *(Right(role, Where.ANY, explain=True) for role in SEEING),
        Right(RoleName.CHAIR, Where.GROUP, explain=True),
    ),
)
def wijsaf(
    turn: Turn,
    proposal: Annotated[Proposal, About("het voorstel", "voorstel")],
    because: Annotated[
        str,
        About(
            "de reden",
            "reden",
            words=("want", "omdat"),
            greedy=True,
            rest=True,
            ask="Waarom? De voorsteller leest dit.",
        ),
    ],
) -> Outcome:
    body = turn.need_body(proposal.confirms)
    deputies = turn.store.stand_ins(RoleName.CHAIR, body.code, on=turn.today)
    verdict = may_confirm(
        proposal, turn.person.id, chairs=leads(turn, body), the_body=body.the, deputies=deputies, formal=turn.formal
    )
    if isinstance(verdict, Refused):
        return verdict
    rejected = replace(
        proposal,
        state=ProposalState.REJECTED,
        decided_by=turn.person.id,
        decided_at=turn.now,
        decided_because=because,
    )
    turn.put(rejected, because)
    turn.tell(
        proposal.proposer, say((Strong(proposal.id), f" is afgewezen. Reden: {because}")), about=(proposal.about,)
    )
    stays = ""
    if proposal.kind in ABOUT_GROUPS:
        stays = " ".join(group_rejected(turn, rejected))
    elif proposal.kind is ProposalKind.CHANGE_TRACK:
        stays = f"{proposal.about} houdt het spoor dat het had."
    elif (signal := turn.store.get(Signal, proposal.about)) is not None:
        stays = f"{signal.id} blijft bij {body.the}."
        if proposal.proposer not in signal.raised_by:
            tell_raisers(
                turn, signal, f"gaat niet door naar {proposal.to_body}; het blijft bij {body.the}. Reden: {because}"
            )
    return Reply(
        say(f"{proposal.id} afgewezen: {because}. {stays}".replace("..", ".")),
        about=(proposal.about,),
        deed=f"{proposal.id} afgewezen",
    )
