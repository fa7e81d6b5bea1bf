"""People, what they may be called, and the roles they hold in a body."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Literal

Address = Literal["je", "u"]


class RoleName(StrEnum):
    """The roles of domain.md §2.3, as written in files and commands (rulings.md 5)."""

    CHAIR = "voorzitter"
    SECRETARY = "secretaris"
    MEMBER = "lid"
    SUBSTANCE = "inhoudelijk"
    EXTERNAL = "extern"
    LEAD = "trekker"
    UMBRELLA_CONTACT = "koepelcontact"
    CONNECTION_MEMBER = "connectielid"
    OPERATOR = "beheerder"


ROLE_TITLES = {
    RoleName.CHAIR: "voorzitter",
    RoleName.SECRETARY: "secretaris",
    RoleName.MEMBER: "lid",
    RoleName.SUBSTANCE: "inhoudelijk vertegenwoordiger",
    RoleName.EXTERNAL: "extern lid",
    RoleName.LEAD: "trekker",
    RoleName.UMBRELLA_CONTACT: "koepelcontact",
    RoleName.CONNECTION_MEMBER: "connectielid",
    RoleName.OPERATOR: "beheerder",
}


@dataclass(frozen=True)
class Person:
    """Someone the register knows. `id` is a function id (`vng.ao.2`), never a display name (INV-41)."""

    id: str
    organisation: str
    matrix: str | None = None
    teams: str | None = None
    external: bool = False
    name: str = ""
    address: Address = "je"
    deputy: str | None = None
    start: date | None = None
    end: date | None = None

    def active_on(self, day: date) -> bool:
        """Whether the function is filled on that day (both ends inclusive)."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    @property
    def label(self) -> str:
        """What people read: the surname when known, else the function id."""
        return self.name or self.id


@dataclass(frozen=True)
class Role:
    """One role of one person in one body, on behalf of one party, from/until inclusive.

    `deputy` stands in from `deputy_start` to `deputy_end`, both inclusive; None leaves that side open.
    """

    person: str
    body: str
    role: RoleName
    on_behalf_of: str
    start: date | None = None
    end: date | None = None
    deputy: str | None = None
    deputy_start: date | None = None
    deputy_end: date | None = None

    @property
    def id(self) -> str:
        """A person may come back to a role after a vacancy; the first day tells the two apart."""
        return "/".join((self.person, self.body, self.role, *((self.start.isoformat(),) if self.start else ())))

    def active_on(self, day: date) -> bool:
        """Whether the role holds on that day (both ends inclusive)."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def deputy_on(self, day: date) -> str | None:
        """Who stands in for this role on that day, if anyone."""
        begun = self.deputy_start is None or self.deputy_start <= day
        return self.deputy if begun and (self.deputy_end is None or day <= self.deputy_end) else None


#: What stands before a body's code in the id of its room.
ROOM_OF = "kamer "


@dataclass(frozen=True)
class Room:
    """Where a body meets in chat; each channel is bound to exactly one body (domain.md §2.1)."""

    body: str
    matrix: str | None = None
    teams: str | None = None

    @property
    def id(self) -> str:
        """How the history names it, apart from a group of that code."""
        return f"{ROOM_OF}{self.body}"

    def on(self, channel: str) -> str | None:
        """The address there, or None."""
        return {"matrix": self.matrix, "teams": self.teams}.get(channel)

    def moved(self, channel: str, address: str | None) -> Room:
        """The same with another address on that channel; KeyError for a channel that has no rooms to bind."""
        if channel == "matrix":
            return replace(self, matrix=address)
        if channel == "teams":
            return replace(self, teams=address)
        raise KeyError(channel)
