"""A proposal (VST) that a second person confirms. domain.md §2.6."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from commands.words.signal import Brief, PolicyChange, Track


class ProposalState(StrEnum):
    SUBMITTED = "ingediend"
    CONFIRMED = "bekrachtigd"
    REJECTED = "afgewezen"
    WITHDRAWN = "ingetrokken"


class ProposalKind(StrEnum):
    ESCALATE = "escaleren"
    FOUND_GROUP = "werkgroep instellen"
    CHANGE_TASK = "opdracht wijzigen"
    EXTEND_GROUP = "verlengen"
    RESHAPE_GROUP = "omvormen"
    END_GROUP = "opheffen"
    CHANGE_TRACK = "spoor wijzigen"


#: What a proposal can be about besides a signal.
ABOUT_GROUPS = (
    ProposalKind.FOUND_GROUP,
    ProposalKind.CHANGE_TASK,
    ProposalKind.EXTEND_GROUP,
    ProposalKind.RESHAPE_GROUP,
    ProposalKind.END_GROUP,
)


@dataclass(frozen=True)
class Terms:
    """What becomes of a group when the proposal is confirmed.

    `track` is the track it goes to. `open_to` is the code of the body that gets what is still open, `waived` why there
    is no final evaluation (W7).
    """

    end: date | None = None
    task: str = ""
    not_task: str = ""
    advice: str = ""
    policy_change: PolicyChange | None = None
    open_to: str | None = None
    waived: str = ""
    track: Track | None = None


@dataclass(frozen=True)
class Proposal:
    """`about` is the id of a signal or group; `confirms` is the code of the body whose chair decides."""

    id: str
    kind: ProposalKind
    about: str
    proposer: str
    because: str
    confirms: str
    state: ProposalState
    made_at: datetime
    to_body: str | None = None
    brief: Brief | None = None
    terms: Terms | None = None
    in_between: bool = False
    decided_by: str | None = None
    decided_at: datetime | None = None
    decided_because: str = ""
