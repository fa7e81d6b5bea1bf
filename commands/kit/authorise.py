"""May this person use this command here? Data on the declaration, answered in one place; default deny (E04, E16)."""

from __future__ import annotations

from typing import Literal

from commands.kit.declare import Command, Right, Where
from commands.rules import ways
from commands.words.enumeration import joined
from commands.words.people import ROLE_TITLES, Person, Role, RoleName
from commands.words.structure import Body, BodyKind, Structure
from commands.words.verdict import Allowed, Refused, Verdict

#: More titles than this are not listed one by one.
MOST_TITLES = 4
#: Roles that one person has in a body.
_SINGLE = (RoleName.CHAIR, RoleName.SECRETARY, RoleName.LEAD)
EXTERNAL_REFUSED = ways.RESERVED


def authorise(
    command: Command, person: Person, roles: tuple[Role, ...], room: Body | None, structure: Structure
) -> Verdict:
    """Whether one of the person's roles opens the command in this room (None: the private chat).

    Externals only get what names the role *extern* in a group of their own, or what is open to everyone who is known
    and, in a room, only in the room of such a group (S1, INV-20).
    """
    if person.external:
        return _external(command, roles, room)
    if command.for_all_known and is_known(roles):
        return Allowed()
    if _opening(command, roles, room, structure):
        return Allowed()
    formal = (room.address if room is not None else person.address) == "u"
    return Refused(refusal(command, roles, room, structure, formal=formal), code="E04")


def _opening(command: Command, roles: tuple[Role, ...], room: Body | None, structure: Structure) -> list[Right]:
    return [right for right in command.who for role in roles if opens(right, role, room, structure)]


def _external(command: Command, roles: tuple[Role, ...], room: Body | None) -> Verdict:
    own = {role.body for role in roles if role.role is RoleName.EXTERNAL}
    named = any(right.role in ("bekend", RoleName.EXTERNAL) for right in command.who)
    if not named:
        return Refused(EXTERNAL_REFUSED, code="E16")
    if room is not None and room.code not in own:
        where = f"in het kanaal van {joined(sorted(own))} of " if own else ""
        return Refused(
            f"Je bent geen lid van {room.the}. Geef dit door {where}aan een lid van {room.the}.",
            code="E16",
        )
    return Allowed()


def how_far(
    command: Command, person: Person, roles: tuple[Role, ...], room: Body | None, structure: Structure
) -> Literal["may", "proposes", "refused"]:
    """What the person can do with the command here; a door that only opens to explain counts as refused."""
    if person.external and isinstance(_external(command, roles, room), Refused):
        return "refused"
    if command.for_all_known and is_known(roles):
        return "may"
    here = _opening(command, roles, room, structure)
    if any(not right.propose and not right.explain for right in here):
        return "may"
    return "proposes" if any(right.propose for right in here) else "refused"


def is_known(roles: tuple[Role, ...]) -> bool:
    """INV-21: whoever is only there to run the bot is no party to the content, not even as someone who is known."""
    return not roles or any(role.role is not RoleName.OPERATOR for role in roles)


def opens(right: Right, role: Role, room: Body | None, structure: Structure) -> bool:
    """Whether this role opens this right in this room. In the private chat the body of the role itself counts."""
    if right.role != role.role:
        return False
    match right.where:
        case Where.HERE:
            return room is None or role.body == room.code
        case Where.FILTER:
            return role.body == structure.filter.code
        case Where.TIER:
            body = structure.body(role.body)
            return body is not None and body.kind is BodyKind.FIXED
        case Where.GROUP:
            body = structure.body(role.body)
            return body is None or body.is_group
        case Where.ANY:
            return True


def refusal(
    command: Command, roles: tuple[Role, ...], room: Body | None, structure: Structure, *, formal: bool = False
) -> str:
    """E04: who may, what the person is here, and what does work; `formal`: addressed with u."""
    parts = [f"Dit mag alleen {who_may(command, room, structure)}."]
    here = [role for role in roles if room is None or role.body == room.code]
    if here:
        titles = dict.fromkeys(f"{ROLE_TITLES[role.role]} van {_place(role.body, structure)}" for role in here)
        named = joined(list(titles)[:3])
        parts.append(f"{'U' if formal else 'Jij'} bent {named} ({here[0].on_behalf_of}).")
    elif room is not None:
        parts.append(f"{'U' if formal else 'Jij'} hebt geen rol in {room.the}.")
    if command.otherwise:
        parts.append(f"Wat wel kan: {command.otherwise}")
    return " ".join(parts)


def who_may(command: Command, room: Body | None, structure: Structure) -> str:
    """Who may use the command, in words: "de voorzitter of een lid van het AO". `room` None: the private chat."""
    if command.for_all_known:
        return "iedereen die ik ken"
    by_place: dict[str, dict[str, None]] = {}
    for right in command.who:
        beside = right.role is RoleName.EXTERNAL and len(command.who) > 1
        if right.role != "bekend" and not right.explain and not beside:
            place, named = _where(right.where, room, structure)
            article = "de" if named and right.role in _SINGLE else "een"
            by_place.setdefault(place, {})[f"{article} {ROLE_TITLES[right.role]}"] = None
    return _or([_holders(list(titles), place) for place, titles in by_place.items()])


def _holders(titles: list[str], place: str) -> str:
    if len(titles) > MOST_TITLES:
        return f"wie een rol heeft in {place or 'een overleg of groep'}"
    return f"{_or(titles)} van {place}" if place else _or(titles)


def _where(where: Where, room: Body | None, structure: Structure) -> tuple[str, bool]:
    """The place in words, and whether it is one that is known by name or kind."""
    match where:
        case Where.HERE:
            return (room.the, True) if room else ("", False)
        case Where.FILTER:
            return structure.filter.the, True
        case Where.TIER:
            return "een vast overleg", True
        case Where.GROUP:
            return "een werkgroep of programma", True
        case Where.ANY:
            return "", False


def _place(code: str, structure: Structure) -> str:
    body = structure.body(code)
    return body.the if body else code


def _or(words: list[str]) -> str:
    return words[0] if len(words) < 2 else f"{', '.join(words[:-1])} of {words[-1]}"
