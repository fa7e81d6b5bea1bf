"""The example year, and others of its form, played as commands: what the register says is what the file says."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest
import yaml

from bot.replay.play import Played, Stage
from bot.replay.scenario import ScenarioFault, load
from commands.words.calendar import AMSTERDAM

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
YEAR = ROOT / "tests" / "data" / "scenario_2027.yaml"


def _beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"replay_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


figures, variation = _beside("figures"), _beside("variation")
#: Days on which something is at stake: overdue, in a quiet period, on the day itself, after the summer, at the end.
DAYS = "01-12 01-25 02-15 03-05 04-01 04-28 05-06 05-14 06-03 06-25 07-20 08-20 09-17 10-08 11-12 12-02 12-31".split()
YEARS: dict[str, tuple[int, Callable[[str], str]]] = {
    "the example year": (2027, lambda text: text),
    "other people and thresholds": (2027, variation.other_people_and_thresholds),
    "a year earlier": (2026, variation.a_year_earlier),
}


@pytest.fixture(scope="module", params=list(YEARS))
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, dict[date, Played]]:
    """One year played once, looked at on every day; with the file as plain data."""
    number, change = YEARS[request.param]
    file = tmp_path_factory.mktemp("year") / "scenario.yaml"
    file.write_text(change(YEAR.read_text(encoding="utf-8")), encoding="utf-8")
    stage = Stage(load(file))
    looks = {}
    for text in DAYS:
        day = date.fromisoformat(f"{number}-{text}")
        looks[day] = stage.play(datetime(day.year, day.month, day.day, 8, 30, tzinfo=AMSTERDAM))
    stage.close()
    return yaml.safe_load(file.read_text(encoding="utf-8")), looks


def test_every_step_of_the_file_goes_as_it_says(played: tuple[Any, dict[date, Played]]) -> None:
    _, looks = played
    assert list(looks.values())[-1].faults == ()


@pytest.mark.parametrize("text", DAYS)
def test_what_stands_open_is_what_the_file_alone_gives(played: tuple[Any, dict[date, Played]], text: str) -> None:
    file, looks = played
    [day] = [one for one in looks if one.isoformat().endswith(text)]
    assert looks[day].document["stand"] == figures.stand(file, day)


def test_signals_lie_at_the_end_where_the_file_says(played: tuple[Any, dict[date, Played]]) -> None:
    file, looks = played
    document = list(looks.values())[-1].document
    register = {one["id"]: one for one in document["register"]["signals"]}
    names = {mine: theirs for theirs, mine in document["ids"].items()}
    open_states = ("in behandeling", "geagendeerd", "besloten")
    found = {}
    for theirs, (_, wanted) in figures.ends(file).items():
        signal = register[document["ids"][theirs]]
        state = "open" if wanted == "open" and signal["state"] in open_states else signal["state"]
        place = names[signal["merged_into"]] if signal["merged_into"] else signal["lies_with"]
        found[theirs] = (place, state)
    assert found == figures.ends(file)


def test_actions_have_at_the_end_the_dates_and_states_of_the_file(played: tuple[Any, dict[date, Played]]) -> None:
    file, looks = played
    document = list(looks.values())[-1].document
    register = {one["id"]: one for one in document["register"]["actions"]}
    actions = {theirs: register[document["ids"][theirs]] for theirs in figures.dues(file)}
    assert {theirs: (one["due"], one["state"]) for theirs, one in actions.items()} == figures.dues(file)


def test_meetings_decisions_and_groups_are_in_the_register(played: tuple[Any, dict[date, Played]]) -> None:
    file, looks = played
    document = list(looks.values())[-1].document
    register = document["register"]
    meetings = {one["id"]: one["date"] for one in register["meetings"]}
    assert {one["id"]: meetings[document["ids"][one["id"]]] for one in file["vergaderingen"]} == {
        one["id"]: str(one["datum"]) for one in file["vergaderingen"]
    }
    decided = {one["id"]: one for one in (*register["decisions"], *register["agreements"])}
    for one in file["afspraken_en_besluiten"]:
        record = decided[document["ids"][one["id"]]]
        assert record["text"] == one["tekst"]
        if one["lijst_vastgesteld_op"]:
            assert record["fixed_at"][:10] == str(one["lijst_vastgesteld_op"])
        ended = {"vervallen", "uitgevoerd"}
        assert {record["state"]} & ended == {one["status"]} & ended
    groups = {one["id"]: one for one in register["workgroups"]}
    last = max(looks)
    for group in file["werkgroepen_en_programmas"]:
        end, over = figures.end_of(group, last)
        assert groups[group["id"]]["end"] == end.isoformat()
        assert (groups[group["id"]]["state"] == "opgeheven") == over


def test_the_register_of_the_document_fits_the_schema(played: tuple[Any, dict[date, Played]]) -> None:
    _, looks = played
    schema = json.loads((ROOT / "docs" / "register.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(list(looks.values())[-1].document["register"], schema)


@cache
def _printed(at: str) -> bytes:
    script = Path(sys.executable).with_name("overlegbot")
    run = subprocess.run([script, "replay", YEAR, "--at", at], capture_output=True, timeout=120)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout


def test_the_door_prints_one_document_and_the_same_one_again() -> None:
    first = _printed("2027-01-22T08:30")
    _printed.cache_clear()
    assert _printed("2027-01-22T08:30") == first
    document = json.loads(first)
    assert list(document) == ["register", "ids", "stand", "digests"]
    assert document["ids"]["S-2027-001"] == "SIG-2027-001"
    assert document["digests"][0].startswith("AO 1 · donderdag 14 januari 2027")


def test_the_moment_is_included_to_the_minute() -> None:
    before, after = (json.loads(_printed(at))["digests"] for at in ("2027-01-08T08:29", "2027-01-08T08:30"))
    assert before == []
    assert after[0].startswith("AO 1 · donderdag 14 januari 2027")


def test_a_file_that_is_no_scenario_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text("personen: [{id: x}]", encoding="utf-8")
    with pytest.raises(ScenarioFault, match="spelregels: Field required"):
        load(file)
