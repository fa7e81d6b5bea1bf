"""A person with the crypto engine of the reference clients, in a node process."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.matrix.lines import NodeProcess
from tests.synapse import Synapse

_SCRIPT = Path(__file__).parents[1] / "reference" / "client.mjs"
Heard = dict[str, Any]


class ReferencePerson:
    """One device of a person. `heard` are the messages it saw, each once it could be read or could not."""

    def __init__(self, server: Synapse, user_id: str, password: str) -> None:
        self._server = server
        self._process: NodeProcess | None = None
        self.user_id = user_id
        self.password = password
        self.device = ""
        self.token = ""
        self.heard: dict[str, Heard] = {}
        self._news = asyncio.Condition()

    @classmethod
    async def log_in(
        cls, server: Synapse, user_id: str, password: str, *, sign: bool = True, careful: bool = False
    ) -> ReferencePerson:
        """A new device of this person. `sign`: with an identity that signs it. `careful`: signed devices only."""
        person = cls(server, user_id, password)
        person._process = await NodeProcess.start(_SCRIPT, person._hear)
        try:
            made = await person.do("login", url=server.url, user=user_id, password=password, sign=sign)
            person.device, person.token = made["device"], made["token"]
            if careful:
                await person.do("careful", on=True)
        except BaseException:
            await person.close()
            raise
        return person

    async def do(self, what: str, *, within: float = 60, **given: Any) -> Any:
        """One action of `tests/reference/client.mjs`. RuntimeError with what it says went wrong."""
        assert self._process is not None
        return await self._process.do(what, within=within, **given)

    async def room(self, *invite: str, encrypted: bool = True, **settings: Any) -> str:
        """A room of this person."""
        return str(await self.do("room", invite=list(invite), encrypted=encrypted, **settings))

    async def say(self, room: str, text: str, **more: Any) -> str:
        """A message, encrypted where the room is."""
        return str(await self.do("say", room=room, content={"body": text, **more}))

    async def messages(self, room: str) -> list[Heard]:
        """Everything that was said in a room, oldest first."""
        return list(await self.do("messages", room=room))

    async def trust(self, user_id: str, device: str) -> dict[str, Any]:
        """What this client thinks of somebody's identity and device."""
        return dict(await self.do("trust", user=user_id, device=device))

    async def file(self, heard: Heard) -> bytes:
        """What an encrypted file holds."""
        return b64decode(await self.do("file", content=heard["content"]))

    async def wait_for(self, wanted: Callable[[Heard], bool], *, within: float = 30) -> Heard:
        """The first message heard that is wanted. TimeoutError when none comes."""

        def found() -> Heard | None:
            return next((heard for heard in self.heard.values() if wanted(heard)), None)

        async with self._news:
            try:
                async with asyncio.timeout(within):
                    await self._news.wait_for(lambda: found() is not None)
            except TimeoutError:
                raise TimeoutError(f"not heard; heard: {[_short(one) for one in self.heard.values()]}") from None
        one = found()
        assert one is not None
        return one

    async def answer_to(self, event_id: str, sender: str, *, within: float = 30) -> Heard:
        """What this sender answered to an event."""
        return await self.wait_for(lambda heard: heard["sender"] == sender and _answers(heard, event_id), within=within)

    async def _hear(self, news: Heard) -> None:
        async with self._news:
            self.heard[news["heard"]["id"]] = news["heard"]
            self._news.notify_all()

    async def close(self) -> None:
        """End the process."""
        if self._process is not None:
            await self._process.close()


def _answers(heard: Heard, event_id: str) -> bool:
    return ((heard["relates"] or {}).get("m.in_reply_to") or {}).get("event_id") == event_id


def _short(heard: Heard) -> str:
    return f"{heard['sender']}: {heard['failed'] or heard['content'].get('body', heard['type'])!s:.60}"
