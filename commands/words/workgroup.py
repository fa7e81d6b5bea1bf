"""Working groups (WG-…) and programmes (PRG-…). domain.md §2.10, rulings.md 5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from commands.words.signal import Track
from commands.words.structure import Body, BodyKind, Lead


class GroupState(StrEnum):
    PROPOSED = "voorgesteld"
    FOUNDED = "ingesteld"
    ACTIVE = "actief"
    LAPSED = "verlopen"
    WINDING_UP = "afronding"
    ENDED = "opgeheven"
    ABSORBED = "opgegaan"
    REJECTED = "afgewezen"


#: States in which a group exists for its members.
RUNNING_STATES = (GroupState.FOUNDED, GroupState.ACTIVE, GroupState.LAPSED, GroupState.WINDING_UP)

#: States in which a name means this group rather than an earlier one that is over.
LIVING_STATES = (*RUNNING_STATES, GroupState.PROPOSED)

GROUP_LEAD = Lead(papers=3, digest=2, update=None, words=150, chair_words=0, items=5)


@dataclass(frozen=True)
class Workgroup:
    """Every group has exactly one parent (INV-16) and an end date after its start (INV-12)."""

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
    aliases: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The code doubles as the id (rulings.md 1)."""
        return self.code

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
