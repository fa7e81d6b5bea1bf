"""How long one reading of a date takes, and how that compares with dateparser in the same run.

    python benchmarks/dates.py

Prints p50 and p95 in microseconds over the corpus (warm, one reading at a time), for `read`, for `trailing` on a
sentence that ends in it, and for dateparser in its strict Dutch form. The promise: p95 of `read` by the grammar <= 300.
"""

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from statistics import quantiles
from time import perf_counter_ns

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from commands.kit.dates import trailing  # noqa: E402
from commands.kit.dates.context import Context  # noqa: E402
from commands.kit.dates.fallback import strict_parser  # noqa: E402
from commands.kit.dates.reader import by_grammar  # noqa: E402
from commands.words.calendar import WorkCalendar, local  # noqa: E402

REPEATS = 5


def expressions() -> list[tuple[datetime, str]]:
    """The rows of the corpus in the tests: the moment and what was typed."""
    lines = (ROOT / "tests" / "data" / "dates_nl.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(local(datetime.fromisoformat(row[0])), row[1]) for row in rows if row[0] != "now"]


def timed(work: Callable[[datetime, str], object], rows: Sequence[tuple[datetime, str]]) -> tuple[float, float]:
    """p50 and p95 in microseconds; of each row the best of some repeats, as the machine is not ours alone."""
    best = []
    for now, text in rows:
        durations = []
        for _ in range(REPEATS):
            start = perf_counter_ns()
            work(now, text)
            durations.append(perf_counter_ns() - start)
        best.append(min(durations) / 1000)
    cuts = quantiles(best, n=20)
    return cuts[9], cuts[18]


def main() -> None:
    rows = expressions()
    calendar = WorkCalendar()
    parser = strict_parser()
    parser.get_date_data("1 december 2026")

    results = {
        "read (grammar)": timed(lambda now, text: by_grammar(Context(now, calendar, text)), rows),
        "trailing": timed(lambda now, text: trailing(f"de stukken voor het overleg nasturen {text}", now), rows),
        "dateparser (strict, nl)": timed(lambda _, text: parser.get_date_data(text), rows),
    }
    for name, (p50, p95) in results.items():
        print(f"{name:26} p50 {p50:7.0f} us   p95 {p95:7.0f} us   n={len(rows)}")
    ratio = results["dateparser (strict, nl)"][0] / results["read (grammar)"][0]
    print(f"{'dateparser / grammar':26} {ratio:.1f} x at p50")


if __name__ == "__main__":
    main()
