"""What the database is asked, counted: the time that takes depends on the machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event

_FULL = 2


@dataclass(frozen=True)
class Commit:
    """The end of a transaction: whether it changed anything, and whether it waited for the disk if so."""

    wrote: bool
    synced: bool


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    asked: list[str] = []

    def keep(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", keep)


@contextmanager
def commits(engine: Engine) -> Iterator[list[Commit]]:
    """The transactions that end well meanwhile."""
    made: list[Commit] = []
    before: dict[int, int] = {}

    def begin(connection: Any) -> None:
        driver = connection.connection.dbapi_connection
        before[id(driver)] = driver.total_changes

    def execute(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("PRAGMA user_version ="):  # what waits for the disk and nothing else
            before[id(connection.connection.dbapi_connection)] = -1

    def commit(connection: Any) -> None:
        driver = connection.connection.dbapi_connection
        [level] = driver.execute("PRAGMA synchronous").fetchone()
        made.append(Commit(driver.total_changes != before[id(driver)], level >= _FULL))

    listeners = (("begin", begin), ("before_cursor_execute", execute), ("commit", commit))
    for name, listener in listeners:
        event.listen(engine, name, listener)
    try:
        yield made
    finally:
        for name, listener in listeners:
            event.remove(engine, name, listener)
