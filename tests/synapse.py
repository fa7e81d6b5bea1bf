"""A real Synapse for the tests, from this environment: started once, on loopback, in a directory of its own; and the
client of an official in a few calls."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp

SERVER_NAME = "overleg.example"
_SECRET = "only-for-tests"
_START_SECONDS = 60
_LIMITS = (
    "rc_message rc_registration rc_joins_per_room rc_room_creation rc_admin_redaction rc_login.address "
    "rc_login.account rc_login.failed_attempts rc_joins.local rc_joins.remote rc_invites.per_room "
    "rc_invites.per_user rc_invites.per_issuer"
)
_numbers = count(1)


class Synapse:
    """A running homeserver. `server_name` is in every Matrix id, `url` is where it listens."""

    server_name = SERVER_NAME

    def __init__(self, directory: Path, port: int, process: subprocess.Popen[bytes]) -> None:
        self.directory = directory
        self.url = f"http://127.0.0.1:{port}"
        self._process = process

    def register(self, name: str, *, admin: bool = False) -> tuple[str, str]:
        """A new account; gives its Matrix id and password."""
        password = f"wachtwoord van {name}"
        nonce = self._call("GET", None)["nonce"]
        words = (nonce, name, password, "admin" if admin else "notadmin")
        mac = hmac.new(_SECRET.encode(), "\0".join(words).encode(), hashlib.sha1).hexdigest()
        account = {"nonce": nonce, "username": name, "password": password, "admin": admin, "mac": mac}
        return str(self._call("POST", account)["user_id"]), password

    def unused(self, name: str) -> str:
        """A user name nobody has yet, so that tests can share the server."""
        return f"{name}{next(_numbers)}"

    async def official(self, name: str = "ambtenaar") -> Official:
        """A new person with a client of their own, logged in."""
        user_id, password = self.register(self.unused(name))
        return await Official.log_in(self.url, user_id, password)

    def _call(self, method: str, body: Mapping[str, Any] | None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_synapse/admin/v1/register", data, method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return dict(json.load(answer))

    def wait(self) -> None:
        """Until it answers. Fails with the end of its log when it stops or takes too long."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/_matrix/client/versions", timeout=5).close()  # noqa: S310
                return
            except OSError:
                time.sleep(0.05)
        said = "".join((self.directory / name).read_text("utf-8", "replace") for name in ("output", "log"))
        raise RuntimeError(f"Synapse did not start within {_START_SECONDS} s\n{said[-3000:]}")


@contextmanager
def synapse(directory: Path, **settings: Any) -> Iterator[Synapse]:
    """Run a homeserver in this directory; `settings` as in homeserver.yaml replace those for tests."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = {**_configuration(directory, port), **settings}
    (directory / "log").touch()
    (directory / "homeserver.yaml").write_text(json.dumps(config), "utf-8")  # JSON is YAML
    with (directory / "output").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "synapse.app.homeserver", "-c", "homeserver.yaml"],
            cwd=directory,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        )
    try:
        server = Synapse(directory, port, process)
        server.wait()
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _configuration(directory: Path, port: int) -> dict[str, Any]:
    config: dict[str, Any] = {
        "server_name": SERVER_NAME,
        "public_baseurl": f"http://127.0.0.1:{port}/",
        "report_stats": False,
        "listeners": [
            {"port": port, "bind_addresses": ["127.0.0.1"], "type": "http", "resources": [{"names": ["client"]}]}
        ],
        "database": {"name": "sqlite3", "args": {"database": ":memory:"}},
        "signing_key_path": str(directory / "signing.key"),
        "media_store_path": str(directory / "media"),
        "registration_shared_secret": _SECRET,
        "bcrypt_rounds": 4,
        "presence": {"enabled": False},
        "trusted_key_servers": [],
        "caches": {"sync_response_cache_duration": 0},  # else a restarted bot sees a world of minutes ago
        "log_config": str(directory / "log.yaml"),
    }
    for name in _LIMITS.split():
        section, _, part = name.partition(".")
        limit = {"per_second": 100000, "burst_count": 100000}
        if part:
            config.setdefault(section, {})[part] = limit
        else:
            config[section] = limit
    handler = {"class": "logging.FileHandler", "filename": str(directory / "log"), "encoding": "utf-8"}
    logs = {"version": 1, "handlers": {"file": handler}, "root": {"level": "WARNING", "handlers": ["file"]}}
    (directory / "log.yaml").write_text(json.dumps(logs), "utf-8")
    return config


class Refused(Exception):
    """The server refused a request of an official; `code` is its Matrix code."""

    def __init__(self, code: str, status: int) -> None:
        super().__init__(f"{code} ({status})")
        self.code = code


class Official:
    """A person with a plain Matrix client. Close it at the end."""

    def __init__(self, url: str, http: aiohttp.ClientSession, user_id: str) -> None:
        self._url = url
        self._http = http
        self.user_id = user_id
        self.token = ""
        self._since: str | None = None
        self._seen: list[dict[str, Any]] = []

    @classmethod
    async def log_in(cls, url: str, user_id: str, password: str) -> Official:
        """A client on a new device; it hears what is said from now on."""
        person = cls(url, aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)), user_id)
        login = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": user_id}, "password": password}
        person.token = (await person.call("POST", "login", login))["access_token"]
        await person._sync(0)
        person._seen.clear()
        return person

    async def call(self, method: str, path: str, body: Any = None, **query: str) -> dict[str, Any]:
        """One request of the client-server API, below `/_matrix/client/v3/`. Raises Refused."""
        return await self.call_as(self.token, method, path, body, **query)

    async def call_as(self, token: str, method: str, path: str, body: Any = None, **query: str) -> dict[str, Any]:
        """The same with the token of somebody else."""
        url = f"{self._url}/_matrix/client/v3/{path}"
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with self._http.request(method, url, json=body, params=query, headers=headers) as answer:
            found = await answer.json()
            if answer.status >= 400:
                raise Refused(found.get("errcode", ""), answer.status)
            return dict(found)

    async def create_room(self, *invite: str, **settings: Any) -> str:
        """A room of this person; `settings` as in createRoom (`name`, `room_alias_name`, `room_version`, …)."""
        settings = {"preset": "private_chat", "invite": list(invite), **settings}
        return str((await self.call("POST", "createRoom", settings))["room_id"])

    async def create_direct(self, person: str) -> str:
        """A private chat, as a client makes it."""
        return await self.create_room(person, is_direct=True, preset="trusted_private_chat")

    async def invite(self, room: str, person: str) -> None:
        """Invite somebody."""
        await self.call("POST", f"rooms/{quote(room)}/invite", {"user_id": person})

    async def join(self, room: str) -> None:
        """Join by room id or alias."""
        await self.call("POST", f"join/{quote(room, safe='')}", {})

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

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()


def _short(event: Mapping[str, Any]) -> str:
    return f"{event['type']} {event.get('sender')}: {str(event.get('content', {}).get('body', ''))[:60]}"
