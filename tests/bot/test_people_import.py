"""`people import`, `db upgrade` and `status`: what an operator does with a register, and what is said about it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.doors import DoorError, db, people, status
from bot.doors.opening import simulation
from bot.testing import Simulation, TestBot, opened
from commands.words.people import Person, Role, RoleName
from commands.words.workgroup import Workgroup
from config.people import PeopleFile
from config.structure import load_structure
from storage.database import Database, head
from storage.store import SqlStore

SCRIPT = Path(sys.executable).with_name("overlegbot")
EXAMPLE = Path(__file__).parents[2] / "config" / "shipped" / "voorbeeldjaar_mensen.toml"
ONE = """
[[person]]
id = "vng.ao.2"
organisation = "VNG"
name = "{name}"

[[role]]
person = "vng.ao.2"
body = "AO"
role = "lid"
from = {start}
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Call a door in an empty directory, on the register `register.db` in it."""
    monkeypatch.chdir(tmp_path)
    for name in ("OVERLEGBOT_CONFIG", "OVERLEGBOT_DATABASE"):
        monkeypatch.delenv(name, raising=False)

    def call(door: Any, **more: Any) -> int:
        return int(door.main(Namespace(**{"config": None, "database": "sqlite:///register.db", **more})))

    return call


def stored(kind: Any, id: str) -> Any:
    database = Database("sqlite:///register.db")
    found = database.work(lambda session: SqlStore(session).get(kind, id))
    database.close()
    return found


def test_the_example_year_goes_in_once_and_the_second_time_nothing_is_new(
    run: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(people, file=str(EXAMPLE)) == 0
    assert capsys.readouterr().out == (
        f"{EXAMPLE}: 33 people, 41 roles, 9 rooms, 6 groups, 13 meetings new or changed\n"
    )
    assert run(people, file=str(EXAMPLE)) == 0
    assert capsys.readouterr().out == f"{EXAMPLE}: nothing new\n"


def test_an_import_updates_and_never_deletes(run: Callable[..., int], tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    run(people, file=str(EXAMPLE))
    file.write_text(ONE.format(name="Jansen", start="2027-01-01"), encoding="utf-8")
    run(people, file=str(file))
    assert stored(Person, "vng.ao.2").name == "Jansen"
    assert stored(Person, "vng.ao.1") is not None
    assert stored(Workgroup, "WG-LOOD") is not None


def test_someone_who_comes_back_after_a_vacancy_has_both_terms(bot: TestBot) -> None:
    def terms(session: Any) -> list[tuple[date | None, date | None]]:
        roles = SqlStore(session).roles(person="ipo.bo.1", body="BO", on=None)
        return [(role.start, role.end) for role in roles]

    found = bot.simulation.database.work(terms)
    assert found == [(date(2023, 6, 1), date(2027, 5, 31)), (date(2027, 6, 9), None)]


@pytest.mark.parametrize(
    ("start", "terms"),
    [
        ("2027-03-01", [(date(2027, 1, 1), date(2027, 2, 28)), (date(2027, 3, 1), None)]),
        ("2026-06-01", [(date(2026, 6, 1), None), (date(2027, 1, 1), date(2026, 12, 31))]),
        ("2027-01-01", [(date(2027, 1, 1), None)]),
    ],
)
def test_another_first_day_never_leaves_the_same_role_twice_at_one_time(
    run: Callable[..., int], tmp_path: Path, start: str, terms: list[Any]
) -> None:
    file = tmp_path / "people.toml"
    for first in ("2027-01-01", start, start):
        file.write_text(ONE.format(name="", start=first), encoding="utf-8")
        run(people, file=str(file))
    database = Database("sqlite:///register.db")
    roles = database.work(lambda session: SqlStore(session).roles(person="vng.ao.2", role=RoleName.MEMBER, on=None))
    database.close()
    assert sorted((role.start, role.end) for role in roles) == terms
    assert sum(role.active_on(date(2028, 1, 1)) for role in roles) == 1
    assert all(isinstance(role, Role) for role in roles)


def test_faults_are_all_said_at_once_and_nothing_is_imported(run: Callable[..., int], tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    file.write_text(ONE.format(name="", start="2027-01-01") + '[[person]]\nid = "x y"\n', encoding="utf-8")
    with pytest.raises(DoorError, match=r"organisation.*one word") as failure:
        run(people, file=str(file))
    assert failure.value.code == 78
    assert "\n" not in failure.value.message
    assert stored(Person, "vng.ao.2") is None


def test_a_file_that_is_not_there_is_one_line_with_code_78(run: Callable[..., int]) -> None:
    with pytest.raises(DoorError, match=r"nergens\.toml") as failure:
        run(people, file="nergens.toml")
    assert failure.value.code == 78


# --- db upgrade ------------------------------------------------------------------------------------------------------
def test_upgrade_makes_the_schema_and_is_quiet_the_second_time(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(db) == 0
    assert capsys.readouterr().out == f"sqlite:///register.db: made with schema {head()}\n"
    assert run(db) == 0
    assert capsys.readouterr().out == f"sqlite:///register.db: up to date ({head()})\n"
    assert list(tmp_path.glob("*.bak")) == []


@pytest.mark.parametrize("directory", ["", "copies"])
def test_upgrade_of_an_older_file_says_where_the_copy_is(
    run: Callable[..., int], tmp_path: Path, directory: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    with sqlite3.connect("register.db") as connection:
        connection.execute("CREATE TABLE keepsake (text)")
        connection.execute("INSERT INTO keepsake VALUES ('uit de oude tijd')")
    connection.close()
    if directory:
        monkeypatch.setenv("OVERLEGBOT_BACKUP_DIRECTORY", directory)
    assert run(db) == 0
    [copy] = (tmp_path / directory).glob("register.db.*.bak")
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == f"backup: {copy.relative_to(tmp_path)}"
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT text FROM keepsake").fetchall() == [("uit de oude tijd",)]
    connection.close()


@pytest.mark.parametrize("door", [db, status, people])
@pytest.mark.parametrize("url", ["sqlite:////nergens/register.db", "geen-adres", "postgresql://u:geheim@nergens/x"])
def test_a_database_that_cannot_be_opened_is_one_line_with_code_3_and_no_password(
    run: Callable[..., int], door: Any, url: str
) -> None:
    with pytest.raises(DoorError, match="database") as failure:
        run(door, database=url, file=str(EXAMPLE))
    assert failure.value.code == 3
    assert "geheim" not in failure.value.message


# --- status ----------------------------------------------------------------------------------------------------------
def test_status_counts_what_is_there_and_due_without_a_word_of_its_contents(
    run: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    database = opened("sqlite:///register.db")
    made = simulation(database, None, None)
    at = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
    next(made.hear(at, "AO", "vng.ao.2", "!signaal Geheim plan"))  # killed before it was marked as sent
    database.close()
    assert run(status) == 0
    out = capsys.readouterr().out
    assert "1 open signals" in out
    assert "33 people" in out
    assert "1 unsent, 0 failed" in out
    assert "clock      2027-01-11T09:00+01:00" in out
    assert f"schema     {head()}, up to date" in out
    assert "Geheim" not in out


def test_status_of_a_register_that_is_not_there_makes_none(run: Callable[..., int], tmp_path: Path) -> None:
    with pytest.raises(DoorError, match="no such file"):
        run(status)
    assert list(tmp_path.iterdir()) == []


def test_the_settings_say_which_database_when_the_command_line_does_not(tmp_path: Path) -> None:
    (tmp_path / "overlegbot.toml").write_text('database = "sqlite:///eigen.db"\n', encoding="utf-8")
    made = subprocess.run([SCRIPT, "db", "upgrade"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (made.returncode, made.stderr) == (0, "")
    assert (tmp_path / "eigen.db").exists()


def test_an_import_counts_from_the_stored_clock_when_that_is_ahead(run: Callable[..., int], tmp_path: Path) -> None:
    database = opened("sqlite:///register.db")
    made = Simulation(load_structure("voorbeeldjaar"), PeopleFile(), database)
    list(made.pass_time(datetime(2055, 1, 1, 8, 0, tzinfo=UTC)))
    database.close()
    file = tmp_path / "people.toml"
    file.write_text(ONE.format(name="", start="2027-01-01"), encoding="utf-8")
    run(people, file=str(file))
    database = Database("sqlite:///register.db")
    [row] = database.work(lambda session: SqlStore(session).history("vng.ao.2"))
    database.close()
    assert row.at.year == 2055


def test_calendar_out_and_in_again_by_the_command_line(tmp_path: Path) -> None:
    env = {"PATH": "/usr/bin:/bin"}

    def door(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([SCRIPT, *arguments], cwd=tmp_path, env=env, capture_output=True, timeout=60)

    assert door("people", "import", str(EXAMPLE), "--database", "sqlite:///r.db").returncode == 0
    out = door("calendar", "export", "--database", "sqlite:///r.db", "--body", "do")
    assert out.returncode == 0
    assert out.stdout.startswith(b"BEGIN:VCALENDAR\r\n")
    (tmp_path / "do.ics").write_bytes(out.stdout)
    back = door("calendar", "import", "do.ics", "--database", "sqlite:///r.db")
    assert back.stdout == b"do.ics: 3 unchanged\n"
    none = door("calendar", "import", "none.ics", "--database", "sqlite:///r.db")
    assert (none.returncode, none.stderr) == (2, b"overlegbot: none.ics: No such file or directory\n")
