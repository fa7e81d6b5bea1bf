"""`overlegbot console`: talk to the bot in this terminal, as any person and at any time; `--jsonl` for programs."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from bot.doors.opening import reachable, simulation
from bot.testing import opened

IN_MEMORY = "sqlite://"


def main(args: argparse.Namespace) -> int:
    """Open the database (`args.database`; None: one that is gone afterwards) and talk, until the input ends."""
    url = args.database or IN_MEMORY
    with reachable(url):
        database = opened(url, now=datetime.now(UTC))
        try:
            made = simulation(database, args.structure, args.people)
            if args.jsonl:
                from bot.doors.jsonl import serve

                return serve(sys.stdin.buffer, sys.stdout, sys.stderr, made)
            from bot.doors.talk import talk

            return talk(made)
        finally:
            database.close()
