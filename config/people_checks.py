"""Who may hold which role where, and the roles that a group gives by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from commands.words.people import Person, Role, RoleName
from commands.words.structure import BodyKind, Structure
from commands.words.workgroup import Workgroup
from config.reader import Table

CHAIRS = (RoleName.CHAIR, RoleName.LEAD)


def check_roles(structure: Structure, people: Mapping[str, Person], roles: Sequence[tuple[Role, Table]]) -> None:
    """Note as faults: a chair from another party than the body asks (R-043), chair and inhoudelijk in one person at
    one body at one time (INV-18), an external as anything but extern in a fixed body (INV-20), a role held twice.
    """
    for at, (role, table) in enumerate(roles):
        person = people[role.person.casefold()]
        body = structure.body(role.body)
        earlier = [other for other, _ in roles[:at] if other.person == role.person and other.body == role.body]
        if any(other.role is role.role and _overlap(other, role) for other in earlier):
            table.fault("", f"{role.person} has the role {role.role} in {role.body} already at that time")
        pair = {RoleName.CHAIR, RoleName.SUBSTANCE}
        if any({other.role, role.role} == pair and _overlap(other, role) for other in earlier):
            table.fault("role", f"{role.person} cannot be both voorzitter and inhoudelijk of {role.body} (INV-18)")
        if body is None:
            continue
        if role.role is RoleName.CHAIR and body.chair_from and person.organisation not in body.chair_from:
            wanted = f"the chair of {body.code} comes from {' or '.join(body.chair_from)}"
            table.fault("role", f"{wanted}; {person.id} is {person.organisation} (R-043)")
        if person.external and body.kind is BodyKind.FIXED and role.role is not RoleName.EXTERNAL:
            table.fault("role", f"{person.id} is external and can only be extern in {body.code} (INV-20)")


def _overlap(one: Role, other: Role) -> bool:
    return (one.start or date.min) <= (other.end or date.max) and (other.start or date.min) <= (one.end or date.max)


def group_roles(groups: Iterable[Workgroup], people: Mapping[str, Person], given: Sequence[Role]) -> tuple[Role, ...]:
    """The given roles and those that follow from the groups: the chair is voorzitter (of a programme trekker), a member
    lid, or extern when external. The chair and members of the group win over a given role that says the same or less.
    """
    derived: list[Role] = []
    for group in groups:
        chair = group.chair
        if chair:
            lead = RoleName.LEAD if group.kind is BodyKind.PROGRAMME else RoleName.CHAIR
            derived.append(_role(people, chair, group.code, lead))
        for member in group.members:
            external = people[member.casefold()].external
            derived.append(_role(people, member, group.code, RoleName.EXTERNAL if external else RoleName.MEMBER))
    led = {(role.body, role.role) for role in derived if role.role in CHAIRS}
    sits = {(role.body, role.person) for role in derived}
    said = {(role.body, role.person, role.role) for role in derived}
    kept = [
        role
        for role in given
        if (role.body, role.role) not in led
        and (role.body, role.person, role.role) not in said
        and not (role.role in (RoleName.MEMBER, RoleName.EXTERNAL) and (role.body, role.person) in sits)
    ]
    return (*kept, *derived)


def _role(people: Mapping[str, Person], id: str, body: str, role: RoleName) -> Role:
    return Role(id, body, role, people[id.casefold()].organisation)
