"""A person whose client encrypts, on matrix-nio, in the process of the test: light enough for many at once. It trusts
whatever device it meets; for what people see of trust there is the reference client."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nio  # type: ignore[import-untyped]

Event = dict[str, Any]
_ENCRYPTED = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
_LONGEST_POLL = 30.0
_LIMIT = {"room": {"timeline": {"limit": 100}}}


class CipheredPerson:
    """One device. `wait_for` is that of `Official`: an event that was returned is not returned again."""

    def __init__(self, url: str, user_id: str, store: Path) -> None:
        store.mkdir()
        self.user_id = user_id
        config = nio.AsyncClientConfig(max_limit_exceeded=0, max_timeouts=0)
        self._client: Any = nio.AsyncClient(url, user_id, store_path=str(store), config=config)
        self._seen: list[Event] = []

    @classmethod
    async def log_in(cls, url: str, user_id: str, password: str, store: Path) -> CipheredPerson:
        """A new device with its keys on the server."""
        person = cls(url, user_id, store)
        await person._ask(person._client.login(password))
        await person._sync(0)  # brings the keys to the server
        person._seen.clear()
        return person

    async def create_direct(self, other: str) -> str:
        """An encrypted private chat."""
        preset = nio.RoomPreset.trusted_private_chat
        made = self._client.room_create(is_direct=True, invite=[other], preset=preset, initial_state=[_ENCRYPTED])
        return str((await self._ask(made)).room_id)

    async def create_room(self, *invite: str, name: str, room_alias_name: str) -> str:
        """An encrypted room of these people."""
        made = self._client.room_create(
            invite=list(invite), name=name, alias=room_alias_name, initial_state=[_ENCRYPTED]
        )
        return str((await self._ask(made)).room_id)

    async def join(self, room: str) -> None:
        """Accept an invitation."""
        await self._ask(self._client.join(room))

    async def say(self, room: str, text: str) -> str:
        """A message that only the devices in the room can read."""
        return await self.event(room, {"msgtype": "m.text", "body": text})

    async def event(self, room: str, content: Event) -> str:
        """Any message, in the same way."""
        sent = self._client.room_send(room, "m.room.message", content, ignore_unverified_devices=True)
        return str((await self._ask(sent)).event_id)

    async def wait_for(self, wanted: Callable[[Event], bool], *, within: float = 20) -> Event:
        """The first event not yet waited for that is wanted, in the clear, with its `room_id`. TimeoutError."""
        deadline = time.monotonic() + within
        while True:
            for index, event in enumerate(self._seen):
                if wanted(event):
                    del self._seen[index]
                    return event
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"not heard within {within} s")
            await self._sync(left)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _sync(self, seconds: float) -> None:
        client = self._client
        seconds = min(seconds, _LONGEST_POLL)
        async with asyncio.timeout(seconds + 20):
            answer = await self._ask(client.sync(timeout=int(seconds * 1000), sync_filter=_LIMIT))
        await client.send_to_device_messages()
        if client.should_upload_keys:
            await self._ask(client.keys_upload())
        if client.should_query_keys:
            await self._ask(client.keys_query())
        for room_id, room in answer.rooms.join.items():
            self._seen += [{**event.source, "room_id": room_id} for event in room.timeline.events]

    async def _ask(self, request: Any) -> Any:
        answer = await request
        if isinstance(answer, nio.ErrorResponse):
            raise RuntimeError(str(answer))
        return answer
