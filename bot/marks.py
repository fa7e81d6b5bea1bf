"""What became of what was sent, written together: while one transaction runs, the marks that come in wait for the
next. A mark costs a sync of the disk, and in a burst one does for many."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.deliveries import Deliveries, Delivery
from storage.database import Database


@dataclass(frozen=True)
class _Mark:
    write: Callable[[Session], None]
    then: str | None
    lasting: bool
    done: asyncio.Future[Delivery | None]


class Marks:
    """Writes marks, and finds what comes next in the same transaction."""

    def __init__(self, database: Database, deliveries: Deliveries, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._deliveries = deliveries
        self._clock = clock
        self._waiting: list[_Mark] = []
        self._writing: asyncio.Task[None] | None = None

    async def write(
        self, mark: Callable[[Session], None], then: str | None = None, *, lasting: bool = True
    ) -> Delivery | None:
        """Returns once it is in the database, with what may be sent next to `then`. Raises what the database raises."""
        done = asyncio.get_running_loop().create_future()
        self._waiting.append(_Mark(mark, then, lasting, done))
        if self._writing is None:
            self._writing = asyncio.ensure_future(self._write_all())
        found: Delivery | None = await done
        return found

    async def next(self, to: str) -> Delivery | None:
        """What may be sent to that destination now."""
        return await self.write(lambda _session: None, to, lasting=False)

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                marks, self._waiting = self._waiting, []
                await self._write_these(marks)
        finally:
            self._writing = None

    async def _write_these(self, marks: list[_Mark]) -> None:
        now = self._clock()
        places = {mark.then for mark in marks if mark.then is not None}

        def unit(session: Session) -> dict[str, Delivery]:
            for mark in marks:
                mark.write(session)
            return {one.to: one for one in self._deliveries.ready(session, now, places)} if places else {}

        try:
            found = await self._database.run(unit, lasting=any(mark.lasting for mark in marks))
        except Exception as error:
            for mark in marks:
                if not mark.done.done():
                    mark.done.set_exception(error)
            return
        for mark in marks:
            if not mark.done.done():
                mark.done.set_result(found.get(mark.then or ""))
