"""What happened: every change, the deed it belongs to, and the numbers that were given."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import person_key, values


class Deed(SQLModel, table=True):
    __table_args__ = (Index("ix_deed_person_id", "person", "id"), Index("ix_deed_source", "source"))

    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(sa_column=person_key())
    at: datetime
    source: str
    summary: str = ""
    undone: bool = False


class History(SQLModel, table=True):
    """Append-only; `after` holds the whole object, so that every list can be rebuilt from here."""

    __table_args__ = (Index("ix_history_about_id", "about", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    about: str
    at: datetime
    by: str
    from_state: str | None = None
    to_state: str
    why: str = ""
    source: str | None = None
    deed: int | None = Field(default=None, sa_column=Column(ForeignKey("deed.id"), nullable=True, index=True))
    after: dict[str, Any] = Field(sa_column=values())


class Counter(SQLModel, table=True):
    prefix: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int
