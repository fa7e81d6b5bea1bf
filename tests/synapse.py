"""The client of an official in a few calls, on a real Synapse (`bot.testing_synapse`)."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import aiohttp

from bot.testing_synapse import Account, Homeserver, Refused, homeserver

__all__ = ["Official", "Refused", "Synapse", "synapse"]

_numbers = count(1)
_LONGEST_POLL = 30.0


class Synapse(Homeserver):
    """A running homeserver that the tests share."""

    def account(self, name: str) -> tuple[str, str]:
        """The Matrix id and password of an account that was registered under that name."""
        return f"@{name}:{self.server_name}", f"wachtwoord van {name}"

    def unused(self, name: str) -> str:
        """A user name nobody has yet."""
        return f"{name}{next(_numbers)}"

    async def official(self, name: str = "ambtenaar") -> Official:
        """A new person with a client of their own, logged in."""
        user_id, password = self.register(self.unused(name))
        return await Official.log_in(self.url, user_id, password)


@contextmanager
def synapse(directory: Path, **settings: Any) -> Iterator[Synapse]:
    """Run a homeserver in this directory; `settings` as in homeserver.yaml replace those for tests."""
    with homeserver(directory, Synapse, **settings) as running:
        yield running


class Official(Account):
    """A person with a plain Matrix client. Close it at the end."""

    def __init__(self, url: str, http: aiohttp.ClientSession, user_id: str) -> None:
        super().__init__(url, http, user_id)
        self._since: str | None = None
        self._seen: list[dict[str, Any]] = []

    @classmethod
    async def log_in(cls, url: str, user_id: str, password: str) -> Self:
        """A client on a new device; it hears what is said from now on."""
        person = await super().log_in(url, user_id, password)
        await person._sync(0)
        person._seen.clear()
        return person

    async def create_direct(self, person: str) -> str:
        """A private chat, as a client makes it."""
        return await self.create_room(person, is_direct=True, preset="trusted_private_chat")

    async def invite(self, room: str, person: str) -> None:
        """Invite somebody."""
        await self.call("POST", f"rooms/{quote(room)}/invite", {"user_id": person})

    async def kick(self, room: str, person: str) -> None:
        """Remove somebody from the room."""
        await self.call("POST", f"rooms/{quote(room)}/kick", {"user_id": person})

    async def leave(self, room: str) -> None:
        """Leave."""
        await self.call("POST", f"rooms/{quote(room)}/leave", {})

    async def members(self, room: str) -> dict[str, str]:
        """Membership (`join`, `invite`, `leave`, …) by Matrix id."""
        found = await self.call("GET", f"rooms/{quote(room)}/members")
        return {event["state_key"]: event["content"]["membership"] for event in found["chunk"]}

    async def state(self, room: str) -> list[dict[str, Any]]:
        """The whole state of a room."""
        url = f"{self._url}/_matrix/client/v3/rooms/{quote(room)}/state"
        async with self._http.get(url, headers={"Authorization": f"Bearer {self.token}"}) as answer:
            return list(await answer.json())

    async def highlights(self, room: str) -> int:
        """How many unread messages of a room call this person, as the server counts them for the client."""
        answer = await self.call("GET", "sync", timeout="0")
        return int(answer["rooms"]["join"][room]["unread_notifications"]["highlight_count"])

    async def download(self, address: str) -> bytes:
        """The bytes behind an `mxc://` address."""
        url = f"{self._url}/_matrix/client/v1/media/download/{address.removeprefix('mxc://')}"
        async with self._http.get(url, headers={"Authorization": f"Bearer {self.token}"}) as answer:
            answer.raise_for_status()
            return await answer.read()

    async def upload(self, data: bytes, media: str) -> str:
        """Put a file on the server; gives its `mxc://` address."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": media}
        async with self._http.post(f"{self._url}/_matrix/media/v3/upload", data=data, headers=headers) as answer:
            return str((await answer.json())["content_uri"])

    async def event(self, room: str, event_type: str, content: Mapping[str, Any]) -> str:
        """Send any event and give its id."""
        path = f"rooms/{quote(room)}/send/{event_type}/t{next(_numbers)}"
        return str((await self.call("PUT", path, dict(content)))["event_id"])

    async def say(self, room: str, text: str, **more: Any) -> str:
        """An ordinary message."""
        return await self.event(room, "m.room.message", {"msgtype": "m.text", "body": text, **more})

    async def reply(self, room: str, text: str, to: str) -> str:
        """A reply outside a thread."""
        return await self.say(room, text, **{"m.relates_to": {"m.in_reply_to": {"event_id": to}}})

    async def say_in_thread(self, room: str, text: str, root: str, *, reply_to: str | None = None) -> str:
        """A message in the thread of `root`; with `reply_to` a real reply there."""
        relation = {
            "rel_type": "m.thread",
            "event_id": root,
            "is_falling_back": reply_to is None,
            "m.in_reply_to": {"event_id": reply_to or root},
        }
        return await self.say(room, text, **{"m.relates_to": relation})

    async def react(self, room: str, target: str, key: str) -> str:
        """An emoji on a message."""
        relation = {"rel_type": "m.annotation", "event_id": target, "key": key}
        return await self.event(room, "m.reaction", {"m.relates_to": relation})

    async def edit(self, room: str, target: str, text: str) -> str:
        """Change an own message."""
        new = {"msgtype": "m.text", "body": text}
        relation = {"rel_type": "m.replace", "event_id": target}
        return await self.say(room, f"* {text}", **{"m.new_content": new, "m.relates_to": relation})

    async def redact(self, room: str, target: str) -> str:
        """Remove a message or a reaction."""
        path = f"rooms/{quote(room)}/redact/{quote(target)}/t{next(_numbers)}"
        return str((await self.call("PUT", path, {}))["event_id"])

    async def messages(self, room: str) -> list[dict[str, Any]]:
        """All events of the room, oldest first (the first thousand)."""
        path = f"rooms/{quote(room)}/messages"
        return list((await self.call("GET", path, dir="f", limit="1000"))["chunk"])

    async def wait_for(self, wanted: Callable[[dict[str, Any]], bool], *, within: float = 20) -> dict[str, Any]:
        """The first event not yet waited for that is wanted, as heard by sync. TimeoutError when none comes.

        Events carry `room_id`. An event that was returned is not returned again.
        """
        deadline = time.monotonic() + within
        while True:
            for index, event in enumerate(self._seen):
                if wanted(event):
                    del self._seen[index]
                    return event
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"not heard within {within} s; heard: {[_short(e) for e in self._seen]}")
            await self._sync(left)

    async def wait_for_text(self, sender: str, *words: str, room: str | None = None, within: float = 20) -> str:
        """The body of the next message of `sender` in which all these words occur."""

        def wanted(event: dict[str, Any]) -> bool:
            body = event.get("content", {}).get("body", "")
            here = room is None or event["room_id"] == room
            return event["sender"] == sender and here and bool(body) and all(word in body for word in words)

        return str((await self.wait_for(wanted, within=within))["content"]["body"])

    async def accept_invites(self, *, within: float = 20) -> str:
        """Wait for an invitation, accept it and give the room id."""
        invite = await self.wait_for(lambda event: event["type"] == "invite", within=within)
        await self.join(invite["room_id"])
        return str(invite["room_id"])

    async def _sync(self, seconds: float) -> None:
        seconds = min(seconds, _LONGEST_POLL)
        query = {"timeout": str(int(seconds * 1000)), "filter": json.dumps({"room": {"timeline": {"limit": 100}}})}
        if self._since:
            query["since"] = self._since
        async with asyncio.timeout(seconds + 20):
            answer = await self.call("GET", "sync", **query)
        self._since = answer["next_batch"]
        rooms = answer.get("rooms", {})
        for room_id, room in rooms.get("join", {}).items():
            self._seen += [{**event, "room_id": room_id} for event in room["timeline"]["events"]]
        self._seen += [{"type": "invite", "sender": "", "room_id": room_id} for room_id in rooms.get("invite", {})]


def _short(event: Mapping[str, Any]) -> str:
    return f"{event['type']} {event.get('sender')}: {str(event.get('content', {}).get('body', ''))[:60]}"
