"""Working groups (WG-…) and programmes (PRG-…). domain.md §2.10, rulings.md 5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from commands.words.reminder import Intensity
from commands.words.signal import PolicyChange, Track
from commands.words.structure import Body, BodyKind, Lead
from commands.words.template import Seat


class GroupState(StrEnum):
    PROPOSED = "voorgesteld"
    FOUNDED = "ingesteld"
    ACTIVE = "actief"
    LAPSED = "verlopen"
    WINDING_UP = "afronding"
    ENDED = "opgeheven"
    CONCLUDED = "beëindigd"
    ABSORBED = "opgegaan"
    REJECTED = "afgewezen"


#: States in which a group exists for its members.
RUNNING_STATES = (GroupState.FOUNDED, GroupState.ACTIVE, GroupState.LAPSED, GroupState.WINDING_UP)

#: States in which a name means this group rather than an earlier one that is over.
LIVING_STATES = (*RUNNING_STATES, GroupState.PROPOSED)

#: States in which a group takes on new work, as long as its end date has not passed (INV-14).
WORKING_STATES = (GroupState.FOUNDED, GroupState.ACTIVE)

GROUP_LEAD = Lead(papers=3, digest=2, update=None, words=150, chair_words=0, items=5)


class Phase(StrEnum):
    """Where a programme stands (R-135)."""

    TRUST = "vertrouwen winnen"
    PROGRESS = "voortgang boeken"
    AHEAD = "vooruitkijken"


@dataclass(frozen=True)
class FinalReview:
    """The final evaluation of a programme: what stays, goes on and changes, and the four p's (R-164, R-203)."""

    held_on: date
    keep: str = ""
    build_on: str = ""
    renew: str = ""
    positioning: str = ""
    professionalisation: str = ""
    projects: str = ""
    performance: str = ""


@dataclass(frozen=True)
class CommunicationPlan:
    """R-217: whom a programme wants to reach, by which way, and how often they hear of it: at least, or its people are
    asked about the silence (R-180), and in its rooms unasked at most (R-181)."""

    target: str
    way: str
    intensity: Intensity


@dataclass(frozen=True)
class Workgroup:
    """Every group has exactly one parent (INV-16) and an end date after its start (INV-12).

    `extended_on` is the day of the last extension or reshaping: from there on a new evaluation is needed (INV-13).
    `scope_changes` counts the changes of its task (W9, R-076). `within` is the programme that a body of its template
    belongs to, and `seat` its part there; such a body lives and ends with that programme.
    """

    code: str
    name: str
    kind: BodyKind
    state: GroupState
    start: date
    end: date
    parent: str
    task: str = ""
    not_task: str = ""
    value: str = ""
    topic: str | None = None
    chair: str | None = None
    members: tuple[str, ...] = ()
    with_externals: bool = False
    occasion: tuple[str, ...] = ()
    track: Track = Track.OPEN
    evaluate_by: date | None = None
    evaluated_on: date | None = None
    last_feedback: date | None = None
    extensions: int = 0
    extended_on: date | None = None
    scope_changes: int = 0
    chair_because: str = ""
    advice: str = ""
    policy_change: PolicyChange | None = None
    absorbed_into: str | None = None
    ended_on: date | None = None
    ended_because: str = ""
    why_not_group: str = ""
    phase: Phase | None = None
    held_to: str = ""
    communication: CommunicationPlan | None = None
    final_review: FinalReview | None = None
    handed_over_to: str | None = None
    template: str | None = None
    within: str | None = None
    seat: Seat | None = None
    aliases: tuple[str, ...] = ()
    disciplines: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The code doubles as the id (rulings.md 1)."""
        return self.code

    @property
    def is_programme(self) -> bool:
        return self.kind is BodyKind.PROGRAMME

    def takes_work(self, day: date) -> bool:
        """INV-14: whether it gets new signals, actions and members on that day; never past its end date."""
        return self.state in WORKING_STATES and day <= self.end

    def state_on(self, day: date) -> GroupState:
        """The state as it counts for new work: past its end date a group has lapsed, also while an extension waits."""
        return GroupState.LAPSED if self.state in WORKING_STATES and day > self.end else self.state

    def as_body(self) -> Body:
        """The group as a body of the structure: level 0 under its parent."""
        return Body(
            code=self.code,
            name=self.name,
            kind=self.kind,
            level=0,
            parent=self.parent,
            lead=GROUP_LEAD,
            aliases=self.aliases,
            with_externals=self.with_externals,
        )
