"""What the commands and moments about actions share: who stands where, and how an action is said and answered."""

from __future__ import annotations

import re

from commands.kit import dates
from commands.kit.ports import Offer
from commands.kit.register import Register
from commands.kit.signs import LATER_SIGN, NO_SIGN, YES_SIGN
from commands.kit.turn import Turn
from commands.rules.actions import Actor, is_past, ordinal
from commands.words.action import Action, ActionState
from commands.words.people import Person, RoleName
from commands.words.signal import Track
from commands.words.structure import Body

_BEFORE = re.compile(r"(?:uiterlijk )?v[oó]{2}r (?P<what>.+)", re.IGNORECASE)


def actor_in(turn: Turn, action: Action) -> Actor:
    """The person of the turn, seen from this action. A group has no secretary: that of the body above it counts."""
    body = turn.body(action.body)
    holder = turn.store.get(Person, action.holder)
    return Actor(
        holder=turn.person.id == action.holder,
        deputy=holder is not None and turn.person.id in _deputies(turn, holder, action),
        officer=body is not None and keeps_list(turn, body),
    )


def keeps_list(turn: Turn, body: Body) -> bool:
    """Whether the person leads the body or is its secretary. A group has none: that of the body above it counts."""
    places = [body.code] + ([body.parent] if body.is_group and body.parent else [])
    secretary = any(turn.holds(RoleName.SECRETARY, place) for place in places)
    return secretary or turn.holds(RoleName.CHAIR, body.code) or turn.holds(RoleName.LEAD, body.code)


def _deputies(turn: Turn, holder: Person, action: Action) -> tuple[str | None, ...]:
    """Who stands in for the holder: for this action, everywhere, or today in the body of the action."""
    held = turn.store.roles(person=holder.id, body=action.body, on=turn.today)
    return (action.deputy, holder.deputy, *(role.deputy_on(turn.today) for role in held))


def secretary_of(register: Register, code: str) -> Person | None:
    """Who keeps the list of a body: its secretary, or for a group that of the body above it; else the chair."""
    body = register.body(code)
    found = register.person_with(RoleName.SECRETARY, code)
    if found is None and body is not None and body.is_group and body.parent:
        found = register.person_with(RoleName.SECRETARY, body.parent)
    return found or register.person_with(RoleName.CHAIR, code)


def is_in(register: Register, person: str, body: Body) -> bool:
    """Whether the person belongs to the body today, in any role but that of the operator."""
    roles = register.store.roles(person=person, body=body.code, on=register.today)
    return any(role.role is not RoleName.OPERATOR for role in roles)


def before(turn: Turn, part: str) -> str:
    """ " (vóór vrijdag)" when the date was typed as the day before something, else nothing."""
    match = _BEFORE.fullmatch(turn.typed.get(part, "").strip(" .,;"))
    return f" (vóór {match['what']})" if match else ""


def no_working_day(turn: Turn, action: Action) -> str:
    """E09: the warning when the date is a weekend day or a holiday, else nothing."""
    if turn.structure.calendar.is_working_day(action.due):
        return ""
    day = dates.say_day(action.due)
    return f"{day[0].upper()}{day[1:]} is geen werkdag. Ik heb hem zo genoteerd; !verzet als dat niet klopt."


def offers_for(action: Action, *, accept: bool = False) -> tuple[Offer, ...]:
    """The words that answer a message about one's own action (dialogue.md 11): klaar, later, a date, overdragen."""
    item, this = {"item": action.id}, {"action": action.id}
    found = [
        Offer(YES_SIGN, "gereed", item),
        Offer("klaar", "gereed", item, rest="result"),
        Offer("later", "verzet", this, rest="due"),
        Offer(LATER_SIGN, "verzet", this),
        Offer("datum", "verzet", this, rest="due"),
        Offer("overdragen", "overdragen", this, rest="to"),
    ]
    if accept:
        found.append(Offer("ja", "aanvaard", this))
    return tuple(found)


def request_offers(action: Action) -> tuple[Offer, ...]:
    """The words that answer a request: ja, weiger with a reason, or another date."""
    this = {"action": action.id}
    return (
        Offer("ja", "aanvaard", this),
        Offer(YES_SIGN, "aanvaard", this),
        Offer("aanvaard", "aanvaard", this),
        Offer("weiger", "weiger", this, rest="reason"),
        Offer("nee", "weiger", this, rest="reason"),
        Offer(NO_SIGN, "weiger", this),
        Offer(LATER_SIGN, "verzet", this),
        Offer("datum", "verzet", this, rest="due"),
    )


def by_when(action: Action, said: str) -> str:
    """The date as the track has it: "uiterlijk vr 22 jan 2027", on aanjagen "check-in vr 22 jan 2027" (C44)."""
    return f"check-in {said}" if action.track is Track.ENCOURAGE else f"uiterlijk {said}"


def action_line(register: Register, action: Action, *, with_body: bool, with_holder: bool = True) -> str:
    """One line of a list: who, what and until when; on the track aanjagen without arrears (INV-29)."""
    day = dates.say_short(action.due)
    when = by_when(action, day)
    if is_past(action, register.today):
        past = f"de datum die we afspraken is voorbij ({day})"
        when = past if action.track is Track.ENCOURAGE else f"was {day}"
    who = f" {register.person_named(action.holder)} ({action.on_behalf_of})" if with_holder else ""
    first = dates.say_short(action.first_due).removesuffix(f" {action.due.year}")
    notes = [f"{ordinal(action.postponed)} uitstel, eerst {first}"] if action.postponed else []
    notes += [f"ligt nu bij {action.waits_for}"] if action.waits_for else []
    notes += ["nog niet aanvaard"] if action.state is ActionState.REQUESTED else []
    notes += [action.body] if with_body else []
    return f"{action.id}{who}: {action.text}, {', '.join([when, *notes])}"


def finished_line(register: Register, action: Action) -> str:
    """One line about what is done: who, what, and what came of it."""
    result = f" Resultaat: {action.result.rstrip('.')}." if action.result else ""
    return f"{action.id} {register.person_named(action.holder)} ({action.on_behalf_of}): {action.text}, gereed.{result}"
