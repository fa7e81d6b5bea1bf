"""A reverse proxy on loopback that can be told to answer something else for a while, as the real ones do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web


@dataclass
class Trouble:
    """For requests with `path` in their address: answer `status` with `body`, `times` times. With `late` the request
    does reach the server, only its answer is lost."""

    path: str
    status: int
    body: str | dict[str, Any] = "<html>Bad Gateway</html>"
    times: int = 1
    late: bool = False


Forward = Callable[[web.Request], Awaitable[web.Response]]


@dataclass
class Proxy:
    """`url` stands for the homeserver; `requests` counts what came by, by method and path.

    `hook` may do something around a request: it gets what forwards it, and gives the answer.
    """

    url: str = ""
    hook: Callable[[web.Request, Forward], Awaitable[web.Response]] | None = None
    troubles: list[Trouble] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def asked(self, path: str) -> int:
        """How many requests had this in their path."""
        return sum(path in request for request in self.requests)


@asynccontextmanager
async def proxy(target: str) -> AsyncIterator[Proxy]:
    """Run the proxy in front of a server."""
    state = Proxy()
    async with aiohttp.ClientSession(auto_decompress=False) as http:

        async def handle(request: web.Request) -> web.StreamResponse:
            state.requests.append(f"{request.method} {request.path}")
            trouble = next((t for t in state.troubles if t.times > 0 and t.path in request.path), None)
            if trouble is not None:
                trouble.times -= 1
                if not trouble.late:
                    return _answer(trouble)
            if state.hook is not None:
                return await state.hook(request, forward)
            return await forward(request, trouble)

        async def forward(request: web.Request, trouble: Trouble | None = None) -> web.Response:
            headers = {k: v for k, v in request.headers.items() if k.lower() not in ("host", "content-length")}
            body = await request.read()
            async with http.request(request.method, target + request.raw_path, data=body, headers=headers) as answer:
                content = await answer.read()
                if trouble is not None:
                    return _answer(trouble)
                return web.Response(status=answer.status, body=content, content_type=answer.content_type)

        app = web.Application()
        app.router.add_route("*", "/{path:.*}", handle)
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        state.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield state
        finally:
            await runner.cleanup()


def _answer(trouble: Trouble) -> web.Response:
    if isinstance(trouble.body, dict):
        return web.json_response(trouble.body, status=trouble.status)
    return web.Response(status=trouble.status, text=trouble.body, content_type="text/html")
