"""May an agreement be made, move on or end, and what do its words have to say? (domain.md §2.8, INV-25…INV-27)"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from commands.rules import ways
from commands.rules.actions import Hand
from commands.rules.decisions import may_overrule
from commands.words.agreement import (
    LIVE_AGREEMENTS,
    Agreement,
    AgreementState,
    Feasible,
    MonitoringEntry,
    Pdca,
    Progress,
    Variant,
)
from commands.words.decision import Decision, DecisionState
from commands.words.signal import Track
from commands.words.structure import Body, Structure
from commands.words.verdict import Allowed, Refused, Verdict

#: What *act* comes to (R-059).
ACTS = ("voortzetten", "bijstellen", "stoppen")
#: The states that end an agreement by a word of its body or a higher one.
ENDINGS = (AgreementState.NOT_REALISED, AgreementState.LAPSED)
#: How the history names who was asked, or offered, to lead an agreement, and who leads it from then on.
LEAD_OFFERED, LEAD_WANTED, LEAD_PASSED = "trekken gevraagd aan ", "trekken gevraagd door ", "trekker wordt "
LEAD_DECLINED = "trekken afgewezen, voor "
_WORD = re.compile(r"[^\W\d_]{2,}")


# --- whom it binds ---------------------------------------------------------------------------------------------------
def binds_only_parties(binds: Sequence[str], structure: Structure) -> Verdict:
    """INV-25, R-163: standing parties and nobody else."""
    known = [party.code for party in structure.parties]
    strange = [code for code in binds if code not in known]
    if strange:
        return Refused(f"{strange[0]} is geen partij bij deze afspraken. Wel: {', '.join(known)}.", code="INV-25")
    return (
        Allowed()
        if binds
        else Refused(f"Een afspraak bindt minstens één partij. Noem er een, zoals: bindt {known[0]}.", code="INV-25")
    )


def not_bound(binds: Sequence[str], structure: Structure) -> tuple[str, ...]:
    """R-137: the members of the parties it binds, whom it does not bind by itself."""
    return tuple(party.members for party in structure.parties if party.code in binds and party.members)


# --- who leads it (INV-26, R-165) ----------------------------------------------------------------------------------
def may_pass_on(agreement: Agreement, *, to: str, by: str, gives: bool, agreed: Sequence[str]) -> Hand | Refused:
    """Another trekker, who says yes first; until then it stays. `gives`: whether `by` may answer for the agreement;
    `agreed` are the people (by id) whose yes to this same new trekker is in the record, the present trekker included.
    """
    if to == agreement.lead:
        return Refused("Dat is al de trekker.", code="E14")
    if agreement.state not in LIVE_AGREEMENTS:
        return Refused(
            f"{agreement.id} is {agreement.state}; een andere trekker heeft geen zin. {ways.look(agreement.id)}",
            code="E12",
        )
    if by == to:
        return Hand.DONE if gives or agreement.lead in agreed else Hand.ASK_HOLDER
    if not gives:
        return Refused("Een andere trekker vraagt de trekker zelf of de secretaris.", code="E04")
    return Hand.DONE if to in agreed else Hand.ASK_NEW


def agreed_to_lead(agreement: Agreement, to: str, whys: Sequence[str]) -> tuple[str, ...]:
    """Who said yes to this new trekker since it last changed or one of the two said no; `whys` are the reasons in its
    history, newest first."""
    found: list[str] = []
    for why in whys:
        no = why.startswith(LEAD_DECLINED) and why.removeprefix(LEAD_DECLINED).partition(":")[0] == to
        if no or why.startswith((LEAD_PASSED, "ongedaan gemaakt")):
            break
        if why == f"{LEAD_OFFERED}{to}":
            found.append(agreement.lead)
        if why == f"{LEAD_WANTED}{to}":
            found.append(to)
    return tuple(found)


# --- how it stands (R-155, R-160, INV-27) ----------------------------------------------------------------------------
def may_progress(agreement: Agreement, to: Progress, *, evidence: str, meaning: str, because: str) -> Verdict:
    """domain.md §2.8: forward freely, back with a reason; realised only with evidence, and while encouraging always
    in words: what has begun to move.
    """
    if agreement.state not in LIVE_AGREEMENTS:
        return Refused(f"{agreement.id} is {agreement.state}. {ways.look(agreement.id)}", code="E12")
    steps = list(Progress)
    if steps.index(to) < steps.index(agreement.progress) and not because:
        return Refused(f"Van {agreement.progress} terug naar {to}: waarom?", code="WHY")
    if to is Progress.REALISED and not (evidence or agreement.evidence):
        return Refused("Waar blijkt dat uit? Geef een bewijs of een voorbeeld.", code="INV-27")
    if agreement.track is Track.ENCOURAGE and not in_words(meaning):
        return Refused("Bij aanjagen graag in woorden: wat is er in beweging gekomen?", code="INV-27-words")
    return Allowed()


def in_words(text: str) -> bool:
    """More than a number or one word."""
    return len(_WORD.findall(text)) > 1


def progressed(
    agreement: Agreement,
    entry: MonitoringEntry,
    evidence: str,
) -> Agreement:
    """With one more look at how it stands; earlier ones stay."""
    return replace(
        agreement,
        progress=entry.progress,
        in_time=entry.in_time,
        in_money=entry.in_money,
        meaning=entry.meaning or agreement.meaning,
        evidence=evidence or agreement.evidence,
        entries=(*agreement.entries, entry),
    )


def standing(agreement: Agreement) -> str:
    """ "in uitvoering · tijd haalbaar · geld doorpakken nodig"; what is not known is left out."""
    parts = [str(agreement.progress)]
    for name, value in (("tijd", agreement.in_time), ("geld", agreement.in_money)):
        if value is not Feasible.UNKNOWN:
            parts.append(f"{name} {value}")
    return " · ".join(parts)


def with_variant(agreement: Agreement, region: str, text: str) -> Agreement:
    """R-171: how a region carries it out; a second word on a region replaces the first."""
    kept = tuple(one for one in agreement.variants if one.region.casefold() != region.casefold())
    return replace(agreement, variants=(*kept, Variant(region, text)))


# --- the cycle (R-059) -----------------------------------------------------------------------------------------------
def may_turn(agreement: Agreement, to: Pdca, act: str, decision: Decision | None, structure: Structure) -> Verdict:
    """plan → do → check → act, and from act a new round. *check* needs a look at how it stands; *act* a decision of the
    same body or a higher one to go on, adjust or stop.
    """
    steps = list(Pdca)
    following = steps[(steps.index(agreement.pdca) + 1) % len(steps)]
    if to is agreement.pdca:
        return Refused(f"{agreement.id} staat al op {to}.", code="E14")
    if to is not following:
        return Refused(
            f"Na {agreement.pdca} komt {following}. Typ !voortgang {agreement.id} {following}.", code="R-059"
        )
    if to is Pdca.CHECK and not agreement.entries:
        return Refused(f"Voor check is eerst een stand nodig: !voortgang {agreement.id}.", code="R-059")
    if to is Pdca.ACT:
        return _may_act(agreement, act, decision, structure)
    return Allowed()


def _may_act(agreement: Agreement, act: str, decision: Decision | None, structure: Structure) -> Verdict:
    if act not in ACTS:
        return Refused(f"Wat wordt het: {', '.join(ACTS[:-1])} of {ACTS[-1]}?", code="R-059-act")
    if decision is None:
        return Refused(f"Bij welk besluit? {act.capitalize()} gebeurt met een besluit.", code="R-059-decision")
    body = structure.body(decision.body)
    if decision.state is DecisionState.LAPSED or body is None or not may_overrule(agreement.body, body, structure):
        return Refused(
            f"{decision.id} beslist hier niet over: het is van {decision.body}. Noem een ander besluit.", code="R-059"
        )
    return Allowed()


# --- the end ---------------------------------------------------------------------------------------------------------
def may_end(agreement: Agreement, bodies: Sequence[Body], because: str, structure: Structure) -> Verdict:
    """domain.md §2.8: *niet gerealiseerd*, *vervallen* and *vervangen* only by the body that made it, or a higher one.
    `bodies` are those the person may speak for today.
    """
    if agreement.state not in LIVE_AGREEMENTS:
        return Refused(f"{agreement.id} is {agreement.state}. {ways.look(agreement.id)}", code="E12")
    if not any(may_overrule(agreement.body, body, structure) for body in bodies):
        owner = structure.body(agreement.body)
        above = structure.above(owner) if owner else None
        who = f"{owner.the if owner else agreement.body}{f' of {above.the}' if above else ''}"
        return Refused(
            f"{agreement.id} laten vervallen of vervangen kan alleen {who}. {ways.look(agreement.id)}", code="INV-23"
        )
    return Allowed() if because else Refused("Waarom?", code="WHY")


# --- the term (R-114) ------------------------------------------------------------------------------------------------
def term_in_words(agreement: Agreement, say: str) -> str:
    """ "uiterlijk do 1 apr 2027", "streefdatum do 1 apr 2027" or "doorlopend"; `say` is the day in words."""
    return f"{agreement.due_kind} {say}" if agreement.due is not None else "doorlopend"


def is_past(agreement: Agreement, today: date) -> bool:
    """A hard or target date that has gone by while it is not realised."""
    open_still = agreement.state in LIVE_AGREEMENTS and agreement.progress is not Progress.REALISED
    return open_still and agreement.due is not None and agreement.due < today
