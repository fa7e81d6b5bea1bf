"""What the Teams channel has to be told, and where Microsoft's services are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Services:
    """The public cloud. No setting changes these: only tests, which bring a connector of their own, give others.

    `keys` is where the keys are that sign what Teams sends, `issuer` who signs. `connector` is used until a
    conversation has said which one is its own. `uploads` are where files may be brought: origins, of which `*.` stands
    for any part of a host's name.
    """

    keys: str = "https://login.botframework.com/v1/.well-known/keys"
    issuer: str = "https://api.botframework.com"
    connector: str = "https://smba.trafficmanager.net/teams"
    uploads: tuple[str, ...] = ("https://*.sharepoint.com",)


@dataclass(frozen=True)
class TeamsOptions:
    """`app_id` is that of the bot's registration, `tenant_id` of the organisation it is registered in (single tenant).

    `tenants` are the organisations whose messages are heard; empty means only its own. `host`, `port` and `path` are
    where the proxy brings what Teams sends. `token` gives the bot's own token in tests, instead of `secret`.
    There is no way to leave out the check of who sends: nothing here turns it off.
    """

    app_id: str
    tenant_id: str
    secret: str | None = field(default=None, repr=False)
    tenants: tuple[str, ...] = ()
    host: str = "127.0.0.1"
    port: int = 3978
    path: str = "/api/messages"
    services: Services = Services()
    token: Callable[[], str] | None = field(default=None, repr=False)

    @property
    def heard_tenants(self) -> frozenset[str]:
        """The organisations whose messages are heard, in lower case."""
        return frozenset(tenant.lower() for tenant in self.tenants or (self.tenant_id,))
