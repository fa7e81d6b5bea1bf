"""Handles what was heard: one event after the other; of a crowd, a few share a transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.house import House
from bot.post import Posted, Poster
from storage.database import Database
from storage.inbox import Received
from storage.lasting import is_lasting, make_lasting, soonest_due

log = logging.getLogger("overlegbot.worker")

_LONGEST_PAUSE = 60.0
#: So many of those that wait share a transaction, and with it a sync of the disk.
_TOGETHER = 5


class Worker:
    """What it decides goes to the poster at once; `owed` hears, when nothing waits any more, the first moment at which
    something falls due because of it, if anything does."""

    def __init__(
        self,
        database: Database,
        house: House,
        clock: Callable[[], datetime],
        poster: Poster,
        owed: Callable[[datetime], Awaitable[None]],
    ) -> None:
        self._database = database
        self._house = house
        self._clock = clock
        self._poster = poster
        self._owed = owed
        self._soonest: datetime | None = None
        self._news = asyncio.Event()
        #: Whether what comes now is likely to have to be on the disk: then one sync does for the message and the turn.
        self._lasting = False
        self._one_at_a_time = asyncio.Lock()

    def wake(self, lasting: bool = False) -> None:
        """Something comes into the inbox; `lasting`: it has to be on the disk."""
        self._lasting = self._lasting or lasting
        self._news.set()

    async def drain(self) -> None:
        """Handle everything that waits, in the order heard. A database that fails is tried again, after 1, 2, 4 … s."""
        async with self._one_at_a_time:
            pause = 1.0
            more = True
            while more:
                try:
                    more = await self._next()
                    pause = 1.0
                except Exception:
                    log.exception("the inbox cannot be handled; again in %.0f s", pause)
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, _LONGEST_PAUSE)
            soonest, self._soonest = self._soonest, None
            if soonest is not None:
                await self._owed(soonest)

    async def run(self) -> None:
        """Handle until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            await self.drain()

    async def _next(self) -> bool:
        """Take and handle the oldest events in one transaction, so that no other can take them; whether more may wait.

        When one fails, all of them are as they were, and each is handled by itself.
        """
        try:
            return len(await self._handle(_TOGETHER)) == _TOGETHER
        except _Failed as failed:
            for _ in failed.taken:
                await self._by_itself()
            return True

    async def _by_itself(self) -> None:
        """A fault in the turn is logged with its traceback and answered without one (E15)."""
        try:
            await self._handle(1)
        except _Failed as failed:
            fault, [event], now = failed.fault, failed.taken, self._clock()
            log.error("turn failed: channel=%s inbox=%s", event.channel, event.id, exc_info=fault)

            def unit(session: Session) -> Posted:
                self._house.give_up(session, event, fault, now)
                return self._poster.pick(session)

            self._poster.send(await self._database.run(unit))

    async def _handle(self, most: int) -> Sequence[Received]:
        """Handle so many at most and let the answers be sent. _Failed when a turn did; whatever the database raises."""
        now = self._clock()
        taken: list[Received] = []
        loop = asyncio.get_running_loop()

        def unit(session: Session) -> tuple[Posted, datetime | None]:
            for event in self._house.next_events(session, most):
                taken.append(event)
                self._house.handle(session, event, now)
                session.flush()
                session.expunge_all()  # each reads the register anew, as if it came alone
            posted = self._poster.pick(session)
            if len(posted.places) > len(taken):
                make_lasting(session)  # somebody else hears of it
            self._lasting = is_lasting(session)
            if posted.ready:
                loop.call_soon_threadsafe(self._poster.make, posted)
            return posted, soonest_due(session)

        try:
            posted, soonest = await self._database.run(unit, lasting=self._lasting)
        except Exception as error:
            if taken:
                raise _Failed(taken, error) from error
            raise
        self._poster.send(posted)
        if soonest is not None:
            self._soonest = soonest if self._soonest is None else min(soonest, self._soonest)
        return taken


class _Failed(Exception):
    """A turn failed, of the last of these events; nothing was stored."""

    def __init__(self, taken: Sequence[Received], fault: Exception) -> None:
        super().__init__(str(type(fault)))
        self.taken = taken
        self.fault = fault
