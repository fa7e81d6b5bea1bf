"""`overlegbot doctor`: looks at everything the bot needs, and says of each whether it is well, or what to do.

It changes nothing, but for one thing: to find the rate limit it makes a room that nobody else is in, sends a few
messages there, and forgets it. The bot may run meanwhile."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.app import matrix_options, teams_options, wall_clock
from bot.doors import FAULTS_FOUND, WELL, DoorError, check_config
from bot.doors.finding import Finding
from bot.doors.opening import register_of
from config.faults import ConfigFaults
from config.settings import DEFAULT_FILE, MatrixSettings, Settings, TeamsSettings, load_settings
from config.structure import load_structure
from storage import inbox, rooms
from storage.backend import shown, sqlite_file
from storage.database import Database, head

_SECRET_INSIDE = re.compile(r"^\s*(password|access_token|pickle_key|secret)\s*=|://[^/\s]*:[^/\s]*@", re.MULTILINE)


@dataclass(frozen=True)
class Rooms:
    """The rooms of the bodies by code: the address on Matrix or None, and that on Teams with its connector."""

    matrix: Mapping[str, str | None]
    teams: Mapping[str, tuple[str, str | None]]


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
    if settings.matrix is None and settings.teams is None:
        yield Finding("Matrix", "is not configured", "fill in [matrix] in the settings, or use the console only")
    if settings.matrix is not None:
        yield from asyncio.run(_matrix(settings.matrix, found))
    if settings.teams is not None:
        yield from asyncio.run(_teams(settings.teams, found))


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
    matrix, teams = settings.matrix, settings.teams
    files = [matrix.password_file, matrix.access_token_file, matrix.pickle_key_file] if matrix else []
    if matrix is not None and matrix.store_path.is_dir():
        files += sorted(matrix.store_path.iterdir())
    files += [teams.secret_file] if teams else []
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
    matrix = database.work(lambda session: {code: rooms.address_of(session, "matrix", code) for code in bodies})
    teams = database.work(lambda session: {code: rooms.address_of(session, "teams", code) for code in bodies})
    kept = database.work(lambda session: inbox.recall(session, "teams", "rooms")) if any(teams.values()) else None
    services = {room: known["service"] for room, known in json.loads(kept or "{}").items()}
    return Rooms(matrix, {code: (room, services.get(room)) for code, room in teams.items() if room})


async def _matrix(given: MatrixSettings, found: Rooms | None) -> list[Finding]:
    # Imported here: it takes a second, and a fault in the settings is said before.
    from bot.doors.doctor_matrix import Checkup

    rooms = found.matrix if found is not None else None
    return await Checkup(matrix_options(given), rooms, has_key=given.pickle_key is not None).findings()


async def _teams(given: TeamsSettings, found: Rooms | None) -> list[Finding]:
    from bot.doors.doctor_teams import Checkup

    return await Checkup(teams_options(given), found.teams if found is not None else None).findings()
