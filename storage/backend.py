"""The one module for what a database does its own way. Everything else is portable SQL."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, event, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel, create_engine

#: The table behind the search for similar texts, and the names it takes for itself.
SEARCH = "search_text"
#: The same for everything that was ever written, open or not (`!zoek`).
ARCHIVE = "search_text_all"
#: Tables that only grow (INV-37).
APPEND_ONLY = ("history",)
_HASTY = "hasty"
_CHANGES = "changes"
#: Means nothing; writing it is something to wait for.
_SETTLED = 1


def open_engine(url: str, *, durable: bool = True, read_only: bool = False) -> Engine:
    """An engine for that database. SQLite: WAL, full sync (the outbox survives a power cut), foreign keys, one writer.

    Not `durable`: no sync at all, for a database that is thrown away at the end. `read_only`: one that never writes,
    and so holds nobody up, however long it reads.
    """
    if make_url(url).get_backend_name() != "sqlite":
        share_conditions(SQLModel.metadata)
        return create_engine(url)
    in_memory = make_url(url).database in (None, "", ":memory:")
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False}}
    if in_memory:
        options["poolclass"] = StaticPool
    engine = create_engine(url, **options)
    if read_only:
        event.listen(engine, "connect", _prepare_reader)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "connect", _prepare_durable if durable else _prepare_throwaway)
        if durable:
            event.listen(engine, "begin", _keep_pace)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def share_conditions(metadata: MetaData) -> None:
    """Indexes over some of the rows name their condition for SQLite: let PostgreSQL have the same.

    Naming PostgreSQL in the tables would load all there is for it, two megabytes, into every process.
    """
    for table in metadata.tables.values():
        for index in table.indexes:
            condition = index.dialect_options["sqlite"]["where"]
            if condition is not None:
                index.dialect_kwargs["postgresql_where"] = condition


def _prepare_durable(connection: Any, _record: Any) -> None:
    _prepare(connection, "journal_mode=WAL", "synchronous=FULL")


def _prepare_throwaway(connection: Any, _record: Any) -> None:
    _prepare(connection, "journal_mode=MEMORY", "synchronous=OFF")


def _prepare_reader(connection: Any, _record: Any) -> None:
    _prepare(connection, "query_only=ON")


def _prepare(connection: Any, *pragmas: str) -> None:
    # The driver's own transactions lose updates (measured); every unit of work begins with BEGIN IMMEDIATE instead.
    connection.isolation_level = None
    # What is forgotten is overwritten in the file too (INV-36); not every build of SQLite does that of itself.
    for pragma in ("busy_timeout=5000", "foreign_keys=ON", "secure_delete=ON", *pragmas):
        connection.execute(f"PRAGMA {pragma}")


def hasty(engine: Engine) -> Engine:
    """The same database for what is done again if a power cut undoes it: its transactions do not wait for the disk.

    They stay in order: what is lost, if anything, is the end, and never a transaction before one that did wait.
    """
    return engine.execution_options(**{_HASTY: True})


def settle(engine: Engine) -> None:
    """Wait until all transactions so far, also the hasty ones, are on the disk."""
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:  # one that waits takes those before it along
            connection.exec_driver_sql(f"PRAGMA user_version = {_SETTLED}")


def _keep_pace(connection: Any) -> None:
    """Wait for the disk at the end of this transaction, or not; SQLite keeps that for each connection."""
    wanted = "NORMAL" if connection.get_execution_options().get(_HASTY) else "FULL"
    if connection.info.get(_HASTY, "FULL") != wanted:
        connection.connection.execute(f"PRAGMA synchronous={wanted}")
        connection.info[_HASTY] = wanted


def has_written(session: Session) -> bool:
    """Whether the transaction changed anything so far, so that its end has something to bring to the disk."""
    if session.get_bind().dialect.name != "sqlite":
        return True
    connection = session.connection()
    changes = connection.connection.dbapi_connection.total_changes  # type: ignore[union-attr]
    return bool(changes != connection.info.get(_CHANGES))


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    connection.info[_CHANGES] = connection.connection.dbapi_connection.total_changes


def append_only(dialect: str) -> tuple[str, ...]:
    """Statements that make the database itself refuse to change history."""
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for table in APPEND_ONLY
            for verb in ("UPDATE", "DELETE")
        )
    return tuple(
        f"CREATE RULE {table}_no_{verb.lower()} AS ON {verb} TO {table} DO INSTEAD NOTHING"
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    )


def sqlite_file(url: str) -> Path | None:
    """The file behind a SQLite address, or None for other databases and for one in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))


