"""!heropen: what is closed comes back to the filter, within a year; later it is a new signal (S16, C15)."""

from __future__ import annotations

from typing import Annotated

from commands.kit.declare import EVERYONE, About, Values, command
from commands.kit.signal_life import keeps, lies_again, number_of, raised, tell_weighers
from commands.kit.signals import place_of, save, sentence, tell_raisers
from commands.kit.turn import Outcome, Turn, done
from commands.rules import lifecycle
from commands.words.people import RoleName
from commands.words.signal import Signal, SignalState
from commands.words.verdict import Refused

#: Roles in the filter that bring a signal back (S16: "lid AO"); the chair and the secretary are of the filter too.
OF_THE_FILTER = (RoleName.CHAIR, RoleName.SECRETARY, RoleName.MEMBER, RoleName.SUBSTANCE)


def _is_closed(values: Values) -> bool:
    return values["signal"].state is SignalState.CLOSED


@command(
    "heropen",
    aliases=("heropenen",),
    help="Heropen een gesloten signaal, met de reden.",
    example="!heropen 14 want het knelpunt speelt opnieuw",
    who=EVERYONE,
)
def heropen(
    turn: Turn,
    signal: Annotated[Signal, About("het signaal", "id")],
    because: Annotated[
        str | None,
        About(
            "de reden",
            "reden",
            words=("want", "omdat"),
            greedy=True,
            rest=True,
            ask="Waarom speelt het opnieuw?",
            when=_is_closed,
        ),
    ] = None,
) -> Outcome:
    place = turn.structure.filter
    raiser, keeper = raised(turn, signal), keeps(turn, signal)
    member = any(turn.holds(role, place.code) for role in OF_THE_FILTER)
    settles = any(turn.holds(role, signal.lies_with) for role in (RoleName.CHAIR, RoleName.SECRETARY))
    reason = because or ""
    verdict = lifecycle.may_reopen(
        signal,
        reason,
        turn.today,
        turn.structure,
        party_to_it=raiser or keeper or member,
        adds=raiser or keeper,
        answers=settles or keeper,
    )
    if isinstance(verdict, Refused):
        return verdict
    before = place_of(turn, signal)
    save(turn, lifecycle.reopened(signal, place.code, reason, turn.now), f"heropend: {reason}")
    again = lies_again(turn)
    tell_weighers(turn, signal, f"heropend: {sentence(reason)} Het {again}. Wegen: !weeg {number_of(signal)}.")
    tell_raisers(turn, signal, f"heropend: {sentence(reason)} Het {again}.")
    was = f" Het lag bij {before.the}." if before.code != place.code else ""
    return done(f"{signal.id} is heropend. Het {again}.{was}", about=(signal.id,), deed=f"{signal.id} heropend")
