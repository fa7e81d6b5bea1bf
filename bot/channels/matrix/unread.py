"""Encrypted events that cannot be read yet: tried again for a while, then answered instead, once for each session.

A key may come later than what it opens: by another way, or after a hundred other messages to the bot. What still waits
is kept over restarts. An event that was answered with "I cannot read this" is never carried out after all: the person
has been asked to say it again."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.channels.base import Ears
from bot.channels.matrix.errors import MatrixError
from bot.channels.matrix.news import Event
from bot.channels.matrix.transport import Transport

logger = logging.getLogger(__name__)

#: How long a key may take.
GRACE = timedelta(seconds=12)
_MEMORY = "unread"
_MOST = 500
_ID_LENGTH = 255


@dataclass
class Waiting:
    """One event; `session` names the key it needs, `since` is when it was first seen (ISO, aware)."""

    room_id: str
    event_id: str
    session: str
    since: str
    source: Event | None = field(default=None, compare=False)

    @property
    def overdue(self) -> bool:
        """The key has had its time."""
        return datetime.now(UTC) - datetime.fromisoformat(self.since) > GRACE


class Unread:
    """What waits for its key. `wait_seconds` is how long a sync may last meanwhile."""

    def __init__(self, name: str, transport: Transport, ears: Ears) -> None:
        self._name = name
        self._transport = transport
        self._ears = ears
        self._waiting: dict[str, Waiting] = {}
        self._settled: set[str] = set()
        self._kept = "[]"

    @property
    def any(self) -> bool:
        """Whether something waits."""
        return bool(self._waiting.keys() - self._settled)

    async def recall(self) -> None:
        """What waited when the bot stopped."""
        self._kept = await self._ears.recall(self._name, _MEMORY) or "[]"
        for kept in json.loads(self._kept):
            one = Waiting(**kept)
            self._waiting.setdefault(one.event_id, one)

    def add(self, room_id: str, event: Event) -> None:
        """An encrypted event of somebody else that could not be read when it came; a redacted one is nothing."""
        content, event_id, sender = event.get("content"), event.get("event_id"), event.get("sender")
        if not isinstance(content, Mapping) or "algorithm" not in content or not isinstance(event_id, str):
            return
        if event_id in self._waiting or len(self._waiting) >= _MOST:
            return
        session = content.get("session_id")
        named = session if isinstance(session, str) and 0 < len(session) < _ID_LENGTH else f"of {sender}"
        self._waiting[event_id] = Waiting(room_id, event_id, named, datetime.now(UTC).isoformat(), event)

    async def readable(self) -> list[tuple[str, Event]]:
        """Room and event of everything that can be read by now."""
        found = []
        for one in self._open():
            clear = self._transport.read(one.room_id, await self._source(one))
            if clear is not None and clear.get("type") != "m.room.encrypted":
                found.append((one.room_id, clear))
                self._settled.add(one.event_id)
        return found

    async def overdue(self) -> list[tuple[str, Event, str]]:
        """Room, first event and session of every key that has not come in time."""
        found: dict[str, tuple[str, Event, str]] = {}
        for one in self._open():
            if one.overdue:
                self._settled.add(one.event_id)
                source = await self._source(one)
                if source.get("sender"):
                    logger.warning("Matrix: %s cannot be read: the key did not come", one.event_id)
                    found.setdefault(one.session, (one.room_id, source, one.session))
        return list(found.values())

    async def keep(self) -> None:
        """Before the position is stored: nothing that waits is lost by a crash."""
        await self._remember(list(self._waiting.values()))

    async def forget(self) -> None:
        """After the position was stored, and with it what was settled."""
        for event_id in self._settled:
            self._waiting.pop(event_id, None)
        self._settled.clear()
        await self._remember(list(self._waiting.values()))

    async def _remember(self, waiting: list[Waiting]) -> None:
        rows: list[dict[str, Any]] = [asdict(one) | {"source": None} for one in waiting]
        text = json.dumps(rows)
        if text != self._kept:
            await self._ears.remember(self._name, _MEMORY, text)
            self._kept = text

    async def _source(self, one: Waiting) -> Event:
        """The event; after a restart from the server. Empty when it is gone."""
        if one.source is None:
            try:
                one.source = await self._transport.event(one.room_id, one.event_id)
            except MatrixError as error:
                if error.token_gone or error.passing:
                    raise
                one.source = {}
        return one.source

    def _open(self) -> list[Waiting]:
        return [one for event_id, one in self._waiting.items() if event_id not in self._settled]
