"""What several doors need: the database, the structure and the people, or one line that says why not."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.doors import REFUSED_CONFIGURATION, UNREACHABLE, DoorError
from bot.house import CLOCK
from bot.lock import InUse, locked
from bot.testing import Simulation, opened
from commands.words.structure import Structure
from config.faults import ConfigFaults
from config.people import EXAMPLE_YEAR, PeopleFile, load_people
from config.settings import Settings, load_settings
from config.structure import load_structure
from storage.backend import shown, sqlite_file
from storage.database import Database, head, revision
from storage.export import everyone
from storage.inbox import recall
from storage.store import SqlStore

Loaded = TypeVar("Loaded")

#: The structure that the people of the example year belong to.
EXAMPLE_STRUCTURE = "voorbeeldjaar"


def checked(load: Callable[[], Loaded]) -> Loaded:
    """What `load` gives; its faults as a DoorError with exit code 78."""
    try:
        return load()
    except ConfigFaults as found:
        raise DoorError("; ".join(str(fault) for fault in found.faults), REFUSED_CONFIGURATION) from found


def settings_of(args: argparse.Namespace) -> Settings:
    """The settings of this installation (`args.config`: the file, or None)."""
    return checked(lambda: load_settings(Path(args.config) if args.config else None, os.environ))


def database_of(args: argparse.Namespace) -> str:
    """The database to use: `--database`, else that of the settings."""
    return str(args.database) if args.database else settings_of(args).database


def backup_directory_of(args: argparse.Namespace) -> Path | None:
    """Where copies of a database go; None: beside it."""
    return settings_of(args).backup_directory


def stored_clock(made: Database) -> datetime | None:
    """What the bot's clock last showed; None when it never ran on this database."""
    stored = made.work(lambda session: recall(session, *CLOCK))
    return datetime.fromisoformat(stored) if stored else None


@contextmanager
def database(url: str) -> Iterator[Database]:
    """An open database with its schema up to date, closed at the end. DoorError 3 when it cannot be reached or used."""
    with reachable(url):
        made = opened(url, now=datetime.now(UTC))
        try:
            yield made
        finally:
            made.close()


@contextmanager
def register_of(url: str) -> Iterator[Database]:
    """An existing register, to be read only, closed at the end. DoorError 3 when there is none that can be read."""
    with reachable(url):
        file = sqlite_file(url)
        if file is not None and not file.exists():
            raise DoorError(f"database {shown(url)}: there is no such file", UNREACHABLE)
        made = Database(url, read_only=True)
        try:
            found = revision(made)
            if found != head():
                state = "has no register yet" if found is None else f"has schema {found}, this overlegbot {head()}"
                raise DoorError(f"database {shown(url)}: {state}; run `overlegbot db upgrade`", UNREACHABLE)
            yield made
        finally:
            made.close()


@contextmanager
def reachable(url: str) -> Iterator[None]:
    """Turns what a database says of itself into one line and exit code 3."""
    try:
        yield
    except (SQLAlchemyError, ImportError) as failure:
        reason = failure.orig if isinstance(failure, DBAPIError) and failure.orig else failure
        raise DoorError(f"database {shown(url)}: {reason}", UNREACHABLE) from failure


@contextmanager
def alone_on(url: str) -> Iterator[None]:
    """Holds the lock of a database; DoorError 3 when another overlegbot runs on it, or its folder cannot be used."""
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(url))
        except InUse as in_use:
            raise DoorError(str(in_use), UNREACHABLE) from in_use
        except (OSError, ValueError) as failure:
            reason = failure.strerror if isinstance(failure, OSError) else failure
            raise DoorError(f"database {shown(url)}: {reason}", UNREACHABLE) from failure
        yield


def read_people(path: str | None, structure: Structure, known: Database | None = None) -> PeopleFile:
    """A people file (None: the example year), which may add to what a register holds already."""
    if known is None:
        return checked(lambda: load_people(path, structure))
    people, groups = known.work(lambda session: (everyone(session), SqlStore(session).groups()))
    return checked(lambda: load_people(path, structure, known_people=people, known_groups=groups))


def simulation(made: Database, structure_named: str | None, people_named: str | None) -> Simulation:
    """A bot on a clock of its own, over that database.

    Without a structure that of the example year. Without a people file the people of the example year, but only with
    its own structure and only in a register that holds nobody yet.
    """
    structure = checked(lambda: load_structure(structure_named or EXAMPLE_STRUCTURE))
    if people_named is not None:
        path = Path(people_named)
        people = read_people(people_named, structure, made)
        contents = people_named.encode() if people_named == EXAMPLE_YEAR else path.read_bytes()
        return Simulation(structure, people, made, imports=sha256(contents).hexdigest())
    example = structure_named in (None, EXAMPLE_STRUCTURE)
    empty = not made.work(everyone)
    return Simulation(structure, read_people(None, structure) if example and empty else PeopleFile(), made)
