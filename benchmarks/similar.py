"""Similar signals: recall@3 and false suggestions on the example year's clusters, and what the search costs.

Run: python benchmarks/similar.py. Every signal is filed in order of date; a suggestion is right when it names a signal
of the same cluster, and false when it names any other. Then the same with 10,000 other open signals around it, and the
time of a filing with the search as a ratio to one without it, in the same run.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from sqlmodel import Session

from commands.kit.ports import Change
from commands.words.people import Person
from commands.words.signal import Signal, SignalState
from config.structure import load_structure
from storage.database import Database, build
from storage.store import SqlStore

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
CHANGE = Change("bench", NOW)
STRUCTURE = load_structure("voorbeeldjaar")
ROWS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "data" / "signals_2027.json").read_text("utf8"))
NOISE = (
    "gemeente provincie waterschap bodem sanering vergunning overleg subsidie monitoring grondwater norm toets "
    "asbest lood zink nikkel kwik olie verontreiniging melding handhaving toezicht archeologie leiding riool "
    "boring bron winning natuur veen klei zand dijk kade oever park tuin school woning bedrijf terrein haven spoor weg "
).split()


def signal(id: str, title: str, explanation: str, topic: str) -> Signal:
    return Signal(
        id, title, ("bench",), "VNG", SignalState.SUBMITTED, "AO", "AO", NOW, NOW, explanation=explanation, topic=topic
    )


def file(store: SqlStore, row: dict[str, Any]) -> tuple[str, ...]:
    """File a signal of the example year; returns what it is said to look like, three at the most."""
    one = signal(row["id"], row["title"], row["explanation"], row["topic"])
    text = f"{one.title} {one.explanation} {one.topic}"
    found = [id for id in store.similar(text, STRUCTURE.synonyms) if id.startswith("S-")][:3]
    store.put(one, CHANGE)
    return tuple(found)


def measure(store: SqlStore) -> None:
    clusters = {row["id"]: row["cluster"] for row in ROWS if row["cluster"]}
    hits = expected = suggested = false = 0
    seen: set[str] = set()
    for row in ROWS:
        found = file(store, row)
        mates = {id for id in seen if clusters.get(id) and clusters[id] == row["cluster"]}
        if mates:
            expected += 1
            hits += bool(mates & set(found))
        suggested += len(found)
        false += sum(id not in mates for id in found)
        seen.add(row["id"])
    print(f"  recall@3 {hits}/{expected}, suggestions {suggested}, false {false} over {len(ROWS)} signals")


def noise(store: SqlStore, many: int) -> None:
    chance = random.Random(2027)  # noqa: S311
    for n in range(many):
        words = chance.sample(NOISE, 9)
        title, rest = " ".join(words[:5]), " ".join(words[5:])
        store.put(signal(f"N-{n:05d}", title.capitalize(), rest.capitalize(), words[0]), CHANGE)


def latency(store: SqlStore) -> None:
    searched, put = [], []
    for n, row in enumerate(ROWS * 5):
        text = f"{row['title']} {row['explanation']} {row['topic']}"
        begun = time.perf_counter()
        store.similar(text, STRUCTURE.synonyms)
        searched.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        store.put(signal(f"L-{n:04d}", row["title"], row["explanation"], row["topic"]), CHANGE)
        put.append(time.perf_counter() - begun)
    cut = statistics.quantiles(searched, n=20)
    alone, both = statistics.median(put), statistics.median(put) + statistics.median(searched)
    print(f"  search p50 {statistics.median(searched) * 1e3:.1f} ms, p95 {cut[18] * 1e3:.1f} ms")
    print(f"  filing with the search / without it: {both / alone:.1f}")


def prepared() -> Database:
    database = Database("sqlite://")
    build(database)

    def unit(session: Session) -> None:
        store = SqlStore(session)
        for body in STRUCTURE.bodies:
            store.know_body(body.code, str(body.kind))
        store.put(Person("bench", "VNG"), CHANGE)

    database.work(unit)
    return database


def main() -> None:
    for many in (0, 10_000):
        database = prepared()

        def unit(session: Session, many: int = many) -> None:
            store = SqlStore(session)
            noise(store, many)
            print(f"{many} other open signals")
            measure(store)
            latency(store)

        database.work(unit)
        database.close()


if __name__ == "__main__":
    main()
