"""!spoor: propose the other track for a signal, an action or a group; a chair confirms (C44, R-204)."""

from __future__ import annotations

from typing import Annotated

from commands.kit.declare import About, Right, Where, command
from commands.kit.group_proposals import by_speaker, offers_on, put_before
from commands.kit.records import choose, from_context
from commands.kit.reply import say
from commands.kit.signals import sentence
from commands.kit.tracks import decider
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ways
from commands.rules.tracks import Tracked, consequence, may_change_track
from commands.rules.visibility import may_see_body
from commands.words.action import Action
from commands.words.agreement import Agreement
from commands.words.people import RoleName
from commands.words.proposal import Proposal, ProposalKind, ProposalState, Terms
from commands.words.signal import Signal, Track
from commands.words.verdict import Refused
from commands.words.workgroup import Workgroup

PROPOSERS = (RoleName.MEMBER, RoleName.SUBSTANCE, RoleName.SECRETARY, RoleName.CHAIR)


@command(
    "spoor",
    help="Stel voor dat een signaal, actie of groep naar het andere spoor gaat: aanspreken of aanjagen.",
    example="!spoor WG-BODEMMON aanjagen want de aanpak is nog open",
    who=(
        *(Right(role, Where.TIER, propose=True) for role in PROPOSERS),
        *(Right(role, Where.GROUP, propose=True) for role in (RoleName.CHAIR, RoleName.LEAD)),
    ),
    otherwise="vraag het een lid van het overleg waar het ligt.",
)
def spoor(
    turn: Turn,
    item: Annotated[Signal | Action | Agreement | None, About("het signaal of de actie", "id")] = None,
    group: Annotated[Workgroup | None, About("de werkgroep of het programma", "groep")] = None,
    to: Annotated[Track | None, About("aanspreken of aanjagen", "spoor", words=("naar",), bare=True)] = None,
    because: Annotated[str | None, About("de reden", "reden", words=("want", "omdat"), rest=True)] = None,
) -> Outcome:
    found = item or group
    if found is None:
        near = from_context((Signal, Action, Workgroup), turn)
        one = choose(near, "item", turn) if near else Ask("item", "Waarvan wijzigt het spoor? Een nummer is genoeg.")
        if isinstance(one, Ask):
            return one
        found = one  # type: ignore[assignment]
    if isinstance(found, Agreement):
        return Refused(
            f"Een vastgestelde afspraak wijzigt alleen het gremium dat haar maakte. {ways.look(found.id)}",
            code="INV-23",
        )
    if found is None or (isinstance(found, Workgroup) and not _sees(turn, found)):
        return Refused("Die groep bestaat niet. Kijk bij !werkgroepen.", code="E03")
    if to is None:
        return Ask("to", "Naar welk spoor: aanspreken of aanjagen?", parts={})
    verdict = may_change_track(found, to)
    if isinstance(verdict, Refused):
        return verdict
    waiting = turn.store.proposals(about=found.id)
    if waiting:
        return Refused(
            f"Over {found.id} wacht al een voorstel: {waiting[0].id}. {ways.look(waiting[0].id)}", code="INV-07"
        )
    if not because:
        return Ask("because", "Waarom? Wie bekrachtigt leest dit.")
    return _propose(turn, found, to, because)


def _sees(turn: Turn, group: Workgroup) -> bool:
    return may_see_body(turn.viewer, group.as_body(), turn.structure)


def _propose(turn: Turn, item: Tracked, to: Track, because: str) -> Outcome:
    place = decider(turn, item)
    proposal = Proposal(
        id=turn.new_id("VST"),
        kind=ProposalKind.CHANGE_TRACK,
        about=item.id,
        proposer=turn.person.id,
        because=because,
        confirms=place.code,
        state=ProposalState.SUBMITTED,
        made_at=turn.now,
        terms=Terms(track=to),
    )
    turn.put(proposal, because)
    title = {Signal: "title", Action: "text", Workgroup: "name"}[type(item)]
    lines = (
        f"{proposal.id}: {by_speaker(turn)} stelt voor dat {item.id} "
        f"({getattr(item, title)}) naar het spoor {to} gaat. {consequence(to)}",
        f"Waarom: {sentence(because)}",
    )
    waits = put_before(turn, proposal, lines)
    return Reply(
        say(f"{proposal.id}: {item.id} naar {to}; {waits}. {consequence(to)}"),
        (proposal.id, item.id),
        offers_on(proposal),
        deed=f"{proposal.id}: {item.id} naar {to} voorgesteld",
    )
