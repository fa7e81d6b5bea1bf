"""`overlegbot backup`: everything that the bot needs to go on elsewhere, in a new folder, beside a running bot too.

The register is copied before the keys of Matrix: with keys that are newer than the register everything is read, with
older ones the last messages are not.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bot.doors import UNREACHABLE, WELL, WRONG_USE, DoorError
from bot.doors.opening import settings_of
from config.settings import DEFAULT_FILE, Settings
from storage.backend import shown, sqlite_file

#: In the copy: what lies outside the folder of the configuration.
ELSEWHERE = "elsewhere"
_CONFIG = "OVERLEGBOT_CONFIG"
#: Only says who uses the store just now.
_LOCK = "lock"


def main(args: argparse.Namespace) -> int:
    """Copy to `args.folder`; prints what went where it has to be put back apart.

    Raises DoorError: a folder that holds something (2), a database that is none of files, or a file that cannot be
    read (3). The copy is for the bot's own user only.
    """
    settings, folder = settings_of(args), Path(args.folder).absolute()
    register = sqlite_file(settings.database)
    if register is None or not register.exists():
        raise DoorError(f"database {shown(settings.database)}: there is no file to copy", UNREACHABLE)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DoorError(f"{folder} is not empty: name a new folder", WRONG_USE)
    home = _configuration(args).resolve().parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for source in (register, *_others(settings, _configuration(args))):
            _copy(source.resolve(), home, folder)
    except (OSError, sqlite3.Error) as failure:
        raise DoorError(f"not copied: {failure}", UNREACHABLE) from failure
    print(f"{folder}: complete; stop the bot before you put it back")
    return WELL


def _configuration(args: argparse.Namespace) -> Path:
    return Path(args.config or os.environ.get(_CONFIG) or DEFAULT_FILE)


def _others(settings: Settings, configuration: Path) -> Iterator[Path]:
    """Everything but the register: the store of Matrix, the configuration and the files that it names."""
    matrix, teams = settings.matrix, settings.teams
    if matrix is not None and matrix.store_path.is_dir():
        yield from (file for file in sorted(matrix.store_path.iterdir()) if file.is_file() and file.name != _LOCK)
    named = [configuration, settings.people, Path(settings.structure)]
    if matrix is not None:
        named += [matrix.password_file, matrix.access_token_file, matrix.pickle_key_file]
    if teams is not None:
        named.append(teams.secret_file)
    yield from dict.fromkeys(file for file in named if file is not None and file.is_file())


def _copy(source: Path, home: Path, folder: Path) -> None:
    """In its place below the folder; a database by itself, whoever writes in it meanwhile."""
    inside = source.is_relative_to(home)
    target = folder / (source.relative_to(home) if inside else Path(ELSEWHERE, source.name))
    if target.exists():
        raise FileExistsError(f"two files are called {target.name}")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with source.open("rb") as beginning:
        database = beginning.read(16) == b"SQLite format 3\0"
    if database:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
    else:
        shutil.copyfile(source, target)
    target.chmod(0o600)
    if not inside:
        print(f"{target.relative_to(folder)} belongs at {source}")
