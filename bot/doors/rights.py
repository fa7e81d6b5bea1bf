"""`overlegbot rights`: who may use which command, from the declarations; the same every time."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from bot.doors import WELL
from commands import catalogue
from commands.kit.declare import Command, Right
from commands.words.people import RoleName

HEADER = ("command", "role", "where", "right")
#: Who is known here, whatever the role.
KNOWN = "iedereen bekend"
NOTES = (
    "What is not listed is refused (E04, for externals E16). A role counts from its first day to its last one; a",
    "deputy has the role of whom they stand in for. An external uses what is listed for extern or iedereen bekend, in",
    "a room only in that of the own group. Iedereen bekend leaves out who is beheerder only. Rules on the item itself",
    "(its state, where it lies, who proposed it) come after this.",
)
_ORDER = ("bekend", *RoleName)


def main(args: argparse.Namespace) -> int:
    """Print the table, one right per line under an English header, or with `--json` as a list of objects."""
    found = table(catalogue.ALL)
    print(as_json(found) if args.json else as_text(found))
    return WELL


def table(commands: Sequence[Command]) -> list[tuple[str, str, str, str]]:
    """The rows (command, role, where, right) by command, role and place. The widest right of a cell counts."""
    return [
        (command.name, KNOWN if right.role == "bekend" else str(right.role), _where(right), _right(right))
        for command in sorted(commands, key=lambda one: one.name)
        for right in sorted(_cells(command), key=lambda one: (_ORDER.index(one.role), one.where))
    ]


def as_text(rows: Sequence[tuple[str, str, str, str]]) -> str:
    """Columns that line up, and below them how to read what is not in it."""
    widths = [max(len(row[n]) for row in (HEADER, *rows)) for n in range(len(HEADER))]
    lines = ["  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)) for row in (HEADER, *rows)]
    return "\n".join([*(line.rstrip() for line in lines), "", *NOTES])


def as_json(rows: Sequence[tuple[str, str, str, str]]) -> str:
    """The same rows for programs."""
    return json.dumps([dict(zip(HEADER, row, strict=True)) for row in rows], ensure_ascii=False, indent=2)


def _cells(command: Command) -> list[Right]:
    """Each role and place once; what only explains a refusal is no right."""
    cells: dict[tuple[str, str], Right] = {}
    for right in command.who:
        key = (str(right.role), str(right.where))
        if not right.explain and (key not in cells or cells[key].propose):
            cells[key] = right
    return list(cells.values())


def _where(right: Right) -> str:
    return "elke kamer" if right.role == "bekend" else str(right.where)


def _right(right: Right) -> str:
    return "proposes" if right.propose else "may"
