"""One thing at a time: the server is asked for news again when what was heard is answered, or after a moment.

A sync that is asked for while the answer is made takes time of the bot and of the server from the answer, and brings
nothing that could be handled before it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator

#: Not everything that is heard is answered, and an answer may have to wait for its room.
MOST_SECONDS = 0.1


class Pace:
    """Kept between the hearing and the sending of one account."""

    def __init__(self, most_seconds: float = MOST_SECONDS) -> None:
        self._most_seconds = most_seconds
        self._under_way = 0
        self._sent = asyncio.Event()

    @contextlib.contextmanager
    def sending(self) -> Iterator[None]:
        """While something is sent, whatever comes of it."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._sent.set()

    def heard(self) -> None:
        """Something was heard: what is sent from now on may be its answer."""
        self._sent.clear()

    async def answered(self) -> None:
        """Wait until something was sent since, and nothing is being sent; `most_seconds` at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._most_seconds):
                await self._sent.wait()
