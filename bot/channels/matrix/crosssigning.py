"""Cross-signing: the keys that say which devices are the bot's. Pure; asks nobody, writes nothing.

A client that is careful reads and writes to devices only that their owner signed. Three seeds are the bot's identity:
with them every new device is trusted at once, without them people see that "the identity has changed"."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from secrets import token_bytes
from typing import Any

from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa

from bot.channels.outside import as_dict

_USAGES = ("master", "self_signing", "user_signing")
_SEED_BYTES = 32


class Standing(StrEnum):
    """What the server says of a device and of the keys that should sign it."""

    SIGNED = "signed"
    UNSIGNED = "unsigned"  # the keys are ours, or there are none: it can be mended
    FOREIGN = "foreign"  # the account has a master key that is not ours


@dataclass(frozen=True)
class Device:
    """A device of the bot: its name and its two public keys (unpadded base64)."""

    user_id: str
    device_id: str
    ed25519: str
    curve25519: str

    @property
    def fingerprint(self) -> str:
        """The signing key in groups of four, as clients show it."""
        return grouped(self.ed25519)


@dataclass(frozen=True)
class Seeds:
    """The secret halves of the three keys of an account."""

    user_id: str
    master: bytes = field(repr=False)
    self_signing: bytes = field(repr=False)
    user_signing: bytes = field(repr=False)

    @classmethod
    def new(cls, user_id: str) -> Seeds:
        """Fresh ones, from the randomness of the system."""
        return cls(user_id, *(token_bytes(_SEED_BYTES) for _ in _USAGES))

    @classmethod
    def from_json(cls, text: str) -> Seeds:
        """What `to_json` wrote. ValueError when it is something else."""
        try:
            found = json.loads(text)
            seeds = [b64decode(found[usage], validate=True) for usage in _USAGES]
            user_id = found["user_id"]
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError("not the seeds of cross-signing keys") from error
        if not isinstance(user_id, str) or any(len(seed) != _SEED_BYTES for seed in seeds):
            raise ValueError("not the seeds of cross-signing keys")
        return cls(user_id, *seeds)

    def to_json(self) -> str:
        """For the file that belongs in the backup."""
        return json.dumps({"user_id": self.user_id, **{u: b64encode(getattr(self, u)).decode() for u in _USAGES}})

    def public(self, usage: str) -> str:
        """The public half of one of the three, unpadded base64."""
        return _unpadded(self._key(usage).public_key().export_key(format="raw"))

    @property
    def fingerprint(self) -> str:
        """The master key in groups of four: the identity of the bot."""
        return grouped(self.public("master"))

    def _key(self, usage: str) -> ECC.EccKey:
        return ECC.construct(curve="Ed25519", seed=getattr(self, usage))

    def signed(self, usage: str, thing: Mapping[str, Any]) -> dict[str, Any]:
        """The same JSON object with the signature of one of the three added to those it has."""
        signature = _unpadded(eddsa.new(self._key(usage), "rfc8032").sign(canonical(thing)))
        others = thing.get("signatures", {})
        mine = {**others.get(self.user_id, {}), f"ed25519:{self.public(usage)}": signature}
        return {**thing, "signatures": {**others, self.user_id: mine}}

    def public_keys(self) -> dict[str, Any]:
        """What is uploaded: three public keys, the two lower ones signed by the master key."""
        keys = {}
        for usage in _USAGES:
            public = self.public(usage)
            key = {"user_id": self.user_id, "usage": [usage], "keys": {f"ed25519:{public}": public}}
            keys[f"{usage}_key"] = key if usage == "master" else self.signed("master", key)
        return keys


@dataclass(frozen=True)
class Judgement:
    """`standing` of the device; `keys` whether the server has our three keys as they should be; `device` its keys
    there, or None when it has none; `same_device` False when it has other keys under this name: the store was lost."""

    standing: Standing
    keys: bool
    device: Mapping[str, Any] | None
    same_device: bool
    master: str | None


def judge(seeds: Seeds | None, device: Device, answer: Mapping[str, Any]) -> Judgement:
    """What an answer to a query for the keys of the bot's own account means. Believes no key that is not signed."""
    me = device.user_id
    there = _part(answer, "device_keys", me).get(device.device_id)
    uploaded = there if isinstance(there, Mapping) else None
    theirs = _part(uploaded or {}, "keys").get(f"ed25519:{device.device_id}")
    same = uploaded is None or theirs == device.ed25519
    masters = [key for key in _part(answer, "master_keys", me, "keys").values() if isinstance(key, str)]
    master = masters[0] if masters else None
    if master is not None and (seeds is None or master != seeds.public("master")):
        return Judgement(Standing.FOREIGN, False, uploaded, same, master)
    if seeds is None or master is None:
        return Judgement(Standing.UNSIGNED, False, uploaded, same, master)
    keys = all(
        _is_signed(_part(answer, f"{usage}_keys", me), me, seeds.public("master"))
        and seeds.public(usage) in _part(answer, f"{usage}_keys", me, "keys").values()
        for usage in _USAGES[1:]
    )
    signed = uploaded is not None and same and _is_signed(uploaded, me, seeds.public("self_signing"))
    standing = Standing.SIGNED if keys and signed else Standing.UNSIGNED
    return Judgement(standing, keys, uploaded, same, master)


def canonical(thing: Mapping[str, Any]) -> bytes:
    """Canonical JSON without what a signature leaves out."""
    bare = {key: value for key, value in thing.items() if key not in ("signatures", "unsigned")}
    return json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def grouped(key: str) -> str:
    """A key in groups of four, to be read aloud."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def _is_signed(thing: Mapping[str, Any], by: str, public: str) -> bool:
    signature = _part(thing, "signatures", by).get(f"ed25519:{public}")
    if not isinstance(signature, str):
        return False
    try:
        eddsa.new(eddsa.import_public_key(_padded(public)), "rfc8032").verify(canonical(thing), _padded(signature))
    except ValueError:
        return False
    return True


def _part(thing: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    for step in path:
        thing = as_dict(thing.get(step))
    return thing


def _unpadded(raw: bytes) -> str:
    return b64encode(raw).decode().rstrip("=")


def _padded(text: str) -> bytes:
    return b64decode(text + "=" * (-len(text) % 4))
