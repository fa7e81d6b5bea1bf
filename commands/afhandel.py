"""!afhandel: the outcome of a signal; the raisers still have to hear it (S13, S14, R-051, R-053)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit.declare import About, Right, Values, Where, command
from commands.kit.items import take_off_agendas
from commands.kit.signals import asked_chair, may_decide, place_of, raisers, recorded, save
from commands.kit.turn import Ask, Outcome, Turn, done
from commands.rules import ladder, ways
from commands.words.action import ActionState
from commands.words.meeting import ItemOutcome
from commands.words.people import RoleName
from commands.words.signal import PolicyChange, Signal, SignalKind
from commands.words.verdict import Instead, Refused

ROLES = (RoleName.CHAIR, RoleName.SECRETARY)
PROPOSE = (RoleName.MEMBER, RoleName.SUBSTANCE)


def _is_trend(values: Values) -> bool:
    return values["signal"].kind is SignalKind.TREND and values["signal"].state in ladder.MOVING


@command(
    "afhandel",
    aliases=("sluitaf",),
    help="Handel een signaal af, met de uitkomst.",
    example="!afhandel 14 de handreiking is gepubliceerd",
    who=(*(Right(role, Where.TIER) for role in ROLES), *(Right(role, Where.TIER, propose=True) for role in PROPOSE)),
)
def afhandel(
    turn: Turn,
    signal: Annotated[Signal, About("het signaal", "id")],
    outcome: Annotated[
        str, About("de uitkomst", "uitkomst", greedy=True, rest=True, ask="Wat is de uitkomst? De indiener leest dit.")
    ],
    policy: Annotated[
        PolicyChange | None,
        About(
            "beleid aanpassen: ja, nee of naderbezien",
            "beleid",
            ask="Is aanpassing van beleid nodig: ja, nee of naderbezien?",
            when=_is_trend,
        ),
    ] = None,
    mandate: Annotated[bool | None, About("binnen het mandaat", "mandaat")] = None,
    despite: Annotated[str | None, About("waarom met open acties", "reden", greedy=True)] = None,
    ask_chair: Annotated[bool | None, About("de voorzitter vragen", "vraagvoorzitter")] = None,
) -> Outcome:
    place = place_of(turn, signal)
    if place.is_group:
        return Refused(f"{signal.id} ligt bij {place.name}. Die meldt het eerst gereed met !gereed.", code="E12")
    actions = turn.store.actions(signal=signal.id, states=(ActionState.OPEN, ActionState.REQUESTED))
    verdict = ladder.may_settle(signal, place, turn.structure, actions, despite or "")
    if isinstance(verdict, Refused):
        return Ask("despite", verdict.because) if verdict.code == "C12" else verdict
    verdict = ladder.one_open_proposal(turn.store.proposals(about=signal.id))
    if isinstance(verdict, Refused):
        return verdict
    if mandate is False:
        above = turn.structure.above(place)
        because = f"Buiten het mandaat van {place.the} kan {place.the} dit niet afdoen."
        if above is None:
            return Refused(f"{because} {ways.ask_secretary(place.the)}", code="R-051")
        return Refused(because, Instead("escaleer", {"signal": signal.id}, f"Naar {above.the}?"), "R-051")
    if ask_chair:
        parts = {"signal": signal.id, "outcome": outcome, "policy": str(policy or ""), "despite": despite or ""}
        return asked_chair(turn, place, "afhandel", parts, f"{signal.id} afhandelen: {outcome}", signal.id)
    verdict = may_decide(turn, place, "afhandelen")
    if isinstance(verdict, Refused):
        return verdict
    take_off_agendas(turn, signal, "afgehandeld", outcome=ItemOutcome.DECIDED)
    within = "binnen mandaat; " if place.code == turn.structure.filter.code else ""
    after = replace(ladder.settled(signal, outcome, turn.now), policy_change=policy or signal.policy_change)
    save(turn, after, recorded(turn, place, f"{within}{outcome}" + (f"; open acties: {despite}" if despite else "")))
    number = signal.id.rsplit("-", 1)[-1].lstrip("0")
    many = len(raisers(turn, signal))
    who = "de indiener" if many == 1 else f"{many} indieners"
    return done(
        f"{signal.id} afgehandeld door {place.the}{', binnen mandaat' if within else ''}. "
        f"Nog nodig: !terugkoppeling {number} aan {who}.",
        about=(signal.id,),
        deed=f"{signal.id} afgehandeld",
    )
