"""`overlegbot demo-matrix`: the bot on a real homeserver of its own, with everyone and every room of the example year.

All of it listens on loopback only, stands in a folder that is gone afterwards, and begins anew each time. Whoever has a
Matrix client can take part. The clock is the bot's own: it runs, and jumps when it is told to.
"""

from __future__ import annotations

import argparse
import asyncio
import secrets
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from aiohttp import web

from bot.app import App, channels_of, prepare
from bot.channels.base import ChannelClosed
from bot.doors import UNREACHABLE, WELL, DoorError
from bot.doors.demo_place import BOT, MadeRoom, Place, furnished
from bot.doors.opening import EXAMPLE_STRUCTURE
from bot.doors.talk import EXAMPLE_START, Wrong, moment_of
from bot.logs import log_to_stderr
from bot.testing_moved import MovedChannel, MovedClock, let_pass
from bot.testing_synapse import Homeserver, homeserver
from commands.kit import dates
from commands.words.calendar import AMSTERDAM
from config.settings import load_settings
from config.structure import load_structure
from storage.database import Database

NO_SERVER = (
    "the homeserver of the demo is not installed: it comes with the requirements of the tests (make demo-matrix)"
)
NO_CLIENT = "is er niet (zie hierboven waarom); neem een andere Matrix-client op deze machine, zoals Element"
NOT_ASKED = "niet gevraagd (`make demo-matrix` bouwt er een); elke Matrix-client op deze machine is goed"
#: Passwords are easy to type: a word and four figures.
_SOILS = "duinpan grondwater kleilaag leemkuil peilbuis stuwwal veenweide zandrug".split()
_STOP = ("stop", "/stop", "quit", "exit")
_LEAVE_SECONDS = 20


def main(args: argparse.Namespace) -> int:
    """Run until Ctrl-C, SIGTERM, SIGHUP or `stop`; then nothing of it is left. `args.web`: the built web client.

    Raises DoorError: the homeserver is not installed, or does not start or answer (3).
    """
    if find_spec("synapse") is None:
        raise DoorError(NO_SERVER, UNREACHABLE)
    log_to_stderr("error")
    structure = load_structure(EXAMPLE_STRUCTURE)
    password = f"{secrets.choice(_SOILS)}-{secrets.randbelow(9000) + 1000}"
    _say("Een ogenblik: er komen een homeserver, accounts en kamers ...")
    try:
        with _as_interrupt(), TemporaryDirectory(prefix="overlegbot-demo-matrix-") as name:
            folder = Path(name)
            (folder / "synapse").mkdir()
            with homeserver(folder / "synapse", Homeserver) as server:
                place, configuration = furnished(server, folder, structure, password)
                asyncio.run(_Demo(place, configuration, Path(args.web) if args.web else None).run())
    except KeyboardInterrupt:
        pass
    except (RuntimeError, OSError, ChannelClosed) as failure:
        raise DoorError(f"the demo cannot go on: {str(failure) or type(failure).__name__}", UNREACHABLE) from failure
    _say("Gestopt; er is niets van over.")
    return WELL


