"""!vervalt: an action that is no longer needed, by the chair, or the secretary in a meeting, with a reason (C21)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit.declare import About, Right, Where, command
from commands.kit.owed import owe_action
from commands.kit.reply import say
from commands.kit.signals import asked_chair, may_decide, recorded, sentence
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules.actions import may_lapse
from commands.words.action import Action, ActionState
from commands.words.people import RoleName
from commands.words.verdict import Refused


@command(
    "vervalt",
    aliases=("vervallen",),
    help="Laat een actie vervallen die niet meer nodig is, met een reden.",
    example="!vervalt 1 het kader is ingetrokken",
    who=tuple(Right(role, Where.ANY) for role in (RoleName.SECRETARY, RoleName.CHAIR, RoleName.LEAD)),
    otherwise="de voorzitter vragen, of de actie overdragen met !overdragen.",
)
def vervalt(
    turn: Turn,
    action: Annotated[Action, About("de actie", "actie")],
    reason: Annotated[
        str,
        About(
            "waarom hij vervalt", "reden", words=("want", "omdat"), rest=True, ask="Waarom? De actiehouder leest dit."
        ),
    ],
    ask_chair: Annotated[bool | None, About("de voorzitter vragen", "vraagvoorzitter")] = None,
) -> Outcome:
    verdict = may_lapse(action)
    if isinstance(verdict, Refused):
        return verdict
    place = turn.need_body(action.body)
    allowed = may_decide(turn, place, "een actie laten vervallen")
    if isinstance(allowed, Refused):
        if not ask_chair:
            return allowed
        text = f"{action.id} ({action.text}) laten vervallen: {sentence(reason)}"
        return asked_chair(turn, place, "vervalt", {"action": action.id}, text, action.id)
    lapsed = replace(action, state=ActionState.LAPSED)
    turn.put(lapsed, recorded(turn, place, reason))
    owe_action(turn.store, turn.structure, turn.now, lapsed)
    line = f"{action.id} is vervallen: {action.text}. De reden: {sentence(reason)}"
    for person in dict.fromkeys((action.holder, action.asked_by)):
        turn.tell(person, say(line), about=(action.id,))
    told = "" if turn.person.id == action.holder else f" {turn.person_named(action.holder)} weet het."
    return Reply(say(f"{action.id} is vervallen.{told}"), (action.id,), deed=f"{action.id} vervallen")
