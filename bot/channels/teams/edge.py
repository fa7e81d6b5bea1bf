"""The HTTP edge: token, size, JSON, address and organisation are checked in this order, and what is left is stored
before Teams gets its answer."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.outside import as_dict
from bot.channels.teams.bearer import NotTeams, service_of
from bot.channels.teams.keys import KeyRing
from bot.channels.teams.options import TeamsOptions

log = logging.getLogger("overlegbot.teams.edge")

Activity = Mapping[str, Any]
#: Stores what was heard; gives what an invoke is answered with, or None.
Take = Callable[[Activity], Awaitable[Mapping[str, Any] | None]]

#: An activity with a long message and a quoted one is some tens of kilobytes.
MOST_BYTES = 262_144
_BODY_SECONDS = 10.0


def edge(options: TeamsOptions, ring: KeyRing, take: Take) -> Starlette:
    """The application: one address that takes POST, and nothing else."""

    async def messages(request: Request) -> Response:
        try:
            service = await service_of(request.headers.get("authorization"), ring, options)
            body = await _body(request)
            if body is None:
                return _no(413)
            activity = _activity(body)
            if activity is None:
                return _no(400)
            _check(activity, service, options)
        except NotTeams as no:
            log.info("a request was refused: %s", no)
            return _no(401, {"WWW-Authenticate": "Bearer"})
        except (TimeoutError, ClientDisconnect):
            return _no(408)
        try:
            answer = await take(activity)
        except Exception:
            # Not stored, so not heard: Teams is told, and may send it once more.
            log.exception("what Teams sent was not stored")
            return Response(status_code=503)
        return Response(status_code=200) if answer is None else JSONResponse(dict(answer))

    return Starlette(routes=[Route(options.path, messages, methods=["POST"])])


def _no(status: int, headers: Mapping[str, str] | None = None) -> Response:
    """A refusal; what is still being sent is not waited for."""
    return Response(status_code=status, headers={**(headers or {}), "Connection": "close"})


async def _body(request: Request) -> bytes | None:
    """The whole body; None when it is too large, of which no more is read than shows that."""
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said) > MOST_BYTES:
        return None
    read = bytearray()
    async with asyncio.timeout(_BODY_SECONDS):
        async for chunk in request.stream():
            read += chunk
            if len(read) > MOST_BYTES:
                return None
    return bytes(read)


def _activity(body: bytes) -> Activity | None:
    try:
        found = _readable(json.loads(body))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("type"), str) else None


def _readable(value: Any) -> Any:
    """Without half signs and without the sign for nothing, which no database keeps: Teams would bring it for ever."""
    if isinstance(value, str):
        return value if value.isascii() and "\0" not in value else _text(value)
    if isinstance(value, dict):
        return {_readable(key): _readable(one) for key, one in value.items()}
    return [_readable(one) for one in value] if isinstance(value, list) else value


def _text(value: str) -> str:
    return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _check(activity: Activity, service: str, options: TeamsOptions) -> None:
    """The activity fits its token and comes from an organisation that is heard. Raises NotTeams."""
    named = activity.get("serviceUrl")
    if not isinstance(named, str) or named.rstrip("/") != service:
        raise NotTeams("another service address than in the token")
    if activity.get("channelId") != "msteams":
        raise NotTeams("another channel than Teams")
    tenant = as_dict(as_dict(activity.get("channelData")).get("tenant"))
    tenants = {
        str(one).lower()
        for one in (
            tenant.get("id"),
            as_dict(activity.get("conversation")).get("tenantId"),
        )
        if one is not None
    }
    if not tenants or not tenants <= options.heard_tenants:
        raise NotTeams("another organisation")