def back_up(url: str, at: datetime, directory: Path | None = None) -> Path | None:
    """Copy a SQLite file to a directory (None: next to itself); returns the copy, None if there is nothing to copy.

    Uses SQLite's own online backup, so that a write-ahead log is included.
    """
    source = sqlite_file(url)
    if source is None or not source.exists() or source.stat().st_size == 0:
        return None
    target = (directory or source.parent) / f"{source.name}.{at:%Y%m%dT%H%M%S}.bak"
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    shutil.copymode(source, target)
    return target


def shown(url: str) -> str:
    """A database URL for the operator, without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "(no database URL such as sqlite:///overlegbot.db)"


def ours(name: str | None, _kind: str, _parents: Any) -> bool:
    """Whether a table belongs to the schema of `storage.tables`; the search makes tables of its own (for alembic)."""
    return name is None or not name.startswith(SEARCH)


def search_schema(dialect: str) -> tuple[str, ...]:
    """What makes the search for similar texts. SQLite: full text by trigrams; elsewhere there is none yet."""
    if dialect == "sqlite":
        return (
            # The full-text table finds a row back by its number only; looking for a text's owner would read it whole.
            f"CREATE TABLE {SEARCH}_of (id INTEGER PRIMARY KEY, about TEXT NOT NULL UNIQUE)",
            f"CREATE VIRTUAL TABLE {SEARCH} USING fts5(body, tokenize='trigram')",
        )
    return ()


def archive_schema(dialect: str) -> tuple[str, ...]:
    """The same for the search through all that was ever written."""
    return tuple(statement.replace(SEARCH, ARCHIVE) for statement in search_schema(dialect))


def keep_text(session: Session, about: str, body: str | None, *, table: str = SEARCH) -> None:
    """Index the text of an object anew; None takes it out. Within the transaction of the change."""
    if session.get_bind().dialect.name != "sqlite":
        return
    owner = text(f"SELECT id FROM {table}_of WHERE about = :about")  # noqa: S608
    row = session.execute(owner, {"about": about}).scalar()
    if row is not None:
        known = session.execute(text(f"SELECT body FROM {table} WHERE rowid = :row"), {"row": row}).scalar()  # noqa: S608
        if known == body:
            return
        session.execute(text(f"DELETE FROM {table} WHERE rowid = :row"), {"row": row})  # noqa: S608
    elif body is not None:
        made = text(f"INSERT INTO {table}_of (about) VALUES (:about) RETURNING id")  # noqa: S608
        row = session.execute(made, {"about": about}).scalar()
    if body is not None:
        added = text(f"INSERT INTO {table} (rowid, body) VALUES (:row, :body)")  # noqa: S608
        session.execute(added, {"row": row, "body": body})


def nearest_texts(session: Session, pieces: Sequence[str], limit: int, *, table: str = SEARCH) -> list[tuple[str, str]]:
    """(about, text) of the objects whose text holds most of these pieces of at least three letters, the rare ones
    counting most, best first; ties by id.
    """
    if not pieces or session.get_bind().dialect.name != "sqlite":
        return []
    query = " OR ".join(f'"{piece}"' for piece in pieces)
    found = text(
        f"SELECT owner.about, found.body FROM {table} AS found JOIN {table}_of AS owner ON owner.id = found.rowid "  # noqa: S608
        f"WHERE {table} MATCH :query ORDER BY bm25({table}), owner.about LIMIT :most"
    )
    return [(row[0], row[1]) for row in session.execute(found, {"query": query, "most": limit})]


def texts_with_all(session: Session, pieces: Sequence[str], limit: int) -> list[str]:
    """Ids of everything whose text holds each of these pieces of at least three letters, best first, ties by id."""
    if not pieces or session.get_bind().dialect.name != "sqlite":
        return []
    query = " AND ".join(f'"{piece}"' for piece in pieces)
    found = text(
        f"SELECT owner.about FROM {ARCHIVE} AS found JOIN {ARCHIVE}_of AS owner ON owner.id = found.rowid "  # noqa: S608
        f"WHERE {ARCHIVE} MATCH :query ORDER BY bm25({ARCHIVE}), owner.about LIMIT :most"
    )
    return [row[0] for row in session.execute(found, {"query": query, "most": limit})]
