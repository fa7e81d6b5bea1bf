"""From which side someone looks at things: a discipline, declared by oneself (R-207)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DisciplineState(StrEnum):
    DECLARED = "opgegeven"
    TAKEN_BACK = "ingetrokken"


@dataclass(frozen=True)
class Discipline:
    """One discipline of one person, as that person said it; no import and no other person ever says it. `name` is how
    the structure writes it."""

    person: str
    name: str
    state: DisciplineState = DisciplineState.DECLARED

    @property
    def id(self) -> str:
        return f"discipline/{self.person}/{self.name.casefold()}"
