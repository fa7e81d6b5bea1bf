"""May this person have this role in this body? (R-043, R-050, R-085, INV-14, INV-18, INV-19, INV-20, domain.md §2.3)"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from commands.rules import ways
from commands.words.people import ROLE_TITLES, Person, Role, RoleName
from commands.words.structure import Body, BodyKind, Structure
from commands.words.verdict import Allowed, Instead, Refused, Verdict
from commands.words.workgroup import Workgroup

#: Roles that lead a body; giving one takes a second person.
LEADING = (RoleName.CHAIR, RoleName.LEAD)
#: A connection brings signals in and gets feedback; it decides nothing, so nobody leads or votes there (R-081).
_IN_CONNECTION = (
    RoleName.CONNECTION_MEMBER,
    RoleName.UMBRELLA_CONTACT,
    RoleName.SECRETARY,
    RoleName.OPERATOR,
)
_ONE_PERSON = frozenset({RoleName.CHAIR, RoleName.SUBSTANCE})


def fitting(role: RoleName, body: Body) -> RoleName:
    """The role as that body knows it: who leads a programme is its trekker, everywhere else the voorzitter."""
    if role in LEADING:
        return RoleName.LEAD if body.kind is BodyKind.PROGRAMME else RoleName.CHAIR
    return role


def may_hold(person: Person, role: RoleName, body: Body, party: str, held: Iterable[Role]) -> Verdict:
    """Whether the person may have that role there; `held` are the person's roles of today, `party` on whose behalf.

    E16/INV-20: someone from outside is extern, in a group. R-043: a chair comes from the party the body asks.
    INV-18: chair and substance are two persons. A chair who is also the secretary is allowed with a warning.
    """
    if person.external != (role is RoleName.EXTERNAL):
        return _outside(person, body)
    if person.external and not body.is_group:
        return Refused(ways.RESERVED, code="E16")
    if role is RoleName.CONNECTION_MEMBER and body.kind is not BodyKind.CONNECTION:
        return Refused(
            f"Een connectielid hoort bij een connectie, niet bij {body.the}. Kies een andere rol.", code="E11"
        )
    if body.kind is BodyKind.CONNECTION and role not in _IN_CONNECTION:
        way = Instead("", {"role": str(RoleName.CONNECTION_MEMBER)}, "Als connectielid vastleggen?")
        return Refused(f"{body.code} is een connectie en geen overleg; daar zitten connectieleden in.", way, "R-081")
    if role is RoleName.CHAIR and body.chair_from and not {person.organisation, party} <= set(body.chair_from):
        wanted = " of ".join(body.chair_from)
        return Refused(
            f"De voorzitter van {body.the} komt vanuit het {wanted}; {person.label} is {person.organisation}.",
            code="R-043",
        )
    here = {one.role for one in held if one.body == body.code}
    if role in _ONE_PERSON and (other := next(iter((_ONE_PERSON - {role}) & here), None)):
        return Refused(
            f"{person.label} is al {ROLE_TITLES[other]} van {body.the}; {ROLE_TITLES[role]} is een ander. "
            "Kies een ander.",
            code="INV-18",
        )
    if {role, *here} >= {RoleName.CHAIR, RoleName.SECRETARY}:
        return Allowed((f"{person.label} is nu voorzitter en secretaris van {body.the}.",))
    return Allowed()


def _outside(person: Person, body: Body) -> Verdict:
    if person.external and not body.is_group:
        return Refused(ways.RESERVED, code="E16")
    if person.external:
        way = Instead("", {"role": str(RoleName.EXTERNAL)}, "Als extern lid vastleggen?")
        return Refused(f"{person.label} komt van buiten de overheidspartijen.", way, "E16")
    way = Instead("", {"role": str(RoleName.MEMBER)}, "Als lid vastleggen?")
    return Refused(f"{person.label} is van {person.organisation} en dus geen extern lid.", way, "E11")


def may_join(group: Workgroup, day: date) -> Verdict:
    """INV-14: a group that has lapsed or is over gets no new people."""
    if group.takes_work(day):
        return Allowed()
    return Refused(f"{group.code} is {group.state_on(day)} en krijgt geen nieuwe leden.", code="INV-14")


def confirms(giver: Iterable[Role], body: Body) -> bool:
    """Whether someone with these roles may confirm a new chair of the body: who leads it now, or the body above it."""
    return any(one.role in LEADING and one.body in (body.code, body.parent) for one in giver)


def in_office(person: Person, roles: Iterable[Role], day: date) -> bool:
    """Whether someone acts under this function today (E05): not before it began, not between two terms.

    `roles` are all of the person's, past and coming ones too. Whoever only had roles that ended, or never had one, is
    still known; a function that begins (again) later is not filled now.
    """
    held = tuple(roles)
    if not person.active_on(day):
        return False
    return any(role.active_on(day) for role in held) or not any(role.start and role.start > day for role in held)


def vacant_until(roles: Iterable[Role], person: Person, day: date) -> tuple[bool, date | None]:
    """Whether the function is vacant on that day, and the last day of that if it is known.

    `roles` are those of the person in one body, past and coming ones too. (False, None) when it is filled.
    """
    held = tuple(roles)
    if person.active_on(day) and any(role.active_on(day) for role in held):
        return False, None
    starts = [role.start for role in held if role.start and role.start > day]
    if person.start and person.start > day:
        starts = [max(person.start, start) for start in starts] or [person.start]
    return True, date.fromordinal(min(starts).toordinal() - 1) if starts else None


def parties_without_member(structure: Structure, roles: Iterable[Role]) -> tuple[str, ...]:
    """R-085: the standing parties for which nobody sits in the body whose roles these are."""
    present = {role.on_behalf_of for role in roles if role.role not in (RoleName.SECRETARY, RoleName.OPERATOR)}
    return tuple(party.code for party in structure.parties if party.code not in present)
