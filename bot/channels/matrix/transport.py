"""The only module that knows matrix-nio: requests in, plain values and one kind of error out.

nio returns errors instead of raising them, retries without end and never backs off after a bad answer; here every
request is tried once and either gives its value or raises `MatrixError`. Retrying is for the callers, who know what
may be repeated."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import nio  # type: ignore[import-untyped]

from bot.channels.matrix.session import Session

Event = Mapping[str, Any]
#: Hearing goes on without an event that takes longer than this.
_EVENT_SECONDS = 10.0

_FIRST_SYNC_SECONDS = 300
_REQUEST_SECONDS = 30
_TOKEN_GONE = {"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_USER_DEACTIVATED", "M_USER_LOCKED"}
_NOTHING = {"not_types": ["*"]}


class MatrixError(Exception):
    """What the server refused, or that it could not be reached (`status` None). Never holds content or a token."""

    def __init__(self, code: str, status: int | None, why: str, retry_after: float | None = None) -> None:
        super().__init__(f"{code} ({status}): {why}" if status else f"{code}: {why}")
        self.code = code
        self.status = status
        self.retry_after = retry_after

    @property
    def token_gone(self) -> bool:
        """The session is no longer valid: only the operator can help."""
        return self.code in _TOKEN_GONE

    @property
    def passing(self) -> bool:
        """May succeed when tried again. An answer without a Matrix code comes from a proxy, not from the server."""
        if self.status is None or self.status == 429 or self.status >= 500 or self.code == "M_LIMIT_EXCEEDED":
            return True
        return self.code == "" and self.status != 413


@dataclass(frozen=True)
class JoinedRoom:
    """What a sync said of a room the bot is in; `gap_from` is set when older events were left out."""

    room_id: str
    state: Sequence[Event]
    timeline: Sequence[Event]
    gap_from: str | None = None


@dataclass(frozen=True)
class Invite:
    """An invitation of the bot; `direct` when meant as a private chat."""

    room_id: str
    inviter: str
    direct: bool


@dataclass(frozen=True)
class SyncBatch:
    """One sync answer; `position` is where the next one goes on."""

    position: str
    joined: Sequence[JoinedRoom] = ()
    invites: Sequence[Invite] = ()
    left: Sequence[str] = field(default=())


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

    async def login(self, device_id: str, password: str, device_name: str) -> Session:
        """Log in as this device."""
        self._client.device_id = device_id
        answer = await self._ask(self._client.login(password, device_name=device_name))
        self.user_id, self._ready = answer.user_id, True
        return Session(answer.user_id, answer.device_id, answer.access_token)

    async def whose(self, access_token: str) -> Session:
        """The session a token belongs to."""
        self._client.access_token = access_token
        answer = await self._ask(self._client.whoami())
        return Session(answer.user_id, answer.device_id or "", access_token)

    def restore(self, session: Session) -> None:
        """Go on with a kept session, without asking the server; after `login` there is nothing to do."""
        if self._ready:
            return
        self.user_id, self._ready = session.user_id, True
        self._client.restore_login(session.user_id, session.device_id, session.access_token)

    async def sync(self, since: str | None, *, full_state: bool, wait_seconds: float) -> SyncBatch:
        """What happened after `since`; without it the state of the rooms only, no history."""
        timeline = {"limit": 100 if since else 0}
        answer = await self._ask(
            self._client.sync(
                timeout=0 if full_state else int(wait_seconds * 1000),
                sync_filter={
                    "presence": _NOTHING,
                    "account_data": _NOTHING,
                    "room": {"timeline": timeline, "ephemeral": _NOTHING, "account_data": _NOTHING},
                },
                since=since,
                full_state=full_state,
            ),
            limit=_FIRST_SYNC_SECONDS,
        )
        return SyncBatch(
            position=answer.next_batch,
            joined=[self._joined(room_id, info) for room_id, info in answer.rooms.join.items()],
            invites=[i for r, info in answer.rooms.invite.items() for i in self._invites(r, info.invite_state)],
            left=list(answer.rooms.leave),
        )

    def _joined(self, room_id: str, info: Any) -> JoinedRoom:
        timeline = info.timeline
        gap = timeline.prev_batch if timeline.limited else None
        return JoinedRoom(room_id, _sources(info.state), _sources(timeline.events), gap)

    def _invites(self, room_id: str, state: Sequence[Any]) -> list[Invite]:
        mine = [
            event
            for event in state
            if isinstance(event, nio.InviteMemberEvent)
            and event.state_key == self.user_id
            and event.membership == "invite"
        ]
        return [Invite(room_id, event.sender, bool(event.content.get("is_direct"))) for event in mine[:1]]

    async def between(self, room_id: str, start: str, end: str) -> list[Event]:
        """All events of a room from one position to another, oldest first."""
        found: list[Event] = []
        while True:
            answer = await self._ask(
                self._client.room_messages(
                    room_id, start=start, end=end, direction=nio.MessageDirection.front, limit=100
                )
            )
            found += _sources(answer.chunk)
            if not answer.chunk or not answer.end or answer.end == start:
                return found
            start = answer.end

    async def event(self, room_id: str, event_id: str) -> Event:
        """One event of a room. MatrixError when the bot may not see it or it is gone."""
        answer = await self._ask(self._client.room_get_event(room_id, event_id), _EVENT_SECONDS)
        return _sources([answer.event])[0]

    async def send(self, room_id: str, content: Mapping[str, Any], tx_id: str) -> str:
        """Send a message and give its event id; the same `tx_id` again gives the same event."""
        answer = await self._ask(
            self._client.room_send(
                room_id, "m.room.message", dict(content), tx_id=tx_id, ignore_unverified_devices=True
            )
        )
        return str(answer.event_id)

    async def create_private_room(self, person: str) -> str:
        """A new room with one invited person, who may do there what the bot may."""
        answer = await self._ask(
            self._client.room_create(is_direct=True, invite=[person], preset=nio.RoomPreset.trusted_private_chat)
        )
        room_id = str(answer.room_id)
        # Until the next sync nio refuses to send to a room it has not seen. A server may encrypt new rooms by itself;
        # then that refusal stands, and the message goes after the sync.
        if not await self._encrypted(room_id):
            self._client.rooms.setdefault(room_id, nio.MatrixRoom(room_id, self.user_id))
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

    async def refuse(self, room_id: str) -> None:
        """Refuse an invitation, or leave, and forget the room."""
        await self._ask(self._client.room_leave(room_id))
        await self._ask(self._client.room_forget(room_id))

    async def resolve(self, alias: str) -> str:
        """The room id of an alias according to the directory of its server."""
        answer = await self._ask(self._client.room_resolve_alias(alias))
        return str(answer.room_id)

    async def keep_keys(self) -> None:
        """What encrypted rooms need after each sync."""
        client = self._client
        await self._ask_all(client.send_to_device_messages())
        if client.should_upload_keys:
            await self._ask(client.keys_upload())
        if client.should_query_keys:
            await self._ask(client.keys_query())
        if client.should_claim_keys:
            await self._ask(client.keys_claim(client.get_users_for_key_claiming()))

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
        except (nio.exceptions.ProtocolError, nio.exceptions.SendRetryError) as error:
            raise MatrixError(type(error).__name__, None, "nio would not send this") from error
        if isinstance(answer, nio.ErrorResponse):
            raise _error(answer)
        return answer

    async def _ask_all(self, requests: Awaitable[Sequence[Any]]) -> None:
        for answer in await self._ask(requests):
            if isinstance(answer, nio.ErrorResponse):
                raise _error(answer)


def _error(answer: Any) -> MatrixError:
    status = getattr(answer.transport_response, "status", None)
    after = answer.retry_after_ms / 1000 if answer.retry_after_ms else None
    return MatrixError(answer.status_code or "", status, answer.message, after)


def _sources(events: Sequence[Any]) -> list[Event]:
    return [event.source for event in events]
