"""A real Synapse on loopback, in a directory of its own, and the people of the example year on it: for the tests and
for the Matrix demo. The server comes with the requirements of the tests; the product ships without it."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import quote

import aiohttp

from config.people import EXAMPLE_YEAR
from config.structure import shipped_source

SERVER_NAME = "overleg.example"
_SECRET = secrets.token_hex()
_START_SECONDS = 60
#: A Ctrl-C reaches the whole group of the terminal; the server is ended by who started it, after the bot.
_UNINTERRUPTED = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")
#: And it ends when who started it is gone without a word.
_GUARDED = (sys.executable, "-m", "bot.testing_guarded")
_LIMITS = (
    "rc_message rc_registration rc_joins_per_room rc_room_creation rc_admin_redaction rc_login.address "
    "rc_login.account rc_login.failed_attempts rc_joins.local rc_joins.remote rc_invites.per_room "
    "rc_invites.per_user rc_invites.per_issuer"
)


class Homeserver:
    """A running homeserver. `server_name` is in every Matrix id, `url` is where it listens."""

    server_name = SERVER_NAME

    def __init__(self, directory: Path, url: str) -> None:
        self.directory = directory
        self.url = url
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Start it by the configuration in its directory, and wait until it answers. RuntimeError when it does not."""
        with (self.directory / "output").open("ab") as output:
            self._process = subprocess.Popen(
                [*_UNINTERRUPTED, *_GUARDED, "synapse.app.homeserver", "-c", "homeserver.yaml"],
                cwd=self.directory,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            )
        self._wait(self._process)

    def end(self, *, at_once: bool = False) -> None:
        """End it, in order or `at_once`, as a power cut would; it may begin again where its database is a file."""
        process = self._process
        if process is None:
            return
        if not at_once:
            process.terminate()
        try:
            process.wait(0 if at_once else 10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin is not None:
            process.stdin.close()

    def register(self, name: str, password: str = "", *, admin: bool = False) -> tuple[str, str]:
        """A new account; gives its Matrix id and password, made up when none is given."""
        password = password or f"wachtwoord van {name}"
        nonce = self._call("GET", None)["nonce"]
        words = (nonce, name, password, "admin" if admin else "notadmin")
        mac = hmac.new(_SECRET.encode(), "\0".join(words).encode(), hashlib.sha1).hexdigest()
        account = {"nonce": nonce, "username": name, "password": password, "admin": admin, "mac": mac}
        return str(self._call("POST", account)["user_id"]), password

    def _call(self, method: str, body: Mapping[str, Any] | None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_synapse/admin/v1/register", data, method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return dict(json.load(answer))

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        """Until it answers. Fails with the end of its log when it stops or takes too long."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/_matrix/client/versions", timeout=5).close()  # noqa: S310
                return
            except OSError:
                time.sleep(0.05)
        said = "".join((self.directory / name).read_text("utf-8", "replace") for name in ("output", "log"))
        raise RuntimeError(f"Synapse did not start within {_START_SECONDS} s\n{said[-3000:]}")


H = TypeVar("H", bound=Homeserver)


@contextmanager
def homeserver(directory: Path, kind: type[H], **settings: Any) -> Iterator[H]:
    """Run a Synapse in this directory, on a free port; `settings` as in homeserver.yaml replace ours."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = {**_configuration(directory, port), **settings}
    (directory / "log").touch()
    (directory / "homeserver.yaml").write_text(json.dumps(config), "utf-8")  # JSON is YAML
    server = kind(directory, f"http://127.0.0.1:{port}")
    try:
        server.begin()
        yield server
    finally:
        server.end()


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


def example_people(server_name: str, mark: str = "") -> str:
    """The people file of the example year with everyone and every room on this server, `mark` behind each name."""
    behind, text = f".{mark}" if mark else "", shipped_source(EXAMPLE_YEAR).text
    text = re.sub(r'matrix = "@([\w.]+):[\w.]+"', rf'matrix = "@\1{behind}:{server_name}"', text)
    person = r'(\[\[person\]\]\nid = "([\w.]+)"\n(?:\w+ = .*\n)*?)teams = ".*"'
    text = re.sub(person, rf'\1matrix = "@\2{behind}:{server_name}"', text)
    behind = behind.replace(".", "-")
    text = re.sub(r'body = "(\w+)"\nteams = ".*"', rf'body = "\1"\nmatrix = "#\1{behind}:{server_name}"', text)
    return re.sub(r'matrix = "#([\w-]+):[\w.]+"', rf'matrix = "#\1{behind}:{server_name}"', text)


class Refused(Exception):
    """The server refused a request of an official; `code` is its Matrix code."""

    def __init__(self, code: str, status: int) -> None:
        super().__init__(f"{code} ({status})")
        self.code = code


class Account:
    """Somebody logged in, in a few calls. Close it at the end."""

    def __init__(self, url: str, http: aiohttp.ClientSession, user_id: str) -> None:
        self._url = url
        self._http = http
        self.user_id = user_id
        self.token = ""

    @classmethod
    async def log_in(cls, url: str, user_id: str, password: str) -> Self:
        """On a new device."""
        person = cls(url, aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)), user_id)
        login = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": user_id}, "password": password}
        person.token = (await person.call("POST", "login", login))["access_token"]
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

    async def join(self, room: str) -> None:
        """Join by room id or alias."""
        await self.call("POST", f"join/{quote(room, safe='')}", {})

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()
