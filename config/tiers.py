"""Whether the fixed bodies form one chain from the filter to the top (domain.md §2.1; the number of tiers is free)."""

from __future__ import annotations

from typing import Protocol

from commands.words.structure import Body, BodyKind, Structure
from config.reader import Table


def check_chain(structure: Structure, root: Table) -> None:
    """Note as faults: no or more than one root, an unknown parent, a level that is not one below its parent's, two
    tiers on one level, and a filter that is not level 1.
    """
    tables = {str(table.values.get("code", "")).strip().casefold(): table for table in root.tables("body", "code")}

    def fault(body: Body, key: str, message: str) -> None:
        table = tables.get(body.code.casefold())
        if table is None:
            root.fault("body", f"{body.code}: {key} {message}")
        else:
            table.fault(key, message)

    tiers = structure.tiers
    if not tiers:
        root.fault("body", f'is missing: a structure has at least one fixed body (kind = "{BodyKind.FIXED}")')
        return
    for root_body in _roots(structure)[1:]:
        fault(root_body, "parent", f"is missing: {_roots(structure)[0].code} is the top already, and there is one top")
    if not _roots(structure):
        fault(tiers[-1], "parent", "goes round: one fixed body has no parent, the top")
    on_level: dict[int, Body] = {}
    for body in tiers:
        if body.parent is not None:
            _check_parent(structure, body, fault)
        if body.level is not None:
            other = on_level.setdefault(body.level, body)
            if other is not body:
                fault(body, "level", f"is taken by {other.code}: the tiers form one chain")
    if structure.filter.level not in (None, 1):
        fault(structure.filter, "level", "of the lowest tier is 1: it is the filter that weighs every signal (R-040)")


def _roots(structure: Structure) -> list[Body]:
    return [body for body in reversed(structure.tiers) if body.parent is None]


class _Faulter(Protocol):
    def __call__(self, body: Body, key: str, message: str) -> None: ...


def _check_parent(structure: Structure, body: Body, fault: _Faulter) -> None:
    parent = structure.body(body.parent or "")
    if parent is None:
        fault(body, "parent", f"{body.parent} is no body of this structure")
    elif parent.kind is not BodyKind.FIXED:
        fault(body, "parent", f"{parent.code} is a connection, not a fixed body")
    elif parent is body:
        fault(body, "parent", "is the body itself")
    elif parent.level is not None and body.level is not None and parent.level != body.level + 1:
        fault(body, "level", f"must be one below its parent's: {parent.code} is on level {parent.level}")
