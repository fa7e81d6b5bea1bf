"""The bot of the demo, in a process of its own: the door for programs, which stands still at one chosen step.

It says `{"kind": "halted"}` there and waits to be killed, so that the kill falls where the narrator says.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from bot.cli import UNEXPECTED
from bot.doors.demo_script import DECIDED, HEARD
from bot.doors.jsonl import serve
from bot.house import House
from bot.testing import CHANNEL, Said, Simulation, opened
from commands import catalogue
from config.people import load_people
from config.structure import load_structure
from storage.inbox import Received, was_command

#: Nobody leaves a bot standing still for longer: the narrator is gone.
_LONGEST = 30


class HaltingHouse(House):
    """Handles what was heard, except the one message at which it stands still."""

    halt_at = ""

    def handle(self, session: Session, event: Received, now: datetime) -> None:
        """Stand still before anything is done with the event."""
        if event.event_id == self.halt_at:
            _halt()
        super().handle(session, event, now)


class HaltingSimulation(Simulation):
    """Stands still with an event heard, or with the answer decided, when `step` and `event` name it."""

    def __init__(self, url: str, step: str, event: str) -> None:
        structure = load_structure("voorbeeldjaar")
        super().__init__(structure, load_people(None, structure), opened(url))
        house = HaltingHouse(structure, catalogue.COMMANDS, catalogue.MOMENTS)
        house.halt_at = event if step == HEARD else ""
        self.house = house
        self.halt_after = event if step == DECIDED else ""

    def flush(self, now: datetime) -> Iterator[Said]:
        """Stand still before anything is sent."""
        if self.halt_after and self.database.work(lambda session: was_command(session, CHANNEL, self.halt_after)):
            _halt()
        yield from super().flush(now)


def _halt() -> None:
    print('{"kind": "halted"}', flush=True)
    time.sleep(_LONGEST)
    sys.exit(1)


def main(url: str, step: str = "", event: str = "") -> int:
    """Talk over standard input and output until the input ends, or until killed at that step of that event."""
    try:
        simulation = HaltingSimulation(url, step, event)
        try:
            return serve(sys.stdin.buffer, sys.stdout, sys.stderr, simulation)
        finally:
            simulation.close()
    except Exception as failure:
        if os.environ.get("OVERLEGBOT_DEBUG") == "1":
            raise
        first, *_ = str(failure).splitlines() or [""]
        print(f"{type(failure).__name__}: {first}", file=sys.stderr)
        return UNEXPECTED


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
