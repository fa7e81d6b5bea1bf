"""!bekrachtig: a second person confirms a proposal (S17, INV-05). Needs no *ja*: it can be undone for ten minutes."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from commands.kit.declare import About, Right, Where, command
from commands.kit.group_decisions import confirmed as group_confirmed
from commands.kit.items import put_on_agenda, take_off_agendas
from commands.kit.next_meeting import makes
from commands.kit.reply import Strong, say
from commands.kit.signals import leads, save, sentence, tell_raisers
from commands.kit.tracks import confirm_track
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules import ladder
from commands.rules.confirming import may_confirm
from commands.words.meeting import ItemOutcome, ItemState, Nature
from commands.words.people import RoleName
from commands.words.proposal import ABOUT_GROUPS, Proposal, ProposalKind, ProposalState
from commands.words.signal import Signal
from commands.words.verdict import Refused


class Manner(StrEnum):
    """How it was confirmed (besluitwijze)."""

    MEETING = "vergadering"
    IN_BETWEEN = "tussentijds"
    WRITTEN = "schriftelijk"


CHAIRS = (Right(RoleName.CHAIR, Where.TIER),)
#: Everyone who may see a proposal gets a reason instead of a closed door: the rule refuses, naming who may.
SEERS = (
    *CHAIRS,
    *(
        Right(role, Where.ANY, explain=True)
        for role in (RoleName.MEMBER, RoleName.SECRETARY, RoleName.SUBSTANCE, RoleName.LEAD)
    ),
    Right(RoleName.CHAIR, Where.GROUP, explain=True),
)


@command(
    "bekrachtig",
    aliases=("akkoord",),
    help="Bekrachtig een voorstel als voorzitter of vervanger.",
    example="!akkoord 7",
    who=SEERS,
)
def bekrachtig(
    turn: Turn,
    proposal: Annotated[Proposal, About("het voorstel", "voorstel")],
    manner: Annotated[Manner | None, About("de besluitwijze", "wijze")] = None,
) -> Outcome:
    body = turn.need_body(proposal.confirms)
    deputies = turn.store.stand_ins(RoleName.CHAIR, body.code, on=turn.today)
    verdict = may_confirm(
        proposal, turn.person.id, chairs=leads(turn, body), the_body=body.the, deputies=deputies, formal=turn.formal
    )
    if isinstance(verdict, Refused):
        return verdict
    how = manner or (Manner.MEETING if turn.meets_today(body.code) else Manner.IN_BETWEEN)
    confirmed = replace(
        proposal,
        state=ProposalState.CONFIRMED,
        decided_by=turn.person.id,
        decided_at=turn.now,
        decided_because=str(how),
    )
    turn.put(confirmed, f"besluitwijze: {how}")
    if proposal.kind in ABOUT_GROUPS:
        return group_confirmed(turn, confirmed)
    if proposal.kind is ProposalKind.CHANGE_TRACK:
        return confirm_track(turn, confirmed)
    signal = turn.store.get(Signal, proposal.about)
    if signal is None or proposal.to_body is None:
        raise LookupError(f"{proposal.id} is about nothing")
    verdict = ladder.still_there(signal, proposal)
    return verdict if isinstance(verdict, Refused) else _up(turn, confirmed, signal, proposal.to_body)


def _up(turn: Turn, proposal: Proposal, signal: Signal, to_body: str) -> Outcome:
    target = turn.need_body(to_body)
    take_off_agendas(turn, signal, f"gaat naar {target.code}", outcome=ItemOutcome.ESCALATED)
    after = ladder.escalated(signal, target.code, proposal.brief, turn.now)
    save(turn, after, f"{proposal.id} bekrachtigd: {proposal.because}")
    meeting = turn.next_meeting(target.code)
    if meeting is not None and after.horizon is not None:
        put_on_agenda(turn, meeting, after, nature=Nature.DECIDE, state=ItemState.PROPOSED)
    when = makes(turn, target.code)
    brief = proposal.brief
    origin = turn.need_body(proposal.confirms)
    lines = [f"{signal.id} ({signal.title}) komt van {origin.the} naar {target.the}: {when}."]
    if brief is not None:
        lines += [f"Gevraagd: {sentence(brief.ask)}", f"Waarom: {sentence(brief.why)}"]
    turn.announce(target.code, say(*lines), about=(signal.id,))
    told = set(after.raised_by)
    if proposal.proposer not in told:
        turn.tell(proposal.proposer, say((Strong(proposal.id), f" is bekrachtigd: {signal.id} ligt bij {target.the}.")))
    tell_raisers(turn, after, f"ligt nu bij {target.the}: {when}.")
    how = "Haal ✅ weg" if turn.by_reaction else "Typ !ongedaan"
    undo = f"{how} binnen tien minuten om het ongedaan te maken."
    return Reply(
        say(f"{signal.id} ligt bij {target.the}: {when}. {undo}"),
        about=(signal.id, proposal.id),
        deed=f"{signal.id} → {target.code}",
    )
