"""After a meeting: corrections of its minutes (COR) and the bulletins that tell others of it (TRK). domain.md §2.7."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CorrectionState(StrEnum):
    OPEN = "open"
    WORKED_IN = "verwerkt"
    REJECTED = "afgewezen"
    WITHDRAWN = "ingetrokken"


@dataclass(frozen=True)
class Correction:
    """What someone says is wrong in the list of a meeting. `about` is a decision, agreement, action or item of it, or
    empty for the list as a whole; `because` says why it was not worked in."""

    id: str
    meeting: str
    about: str
    text: str
    by: str
    made_at: datetime
    state: CorrectionState = CorrectionState.OPEN
    because: str = ""
    settled_by: str | None = None
    settled_at: datetime | None = None


class BulletinKind(StrEnum):
    """Both are drafts until a person releases them (R-056, R-129)."""

    LOOKING_BACK = "terugblik"
    UPWARD = "bericht"


class BulletinState(StrEnum):
    DRAFT = "concept"
    SENT = "verzonden"
    WAIVED = "vervallen"


@dataclass(frozen=True)
class Bulletin:
    """A short text about a meeting. `to` is the party whose network reads it, or the body above; `releases` is who may
    let it go, `route` how it went, `because` why it was not sent."""

    id: str
    meeting: str
    kind: BulletinKind
    to: str
    text: str
    releases: str
    made_at: datetime
    state: BulletinState = BulletinState.DRAFT
    route: str = ""
    released_by: str | None = None
    released_at: datetime | None = None
    because: str = ""
