"""The register rebuilt from its history alone: what every object was after its last row (INV-37).

Lists and minutes made from it are, byte for byte, those made from the tables; a test plays a year and compares them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from sqlmodel import Session, col, select

from commands.kit.ports import R
from commands.words.action import Action
from commands.words.agreement import Agreement
from commands.words.decision import Decision
from commands.words.meeting import AgendaItem, Meeting
from storage import tables
from storage.mapping import from_plain
from storage.store import TABLES

ALL = 5000
#: So many rows are held in memory at once.
CHUNK = 500


class Rebuilt:
    """A shelf (`commands.kit.lists.Shelf`) that was filled from the history; and reads nothing else."""

    def __init__(self, records: Mapping[type, Mapping[str, Any]]) -> None:
        self._records = records

    def get(self, kind: type[R], id: str) -> R | None:
        """The record as its last row left it, or None."""
        return cast(R | None, self._records.get(kind, {}).get(id))

    def all(self, kind: type[R]) -> list[R]:
        """Every record of a kind, by id."""
        return [record for _, record in sorted(self._records.get(kind, {}).items())]

    def meetings(self) -> list[Meeting]:
        """Every meeting, by day and id."""
        return sorted(self.all(Meeting), key=lambda one: (one.day, one.id))

    def items(self, *, meeting: str | None = None) -> tuple[AgendaItem, ...]:
        """Agenda items of a meeting (None: of all), by meeting and number."""
        found = [one for one in self.all(AgendaItem) if meeting in (None, one.meeting)]
        return tuple(sorted(found, key=lambda one: (one.meeting, one.number)))

    def decisions(
        self, *, body: str | None = None, meeting: str | None = None, limit: int = ALL
    ) -> tuple[Decision, ...]:
        """Decisions that match, oldest first."""
        found = [one for one in self.all(Decision) if body in (None, one.body) and meeting in (None, one.meeting)]
        return tuple(sorted(found, key=lambda one: (one.made_at, one.id))[:limit])

    def agreements(
        self, *, body: str | None = None, meeting: str | None = None, limit: int = ALL
    ) -> tuple[Agreement, ...]:
        """Agreements that match, oldest first."""
        found = [one for one in self.all(Agreement) if body in (None, one.body) and meeting in (None, one.meeting)]
        return tuple(sorted(found, key=lambda one: (one.made_at, one.id))[:limit])

    def actions(self, *, body: str | None = None, limit: int = ALL) -> tuple[Action, ...]:
        """Actions of a body (None: of all), by due date and id."""
        found = [one for one in self.all(Action) if body in (None, one.body)]
        return tuple(sorted(found, key=lambda one: (one.due, one.id))[:limit])


def rebuilt(session: Session, *, until: datetime | None = None) -> Rebuilt:
    """Read the history from its first row on, up to and including a moment (aware; None: all of it)."""
    kinds = {kind.__name__: kind for kind in TABLES}
    history = tables.History
    records: dict[type, dict[str, Any]] = {}
    last = 0
    while True:
        query = select(history).where(col(history.id) > last).order_by(col(history.id)).limit(CHUNK)
        rows = session.exec(query).all()
        for row in rows:
            last = row.id or last
            kind = kinds.get(row.kind)  # the standing structure is in the history and is no record
            if kind is not None and (until is None or row.at <= until):
                records.setdefault(kind, {})[row.about] = from_plain(kind, row.after)
        session.expunge_all()
        if len(rows) < CHUNK:
            return Rebuilt(records)
