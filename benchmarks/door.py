"""What a line costs at the door for programs: filing a signal against plain chat, processor time, in the same run.

Run: python benchmarks/door.py. The baseline is a line of chat, which is stored, looked at and left alone.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.testing import Simulation
from commands.words.calendar import AMSTERDAM
from config.people import load_people
from config.structure import load_structure

START = datetime(2027, 1, 11, 9, 0, tzinfo=AMSTERDAM)
LINES = 300


def cost(simulation: Simulation, at: datetime, text: str) -> float:
    """Median processor time of one line, in milliseconds."""
    taken = []
    for n in range(LINES):
        begun = time.process_time()
        list(simulation.hear(at + timedelta(seconds=n), "AO", "vng.ao.2", text.format(n=n * 7919)))
        taken.append((time.process_time() - begun) * 1e3)
    return statistics.median(taken)


def main() -> None:
    structure = load_structure("voorbeeldjaar")
    simulation = Simulation(structure, load_people(None, structure))
    chat = cost(simulation, START, "goedemorgen allemaal {n}")
    filing = cost(simulation, START + timedelta(hours=1), "!signaal Depot {n} zit vol")
    simulation.close()
    print(f"chat {chat:.1f} ms, filing {filing:.1f} ms, ratio {filing / chat:.1f}")


if __name__ == "__main__":
    main()
