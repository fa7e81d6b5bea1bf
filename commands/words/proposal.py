"""A proposal (VST) that a second person confirms. domain.md §2.6."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from commands.words.signal import Brief


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
    END_GROUP = "opheffen"
    CHANGE_TRACK = "spoor wijzigen"


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
    in_between: bool = False
    decided_by: str | None = None
    decided_at: datetime | None = None
    decided_because: str = ""
