"""Handles what was heard: one event after the other, one transaction each."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlmodel import Session

from bot.house import House
from storage.database import Database
from storage.inbox import Received

log = logging.getLogger("overlegbot.worker")

_LONGEST_PAUSE = 60.0


class Worker:
    """`after_each` is called when an event was handled, `after_all` when none waits any more."""

    def __init__(
        self,
        database: Database,
        house: House,
        clock: Callable[[], datetime],
        after_each: Callable[[], None],
        after_all: Callable[[], Awaitable[None]],
    ) -> None:
        self._database = database
        self._house = house
        self._clock = clock
        self._after_each = after_each
        self._after_all = after_all
        self._news = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()

    def wake(self) -> None:
        """Something is in the inbox."""
        self._news.set()

    async def drain(self) -> None:
        """Handle everything that waits, in the order heard. A database that fails is tried again, after 1, 2, 4 … s."""
        async with self._one_at_a_time:
            pause = 1.0
            while True:
                try:
                    if not await self._next():
                        await self._after_all()
                        return
                    pause = 1.0
                except Exception:
                    log.exception("the inbox cannot be handled; again in %.0f s", pause)
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, _LONGEST_PAUSE)

    async def run(self) -> None:
        """Handle until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            await self.drain()

    async def _next(self) -> bool:
        """Take and handle the oldest event in one transaction, so that no other can take it meanwhile.

        A fault in the turn is logged with its traceback and answered without one (E15).
        """
        now = self._clock()
        taken: list[Received] = []

        def unit(session: Session) -> None:
            event = self._house.next_event(session)
            if event is not None:
                taken.append(event)
                self._house.handle(session, event, now)

        try:
            await self._database.run(unit)
        except Exception as error:
            if not taken:
                raise
            fault, event = error, taken[0]
            log.exception("turn failed: channel=%s inbox=%s", event.channel, event.id)
            await self._database.run(lambda session: self._house.give_up(session, event, fault, now))
        if taken:
            self._after_each()
        return bool(taken)
