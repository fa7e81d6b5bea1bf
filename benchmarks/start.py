"""How fast the command line answers, beside a bare Python of the same environment in the same run.

python benchmarks/start.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

TIMES = 15
BARE = [sys.executable, "-c", "pass"]
SCRIPT = str(Path(sys.executable).with_name("overlegbot"))


def seconds(command: list[str]) -> float:
    """One run."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Print the median of each, taken by turns, and how many times that of bare Python it is."""
    commands = {"python -c pass": BARE, "--help": [SCRIPT, "--help"], "--version": [SCRIPT, "--version"]}
    for command in commands.values():
        seconds(command)  # writes the compiled modules
    found: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(TIMES):
        for name, command in commands.items():
            found[name].append(seconds(command))
    bare = statistics.median(found["python -c pass"])
    for name, times in found.items():
        median = statistics.median(times)
        print(f"{name:16} {median * 1000:6.0f} ms   ratio {median / bare:.1f}")


if __name__ == "__main__":
    main()
