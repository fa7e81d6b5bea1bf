"""The bodies a programme can have of its own: a template that comes from a file, never from code (domain.md §2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Seat(StrEnum):
    """What a body within a programme is for (template *uitvoeringsprogramma*, domain.md §2.1)."""

    STEERING = "stuurgroep"
    TEAM = "programmateam"
    CORE = "kerngroep"
    PROJECT = "projectgroep"


@dataclass(frozen=True)
class TemplateBody:
    """One body of a template. `all_parties`: every standing party has someone in it (R-122, R-126). `decides` are the
    categories it decides in, within its programme; none for a body that only prepares or does (R-119, R-123).
    """

    code: str
    name: str
    seat: Seat
    all_parties: bool = False
    decides: tuple[str, ...] = ()


@dataclass(frozen=True)
class Template:
    """`authorities` is how many *bevoegde gezagen* there are, who are reached through the connections `routes`."""

    name: str
    bodies: tuple[TemplateBody, ...]
    authorities: int = 0
    routes: tuple[str, ...] = ()

    def body(self, seat: Seat) -> TemplateBody | None:
        """The first body with that seat."""
        return next((one for one in self.bodies if one.seat is seat), None)
