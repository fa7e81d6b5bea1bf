"""!weiger: the holder says no, with a reason; the secretary looks for someone else (C22)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit.actions import actor_in, secretary_of
from commands.kit.declare import EVERYONE, About, command
from commands.kit.handing_over import decline, waiting_for
from commands.kit.owed import owe_action
from commands.kit.reply import say
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules.actions import may_refuse
from commands.words.action import Action, ActionState
from commands.words.calendar import AMSTERDAM
from commands.words.verdict import Refused


@command(
    "weiger",
    help="Zeg nee tegen een actie die aan jou gevraagd is, met een reden.",
    example="!weiger 1 hier gaan wij niet over",
    who=EVERYONE,
)
def weiger(
    turn: Turn,
    action: Annotated[Action, About("de actie", "actie")],
    reason: Annotated[
        str,
        About(
            "waarom niet",
            "reden",
            words=("want", "omdat"),
            rest=True,
            ask="Geef kort aan waarom; dan zoekt de secretaris een ander.",
        ),
    ],
) -> Outcome:
    handing = waiting_for(turn, action, turn.person.id) if turn.person.id != action.holder else None
    if handing is not None:
        return decline(turn, action, handing, reason)
    verdict = may_refuse(
        action,
        actor_in(turn, action),
        turn.person_named(action.holder),
        made=action.made_at.astimezone(AMSTERDAM).date(),
        today=turn.today,
        within=turn.thresholds.refuse_within,
        calendar=turn.structure.calendar,
    )
    if isinstance(verdict, Refused):
        return verdict
    refused = replace(action, state=ActionState.REFUSED)
    turn.put(refused, reason)
    owe_action(turn.store, turn.structure, turn.now, refused)
    secretary = secretary_of(turn, action.body)
    told = dict.fromkeys([action.asked_by, *([secretary.id] if secretary else [])])
    line = f"{turn.person_named(action.holder)} pakt {action.id} niet op: {action.text}. De reden: {reason}"
    for person in told:
        turn.tell(person, say(line, "Geef de actie aan een ander met !actie."), about=(action.id,))
    your = "uw" if turn.formal else "jouw"
    return Reply(
        say(f"Genoteerd. {action.id} staat niet op {your} naam; de secretaris weet het."),
        (action.id,),
        deed=f"{action.id} geweigerd",
    )
