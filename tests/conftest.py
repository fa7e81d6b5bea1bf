"""What every test may use: a bot to talk to, on the example year, with a clock that only moves when told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from bot.testing import Simulation, TestBot
from commands.words.calendar import AMSTERDAM
from commands.words.structure import Structure
from config.people import PeopleFile, load_people
from config.structure import load_structure


def at(text: str) -> datetime:
    """A moment on the wall clock of Amsterdam: `2027-01-11 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.fixture(scope="session")
def structure() -> Structure:
    """The structure of the example year."""
    return load_structure("voorbeeldjaar")


@pytest.fixture(scope="session")
def people(structure: Structure) -> PeopleFile:
    """The people, groups and meetings of the example year."""
    return load_people(None, structure)


@pytest.fixture
def make_bot(structure: Structure, people: PeopleFile) -> Iterator[Callable[[str], TestBot]]:
    """Start a bot at a moment such as `2027-01-11 09:00`."""
    made: list[Simulation] = []

    def make(start: str) -> TestBot:
        simulation = Simulation(structure, people)
        made.append(simulation)
        return TestBot(simulation, at(start))

    yield make
    for simulation in made:
        simulation.close()


@pytest.fixture
def bot(make_bot: Callable[[str], TestBot]) -> TestBot:
    """A bot on Monday 11 January 2027, 09:00: three days before the first AO of the example year."""
    return make_bot("2027-01-11 09:00")
