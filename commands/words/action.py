"""An action (ACT): one holder, one date (INV-28). domain.md §2.8, rulings.md 3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from commands.words.signal import Track
from commands.words.titles import as_title


class ActionState(StrEnum):
    REQUESTED = "verzoek"
    OPEN = "open"
    DONE = "afgerond"
    REFUSED = "geweigerd"
    LAPSED = "vervallen"


@dataclass(frozen=True)
class Action:
    """`due` is the last day; `postponed` counts how often it moved; `first_due` stays visible.

    `origin` is the meeting, item, decision or agreement it came from. `anchor` is the meeting its date leans on, as
    `anchor_text` says ("voor het volgende AO"). `waits_for` is who or what has it now (*ligt nu bij*), in a few words.
    """

    id: str
    text: str
    holder: str
    on_behalf_of: str
    due: date
    first_due: date
    body: str
    state: ActionState
    asked_by: str
    made_at: datetime
    track: Track = Track.OPEN
    signal: str | None = None
    postponed: int = 0
    done_at: datetime | None = None
    result: str = ""
    origin: str | None = None
    anchor: str | None = None
    anchor_text: str = ""
    deputy: str | None = None
    waits_for: str = ""

    def __post_init__(self) -> None:
        """Also of what an earlier version kept with its full stop."""
        if self.text.endswith("."):
            object.__setattr__(self, "text", as_title(self.text))
