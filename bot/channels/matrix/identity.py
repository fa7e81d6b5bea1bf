"""The bot's identity on the server: brought in order at every start, or looked at without changing anything."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.base import ChannelClosed
from bot.channels.matrix.crosssigning import Device, Judgement, Seeds, Standing, grouped, judge
from bot.channels.matrix.errors import MatrixError
from bot.channels.matrix.session import SessionStore
from bot.channels.matrix.transport import Transport

logger = logging.getLogger(__name__)

FOREIGN = (
    "the account {user} has a master key that is not this bot's ({theirs}): somebody made it in another client, or "
    "cross-signing.json was lost. Put cross-signing.json back from the backup; or, if that key may go, run "
    "`overlegbot matrix verify --reset`: people will see that the identity of the bot has changed"
)


@dataclass(frozen=True)
class Identity:
    """This device, how it stands, the fingerprint of the bot's master key, and what is in the way of signing it."""

    device: Device
    standing: Standing
    master: str = ""
    why: str = ""

    @property
    def signed(self) -> bool:
        """Nothing is left to do."""
        return self.standing is Standing.SIGNED

    def to_json(self) -> str:
        """For `!status`: nothing in it is secret."""
        return json.dumps(
            {
                "device": self.device.device_id,
                "fingerprint": self.device.fingerprint,
                "identity": self.master,
                "signed": self.signed,
            }
        )


def report(identity: Identity) -> list[str]:
    """What `overlegbot matrix` prints."""
    state = {
        Standing.SIGNED: "signed: people whose client trusts only signed devices read the bot and are read",
        Standing.UNSIGNED: "NOT signed: people whose client trusts only signed devices do not see the bot",
        Standing.FOREIGN: "NOT signed: the account has a master key that is not this bot's",
    }[identity.standing]
    return [
        f"account      {identity.device.user_id}",
        f"device       {identity.device.device_id}",
        f"fingerprint  {identity.device.fingerprint}",
        f"identity     {identity.master or 'none yet'}",
        f"state        {state}",
        *([f"             {identity.why}"] if identity.why else []),
    ]


class StoreLost(Exception):
    """The server has other keys of this device than the store: the device can never read again."""


async def settle(transport: Transport, store: SessionStore, password: str | None) -> Identity:
    """Make or keep the three keys, have the server hold them, and sign this device; what is right stays as it is.

    Raises StoreLost, ChannelClosed for a master key that is not ours, and MatrixError when it is worth another try.
    What the server refuses for good is in `why`: the bot works without, for those who are not careful.
    """
    device = transport.device
    store.save_device(device)
    try:
        found = judge(store.seeds(), device, await transport.own_keys())
        if not found.same_device:
            raise StoreLost
        if found.standing is Standing.FOREIGN:
            raise foreign(device, found)
        if found.device is None:
            await transport.publish_device()
            found = judge(store.seeds(), device, await transport.own_keys())
        if found.standing is Standing.SIGNED:
            return _identity(device, store, found)
        why = await _mend(transport, store, found, password)
        found = judge(store.seeds(), device, await transport.own_keys())
    except MatrixError as error:
        if error.token_gone or error.passing:
            raise
        logger.warning("Matrix: the device is not signed: %s", error)
        return Identity(device, Standing.UNSIGNED, why=str(error))
    if found.standing is Standing.SIGNED:
        logger.info("Matrix: device %s is signed by the bot's own identity", device.device_id)
    else:
        logger.warning("Matrix: device %s is not signed: %s", device.device_id, why)
    return _identity(device, store, found, why)


async def look(transport: Transport, store: SessionStore, device: Device) -> Identity:
    """How this device stands, without changing anything. Raises MatrixError."""
    found = judge(store.seeds(), device, await transport.own_keys())
    why = "" if found.same_device else "the server has other keys of this device: the encryption store was lost"
    if found.standing is Standing.UNSIGNED and not why:
        why = "`overlegbot run` signs it at the start, and its log says what is in the way"
    if found.standing is Standing.FOREIGN:
        why = str(foreign(device, found))
    return _identity(device, store, found, why)


async def reset(transport: Transport, store: SessionStore, password: str | None) -> Identity:
    """Replace the master key of the account, whosever it is, by one of the bot's own. Raises MatrixError."""
    seeds = store.seeds() or Seeds.new(transport.user_id)
    store.save_seeds(seeds)
    if why := await _upload(transport, seeds, password):
        return Identity(transport.device, Standing.FOREIGN, why=why)
    return await settle(transport, store, password)


def foreign(device: Device, found: Judgement) -> ChannelClosed:
    """What to say of a master key that is not ours."""
    return ChannelClosed(FOREIGN.format(user=device.user_id, theirs=grouped(found.master or "")))


async def _mend(transport: Transport, store: SessionStore, found: Judgement, password: str | None) -> str:
    """What is in the way, or ""."""
    seeds = store.seeds()
    if seeds is None:
        seeds = Seeds.new(transport.user_id)
        store.save_seeds(seeds)  # before the server has them: a crash in between must not make them foreign
    if seeds.user_id != transport.user_id:
        return f"cross-signing.json belongs to {seeds.user_id}"
    if not found.keys and (why := await _upload(transport, seeds, password)):
        return why
    if found.device is None:
        return "the server does not have the keys of the device"
    return await _sign(transport, seeds, found.device)


async def _upload(transport: Transport, seeds: Seeds, password: str | None) -> str:
    """Give the server the public keys, with the password if it asks for one; what is in the way, or ""."""
    body = seeds.public_keys()
    path = "v3/keys/device_signing/upload"
    status, answer = await transport.call("POST", path, body)
    stages = [flow.get("stages") for flow in answer.get("flows", []) if isinstance(flow, Mapping)]
    if status == 401 and stages:
        if password is None or ["m.login.password"] not in stages:
            return (
                "the server wants proof before it takes the keys of the bot; "
                "run `overlegbot matrix login` again with the password, or allow it on the server for this account"
            )
        identifier = {"type": "m.id.user", "user": transport.user_id}
        proof = {"type": "m.login.password", "identifier": identifier, "password": password}
        status, answer = await transport.call("POST", path, {**body, "auth": {**proof, "session": answer["session"]}})
        if status == 401:
            return "the server does not accept the password as proof for the keys of the bot"
    if status >= 400:
        raise MatrixError(str(answer.get("errcode", "")), status, "the cross-signing keys were not taken")
    return ""


async def _sign(transport: Transport, seeds: Seeds, device: Mapping[str, Any]) -> str:
    me, mine = transport.user_id, transport.device
    keys = device.get("keys")
    if not isinstance(keys, Mapping) or keys.get(f"curve25519:{mine.device_id}") != mine.curve25519:
        return "the server shows other keys of the device than the bot has"
    bare = {key: device[key] for key in ("algorithms", "device_id", "user_id", "keys") if key in device}
    master = seeds.public_keys()["master_key"]
    signed = {mine.device_id: seeds.signed("self_signing", bare), seeds.public("master"): transport.sign(master)}
    answer = await transport.ask("POST", "v3/keys/signatures/upload", {me: signed})
    return "the server refused the signatures" if answer.get("failures") else ""


def _identity(device: Device, store: SessionStore, found: Judgement, why: str = "") -> Identity:
    seeds = store.seeds()
    return Identity(device, found.standing, seeds.fingerprint if seeds else "", why)
