"""A way that one takes at a time, who is waited for first before the others."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator


class Lane:
    """Whoever takes longer than `patience` seconds goes on, and holds up nobody any more."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._holder: object | None = None
        self._first: deque[tuple[asyncio.Future[None], object]] = deque()
        self._others: deque[tuple[asyncio.Future[None], object]] = deque()

    @property
    def free(self) -> bool:
        """Whether nobody is on it."""
        return self._holder is None

    @contextlib.asynccontextmanager
    async def turn(self, *, first: bool = False) -> AsyncIterator[None]:
        """Take it, after those who came before; `first`: before everyone who did not say so."""
        loop, me = asyncio.get_running_loop(), object()
        if self._holder is None:
            self._holder = me
        else:
            place = loop.create_future()
            (self._first if first else self._others).append((place, me))
            try:
                await place
            except asyncio.CancelledError:
                self._leave(me)  # it may have been given just now
                raise
        late = loop.call_later(self._patience, self._leave, me)
        try:
            yield
        finally:
            late.cancel()
            self._leave(me)

    def _leave(self, me: object) -> None:
        if self._holder is not me:
            return
        self._holder = None
        for queue in (self._first, self._others):
            while queue:
                place, who = queue.popleft()
                if not place.done():
                    self._holder = who
                    place.set_result(None)
                    return
