"""What every test may use: a bot to talk to, on the example year, with a clock that only moves when told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from hypothesis import settings
from sqlmodel import Session

from bot.testing import Simulation, TestBot
from commands.words.calendar import AMSTERDAM
from commands.words.structure import Structure
from config.people import PeopleFile, load_people
from config.structure import load_structure
from storage import rooms
from storage.database import Database, build

# No test watches the clock of the machine it runs on.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def at(text: str) -> datetime:
    """A moment on the wall clock of Amsterdam: `2027-01-11 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def outsider_in(bot: TestBot, body: str) -> None:
    """From now on someone from outside the parties is in the room of this body, as the channel last saw it."""

    def keep(session: Session) -> None:
        found = ((channel, rooms.address_of(session, channel, body)) for channel in ("matrix", "teams"))
        channel, address = next((channel, address) for channel, address in found if address)
        rooms.keep_people(session, channel, address, ["@kennis.wg.1:overleg.example"], outsiders=True)

    bot.simulation.database.work(keep)


@pytest.fixture(scope="session")
def structure() -> Structure:
    """The structure of the example year."""
    return load_structure("voorbeeldjaar")


@pytest.fixture(scope="session")
def people(structure: Structure) -> PeopleFile:
    """The people, groups and meetings of the example year."""
    return load_people(None, structure)


@pytest.fixture(scope="session")
def templates() -> dict[str, bytes]:
    """Registers as they are at their first moment, by that moment: seeding one takes a fifth of a second."""
    return {}


@pytest.fixture
def make_bot(
    structure: Structure, people: PeopleFile, templates: dict[str, bytes]
) -> Iterator[Callable[[str], TestBot]]:
    """Start a bot at a moment such as `2027-01-11 09:00`."""
    made: list[Simulation] = []

    def make(start: str) -> TestBot:
        database = Database("sqlite://", throwaway=True)
        known = templates.get(start)
        if known is None:
            build(database)
        else:
            raw(database).deserialize(known)
        simulation = Simulation(structure, people, database)
        made.append(simulation)
        bot = TestBot(simulation, at(start))
        if known is None and not bot.log:
            templates[start] = raw(database).serialize()
        return bot

    yield make
    for simulation in made:
        simulation.close()


def raw(database: Database) -> Any:
    """SQLite's own connection to a register in memory."""
    return database.engine.raw_connection().driver_connection


@pytest.fixture
def bot(make_bot: Callable[[str], TestBot]) -> TestBot:
    """A bot on Monday 11 January 2027, 09:00: three days before the first AO of the example year."""
    return make_bot("2027-01-11 09:00")
