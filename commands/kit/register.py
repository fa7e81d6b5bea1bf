"""The register at one moment: what commands and the clock both look up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from commands.kit.ports import Store
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import Meeting, MeetingKind
from commands.words.people import Person, RoleName
from commands.words.structure import Body, Structure, Thresholds

#: Kinds of meeting that decide; the next one of these is "the next meeting" of a body.
FORMAL_KINDS = (MeetingKind.REGULAR, MeetingKind.INTERIM)


@dataclass
class Register:
    """The store with the structure in force, at `now` (aware)."""

    store: Store
    structure: Structure
    now: datetime

    @property
    def today(self) -> date:
        """The calendar date in Europe/Amsterdam."""
        return self.now.astimezone(AMSTERDAM).date()

    @property
    def thresholds(self) -> Thresholds:
        return self.structure.thresholds

    def body(self, word: str) -> Body | None:
        """A standing body or a group by code or alias, whatever its case."""
        found = self.structure.body(word)
        if found is None and (group := self.store.group(word)) is not None:
            found = group.as_body()
        return found

    def need_body(self, code: str) -> Body:
        """The body with a code that came from the register itself; KeyError if it is gone."""
        found = self.body(code)
        if found is None:
            raise KeyError(code)
        return found

    def person_with(self, role: RoleName, body: str) -> Person | None:
        """Who holds that role in that body today; the first of the register when there are more."""
        roles = self.store.roles(body=body, role=role, on=self.today)
        return self.store.get(Person, roles[0].person) if roles else None

    def person_named(self, id: str) -> str:
        """How people read a person's name."""
        found = self.store.get(Person, id)
        return found.label if found else id

    def organisation_of(self, id: str) -> str:
        """The organisation of a person of the register ("" when unknown)."""
        found = self.store.get(Person, id)
        return found.organisation if found else ""

    def next_meeting(
        self, body: str, *, kinds: Sequence[MeetingKind] = FORMAL_KINDS, after: date | None = None
    ) -> Meeting | None:
        """The first meeting of the body from today on (strictly after `after` when given)."""
        since = date.fromordinal(after.toordinal() + 1) if after else self.today
        found = self.store.meetings(body=body, since=since, kinds=kinds, limit=1)
        return found[0] if found else None

    def meets_today(self, body: str) -> bool:
        """In vergadering: the calendar date of a meeting of that body (rulings.md 7)."""
        return bool(self.store.meetings(body=body, since=self.today, until=self.today, limit=1))
