"""!vervanger: who stands in for whom, and how long; the deputy then has those rights (C58, domain.md §2.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.actions import actor_in, by_when, offers_for
from commands.kit.arguments import Deadline
from commands.kit.declare import About, Right, Where, command
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn, done
from commands.rules import ways
from commands.rules.actions import may_deputise
from commands.rules.deputies import may_stand_in, replaceable
from commands.words.action import Action
from commands.words.people import Person, Role, RoleName
from commands.words.structure import Body
from commands.words.verdict import Refused

_HOLDERS = tuple(role for role in RoleName if role not in (RoleName.EXTERNAL, RoleName.OPERATOR))


class Act(StrEnum):
    STOP = "stop"


@command(
    "vervanger",
    help="Wijs aan wie je vervangt, met of zonder einddatum. De vervanger heeft dan jouw rechten.",
    example="!vervanger @vng.ao.2 van 1 maart tot 31 maart",
    who=tuple(Right(role, Where.ANY) for role in _HOLDERS),
    otherwise="vraag het de secretaris.",
)
def vervanger(
    turn: Turn,
    act: Annotated[Act | None, About("stop: niemand vervangt meer", "opdracht", synonyms={"geen": "stop"})] = None,
    deputy: Annotated[Person | None, About("wie vervangt", "wie")] = None,
    start: Annotated[Deadline | None, About("de eerste dag", "van", words=("van", "vanaf"), greedy=True)] = None,
    until: Annotated[Deadline | None, About("de laatste dag", "tot", words=("tot", "t/m", "met"), greedy=True)] = None,
    holder: Annotated[Person | None, About("wie vervangen wordt", "voor", words=("voor",))] = None,
    action: Annotated[Action | None, About("alleen voor deze actie", "actie", words=("voor", "bij"))] = None,
    body: Annotated[Body | None, About("alleen in dit overleg", "gremium", words=("in", "bij"))] = None,
    left: Annotated[str | None, About("wat de bot niet begrijpt", "rest", rest=True)] = None,
) -> Outcome:
    if unread := _unread(left):
        return Refused(
            f"'{ways.shown(unread)}' begrijp ik hier niet. Zo werkt het: !vervanger @wie van 1 maart tot 31 maart."
        )
    if action is not None:
        return _for_one(turn, action, deputy, stop=act is Act.STOP)
    whom = holder or turn.person
    held = replaceable(turn.store.roles(person=whom.id, body=body.code if body else None, on=turn.today))
    roles = held if whom.id == turn.person.id else tuple(role for role in held if _records(turn, role.body))
    if held and not roles:
        return Refused("Een vervanger wijs je voor jezelf aan; voor een ander doet de secretaris dat.", code="E04")
    if act is Act.STOP:
        return _stop(turn, whom, roles)
    if deputy is None:
        return Ask("deputy", f"Wie vervangt {_whom(turn, whom)}? Een @-naam of achternaam is genoeg.")
    first = start or turn.today
    verdict = may_stand_in(deputy, whom, roles, first, until)
    if isinstance(verdict, Refused):
        return verdict
    for role in roles:
        turn.put(
            replace(role, deputy=deputy.id, deputy_start=first, deputy_end=until),
            f"vervanger is {deputy.id}{_term(first, until, turn.today)}",
        )
    return _said(turn, deputy, whom, roles, _term(first, until, turn.today))


def _for_one(turn: Turn, action: Action, deputy: Person | None, *, stop: bool) -> Outcome:
    """Only for this action: who stands in may finish it, and hears what the holder does not answer."""
    actor, holder = actor_in(turn, action), turn.store.get(Person, action.holder)
    if holder is None or not (actor.holder or actor.officer):
        name = turn.person_named(action.holder)
        return Refused(f"{action.id} is van {name}; {name} of de secretaris wijst een vervanger aan.", code="E04")
    if stop:
        turn.put(replace(action, deputy=None), "geen vervanger meer")
        return done(f"{action.id} heeft geen eigen vervanger meer.", deed=f"vervanger van {action.id} gestopt")
    if deputy is None:
        return Ask("deputy", f"Wie vervangt {holder.label} bij {action.id}? Een @-naam of achternaam is genoeg.")
    verdict = may_deputise(holder, deputy)
    if isinstance(verdict, Refused):
        return verdict
    turn.put(replace(action, deputy=deputy.id), f"vervanger is {deputy.id}")
    you = "u" if deputy.address == "u" else "je"
    due = dates.say_day(action.due)
    line = f"{you.capitalize()} vervangt {holder.label} bij {action.id}: {action.text}, {by_when(action, due)}."
    turn.tell(deputy.id, say(line), about=(action.id,), offers=offers_for(action))
    return done(f"{deputy.label} vervangt {holder.label} bij {action.id}.", deed=f"vervanger bij {action.id}")


def _unread(left: str | None) -> str:
    """What was typed and means nothing here; "tot en met" is a way to write a last day."""
    return " ".join(word for word in (left or "").split() if word.casefold() not in ("tot", "en"))


def _records(turn: Turn, body: str) -> bool:
    """The secretary of the body, or of the filter, who is the registrar of the whole structure (G5)."""
    return any(turn.holds(RoleName.SECRETARY, code) for code in (body, turn.structure.filter.code))


def _said(turn: Turn, deputy: Person, whom: Person, roles: tuple[Role, ...], term: str) -> Reply:
    places = " en ".join(dict.fromkeys(turn.need_body(role.body).the for role in roles))
    you = "u" if deputy.address == "u" else "je"
    turn.tell(deputy.id, say(f"{you.capitalize()} vervangt {whom.label} in {places}{term}, met dezelfde rechten."))
    if whom.id != turn.person.id:
        your = "u" if whom.address == "u" else "je"
        turn.tell(
            whom.id, say(f"{deputy.label} vervangt {your} in {places}{term}, vastgelegd door {turn.person.label}.")
        )
    line = f"{deputy.label} vervangt {_whom(turn, whom)} in {places}{term}."
    return done(line, deed=f"{deputy.label} vervangt {whom.label}")


def _stop(turn: Turn, whom: Person, roles: tuple[Role, ...]) -> Outcome:
    named = [role for role in roles if role.deputy]
    if not named:
        return Refused(
            f"Er is geen vervanger voor {_whom(turn, whom)} vastgelegd. Vastleggen kan met !vervanger @naam.",
            code="C58",
        )
    for role in named:
        turn.put(
            replace(role, deputy=None, deputy_start=None, deputy_end=None), f"vervangen door {role.deputy} gestopt"
        )
    for id in dict.fromkeys(role.deputy for role in named if role.deputy):
        turn.tell(id, say(f"De vervanging van {whom.label} is voorbij."))
    return done(f"Niemand vervangt {_whom(turn, whom)} nu nog.", deed=f"vervanging van {whom.label} gestopt")


def _whom(turn: Turn, whom: Person) -> str:
    if whom.id != turn.person.id:
        return whom.label
    return "u" if turn.formal else "je"


def _term(first: date, last: date | None, today: date) -> str:
    """ " van donderdag 1 t/m zaterdag 31 oktober 2027", or nothing when it begins now and stays."""
    if last is None:
        return "" if first == today else f" vanaf {dates.say_day(first)}"
    start = dates.say_day(first)
    if first.year == last.year:
        start = start.removesuffix(f" {first.year}")
        if first.month == last.month:
            start = start.rsplit(" ", 1)[0]
    return f" van {start} t/m {dates.say_day(last)}"
