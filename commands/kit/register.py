"""The register at one moment: what commands and the clock both look up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from commands.kit.ports import Store
from commands.rules.roles import in_office
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

    def codes(self) -> list[str]:
        """Every standing body and group, so that a question about all of them can be put by index, one at a time."""
        return [*(body.code for body in self.structure.bodies), *(group.code for group in self.store.groups())]

    def person_with(self, role: RoleName, body: str) -> Person | None:
        """Who holds that role in that body today; the first of the register when there are more.

        While a function is not filled that is the deputy, if there is one.
        """
        held = [one.person for one in self.store.roles(body=body, role=role, on=self.today)]
        deputies = self.store.stand_ins(role, body, on=self.today)
        people = (self.store.get(Person, id) for id in (*held, *deputies))
        return next((person for person in people if person and self.in_office(person)), None)

    def in_office(self, person: Person) -> bool:
        """Whether someone acts under this function today (rules.roles.in_office)."""
        return in_office(person, self.store.roles(person=person.id, on=None), self.today)

    def reader_for(self, person: Person) -> Person | None:
        """Who reads what is meant for that person: the person, or while the function is vacant the deputy, else the
        secretary of a body the person is in, else that of the filter. None when nobody can.
        """
        if self.in_office(person):
            return person
        roles = self.store.roles(person=person.id, on=None)
        named = [role.deputy_on(self.today) for role in roles if role.active_on(self.today)]
        for id in (*named, person.deputy):
            deputy = self.store.get(Person, id) if id else None
            if deputy is not None and self.in_office(deputy):
                return deputy
        bodies = dict.fromkeys((*(role.body for role in roles), self.structure.filter.code))
        found = (self.person_with(RoleName.SECRETARY, code) for code in bodies)
        return next((secretary for secretary in found if secretary is not None), None)

    def the(self, code: str | None) -> str:
        """A body or group with its article, as in a sentence: "het AO", "de Stuurgroep", "WG-PFAS"."""
        body = self.body(code or "")
        return body.the if body is not None else code or ""

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
