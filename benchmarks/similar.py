"""Similar signals: what is found again, what is suggested wrongly, and what the search costs.

    python benchmarks/similar.py

1. The example year: every signal is filed in order of date among the open ones and the running groups. Right is a
   signal of the same cluster, wrong is any other. A look-alike is a signal on the topic of an open one that is not
   about the same. Once with title and explanation, once with the title alone, as someone types it in a room. The list
   of synonyms was made knowing these signals: an upper bound.
2. Held out: twenty signals with another wording of each and a look-alike of each, not used for the list or the rules.
3. Both again among 10,000 other open signals, with the time of a filing with and without the search in the same run.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlmodel import Session  # noqa: E402

from bot.seed import import_people  # noqa: E402
from commands.kit.ports import Change  # noqa: E402
from commands.rules.likeness import Lexicon  # noqa: E402
from commands.words.signal import Signal, SignalState  # noqa: E402
from config.people import load_people  # noqa: E402
from config.structure import load_structure  # noqa: E402
from storage.database import Database, build  # noqa: E402
from storage.store import SqlStore  # noqa: E402

NOW = datetime(2027, 1, 5, 8, 0, tzinfo=UTC)
CHANGE = Change("uvw.ao.1", NOW)
STRUCTURE = load_structure("voorbeeldjaar")
LEXICON = Lexicon(STRUCTURE.synonyms, STRUCTURE.common_words)
DATA = Path(__file__).parent / "data"
Row = dict[str, Any]
YEAR: list[Row] = json.loads((DATA / "signals_2027.json").read_text("utf8"))
HELD_OUT: list[Row] = json.loads((DATA / "signals_held_out.json").read_text("utf8"))
SHOWN = 3

WHO = "Gemeenten|Provincies|Waterschappen|Omgevingsdiensten|Bewoners|Ontwikkelaars|Boeren|Drinkwaterbedrijven|Aannemers"
DOES = (
    "wachten op|missen|betwisten|vragen om|klagen over|kunnen niet verder zonder|zien te weinig van|"
    "zijn het oneens over|twijfelen aan|hebben geen geld voor"
)
WHAT = (
    "de vergunning|onderzoek|toezicht|een norm|de sanering|monitoring|de eindsituatie|nazorg|een uitspraak|"
    "depotruimte|meetgegevens|peilbuizen|een ontheffing|de vergoeding|het contract|deskundigen|een bouwstop|"
    "grondverzet|een meldpunt"
)
SUBJECT = (
    "PFAS in bagger|lood in tuinen|asbest op erven|de oude stortplaats|een gasfabriek|bodemenergie|verzilting|"
    "bodemdaling|staalslak onder wegen|drugsafval|zinkassen|nitraat in grondwater|kabels en leidingen|"
    "een zandwinplas|de waterbodem|grondwateronttrekking|het drinkwatergebied|de dijk|"
    "olie onder een tankstation|bestrijdingsmiddelen|minerale olie|een warmtenet|de spoorzone|"
    "het bedrijventerrein|een stadspark|sloopafval|bomen in de straat|explosieven|archeologie"
)
WHERE = (
    "Drenthe|Twente|de Achterhoek|Zeeland|de Kempen|West-Friesland|het Groene Hart|Limburg|de Veluwe|"
    "Flevoland|het Westland|Salland|de Peel|Walcheren|het Gooi|Friesland|de Betuwe|Groningen|de Zaanstreek|"
    "Rijnmond|Parkstad|de Krimpenerwaard"
)


def made(id: str, title: str, explanation: str = "", topic: str | None = None) -> Signal:
    return Signal(
        id,
        title,
        ("uvw.ao.1",),
        "UvW",
        SignalState.SUBMITTED,
        "AO",
        "AO",
        NOW,
        NOW,
        explanation=explanation,
        topic=topic,
    )


def text_of(one: Signal) -> str:
    return f"{one.title} {one.explanation} {one.topic or ''}"


def suggested(store: SqlStore, text: str) -> tuple[str, ...]:
    return store.similar(text, LEXICON, limit=SHOWN)


# --- quality ---------------------------------------------------------------------------------------------------------
def example_year(store: SqlStore, *, whole: bool) -> None:
    """File the year and print what was found; a duplicate is joined to its cluster, as in the year itself."""
    wanted = found = wrong = alike = fooled = groups = others = 0
    open_ones: list[Row] = []
    for row in YEAR:
        one = made(row["id"], row["title"], row["explanation"] if whole else "", row["topic"] if whole else None)
        near = suggested(store, text_of(one))
        same = {old["id"] for old in open_ones if row["cluster"] and old["cluster"] == row["cluster"]}
        wanted += bool(same)
        found += bool(same & set(near))
        bad = [id for id in near if id.startswith("S-") and id not in same]
        wrong += bool(bad)
        others += sum(id.startswith("X-") for id in near)
        groups += any(id.startswith(("WG-", "PRG-")) for id in near)
        lookalikes = {old["id"] for old in open_ones if old["topic"] == row["topic"]} - same
        alike += bool(lookalikes)
        fooled += bool(lookalikes & set(bad))
        if not same:
            store.put(one, CHANGE)
            open_ones.append(row)
    how = "title and explanation" if whole else "title alone"
    print(f"  example year, {how}: recall@3 {found}/{wanted}; wrong signal suggested at {wrong}/{len(YEAR)} filings,")
    print(f"    at a look-alike {fooled}/{alike}; made-up signals among the suggestions {others}; a group at {groups}")


def held_out(store: SqlStore) -> None:
    for n, row in enumerate(HELD_OUT):
        store.put(made(f"H-{n:02d}", row["one"]), CHANGE)
    same = [suggested(store, row["same"]) for row in HELD_OUT]
    other = [suggested(store, row["other"]) for row in HELD_OUT]
    right = sum(f"H-{n:02d}" in near for n, near in enumerate(same))
    fooled = sum(f"H-{n:02d}" in near for n, near in enumerate(other))
    wrong = sum(any(id[:2] in ("H-", "S-") and id != f"H-{n:02d}" for id in near) for n, near in enumerate(same))
    print(f"  held out, title alone: recall@3 {right}/{len(HELD_OUT)}; look-alike suggested {fooled}/{len(HELD_OUT)};")
    print(f"    another signal suggested at {wrong}/{len(HELD_OUT)} filings")


# --- cost ------------------------------------------------------------------------------------------------------------
def crowd(store: SqlStore, many: int) -> None:
    chance = random.Random(2027)  # noqa: S311
    lists = [part.split("|") for part in (WHO, DOES, WHAT, SUBJECT, WHERE)]
    for n in range(many):
        who, does, what, subject, where = (chance.choice(part) for part in lists)
        more = f"{chance.choice(lists[3])} en {chance.choice(lists[2])} in {chance.choice(lists[4])}"
        store.put(
            made(f"X-{n:05d}", f"{who} {does} {what} bij {subject}", f"In {where} gaat het ook om {more}."), CHANGE
        )


def timed(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


def cost(store: SqlStore) -> None:
    """A filing as the store sees it: a new signal written with its index, with and without looking for its like."""
    without, with_it = [], []
    for n, row in enumerate(YEAR * 5):
        one = made(f"L-{n:04d}", row["title"], row["explanation"], row["topic"])
        again = made(f"M-{n:04d}", row["title"], row["explanation"], row["topic"])
        without.append(timed(lambda one=one: store.put(one, CHANGE)))  # type: ignore[misc]
        found = timed(lambda one=one: store.similar(text_of(one), LEXICON, limit=40))  # type: ignore[misc]
        with_it.append(found + timed(lambda one=again: store.put(one, CHANGE)))  # type: ignore[misc]
    for name, durations in (("without", without), ("with", with_it)):
        cuts = quantiles(durations, n=20)
        print(f"  a filing {name} the search: p50 {cuts[9]:.1f} ms, p95 {cuts[18]:.1f} ms")
    print(f"  ratio of the p50s: {quantiles(with_it, n=20)[9] / quantiles(without, n=20)[9]:.1f}")


def prepared(session: Session, many: int) -> SqlStore:
    import_people(session, STRUCTURE, load_people(None, STRUCTURE), NOW)
    store = SqlStore(session)
    crowd(store, many)
    return store


def main() -> None:
    runs: tuple[Callable[[SqlStore], None], ...] = (
        lambda store: example_year(store, whole=True),
        lambda store: example_year(store, whole=False),
        held_out,
        cost,
    )
    for many in (0, 10_000):
        database = Database("sqlite://")
        build(database)
        print(f"{many} other open signals")
        with database.session() as session:
            store = prepared(session, many)
            for run in runs:
                part = session.begin_nested()
                run(store)
                part.rollback()
                session.expire_all()
        database.close()


if __name__ == "__main__":
    main()
