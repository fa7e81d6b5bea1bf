"""What each database does its own way, as far as no database is needed to see it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sqlalchemy import Index, create_mock_engine
from sqlalchemy.schema import CreateIndex
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  (fills the metadata)
from storage.backend import share_conditions

POSTGRESQL = create_mock_engine("postgresql+psycopg://", executor=lambda *_: None).dialect


def _condition(index: Index) -> str:
    found = index.dialect_options["sqlite"]["where"]
    return str(found) if found is not None else ""


PARTIAL = sorted(
    (index for table in SQLModel.metadata.tables.values() for index in table.indexes if _condition(index)),
    key=lambda index: str(index.name),
)


@pytest.mark.parametrize("index", PARTIAL, ids=lambda index: str(index.name))
def test_an_index_over_some_of_the_rows_is_one_on_postgresql_too(index: Index) -> None:
    share_conditions(SQLModel.metadata)
    made = str(CreateIndex(index).compile(dialect=POSTGRESQL))
    assert made.endswith(f"WHERE {_condition(index)}")


def test_without_postgresql_nothing_is_loaded_for_it() -> None:
    """It would be two megabytes of every process."""
    asked = "import sys, storage.store; print(*(name for name in sys.modules if 'postgresql' in name))"
    loaded = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert loaded.stdout.strip() == ""
