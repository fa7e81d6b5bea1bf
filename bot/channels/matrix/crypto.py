"""nio's encryption, made careful. Each override says what nio does without it; the tests show it on a real server.

What anybody may send to this device, or sign as a key, must never stop the bot from hearing: a fault in one message or
one key costs that message or key only. Nobody is trusted by way of nio: it gives no keys away and verifies nobody."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import nio  # type: ignore[import-untyped]
from nio.crypto import Olm  # type: ignore[import-untyped]
from nio.exceptions import EncryptionError  # type: ignore[import-untyped]

logger = logging.getLogger(__name__)

_VERIFICATION = "m.key.verification."
_BEGINNINGS = (f"{_VERIFICATION}request", f"{_VERIFICATION}start")
_TEXT_LIMIT = 255
#: What a client may show of the reason.
NO_EMOJI = "a bot compares no emoji"


class CarefulOlm(Olm):  # type: ignore[misc]
    """The keys of this device, those of others, and what is done with what they send."""

    #: The server has no unused fallback key of this device: the next upload brings one.
    wants_fallback = False
    #: Who asked to compare emoji since this was last looked at.
    declined: tuple[str, ...] = ()

    def handle_to_device_event(self, event: Any) -> Any:
        """nio lets a malformed message end the sync, so that the same message is heard again for ever."""
        kind = event.source.get("type") if isinstance(getattr(event, "source", None), Mapping) else None
        if isinstance(event, nio.KeyVerificationEvent) or (isinstance(kind, str) and kind.startswith(_VERIFICATION)):
            self._decline(kind, event)
            return None
        if isinstance(event, nio.RoomKeyRequest | nio.RoomKeyRequestCancellation):
            return None  # keys are given to the devices in a room, and to nobody who asks
        try:
            return super().handle_to_device_event(event)
        except Exception as error:
            logger.warning("Matrix: a message to this device cannot be used (%s)", type(error).__name__)
            if isinstance(event, nio.OlmEvent):
                self._mark_device_for_unwedging(event.sender, event.sender_key)
            return None

    def _decline(self, kind: str | None, event: Any) -> None:
        """The comparison of emoji is wrong in nio 0.26: nobody is verified that way, and whoever asks hears so."""
        content = event.source.get("content")
        if kind not in _BEGINNINGS or not isinstance(content, Mapping):
            return
        device, transaction = content.get("from_device"), content.get("transaction_id")
        if all(isinstance(text, str) and 0 < len(text) <= _TEXT_LIMIT for text in (device, transaction)):
            refusal = {"transaction_id": transaction, "code": "m.user", "reason": NO_EMOJI}
            self.outgoing_to_device_messages.append(
                nio.ToDeviceMessage(f"{_VERIFICATION}cancel", event.sender, device, refusal)
            )
            self.declined = (*self.declined, event.sender)

    def take_declined(self) -> tuple[str, ...]:
        """Who was declined since the last time."""
        found, self.declined = self.declined, ()
        return tuple(dict.fromkeys(found))

    def decrypt_megolm_event(self, event: Any, room_id: str | None = None) -> Any:
        """nio believes whatever sender the server names; here the key must be one of that sender's devices.

        Raises EncryptionError when it cannot be read, or not yet.
        """
        try:
            clear = super().decrypt_megolm_event(event, room_id)
        except EncryptionError:
            raise
        except Exception as error:
            raise EncryptionError(type(error).__name__) from error
        if isinstance(clear, nio.BadEvent | nio.UnknownBadEvent):
            raise EncryptionError("what was encrypted is no event")
        session = self.inbound_group_store.get(room_id or event.room_id, event.sender_key, event.session_id)
        mine = event.sender == self.user_id and event.sender_key == self.account.identity_keys["curve25519"]
        if not mine and not self._belongs(event.sender, event.sender_key, session.ed25519):
            self.users_for_key_query.add(event.sender)
            raise EncryptionError("the key is of no known device of the sender")
        return clear

    def _belongs(self, user_id: str, curve25519: str, ed25519: str) -> bool:
        """Whether a device of this person has, or had, these keys."""
        devices = self.device_store[user_id].values()
        return any(device.curve25519 == curve25519 and device.ed25519 == ed25519 for device in devices)

    def _handle_key_claiming(self, response: Any) -> None:
        """nio lets one malformed key end the sending to everybody."""
        for user_id, devices in response.one_time_keys.items():
            for device_id, keys in devices.items():
                try:
                    super()._handle_key_claiming(SimpleNamespace(one_time_keys={user_id: {device_id: keys}}))
                except Exception as error:
                    logger.warning("Matrix: a key of %s cannot be used (%s)", user_id, type(error).__name__)

    def _handle_key_query(self, response: Any) -> None:
        changed: dict[str, Any] = {}
        for user_id, devices in response.device_keys.items():
            one = SimpleNamespace(device_keys={user_id: devices}, changed={})
            try:
                super()._handle_key_query(one)
            except Exception as error:
                logger.warning("Matrix: the devices of %s cannot be used (%s)", user_id, type(error).__name__)
            changed |= one.changed
        response.changed = changed

    @property
    def should_upload_keys(self) -> bool:
        return bool(super().should_upload_keys) or self.wants_fallback

    def share_keys(self) -> dict[str, Any]:
        """nio makes no fallback key: when fifty people wrote while the bot was down, the next one could not."""
        content: dict[str, Any] = super().share_keys() if super().should_upload_keys else {}
        if self.wants_fallback:
            account = self.account._account
            if not account.fallback_key:
                account.generate_fallback_key()
            content["fallback_keys"] = {
                f"signed_curve25519:{name}": self._signed({"key": key.to_base64(), "fallback": True})
                for name, key in account.fallback_key.items()
            }
            self.save_account()
        return content

    def _signed(self, key: dict[str, Any]) -> dict[str, Any]:
        return {**key, "signatures": {self.user_id: {f"ed25519:{self.device_id}": self.sign_json(key)}}}

    def handle_response(self, response: Any) -> None:
        super().handle_response(response)
        if isinstance(response, nio.KeysUploadResponse):
            self.wants_fallback = False

    def skip_keys(self) -> None:
        """After a refused upload: the server has keys of these numbers, since this store is an older copy."""
        self.mark_keys_as_published()
        self.save_account()


def careful(client: Any) -> None:
    """Once the store of a client is loaded."""
    client.olm.__class__ = CarefulOlm


def decrypt(client: Any, room_id: str, source: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What an encrypted event says, or None when it cannot be read, or not yet.

    nio reads an event only in the sync that brings it first, and only with the sender key and device in the clear,
    which clients need not send any more; the session names both.
    """
    content = source.get("content")
    if not isinstance(content, Mapping) or content.get("algorithm") != "m.megolm.v1.aes-sha2":
        return None
    olm, session_id = client.olm, content.get("session_id")
    found = (s for sessions in olm.inbound_group_store[room_id].values() for s in sessions.values())
    session = next((s for s in found if s.id == session_id), None)
    if session is None:
        return None
    completed = {**content, "sender_key": session.sender_key, "device_id": content.get("device_id") or ""}
    event = nio.MegolmEvent.from_dict({**source, "content": completed})
    if not isinstance(event, nio.MegolmEvent):
        return None
    event.room_id = room_id
    try:
        clear = olm.decrypt_megolm_event(event)
    except EncryptionError:
        return None
    return {**clear.source, "room_id": room_id}
