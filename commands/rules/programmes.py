"""What a body within a programme may decide, and who is missing there (R-119, R-122, R-123, R-126, R-135)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from commands.rules.agenda import SUBSTANCE
from commands.words.meeting import Nature
from commands.words.people import RoleName
from commands.words.structure import Body, Structure
from commands.words.template import Seat, Template
from commands.words.verdict import Allowed, Refused, Verdict
from commands.words.workgroup import Phase, Workgroup


def categories(group: Workgroup, templates: Iterable[Template]) -> tuple[str, ...]:
    """R-123: the categories in which this body decides within its programme; none for a body that does not decide."""
    if group.seat is not Seat.STEERING:
        return ()
    bodies = (body for template in templates for body in template.bodies)
    return next((body.decides for body in bodies if group.code.endswith(f"-{body.code}")), ())


def may_decide(group: Workgroup, category: str | None, templates: Iterable[Template]) -> Verdict:
    """R-119, R-123: only the steering group of a programme decides, and only in its own categories.

    Refused with code R-119 for another body, with R-123 when the category is missing or not one of its own.
    """
    own = categories(group, templates)
    if not own:
        return Refused(
            f"{group.name} besluit niet. Voorleggen kan aan de stuurgroep van {group.within or group.code}.",
            code="R-119",
        )
    if category is not None and category.strip().casefold() in {one.casefold() for one in own}:
        return Allowed()
    listed = f"{', '.join(own[:-1])} of {own[-1]}"
    return Refused(f"{group.name} besluit over {listed}. Waar valt dit onder?", code="R-123")


def prepared_first(group: Workgroup, team: Body | None, nature: Nature) -> Verdict:
    """R-125: a point of substance of the steering group is prepared by the programme team, as the DO does for the BO
    (R-031). `team` is the team of the same programme, if it has one.
    """
    if group.seat is not Seat.STEERING or team is None or nature not in SUBSTANCE:
        return Allowed()
    because = f"Een nieuw punt gaat eerst langs {team.name} ({team.code}), het voorportaal van {group.name}."
    return Refused(because, code="R-125")


#: Names of roles in the bodies of a template, by seat; None is the programme itself (R-131, R-134).
_ROLES: dict[str, dict[Seat | None, RoleName]] = {
    "programmadirecteur": {None: RoleName.LEAD, Seat.TEAM: RoleName.CHAIR},
    "projectleider": {Seat.PROJECT: RoleName.CHAIR, Seat.CORE: RoleName.MEMBER},
    "projectsecretaris": {Seat.PROJECT: RoleName.SECRETARY},
}
TEMPLATE_ROLES = tuple(_ROLES)


def role_named(name: str, group: Workgroup | None) -> RoleName | Refused:
    """R-131, R-134: the role behind such a name there; the rights are those of that role, inside that body only."""
    seats = _ROLES[name]
    if group is not None and group.seat in seats and (group.seat is not None or group.is_programme):
        return seats[group.seat]
    where = " of ".join("het programma zelf" if seat is None else f"een {seat}" for seat in seats)
    return Refused(f"Een {name} hoort bij {where}. Leg de rol daar vast met !rol.", code="R-131")


def title_within(role: RoleName, group: Workgroup | None) -> str | None:
    """How that role is called in a projectgroep; None where it has no name of its own."""
    if group is None or group.seat is not Seat.PROJECT:
        return None
    return next((name for name, seats in _ROLES.items() if seats.get(Seat.PROJECT) is role), None)


def not_represented(structure: Structure, parties: Iterable[str]) -> tuple[str, ...]:
    """R-122, R-126: the standing parties that are not among these, in the order of the structure."""
    there = {party.casefold() for party in parties}
    return tuple(party.code for party in structure.parties if party.code.casefold() not in there)


def lists_overdue(group: Workgroup | None) -> bool:
    """R-135: while a programme wins trust nobody is listed as late."""
    return group is None or group.phase is not Phase.TRUST


def authorities(templates: Sequence[Template], name: str | None) -> int:
    """R-110: how many *bevoegde gezagen* there are: by the programme's own template, else as any template says; 0 when
    none does."""
    own = [one.authorities for one in templates if one.name == name]
    return next((count for count in (*own, *(one.authorities for one in templates)) if count), 0)
