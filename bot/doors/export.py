"""`overlegbot export json`: the whole register as one JSON document (docs/register.schema.json)."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TextIO

from sqlmodel import Session

from bot.doors import WELL
from bot.doors.opening import database_of, register_of
from storage.export import register


def main(args: argparse.Namespace) -> int:
    """Print the register of `--database`, or of the settings. The same register gives the same text, byte for byte."""
    with register_of(database_of(args)) as database, database.session() as session:
        write(session, sys.stdout)
    return WELL


def write(session: Session, out: TextIO) -> None:
    """One array after the other, one object per line, so that a large register never stands in memory as a whole."""
    out.write("{")
    before = "\n"
    for name, objects in register(session):
        out.write(f'{before}"{name}": [')
        between = "\n"
        for one in objects:
            out.write(between + json.dumps(one, ensure_ascii=False))
            between = ",\n"
        out.write("\n]" if between != "\n" else "]")
        before = ",\n"
    out.write("\n}\n")
