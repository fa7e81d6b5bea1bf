"""What a body within a programme may decide, and who is missing there (R-119, R-122, R-123, R-126, R-135)."""

from __future__ import annotations

from collections.abc import Iterable

from commands.words.structure import Structure
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


def not_represented(structure: Structure, parties: Iterable[str]) -> tuple[str, ...]:
    """R-122, R-126: the standing parties that are not among these, in the order of the structure."""
    there = {party.casefold() for party in parties}
    return tuple(party.code for party in structure.parties if party.code.casefold() not in there)


def lists_overdue(group: Workgroup | None) -> bool:
    """R-135: while a programme wins trust nobody is listed as late."""
    return group is None or group.phase is not Phase.TRUST
