"""!wie: who is who, by function; vacant functions are named (C56, R-077, R-085)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from commands.kit.authorise import EXTERNAL_REFUSED
from commands.kit.dates.say import say_date
from commands.kit.declare import About, Right, Where, command
from commands.kit.disciplines import of_person
from commands.kit.groups import named_groups
from commands.kit.ports import Option
from commands.kit.records import clean
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ways
from commands.rules.gaps import parties_without_deputy
from commands.rules.programmes import title_within
from commands.rules.roles import parties_without_member, vacant_until
from commands.rules.visibility import may_see_body
from commands.words.people import ROLE_TITLES, Person, Role, RoleName
from commands.words.structure import Body, BodyKind
from commands.words.verdict import Refused
from commands.words.workgroup import Workgroup

_FIRST = (RoleName.CHAIR, RoleName.LEAD, RoleName.SECRETARY)
_SEATS = (RoleName.SUBSTANCE, RoleName.MEMBER, RoleName.EXTERNAL, RoleName.CONNECTION_MEMBER, RoleName.UMBRELLA_CONTACT)


@command(
    "wie",
    aliases=("rollen",),
    help="Toon wie welke rol heeft, en welke functies niet bezet zijn.",
    example="!wie AO",
    who=tuple(Right(role, Where.ANY) for role in RoleName if role is not RoleName.OPERATOR),
    otherwise="vraag het de secretaris.",
    reads=True,
)
def wie(
    turn: Turn, what: Annotated[str | None, About("een overleg, groep of persoon", "wie", rest=True)] = None
) -> Outcome:
    word = clean(what or "") or (turn.room or turn.structure.filter).code
    body = turn.structure.body(word)
    people = turn.store.find_people(word.removeprefix("@")) if body is None else ()
    groups = named_groups(turn, word) if body is None and not people else ()
    if len(groups) > 1:
        options = tuple(Option(group.code, group.code) for group in groups)
        return Ask("what", f"{', '.join(o.label for o in options[:-1])} of {options[-1].label}?", options)
    if groups:
        body = groups[0].as_body()
    if body is not None and _may_know(turn, body):
        return _answer(turn, body, _who_is_who(turn, body))
    if body is None and (lines := _functions(turn, people)):
        return Reply(say(*lines), private=_outsiders_read(turn))
    if body is not None and not body.is_group:
        return Refused(EXTERNAL_REFUSED, code="E16")
    tiers = ", ".join(tier.code for tier in reversed(turn.structure.tiers))
    return Refused(f"'{ways.shown(word)}' ken ik niet als overleg, groep of persoon. Wel: {tiers}.", code="E11")


def _may_know(turn: Turn, body: Body) -> bool:
    """Who sits in a fixed body is no secret between the parties; a group is for its own people and those above it."""
    if body.is_group or turn.person.external:
        return may_see_body(turn.viewer, body, turn.structure)
    return True


def _outsiders_read(turn: Turn) -> bool:
    return turn.room is not None and turn.room.with_externals


def _answer(turn: Turn, body: Body, lines: list[str]) -> Reply:
    elsewhere = _outsiders_read(turn) and turn.room is not None and turn.room.code != body.code
    return Reply(say(*lines), private=elsewhere)


def _who_is_who(turn: Turn, body: Body) -> list[str]:
    every = turn.store.roles(body=body.code, on=None)
    people = {id: person for id in {role.person for role in every} if (person := turn.store.get(Person, id))}
    now = [role for role in every if role.active_on(turn.today) and people[role.person].active_on(turn.today)]
    lead = [
        f"{_title(turn, role)} {_person(turn, role)} ({role.on_behalf_of})"
        for name in _FIRST
        for role in now
        if role.role is name
    ]
    seats: dict[str, list[str]] = {}
    for name in _SEATS:
        for role in now:
            if role.role is name:
                note = "" if name in (RoleName.MEMBER, RoleName.EXTERNAL) else f" ({role.role})"
                seats.setdefault(role.on_behalf_of, []).append(f"{_person(turn, role)}{note}")
    order = [party.code for party in turn.structure.parties]
    known = sorted(seats, key=lambda code: (order.index(code) if code in order else len(order), code))
    lines = [f"{body.code}: {', '.join(lead) or 'nog niemand met een leidende rol'}."]
    lines.extend(f"{code}: {', '.join(seats[code])}." for code in known)
    return [*lines, *_stand_ins(turn, now, people), *_gaps(turn, body, every, now, people)]


def _stand_ins(turn: Turn, now: list[Role], people: dict[str, Person]) -> list[str]:
    """Who stands in today in this body: named for the role, or for the person everywhere (C58)."""
    named_by = ((id, role.person) for role in now for id in (role.deputy_on(turn.today), people[role.person].deputy))
    pairs = dict.fromkeys((deputy, holder) for deputy, holder in named_by if deputy)
    named = [f"{turn.person_named(deputy)} voor {turn.person_named(holder)}" for deputy, holder in pairs]
    return [f"Vervangers: {', '.join(named)}."] if named else []


def _gaps(turn: Turn, body: Body, every: tuple[Role, ...], now: list[Role], people: dict[str, Person]) -> list[str]:
    lines: list[str] = []
    for id in dict.fromkeys(role.person for role in every):
        held = [role for role in every if role.person == id]
        vacant, last = vacant_until(held, people[id], turn.today)
        if vacant and last is not None:
            lines.append(_vacant(id, last, turn.today))
    roles = {role.role for role in now}
    if body.kind is BodyKind.FIXED:
        missing = [ROLE_TITLES[name] for name in (RoleName.CHAIR, RoleName.SECRETARY) if name not in roles]
        if missing:
            lines.append(f"Nog niet bekend: {' en '.join(missing)}.")
        if absent := parties_without_member(turn.structure, now):
            lines.append(f"Zonder lid: {', '.join(absent)}.")
        if alone := parties_without_deputy(turn.structure, now, people, turn.today):
            lines.append(f"Zonder vervanger: {', '.join(alone)}.")
    elif body.is_group and not roles & {RoleName.CHAIR, RoleName.LEAD}:
        lines.append("Nog geen voorzitter: wie wil?")
    return lines


def _functions(turn: Turn, people: tuple[Person, ...]) -> list[str]:
    lines: list[str] = []
    for person in people:
        seen = [
            role
            for role in turn.store.roles(person=person.id, on=None)
            if (body := turn.body(role.body)) is not None and _may_know(turn, body)
        ]
        if not seen and turn.person.external:
            continue
        lines.append(_function(turn, person, seen))
    return lines


def _function(turn: Turn, person: Person, roles: list[Role]) -> str:
    active = [role for role in roles if role.active_on(turn.today)]
    vacant, last = vacant_until(roles, person, turn.today)
    if roles and vacant:
        first = _vacant(person.id, last, turn.today)
        return f"{first} {_instead(turn, person)}"
    named = [f"{_title(turn, role)} van {turn.need_body(role.body).the}" for role in active]
    label = person.id if not person.name else f"{person.name} ({person.id})"
    deputy = f" Vervanger: {turn.person_named(person.deputy)}." if person.deputy else ""
    return f"{label}, {person.organisation}: {', '.join(named) or 'geen rol'}.{deputy}{of_person(turn, person.id)}"


def _vacant(id: str, last: date | None, today: date) -> str:
    if last is None:
        return f"De functie {id} is nu niet bezet."
    return f"De functie {id} is tot en met {say_date(last).removesuffix(f' {today.year}')} niet bezet."


def _instead(turn: Turn, person: Person) -> str:
    if person.deputy:
        return f"De vervanger is {turn.person_named(person.deputy)}."
    return f"Vraag het de secretaris of het secretariaat van {person.organisation}."


def _title(turn: Turn, role: Role) -> str:
    return title_within(role.role, turn.store.get(Workgroup, role.body)) or ROLE_TITLES[role.role]


def _person(turn: Turn, role: Role) -> str:
    return turn.person_named(role.person)
