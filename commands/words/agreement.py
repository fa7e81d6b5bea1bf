"""An agreement among parties (AFS) and its monitoring. domain.md §2.8, R-059…R-061, R-155…R-166, INV-23, 25…27."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from commands.words.decision import Measure, Stand
from commands.words.signal import Track


class AgreementState(StrEnum):
    """Whether it holds; how far it has come is its `progress`."""

    CONCEPT = "concept"
    FIXED = "vastgesteld"
    NOT_REALISED = "niet gerealiseerd"
    LAPSED = "vervallen"
    REPLACED = "vervangen"


#: States in which it still binds.
LIVE_AGREEMENTS = (AgreementState.CONCEPT, AgreementState.FIXED)


class Progress(StrEnum):
    """R-160: the *stand*, from paper to practice."""

    ON_PAPER = "op papier"
    PREPARING = "in voorbereiding"
    CARRYING_OUT = "in uitvoering"
    REALISED = "gerealiseerd"


class DueKind(StrEnum):
    """R-114: a hard date is not a target date."""

    ULTIMATELY = "uiterlijk"
    TARGET = "streefdatum"
    ONGOING = "doorlopend"


class Pdca(StrEnum):
    """R-059: where in the policy cycle."""

    PLAN = "plan"
    DO = "do"
    CHECK = "check"
    ACT = "act"


class Feasible(StrEnum):
    """R-155: judged apart in time and in money."""

    FEASIBLE = "haalbaar"
    PUSH = "doorpakken nodig"
    NOT = "niet haalbaar"
    UNKNOWN = "onbekend"


@dataclass(frozen=True)
class MonitoringEntry:
    """One look at how it stands."""

    on: date
    by: str
    progress: Progress
    in_time: Feasible
    in_money: Feasible
    meaning: str = ""


@dataclass(frozen=True)
class Variant:
    """How one region carries it out: room to differ, not a deviation (R-171)."""

    region: str
    text: str


@dataclass(frozen=True)
class Agreement:
    """`binds` are parties, never their members (INV-25); `responsible`, `lead`, `accountable_to` always set (INV-26).

    `responsible` is a party or a person of the register, `lead` a person, `accountable_to` a body.
    """

    id: str
    text: str
    body: str
    meeting: str
    binds: tuple[str, ...]
    responsible: str
    lead: str
    accountable_to: str
    made_by: str
    made_at: datetime
    state: AgreementState = AgreementState.CONCEPT
    progress: Progress = Progress.ON_PAPER
    source: str = "bestuurlijke afspraken"
    item: str | None = None
    signals: tuple[str, ...] = ()
    due: date | None = None
    due_kind: DueKind = DueKind.ONGOING
    goal: str = ""
    track: Track = Track.OPEN
    pdca: Pdca = Pdca.PLAN
    act: str = ""
    in_time: Feasible = Feasible.UNKNOWN
    in_money: Feasible = Feasible.UNKNOWN
    meaning: str = ""
    evidence: str = ""
    entries: tuple[MonitoringEntry, ...] = ()
    stands: tuple[Stand, ...] = ()
    needs_measure: bool = True
    measure: Measure | None = None
    measure_because: str = ""
    outcome: str = ""
    replaces: str | None = None
    replaced_by: str | None = None
    fixed_at: datetime | None = None
    fixed_by: str | None = None
    category: str | None = None
    within_mandate: bool | None = None
    variants: tuple[Variant, ...] = ()

    @property
    def standing(self) -> str:
        """State and progress as the history shows them: `vastgesteld, in uitvoering`."""
        return f"{self.state}, {self.progress}"
