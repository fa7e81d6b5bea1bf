"""The log of the structure: what changed when, by whom and why, from the history of each of its parts (INV-37)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from commands.kit import dates
from commands.kit.ports import STRUCTURE
from commands.kit.register import Register
from commands.rules.structure_log import group_change, mandate_change
from commands.words.mandate import Mandate
from commands.words.people import ROLE_TITLES, Role, RoleName
from commands.words.structure import Body
from commands.words.workgroup import Workgroup

_LEADING = (RoleName.CHAIR, RoleName.LEAD, RoleName.SECRETARY)


@dataclass(frozen=True)
class Entry:
    """One change: `what` in Dutch, `by` an id or who else did it."""

    at: datetime
    by: str
    what: str
    why: str


def log(register: Register, groups: Sequence[Workgroup]) -> list[Entry]:
    """Newest first: the standing part, its mandate and who leads it, and these groups. Read object by object."""
    found = [
        *(Entry(row.at, row.by, row.to_state, row.why) for row in register.store.history(STRUCTURE) if row.from_state),
        *_mandates(register),
        *(entry for body in register.structure.tiers for entry in _roles(register, body)),
        *(entry for group in groups for entry in _group(register, group)),
    ]
    return sorted(found, key=lambda one: (one.at, one.what), reverse=True)


def _mandates(register: Register) -> Iterator[Entry]:
    place = register.structure.filter
    before: Mandate | None = None
    for row, after in register.store.versions(Mandate, place.code):
        if what := mandate_change(before, after):
            yield Entry(row.at, row.by, f"{place.code}: {what}", row.why)
        before = after


def _roles(register: Register, body: Body) -> Iterator[Entry]:
    for held in register.store.roles(body=body.code, on=None):
        before: Role | None = None
        for row, after in register.store.versions(Role, held.id) if held.role in _LEADING else ():
            if before is None or before.end != after.end:
                until = f" tot en met {dates.say_short(after.end)}" if after.end else ""
                title, name = ROLE_TITLES[held.role], register.person_named(held.person)
                yield Entry(row.at, row.by, f"{body.code}: {title} {name}{until}", row.why)
            before = after


def _group(register: Register, group: Workgroup) -> Iterator[Entry]:
    before: Workgroup | None = None
    for row, after in register.store.versions(Workgroup, group.code):
        if what := group_change(before, after, dates.say_short):
            yield Entry(row.at, row.by, f"{group.code}: {what}", row.why)
        before = after
