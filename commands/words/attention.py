"""An attention point (AAP) of an informal meeting: no decision until a body that decides takes it over. R-143, C33."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AttentionState(StrEnum):
    OPEN = "open"
    SCHEDULED = "geagendeerd"
    CONFIRMED = "bekrachtigd"
    NOT_TAKEN = "niet overgenomen"
    LAPSED = "vervallen"


#: States in which it still waits for a body that decides.
WAITING = (AttentionState.OPEN, AttentionState.SCHEDULED)


@dataclass(frozen=True)
class AttentionPoint:
    """`meeting` is the informal one; `organisations` were there (R-145). `item` is the agenda item it stands under,
    `confirmed_as` the decision or agreement that took it over, `because` why it was not.
    """

    id: str
    text: str
    body: str
    meeting: str
    made_by: str
    made_at: datetime
    organisations: tuple[str, ...] = ()
    state: AttentionState = AttentionState.OPEN
    item: str | None = None
    confirmed_as: str | None = None
    because: str = ""