class _Demo:
    """The bot in its place, and the person at this terminal."""

    def __init__(self, place: Place, configuration: Path, client: Path | None) -> None:
        self.place = place
        self.configuration = configuration
        self.client = client
        self.clock = MovedClock(EXAMPLE_START)

    async def run(self) -> None:
        """From the first room to `stop`."""
        settings = load_settings(self.configuration, {})
        database = Database(settings.database)
        try:
            await asyncio.to_thread(prepare, settings, self.place.structure, database, self.clock())
            channels = [MovedChannel(channel, self.clock) for channel in channels_of(settings)]
            app = App(self.place.structure, database, channels, clock=self.clock)
            async with _running(app) as bot, self._web_client() as address:
                talking = asyncio.ensure_future(self._talk(app, address))
                done, _ = await asyncio.wait([bot, talking], return_when=asyncio.FIRST_COMPLETED)
                talking.cancel()
                for one in done:
                    one.result()
        finally:
            database.close()

    async def _talk(self, app: App, address: str) -> None:
        async with self.place.opened(EXAMPLE_START.date()) as rooms:
            await app.ready.wait()
            await self.place.until_the_bot_is_in(rooms)
        self._introduce(rooms, address)
        typed = _typed_lines()
        while (line := (await typed.get()).strip()).casefold() not in _STOP:
            if line:
                await self._pass(app, line)

    async def _pass(self, app: App, text: str) -> None:
        now = self.clock().astimezone(AMSTERDAM)
        try:
            at = moment_of(text, now, self.place.structure.calendar)
            if at < now:
                raise Wrong(f"De tijd loopt alleen vooruit; het is nu {dates.say_instant(now)}.")
        except Wrong as fault:
            _say(str(fault))
            return
        await let_pass(app, self.clock, at)
        _say(f"Het is nu {dates.say_instant(at)}.")

    def _introduce(self, rooms: list[MadeRoom], address: str) -> None:
        encrypted = ", ".join(room.body for room in rooms if room.encrypted)
        clear = ", ".join(room.body for room in rooms if not room.encrypted)
        _say(
            f"\nDe bot ({BOT}) luistert, op een homeserver die alleen vanaf deze machine te bereiken is.\n\n"
            f"  webclient   {address}\n"
            f"  homeserver  {self.place.server.url}\n"
            f"  wachtwoord  {self.place.password}, voor iedereen\n"
            f"  kamers      {clear}\n"
            f"              {encrypted} (versleuteld: wie er al in zit, leest wat er daarna gezegd wordt)\n"
            f"  namen       log in als een van deze mensen\n"
        )
        today = EXAMPLE_START.date()
        for person in self.place.people.people:
            held = [role for role in self.place.people.roles if role.person == person.id and role.active_on(today)]
            _say(f"    {person.id:16}{', '.join(f'{role.role} {role.body}' for role in held)}")
        _say(
            "\nBegin bijvoorbeeld als vng.ao.2 in de kamer AO met: !signaal Baggerdepots zitten vol\n"
            f"Voor de bot is het {dates.say_instant(EXAMPLE_START)}; je client toont de echte tijd. Typ hier +3d,\n"
            "+7w, 2027-05-14 09:00 of volgende dinsdag om de tijd te laten lopen, en stop (of Ctrl-C) om te stoppen."
        )

    @asynccontextmanager
    async def _web_client(self) -> AsyncIterator[str]:
        """Serve the web client on a free port of loopback; gives its address, or why there is none."""
        if self.client is None or not (self.client / "index.html").is_file():
            yield NOT_ASKED if self.client is None else NO_CLIENT
            return
        index, server = self.client / "index.html", self.place.server.url

        async def first_page(_: web.Request) -> web.StreamResponse:
            return web.FileResponse(index)

        async def settings(_: web.Request) -> web.StreamResponse:
            return web.json_response({"defaultHomeServer": server})

        pages = web.Application()
        pages.router.add_get("/", first_page)
        pages.router.add_get("/config.json", settings)
        pages.router.add_static("/", self.client)
        runner = web.AppRunner(pages, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
        finally:
            await runner.cleanup()


@asynccontextmanager
async def _running(app: App) -> AsyncIterator[asyncio.Future[None]]:
    """The bot from start to stop."""
    running = asyncio.ensure_future(app.run())
    try:
        yield running
    finally:
        app.stop()
        await asyncio.wait([running], timeout=_LEAVE_SECONDS)


def _typed_lines() -> asyncio.Queue[str]:
    """What is typed at the terminal. A thread of its own waits for it, which never holds up the end of the process."""
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[str]()

    def read() -> None:
        with suppress(RuntimeError, OSError, ValueError):  # the loop or the terminal has gone
            for line in sys.stdin:
                loop.call_soon_threadsafe(lines.put_nowait, line)

    Thread(target=read, daemon=True).start()
    return lines


@contextmanager
def _as_interrupt() -> Iterator[None]:
    """SIGTERM and SIGHUP do what Ctrl-C does, also where a shell has a Ctrl-C ignored: in what it runs behind it."""
    ignored = signal.getsignal(signal.SIGINT) == signal.SIG_IGN

    def interrupt(*_: object) -> None:
        if ignored:
            raise KeyboardInterrupt
        signal.raise_signal(signal.SIGINT)

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _say(text: str) -> None:
    print(text, flush=True)
