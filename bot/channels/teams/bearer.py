"""Who sends: the token of a request, checked before anything else of it is read."""

from __future__ import annotations

import jwt

from bot.channels.teams.keys import KeyRing
from bot.channels.teams.options import TeamsOptions

#: How far the clocks may differ, in seconds: what Microsoft's own library allows.
_LEEWAY = 300
_LONGEST = 16_384


class NotTeams(Exception):
    """This request does not come from Teams, or is not meant for this bot. The text holds nothing of the request."""


async def service_of(authorization: str | None, ring: KeyRing, options: TeamsOptions) -> str:
    """The connector that the sender vouches for; what is answered goes there and nowhere else.

    RS256 only, by a key of the ring that may sign for Teams; `exp`, `iss` and `aud` must be there and right. Raises
    NotTeams.
    """
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token or len(token) > _LONGEST:
        raise NotTeams("no bearer token")
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError as error:
        raise NotTeams("no token that can be read") from error
    kid = header.get("kid")
    if header.get("alg") != "RS256" or not isinstance(kid, str):
        raise NotTeams("another algorithm, or no key id")
    signer = await ring.signer(kid)
    if signer is None:
        raise NotTeams("an unknown key")
    if not signer.vouches:
        raise NotTeams("a key for other channels")
    try:
        claims = jwt.decode(
            token,
            signer.key,
            algorithms=["RS256"],
            audience=options.app_id,
            issuer=options.services.issuer,
            leeway=_LEEWAY,
            options={"require": ["exp", "iss", "aud"]},
        )
    except jwt.PyJWTError as error:
        raise NotTeams(type(error).__name__) from error
    service = claims.get("serviceurl")
    if not isinstance(service, str) or not service:
        raise NotTeams("no service address in the token")
    return service.rstrip("/")
