"""!intrek: the raiser takes a signal back; after the weighing with the agreement of the chair (S8, C14)."""

from __future__ import annotations

from typing import Annotated

from commands.kit.declare import EVERYONE, About, command
from commands.kit.items import take_off_agendas
from commands.kit.signal_life import about, raised, tell_place
from commands.kit.signals import asked_chair, leads, raisers, save, sentence
from commands.kit.turn import Outcome, Turn, done
from commands.rules import lifecycle
from commands.words.action import ActionState
from commands.words.people import Person
from commands.words.signal import Signal
from commands.words.verdict import Refused


@command(
    "intrek",
    aliases=("intrekken",),
    help="Trek je eigen signaal in; na de weging met akkoord van de voorzitter.",
    example="!intrek 14 want het is opgelost in de regio",
    who=EVERYONE,
)
def intrek(
    turn: Turn,
    signal: Annotated[Signal, About("het signaal", "id")],
    because: Annotated[str | None, About("de reden", "reden", words=("want", "omdat"), greedy=True, rest=True)] = None,
    request: Annotated[Person | None, About("op verzoek van welke indiener", "verzoek")] = None,
    ask_chair: Annotated[bool | None, About("de voorzitter vragen", "vraagvoorzitter")] = None,
) -> Outcome:
    owner = turn.need_body(signal.owner)
    everyone = raisers(turn, signal)
    raiser = raised(turn, signal)
    agreed = leads(turn, owner) and (raiser or (request is not None and request.id in everyone))
    others = any(person != turn.person.id for person in everyone)
    proposals = turn.store.proposals(about=signal.id)
    verdict = lifecycle.may_withdraw(signal, owner, raiser=raiser, agreed=agreed, others=others, proposals=proposals)
    if isinstance(verdict, Refused):
        if not (ask_chair and verdict.instead is not None):
            return verdict
        parts = {"signal": signal.id, "because": because or "", "request": f"@{turn.person.id}"}
        why = f", want {because}" if because else ""
        return asked_chair(turn, owner, "intrek", parts, f"{signal.id} ({signal.title}) intrekken{why}", signal.id)
    reason = f" Reden: {sentence(because)}" if because else ""
    by = f"ingetrokken door {(request or turn.person).label}.{reason}"
    if signal.state not in lifecycle.UNWEIGHED:
        tell_place(turn, signal, by)
    # Who asked in private hears the chair's answer there: one event, one message.
    answered = request.id if request is not None and turn.room is None else ""
    for person in everyone:
        if person != answered:
            turn.tell(person, about(signal, by), about=(signal.id,))
    take_off_agendas(turn, signal, "ingetrokken")
    asked = f"op verzoek van {request.id}" if request is not None and request.id != turn.person.id else ""
    save(turn, lifecycle.withdrawn(signal, turn.now), "; ".join(part for part in (because, asked) if part))
    actions = turn.store.actions(signal=signal.id, states=(ActionState.OPEN, ActionState.REQUESTED))
    left = f" Nog open: {', '.join(action.id for action in actions)}." if actions else ""
    return done(f"{signal.id} ingetrokken.{left}", about=(signal.id,), deed=f"{signal.id} ingetrokken")
