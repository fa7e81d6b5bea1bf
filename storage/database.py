"""One database thread, one transaction per unit of work, and migrations before the first one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import Session

from storage.backend import back_up, open_engine

T = TypeVar("T")
MIGRATIONS = Path(__file__).with_name("migrations")


class Database:
    """The register's database. `run` does a unit of work in its own thread; nothing of a session leaves that thread."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = open_engine(url)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session with one transaction: committed at the end, rolled back on any exception."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def work(self, unit: Callable[[Session], T]) -> T:
        """Do a unit of work here and now (synchronous callers: tests, doors)."""
        return self._thread.submit(self._within, unit).result()

    async def run(self, unit: Callable[[Session], T]) -> T:
        """Do a unit of work in the database thread without holding up the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._within, unit)

    def _within(self, unit: Callable[[Session], T]) -> T:
        with self.session() as session:
            return unit(session)

    def close(self) -> None:
        """Wait for the last unit of work and let go of the file."""
        self._thread.shutdown(wait=True)
        self.engine.dispose()


def alembic_config(url: str) -> Config:
    """Alembic's configuration for that database, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["url"] = url
    return config


def pending(database: Database) -> bool:
    """Whether the schema is behind the code."""
    head = ScriptDirectory.from_config(alembic_config(database.url)).get_current_head()
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() != head


def upgrade(database: Database, now: datetime) -> Path | None:
    """Bring the schema up to date; a SQLite file that has a schema is copied first. Returns the copy, if any.

    Raises whatever the migration raises; nothing of a failed migration stays behind.
    """
    if not pending(database):
        return None
    copy = back_up(database.url, now)
    config = alembic_config(database.url)
    config.attributes["engine"] = database.engine
    command.upgrade(config, "head")
    return copy
