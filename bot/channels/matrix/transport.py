"""The only module that knows matrix-nio: requests in, plain values and one kind of error out.

nio returns errors instead of raising them, retries without end and never backs off after a bad answer; here every
request is tried once and either gives its value or raises `MatrixError`. Retrying is for the callers, who know what
may be repeated."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
from collections.abc import Awaitable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import nio  # type: ignore[import-untyped]

from bot.channels.matrix.crosssigning import Device
from bot.channels.matrix.crypto import careful, decrypt
from bot.channels.matrix.errors import MatrixError
from bot.channels.matrix.keys import KeyKeeper
from bot.channels.matrix.news import Event, SyncBatch, batch_of, filter_of, of_the_keys, one_time_keys
from bot.channels.matrix.session import Session, privately

__all__ = ["MatrixError", "Transport"]

logger = logging.getLogger(__name__)

#: Hearing goes on without an event that takes longer than this.
_EVENT_SECONDS = 10.0

_FIRST_SYNC_SECONDS = 300
_REQUEST_SECONDS = 30
_REFUSALS = (nio.exceptions.ProtocolError, nio.exceptions.EncryptionError, nio.exceptions.GroupEncryptionError)
_ADDRESS = re.compile(r"mxc://([\w.:\[\]-]+)/([\w-]+)")
#: A server gives no more than a hundred events of a room at once.
_FILTER, _NO_HISTORY = (json.dumps(filter_of(most)) for most in (100, 0))
#: How much later than promised a sync may be answered.
_SPARE_SECONDS = 15


class Transport:
    """One logged-in client. Every method raises MatrixError."""

    def __init__(self, homeserver: str, user_id: str, store_path: str, pickle_key: str | None) -> None:
        # nio logs answers that do not validate, with their content.
        logging.getLogger("nio").setLevel(logging.CRITICAL)
        config = nio.AsyncClientConfig(
            max_limit_exceeded=0,
            max_timeouts=0,
            request_timeout=_REQUEST_SECONDS,
            **({"pickle_key": pickle_key} if pickle_key else {}),
        )
        self._client: Any = nio.AsyncClient(homeserver, user_id, store_path=store_path, config=config)
        self.user_id = user_id
        self._ready = False
        self._keys = KeyKeeper(self._client, self._ask, self.ask)

    async def login(self, device_id: str, password: str, device_name: str, *, token: bool = False) -> Session:
        """Log in as this device, with a password or, with `token`, what a single sign-on gave instead of one."""
        self._client.device_id = device_id
        secret = {"token": password} if token else {"password": password}
        with privately():
            answer = await self._ask(self._client.login(**secret, device_name=device_name))
        self.user_id, self._ready = answer.user_id, True
        careful(self._client)
        return Session(answer.user_id, answer.device_id, answer.access_token)

    async def whose(self, access_token: str) -> Session:
        """The session a token belongs to."""
        self._client.access_token = access_token
        answer = await self._ask(self._client.whoami())
        return Session(answer.user_id, answer.device_id or "", access_token)

    def with_token(self, session: Session) -> Transport:
        """For requests of our own only: the encryption store stays shut, so that a running bot is not disturbed."""
        self._client.access_token = session.access_token
        return self

    async def log_out(self, session: Session | None = None) -> None:
        """End this session, or another one, and its device, if the server still knows it."""
        if session is not None:
            self.with_token(session)
        try:
            await self.ask("POST", "v3/logout", {})
        except MatrixError as error:
            logger.warning("Matrix: the old device was not logged out: %s", error)

    def restore(self, session: Session) -> None:
        """Go on with a kept session, without asking the server; after `login` there is nothing to do."""
        if self._ready:
            return
        self.user_id, self._ready = session.user_id, True
        with privately():
            self._client.restore_login(session.user_id, session.device_id, session.access_token)
        careful(self._client)

    async def sync(self, since: str | None, *, full_state: bool, wait_seconds: float) -> SyncBatch:
        """What happened after `since`; without it the state of the rooms only, no history."""
        query = {"filter": _FILTER if since else _NO_HISTORY, "full_state": str(full_state).lower()}
        if since:
            query["since"] = since
        if not full_state:
            query["timeout"] = str(int(wait_seconds * 1000))
        limit = _FIRST_SYNC_SECONDS if full_state else wait_seconds + _SPARE_SECONDS
        answer = await self._asked("GET", "v3/sync", limit, **query)
        self._keys.counted(one_time_keys(answer))
        await self._know(answer)
        return replace(batch_of(answer, self.user_id, self.read), verifying=self._client.olm.take_declined())

    async def _know(self, answer: Event) -> None:
        """Tell nio what it needs for the keys. Its look at every message costs more than the rest of a sync."""
        encrypted = {room_id for room_id, room in self._client.rooms.items() if room.encrypted}
        found = of_the_keys(answer, encrypted)
        if found is None:
            return
        response = nio.SyncResponse.from_dict(deepcopy(found))  # nio takes it apart
        if isinstance(response, nio.ErrorResponse):
            raise _error(response)
        await self._client.receive_response(response)

    async def between(self, room_id: str, start: str, end: str) -> list[Event]:
        """All events of a room from one position to another, oldest first."""
        found: list[Event] = []
        while True:
            answer = await self._ask(
                self._client.room_messages(
                    room_id, start=start, end=end, direction=nio.MessageDirection.front, limit=100
                )
            )
            found += self._clear(room_id, answer.chunk)
            if not answer.chunk or not answer.end or answer.end == start:
                return found
            start = answer.end

    async def event(self, room_id: str, event_id: str) -> Event:
        """One event of a room. MatrixError when the bot may not see it or it is gone."""
        answer = await self._ask(self._client.room_get_event(room_id, event_id), _EVENT_SECONDS)
        return self._clear(room_id, [answer.event])[0]

    def _clear(self, room_id: str, events: Sequence[Any]) -> list[Event]:
        """The events as they were written; those that cannot be read stay `m.room.encrypted`."""
        return [self.read(room_id, event) or event for event in _sources(events)]

    def read(self, room_id: str, event: Event) -> Event | None:
        """What an event says; None when it is encrypted and cannot be read, or not yet."""
        return decrypt(self._client, room_id, event) if event.get("type") == "m.room.encrypted" else event

    def encrypted(self, room_id: str) -> bool:
        """Whether what is said in a room is encrypted, as far as the last sync told."""
        room = self._client.rooms.get(room_id)
        return room is not None and bool(room.encrypted)

    async def send(
        self, room_id: str, content: Mapping[str, Any], tx_id: str, event_type: str = "m.room.message"
    ) -> str:
        """Send a message, or another event, and give its event id; the same `tx_id` again gives the same event."""
        room = self._client.rooms.get(room_id)
        if room is not None and not room.encrypted:
            # Without nio, which would look at it from all sides.
            path = f"v3/rooms/{quote(room_id, safe='')}/send/{event_type}/{quote(tx_id, safe='')}"
            return _event_id(await self.ask("PUT", path, content))
        await self._keys.share(room_id)
        answer = await self._ask(
            self._client.room_send(room_id, event_type, dict(content), tx_id=tx_id, ignore_unverified_devices=True)
        )
        return str(answer.event_id)

    async def create_private_room(self, person: str, *, encrypted: bool) -> str:
        """A new room with one invited person, who may do there what the bot may."""
        answer = await self._ask(
            self._client.room_create(
                is_direct=True,
                invite=[person],
                preset=nio.RoomPreset.trusted_private_chat,
                initial_state=[nio.EnableEncryptionBuilder().as_dict()] if encrypted else [],
            )
        )
        room_id = str(answer.room_id)
        # Until a sync brought the room nio refuses to send there. One that came while the server was still making it
        # may have left out that it is encrypted, as a server may decide by itself: nothing may be said in the clear.
        # It may have left out the invited person too, whom a server adds last, and who must have the key.
        room = self._client.rooms.setdefault(room_id, nio.MatrixRoom(room_id, self.user_id))
        if await self._encrypted(room_id):
            room.encrypted = True
            room.add_member(person, None, None, invited=True)
            if self._client.olm is not None:
                self._client.olm.update_tracked_users(room)
        return room_id

    async def _encrypted(self, room_id: str) -> bool:
        try:
            await self._ask(self._client.room_get_state_event(room_id, "m.room.encryption"))
        except MatrixError as error:
            return error.status != 404
        return True

    async def join(self, room_id: str) -> None:
        """Accept an invitation."""
        await self._ask(self._client.join(room_id))

    async def refuse(self, room_id: str, reason: str = "") -> None:
        """Refuse an invitation, or leave, and forget the room. Who invited reads the reason."""
        # nio's own room_leave takes no reason.
        method, path = nio.Api.room_leave(self._client.access_token, room_id)
        body = nio.Api.to_json({"reason": reason} if reason else {})
        await self._ask(self._client._send(nio.RoomLeaveResponse, method, path, body))
        await self._ask(self._client.room_forget(room_id))

    async def resolve(self, alias: str) -> str:
        """The room id of an alias according to the directory of its server."""
        answer = await self._ask(self._client.room_resolve_alias(alias))
        return str(answer.room_id)

    async def keep_keys(self) -> None:
        """What encrypted rooms need after each sync."""
        await self._keys.keep()

    @property
    def device(self) -> Device:
        """This device with its own keys; once logged in or restored."""
        keys = self._client.olm.account.identity_keys
        return Device(self.user_id, self._client.device_id, keys["ed25519"], keys["curve25519"])

    def sign(self, thing: Mapping[str, Any]) -> dict[str, Any]:
        """The same JSON object with the signature of this device added to those it has."""
        bare = {key: value for key, value in thing.items() if key not in ("signatures", "unsigned")}
        others = thing.get("signatures", {})
        signature = {f"ed25519:{self._client.device_id}": self._client.olm.sign_json(bare)}
        return {**thing, "signatures": {**others, self.user_id: {**others.get(self.user_id, {}), **signature}}}

    async def publish_device(self) -> None:
        """Upload the keys of this device, which the server does not have."""
        self._client.olm.account.shared = False
        await self._keys.keep()

    async def own_keys(self) -> Mapping[str, Any]:
        """What the server says of the keys of the bot's account, as it says it."""
        return await self.ask("POST", "v3/keys/query", {"device_keys": {self.user_id: []}})

    async def upload(self, data: bytes, mime_type: str, file_name: str | None, *, encrypt: bool) -> dict[str, Any]:
        """Put a file on the server: `{"url": …}`, or `{"file": …}` with its key when encrypted, as an event has it."""
        whole = self._client.upload(
            lambda *_: io.BytesIO(data), mime_type, None if encrypt else file_name, encrypt, filesize=len(data)
        )
        answer, keys = await self._ask(whole)
        if isinstance(answer, nio.ErrorResponse):
            raise _error(answer)
        return {"file": {**keys, "url": answer.content_uri}} if encrypt else {"url": answer.content_uri}

    async def download(self, address: str, most: int) -> bytes | None:
        """The bytes behind an `mxc://` address as they lie on the server; None when there are more than `most`."""
        found = _ADDRESS.fullmatch(address)
        if found is None:
            raise MatrixError("M_INVALID_PARAM", 400, "this is no address of a file")
        target = f"/_matrix/client/v1/media/download/{quote(found[1], safe='')}/{quote(found[2], safe='')}"

        async def whole() -> bytes | None:
            headers = {"Authorization": f"Bearer {self._client.access_token}"}
            async with await self._client.send("GET", target, None, headers) as answer:
                if answer.status >= 400:
                    raise await _refused(answer)
                data = bytearray()
                async for chunk in answer.content.iter_any():
                    data += chunk
                    if len(data) > most:
                        return None
                return bytes(data)

        return await self._ask(whole(), _EVENT_SECONDS)  # type: ignore[no-any-return]

    async def ask(self, method: str, path: str, body: Any = None, **query: str) -> dict[str, Any]:
        """One request that nio does not know, below `/_matrix/client/`."""
        return await self._asked(method, path, _REQUEST_SECONDS, body, **query)

    async def _asked(self, method: str, path: str, limit: float, body: Any = None, **query: str) -> dict[str, Any]:
        status, found = await self.call(method, path, body, limit, **query)
        if status >= 400:
            after = found.get("retry_after_ms")
            wait = after / 1000 if isinstance(after, int) else None
            soft = found.get("soft_logout") is True
            raise MatrixError(str(found.get("errcode", "")), status, str(found.get("error", ""))[:200], wait, soft=soft)
        return found

    async def call(
        self, method: str, path: str, body: Any = None, limit: float = _REQUEST_SECONDS, **query: str
    ) -> tuple[int, dict[str, Any]]:
        """The same with whatever the server answers, and its status, within `limit` seconds."""
        target = f"/_matrix/client/{path}" + (f"?{urlencode(query)}" if query else "")
        headers = {"Authorization": f"Bearer {self._client.access_token}", "Content-Type": "application/json"}

        async def whole() -> tuple[int, dict[str, Any]]:
            data = None if body is None else json.dumps(body)
            async with await self._client.send(method, target, data, headers, timeout=limit) as answer:
                try:
                    found = await answer.json(content_type=None)
                except ValueError:
                    found = {}
                return answer.status, found if isinstance(found, dict) else {}

        return await self._ask(whole(), limit)  # type: ignore[no-any-return]

    def drop(self, room_id: str) -> None:
        """The bot is no longer in the room; nio itself would keep it."""
        self._client.rooms.pop(room_id, None)

    async def close(self) -> None:
        """Close the connections; may be called twice."""
        await self._client.close()

    async def _ask(self, request: Awaitable[Any], limit: float | None = None) -> Any:
        try:
            async with asyncio.timeout(limit):  # not wait_for: in Python 3.11 that can swallow a cancellation
                answer = await request
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise MatrixError(type(error).__name__, None, "the server cannot be reached") from error
        except _REFUSALS as error:
            raise MatrixError(type(error).__name__, None, "nio would not send this") from error
        if isinstance(answer, nio.ErrorResponse):
            raise _error(answer)
        return answer


async def _refused(answer: aiohttp.ClientResponse) -> MatrixError:
    try:
        found = await answer.json(content_type=None)
    except ValueError:
        found = {}
    code = found.get("errcode") if isinstance(found, dict) else ""
    return MatrixError(str(code or ""), answer.status, "the file is refused")


def _event_id(answer: Event) -> str:
    found = answer.get("event_id")
    if not isinstance(found, str):
        raise MatrixError("", 200, "this is no answer to a message")
    return found


def _error(answer: Any) -> MatrixError:
    status = getattr(answer.transport_response, "status", None)
    after = answer.retry_after_ms / 1000 if answer.retry_after_ms else None
    return MatrixError(answer.status_code or "", status, answer.message, after, soft=bool(answer.soft_logout))


def _sources(events: Sequence[Any]) -> list[Event]:
    return [event.source for event in events]
