"""One connector for each test, in a thread of its own, and the whole bot beside it."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Iterator

import pytest

from bot.testing_teams import FakeConnector
from commands.words.structure import Structure
from config.people import PeopleFile
from storage.database import Database
from tests.teams.office import Office

_TEST_SECONDS = 180


@pytest.fixture
def connector() -> Iterator[FakeConnector]:
    """In place of Microsoft's."""
    with FakeConnector() as running:
        yield running


@pytest.fixture
def office(connector: FakeConnector, structure: Structure, people: PeopleFile, database: Database) -> Office:
    """The bot of the example year, with everyone and every room on Teams."""
    return Office(connector, structure, people, database)


@pytest.fixture
def database() -> Iterator[Database]:
    """An empty register in memory."""
    made = Database("sqlite://", throwaway=True)
    yield made
    made.close()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run `async def` tests, each with a limit in time."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    arguments = {name: pyfuncitem.funcargs[name] for name in names}

    async def whole() -> None:
        async with asyncio.timeout(_TEST_SECONDS):
            await pyfuncitem.obj(**arguments)

    asyncio.run(whole())
    return True
