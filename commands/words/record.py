"""What goes with every entity: feedback, history and undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Feedback:
    """A terugkoppeling (TRK): text about an object to someone, with who wrote it and when (R-177), and along which line
    it went, from where it was said to where it is read (R-128)."""

    id: str
    about: str
    to: str
    text: str
    by: str
    at: datetime
    line: tuple[str, ...] = ()


@dataclass(frozen=True)
class HistoryRow:
    """One change of state; append-only (INV-37). `source` is the chat message it came from."""

    about: str
    at: datetime
    by: str
    from_state: str | None
    to_state: str
    why: str
    source: str | None
