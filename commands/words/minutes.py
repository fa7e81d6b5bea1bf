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
    """All are drafts until a person releases them (R-056, R-129). The first two tell of a meeting; the others ask those
    a party speaks for, tell them what came of something, bring in what they say of it, or tell a connection that heard
    nothing for long how it stands (R-180)."""

    LOOKING_BACK = "terugblik"
    UPWARD = "bericht"
    CONSULTATION = "raadpleging"
    FEEDBACK = "terugkoppeling"
    INWARD = "inbreng"
    STANDING = "stand van zaken"


#: What leaves for those a party speaks for: only its umbrella contact lets it go.
OUTWARD = (BulletinKind.LOOKING_BACK, BulletinKind.CONSULTATION, BulletinKind.FEEDBACK, BulletinKind.STANDING)


class BulletinState(StrEnum):
    DRAFT = "concept"
    SENT = "verzonden"
    WAIVED = "vervallen"


@dataclass(frozen=True)
class Bulletin:
    """A short text for others. `to` is the party whose network reads it, or the body; `releases` is who may let it go,
    `route` how it went, `because` why it was not sent. `about` is what it is about beside a meeting; `line` the line it
    follows, from where it was said to where it is read ("DO", "AO", "VNG", "WEB"; R-128)."""

    id: str
    meeting: str | None
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
    about: str = ""
    line: tuple[str, ...] = ()
