"""Which proposals wait for a decision of this person, when none was named (S17, dialogue.md §1.4)."""

from __future__ import annotations

from commands.kit.ports import Option
from commands.kit.turn import Ask, Turn
from commands.words.people import RoleName
from commands.words.proposal import Proposal
from commands.words.signal import Signal
from commands.words.verdict import Refused
from commands.words.workgroup import Workgroup


def waiting(turn: Turn) -> tuple[Proposal, ...]:
    """The open proposals that this person decides about as the chair of a fixed body, oldest first."""
    led = [body for body in turn.structure.tiers if turn.holds(RoleName.CHAIR, body.code)]
    found = [one for body in led for one in turn.store.proposals(confirms=body.code)]
    return tuple(one for one in found if one.proposer != turn.person.id)


def subject(turn: Turn, proposal: Proposal) -> str:
    """What a proposal is about: "SIG-2027-001, Baggerdepots zitten vol", "verlengen WG-PFAS, Werkgroep PFAS"."""
    signal = turn.store.get(Signal, proposal.about)
    if signal is not None:
        return f"{signal.id}, {signal.title}"
    group = turn.store.get(Workgroup, proposal.about)
    return f"{proposal.kind} {group.code}, {group.name}" if group is not None else f"{proposal.kind} {proposal.about}"


def waiting_for(part: str, turn: Turn) -> Ask | Refused | None:
    """The question which of them is meant, or that none waits; None for who decides about no proposals."""
    if not any(turn.holds(RoleName.CHAIR, body.code) for body in turn.structure.tiers):
        return None
    found = waiting(turn)
    if not found:
        you = "u" if turn.formal else "je"
        none = "Er ligt geen voorstel dat op een besluit wacht."
        return Refused(f"{none} Wat er voor {you} openstaat, staat bij !mijn.", code="E03")
    numbers = [one.id.rsplit("-", 1)[-1].lstrip("0") for one in found]
    labels = numbers if len(set(numbers)) == len(numbers) else [one.id for one in found]
    options = tuple(Option(label, one.id) for label, one in zip(labels, found, strict=True))
    if len(found) == 1:
        return Ask(part, f"{found[0].id} ({subject(turn, found[0])})?", options)
    lines = [f"{label} ({subject(turn, one)})" for label, one in zip(labels, found, strict=True)]
    return Ask(part, f"Welk voorstel: {', '.join(lines[:-1])} of {lines[-1]}?", options)
