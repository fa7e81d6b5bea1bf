"""An evaluation (EVA) of a group, a programme or a fixed body. domain.md §2.10, R-090, R-091, INV-35, INV-36.

What people answer is not here: that is kept without a name, apart from who was asked (`Respondent`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EvaluationKind(StrEnum):
    GROUP = "werkgroep"
    LEAN = "overleg"
    WALL = "jubel- en klaagmuur"
    MIDTERM = "midterm"
    FINAL = "eind"


class EvaluationState(StrEnum):
    PLANNED = "gepland"
    OUT = "uitgezet"
    CLOSED = "inbreng gesloten"
    DISCUSSED = "besproken"
    STEERED = "bijsturing belegd"
    DONE = "afgerond"
    DROPPED = "vervallen"


#: States in which an evaluation is on its way: begun and not finished.
UNDER_WAY = (EvaluationState.OUT, EvaluationState.CLOSED, EvaluationState.DISCUSSED, EvaluationState.STEERED)


class Aspect(StrEnum):
    """R-091: exactly these three, each required."""

    PROCESS = "proces"
    CONTENT = "inhoud"
    RELATION = "relatie"


class Advice(StrEnum):
    CONTINUE = "voortzetten"
    ADJUST = "bijstellen"
    COMBINE = "combineren"
    END = "opheffen"


@dataclass(frozen=True)
class Complaint:
    """A point of the klaagmuur and what was done with it: an action, or the reason that there is none (R-148)."""

    text: str
    answer: str = ""


@dataclass(frozen=True)
class ProgressLine:
    """Where one organisation stands on the track aanspreken; `reply` is what it says of that itself (R-196)."""

    organisation: str
    done: int
    open: int
    past: int
    reply: str = ""


@dataclass(frozen=True)
class Evaluation:
    """`about` is the code of a body, `day` for when it is planned, `held_on` when it was held. Where people chose the
    day, `instead_of` is the one that followed by itself, or the same day when none did.

    `asked` people were asked from `asked_on` to `closes_on`, `answers` of them answered. `process`, `content` and
    `relation` are what was found: the answers themselves once there are enough, or a conclusion. `actions` are the
    improvements (ACT); `no_actions` is the reason that none are needed (R-090), `because` why it was given up.
    Of a midterm `progress` is the list of organisations, who can reply up to `reply_until`; `published_by` is the
    decision that lets it out (INV-30). `reported` of `authorities` *bevoegde gezagen* told how they stand (R-110).
    """

    id: str
    kind: EvaluationKind
    about: str
    day: date
    state: EvaluationState
    asked_on: date | None = None
    closes_on: date | None = None
    held_on: date | None = None
    process: str = ""
    content: str = ""
    relation: str = ""
    method: str = ""
    answers: int = 0
    asked: int = 0
    praise: tuple[str, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    actions: tuple[str, ...] = ()
    no_actions: str = ""
    advice: Advice | None = None
    because: str = ""
    progress: tuple[ProgressLine, ...] = ()
    reply_until: date | None = None
    published_by: str | None = None
    reported: int | None = None
    authorities: int = 0
    instead_of: date | None = None


@dataclass(frozen=True)
class Respondent:
    """Someone who was asked, and which questions that person answered; never what, and never when (INV-36).

    `reads` is the yes or no to letting the chair read the answers when they are fewer than are shown.
    """

    person: str
    answered: tuple[Aspect, ...] = ()
    reads: bool | None = None
