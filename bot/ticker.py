"""The clock of the running bot. APScheduler only ticks; what is due stands in rows, so a missed tick loses nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlmodel import Session

from bot.house import CLOCK, House
from storage import inbox
from storage.database import Database

log = logging.getLogger("overlegbot.ticker")

#: The scheduler's own timer does not notice that the wall clock was changed: hence a short tick.
TICK_SECONDS = 20
_AT_MOST = 500


class Ticker:
    """Sweeps on every tick, and earlier when something falls due before the next one."""

    def __init__(
        self, database: Database, house: House, clock: Callable[[], datetime], after_sweep: Callable[[], None]
    ) -> None:
        self._database = database
        self._house = house
        self._clock = clock
        self._after_sweep = after_sweep
        self._one_at_a_time = asyncio.Lock()
        # No run may be dropped for being late; all that were missed count as one.
        defaults: dict[str, Any] = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(jobstores={"default": MemoryJobStore()}, job_defaults=defaults, timezone=UTC)

    def start(self) -> None:
        """Tick from now on."""
        self._scheduler.add_job(self.tick, "interval", seconds=TICK_SECONDS, id="tick", next_run_time=datetime.now(UTC))
        self._scheduler.start()

    def stop(self) -> None:
        """No more ticks; may be called twice."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Run what is due and let it be sent. A failure is logged; the rows stay due and the next tick tries again."""
        async with self._one_at_a_time:
            try:
                while await self._database.run(self._sweep) >= _AT_MOST:
                    self._after_sweep()
            except Exception:
                log.exception("the sweep failed")
        self._after_sweep()
        await self.arm()

    async def owed(self, at: datetime) -> None:
        """Something falls due then that did not before: wake early if it is so soon."""
        if at < self._clock() + timedelta(seconds=TICK_SECONDS):
            await self.arm()

    async def arm(self) -> None:
        """Wake early when something falls due before the next tick."""
        if not self._scheduler.running:
            return
        due = await self._database.run(self._house.next_due)
        wait = (due - self._clock()).total_seconds() if due is not None else TICK_SECONDS
        if 0 < wait < TICK_SECONDS:
            at = datetime.now(UTC) + timedelta(seconds=wait)
            self._scheduler.add_job(self.tick, "date", run_date=at, id="early", replace_existing=True)

    def _sweep(self, session: Session) -> int:
        now = self._clock()
        inbox.remember(session, *CLOCK, now.isoformat())
        return self._house.sweep(session, now)
