"""Microsoft's connector, through its own library: the only file that knows that library's clients.

What the library does by itself and must not: read `.env` files when it is imported, count into a memory that never
empties, wait without end, and write conversations into the log."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import warnings
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from importlib.util import find_spec
from types import ModuleType
from typing import Any, TypeVar, cast

from opentelemetry import metrics

from bot.channels.teams.options import TeamsOptions
from bot.channels.teams.secret import Patience, SecretRefused, refused_secret
from bot.channels.teams.sending import Refused, refusal_of

T = TypeVar("T")

_TIMEOUT_SECONDS = 10.0
#: A token has to be asked for as well, now and then.
_WHOLE_SECONDS = 25.0
#: These name conversations at INFO and texts at DEBUG. The second sets the level of httpx again and again.
_TALKATIVE = ("microsoft_teams", "microsoft_teams.common.http.client", "httpx", "httpcore", "msal", "urllib3")
_PAGE = 200
_MARGIN_MILLISECONDS = 300_000


@contextlib.contextmanager
def _without_dotenv() -> Iterator[None]:
    """No `.env` file of whatever folder this is started in has a say."""
    name = "PYTHON_DOTENV_DISABLED"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


with _without_dotenv(), warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what is experimental in it is not used
    from microsoft_teams.api import (
        Account,
        ApiClient,
        ClientCredentials,
        TokenCredentials,
        TokenProtocol,
    )
    from microsoft_teams.api.activities.message import MessageActivityInput
    from microsoft_teams.api.auth.cloud_environment import PUBLIC
    from microsoft_teams.api.clients.conversation import CreateConversationParams
    from microsoft_teams.apps.token_manager import TokenManager
    from microsoft_teams.common import Client, ClientOptions

# What sends the requests looks for this at each step, through every folder of the path while it is not there.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = cast(ModuleType, None)

# It asks for a counter with every request, and what stands in for counters remembers each.
metrics.set_meter_provider(metrics.NoOpMeterProvider())


def quiet() -> None:
    """No conversation and no text in the log, whatever level the operator asks for."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Manager(TokenManager):
    """Says why there is no token: its own error holds a word of which nobody can tell what to mend."""

    def _handle_token_response(self, token_res: dict[str, Any], error_prefix: str = "") -> TokenProtocol:
        refused = None if token_res.get("access_token") else refused_secret(token_res)
        if refused is not None:
            raise refused
        return super()._handle_token_response(token_res, error_prefix)


class _Tokens:
    """The bot's own token, kept as long as it lasts. Asked for in a thread: the library waits for the network where it
    stands when it looks up the organisation."""

    def __init__(self, credentials: ClientCredentials | TokenCredentials, patience: Patience) -> None:
        self._manager = _Manager(credentials, PUBLIC)
        self._token: TokenProtocol | None = None
        self._patience = patience
        self._asking = asyncio.Lock()

    async def get_app_token(self, scope: str, tenant_id: str | None = None) -> TokenProtocol | None:
        """As the library's own provider."""
        async with self._asking:
            if self._token is None or self._token.is_expired(_MARGIN_MILLISECONDS):
                self._patience.check()
                try:
                    self._token = await asyncio.to_thread(self._anew, scope, tenant_id)
                except SecretRefused as refused:
                    raise self._patience.refused(str(refused)) from refused
                self._patience.accepted()
            return self._token

    def _anew(self, scope: str, tenant_id: str | None) -> TokenProtocol | None:
        return asyncio.run(self._manager.get_app_token(scope, tenant_id))


class Connector:
    """Posts, begins private chats and lists members. Every method raises `sending.Refused`."""

    def __init__(self, options: TeamsOptions, patience: Patience | None = None) -> None:
        quiet()
        self._options = options
        given = options.token
        credentials: ClientCredentials | TokenCredentials
        if given is not None:
            credentials = TokenCredentials(
                client_id=options.app_id, tenant_id=options.tenant_id, token=lambda scope, tenant: given()
            )
        else:
            credentials = ClientCredentials(
                client_id=options.app_id, client_secret=options.secret or "", tenant_id=options.tenant_id
            )
        self._patience = patience or Patience()
        self._tokens = _Tokens(credentials, self._patience)
        self._clients: dict[str, ApiClient] = {}

    async def post(self, service: str, conversation: str, message: MessageActivityInput) -> str:
        """Say it there, and return the id that the message got."""
        message.from_ = Account(id=f"28:{self._options.app_id}")
        sent = await self._ask(lambda: self._at(service).conversations.create_activity(conversation, message))
        return sent.id

    async def update(self, service: str, conversation: str, id: str, message: MessageActivityInput) -> None:
        """Put this in the place of what the bot said there under that id."""
        message.from_ = Account(id=f"28:{self._options.app_id}")
        await self._ask(lambda: self._at(service).conversations.update_activity(conversation, id, message))

    async def private(self, service: str, person: str) -> str:
        """The conversation of the bot with one person, by Entra object id; it is made when there is none."""
        wanted = CreateConversationParams(members=[Account(id=person)], tenant_id=self._options.tenant_id)
        return (await self._ask(lambda: self._at(service).conversations.create(wanted))).id

    async def members(self, service: str, conversation: str) -> list[tuple[str, str | None, str]]:
        """Everyone there: the id that Teams uses, the Entra object id of people, and the name."""
        found: list[tuple[str, str | None, str]] = []
        after: str | None = None
        while True:
            client = self._at(service).conversations
            page: Any = await self._ask(partial(client.get_paged_members, conversation, _PAGE, after))
            found += [(one.id, (one.aad_object_id or "").lower() or None, one.name or "") for one in page.members or ()]
            after = page.continuation_token
            if not after:
                return found

    @property
    def silent(self) -> bool:
        """Whether Microsoft gave no token the last time, for want of a good secret."""
        return self._patience.silent

    async def prove(self) -> None:
        """Get the bot's own token from Microsoft. Refused when there is none."""
        if await self._ask(lambda: self._tokens.get_app_token(PUBLIC.bot_scope, self._options.tenant_id)) is None:
            raise Refused("no token", delivered=False)

    async def close(self) -> None:
        """Close the connections; may be called twice."""
        clients, self._clients = list(self._clients.values()), {}
        for client in clients:
            await client.http.http.aclose()

    def _at(self, service: str) -> ApiClient:
        if service not in self._clients:
            http = Client(ClientOptions(timeout=_TIMEOUT_SECONDS))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # of a part of its own that it still makes
                self._clients[service] = ApiClient(service, http, cloud=PUBLIC, token_provider=self._tokens)
        return self._clients[service]

    async def _ask(self, ask: Callable[[], Awaitable[T]]) -> T:
        try:
            async with asyncio.timeout(_WHOLE_SECONDS):
                return await ask()
        except Exception as error:
            raise refusal_of(error) from error
