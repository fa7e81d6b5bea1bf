"""May this person use this command here? Data on the declaration, answered in one place; default deny (E04, E16)."""

from __future__ import annotations

from commands.kit.declare import Command, Right, Where
from commands.words.people import ROLE_TITLES, Person, Role, RoleName
from commands.words.structure import Body, BodyKind, Structure
from commands.words.verdict import Allowed, Refused, Verdict

EXTERNAL_REFUSED = "Dit is voorbehouden aan de overheidspartijen in het vaste overleg."


def authorise(
    command: Command, person: Person, roles: tuple[Role, ...], room: Body | None, structure: Structure
) -> Verdict:
    """Whether one of the person's roles opens the command in this room (None: the private chat).

    Externals only get what names the role *extern* in a group of their own, or what is open to everyone who is known
    and, in a room, only in the room of such a group (S1, INV-20).
    """
    if person.external:
        return _external(command, roles, room)
    for right in command.who:
        if right.role == "bekend" or any(opens(right, role, room, structure) for role in roles):
            return Allowed()
    return Refused(refusal(command, roles, room, structure), code="E04")


def _external(command: Command, roles: tuple[Role, ...], room: Body | None) -> Verdict:
    own = {role.body for role in roles if role.role is RoleName.EXTERNAL}
    named = any(right.role in ("bekend", RoleName.EXTERNAL) for right in command.who)
    if not named:
        return Refused(EXTERNAL_REFUSED, code="E16")
    if room is not None and room.code not in own:
        where = f"in het kanaal van {_and(sorted(own))} of " if own else ""
        return Refused(
            f"Je bent geen lid van {room.the}. Geef dit door {where}aan een lid van {room.the}.",
            code="E16",
        )
    return Allowed()


def opens(right: Right, role: Role, room: Body | None, structure: Structure) -> bool:
    """Whether this role opens this right in this room. In the private chat the body of the role itself counts."""
    if right.role != role.role:
        return False
    body = structure.body(role.body)
    match right.where:
        case Where.HERE:
            return room is None or role.body == room.code
        case Where.FILTER:
            return role.body == structure.filter.code
        case Where.TIER:
            return body is not None and body.kind is BodyKind.FIXED
        case Where.GROUP:
            return body is None
        case Where.ANY:
            return True


def refusal(command: Command, roles: tuple[Role, ...], room: Body | None, structure: Structure) -> str:
    """E04: who may, what the person is here, and what does work."""
    who = _or(sorted({_holder(right, structure, room) for right in command.who}))
    parts = [f"Dit mag alleen {who}."]
    here = [role for role in roles if room is None or role.body == room.code]
    if here:
        titles = dict.fromkeys(f"{ROLE_TITLES[role.role]} van {_place(role.body, structure)}" for role in here)
        named = _and(list(titles)[:3])
        parts.append(f"Jij bent {named} ({here[0].on_behalf_of}).")
    elif room is not None:
        parts.append(f"Jij hebt geen rol in {room.the}.")
    if command.otherwise:
        parts.append(f"Wat wel kan: {command.otherwise}")
    return " ".join(parts)


def _holder(right: Right, structure: Structure, room: Body | None) -> str:
    if right.role == "bekend":
        return "iedereen die ik ken"
    title = ROLE_TITLES[right.role]
    match right.where:
        case Where.HERE:
            return f"de {title} van {room.the}" if room and right.role is not RoleName.MEMBER else f"een {title}"
        case Where.FILTER:
            article = "een" if right.role is RoleName.MEMBER else "de"
            return f"{article} {title} van {structure.filter.the}"
        case Where.TIER:
            return f"de {title} van een vast overleg"
        case Where.GROUP:
            return f"de {title} van een werkgroep of programma"
        case Where.ANY:
            return f"een {title}"


def _place(code: str, structure: Structure) -> str:
    body = structure.body(code)
    return body.the if body else code


def _or(words: list[str]) -> str:
    return words[0] if len(words) < 2 else f"{', '.join(words[:-1])} of {words[-1]}"


def _and(words: list[str]) -> str:
    return words[0] if len(words) < 2 else f"{', '.join(words[:-1])} en {words[-1]}"
