"""The part of `overlegbot doctor` that asks the homeserver."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.channels.matrix import MatrixOptions
from bot.channels.matrix.crosssigning import Standing, judge
from bot.channels.matrix.identity import look
from bot.channels.matrix.levels import level_of, needed_for
from bot.channels.matrix.session import Session, SessionStore
from bot.channels.matrix.transport import MatrixError, Transport
from bot.doors.finding import Finding

LOG_IN = "run `overlegbot matrix login`"
#: More than a server lets pass by default (ten), fewer than would weigh on it.
_BURST = 14
_CLOCK_SECONDS = 30.0
_LOWEST = (1, 1)


class Checkup:
    """One visit. `rooms` are those of the bodies, None when there is no register to read them from."""

    def __init__(self, options: MatrixOptions, rooms: Mapping[str, str | None] | None, *, has_key: bool) -> None:
        self._options = options
        self._rooms = rooms
        self._has_key = has_key
        self._store = SessionStore(options.store_path)
        self._transport = Transport(options.homeserver, options.user_id, "", None)

    async def findings(self) -> list[Finding]:
        """One line for each thing, in the order in which they lean on each other."""
        try:
            found, reached = await self._server()
            if not reached:
                return found
            session = self._store.load()
            if session is None or not session.access_token:
                return [*found, Finding("session", "there is none yet", LOG_IN)]
            self._transport.with_token(session)
            found.append(await self._session(session))
            if not found[-1].well:
                return found
            checks = (self._rate_limit, self._encryption, self._cross_signing)
            found += [await check() for check in checks]
            return [*found, *(await self._each_room())]
        except MatrixError as error:
            return [*found, Finding("homeserver", f"refuses: {error}", "look at the log of the homeserver")]
        finally:
            await self._transport.close()

    async def _server(self) -> tuple[list[Finding], bool]:
        """Whether it answers, what it speaks, and what time it has."""
        address = self._options.homeserver
        began = time.monotonic()
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as http,
                http.get(f"{address}/_matrix/client/versions") as answer,
            ):
                now = datetime.now(UTC)
                said = await answer.json(content_type=None)
                date = answer.headers.get("Date")
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            todo = "check `matrix.homeserver`, the network and the certificate"
            return [Finding("homeserver", f"{address} does not answer ({type(error).__name__})", todo)], False
        took = time.monotonic() - began
        versions = said.get("versions") if isinstance(said, Mapping) else None
        if not isinstance(versions, list):
            todo = "check `matrix.homeserver`: something else answers there"
            return [Finding("homeserver", f"{address} is no Matrix homeserver", todo)], False
        newest = max((_version(text) for text in versions), default=(0, 0))
        spoken = f"speaks Matrix up to v{newest[0]}.{newest[1]}"
        return [
            Finding("homeserver", f"{address} answers in {took * 1000:.0f} ms"),
            Finding("versions", spoken, "" if newest >= _LOWEST else "the bot needs v1.1: upgrade the homeserver"),
            _clock(date, now, took),
        ], True

    async def _session(self, session: Session) -> Finding:
        status, said = await self._transport.call("GET", "v3/account/whoami")
        if status == 401:
            todo = "run `overlegbot matrix login --new-device`"
            return Finding("session", f"the server no longer accepts that of device {session.device_id}", todo)
        if said.get("user_id") != self._options.user_id or said.get("device_id") != session.device_id:
            todo = "check `matrix.user_id` and `matrix.store_path`"
            return Finding("session", f"is of {said.get('user_id')}, device {said.get('device_id')}", todo)
        return Finding("session", f"{session.user_id}, device {session.device_id}")

    async def _rate_limit(self) -> Finding:
        """Whether a morning full of reminders would wait. Tried in a room of the bot alone, which is forgotten."""
        settings = {"preset": "private_chat", "name": "overlegbot doctor"}
        status, made = await self._transport.call("POST", "v3/createRoom", settings)
        if status >= 400:
            refused = f"a room to try it in was refused ({made.get('errcode')})"
            return Finding("rate limit", refused, "try again in a minute" if status == 429 else self._lift())
        room = quote(str(made["room_id"]))
        passed = 0
        try:
            for number in range(_BURST):
                notice = {"msgtype": "m.notice", "body": "overlegbot doctor"}
                path = f"v3/rooms/{room}/send/m.room.message/doctor-{time.time_ns()}-{number}"
                status, _ = await self._transport.call("PUT", path, notice)
                if status == 429:
                    return Finding("rate limit", f"the bot has to wait after {passed} messages", self._lift())
                passed += status < 400
        finally:
            await self._transport.call("POST", f"v3/rooms/{room}/leave", {})
            await self._transport.call("POST", f"v3/rooms/{room}/forget", {})
        return Finding("rate limit", f"none: {passed} messages at once")

    def _lift(self) -> str:
        """The call for an administrator of a Synapse."""
        user = quote(self._options.user_id, safe="@:")
        return (
            "an administrator of the server lifts it: curl -X POST -H 'Authorization: Bearer ADMIN_TOKEN' "
            '-d \'{"messages_per_second": 0, "burst_count": 0}\' '
            f"{self._options.homeserver}/_synapse/admin/v1/users/{user}/override_ratelimit"
        )

    async def _encryption(self) -> Finding:
        device = self._store.device()
        if device is None:
            return Finding("encryption", "this device has no keys yet", "start `overlegbot run` once, or " + LOG_IN)
        found = judge(self._store.seeds(), device, await self._transport.own_keys())
        if found.device is None or not found.same_device or not any(self._store.directory.glob("@*.db")):
            return Finding(
                "encryption",
                "the server has other keys of this device than the store",
                "put the store back from the backup, or run `overlegbot matrix login --new-device`",
            )
        counts = (await self._transport.ask("POST", "v3/keys/upload", {})).get("one_time_key_counts", {})
        left = counts.get("signed_curve25519", 0)
        if not left:
            return Finding("encryption", "no one-time keys are left on the server", "start `overlegbot run`")
        key = "a pickle key of the operator" if self._has_key else "a pickle key of its own"
        return Finding("encryption", f"{left} one-time keys on the server; the store is under {key}")

    async def _cross_signing(self) -> Finding:
        device = self._store.device()
        if device is None:
            return Finding("cross-signing", "this device has no keys yet", LOG_IN)
        identity = await look(self._transport, self._store, device)
        if identity.standing is Standing.SIGNED:
            return Finding("cross-signing", f"signed; fingerprint {device.fingerprint}")
        text = (
            "a master key that is not the bot's"
            if identity.standing is Standing.FOREIGN
            else "the device is not signed"
        )
        return Finding("cross-signing", text, identity.why)

    # --- rooms -------------------------------------------------------------------------------------------------------
    async def _each_room(self) -> list[Finding]:
        if self._rooms is None:
            return [Finding("rooms", "cannot be read without the database", "see the database")]
        joined = set((await self._transport.ask("GET", "v3/joined_rooms")).get("joined_rooms", []))
        return [await self._room(body, address, joined) for body, address in self._rooms.items()]

    async def _room(self, body: str, address: str | None, joined: set[str]) -> Finding:
        name = f"room {body}"
        if not address:
            todo = "name it in the people file and import that, or invite the bot and type !kanaal there"
            return Finding(name, "there is none", todo)
        room_id = address
        if address.startswith("#"):
            status, said = await self._transport.call("GET", f"v3/directory/room/{quote(address, safe='')}")
            if status >= 400:
                return Finding(name, f"{address} leads nowhere", "correct the people file, or give the room that alias")
            room_id = str(said.get("room_id"))
        if room_id not in joined:
            return Finding(name, f"the bot is not in {address}", "invite it there")
        path = f"v3/rooms/{quote(room_id)}/state"
        _, levels = await self._transport.call("GET", f"{path}/m.room.power_levels/")
        _, create = await self._transport.call("GET", f"{path}/m.room.create/", format="event")
        status, _ = await self._transport.call("GET", f"{path}/m.room.encryption/")
        kind = "m.room.encrypted" if status == 200 else "m.room.message"
        if level_of(self._options.user_id, levels, create) < needed_for(kind, levels):
            return Finding(name, f"the bot may not write in {address}", "give it the power level that is needed there")
        return Finding(name, f"{address}, {'encrypted' if status == 200 else 'not encrypted'}")


def _clock(date: str | None, now: datetime, took: float) -> Finding:
    """Against the clock of the homeserver, which tells whole seconds."""
    try:
        theirs = parsedate_to_datetime(date or "")
    except ValueError:
        return Finding("clock", "the homeserver does not tell its own; not compared")
    apart = (now - theirs).total_seconds()
    if abs(apart) > _CLOCK_SECONDS + took:
        which = "ahead of" if apart > 0 else "behind"
        todo = "let the machine keep its time (systemctl enable --now systemd-timesyncd)"
        return Finding("clock", f"{abs(apart):.0f} s {which} that of the homeserver", todo)
    return Finding("clock", "the same as that of the homeserver")


def _version(text: Any) -> tuple[int, int]:
    """(1, 11) for `v1.11`; older names and nonsense count for nothing."""
    major, _, minor = str(text).removeprefix("v").partition(".")
    return (int(major), int(minor)) if major.isdigit() and minor.isdigit() else (0, 0)
