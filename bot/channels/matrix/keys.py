"""The keys of encrypted rooms: kept up after each sync, and with everybody before something is said."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from bot.channels.matrix.errors import MatrixError

logger = logging.getLogger(__name__)

#: How often somebody without a usable key, or whose server is away, is asked again.
_AGAIN_SECONDS = 600.0
#: How often the fallback key is looked after; when it was used there is a new one.
_FALLBACK_SECONDS = 6 * 3600.0


class KeyKeeper:
    """`ask` makes one request of nio, `request` one of ours: method, path, body, query. Both raise MatrixError."""

    def __init__(
        self,
        client: Any,
        ask: Callable[[Awaitable[Any]], Awaitable[Any]],
        request: Callable[..., Awaitable[dict[str, Any]]],
    ) -> None:
        self._client = client
        self._ask = ask
        self._request = request
        self._fallback_at = 0.0
        self._silent: dict[str, float] = {}
        self._claimed: dict[str, float] = {}
        self._sharing: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def counted(self, left: int | None) -> None:
        """What a sync said of the one-time keys on the server: when there are few, new ones are brought."""
        if left is not None:
            self._client.olm.uploaded_key_count = left

    async def keep(self) -> None:
        """Upload, ask for and claim what is due. MatrixError when the server is in the way: the next sync goes on."""
        client = self._client
        await self._send_to_devices()
        if time.monotonic() >= self._fallback_at:
            client.olm.wants_fallback = not await self._unused_fallback()
            self._fallback_at = time.monotonic() + _FALLBACK_SECONDS
        if client.should_upload_keys:
            await self._upload()
        await self._learn_devices()
        if client.should_claim_keys:
            await self._claim(client.get_users_for_key_claiming())

    async def _unused_fallback(self) -> bool:
        none = {"not_types": ["*"]}
        nothing = json.dumps({"room": {"rooms": []}, "presence": none, "account_data": none})
        answer = await self._request("GET", "v3/sync", None, filter=nothing, timeout="0")
        # A server that says nothing of them knows none.
        return "signed_curve25519" in answer.get("device_unused_fallback_key_types", ["signed_curve25519"])

    async def _upload(self) -> None:
        olm = self._client.olm
        try:
            await self._ask(self._client.keys_upload())
        except MatrixError as error:
            if error.status == 400 and olm.account.shared:
                olm.skip_keys()
            raise

    async def _learn_devices(self) -> None:
        """The devices of everybody whose list changed; a server that is away is not waited for each time."""
        now = time.monotonic()
        self._silent = {user: at for user, at in self._silent.items() if now - at < _AGAIN_SECONDS}
        asked = set(self._client.users_for_key_query)
        if asked - self._silent.keys():
            await self._ask(self._client.keys_query())
            # Who came in meanwhile was not asked about.
            self._silent |= dict.fromkeys(asked & self._client.users_for_key_query, now)

    async def share(self, room_id: str) -> None:
        """Give the key of an encrypted room to every device in it, if one of them lacks it. MatrixError if not now.

        nio counts a key as given when the server refused to carry it, and shuts a room for good when the claiming of
        keys failed once; and it does not look at new devices before it speaks.
        """
        client, olm = self._client, self._client.olm
        room = client.rooms.get(room_id)
        if olm is None or room is None or not room.encrypted:
            return
        async with self._sharing[room_id]:
            if not room.members_synced:
                await self._ask(client.joined_members(room_id))
            await self._learn_devices()
            if not olm.should_share_group_session(room_id) and not await self._claimed_more(room_id):
                return
            if missing := client.get_missing_sessions(room_id):
                self._claimed[room_id] = time.monotonic()
                await self._claim(missing)
            parcels = olm.share_group_session_parallel(room_id, list(room.users), ignore_unverified_devices=True)
            for shared_with, content in parcels:
                await self._request("PUT", f"v3/sendToDevice/m.room.encrypted/{uuid4()}", content)
                olm.outbound_group_sessions[room_id].users_shared_with.update(shared_with)
            olm.outbound_group_sessions[room_id].shared = True

    async def _claimed_more(self, room_id: str) -> bool:
        """Whether a device that had no key to begin with has one now; then the room gets a new key."""
        missing = self._client.get_missing_sessions(room_id)
        if not missing or time.monotonic() - self._claimed.get(room_id, 0.0) < _AGAIN_SECONDS:
            return False
        self._claimed[room_id] = time.monotonic()
        await self._claim(missing)
        return bool(self._client.get_missing_sessions(room_id) != missing)

    # These two without nio, which breaks on the answer when a server refuses.
    async def _claim(self, devices: Mapping[str, Sequence[str]]) -> None:
        """A one-time key of each of these devices, for a first message to it."""
        wanted = {user: dict.fromkeys(names, "signed_curve25519") for user, names in devices.items()}
        answer = await self._request("POST", "v3/keys/claim", {"timeout": 10_000, "one_time_keys": wanted})
        self._client.olm._handle_key_claiming(SimpleNamespace(one_time_keys=answer.get("one_time_keys", {})))

    async def _send_to_devices(self) -> None:
        for message in list(self._client.outgoing_to_device_messages):
            try:
                await self._request("PUT", f"v3/sendToDevice/{message.type}/{uuid4()}", message.as_dict())
            except MatrixError as error:
                if error.passing or error.token_gone:
                    raise
                logger.warning("Matrix: a message to a device of %s was refused: %s", message.recipient, error)
            self._client.olm._mark_to_device_message_as_sent(message)
