"""`overlegbot console`: talk to the bot in this terminal, as any person and at any time; `--jsonl` for programs."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.doors.opening import EXAMPLE_STRUCTURE, alone_on, reachable, simulation
from bot.testing import Simulation, opened

IN_MEMORY = "sqlite://"


def main(args: argparse.Namespace) -> int:
    """Open the database (`args.database`; None: one that is gone afterwards) and talk, until the input ends.

    Raises DoorError: faults in a file (78), a database that cannot be used or is in use (3).
    """
    url = args.database or IN_MEMORY
    with reachable(url), alone_on(url):
        database = opened(url, now=datetime.now(UTC))
        try:
            made = simulation(database, args.structure, args.people)
            return _programs(made, args) if args.jsonl else _person(made, args)
        finally:
            database.close()


def _programs(made: Simulation, args: argparse.Namespace) -> int:
    from bot.doors.jsonl import FILES, serve

    return serve(sys.stdin.buffer, sys.stdout, sys.stderr, made, Path(args.files) if args.files else FILES)


def _person(made: Simulation, args: argparse.Namespace) -> int:
    from bot.doors.talk import EXAMPLE_START, Talk
    from bot.doors.terminal import talk_in_terminal

    example = args.structure in (None, EXAMPLE_STRUCTURE)
    start = made.now or (EXAMPLE_START if example else datetime.now(UTC).replace(second=0, microsecond=0))
    return talk_in_terminal(Talk(made, start))
