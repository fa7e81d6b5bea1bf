"""!verzet: the holder moves the date once, after that the secretary or the chair decides (C23)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit import dates
from commands.kit.actions import actor_in, before, no_working_day, offers_for, secretary_of
from commands.kit.anchors import leaning, said_again
from commands.kit.arguments import Deadline
from commands.kit.declare import EVERYONE, About, command
from commands.kit.owed import owe_action
from commands.kit.ports import Offer
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules.actions import Move, may_move, ordinal, waits_for
from commands.words.action import Action
from commands.words.verdict import Refused


@command(
    "verzet",
    aliases=("uitstel",),
    help="Geef een actie een nieuwe datum. De tweede keer beslist de secretaris.",
    example="!verzet 1 volgende week donderdag, wacht op jurist",
    who=EVERYONE,
)
def verzet(
    turn: Turn,
    action: Annotated[Action, About("de actie", "actie")],
    due: Annotated[
        Deadline,
        About(
            "de nieuwe datum",
            "datum",
            words=("naar", "tot"),
            bare=True,
            trailing=True,
            also=("uiterlijk",),
            ask="Wat is de nieuwe datum?",
        ),
    ],
    reason: Annotated[str | None, About("waarom", "reden", words=("want", "omdat"), rest=True)] = None,
) -> Outcome:
    actor = actor_in(turn, action)
    said = dates.say_short(due)
    move = may_move(action, actor, turn.person_named(action.holder), due, said)
    if isinstance(move, Refused):
        return move
    if move is Move.ASK_SECRETARY and not reason:
        return Ask("reason", f"Dit wordt de {ordinal(action.postponed + 1)} keer. Waarom? De secretaris leest dit.")
    if move is Move.ASK_SECRETARY:
        return _ask_secretary(turn, action, due, reason)
    later = due > action.due
    moved = leaning(turn, replace(action, due=due, postponed=action.postponed + int(later)))
    moved = replace(moved, waits_for=waits_for(reason or "") or action.waits_for)
    why = f"van {dates.say_short(action.due)} naar {said}"
    turn.put(moved, f"{why}: {reason}" if reason else why)
    owe_action(turn.store, turn.structure, turn.now, moved)
    which = f", {ordinal(moved.postponed)} uitstel" if later else ", eerder dan het was"
    line = f"{action.id} wordt {said}{before(turn, 'due')}{which}."
    if not actor.holder:
        turn.tell(action.holder, say(line), about=(action.id,), offers=offers_for(moved))
    return Reply(
        say(line, no_working_day(turn, moved)), (action.id,), offers_for(moved), deed=f"{action.id} verzet naar {said}"
    )


def _ask_secretary(turn: Turn, action: Action, due: Deadline, reason: str | None) -> Outcome:
    """The request goes to the secretary with a word that runs it; nothing changes until then."""
    secretary = secretary_of(turn, action.body)
    if secretary is None:
        return Refused("Dit is de tweede keer, en er is geen secretaris of voorzitter die erover kan beslissen.")
    parts = {"action": action.id, "due": said_again(turn, due), "reason": reason or ""}
    parts = {name: raw for name, raw in parts.items() if raw}
    why = f" De reden: {reason}." if reason else ""
    turn.tell(
        secretary.id,
        say(
            f"{turn.person.label} vraagt opnieuw uitstel voor {action.id}: {action.text}, van "
            f"{dates.say_short(action.due)} naar {dates.say_short(due)}.{why} Akkoord? Antwoord met ja of ✅."
        ),
        about=(action.id,),
        offers=(Offer("ja", "verzet", parts), Offer("✅", "verzet", parts)),
        receipt=False,
    )
    return Reply(
        say(f"Dit is de {ordinal(action.postponed + 1)} keer. Ik heb het verzoek aan de secretaris gestuurd."),
        about=(action.id,),
        mentions=(turn.person.id,),
        receipt=False,
    )
