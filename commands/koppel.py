"""!koppel: two signals about the same become one, and all raisers stay informed (S7, R-130, INV-09, C13)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit.declare import About, Right, Where, command
from commands.kit.items import move_on_agendas
from commands.kit.records import visible
from commands.kit.signals import asked_secretary, leads, place_of, raisers, save, tell_raisers
from commands.kit.turn import Outcome, Turn, done
from commands.rules import ladder
from commands.rules.merging import last_of_chain, may_merge, merged
from commands.words.action import ActionState
from commands.words.people import RoleName
from commands.words.signal import Signal
from commands.words.verdict import Refused


@command(
    "koppel",
    aliases=("samenvoegen",),
    help="Voeg een signaal samen met een ander over hetzelfde.",
    example="!koppel 14 aan 9",
    who=(
        Right(RoleName.CHAIR, Where.FILTER),
        Right(RoleName.SECRETARY, Where.FILTER),
        Right(RoleName.CHAIR, Where.GROUP),
        Right(RoleName.LEAD, Where.GROUP),
        Right(RoleName.MEMBER, Where.FILTER, propose=True),
        Right(RoleName.SUBSTANCE, Where.FILTER, propose=True),
    ),
    otherwise="vraag het de secretaris van het overleg dat weegt.",
)
def koppel(
    turn: Turn,
    signal: Annotated[
        Signal, About("het signaal dat opgaat in het andere", "id", ask="Welk signaal gaat op in een ander?")
    ],
    target: Annotated[
        Signal, About("het signaal dat blijft", "aan", words=("aan", "met", "in"), bare=True, ask="Aan welk signaal?")
    ],
) -> Outcome:
    if "signal" in turn.typed and "target" not in turn.typed:
        # "!koppel 9" under the message about 14: what the message is about goes up in what was typed.
        signal, target = target, signal
    end = last_of_chain(target, lambda id: turn.store.get(Signal, id))
    verdict = may_merge(signal, target, end, turn.structure.filter)
    if isinstance(verdict, Refused):
        return verdict if visible(end, turn) else replace(verdict, instead=None)
    verdict = ladder.one_open_proposal(turn.store.proposals(about=signal.id))
    if isinstance(verdict, Refused):
        return verdict
    if not _may(turn, signal, target):
        parts = {"signal": signal.id, "target": target.id}
        text = f"{signal.id} ({signal.title}) samenvoegen met {target.id} ({target.title})."
        return asked_secretary(turn, turn.structure.filter, "koppel", parts, text, signal.id)
    return _join(turn, signal, target)


def _may(turn: Turn, signal: Signal, target: Signal) -> bool:
    """The chair or secretary of the filter, on any day; the chair of a group what lies with that group (S7)."""
    place, within = turn.structure.filter, place_of(turn, signal)
    if leads(turn, place) or turn.holds(RoleName.SECRETARY, place.code):
        return True
    return within.is_group and leads(turn, within) and target.lies_with == within.code


def _join(turn: Turn, signal: Signal, target: Signal) -> Outcome:
    why = f"samengevoegd met {target.id}"
    old = raisers(turn, target)
    tell_raisers(turn, signal, f"gaat verder als {target.id}, namens {target.on_behalf_of}. Wat volgt, komt ook hier.")
    new = raisers(turn, signal)
    tell_raisers(turn, target, f"{signal.id}, namens {signal.on_behalf_of}, gaat hierin op.", but=new)
    items = move_on_agendas(turn, signal, target, why)
    actions = turn.store.actions(signal=signal.id, states=(ActionState.OPEN, ActionState.REQUESTED))
    for action in actions:
        turn.put(replace(action, signal=target.id), f"{signal.id} is {why}")
    save(turn, merged(signal, target, turn.now), why)
    many = len({*old, *new})
    who = {1: "De indiener blijft", 2: "Beide indieners blijven"}.get(many, f"Alle {many} indieners blijven")
    along = [*(action.id for action in actions), *(f"agendapunt {item.number}" for item in items)]
    moved = f" Daar {'hoort' if len(along) == 1 else 'horen'} nu ook {', '.join(along)} bij." if along else ""
    return done(
        f"{signal.id} is {why}. {who} op de hoogte.{moved}",
        about=(target.id,),
        deed=f"{signal.id} {why}",
    )
