"""Who there is: bodies, people, roles, rooms, and how people want to be told."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import Column, ForeignKey, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from commands.words.discipline import DisciplineState
from commands.words.people import RoleName
from commands.words.reminder import Intensity
from commands.words.structure import BodyKind
from storage.tables.columns import body_key, choice, person_key, values


class Address(StrEnum):
    JE = "je"
    U = "u"


class Body(SQLModel, table=True):
    """Every body by code: the standing ones of the structure in force and every group there ever was."""

    code: str = Field(primary_key=True)
    kind: BodyKind = Field(sa_column=choice(BodyKind))


class Person(SQLModel, table=True):
    id: str = Field(primary_key=True)
    organisation: str
    matrix: str | None = Field(default=None, unique=True)
    teams: str | None = Field(default=None, unique=True)
    external: bool = False
    name: str = Field(default="", index=True)
    address: Address = Field(sa_column=choice(Address))
    deputy: str | None = None
    start: date | None = None
    end: date | None = None


class Role(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("person", "body", "role", "start"),)

    id: str = Field(primary_key=True)
    person: str = Field(sa_column=person_key())
    body: str = Field(sa_column=Column(Text, ForeignKey("body.code"), nullable=False, index=True))
    role: RoleName = Field(sa_column=choice(RoleName))
    on_behalf_of: str
    start: date | None = None
    end: date | None = None
    deputy: str | None = None
    deputy_start: date | None = None
    deputy_end: date | None = None


class Room(SQLModel, table=True):
    body: str = Field(sa_column=Column(Text, ForeignKey("body.code"), primary_key=True))
    matrix: str | None = Field(default=None, unique=True)
    teams: str | None = Field(default=None, unique=True)


class Discipline(SQLModel, table=True):
    """Declared by the person; no import of people touches it."""

    __table_args__ = (Index("ix_discipline_name_state", "name", "state"),)

    id: str = Field(primary_key=True)
    person: str = Field(sa_column=Column(Text, ForeignKey("person.id"), nullable=False, index=True))
    name: str
    state: DisciplineState = Field(sa_column=choice(DisciplineState))


class Preference(SQLModel, table=True):
    """Chosen by the person; no import of people touches it."""

    id: str = Field(primary_key=True)
    person: str = Field(sa_column=Column(Text, ForeignKey("person.id"), nullable=False, unique=True))
    intensity: Intensity | None = Field(sa_column=choice(Intensity, optional=True))
    room: str | None = Field(default=None, sa_column=body_key(optional=True))
    topics: list[str] = Field(sa_column=values())
    quiet_until: date | None = None
