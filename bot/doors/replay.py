"""`overlegbot replay`: play a scenario year up to a moment, and print what came of it as one JSON document."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime, time
from pathlib import Path

from bot.doors import FAULTS_FOUND, WELL, WRONG_USE, DoorError
from commands.words.calendar import AMSTERDAM


def main(args: argparse.Namespace) -> int:
    """Standard output holds the document only; steps that did not go as the file says are named on standard error.

    Raises DoorError 2 for a file or a moment that cannot be used.
    """
    from bot.replay.play import Stage
    from bot.replay.scenario import ScenarioFault, load

    try:
        scenario = load(Path(args.scenario))
    except ScenarioFault as fault:
        raise DoorError(str(fault), WRONG_USE) from fault
    until = _moment(args.at)
    stage = Stage(scenario)
    played = stage.play(until)
    stage.close()
    json.dump(played.document, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
    for line in played.faults:
        print(f"overlegbot: {line}", file=sys.stderr)
    return FAULTS_FOUND if played.faults else WELL


def _moment(text: str) -> datetime:
    """A moment on the clock of Amsterdam; a day alone is the end of it."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise DoorError(f"--at must be a moment such as 2027-05-14T08:30, not {text!r}", WRONG_USE) from None
    if "T" not in text and " " not in text.strip():
        found = datetime.combine(found.date(), time(23, 59, 59))
    return found if found.utcoffset() is not None else found.replace(tzinfo=AMSTERDAM)
