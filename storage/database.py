"""One database thread, one transaction per unit of work, and migrations before the first one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, inspect, text
from sqlmodel import Session, SQLModel

import storage.tables  # noqa: F401  (fills the metadata)
from storage.backend import append_only, archive_schema, back_up, has_written, hasty, open_engine, search_schema, settle
from storage.lasting import is_lasting

if TYPE_CHECKING:
    from alembic.config import Config

T = TypeVar("T")
MIGRATIONS = Path(__file__).with_name("migrations")
#: Where alembic keeps the revision of a database.
VERSION_TABLE = "alembic_version"


class _Session(Session):
    """Finds its connection once for each transaction: a message asks for it some thirty times."""

    _found: Connection | None = None

    def connection(
        self,
        bind_arguments: dict[str, Any] | None = None,
        execution_options: Mapping[str, Any] | None = None,
    ) -> Connection:
        if bind_arguments or execution_options:
            return super().connection(bind_arguments, execution_options)
        if self._found is None or self._found.closed:
            self._found = super().connection()
        return self._found


class Database:
    """The register's database. `run` does a unit of work in its own thread; nothing of a session leaves that thread.

    A `throwaway` one need not survive a power cut, and is faster for it. A `read_only` one holds nobody up.
    """

    def __init__(self, url: str, *, throwaway: bool = False, read_only: bool = False) -> None:
        self.url = url
        self.engine = open_engine(url, durable=not throwaway, read_only=read_only)
        self._hasty = hasty(self.engine)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        #: Something was committed that may not be on the disk yet; for the database thread only.
        self._unsettled = False

    @contextmanager
    def session(self, *, lasting: bool = True) -> Iterator[Session]:
        """A session with one transaction: committed at the end, rolled back on any exception."""
        engine = self.engine if lasting else self._hasty
        with _Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    def work(self, unit: Callable[[Session], T]) -> T:
        """Do a unit of work here and now (synchronous callers: tests, doors)."""
        return self._thread.submit(self._within, unit).result()

    async def run(self, unit: Callable[[Session], T], *, lasting: bool = True) -> T:
        """Do a unit of work in the database thread without holding up the event loop.

        One that is not `lasting` survives the end of the process, but not always a power cut: for what is then done
        again by itself. It still is when something in it asks for that (`make_lasting`).
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._within, unit, lasting)

    async def settled(self) -> None:
        """Wait until all that was done so far, lasting or not, is on the disk. What was done since may have seen to it:
        a lasting unit takes those before it along."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._settle)

    def _within(self, unit: Callable[[Session], T], lasting: bool = True) -> T:
        with self.session(lasting=lasting) as session:
            found = unit(session)
            session.flush()
            # A unit may have rolled back by itself.
            wrote = session.in_transaction() and has_written(session)
        if wrote:
            self._unsettled = not lasting
        if not lasting and is_lasting(session):
            self._settle()
        return found

    def _settle(self) -> None:
        if self._unsettled:
            settle(self.engine)
            self._unsettled = False

    def close(self) -> None:
        """Wait for the last unit of work and let go of the file."""
        self._thread.shutdown(wait=True)
        self.engine.dispose()


def alembic_config(url: str) -> Config:
    """Alembic's configuration for that database, without an ini file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["url"] = url
    return config


def head() -> str:
    """The revision the code expects: migrations are numbered, the last one counts."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def revision(database: Database) -> str | None:
    """The revision of the schema in that database, None when it has none yet."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return None
        found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
        return str(found) if found is not None else None


def pending(database: Database) -> bool:
    """Whether the schema is behind the code."""
    return revision(database) != head()


def upgrade(database: Database, now: datetime, directory: Path | None = None) -> Path | None:
    """Bring the schema up to date; a SQLite file that has a schema is copied first, to `directory` (None: beside it).

    Returns the copy, if any.

    Raises whatever the migration raises; nothing of a failed migration stays behind.
    """
    if not pending(database):
        return None
    # Imported here: most starts have nothing to upgrade, and alembic takes a fifth of a second.
    from alembic import command

    copy = back_up(database.url, now, directory) if _has_tables(database) else None
    config = alembic_config(database.url)
    config.attributes["engine"] = database.engine
    command.upgrade(config, "head")
    return copy


def _has_tables(database: Database) -> bool:
    with database.engine.connect() as connection:
        return bool(inspect(connection).get_table_names())


def build(database: Database) -> None:
    """Make the schema of a new database at once, as the migrations would (a test compares them).

    Does nothing where there are tables already.
    """
    if _has_tables(database):
        return
    with database.engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
        dialect = connection.dialect.name
        for statement in (*append_only(dialect), *search_schema(dialect), *archive_schema(dialect)):
            connection.execute(text(statement))
        key = f"CONSTRAINT {VERSION_TABLE}_pkc PRIMARY KEY (version_num)"
        connection.execute(text(f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL, {key})"))
        connection.execute(text(f"INSERT INTO {VERSION_TABLE} VALUES (:head)"), {"head": head()})  # noqa: S608
