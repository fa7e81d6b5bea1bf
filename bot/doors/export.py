"""`overlegbot export json`: the whole register as one JSON document (docs/register.schema.json)."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from typing import TextIO

from sqlmodel import Session

from bot.doors import WELL
from bot.doors.opening import checked, database_of, register_of, settings_of
from bot.house import CLOCK
from commands.words.calendar import AMSTERDAM
from commands.words.structure import Thresholds
from config.structure import load_structure
from storage.export import register
from storage.inbox import recall


def main(args: argparse.Namespace) -> int:
    """Print the register of `--database`, or of the settings. The same register gives the same text, byte for byte."""
    shown_from = _shown_from(args)
    with register_of(database_of(args)) as database, database.session() as session:
        write(session, sys.stdout, shown_from)
    return WELL


def write(session: Session, out: TextIO, shown_from: int = Thresholds.anonymous_from) -> None:
    """One array after the other, one object per line, so that a large register never stands in memory as a whole.

    Answers without a name are told together from `shown_from` up, once the register's own clock is past their last day.
    """
    clock = recall(session, *CLOCK)
    today = datetime.fromisoformat(clock).astimezone(AMSTERDAM).date() if clock else None
    out.write("{")
    before = "\n"
    for name, objects in register(session, today, shown_from):
        out.write(f'{before}"{name}": [')
        between = "\n"
        for one in objects:
            out.write(between + json.dumps(one, ensure_ascii=False))
            between = ",\n"
        out.write("\n]" if between != "\n" else "]")
        before = ",\n"
    out.write("\n}\n")


def _shown_from(args: argparse.Namespace) -> int:
    """From how many answers they are shown: what the structure of the settings says; of a database that was named by
    itself the default, as its structure is not known here."""
    if args.database and not args.config:
        return Thresholds.anonymous_from
    settings = settings_of(args)
    return checked(lambda: load_structure(settings.structure)).thresholds.anonymous_from
