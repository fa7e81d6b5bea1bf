"""Who is who, who holds what role, and who reads along in which room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_
from sqlalchemy import select as sql
from sqlmodel import col, select

from commands.words.discipline import Discipline, DisciplineState
from commands.words.people import Person, Role, RoleName
from commands.words.reminder import Preference
from storage import rooms, tables
from storage.mapping import word_from
from storage.store.records import Records

# What is asked for every message is built once, and read as rows: objects of the session cost more than asking.
_PERSON, _ROLE = tables.Person.__table__, tables.Role.__table__  # type: ignore[attr-defined]
_PERSON_ON = {
    channel: sql(_PERSON).where(column == bindparam("chat_id"))
    for channel, column in (("matrix", _PERSON.c.matrix), ("teams", _PERSON.c.teams), ("", _PERSON.c.id))
}
_STANDING_IN = (
    sql(_ROLE)
    .join(_PERSON, _PERSON.c.id == _ROLE.c.person)
    .where(or_(_ROLE.c.deputy == bindparam("stand_in"), _PERSON.c.deputy == bindparam("stand_in")))
    .order_by(_ROLE.c.id)
)


@cache
def _roles_by(columns: tuple[str, ...]) -> Any:
    query = sql(_ROLE).order_by(_ROLE.c.body, _ROLE.c.role, _ROLE.c.person)
    return query.where(*(_ROLE.c[name] == bindparam(f"its_{name}") for name in columns))


class People(Records):
    """See the port for what each call means."""

    def person_on(self, channel: str, chat_id: str) -> Person | None:
        query = _PERSON_ON.get(channel, _PERSON_ON[""])
        row = self._rows(query, {"chat_id": chat_id}).first()
        return word_from(Person, row) if row else None

    def find_people(self, word: str) -> tuple[Person, ...]:
        table = tables.Person
        name = " ".join(word.replace("%", "").replace("_", "").split())
        ways: list[ColumnElement[bool]] = [
            col(table.id) == word.casefold(),
            col(table.matrix) == word,
            col(table.matrix) == f"@{word}",
            col(table.teams) == word,
            *([col(table.name).ilike(name), col(table.name).ilike(f"% {name}")] if name else []),
        ]
        rows = self.session.exec(select(table).where(or_(*ways)).order_by(col(table.id)).limit(10))
        return tuple(word_from(Person, row) for row in rows)

    def roles(
        self, *, person: str | None = None, body: str | None = None, role: RoleName | None = None, on: date | None
    ) -> tuple[Role, ...]:
        given = {"person": person, "body": body, "role": role}
        wanted = {name: value for name, value in given.items() if value is not None}
        values = {f"its_{name}": value for name, value in wanted.items()}
        found = [word_from(Role, row) for row in self._rows(_roles_by(tuple(wanted)), values)]
        return tuple(role for role in found if on is None or role.active_on(on))

    def stand_ins(self, role: RoleName, body: str, *, on: date) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for held in self.roles(body=body, role=role, on=on):
            holder = self.get(Person, held.person)
            for deputy in (held.deputy_on(on), holder.deputy if holder else None):
                if deputy:
                    found[deputy] = None
        return tuple(found)

    def standing_in(self, person: str, *, on: date) -> tuple[Role, ...]:
        found = [word_from(Role, row) for row in self._rows(_STANDING_IN, {"stand_in": person})]
        here = [one for one in found if one.active_on(on) and one.person != person]
        return tuple(
            replace(one, person=person)
            for one in here
            if one.deputy_on(on) == person or ((held := self.get(Person, one.person)) and held.deputy == person)
        )

    def body_at(self, channel: str, address: str) -> str | None:
        return rooms.body_of(self.session, channel, address)

    def people_in(self, channel: str, address: str) -> tuple[str, ...]:
        return rooms.people_in(self.session, channel, address)

    def outsiders_in(self, body: str, *, on: date) -> bool:
        role, person = tables.Role, tables.Person
        begun = or_(col(role.start).is_(None), col(role.start) <= on)
        query = select(role.id).join(person, col(person.id) == role.person).where(role.body == body, person.external)
        query = query.where(begun, or_(col(role.end).is_(None), col(role.end) >= on))
        return self.session.exec(query.limit(1)).first() is not None

    def called(self, channel: str, chat_id: str) -> str:
        return rooms.called(self.session, channel, chat_id)

    def outsiders_read(self, body: str) -> bool:
        return rooms.outsiders_read(self.session, body)

    def not_named(self, channel: str, address: str, people: Sequence[str]) -> tuple[str, ...]:
        return rooms.not_named(self.session, channel, address, people)

    def disciplines(self, *, people: Sequence[str] = (), name: str | None = None) -> tuple[Discipline, ...]:
        table = tables.Discipline
        query = select(table).where(table.state == DisciplineState.DECLARED)
        if people:
            query = query.where(col(table.person).in_(list(people)))
        if name is not None:
            query = query.where(table.name == name)
        return self._all(Discipline, query.order_by(col(table.name), col(table.person)))

    def preference(self, person: str) -> Preference | None:
        return self.get(Preference, Preference(person).id)
