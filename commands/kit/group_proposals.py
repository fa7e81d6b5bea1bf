"""Proposals about groups: made the same way by every command, put before who confirms, one chair after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.kit.ports import Offer
from commands.kit.reply import Strong, say
from commands.kit.signs import YES_SIGN
from commands.kit.turn import Turn
from commands.rules.group_life import confirmed_by, one_open
from commands.rules.groups import PROPOSERS
from commands.rules.roles import LEADING
from commands.words.people import ROLE_TITLES, RoleName
from commands.words.proposal import Proposal, ProposalKind, ProposalState, Terms
from commands.words.structure import Body
from commands.words.verdict import Allowed, Refused, Verdict
from commands.words.workgroup import Workgroup


def may_propose_about(turn: Turn, group: Workgroup, act: str) -> Verdict:
    """domain.md §2.13: a member, the secretary or the chair of the filter, and who leads the group itself (E04)."""
    place = turn.structure.filter
    from_filter = any(one.body == place.code and one.role in PROPOSERS for one in turn.roles)
    if from_filter or leads_group(turn, group):
        return Allowed()
    return Refused(
        f"{act.capitalize()} stelt een lid of de secretaris van {place.the} voor, of wie {group.code} leidt. "
        "Vraag het een van hen.",
        code="E04",
    )


def leads_group(turn: Turn, group: Workgroup) -> bool:
    """Whether the person leads this group today."""
    return any(one.body == group.code and one.role in LEADING for one in turn.roles)


def propose(
    turn: Turn, group: Workgroup, kind: ProposalKind, because: str, terms: Terms | None = None
) -> Proposal | Refused:
    """Write the proposal for the first who confirms it; refused while another one about the group is open (INV-07)."""
    verdict = one_open(group, [one.id for one in turn.store.proposals(about=group.code)])
    if isinstance(verdict, Refused):
        return verdict
    return _written(turn, group, kind, turn.person.id, because, terms, confirmed_by(group, kind, turn.structure)[0])


def next_step(turn: Turn, proposal: Proposal, group: Workgroup) -> tuple[Proposal, Body] | None:
    """After the chair of one body confirmed: the same proposal for the next one who does, or None (R-068)."""
    bodies = confirmed_by(group, proposal.kind, turn.structure)
    codes = [body.code for body in bodies]
    at = codes.index(proposal.confirms) + 1 if proposal.confirms in codes else len(codes)
    if at >= len(bodies):
        return None
    made = _written(turn, group, proposal.kind, proposal.proposer, proposal.because, proposal.terms, bodies[at])
    return made, bodies[at]


def _written(
    turn: Turn, group: Workgroup, kind: ProposalKind, proposer: str, because: str, terms: Terms | None, place: Body
) -> Proposal:
    proposal = Proposal(
        id=turn.new_id("VST"),
        kind=kind,
        about=group.code,
        proposer=proposer,
        because=because,
        confirms=place.code,
        state=ProposalState.SUBMITTED,
        made_at=turn.now,
        terms=terms,
    )
    turn.put(proposal, because)
    return proposal


def offers_on(proposal: Proposal) -> tuple[Offer, ...]:
    """✅ on a message that shows the proposal confirms it; *afwijzen* and the reason rejects it (C09)."""
    this = {"proposal": proposal.id}
    return (Offer(YES_SIGN, "bekrachtig", this), Offer("afwijzen", "wijsaf", this, rest="because"))


def put_before(turn: Turn, proposal: Proposal, lines: Sequence[str]) -> str:
    """Ask who confirms, in private: the chair of that body, or the stand-in of a chair who proposes (INV-05).

    Returns for whom it waits, as part of a sentence.
    """
    place = turn.need_body(proposal.confirms)
    chair = turn.person_with(RoleName.CHAIR, place.code)
    readers = [chair.id] if chair is not None and chair.id != proposal.proposer else []
    if not readers:
        deputies = turn.store.stand_ins(RoleName.CHAIR, place.code, on=turn.today)
        readers = [id for id in deputies if id != proposal.proposer]
    number = number_of(proposal)
    ways = f"Bekrachtigen kan met ✅ of !bekrachtig {number}, afwijzen met !wijsaf {number} en de reden."
    for reader in readers:
        about = (proposal.id, proposal.about)
        turn.tell(reader, say(*lines, ways), about=about, offers=offers_on(proposal), receipt=False)
    if readers and chair is not None and readers[0] == chair.id:
        return f"wacht op de voorzitter van {place.the}"
    if readers:
        own = "je eigen voorstel" if proposal.proposer == turn.person.id else "een voorstel van de voorzitter zelf"
        return f"wacht op de vervanger van de voorzitter, want dit is {own}"
    return f"wacht op een voorzitter van {place.the} die het niet zelf voorstelde"


def tell_proposer(turn: Turn, proposal: Proposal, text: str) -> None:
    """Who proposed it hears in private what became of it."""
    turn.tell(proposal.proposer, say((Strong(proposal.id), f" {text}")), about=(proposal.about,))


def tell_group(turn: Turn, group: Workgroup, text: str) -> None:
    """The group hears it in its room, and nobody anywhere else: one event, one message."""
    turn.announce(group.code, say((Strong(group.code), f": {text}")), about=(group.code,))


def number_of(proposal: Proposal) -> str:
    """The number as people type it: 7 for VST-2027-007."""
    return proposal.id.rsplit("-", 1)[-1].lstrip("0")


def by_speaker(turn: Turn) -> str:
    """ "vng.ao.1 (VNG, lid van het AO)": who speaks and in which role, where a decision is asked (R-200)."""
    here = turn.room.code if turn.room is not None else ""
    held = sorted(turn.roles, key=lambda role: (role.body != here, role.body != turn.structure.filter.code))
    role = f", {ROLE_TITLES[held[0].role]} van {turn.the(held[0].body)}" if held else ""
    return f"{turn.person.label} ({turn.person.organisation}{role})"


def by_proposer(turn: Turn, proposal: Proposal) -> str:
    """ "vng.ao.1 (VNG)": who made it, for those who confirm."""
    return f"{turn.person_named(proposal.proposer)} ({turn.organisation_of(proposal.proposer)})"


def withdraw_open(turn: Turn, group: Workgroup, why: str) -> None:
    """A proposal about a group that is over has nothing left to decide."""
    for one in turn.store.proposals(about=group.code):
        turn.put(replace(one, state=ProposalState.WITHDRAWN, decided_at=turn.now, decided_because=why), why)
