"""A consultation (RPL): a question to those the parties speak for, before a meeting (R-127, domain.md §2.10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from commands.words.decision import StandKind


class ConsultationState(StrEnum):
    """That the closing date has passed is no state: the date says so, and no clock changes a state (INV-10)."""

    OPEN = "open"
    ANSWERED = "standpunt vastgesteld"
    WITHDRAWN = "ingetrokken"


@dataclass(frozen=True)
class Answer:
    """What a party says after asking those it speaks for. `kind` is None for a position in words of its own; `heard`
    of `asked` of them answered, where that was said; `late`: it came after the closing date."""

    party: str
    kind: StandKind | None
    text: str
    by: str
    at: datetime
    late: bool = False
    heard: int | None = None
    asked: int | None = None


@dataclass(frozen=True)
class Consultation:
    """`parties` are asked, each with its own network; `about` is a signal or an agenda item, or empty. `closes_on` is
    the last day to answer in time. `because` says why it was withdrawn."""

    id: str
    question: str
    parties: tuple[str, ...]
    closes_on: date
    body: str
    meeting: str
    made_by: str
    made_at: datetime
    about: str = ""
    state: ConsultationState = ConsultationState.OPEN
    answers: tuple[Answer, ...] = ()
    because: str = ""
