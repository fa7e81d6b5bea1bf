"""!aanvaard: the holder says yes to a request, or to taking an action over (C22, R-120, R-206)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit import dates
from commands.kit.actions import actor_in, by_when, offers_for
from commands.kit.declare import EVERYONE, About, command
from commands.kit.owed import owe_action
from commands.kit.reply import say
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules.actions import may_accept
from commands.words.action import Action, ActionState
from commands.words.people import Person
from commands.words.verdict import Instead, Refused


@command(
    "aanvaard",
    aliases=("neemop",),
    help="Zeg ja tegen een actie die aan jou gevraagd is.",
    example="!aanvaard 1",
    who=EVERYONE,
)
def aanvaard(turn: Turn, action: Annotated[Action, About("de actie", "actie")]) -> Outcome:
    actor = actor_in(turn, action)
    if action.state is ActionState.OPEN and not actor.own:
        # A yes from anyone else means taking it over; whether the holder still has to agree, that command knows.
        way = Instead("overdragen", {"action": action.id, "to": f"@{turn.person.id}"}, "Overnemen?")
        return Refused(f"{action.id} staat op naam van {turn.person_named(action.holder)}.", way, "E04")
    verdict = may_accept(action, actor, turn.person_named(action.holder))
    if isinstance(verdict, Refused):
        return verdict
    due = dates.say_day(action.due)
    holder = turn.store.get(Person, action.holder)
    your = "uw" if holder is not None and holder.address == "u" else "jouw"
    if action.state is ActionState.OPEN:
        return Reply(say(f"Dank. {action.id} blijft staan voor {due}."), (action.id,), offers_for(action))
    accepted = replace(action, state=ActionState.OPEN)
    turn.put(accepted, "aanvaard")
    owe_action(turn.store, turn.structure, turn.now, accepted)
    turn.tell(action.asked_by, say(f"{turn.person_named(action.holder)} pakt {action.id} op: {action.text}."))
    whose = f"op {your} naam" if actor.holder else f"op naam van {turn.person_named(action.holder)}"
    return Reply(
        say(f"Dank. {action.id} staat {whose}, {by_when(action, due)}."),
        (action.id,),
        offers_for(accepted),
        deed=f"{action.id} aanvaard",
    )
