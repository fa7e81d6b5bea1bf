"""A register that an older overlegbot made: what the clock learned since then is owed for what was planned before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import alembic.command
import pytest
import sqlalchemy

from bot.app import prepare
from bot.testing import Simulation, TestBot
from commands.words.structure import Structure
from config.people import PeopleFile
from config.settings import Settings
from storage import database as databases
from storage.database import Database
from tests.conftest import at

MORNING = at("2027-01-11 09:00")
SECRETARY = "rijk.secr.1"
#: Meetings as the first schema kept them: one ahead, one of last week that nobody marked, one cancelled.
MEETINGS = (("VRG-AO-2027-01", "2027-01-07", "gepland"), ("VRG-AO-2027-02", "2027-02-04", "gepland"),
            ("VRG-AO-2027-03", "2027-03-04", "geannuleerd"))  # fmt: skip


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Database]:
    """The first schema, with meetings and only the rows that the clock knew then; one of those is late, one done."""
    made = Database(f"sqlite:///{tmp_path}/register.db")
    config = databases.alembic_config(made.url)
    config.attributes["engine"] = made.engine
    alembic.command.upgrade(config, "0001")
    with made.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO body VALUES ('AO', 'vast')")
        for id, day, state in MEETINGS:
            connection.exec_driver_sql(
                "INSERT INTO meeting (id, body, kind, day, state, because) VALUES (?, 'AO', 'regulier', ?, ?, '')",
                (id, day, state),
            )
        for kind, occasion, when, done in (
            ("digest", "2027-02-04", "2027-01-08 07:30:00.000000", None),
            ("digest_wijziging", "2027-02-04", "2027-02-03 07:30:00.000000", "2027-01-10 07:30:00.000000"),
        ):
            connection.exec_driver_sql(
                "INSERT INTO due (kind, about, occasion, at, done_at) VALUES (?, 'VRG-AO-2027-02', ?, ?, ?)",
                (kind, occasion, when, done),
            )
    yield made
    made.close()


def started(database: Database, structure: Structure) -> list[tuple[str, str, str, str, bool]]:
    """What the clock owes about meetings after a start: which meeting, kind, occasion, day, and whether it is done."""
    prepare(Settings(database=database.url), structure, database, MORNING)
    query = "SELECT about, kind, occasion, substr(at, 1, 10), done_at IS NOT NULL FROM due WHERE about LIKE 'VRG-%'"
    with database.engine.connect() as connection:
        rows = connection.execute(sqlalchemy.text(f"{query} ORDER BY about, at, kind")).all()
    return [(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]


def test_a_meeting_of_an_older_register_is_invited_to_and_asked_about_after_the_upgrade(
    old: Database, structure: Structure
) -> None:
    found = started(old, structure)
    assert [row for row in found if row[1] in ("uitnodiging", "vergadering_voorbij")] == [
        # Of last week, that nobody marked: its first day to be asked is past, the second is not.
        ("VRG-AO-2027-01", "vergadering_voorbij", "2027-01-07-2", "2027-01-12", False),
        ("VRG-AO-2027-02", "uitnodiging", "2027-02-04", "2027-01-21", False),
        ("VRG-AO-2027-02", "vergadering_voorbij", "2027-02-04-1", "2027-02-05", False),
        ("VRG-AO-2027-02", "vergadering_voorbij", "2027-02-04-2", "2027-02-09", False),
    ]


def test_what_was_owed_stays_as_it_was_late_or_done_and_a_second_start_adds_nothing(
    old: Database, structure: Structure
) -> None:
    found = started(old, structure)
    assert ("VRG-AO-2027-02", "digest", "2027-02-04", "2027-01-08", False) in found
    assert ("VRG-AO-2027-02", "digest_wijziging", "2027-02-04", "2027-02-03", True) in found
    assert started(old, structure) == found
    assert not [row for row in found if row[0] == "VRG-AO-2027-03"]


def test_the_question_is_asked_as_of_a_meeting_that_was_planned_today(
    old: Database, structure: Structure, people: PeopleFile
) -> None:
    started(old, structure)
    bot = TestBot(Simulation(structure, replace(people, meetings=()), old), MORNING)
    said = bot.until(at("2027-02-12 12:00"))
    asked = [(one.room, f"{one.at:%m-%d}") for one in said if "VRG-AO-2027-02" in one.text and "gehouden?" in one.text]
    assert asked == [(f"dm:{SECRETARY}", "02-05"), (f"dm:{SECRETARY}", "02-09")]


def test_a_question_that_is_switched_on_later_is_owed_for_what_was_planned_before(
    old: Database, structure: Structure
) -> None:
    assert not [row for row in started(old, structure) if row[1] == "overleg_waard"]
    asking = replace(structure, thresholds=replace(structure.thresholds, meeting_question=True))
    assert [row[:4] for row in started(old, asking) if row[1] == "overleg_waard"] == [
        ("VRG-AO-2027-02", "overleg_waard", "2027-02-04", "2027-02-05")
    ]


def test_people_and_groups_of_an_older_register_begin_without_disciplines_and_can_give_them(
    tmp_path: Path, structure: Structure, people: PeopleFile
) -> None:
    """A register from before there were disciplines, with the people and groups of the example year in it."""
    path = f"sqlite:///{tmp_path}/old.db"
    made = Database(path)
    prepare(Settings(database=made.url), structure, made, MORNING)
    TestBot(Simulation(structure, people, made), MORNING)
    config = databases.alembic_config(made.url)
    config.attributes["engine"] = made.engine
    alembic.command.downgrade(config, "0030")
    with made.engine.connect() as connection:
        held = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'discipline'").all()
        assert held == []
        assert connection.exec_driver_sql("SELECT count(*) FROM workgroup").scalar_one() == len(people.groups)
    prepare(Settings(database=made.url), structure, made, MORNING)
    bot = TestBot(Simulation(structure, people, made), MORNING)
    assert "Disciplines: nog niet;" in bot.say(SECRETARY, "!toon WG-LOOD")[0].text
    bot.say("vng.wg.1", "!mijn disciplines bodem", room="dm")
    bot.say(SECRETARY, "!werkgroep disciplines WG-LOOD bodem")
    assert "Disciplines: bodem. Opgegeven: vng.wg.1 bodem." in bot.say(SECRETARY, "!toon WG-LOOD")[0].text
    made.close()
