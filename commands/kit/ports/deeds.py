"""What one message did, and how it is taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from commands.kit.ports.rows import Change, Deed, Savepoint


class Deeds(Protocol):
    """A part of `Store`."""

    def savepoint(self) -> Savepoint:
        """From here on writes can be taken back: a refusal stores nothing."""

    def begin_deed(self, person: str, at: datetime, source: str) -> int:
        """Open a deed; changes put with its number can be undone together."""

    def describe_deed(self, deed: int, summary: str) -> None:
        """What the deed did, in a few Dutch words for the person."""

    def last_deed(self, person: str) -> Deed | None:
        """The newest deed of the person that changed something."""

    def deeds_from(self, source: str) -> tuple[Deed, ...]:
        """What one chat message did, newest first; without what changed nothing."""

    def forgot_between(self, first: str, last: str) -> bool:
        """Whether who said `last` said something after `first` of which nothing is kept (both sources of a deed)."""

    def mark(self, deed: int, change: Change) -> None:
        """A row in the history of everything the deed changed that changes nothing, such as "bericht ingetrokken"."""

    def told_by(self, source: str) -> tuple[str, ...]:
        """Where notices went that came from that chat message, as outbox destinations."""

    def undo(self, deed: int, change: Change) -> None:
        """Put every object back as it was before the deed, as new history rows; made objects become void."""
