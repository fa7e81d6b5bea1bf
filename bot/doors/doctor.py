"""`overlegbot doctor`: looks at everything the bot needs, and says of each whether it is well, or what to do.

It changes nothing, but for one thing: to find the rate limit it makes a room that nobody else is in, sends a few
messages there, and forgets it. The bot may run meanwhile."""

from __future__ import annotations

import argparse
import asyncio
import os
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.app import matrix_options, wall_clock
from bot.doors import FAULTS_FOUND, WELL, DoorError, check_config
from bot.doors.finding import Finding
from bot.doors.opening import register_of
from config.faults import ConfigFaults
from config.settings import DEFAULT_FILE, MatrixSettings, Settings, load_settings
from config.structure import load_structure
from storage import rooms
from storage.backend import shown, sqlite_file
from storage.database import Database, head

_SECRET_INSIDE = re.compile(r"^\s*(password|access_token|pickle_key)\s*=|://[^/\s]*:[^/\s]*@", re.MULTILINE)
#: Body code -> the address of its room on Matrix, or None.
Rooms = Mapping[str, str | None]


def main(args: argparse.Namespace) -> int:
    """Print one line for each finding; 0 when all is well, 1 when something is to be done. `args.config`: the file."""
    findings = []
    for finding in _findings(_file(args.config)):
        print(finding, flush=True)
        findings.append(finding)
    wrong = sum(not finding.well for finding in findings)
    print(f"{wrong} of {len(findings)} to be done" if wrong else f"all {len(findings)} well")
    return FAULTS_FOUND if wrong else WELL


def _file(named: str | None) -> Path | None:
    """The settings file that is read."""
    known = named or os.environ.get("OVERLEGBOT_CONFIG")
    return Path(known) if known else DEFAULT_FILE if DEFAULT_FILE.is_file() else None


def _findings(path: Path | None) -> Iterator[Finding]:
    lines, well = check_config.report(path, os.environ)
    if well:
        yield Finding("configuration", lines[0].removeprefix("ok: "))
    else:
        yield from (Finding("configuration", "has a fault", line) for line in lines)
    yield _time_zone()
    try:
        settings = load_settings(path, os.environ, logging_in=True)
    except ConfigFaults:
        return
    yield _secrets(settings, path)
    database, found = _database(settings)
    yield database
    if settings.matrix is None:
        yield Finding("Matrix", "is not configured", "fill in [matrix] in the settings, or use the console only")
        return
    yield from asyncio.run(_matrix(settings.matrix, found))


def _time_zone() -> Finding:
    """The clock of Amsterdam, in winter and in summer."""
    try:
        zone = ZoneInfo("Europe/Amsterdam")
    except ZoneInfoNotFoundError:
        return Finding("time zone", "Europe/Amsterdam is unknown", "run `make install` again: tzdata is missing")
    hours = [datetime(2027, month, 1, tzinfo=zone).utcoffset() for month in (1, 7)]
    if hours != [timedelta(hours=1), timedelta(hours=2)]:
        return Finding("time zone", "Europe/Amsterdam has other hours than expected", "bring the time zones up to date")
    return Finding("time zone", f"Europe/Amsterdam, where it is {wall_clock().astimezone(zone):%H:%M}")


def _secrets(settings: Settings, path: Path | None) -> Finding:
    """Files that others on this machine may read."""
    matrix = settings.matrix
    files = [matrix.password_file, matrix.access_token_file, matrix.pickle_key_file] if matrix else []
    if matrix is not None and matrix.store_path.is_dir():
        files += sorted(matrix.store_path.iterdir())
    database = sqlite_file(settings.database)
    files += [database] if database is not None else []
    if path is not None and _SECRET_INSIDE.search(path.read_text("utf-8")):
        files.append(path)
    open_ = [str(file) for file in files if file is not None and file.exists() and file.stat().st_mode & 0o077]
    if open_:
        return Finding("secrets", "others on this machine can read the bot's files", f"chmod 600 {' '.join(open_)}")
    return Finding("secrets", "only the bot's user can read its files")


def _database(settings: Settings) -> tuple[Finding, Rooms | None]:
    """The register, and the rooms of its bodies."""
    try:
        with register_of(settings.database) as database:
            found = _rooms(settings, database)
            return Finding("database", f"{shown(settings.database)}, schema {head()}, up to date"), found
    except DoorError as failure:
        text, _, todo = failure.message.removeprefix("database ").partition("; ")
        todo = todo or "run `overlegbot db upgrade`, or mend `database` in the settings"
        return Finding("database", text, todo), None


def _rooms(settings: Settings, database: Database) -> Rooms:
    bodies = [tier.code for tier in load_structure(settings.structure).tiers]
    return database.work(lambda session: {code: rooms.address_of(session, "matrix", code) for code in bodies})


async def _matrix(given: MatrixSettings, found: Rooms | None) -> list[Finding]:
    # Imported here: it takes a second, and a fault in the settings is said before.
    from bot.doors.doctor_matrix import Checkup

    return await Checkup(matrix_options(given), found, has_key=given.pickle_key is not None).findings()
