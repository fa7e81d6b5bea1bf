"""`overlegbot dates`: how the bot reads Dutch dates, one plain line for each expression."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bot.doors import WELL, DoorError
from commands.kit.dates import door, read
from commands.words.calendar import WorkCalendar


@dataclass(slots=True)
class Score:
    """Counts over the rows that say what is expected. `wrong`: another answer than that. `refused`: none at all."""

    right: int = 0
    wrong: int = 0
    refused: int = 0

    def add(self, got: str, expected: str) -> None:
        """Any kind of refusal is right where any kind is expected."""
        error = got.startswith("ERROR")
        if got == expected or (error and expected.startswith("ERROR")):
            self.right += 1
        elif error:
            self.refused += 1
        else:
            self.wrong += 1

    def __str__(self) -> str:
        total = self.right + self.wrong + self.refused
        return f"SCORE {self.right}/{total} wrong={self.wrong} refused={self.refused}"


def main(args: argparse.Namespace) -> int:
    """Read `args.expressions` at `args.now`, or the rows of `args.file`. Raises DoorError on bad input."""
    return run(args.now, args.expressions, args.file, _calendar(args.structure), sys.stdout)


def run(
    now: str | None,
    expressions: Sequence[str],
    file: str | None,
    calendar: WorkCalendar = WorkCalendar(),
    out: TextIO | None = None,
) -> int:
    """The door without the command line. Each result is written and flushed before the next is read.

    With `file` (columns now, expression[, expected, category]; lines that begin with # are skipped) the last line is
    the score. Raises DoorError for a missing or naive `now`, a file that cannot be read and a row that is no row.
    """
    out = out or sys.stdout
    if file is None:
        if not now:
            raise DoorError("dates: --now is missing (for example 2026-11-18T10:00+01:00)")
        moment = _moment(now, "--now")
        for expression in expressions:
            print(door(read(expression, moment, calendar)), file=out, flush=True)
        return WELL
    score = Score()
    for moment, expression, expected in _rows(_lines(file), file):
        got = door(read(expression, moment, calendar))
        if expected:
            score.add(got, expected)
        print(got, file=out, flush=True)
    print(score, file=out, flush=True)
    return WELL


def _calendar(structure: str | None) -> WorkCalendar:
    if structure is None:
        return WorkCalendar()
    # Imported here: without --structure no configuration is needed.
    from config.faults import ConfigFaults
    from config.structure import load_structure

    try:
        return load_structure(structure).calendar
    except (ConfigFaults, OSError) as failure:
        raise DoorError(f"dates: {structure}: {' '.join(str(failure).split())}") from failure


def _moment(text: str, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise DoorError(f"dates: {where}: {text!r} is no ISO time (for example 2026-11-18T10:00+01:00)") from None
    if moment.utcoffset() is None:
        raise DoorError(f"dates: {where}: {text!r} has no offset (for example 2026-11-18T10:00+01:00)")
    return moment


def _lines(file: str) -> list[str]:
    try:
        return Path(file).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as failure:
        reason = failure.strerror if isinstance(failure, OSError) else "is no UTF-8"
        raise DoorError(f"dates: {file}: {reason}") from failure


def _rows(lines: Iterable[str], file: str) -> Iterator[tuple[datetime, str, str]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if columns[:2] == ["now", "expression"]:
            continue
        if not 2 <= len(columns) <= 4:
            raise DoorError(f"dates: {file} line {number}: {len(columns)} columns instead of 2 to 4, split by tabs")
        yield _moment(columns[0], f"{file} line {number}"), columns[1], columns[2] if len(columns) > 2 else ""
