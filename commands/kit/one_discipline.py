"""What the clock owes a group that looks at its task from one discipline only (R-153)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from commands.kit.ports import Due, Store
from commands.rules import timing
from commands.rules.disciplines import narrow
from commands.words.calendar import AMSTERDAM
from commands.words.structure import Structure
from commands.words.workgroup import RUNNING_STATES, Workgroup

KIND = "groep_een_discipline"


def declared(store: Store, group: Workgroup) -> Mapping[str, tuple[str, ...]]:
    """What each of the people of the group declared, the chair first; () for who declared nothing."""
    people = tuple(dict.fromkeys(id for id in (group.chair, *group.members) if id))
    found: dict[str, list[str]] = defaultdict(list)
    for one in store.disciplines(people=people) if people else ():
        found[one.person].append(one.name)
    return {id: tuple(found[id]) for id in people}


def looks_one_way(store: Store, structure: Structure, group: Workgroup) -> bool:
    """R-153: whether all that is known of a running group is the home discipline."""
    if group.state not in RUNNING_STATES or group.within:
        return False
    return narrow(group.disciplines, declared(store, group).values(), structure.home_discipline)


def owe_one_discipline(store: Store, structure: Structure, now: datetime, group: Workgroup) -> None:
    """The question to its chair, once in the life of a group, some time after it came to have one discipline only; not
    while it has no chair, and not any more when another discipline came.
    """
    if group.chair is None or not looks_one_way(store, structure, group):
        store.owe(group.code, (), kinds=(KIND,))
        return
    calendar = structure.calendar
    day = structure.thresholds.one_discipline.after(now.astimezone(AMSTERDAM).date(), calendar)
    at = timing.at_sending_time(calendar.sending_on_or_after(day), structure)
    store.owe(group.code, [Due(KIND, group.code, "", at)], kinds=())
