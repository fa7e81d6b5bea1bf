"""!koppel: two signals about the same become one, and all raisers stay informed (S7, R-130, INV-09)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit.declare import About, Right, Where, command
from commands.kit.items import take_off_agendas
from commands.kit.signals import asked_chair, leads, may_decide, place_of, raisers, recorded, save, tell_raisers
from commands.kit.turn import Outcome, Turn, done
from commands.rules import ladder
from commands.rules.merging import may_merge, merged
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
    ask_chair: Annotated[bool | None, About("de voorzitter vragen", "vraagvoorzitter")] = None,
) -> Outcome:
    for verdict in (may_merge(signal, target), ladder.one_open_proposal(turn.store.proposals(about=signal.id))):
        if isinstance(verdict, Refused):
            return verdict
    place = turn.structure.filter
    if ask_chair:
        parts = {"signal": signal.id, "target": target.id}
        return asked_chair(turn, place, "koppel", parts, f"{signal.id} samenvoegen met {target.id}.", signal.id)
    within = place_of(turn, signal)
    own = within.is_group and leads(turn, within) and signal.lies_with == target.lies_with
    verdict = may_decide(turn, place, "samenvoegen", any_day=True)
    if isinstance(verdict, Refused) and not own:
        return verdict
    take_off_agendas(turn, signal, f"samengevoegd met {target.id}")
    tell_raisers(turn, signal, f"gaat verder als {target.id} (namens {target.on_behalf_of}). Je blijft op de hoogte.")
    save(turn, merged(signal, target, turn.now), recorded(turn, place, f"samengevoegd met {target.id}"))
    moved = turn.store.actions(signal=signal.id, states=(ActionState.OPEN, ActionState.REQUESTED))
    for action in moved:
        turn.put(replace(action, signal=target.id), f"{signal.id} is samengevoegd met {target.id}")
    many = len(raisers(turn, target))
    who = "De indiener blijft" if many == 1 else f"Alle {many} indieners blijven"
    along = f" {', '.join(action.id for action in moved)} hoort nu bij {target.id}." if moved else ""
    return done(
        f"{signal.id} is samengevoegd met {target.id}. {who} op de hoogte.{along}",
        about=(target.id, signal.id),
        deed=f"{signal.id} samengevoegd met {target.id}",
    )
