"""!ophef: propose that a working group is over; everything that is open gets a new place (W7, INV-11, INV-15, C37)."""

from __future__ import annotations

from typing import Annotated

from commands.kit.declare import About, Right, Where, command
from commands.kit.group_ends import open_things
from commands.kit.group_proposals import by_speaker, may_propose_about, offers_on, propose, put_before
from commands.kit.groups import group_meant, place_fits, places_for
from commands.kit.ports import Option
from commands.kit.reply import say
from commands.kit.signals import sentence
from commands.kit.trekkers import keeps_a_trekker
from commands.kit.turn import Ask, Outcome, Reply, Turn, done
from commands.rules import group_life as rules
from commands.rules import ways
from commands.words.people import RoleName
from commands.words.proposal import ProposalKind, Terms
from commands.words.signal import PolicyChange
from commands.words.structure import Body
from commands.words.verdict import Refused
from commands.words.workgroup import Workgroup

_POLICY = tuple(Option(word, word) for word in ("ja", "nee", "naderbezien"))
_SURE = (Option("ja", "ja"), Option("nee", "nee"))


@command(
    "ophef",
    aliases=("opheffen",),
    help="Stel voor een werkgroep op te heffen; wat open staat krijgt een plek.",
    example="!ophef WG-LOOD naar AO",
    who=(
        *(
            Right(role, Where.FILTER, propose=True)
            for role in (RoleName.MEMBER, RoleName.SUBSTANCE, RoleName.SECRETARY, RoleName.CHAIR)
        ),
        *(Right(role, Where.GROUP, propose=True) for role in (RoleName.CHAIR, RoleName.LEAD)),
    ),
    otherwise="vraag het wie de groep leidt.",
)
def ophef(
    turn: Turn,
    group: Annotated[Body | None, About("de werkgroep", "groep", words=("van",), bare=True)] = None,
    open_to: Annotated[Body | None, About("waar gaat heen wat open staat", "open-naar", words=("naar",))] = None,
    policy: Annotated[
        PolicyChange | None, About("beleid aanpassen: ja, nee of naderbezien", "beleid", field_only=True)
    ] = None,
    waived: Annotated[str | None, About("waarom er geen eindevaluatie is", "zonder-evaluatie", greedy=True)] = None,
    advice: Annotated[str | None, About("het eindadvies", "advies", words=("want",), greedy=True, rest=True)] = None,
    sure: Annotated[bool | None, About("zeker weten", "zeker", field_only=True)] = None,
) -> Outcome:
    if group is not None and not group.is_group:
        return Refused(
            f"{group.capital} is vast overleg en kan niet worden opgeheven. {ways.SEE_GROUPS}", code="INV-11"
        )
    one = turn.store.get(Workgroup, group.code) if group is not None else group_meant(turn)
    if one is None:
        return Ask("group", "Welke werkgroep?")
    if one.is_programme:
        return Refused(f"{one.code} is een programma: !programma beeindig {one.code}.", code="E11")
    allowed = may_propose_about(turn, one, "opheffen")
    if isinstance(allowed, Refused):
        return allowed
    left = open_things(turn, one)
    verdict = rules.may_end(one, left, open_to.code if open_to else None, waived or "")
    if isinstance(verdict, Refused):
        return Ask("open_to", verdict.because, places_for(turn, one)) if verdict.code == "INV-15" else verdict
    asked = place_fits(turn, one, open_to) or _still_needed(one, advice, policy)
    if asked is not None:
        return asked
    led = keeps_a_trekker(turn, one)
    if isinstance(led, Refused):
        return led
    where = f" {left.to(open_to.the)}" if left and open_to else ""
    if sure is None:
        return Ask("sure", f"{one.name} opheffen?{where}", _SURE)
    if not sure:
        return done("Goed, er is niets veranderd.")
    terms = Terms(
        advice=advice or "", policy_change=policy, open_to=open_to.code if open_to else None, waived=waived or ""
    )
    proposal = propose(turn, one, ProposalKind.END_GROUP, advice or one.advice, terms)
    if isinstance(proposal, Refused):
        return proposal
    lines = [
        f"{proposal.id}: {by_speaker(turn)} stelt voor {one.name} op te heffen.{where}",
        f"Eindadvies: {sentence(advice or one.advice)}",
        f"Zonder eindevaluatie: {sentence(waived)}" if waived and not rules.is_evaluated(one) else "",
    ]
    waits = put_before(turn, proposal, [line for line in lines if line])
    said = f"{proposal.id}: {one.code} opheffen; {waits}.{where}"
    return Reply(say(said), (proposal.id, one.code), offers_on(proposal), deed=f"{proposal.id}: {one.code} opheffen")


def _still_needed(group: Workgroup, advice: str | None, policy: PolicyChange | None) -> Ask | None:
    """W6, R-071: what was not asked when it was wound up."""
    if not advice and not group.advice:
        return Ask("advice", f"Wat is het eindadvies van {group.code}? Een paar zinnen is genoeg.")
    if policy is None and group.policy_change is None:
        return Ask("policy", "Is aanpassing van beleid nodig: ja, nee of naderbezien?", _POLICY)
    return None
