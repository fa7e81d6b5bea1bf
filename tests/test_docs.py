"""The operator's pages: every example loads, every table is complete."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from dataclasses import fields
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bot.testing import opened
from commands.words.people import RoleName
from commands.words.structure import Thresholds
from config.people import load_people
from config.settings import MatrixSettings, Settings, TeamsSettings
from config.structure import load_structure
from storage.database import Database, head, revision

ROOT = Path(__file__).resolve().parent.parent
OPERATORS = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
STRUCTURE = (ROOT / "docs" / "structure.md").read_text(encoding="utf-8")


def blocks(page: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def table(page: str, head: str) -> list[list[str]]:
    """The cells of the table whose first line begins with `head`, without its head."""
    lines = page.split(f"\n| {head}", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def names(cells: list[str]) -> list[str]:
    return [word for cell in cells for word in re.findall(r"`([a-z_]+)`", cell)]


# --- structure.md ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("block", blocks(STRUCTURE, "toml structuur"), ids=["extends", "complete", "days-off"])
def test_the_structures_load(block: str, tmp_path: Path) -> None:
    file = tmp_path / "structuur.toml"
    file.write_text(block, encoding="utf-8")
    structure = load_structure(file)
    assert structure.name in ("ons-overleg", "drie-lagen")
    assert structure.filter.level == 1


def test_the_structure_that_extends_changes_only_what_it_says(tmp_path: Path) -> None:
    file = tmp_path / "structuur.toml"
    file.write_text(blocks(STRUCTURE, "toml structuur")[0], encoding="utf-8")
    changed, shipped = load_structure(file), load_structure()
    assert changed.filter.regular_per_year == 8
    assert changed.filter.chair_from == shipped.filter.chair_from
    assert changed.thresholds.silent == shipped.thresholds.silent
    assert changed.thresholds.floating != shipped.thresholds.floating


def test_the_people_load(tmp_path: Path) -> None:
    [block] = blocks(STRUCTURE, "toml mensen")
    file = tmp_path / "mensen.toml"
    file.write_text(block, encoding="utf-8")
    found = load_people(file)
    assert (len(found.people), len(found.rooms), len(found.groups), len(found.meetings)) == (4, 1, 1, 1)
    assert {role.role for role in found.roles} >= {RoleName.CHAIR, RoleName.SECRETARY, RoleName.EXTERNAL}


def test_every_threshold_is_named_with_the_default_that_ships() -> None:
    shipped = files("config").joinpath("shipped", "bijlage4.toml").read_text(encoding="utf-8")
    section = shipped.split("\n[thresholds]\n", 1)[1]
    unwritten = {"floating_after_meeting": str(Thresholds().floating_after_meeting).lower()}
    given = unwritten | dict(re.findall(r"^(\w+) = (.+?)\s*(?:#.*)?$", section, re.MULTILINE))
    rows = table(STRUCTURE, "Key of `[thresholds]`")
    assert [row[0].strip("`") for row in rows] == [one.name for one in fields(Thresholds)]
    for row in rows:
        assert row[1].strip("`") == given[row[0].strip("`")], row[0]


@pytest.mark.parametrize(
    ("section", "heads", "example"),
    [
        ("body", ["Key of `[[body]]`"], blocks(STRUCTURE, "toml structuur")[1].split("[[body]]")[1]),
        ("body.lead", ["Key of `[body.lead]`"], "[body.lead]\n"),
    ],
    ids=["body", "lead"],
)
def test_every_key_of_a_body_that_is_named_is_known(section: str, heads: list[str], example: str) -> None:
    """And every key that a shipped file uses is named."""
    named = {name for head_ in heads for row in table(STRUCTURE, head_) for name in names(row[:1])}
    shipped = files("config").joinpath("shipped", "bijlage4.toml").read_text(encoding="utf-8")
    used: set[str] = set()
    pattern = r"^\[\[body\]\]$" if section == "body" else r"^\[body\.(?:reflection_)?lead\]$"
    for part in re.split(pattern, shipped, flags=re.MULTILINE)[1:]:
        used |= set(re.findall(r"^(\w+) = ", re.split(r"^\[", part, flags=re.MULTILINE)[0], re.MULTILINE))
    assert used <= named
    source = (ROOT / "config" / "structure.py").read_text(encoding="utf-8")
    for name in named:
        assert f'"{name}"' in source, name


def test_every_table_and_key_of_the_people_file_is_named() -> None:
    source = (ROOT / "config" / "people.py").read_text(encoding="utf-8")
    rows = table(STRUCTURE, "Table | Keys")
    assert [row[0].strip("`[]") for row in rows] == ["person", "role", "room", "group", "meeting"]
    shipped = files("config").joinpath("shipped", "voorbeeldjaar_mensen.toml").read_text(encoding="utf-8")
    for row in rows:
        kind, named = row[0].strip("`[]"), set(names(row[1:]))
        for part in shipped.split(f"[[{kind}]]\n")[1:]:
            assert set(re.findall(r"^(\w+) = ", part.split("\n\n", 1)[0], re.MULTILINE)) <= named, kind
        assert all(f'"{name}"' in source for name in named - {"je", "u"}), kind
    roles = STRUCTURE.split("\nRoles: ", 1)[1].split(".", 1)[0]
    assert re.findall(r"`(\w+)`", roles) == [str(role) for role in RoleName]


# --- operators.md ----------------------------------------------------------------------------------------------------
def settings(model: type[BaseModel], prefix: str, variable: str) -> dict[str, tuple[str, str]]:
    """Variable and default of each setting, as the table writes them."""
    found: dict[str, tuple[str, str]] = {}
    for name, info in model.model_fields.items():
        value: Any = str(info.default).lower() if isinstance(info.default, bool) else info.default
        shown = "needed" if info.is_required() else "–" if value in (None, ()) else f"`{value}`"
        named = f"`{variable}{name.upper()}`" if name not in ("matrix", "teams") else ""
        found[f"{prefix}{name}"] = (named, shown)
    return found


def test_every_setting_is_in_the_table_with_its_variable_and_default() -> None:
    rows = {row[0].strip("`"): (row[1], row[2]) for row in table(OPERATORS, "Setting |")}
    expected = settings(Settings, "", "OVERLEGBOT_")
    expected |= settings(MatrixSettings, "matrix.", "OVERLEGBOT_MATRIX__")
    expected |= settings(TeamsSettings, "teams.", "OVERLEGBOT_TEAMS__")
    assert rows == expected


def test_what_the_log_says_is_what_the_code_logs() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    for row in table(OPERATORS, "In the log"):
        words = re.split(r"[:…0-9]", row[0].strip("`"), maxsplit=1)[0].strip()
        assert words in source or words == "Matrix", words


def test_what_the_bot_says_when_something_is_wrong_is_in_the_code() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    said = re.findall(r"[\"“]([^\"“”\n]{12,})[\"”]", OPERATORS.split("\n## When something is wrong\n", 1)[1])
    assert len(said) >= 4
    for words in said:
        assert words in source, words


def test_the_backup_that_is_printed_makes_a_copy_with_a_write_ahead_log(tmp_path: Path) -> None:
    [name] = re.findall(
        r"^    cd ~/register && ~/overlegbot/\.venv/bin/overlegbot backup ~/(\S+)$", OPERATORS, re.MULTILINE
    )
    database = opened(f"sqlite:///{tmp_path / 'overlegbot.db'}", now=datetime(2027, 1, 11, tzinfo=UTC))
    program = Path(sys.executable).with_name("overlegbot")
    try:
        subprocess.run([program, "backup", tmp_path / name], cwd=tmp_path, check=True, timeout=60)
    finally:
        database.close()
    copy = Database(f"sqlite:///{tmp_path / name / 'overlegbot.db'}")
    assert revision(copy) == head()
    copy.close()
    with sqlite3.connect(tmp_path / name / "overlegbot.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_service_restarts_on_everything_but_what_a_restart_cannot_mend() -> None:
    [unit] = blocks(OPERATORS, "ini")
    assert "RestartPreventExitStatus=2 78" in unit
    assert "ExecStart=%h/overlegbot/.venv/bin/overlegbot run" in unit


@pytest.mark.parametrize("page", [OPERATORS, STRUCTURE], ids=["operators", "structure"])
def test_what_a_page_points_at_is_there_and_no_path_is_of_one_machine(page: str) -> None:
    for link in re.findall(r"\]\(([^)#]+)", page):
        assert "://" in link or (ROOT / "docs" / link).exists(), link
    assert not re.search(r"(?<![\w.~%])/(?:home|root|opt|srv|tmp|var|usr)/", page)
