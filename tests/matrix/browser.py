"""A person at a browser with the web client: Chromium without a window, driven by a node process."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.matrix.lines import NodeProcess

_WEB = Path(__file__).parents[1] / "web"
CLIENT = _WEB / "dist"
_NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Shown:
    """A message as the browser shows it: its text, and which HTML elements are in it."""

    text: str
    elements: frozenset[str]


class Browser:
    """One window; with `pictures` every `look` is kept there."""

    def __init__(self, process: NodeProcess, pictures: Path | None) -> None:
        self._process = process
        self._pictures = pictures

    async def log_in(self, address: str, user: str, password: str) -> None:
        """Open the web client there and log in."""
        await self._process.do("open", executable=chromium(), url=address)
        await self._process.do("login", user=user, password=password)

    async def enter(self, room: str) -> None:
        """Go to a room of the list."""
        await self._process.do("room", name=room)

    async def accept(self, inviter: str) -> None:
        """Accept an invitation, once it is there, and go to that room."""
        await self._process.do("accept", name=inviter)

    async def say(self, text: str) -> None:
        """Type a message and send it."""
        await self._process.do("say", text=text)

    async def look(self, words: str) -> Shown:
        """The last message with these words, once it is there. RuntimeError when it does not come."""
        found = await self._process.do("sees", words=words)
        if self._pictures is not None:
            name = "".join(letter if letter.isalnum() else "-" for letter in words)
            await self._process.do("screenshot", path=str(self._pictures / f"{name}.png"))
        return Shown(found["text"], frozenset(found["elements"]))

    async def invites_encryption(self) -> bool:
        """Whether the client says that what is typed here goes out encrypted."""
        return "encrypted" in await self._process.do("prompt")


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """A window, closed at the end; SCREENSHOTS names a folder for pictures. RuntimeError with what is missing."""
    chromium()
    if not (CLIENT / "index.html").is_file():
        raise RuntimeError("the web client is not built: make test-install")
    pictures = Path(os.environ["SCREENSHOTS"]) if "SCREENSHOTS" in os.environ else None
    process = await NodeProcess.start(_WEB / "browser.mjs")
    try:
        yield Browser(process, pictures)
        await process.do("stop")
    finally:
        await process.close()


def chromium() -> str:
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise RuntimeError("there is no Chromium on this machine (Debian, Ubuntu: apt install chromium)")
    return found
