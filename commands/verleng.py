"""!verleng: propose that a group goes on until a later date; after an evaluation only (W5, INV-13, C36)."""

from __future__ import annotations

from typing import Annotated

from commands.kit import dates
from commands.kit.arguments import Deadline
from commands.kit.declare import About, Right, Where, command
from commands.kit.evaluating import id_under_way
from commands.kit.group_proposals import by_speaker, may_propose_about, offers_on, propose, put_before
from commands.kit.groups import group_meant
from commands.kit.reply import say
from commands.kit.signals import sentence
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules.group_life import confirmed_by, may_extend
from commands.words.people import RoleName
from commands.words.proposal import ProposalKind, Terms
from commands.words.verdict import Refused
from commands.words.workgroup import Workgroup

PROPOSE = (
    *(
        Right(role, Where.FILTER, propose=True)
        for role in (RoleName.MEMBER, RoleName.SUBSTANCE, RoleName.SECRETARY, RoleName.CHAIR)
    ),
    *(Right(role, Where.GROUP, propose=True) for role in (RoleName.CHAIR, RoleName.LEAD)),
)


@command(
    "verleng",
    aliases=("verlengen",),
    help="Stel voor een werkgroep of programma te verlengen, na de evaluatie.",
    example="!verleng WG-PFAS tot 31 januari 2028 want de plannen lopen nog",
    who=PROPOSE,
    otherwise="vraag het wie de groep leidt.",
)
def verleng(
    turn: Turn,
    group: Annotated[
        Workgroup | None, About("de werkgroep of het programma", "groep", words=("van",), bare=True)
    ] = None,
    end: Annotated[
        Deadline | None,
        About(
            "tot wanneer",
            "tot",
            words=("tot",),
            also=("einde", "einddatum"),
            greedy=True,
            trailing=True,
            endless="Een werkgroep heeft een einddatum. Een half jaar?",
        ),
    ] = None,
    because: Annotated[str | None, About("de reden", "reden", words=("want", "omdat"), greedy=True, rest=True)] = None,
) -> Outcome:
    group = group or group_meant(turn)
    if group is None:
        return Ask("group", "Welke werkgroep of welk programma?")
    allowed = may_propose_about(turn, group, "verlengen")
    if isinstance(allowed, Refused):
        return allowed
    running = id_under_way(turn, group)
    for day in (None, end):
        verdict = may_extend(group, day, turn.today, turn.thresholds, under_way=running)
        if isinstance(verdict, Refused):
            return verdict if day is None else Ask("end", f"{verdict.because} Tot wanneer?")
    if end is None:
        return Ask("end", "Tot wanneer?")
    if not because:
        return Ask("because", "Waarom verlengen? Eén regel is genoeg.")
    proposal = propose(turn, group, ProposalKind.EXTEND_GROUP, because, Terms(end=end))
    if isinstance(proposal, Refused):
        return proposal
    evaluated = f" Geëvalueerd op {dates.say_short(group.evaluated_on)}." if group.evaluated_on else ""
    lines = (
        f"{proposal.id}: {by_speaker(turn)} stelt voor {group.name} te verlengen tot en met {dates.say_day(end)}.",
        f"Reden: {sentence(because)}{evaluated}",
    )
    waits = put_before(turn, proposal, lines)
    then = "".join(f" Daarna {body.the}." for body in confirmed_by(group, proposal.kind, turn.structure)[1:])
    said = f"{proposal.id}: {group.code} verlengen tot {dates.say_short(end)}; {waits}.{then}"
    return Reply(
        say(said), (proposal.id, group.code), offers_on(proposal), deed=f"{proposal.id}: {group.code} verlengen"
    )
