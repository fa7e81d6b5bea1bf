"""A decision (BES) of one formal meeting, and what each party says of it. domain.md §2.8, INV-22…24, digests §3.1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class DecisionState(StrEnum):
    CONCEPT = "concept"
    FIXED = "vastgesteld"
    CARRYING_OUT = "in uitvoering"
    DONE = "uitgevoerd"
    NOT_DONE = "niet uitgevoerd"
    REVISED = "herzien"
    LAPSED = "vervallen"


#: States in which the text can no longer change (INV-23).
FROZEN_STATES = tuple(state for state in DecisionState if state is not DecisionState.CONCEPT)
#: States in which a decision still has to show what came of it.
LIVE_DECISIONS = (DecisionState.CONCEPT, DecisionState.FIXED, DecisionState.CARRYING_OUT)


class StandKind(StrEnum):
    """What a party says (digests.md §3.1). A reservation that was lifted keeps its row, with the date."""

    AGREES = "akkoord"
    RESERVED = "akkoord met voorbehoud"
    AGAINST = "niet akkoord"
    PENDING = "nog te bevestigen"


@dataclass(frozen=True)
class Stand:
    """The position of one party; never of a person. `lifted_on` is the day a reservation was lifted."""

    party: str
    kind: StandKind
    because: str = ""
    lifted_on: date | None = None


@dataclass(frozen=True)
class Measure:
    """How one sees whether it works: what is measured, when and by whom (*maat, meetmoment, wie*)."""

    what: str
    when: str
    who: str
    filled_on: date
    moments: tuple[date, ...] = ()


@dataclass(frozen=True)
class Decision:
    """`needs_measure` False: someone said *niet nodig*, with `measure_because`. `due` is the day to have it done by.

    `written_until`: of a *schriftelijke ronde*, the last day on which parties answer; `meeting` then lists it.
    """

    id: str
    text: str
    body: str
    meeting: str
    made_by: str
    made_at: datetime
    state: DecisionState = DecisionState.CONCEPT
    item: str | None = None
    signals: tuple[str, ...] = ()
    category: str | None = None
    within_mandate: bool | None = None
    not_represented: tuple[str, ...] = ()
    stands: tuple[Stand, ...] = ()
    needs_measure: bool = True
    measure: Measure | None = None
    measure_because: str = ""
    due: date | None = None
    outcome: str = ""
    revises: str | None = None
    revised_by: str | None = None
    public: str = ""
    fixed_at: datetime | None = None
    fixed_by: str | None = None
    written_until: date | None = None
