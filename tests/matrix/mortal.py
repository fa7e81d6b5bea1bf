"""`overlegbot run` that kills itself at one step: python mortal.py CONFIG START [STEP]. Without a step it just runs.

Steps: heard (before the inbox is stored), stored (after it, nothing handled), handling (in the turn, before it is
committed), decided (committed, before anything is sent), sent (before it is marked), between (between two parts)."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

import bot.app
from bot import cli
from bot.channels.base import Channel, Ears, Heard, Parcel
from bot.channels.matrix import sending
from bot.doors import run as door
from bot.house import House
from bot.testing_moved import MovedChannel, MovedClock
from storage.inbox import Received

STEPS = ("heard", "stored", "handling", "decided", "sent", "between")


def die() -> None:
    """At once, as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


class MortalEars:
    """Dies around the transaction that stores the first news."""

    def __init__(self, ears: Ears, step: str) -> None:
        self._ears = ears
        self._step = step

    async def heard(self, channel: str, events: Sequence[Heard], position: str | None) -> None:
        if events and self._step == "heard":
            die()
        await self._ears.heard(channel, events, position)
        if events and self._step == "stored":
            die()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ears, name)


class MortalChannel(MovedChannel):
    """Dies around a send."""

    def __init__(self, channel: Channel, clock: MovedClock, step: str) -> None:
        super().__init__(channel, clock)
        self._step = step

    async def start(self, ears: Ears) -> None:
        await super().start(MortalEars(ears, self._step))

    async def send(self, parcel: Parcel) -> str:
        if self._step == "decided" or (self._step == "between" and parcel.key.endswith(":2")):
            die()
        event_id = await super().send(parcel)
        if self._step == "sent":
            die()
        return event_id


class MortalHouse(House):
    """Dies in the transaction of the first command, when everything is written and nothing committed."""

    step = ""

    def handle(self, session: Session, event: Received, now: datetime) -> None:
        super().handle(session, event, now)
        if self.step == "handling" and event.text.startswith("!"):
            die()


def main(config: Path, start: datetime, step: str = "") -> int:
    """Run until stopped, or dead."""
    app: Any = bot.app
    entry: Any = door
    clock, build, run = MovedClock(start), bot.app.channels_of, bot.app.run
    MortalHouse.step = step
    app.House = MortalHouse
    app.channels_of = lambda settings: tuple(MortalChannel(channel, clock, step) for channel in build(settings))
    entry.run = lambda settings: run(settings, clock)
    sending._CONTENT_BYTES = 700  # a few lines fill a part
    return cli.main(["--config", str(config), "run"])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), *sys.argv[3:]))
