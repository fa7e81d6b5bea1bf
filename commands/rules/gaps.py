"""Where the structure has holes: who or what is missing in a body (R-022, R-038, R-050, R-085, R-208)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from commands.rules.roles import parties_without_member
from commands.words.enumeration import joined
from commands.words.meeting import Meeting
from commands.words.people import ROLE_TITLES, Person, Role, RoleName
from commands.words.structure import Body, Structure
from commands.words.workgroup import GroupState, Workgroup

#: After so many meetings of its parent without feedback a group has a hole (R-038).
MEETINGS_WITHOUT_FEEDBACK = 2
_SEATED = (RoleName.MEMBER, RoleName.SUBSTANCE)


def gaps_of_tier(
    body: Body, roles: Sequence[Role], people: Mapping[str, Person], structure: Structure, day: date
) -> tuple[str, ...]:
    """Of a fixed body: no chair, no secretary, a party without a seat or without a deputy. `roles` are those of today,
    `people` whoever holds them.
    """
    held = {role.role for role in roles}
    found = [f"zonder {ROLE_TITLES[name]}" for name in (RoleName.CHAIR, RoleName.SECRETARY) if name not in held]
    if absent := parties_without_member(structure, roles):
        found.append(f"zonder lid van {joined(absent)}")
    alone = parties_without_deputy(structure, roles, people, day)
    if alone:
        found.append(f"{joined(alone)} zonder vervanger")
    return tuple(found)


def parties_without_deputy(
    structure: Structure, roles: Iterable[Role], people: Mapping[str, Person], day: date
) -> tuple[str, ...]:
    """R-208: the standing parties that have a seat there, and nobody who stands in for it."""
    seats = [role for role in roles if role.role in _SEATED]
    return tuple(
        party.code
        for party in structure.parties
        if (own := [role for role in seats if role.on_behalf_of == party.code])
        and not any(role.deputy_on(day) or people[role.person].deputy for role in own)
    )


def gaps_of_group(
    group: Workgroup, chaired: bool, meetings: Sequence[Meeting], day: date, only: str = ""
) -> tuple[str, ...]:
    """Of a running group: no chair, past its end date, silent in the last two meetings of its parent, no added value,
    one discipline only (R-153).

    `meetings` are those its parent held, by day; `only` is that discipline, "" when it has more.
    """
    found: list[str] = []
    if not chaired:
        found.append("zonder trekker" if group.is_programme else "zonder voorzitter")
    if group.state is GroupState.LAPSED or group.end < day:
        found.append("de einddatum is voorbij")
    since = max(group.start, group.last_feedback or group.start)
    missed = [meeting for meeting in meetings if meeting.day > since]
    if len(missed) >= MEETINGS_WITHOUT_FEEDBACK:
        found.append(f"zonder terugkoppeling in {len(missed)} vergaderingen")
    if not group.value:
        found.append("zonder toegevoegde waarde op papier")
    if only:
        found.append(f"alleen de discipline {only}")
    return tuple(found)
