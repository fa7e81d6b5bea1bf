"""The smallest bot on matrix-nio: joins what it is invited to and says back what it hears."""

from __future__ import annotations

import asyncio
import sys

from nio import AsyncClient, AsyncClientConfig, InviteMemberEvent, MatrixRoom, RoomMessageText


async def main(homeserver: str, user: str, password: str) -> None:
    """Log in and answer until killed; prints one line when it listens."""
    client = AsyncClient(homeserver, user, config=AsyncClientConfig(encryption_enabled=False))
    await client.login(password)
    await client.sync(timeout=0)

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
        await client.room_send(room.room_id, "m.room.message", content)

    client.add_event_callback(invited, InviteMemberEvent)  # type: ignore[arg-type]
    client.add_event_callback(heard, RoomMessageText)  # type: ignore[arg-type]
    print("ready", flush=True)
    await client.sync_forever(timeout=30_000)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
