"""!deescaleer: a higher body gives a signal back; the lower one owns it and decides itself (S18, R-017)."""

from __future__ import annotations

from typing import Annotated

from commands.kit.declare import About, Right, Where, command
from commands.kit.items import take_off_agendas
from commands.kit.reply import Strong, say
from commands.kit.signals import asked_chair, may_decide, place_of, recorded, save, sentence, tell_raisers
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ladder
from commands.words.meeting import ItemOutcome
from commands.words.people import RoleName
from commands.words.signal import Signal
from commands.words.verdict import Refused

ROLES = (RoleName.CHAIR, RoleName.SECRETARY)
PROPOSE = (RoleName.MEMBER, RoleName.SUBSTANCE)


@command(
    "deescaleer",
    aliases=("de-escaleer", "teruggeven"),
    help="Geef een signaal terug aan het overleg eronder.",
    example="!deescaleer 14 want het AO kan dit zelf afhandelen",
    who=(*(Right(role, Where.TIER) for role in ROLES), *(Right(role, Where.TIER, propose=True) for role in PROPOSE)),
)
def deescaleer(
    turn: Turn,
    signal: Annotated[Signal, About("het signaal", "id")],
    because: Annotated[str | None, About("de reden", "reden", words=("want", "omdat"), greedy=True, rest=True)] = None,
    ask_chair: Annotated[bool | None, About("de voorzitter vragen", "vraagvoorzitter")] = None,
) -> Outcome:
    origin = place_of(turn, signal)
    for verdict in (
        ladder.may_give_back(signal, origin, turn.structure),
        ladder.one_open_proposal(turn.store.proposals(about=signal.id)),
    ):
        if isinstance(verdict, Refused):
            return verdict
    below = turn.structure.below(origin)
    if below is None:
        raise LookupError(origin.code)
    if not because:
        return Ask("because", f"Waarom terug naar {below.the}? De indiener leest dit.")
    if ask_chair:
        parts = {"signal": signal.id, "because": because}
        return asked_chair(turn, origin, "deescaleer", parts, f"{signal.id} teruggeven aan {below.the}.", signal.id)
    verdict = may_decide(turn, origin, "teruggeven")
    if isinstance(verdict, Refused):
        return verdict
    take_off_agendas(turn, signal, f"terug naar {below.code}", outcome=ItemOutcome.GIVEN_BACK)
    save(turn, ladder.given_back(signal, below.code, turn.now), recorded(turn, origin, because))
    text = f" ({signal.title}) komt terug van {origin.the}: {sentence(because)} {below.capital} beslist zelf."
    turn.announce(below.code, say((Strong(signal.id), text)), about=(signal.id,))
    tell_raisers(turn, signal, f"is teruggegeven aan {below.the}. Reden: {because}")
    line = f"{signal.id} is teruggegeven: van {origin.the} naar {below.the}, dat nu eigenaar is en zelf beslist."
    return Reply(say(line), about=(signal.id,), deed=f"{signal.id} → {below.code}")
