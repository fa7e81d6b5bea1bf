"""The whole register as plain data, sorted by id, table by table (issue 2 §2 `export json`)."""

from __future__ import annotations

from sqlmodel import Session, col, select

from commands.words.people import Person
from storage import tables
from storage.mapping import word_from


def everyone(session: Session) -> tuple[Person, ...]:
    """All people of the register, also those who left, by id."""
    table = tables.Person
    return tuple(word_from(Person, row) for row in session.exec(select(table).order_by(col(table.id))))
