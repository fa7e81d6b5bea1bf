"""What one message on Teams costs the disk, counted."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.testing_teams import FakeConnector
from commands.words.structure import Structure
from config.people import PeopleFile
from storage.database import Database
from tests.counting import commits
from tests.teams.office import Office


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """One that is kept."""
    made = Database(f"sqlite:///{tmp_path}/register.db")
    yield made
    made.close()


@pytest.mark.parametrize("typed", ["!help", "!signaal Depot zit vol"])
async def test_a_message_and_its_answer_wait_for_the_disk_once_and_the_mark_that_it_was_sent_once(
    connector: FakeConnector, structure: Structure, people: PeopleFile, database: Database, typed: str
) -> None:
    """The message is stored and its turn decided before one sync; only then Teams hears of it, and people."""
    office = Office(connector, structure, people, database)
    async with office.running():
        await office.ask("uvw.ao.1", "!help")
        await office.all_sent()
        with commits(database.engine) as made:
            await office.ask("uvw.ao.1", typed)
            await office.all_sent()
    wrote = [one.synced for one in made if one.wrote]
    assert wrote == [False, True, True]


class Finder:
    """Finds nothing, and keeps what was looked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def find_spec(self, name: str, *_: object) -> None:
        self.asked.append(name)


async def test_an_answer_looks_for_no_library(
    connector: FakeConnector,
    structure: Structure,
    people: PeopleFile,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is not there is looked for in every folder of the path, each time."""
    office = Office(connector, structure, people, database)
    async with office.running():
        await office.ask("uvw.ao.1", "!help")
        await office.all_sent()
        finder = Finder()
        monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
        await office.ask("uvw.ao.1", "!help")
        await office.all_sent()
    assert finder.asked == []
