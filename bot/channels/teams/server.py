"""The listening itself: a socket on this machine, served in the bot's own loop, tried before anyone relies on it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Iterator

import httpx
import uvicorn
from starlette.types import ASGIApp

from bot.channels.base import ChannelClosed
from bot.channels.teams.options import TeamsOptions

log = logging.getLogger("overlegbot.teams.server")

#: At once, the token of each still to be checked; more are told to come back.
_MOST_AT_ONCE = 200
_CLOSE_SECONDS = 3
_START_SECONDS = 10.0
_NOT_REACHABLE = 3


class _Quiet(uvicorn.Server):
    """Leaves the signals of the process to the bot."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Server:
    """`open` may be called again after `close`."""

    def __init__(self, app: ASGIApp, options: TeamsOptions) -> None:
        self._app = app
        self._options = options
        self._socket: socket.socket | None = None
        self._server: _Quiet | None = None
        self._serving: asyncio.Task[None] | None = None
        self.port = options.port

    async def open(self) -> None:
        """Listen, and see for oneself that a message without a token is turned away. ChannelClosed if not."""
        options = self._options
        family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
        try:
            self._socket = socket.create_server((options.host, options.port), family=family)
        except OSError as failure:
            why = f"cannot listen for Teams on {options.host} port {options.port}: {failure.strerror or failure}"
            raise ChannelClosed(why, _NOT_REACHABLE) from failure
        self.port = self._socket.getsockname()[1]
        self._server = _Quiet(
            uvicorn.Config(
                self._app,
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                proxy_headers=False,
                server_header=False,
                limit_concurrency=_MOST_AT_ONCE,
                timeout_graceful_shutdown=_CLOSE_SECONDS,
            )
        )
        self._serving = asyncio.ensure_future(self._server.serve([self._socket]))
        async with asyncio.timeout(_START_SECONDS):
            while not self._server.started and not self._serving.done():
                await asyncio.sleep(0.01)
        await self._prove()

    async def serve(self) -> None:
        """Serve until cancelled; opens again what ended."""
        if self._serving is None or self._serving.done():
            await self.close()
            await self.open()
        if self._serving is not None:
            await asyncio.wait([self._serving])
            self._serving.result()
            raise OSError("the server of the Teams edge ended")

    async def close(self) -> None:
        """Finish what is being answered and stop listening."""
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            with contextlib.suppress(Exception):
                await self._serving
        if self._socket is not None:
            self._socket.close()
        self._server = self._serving = self._socket = None

    async def _prove(self) -> None:
        """Never in use with an edge that lets anybody in, whatever made it so."""
        address = local_address(self._options.host, self.port)
        async with httpx.AsyncClient(timeout=_START_SECONDS, trust_env=False) as client:
            answer = await client.post(f"{address}{self._options.path}", json={"type": "message"})
        if answer.status_code != 401:
            await self.close()
            raise ChannelClosed(
                f"the Teams edge answers {answer.status_code} to a message without a token; not started"
            )


def local_address(host: str, port: int) -> str:
    """Where this machine finds what listens on that host and port."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{here}]:{port}" if ":" in here else f"http://{here}:{port}"
