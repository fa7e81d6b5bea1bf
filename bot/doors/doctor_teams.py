"""The part of `overlegbot doctor` that looks at Teams: keys, the edge, the bot's own token, who is in the rooms."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from bot.channels.teams.connector import Connector
from bot.channels.teams.keys import signers
from bot.channels.teams.options import TeamsOptions
from bot.channels.teams.sending import Refused
from bot.channels.teams.server import local_address
from bot.channels.teams.voice import MEND
from bot.doors.finding import Finding

_SECONDS = 10.0
_CLOCK_SECONDS = 30.0
_CHECK_ADDRESS = "check the network, and let the bot reach this address in the firewall"


class Checkup:
    """One visit. `rooms` are those of the bodies that have one in Teams, None when there is no register to read.

    Of each the address, and the connector that serves it: None until somebody spoke to the bot there."""

    def __init__(self, options: TeamsOptions, rooms: Mapping[str, tuple[str, str | None]] | None) -> None:
        self._options = options
        self._rooms = rooms
        self._connector = Connector(options)

    async def findings(self) -> list[Finding]:
        """One line for each thing."""
        try:
            found = [*await self._keys(), await self._edge(), await self._token()]
            if found[-1].well and self._rooms:
                found += [await self._room(body, *room) for body, room in self._rooms.items()]
            return found
        finally:
            await self._connector.close()

    async def _keys(self) -> list[Finding]:
        """The keys that sign what Teams sends, and the time that their server has."""
        address = self._options.services.keys
        began = time.monotonic()
        try:
            async with httpx.AsyncClient(timeout=_SECONDS) as client:
                answer = await client.get(address)
            count = len(signers(answer.raise_for_status().json()))
        except (httpx.HTTPError, ValueError) as error:
            return [Finding("Teams keys", f"{address} gives none ({type(error).__name__})", _CHECK_ADDRESS)]
        found = [Finding("Teams keys", f"{count} keys that may sign what Teams sends")]
        date = answer.headers.get("date")
        if date:
            middle = datetime.now(UTC).timestamp() - (time.monotonic() - began) / 2
            apart = abs(middle - parsedate_to_datetime(date).timestamp())
            if apart > _CLOCK_SECONDS:
                text = f"{apart:.0f} seconds away from that of Microsoft"
                found.append(Finding("Teams clock", text, "let this machine keep its clock (NTP)"))
            else:
                found.append(Finding("Teams clock", "the same as that of Microsoft"))
        return found

    async def _edge(self) -> Finding:
        """Whether the bot listens, and turns away who shows no token. It may be stopped: that is said too."""
        address = local_address(self._options.host, self._options.port)
        try:
            async with httpx.AsyncClient(timeout=_SECONDS, trust_env=False) as client:
                answer = await client.post(f"{address}{self._options.path}", json={"type": "message"})
        except httpx.HTTPError:
            return Finding("Teams edge", f"nobody listens on {address} now; the bot does while it runs")
        if answer.status_code == 401:
            return Finding("Teams edge", f"the bot listens on {address}, and turns away who shows no token")
        todo = "something else listens there: choose another teams.port, and tell the proxy"
        return Finding("Teams edge", f"{address} answers {answer.status_code} to a message without a token", todo)

    async def _token(self) -> Finding:
        """Whether Microsoft knows the bot."""
        try:
            await self._connector.prove()
        except Refused as refused:
            todo = MEND if refused.secret else f"{_CHECK_ADDRESS}; check teams.tenant_id too"
            return Finding("Teams token", f"Microsoft gives the bot none ({refused})", todo)
        return Finding("Teams token", f"Microsoft knows the bot as {self._options.app_id}")

    async def _room(self, body: str, address: str, service: str | None) -> Finding:
        name = f"Teams {body}"
        try:
            members = await self._connector.members(service or self._options.services.connector, address)
        except Refused as refused:
            todo = "add the app to that team or chat, and type @ and the name of the bot there once"
            return Finding(name, f"who is there is not to be had ({refused})", todo)
        count = f"{len(members)} people" if len(members) != 1 else "1 person"
        return Finding(name, f"{count} in the channel")
