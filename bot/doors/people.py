"""`overlegbot people import FILE`: add and update people, roles, rooms, groups and meetings; never delete."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from bot.doors import WELL
from bot.doors.opening import checked, database, database_of, read_people, settings_of, stored_clock
from bot.seed import import_people
from config.structure import load_structure

#: How many of what, in the order in which they are said.
COUNTED = (
    ("people", "person", "people"),
    ("roles", "role", "roles"),
    ("rooms", "room", "rooms"),
    ("groups", "group", "groups"),
    ("meetings", "meeting", "meetings"),
)


def main(args: argparse.Namespace) -> int:
    """Import `args.file` into `--database`, or that of the settings, and say what was new or changed.

    Raises DoorError: every fault of the file (78; nothing is imported), or a database that cannot be used (3).
    """
    structure = checked(lambda: load_structure(settings_of(args).structure))
    with database(database_of(args)) as made:
        file = read_people(args.file, structure, made)
        now = max(datetime.now(UTC), stored_clock(made) or datetime.min.replace(tzinfo=UTC))
        counts = made.work(lambda session: import_people(session, structure, file, now))
    said = [f"{counts[key]} {one if counts[key] == 1 else more}" for key, one, more in COUNTED if counts[key]]
    print(f"{args.file}: {', '.join(said)} new or changed" if said else f"{args.file}: nothing new")
    return WELL
