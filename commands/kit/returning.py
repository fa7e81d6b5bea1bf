"""Reporting a delegated or assigned signal back to who gave it (S12, S20)."""

from __future__ import annotations

from commands.kit.register import Register
from commands.kit.reply import Strong, say
from commands.kit.signals import leads, place_of, save, tell_raisers
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ladder
from commands.words.people import Person, RoleName
from commands.words.signal import Signal
from commands.words.structure import Body
from commands.words.verdict import Refused


def reporter(turn: Register, signal: Signal, place: Body) -> Person | None:
    """Who may report back: in a group its chair, in a tier its secretary; nobody who may not see it (R-002)."""
    in_tier, in_group = (RoleName.SECRETARY, RoleName.CHAIR), (RoleName.CHAIR, RoleName.LEAD, RoleName.SECRETARY)
    order: tuple[RoleName, ...] = in_group if place.is_group else in_tier
    found = [person for role in order if (person := turn.person_with(role, place.code)) is not None]
    if place.is_group and place.parent and not found:
        above = turn.person_with(RoleName.SECRETARY, place.parent)
        found = [above] if above is not None else []
    return next((person for person in found if not (person.external and signal.sensitive)), None)


def report_back(turn: Turn, signal: Signal, result: str) -> Outcome:
    """The chair or secretary of the body where it lies reports; it goes back one hop. Asks for the result if empty."""
    place = place_of(turn, signal)
    verdict = ladder.may_report(signal, turn.store.proposals(about=signal.id))
    if isinstance(verdict, Refused):
        return verdict
    if not (leads(turn, place) or turn.holds(RoleName.SECRETARY, place.code)):
        return Refused(f"{signal.id} ligt bij {place.the}; gereed melden doet de voorzitter daarvan.", code="E04")
    if not result:
        return Ask("result", "Wat is het resultaat? Eén of twee zinnen.")
    giver = turn.need_body(signal.hops[-1].giver)
    save(turn, ladder.reported(signal, turn.now), f"gereed gemeld door {place.code}: {result}")
    text = f" ({signal.title}) is terug van {place.the}. Resultaat: {result}"
    turn.announce(giver.code, say((Strong(signal.id), text)), about=(signal.id,))
    tell_raisers(turn, signal, f"is terug bij {giver.the}, met een resultaat van {place.the}.")
    line = f"{signal.id} ligt weer bij {giver.the}, met dit resultaat."
    return Reply(say(line), about=(signal.id,), deed=f"{signal.id} → {giver.code}")
