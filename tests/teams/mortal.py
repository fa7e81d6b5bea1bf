"""`overlegbot run` on the connector of the tests, that kills itself at one step; without a step it just runs.

python -m tests.teams.mortal CONFIG START URL TOKEN [STEP]; a TOKEN that begins with AADSTS is why there is none.

Steps as on Matrix. With what is decided is written down that it is being sent."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import bot.app
from bot import cli
from bot.channels.base import Channel, Ears, Parcel
from bot.channels.teams import TeamsOptions, sending
from bot.channels.teams.options import Services
from bot.channels.teams.secret import SecretRefused
from bot.doors import run as door
from bot.renderers import teams_card
from bot.testing_moved import MovedClock
from bot.testing_teams import ISSUER
from storage.database import Database
from tests.matrix.mortal import STEPS, MortalEars, MortalHouse, die

__all__ = ["BROUGHT", "NOTED", "STEPS", "MortalChannel", "main"]


#: A file was brought: that is not yet written down, or it is and was not shown.
BROUGHT, NOTED = "brought", "noted"


class TeamsEars(MortalEars):
    """Dies also before or after it is written down that a file was brought."""

    async def say(self, channel: str, chat_id: str, key: str, words: str, kept: str = "") -> None:
        if self._step == BROUGHT:
            die()
        await self._ears.say(channel, chat_id, key, words, kept)
        if self._step == NOTED:
            die()


class MortalChannel:
    """Dies around a send; everything else is the channel itself."""

    def __init__(self, channel: Channel, step: str) -> None:
        self._channel = channel
        self._step = step

    async def start(self, ears: Ears) -> None:
        await self._channel.start(TeamsEars(ears, self._step))

    async def send(self, parcel: Parcel) -> str:
        if self._step == "decided" or (self._step == "between" and parcel.key.endswith(":2")):
            die()
        event_id = await self._channel.send(parcel)
        if self._step == "sent":
            die()
        return event_id

    def __getattr__(self, name: str) -> Any:
        return getattr(self._channel, name)


async def dead(_database: Database) -> None:
    """Instead of the wait for the disk."""
    die()


def main(config: Path, start: datetime, url: str, token: str, step: str = "") -> int:
    """Run until stopped, or dead."""
    app: Any = bot.app
    entry: Any = door
    clock, build, run, given = MovedClock(start), bot.app.channels_of, bot.app.run, bot.app.teams_options
    services = Services(f"{url}/v1/.well-known/keys", ISSUER, url, (url,))

    def own() -> str:
        if token.startswith("AADSTS"):
            raise SecretRefused(token)
        return token

    def options(settings: Any) -> TeamsOptions:
        return replace(given(settings), services=services, token=own)

    if step == "stored":
        # It is there, and its turn may have begun; Teams was not told yet.
        databases: Any = Database
        databases.settled = dead
    MortalHouse.step = step
    app.House = MortalHouse
    app.teams_options = options
    app.channels_of = lambda settings: tuple(MortalChannel(channel, step) for channel in build(settings))
    entry.run = lambda settings: run(settings, clock)
    # A few lines fill a part, in words and as a card.
    sending.MOST_BYTES = 1_400
    teams_card.MOST_BYTES = 3_000
    return cli.main(["--config", str(config), "run"])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), *sys.argv[3:]))
