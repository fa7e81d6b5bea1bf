"""!gereed: an action is done, or a delegated signal is reported back (C20, rulings.md 3, dialogue.md 15)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit import dates
from commands.kit.actions import actor_in
from commands.kit.declare import EVERYONE, About, command
from commands.kit.owed import owe_action
from commands.kit.reply import say
from commands.kit.returning import report_back
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules.actions import may_finish
from commands.words.action import Action, ActionState
from commands.words.calendar import AMSTERDAM
from commands.words.signal import Signal
from commands.words.verdict import Instead, Refused


@command(
    "gereed",
    aliases=("klaar", "rondaf", "afgerond"),
    help="Meld dat een actie klaar is, of breng een signaal terug met het resultaat.",
    example="!gereed 1 gemaild aan de leden",
    who=EVERYONE,
    menu=True,
)
def gereed(
    turn: Turn,
    item: Annotated[Action | Signal, About("de actie of het signaal", "actie")],
    result: Annotated[str | None, About("het resultaat, in één regel", "resultaat", rest=True)] = None,
) -> Outcome:
    if isinstance(item, Signal):
        return report_back(turn, item, result or "")
    actor = actor_in(turn, item)
    holder = turn.person_named(item.holder)
    done = dates.say_short((item.done_at or turn.now).astimezone(AMSTERDAM).date())
    verdict = may_finish(item, actor, holder, done)
    if isinstance(verdict, Refused):
        if verdict.code == "E04":
            take_over = Instead("overdragen", {"action": item.id, "to": f"@{turn.person.id}"}, "Wil je overnemen?")
            return replace(verdict, instead=take_over)
        return verdict
    done_action = replace(item, state=ActionState.DONE, done_at=turn.now, result=result or "")
    turn.put(done_action, result or "")
    owe_action(turn.store, turn.structure, turn.now, done_action)
    outcome = f"{item.text}. Resultaat: {result}" if result else item.text
    message = say(f"{item.id} is klaar: {outcome.rstrip('.')}.")
    if not actor.own:
        turn.tell(item.holder, say(f"{turn.person.label} noteerde {item.id} als klaar: {outcome.rstrip('.')}."))
    if turn.room is None and item.asked_by != item.holder:
        turn.tell(item.asked_by, message, about=(item.id,))
    behalf = "" if actor.holder else f", genoteerd voor {holder}"
    return Reply(say(f"{item.id} klaar{behalf}."), about=(item.id,), deed=f"{item.id} klaar")
