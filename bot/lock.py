"""One process per database: a lock beside a SQLite file, gone with the process however it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from storage.backend import sqlite_file


class InUse(Exception):
    """Another process runs on this database."""


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Hold the lock of that database; nothing for databases that are no file. Raises InUse, or OSError."""
    path = sqlite_file(url)
    if path is None:
        yield
        return
    # The file stays: removing it would let two processes hold a lock of the same name.
    with path.with_name(path.name + ".lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(f"another overlegbot is running on {path}") from error
        yield
