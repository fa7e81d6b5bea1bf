"""What the queries of the register have in common."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col


def where(query: Any, table: Any, **wanted: str | None) -> Any:
    for name, value in wanted.items():
        if value is not None:
            query = query.where(col(getattr(table, name)) == value)
    return query


def between(
    query: Any, table: Any, states: Sequence[Any], made_since: datetime | None, made_until: datetime | None
) -> Any:
    """Records in those states, made in [made_since, made_until)."""
    if states:
        query = query.where(col(table.state).in_(list(states)))
    if made_since is not None:
        query = query.where(col(table.made_at) >= made_since)
    if made_until is not None:
        query = query.where(col(table.made_at) < made_until)
    return query
