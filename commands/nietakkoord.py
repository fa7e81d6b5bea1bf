"""!nietakkoord: chair or secretary puts a finished action back to open, with a reason (rulings.md 3)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit import dates
from commands.kit.actions import actor_in, by_when, offers_for
from commands.kit.declare import About, Right, Where, command
from commands.kit.owed import owe_action
from commands.kit.reply import say
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules.actions import may_reopen
from commands.words.action import Action, ActionState
from commands.words.people import RoleName
from commands.words.verdict import Refused


@command(
    "nietakkoord",
    help="Zet een afgeronde actie terug op open, met een reden; in een groep ook als jij erom vroeg.",
    example="!nietakkoord 1 de bijlage ontbreekt",
    who=(
        *(Right(role, Where.ANY) for role in (RoleName.SECRETARY, RoleName.CHAIR, RoleName.LEAD)),
        *(Right(role, Where.GROUP) for role in (RoleName.MEMBER, RoleName.EXTERNAL)),
    ),
    otherwise="de secretaris vragen.",
)
def nietakkoord(
    turn: Turn,
    action: Annotated[Action, About("de actie", "actie")],
    reason: Annotated[
        str,
        About("waarom nog niet", "reden", words=("want", "omdat"), rest=True, ask="Waarom? De actiehouder leest dit."),
    ],
) -> Outcome:
    asker = turn.person.id == action.asked_by
    verdict = may_reopen(action, actor_in(turn, action), turn.need_body(action.body), asker=asker)
    if isinstance(verdict, Refused):
        return verdict
    again = replace(action, state=ActionState.OPEN, done_at=None)
    turn.put(again, reason)
    owe_action(turn.store, turn.structure, turn.now, again)
    due = dates.say_day(action.due)
    turn.tell(
        action.holder,
        say(f"{action.id} staat weer open: {action.text}, {by_when(action, due)}. De reden: {reason}"),
        about=(action.id,),
        offers=offers_for(again),
        receipt=False,
    )
    return Reply(
        say(f"{action.id} staat weer open. {turn.person_named(action.holder)} weet het."),
        about=(action.id,),
        offers=offers_for(again),
        deed=f"{action.id} terug op open",
    )
