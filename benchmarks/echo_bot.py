"""The smallest bot on matrix-nio: joins what it is invited to and says back what it hears.

    python benchmarks/echo_bot.py HOMESERVER USER PASSWORD [STORE]

With a STORE for its keys it reads and writes in encrypted rooms too.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from nio import AsyncClient, AsyncClientConfig, InviteMemberEvent, MatrixRoom, RoomMessageText

#: By default a sync brings ten events of a room and leaves the others out; then the smallest bot loses the others.
LIMIT: dict[str, Any] = {"room": {"timeline": {"limit": 1000}}}


async def main(homeserver: str, user: str, password: str, store: str = "") -> None:
    """Log in and answer until killed; prints one line when it listens."""
    config = AsyncClientConfig(encryption_enabled=bool(store))
    client = AsyncClient(homeserver, user, store_path=store, config=config)
    await client.login(password)
    await client.sync(timeout=0, sync_filter=LIMIT)

    async def invited(room: MatrixRoom, event: InviteMemberEvent) -> None:
        if event.membership == "invite" and event.state_key == client.user_id:
            await client.join(room.room_id)

    async def heard(room: MatrixRoom, event: RoomMessageText) -> None:
        if event.sender == client.user_id:
            return
        content = {
            "msgtype": "m.notice",
            "body": event.body,
            "m.relates_to": {"m.in_reply_to": {"event_id": event.event_id}},
        }
        await client.room_send(room.room_id, "m.room.message", content, ignore_unverified_devices=True)

    client.add_event_callback(invited, InviteMemberEvent)  # type: ignore[arg-type]
    client.add_event_callback(heard, RoomMessageText)  # type: ignore[arg-type]
    print("ready", flush=True)
    await client.sync_forever(timeout=30_000, sync_filter=LIMIT)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:5]))
