"""Any record: read, write with a history row, give it a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from commands.kit.ports.rows import Change, R, Record
from commands.words.record import HistoryRow


class Records(Protocol):
    """A part of `Store`."""

    def get(self, kind: type[R], id: str) -> R | None:
        """The record with that id, or None. Ids are exact; tolerance is the parser's."""

    def get_all(self, kind: type[R], ids: Sequence[str], *, states: Sequence[StrEnum] = ()) -> Mapping[str, R]:
        """Those of these ids that there are, by id: many at once, at most a few hundred.

        With `states` those in one of them only; the kind must be one that has a state.
        """

    def put(self, record: Record, change: Change) -> None:
        """Insert or replace the record and append one history row (INV-37)."""

    def new_id(self, prefix: str, year: int) -> str:
        """The next id such as `SIG-2027-014`; never given twice, also not after an undo."""

    def history(self, about: str) -> tuple[HistoryRow, ...]:
        """All rows of one object, oldest first."""

    def as_it_was(self, record: R, at: datetime) -> R | None:
        """The same record at that moment, by its history; None when it was not there yet."""

    def versions(self, kind: type[R], id: str) -> tuple[tuple[HistoryRow, R], ...]:
        """Each row of one object with the object as it then became, oldest first."""

    def standing_deeds(self, about: str, *, since: int) -> frozenset[int | None]:
        """The deeds since that one, itself included, that changed one object and still stand: without those that were
        undone and the entries that undid them. None stands for a change that belongs to no deed."""

    def last_change(self, about: str) -> tuple[HistoryRow, int | None] | None:
        """The newest row of one object and the deed it belongs to."""
