"""The keys that sign what Teams sends, in memory. They are fetched beside everything else: no request waits for a key
server that hangs, but for one whose key is unknown, and that one a few seconds at most."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from dataclasses import dataclass

import httpx
import jwt

from bot.channels.outside import as_dict, as_list

log = logging.getLogger("overlegbot.teams.keys")

#: Keys are asked for again so often; after a failure sooner. Older ones than a day are not believed any more.
_FRESH_SECONDS = 3600.0
_AGAIN_SECONDS = 60.0
_OLDEST_SECONDS = 24 * 3600.0
#: An unknown key makes the ring look for newer ones, not more often than this, and waited for so long at most.
_COOL_SECONDS = 30.0
_PATIENCE_SECONDS = 3.0
_TIMEOUT_SECONDS = 10.0
_MOST_BYTES = 1_000_000
_CHANNEL = "msteams"


@dataclass(frozen=True)
class Signer:
    """One public key, and whether it may sign for Teams: a key may name the channels it vouches for."""

    key: jwt.PyJWK
    vouches: bool


class KeyRing:
    """The keys at one address. `start` begins the fetching, `stop` ends it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._keys: dict[str, Signer] = {}
        self._fetched = float("-inf")
        self._tried = float("-inf")
        self._fetching: asyncio.Task[None] | None = None
        self._keeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Fetch in the background from now on. Waits a few seconds for the first keys, and does without if need be."""
        self._keeper = asyncio.ensure_future(self._keep())
        await self._newer()

    async def stop(self) -> None:
        """No more fetching; may be called twice."""
        for task in (self._keeper, self._fetching):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        self._keeper = self._fetching = None

    async def signer(self, kid: str) -> Signer | None:
        """The key with that id, from memory. An unknown one is looked for once in half a minute."""
        if time.monotonic() - self._fetched > _OLDEST_SECONDS:
            self._keys = {}
        if kid not in self._keys and time.monotonic() - self._tried >= _COOL_SECONDS:
            await self._newer()
        return self._keys.get(kid)

    async def _newer(self) -> None:
        """Wait, for a while, for the fetch that runs or begins now; it goes on when nobody waits for it any more."""
        if self._fetching is None or self._fetching.done():
            self._tried = time.monotonic()
            self._fetching = asyncio.ensure_future(self._fetch())
        await asyncio.wait([self._fetching], timeout=_PATIENCE_SECONDS)

    async def _keep(self) -> None:
        while True:
            fresh = time.monotonic() - self._fetched < _FRESH_SECONDS
            await asyncio.sleep(_FRESH_SECONDS if fresh else _AGAIN_SECONDS)
            await self._newer()

    async def _fetch(self) -> None:
        try:
            async with asyncio.timeout(_TIMEOUT_SECONDS), httpx.AsyncClient(timeout=_TIMEOUT_SECONDS) as client:
                answer = await client.get(self._url)
                answer.raise_for_status()
                if len(answer.content) > _MOST_BYTES:
                    raise ValueError("too large")
                found = signers(answer.json())
        except Exception as error:
            # Whatever the key server answers: the keys that are known stay.
            log.warning("the keys of Teams are not to be had: %s", type(error).__name__)
            return
        self._keys, self._fetched = found, time.monotonic()


def signers(document: object) -> dict[str, Signer]:
    """The RSA keys of a key document by their ids. ValueError when there is none in it."""
    found: dict[str, Signer] = {}
    for raw in as_list(as_dict(document).get("keys")):
        if not isinstance(raw, dict) or raw.get("kty") != "RSA" or not isinstance(raw.get("kid"), str):
            continue
        endorsed = raw.get("endorsements")
        vouches = _CHANNEL in endorsed if isinstance(endorsed, list) else True
        found[raw["kid"]] = Signer(jwt.PyJWK.from_dict(raw, algorithm="RS256"), vouches)
    if not found:
        raise ValueError("no keys")
    return found
