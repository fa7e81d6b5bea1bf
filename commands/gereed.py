"""!gereed: an action is done, or a delegated signal is reported back (C20, rulings.md 3, dialogue.md 15)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit import dates
from commands.kit.actions import actor_in
from commands.kit.declare import EVERYONE, About, command
from commands.kit.owed import owe_action
from commands.kit.records import find_record
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
    more = _more(turn, result)
    finished = [_finish(turn, action, None if more else result) for action in (item, *more)]
    refused = next((one for one in finished if isinstance(one, Refused)), None)
    if refused is not None:
        return refused
    ids = tuple(dict.fromkeys(action.id for action in (item, *more)))
    message = say(*(one for one in finished if isinstance(one, str)))
    return Reply(message, about=ids, deed=f"{', '.join(ids)} klaar")


def _more(turn: Turn, result: str | None) -> list[Action]:
    """Further actions when nothing but their numbers was typed ("!rondaf act31 act33"); else it is a result."""
    words = (result or "").replace(",", " ").split()
    found = [find_record(word, (Action,), turn, "item") for word in words if word != "en"]
    actions = [record for record in found if isinstance(record, Action)]
    return actions if len(actions) == len(found) else []


def _finish(turn: Turn, action: Action, result: str | None) -> str | Refused:
    """The line for the thread, once the action is done and who must know has been told."""
    actor = actor_in(turn, action)
    holder = turn.person_named(action.holder)
    since = dates.say_short((action.done_at or turn.now).astimezone(AMSTERDAM).date())
    verdict = may_finish(action, actor, holder, since)
    if isinstance(verdict, Refused):
        if verdict.code == "E04":
            asks = "Wilt u overnemen?" if turn.formal else "Wil je overnemen?"
            take_over = Instead("overdragen", {"action": action.id, "to": f"@{turn.person.id}"}, asks)
            return replace(verdict, instead=take_over)
        return verdict
    done = replace(action, state=ActionState.DONE, done_at=turn.now, result=result or "")
    turn.put(done, result or "")
    owe_action(turn.store, turn.structure, turn.now, done)
    outcome = f"{action.text}. Resultaat: {result}" if result else action.text
    if not actor.own:
        turn.tell(action.holder, say(f"{turn.person.label} noteerde {action.id} als klaar: {outcome.rstrip('.')}."))
    if turn.room is None and action.asked_by != action.holder:
        turn.tell(action.asked_by, say(f"{action.id} is klaar: {outcome.rstrip('.')}."), about=(action.id,))
    return f"{action.id} klaar{'' if actor.holder else f', genoteerd voor {holder}'}."
