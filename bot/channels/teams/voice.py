"""Whether Teams takes what the bot says: without a secret that Microsoft accepts it can hear, but not speak."""

from __future__ import annotations

import asyncio
import logging

from bot.channels.base import ChannelClosed, Ears
from bot.channels.teams.connector import Connector
from bot.channels.teams.sending import Refused

log = logging.getLogger("overlegbot.teams")

MEND = "mend teams.secret_file, teams.app_id or teams.tenant_id and start the bot anew; see docs/teams.md"
#: So long a start waits for the first token; without a network it goes on and asks later.
_START_SECONDS = 10.0


class Voice:
    """Told of every refusal and of every message that arrived."""

    def __init__(self, name: str, connector: Connector) -> None:
        self._name = name
        self._connector = connector
        self._ears: Ears | None = None
        self.lost = False

    async def start(self, ears: Ears) -> None:
        """Get the first token. ChannelClosed when Microsoft gives none until somebody mends it."""
        self._ears = ears
        try:
            async with asyncio.timeout(_START_SECONDS):
                await self._connector.prove()
        except Refused as refused:
            if refused.secret:
                raise ChannelClosed(f"Microsoft gives the bot no token for Teams: {refused}; {MEND}") from refused
            log.warning("no token for Teams yet: %s", refused)
        except TimeoutError:
            log.warning("no token for Teams yet: Microsoft does not answer")
        else:
            await ears.voiceless(self._name, lost=False)

    async def refused(self, refused: Refused) -> None:
        """Tell it once when what is refused is the bot itself; that is asked again, ever less often."""
        if not refused.secret or self.lost or self._ears is None:
            return
        self.lost = True
        log.error("the bot can hear on Teams but not speak: %s; %s. What waits is kept and sent then", refused, MEND)
        await self._ears.voiceless(self._name, lost=True)

    async def arrived(self) -> None:
        """Something was taken; what was on its way already with an older token means nothing."""
        if self.lost and not self._connector.silent and self._ears is not None:
            self.lost = False
            log.info("the bot can speak on Teams again")
            await self._ears.voiceless(self._name, lost=False)
