"""The schema of the migrations is the schema of the code, and an upgrade never leaves anything half done."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import alembic.command
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, SQLModel

from commands.words.proposal import Proposal
from commands.words.workgroup import Workgroup
from storage import database as databases
from storage.backend import ours
from storage.database import Database, build, head, pending, revision, upgrade
from storage.store import SqlStore

MARCH = date(2027, 3, 31)
NOW = datetime(2027, 1, 11, 9, 0, 30, tzinfo=UTC)
LAST = head()
NEXT = f"{int(LAST) + 1:04d}"
FAILING = '''
"""Fails half way."""

import sqlalchemy as sa
from alembic import op

revision = "NEXT"
down_revision = "LAST"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("UPDATE counter SET last = 99")
    op.execute("DROP TABLE history")
    op.execute("SELECT * FROM a_table_that_is_not_there")
'''.replace("NEXT", NEXT).replace("LAST", LAST)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path}/register.db")
    yield made
    made.close()


def objects(database: Database) -> dict[tuple[str, str], str]:
    """Every table, index and trigger with its SQL, but for the way it is laid out."""
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    return {(kind, name): " ".join(sql.replace('"', "").split()) for kind, name, sql in rows}


def test_the_migrations_make_the_schema_of_the_code(database: Database) -> None:
    upgrade(database, NOW)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": ours})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_what_is_built_at_once_is_what_the_migrations_make(database: Database) -> None:
    upgrade(database, NOW)
    at_once = Database("sqlite://")
    build(at_once)
    built, migrated = objects(at_once), objects(database)
    assert built.keys() == migrated.keys()
    for key in built:
        if key[0] == "table":
            assert constraints(built[key]) == constraints(migrated[key]), key
        else:
            assert built[key] == migrated[key]
    assert revision(at_once) == revision(database) == head()
    at_once.close()


def constraints(sql: str) -> set[str]:
    """The columns and constraints of a CREATE TABLE, in no order."""
    inside, parts, depth = sql[sql.index("(") + 1 : sql.rindex(")")], [""], 0
    for sign in inside:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return {"".join(part.split()).lower() for part in parts}


def test_a_new_database_needs_no_copy(database: Database, tmp_path: Path) -> None:
    assert pending(database)
    assert upgrade(database, NOW) is None
    assert not pending(database)
    assert list(tmp_path.glob("*.bak")) == []


def test_upgrading_again_is_quiet(database: Database, tmp_path: Path) -> None:
    upgrade(database, NOW)
    before = objects(database)
    assert upgrade(database, NOW) is None
    assert objects(database) == before
    assert list(tmp_path.glob("*.bak")) == []


@pytest.fixture
def failing_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second migration that fails after it made, changed and dropped something."""
    folder = tmp_path / "migrations"
    shutil.copytree(databases.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / f"{NEXT}_half.py").write_text(FAILING, encoding="utf-8")
    monkeypatch.setattr(databases, "MIGRATIONS", folder)


def test_a_migration_that_fails_leaves_the_database_as_it_was_and_a_copy(
    database: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    upgrade(database, NOW)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO counter VALUES ('SIG', 2027, 7)")
    before = objects(database)
    request.getfixturevalue("failing_migration")
    assert head() == NEXT
    with pytest.raises(OperationalError, match="a_table_that_is_not_there"):
        upgrade(database, NOW)
    assert objects(database) == before
    assert revision(database) == LAST
    assert values(tmp_path / "register.db") == [7]
    assert values(tmp_path / "register.db.20270111T090030.bak") == [7]


def values(path: Path) -> list[Any]:
    connection = sqlite3.connect(path)
    found = [last for (last,) in connection.execute("SELECT last FROM counter")]
    connection.close()
    return found


def test_the_copy_holds_what_is_still_in_the_write_ahead_log(
    database: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    upgrade(database, NOW)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO counter VALUES ('SIG', 2027, 7)")
    assert (tmp_path / "register.db-wal").stat().st_size > 0
    request.getfixturevalue("failing_migration")
    with pytest.raises(OperationalError):
        upgrade(database, NOW)
    assert values(tmp_path / "register.db.20270111T090030.bak") == [7]


ORPHANS = FAILING.replace("SELECT * FROM a_table_that_is_not_there", "DELETE FROM body")


def test_a_migration_that_leaves_orphans_is_refused(
    database: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    upgrade(database, NOW)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO body VALUES ('AO', 'vast')")
        connection.exec_driver_sql("INSERT INTO room VALUES ('AO', NULL, NULL)")
    request.getfixturevalue("failing_migration")
    (tmp_path / "migrations" / "versions" / f"{NEXT}_half.py").write_text(ORPHANS, encoding="utf-8")
    with pytest.raises(RuntimeError, match="point at nothing"):
        upgrade(database, NOW)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT code FROM body").scalars().all() == ["AO"]


@pytest.mark.parametrize("fails", [False, True])
def test_foreign_keys_are_checked_again_after_an_upgrade(
    database: Database, request: pytest.FixtureRequest, fails: bool
) -> None:
    upgrade(database, NOW)
    if fails:
        request.getfixturevalue("failing_migration")
        with pytest.raises(OperationalError):
            upgrade(database, NOW)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_groups_and_proposals_of_the_first_schema_are_kept(database: Database) -> None:
    config = databases.alembic_config(database.url)
    config.attributes["engine"] = database.engine
    alembic.command.upgrade(config, "0001")
    made = {
        "id": "VST-2027-001",
        "kind": "escaleren",
        "about": "SIG-2027-001",
        "because": "haast",
        "state": "ingediend",
    }
    with database.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO body VALUES ('AO', 'vast'), ('WG-LOOD', 'werkgroep')")
        connection.exec_driver_sql(
            "INSERT INTO person VALUES ('vng.ao.1', 'VNG', NULL, NULL, 0, '', 'je', NULL, NULL, NULL)"
        )
        connection.exec_driver_sql(
            "INSERT INTO workgroup VALUES ('WG-LOOD', 'Lood', 'werkgroep', 'actief', '2027-01-01', '2027-03-31', 'AO',"
            " 'taak', '', '', NULL, 'vng.ao.1', '[]', 0, '[\"SIG-2027-001\"]', 'aanspreken', NULL, NULL, NULL, 2, '[]')"
        )
        connection.exec_driver_sql(
            "INSERT INTO proposal (id, kind, about, because, state, proposer, confirms, made_at, in_between,"
            " decided_because) VALUES (:id, :kind, :about, :because, :state, 'vng.ao.1', 'AO',"
            " '2027-01-11 08:00:00.000000', 0, '')",
            made,
        )
    upgrade(database, NOW)
    with Session(database.engine) as session:
        store = SqlStore(session)
        group, proposal = store.get(Workgroup, "WG-LOOD"), store.get(Proposal, "VST-2027-001")
        raw = session.connection().exec_driver_sql("SELECT brief, terms, made_at FROM proposal").one()
    assert group is not None
    assert (group.extensions, group.occasion, group.scope_changes, group.end) == (2, ("SIG-2027-001",), 0, MARCH)
    assert proposal is not None
    assert proposal.made_at == datetime(2027, 1, 11, 8, tzinfo=UTC)
    assert tuple(raw) == (None, None, "2027-01-11 08:00:00.000000")
