"""`overlegbot db upgrade`: bring the schema up to date, after a copy of the file."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from bot.doors import UNREACHABLE, WELL, DoorError
from bot.doors.opening import backup_directory_of, database_of, reachable
from storage.backend import shown
from storage.database import Database, head, revision, upgrade


def main(args: argparse.Namespace) -> int:
    """Upgrade `--database`, or that of the settings; says from what to what, and where the copy is.

    Raises DoorError 3 when the database cannot be used or the migration fails; then it is as it was.
    """
    url = database_of(args)
    directory = backup_directory_of(args)
    with reachable(url):
        database = Database(url)
        try:
            before = revision(database)
            try:
                copy = upgrade(database, datetime.now(UTC), directory)
            except (RuntimeError, OSError) as failure:
                raise DoorError(f"database {shown(url)}: not upgraded, {failure}", UNREACHABLE) from failure
        finally:
            database.close()
    if before == head():
        print(f"{shown(url)}: up to date ({before})")
    else:
        print(f"{shown(url)}: {f'upgraded from {before} to' if before else 'made with schema'} {head()}")
    if copy is not None:
        print(f"backup: {copy}")
    return WELL
