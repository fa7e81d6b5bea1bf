"""A signal (SIG), its delegations, and the brief that goes up with it. States and fields: domain.md §2.2, §2.5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from commands.words.titles import as_title


class SignalState(StrEnum):
    SUBMITTED = "ingediend"
    HELD = "aangehouden"
    HANDLING = "in behandeling"
    SCHEDULED = "geagendeerd"
    DECIDED = "besloten"
    SETTLED = "afgehandeld"
    REJECTED = "afgewezen"
    CLOSED = "gesloten"
    MERGED = "samengevoegd"
    WITHDRAWN = "ingetrokken"


#: States in which a signal still asks for something.
OPEN_STATES = (
    SignalState.SUBMITTED,
    SignalState.HELD,
    SignalState.HANDLING,
    SignalState.SCHEDULED,
    SignalState.DECIDED,
)
#: States after which nothing changes any more, unless it is reopened.
FINAL_STATES = (SignalState.CLOSED, SignalState.MERGED, SignalState.WITHDRAWN)


class Track(StrEnum):
    """R-105: hold to account, encourage, or not yet determined."""

    HOLD = "aanspreken"
    ENCOURAGE = "aanjagen"
    OPEN = "onbepaald"


class Horizon(StrEnum):
    STRATEGY = "strategie"
    CURRENT = "actualiteit"


class SignalKind(StrEnum):
    """R-067."""

    ACUTE = "acuut"
    TREND = "trend"
    PROCESS = "proces"
    OTHER = "overig"


class Direction(StrEnum):
    """R-184: from which side it was raised."""

    BELOW = "van onderop"
    ABOVE = "van bovenaf"


class PolicyChange(StrEnum):
    """R-071: whether policy must change."""

    YES = "ja"
    NO = "nee"
    OPEN = "naderbezien"


@dataclass(frozen=True)
class Hop:
    """One delegation: `giver` stays responsible, `receiver` reports back by `due` (INV-06).

    `anchor` is the meeting that the date leans on, as `anchor_text` says ("voor het volgende AO").
    """

    giver: str
    receiver: str
    task: str
    due: date | None
    anchor: str | None = None
    anchor_text: str = ""


@dataclass(frozen=True)
class Brief:
    """The destillaat (R-042): main line ≤ 600 characters, the decision asked, and why this tier."""

    main_line: str
    ask: str
    why: str


@dataclass(frozen=True)
class Signal:
    """`lies_with` is where it is now, `owner` who answers for it; both always set (INV-01). `safety_net` is the label
    *vangnet*: what was agreed does not catch this, so it is acute (R-118)."""

    id: str
    title: str
    raised_by: tuple[str, ...]
    on_behalf_of: str
    state: SignalState
    lies_with: str
    owner: str
    filed_at: datetime
    changed_at: datetime
    explanation: str = ""
    hops: tuple[Hop, ...] = ()
    passed: tuple[str, ...] = ()
    kind: SignalKind | None = None
    horizon: Horizon | None = None
    topic: str | None = None
    track: Track = Track.OPEN
    region: str | None = None
    origin: str | None = None
    interest: str | None = None
    relevant: bool | None = None
    relevant_because: str = ""
    sensitive: bool = False
    brief: Brief | None = None
    outcome: str = ""
    policy_change: PolicyChange | None = None
    merged_into: str | None = None
    weighed_at: datetime | None = None
    settled_at: datetime | None = None
    due: date | None = None
    told: tuple[str, ...] = ()
    direction: Direction | None = None
    safety_net: bool = False

    def __post_init__(self) -> None:
        """Also of what an earlier version kept with its full stop."""
        if self.title.endswith("."):
            object.__setattr__(self, "title", as_title(self.title))

    @property
    def place(self) -> str:
        """State and landing place as the history shows it: `in behandeling @DO`."""
        return f"{self.state} @{self.lies_with}"
