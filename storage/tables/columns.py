"""Columns that more tables use, and how the database names its constraints."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Enum, ForeignKey, MetaData, Text
from sqlmodel import SQLModel

SQLModel.metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def choice(kind: type[StrEnum], *, optional: bool = False, called: str = "") -> Any:
    """A column that holds one of the values of an enum, checked at bind and by the database.

    `called` names the check where a table holds two columns of one kind.
    """
    name = called or "".join(f"_{c.lower()}" if c.isupper() else c for c in kind.__name__).strip("_")
    values = Enum(
        kind,
        native_enum=False,
        length=32,
        create_constraint=True,
        validate_strings=True,
        values_callable=lambda members: [str(member) for member in members],
        name=name,
    )
    return Column(values, nullable=optional)


def person_key(*, optional: bool = False, primary: bool = False) -> Any:
    return Column(Text, ForeignKey("person.id"), nullable=optional, primary_key=primary)


def body_key(*, optional: bool = False) -> Any:
    return Column(Text, ForeignKey("body.code"), nullable=optional)


def item_key() -> Any:
    return Column(Text, ForeignKey("agenda_item.id"), nullable=True, index=True)


def values() -> Any:
    return Column(JSON, nullable=False)
