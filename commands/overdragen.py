"""!overdragen: another holder or trekker, once that one and the present one agree; till then it stays (C24, INV-28)."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.actions import actor_in, by_when, offers_for
from commands.kit.declare import EVERYONE, About, command
from commands.kit.handing_over import DONE, OFFERED, WANTED, agreed, decline, waiting_for
from commands.kit.owed import owe_action
from commands.kit.ports import Offer
from commands.kit.reply import say
from commands.kit.trekkers import pass_on
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules.actions import Hand, may_hand_over
from commands.words.action import Action, ActionState
from commands.words.agreement import Agreement
from commands.words.people import Person
from commands.words.signal import Signal
from commands.words.verdict import Refused


class Answer(StrEnum):
    NO = "nee"


@command(
    "overdragen",
    aliases=("draagover",),
    help="Geef een actie, of een afspraak die je trekt, over aan een ander, die eerst ja zegt.",
    example="!overdragen 1 aan @uvw.ao.1",
    who=EVERYONE,
)
def overdragen(
    turn: Turn,
    action: Annotated[Action | Agreement, About("de actie, of de afspraak", "actie", also=("afspraak",))],
    to: Annotated[Person, About("de nieuwe actiehouder of trekker", "aan", words=("aan",), bare=True, ask="Aan wie?")],
    answer: Annotated[Answer | None, About("nee tegen wat gevraagd is", "antwoord", field_only=True)] = None,
    reason: Annotated[str, About("waarom, of waarom niet", "reden", words=("want", "omdat"), rest=True)] = "",
) -> Outcome:
    if isinstance(action, Agreement):
        return pass_on(turn, action, to, no=answer is Answer.NO, reason=reason)
    if answer is Answer.NO:
        handing = waiting_for(turn, action, turn.person.id, to=to.id)
        if handing is None:
            return Refused(f"Over {action.id} is jou niets gevraagd. Kijk met !toon {action.id}.", code="E12")
        return decline(turn, action, handing, reason)
    if to.external and not _reads_along(turn, action, to):
        # What is asked of someone is read by that person (INV-20, INV-39).
        return Refused(f"{to.label} komt van buiten en zit niet in {action.body}. Kies een ander.", code="E16")
    holder = turn.person_named(action.holder)
    said_yes = agreed(turn, action, to.id)
    hand = may_hand_over(action, actor_in(turn, action), holder, to=to.id, by=turn.person.id, agreed=said_yes)
    if isinstance(hand, Refused):
        return hand
    if hand is Hand.DONE:
        return _hand_over(turn, action, to)
    parts = {"action": action.id, "to": f"@{to.id}"}
    no = Offer("nee", "overdragen", {**parts, "answer": str(Answer.NO)}, rest="reason")
    offers = (Offer("ja", "overdragen", parts), no, Offer("✅", "overdragen", parts))
    what = f"{action.text}, {by_when(action, dates.say_day(action.due))} ({action.id})"
    why = f" De reden: {reason.rstrip('.')}." if reason else ""
    if hand is Hand.ASK_NEW:
        turn.put(action, f"{OFFERED}{to.id}")
        of = "" if turn.person.id == action.holder else f" van {holder}"
        you = "u" if to.address == "u" else "je"
        message = say(
            f"{turn.person.label} vraagt of {you} deze actie{of} overneemt: {what}.{why} Antwoord met ja of nee."
        )
        turn.tell(to.id, message, about=(action.id,), offers=offers, receipt=False)
        line = f"Verzoek aan {to.label} ({to.organisation}). Tot aanvaarding blijft {holder} actiehouder."
        return Reply(say(line), (action.id,), deed=f"{action.id} aangeboden aan {to.label}")
    turn.put(action, f"{WANTED}{to.id}")
    formal = (one := turn.store.get(Person, action.holder)) is not None and one.address == "u"
    message = say(
        f"{to.label} wil deze actie van {'u' if formal else 'je'} overnemen: {what}.{why} Antwoord met ja of nee."
    )
    turn.tell(action.holder, message, about=(action.id,), offers=offers, receipt=False)
    line = f"Gevraagd aan {holder}. Tot die ja zegt, blijft {holder} actiehouder."
    return Reply(say(line), (action.id,), deed=f"overnemen van {action.id} gevraagd")


def _reads_along(turn: Turn, action: Action, to: Person) -> bool:
    """Whether someone from outside may read this action: one of the own group, and not about a sensitive signal."""
    signal = turn.store.get(Signal, action.signal) if action.signal else None
    held = turn.store.roles(person=to.id, body=action.body, on=turn.today)
    return bool(held) and not (signal is not None and signal.sensitive)


def _hand_over(turn: Turn, action: Action, to: Person) -> Reply:
    roles = turn.store.roles(person=to.id, body=action.body, on=turn.today)
    party = roles[0].on_behalf_of if roles else to.organisation
    moved = replace(action, holder=to.id, on_behalf_of=party, state=ActionState.OPEN, deputy=None, waits_for="")
    turn.put(moved, f"{DONE}{to.id}")
    owe_action(turn.store, turn.structure, turn.now, moved)
    line = f"{action.id} staat op naam van {to.label}: {action.text}, {by_when(action, dates.say_short(action.due))}."
    turn.tell(action.holder, say(line))
    turn.tell(to.id, say(line), about=(action.id,), offers=offers_for(moved))
    return Reply(say(line), (action.id,), offers_for(moved), deed=f"{action.id} overgedragen aan {to.label}")
