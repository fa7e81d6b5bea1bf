"""!vulaan: the raiser or the secretary adds to a signal; what was held is weighed again (S3, C04)."""

from __future__ import annotations

from typing import Annotated

from commands.kit.declare import EVERYONE, About, command
from commands.kit.signal_life import keeps, lies_again, number_of, opening, raised, tell_place, tell_weighers
from commands.kit.signals import save, tell_raisers
from commands.kit.turn import Outcome, Turn, done
from commands.rules import lifecycle
from commands.words.signal import Signal, SignalState
from commands.words.verdict import Instead, Refused


@command(
    "vulaan",
    aliases=("aanvulling",),
    help="Vul een signaal aan, of beantwoord een vraag erover.",
    example="!vulaan 14 het gaat om vijf gemeenten",
    who=EVERYONE,
)
def vulaan(
    turn: Turn,
    signal: Annotated[Signal, About("het signaal", "id")],
    text: Annotated[str, About("wat erbij komt", "tekst", greedy=True, rest=True, length="any", ask="Wat komt erbij?")],
    answers: Annotated[bool | None, About("als antwoord op de vraag", "antwoord")] = None,
) -> Outcome:
    raiser = raised(turn, signal)
    verdict = lifecycle.may_add(signal, text, raiser=raiser, secretary=keeps(turn, signal))
    if isinstance(verdict, Refused):
        return verdict
    if answers and signal.state is not SignalState.HELD:
        # The question was answered before: what is said under it now may be meant for someone else.
        way = Instead("", {"answers": ""}, "Dit toch bij het signaal zetten?")
        return Refused(f"Bij {signal.id} staat geen vraag meer open.", way, "E12")
    after = lifecycle.added_to(signal, text, turn.now)
    save(turn, after, f"aangevuld: {text}")
    who = f"{turn.person.label} ({turn.person.organisation})"
    if not raiser:
        tell_raisers(turn, signal, f"aangevuld door {who}: {opening(text)}")
    deed = f"{signal.id} aangevuld"
    if signal.state is not SignalState.HELD:
        tell_place(turn, signal, f"aangevuld door {who}: {opening(text)}")
        return done(f"Toegevoegd aan {signal.id}.", about=(signal.id,), deed=deed)
    again = lies_again(turn)
    tell_weighers(turn, signal, f"{who} antwoordt: {opening(text)} Het {again}. Wegen: !weeg {number_of(signal)}.")
    return done(f"Toegevoegd aan {signal.id}. Het {again}.", about=(signal.id,), deed=deed)
