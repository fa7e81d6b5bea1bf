"""Logging in by hand, before the bot runs: once with a password, an access token, or by single sign-on."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode

from aiohttp import web

from bot.channels.base import ChannelClosed
from bot.channels.matrix.identity import Identity, StoreLost, look, reset, settle
from bot.channels.matrix.options import MatrixOptions
from bot.channels.matrix.session import Session, SessionStore, new_device_id
from bot.channels.matrix.transport import MatrixError, Transport

_BROWSER_SECONDS = 600
_THANKS = "The bot is logged in; this window can be closed."


@dataclass(frozen=True)
class Secret:
    """What proves that the account is the bot's. A `password` also lets the server take the keys of its identity."""

    kind: Literal["password", "access token", "sso"]
    value: str


async def log_in(options: MatrixOptions, secret: Secret, *, new_device: bool = False) -> Identity:
    """Make the session and the identity, and keep both in the store.

    ChannelClosed: the bot runs, there is a session already (unless `new_device`), or the server refuses. MatrixError
    when it cannot be reached.
    """
    store = SessionStore(options.store_path)
    store.open()
    transport = None
    try:
        kept = store.load()
        if kept is not None and kept.access_token and not new_device:
            raise ChannelClosed(
                f"there is a session already, of device {kept.device_id}; --new-device makes another and ends this one"
            )
        if kept is not None and kept.access_token:
            await _end(options, kept)
        store.forget()
        transport = _transport(options, store)
        session = await _session(transport, options, secret)
        store.save(session)
        transport.restore(session)
        password = secret.value if secret.kind == "password" else options.password
        try:
            return await settle(transport, store, password)
        except StoreLost:
            store.forget()
            raise ChannelClosed(
                "this access token is of a device that another program has the keys of; give the bot a session of "
                "its own, with its password or with --sso"
            ) from None
    finally:
        if transport is not None:
            await transport.close()
        store.close()


async def _session(transport: Transport, options: MatrixOptions, secret: Secret) -> Session:
    try:
        if secret.kind == "access token":
            session = await transport.whose(secret.value)
        else:
            device_id = options.device_id or new_device_id()
            token = secret.kind == "sso"
            session = await transport.login(device_id, secret.value, options.device_name, token=token)
    except MatrixError as error:
        if error.passing:
            raise
        raise ChannelClosed(f"the homeserver refuses the {secret.kind} of {options.user_id}: {error.code}") from error
    if session.user_id != options.user_id:
        raise ChannelClosed(f"the {secret.kind} is of {session.user_id}, not of {options.user_id}")
    return session


async def _end(options: MatrixOptions, session: Session) -> None:
    """The old device is not left behind: nobody would notice that it reads no more."""
    old = Transport(options.homeserver, options.user_id, "", None)
    try:
        await old.log_out(session)
    finally:
        await old.close()


async def verify(options: MatrixOptions) -> Identity:
    """How the device of the bot stands, beside a running bot too. ChannelClosed without a session; MatrixError."""
    store = SessionStore(options.store_path)
    session, device = store.load(), store.device()
    if session is None or device is None or session.device_id != device.device_id:
        raise ChannelClosed("there is no session yet: run `overlegbot matrix login`")
    transport = Transport(options.homeserver, options.user_id, "", None)
    try:
        return await look(transport.with_token(session), store, device)
    finally:
        await transport.close()


async def replace_identity(options: MatrixOptions, password: str | None) -> Identity:
    """The bot's own keys instead of whatever master key the account has. The bot must not run."""
    store = SessionStore(options.store_path)
    store.open()
    transport = None
    try:
        session = store.load()
        if session is None or not session.access_token:
            raise ChannelClosed("there is no session yet: run `overlegbot matrix login`")
        transport = _transport(options, store)
        transport.restore(session)
        try:
            return await reset(transport, store, password or options.password)
        except StoreLost:
            raise ChannelClosed("the encryption store is lost: run `overlegbot matrix login --new-device`") from None
    finally:
        if transport is not None:
            await transport.close()
        store.close()


async def by_browser(homeserver: str, show: Callable[[str], None], port: int = 0) -> str:
    """The token that a single sign-on ends with. `show` gets the address to open in a browser on this machine.

    Whatever else calls the door gets nothing: its path is known only to the address. TimeoutError after ten minutes.
    """
    token = asyncio.get_running_loop().create_future()
    path = f"/{secrets.token_urlsafe(16)}"

    async def back(request: web.Request) -> web.Response:
        given = request.query.get("loginToken", "")
        if not given:
            raise web.HTTPBadRequest(text="There is no token in this address.")
        if not token.done():
            token.set_result(given)
        return web.Response(text=_THANKS)

    app = web.Application()
    app.router.add_get(path, back)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        here = f"http://127.0.0.1:{runner.addresses[0][1]}{path}"
        show(f"{homeserver}/_matrix/client/v3/login/sso/redirect?{urlencode({'redirectUrl': here}, quote_via=quote)}")
        async with asyncio.timeout(_BROWSER_SECONDS):
            return str(await token)
    finally:
        await runner.cleanup()


def _transport(options: MatrixOptions, store: SessionStore) -> Transport:
    key = options.pickle_key or store.pickle_key()
    return Transport(options.homeserver, options.user_id, str(options.store_path), key)
