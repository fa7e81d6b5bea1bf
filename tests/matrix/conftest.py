"""One real Synapse for the whole run, a new bot account for each test."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.matrix.whole_bot import Worlds
from tests.matrix.world import World
from tests.synapse import Synapse, synapse

_TEST_SECONDS = 120


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synapse]:
    """The homeserver of this run."""
    with synapse(tmp_path_factory.mktemp("synapse")) as running:
        yield running


@pytest.fixture
def world(server: Synapse, tmp_path: Path) -> World:
    """A bot account that has never logged in."""
    return World(server, tmp_path)


@pytest.fixture
def worlds(server: Synapse, tmp_path: Path) -> Worlds:
    """Makes whole bots, each with people of its own."""
    return Worlds(server, tmp_path)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run `async def` tests, each with a limit in time, and close the clients of its people."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    arguments = {name: pyfuncitem.funcargs[name] for name in names}

    async def whole() -> None:
        try:
            async with asyncio.timeout(_TEST_SECONDS):
                await pyfuncitem.obj(**arguments)
        finally:
            for argument in arguments.values():
                if isinstance(argument, World):
                    await argument.close()

    asyncio.run(whole())
    return True
