"""Builds and starts everything, in order; the only file that knows all parts.

settings -> structure -> lock -> database (backed up, upgraded) -> bodies and people -> house -> channels -> what still
waits is sent -> inbox, outbox and clock run until the process is told to stop.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import shutil
import signal
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from bot.channels.base import Channel, ChannelClosed
from bot.ears import DatabaseEars
from bot.house import House
from bot.lock import locked
from bot.post import Poster
from bot.seed import IMPORT, import_people, know_bodies
from bot.ticker import Ticker
from bot.worker import Worker
from commands import catalogue
from commands.kit.declare import Command
from commands.kit.owed import owe_connections, owe_fetching, owe_housekeeping, owe_planning, owe_what_meetings_lack
from commands.moments.watch import Moment
from commands.words.structure import Structure
from config.people import load_people
from config.settings import MatrixSettings, Settings, TeamsSettings
from config.structure import load_structure
from storage import inbox, outbox
from storage.database import Database, build, upgrade
from storage.export import everyone
from storage.store import SqlStore
from storage.structure_log import note_structure

if TYPE_CHECKING:
    from bot.channels.matrix import MatrixOptions
    from bot.channels.teams import TeamsOptions

log = logging.getLogger("overlegbot.app")

Clock = Callable[[], datetime]

#: Which people file was imported last, by its contents.
PEOPLE = ("bot", "people")
#: How long a stop may take: what is being sent is finished, the connections are closed.
_STOP_SECONDS = 5.0
_LONGEST_PAUSE = 60.0
#: An answer makes some thousands of objects, most of which go by themselves.
_GARBAGE = (5_000, 10, 10)


def wall_clock() -> datetime:
    """Now, aware. The only clock of the product; everything else is told what time it is."""
    return datetime.now(UTC)


def run(settings: Settings, clock: Clock = wall_clock) -> None:
    """Run the bot of this installation until SIGTERM or SIGINT.

    Raises ConfigFaults, InUse, ChannelClosed, and whatever a database says that cannot be used.
    """
    structure = load_structure(settings.structure)
    with locked(settings.database):
        database = Database(settings.database)
        try:
            prepare(settings, structure, database, clock())
            app = App(structure, database, channels_of(settings), clock=clock)
            spare_what_stays()
            asyncio.run(app.until_told_to_stop())
        finally:
            database.close()


def spare_what_stays() -> None:
    """What is there now stays until the end: whoever waits for an answer need not wait until all of it was looked
    through for garbage, which takes longer than the answer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GARBAGE)


def prepare(settings: Settings, structure: Structure, database: Database, now: datetime) -> None:
    """Bring schema, bodies and people up to date. A people file is imported when it is another than the last one."""
    build(database)  # a new one at once: the migrations, and the library that runs them, are for older ones
    copy = upgrade(database, now)
    if copy is not None and settings.backup_directory is not None:
        settings.backup_directory.mkdir(parents=True, exist_ok=True)
        copy = Path(shutil.move(copy, settings.backup_directory / copy.name))
    if copy is not None:
        log.info("the schema was brought up to date; the database as it was: %s", copy)
    database.work(lambda session: know_bodies(session, structure))
    database.work(lambda session: note_structure(session, structure, IMPORT, now))
    database.work(lambda session: owe_planning(SqlStore(session), structure, now))
    database.work(lambda session: owe_connections(SqlStore(session), structure, now))
    database.work(lambda session: owe_what_meetings_lack(SqlStore(session), structure, now))
    database.work(lambda session: owe_housekeeping(SqlStore(session), structure, now))
    database.work(lambda session: owe_fetching(SqlStore(session), structure, now))
    if settings.people is not None:
        _import(settings.people, structure, database, now)


def _import(path: Path, structure: Structure, database: Database, now: datetime) -> None:
    def known(session: Session) -> tuple[Any, Any, str | None]:
        return everyone(session), SqlStore(session).groups(), inbox.recall(session, *PEOPLE)

    people, groups, last = database.work(known)
    file = load_people(path, structure, known_people=people, known_groups=groups)
    mark = sha256(path.read_bytes()).hexdigest()
    if mark == last:
        return

    def unit(session: Session) -> dict[str, int]:
        inbox.remember(session, *PEOPLE, mark)
        return import_people(session, structure, file, now)

    counts = database.work(unit)
    log.info("imported from %s: %s", path.name, ", ".join(f"{n} {what}" for what, n in counts.items()))


def channels_of(settings: Settings) -> tuple[Channel, ...]:
    """The channels that are configured. What may go by two of them goes by the first, unless someone uses the other."""
    found: list[Channel] = []
    if settings.matrix is not None:
        found.append(_matrix(settings.matrix))
    if settings.teams is not None:
        found.append(_teams(settings.teams))
    return tuple(found)


def _matrix(given: MatrixSettings) -> Channel:
    # Imported here: it takes a second, and whoever does not use Matrix need not wait for it.
    from bot.channels.matrix import MatrixChannel

    return MatrixChannel(matrix_options(given))


def matrix_options(given: MatrixSettings) -> MatrixOptions:
    """What the Matrix channel has to be told, from the settings."""
    from bot.channels.matrix import MatrixOptions

    own_server = given.user_id.partition(":")[2]
    return MatrixOptions(
        homeserver=given.homeserver,
        user_id=given.user_id,
        store_path=given.store_path,
        password=given.password.get_secret_value() if given.password else None,
        access_token=given.access_token.get_secret_value() if given.access_token else None,
        device_id=given.device_id,
        device_name=given.device_name,
        pickle_key=given.pickle_key.get_secret_value() if given.pickle_key else None,
        allowed_servers=given.allowed_servers or (own_server,),
        encrypt_private=given.encrypt_private,
    )


def _teams(given: TeamsSettings) -> Channel:
    # Imported here: Microsoft's library takes two seconds.
    from bot.channels.teams import TeamsChannel

    return TeamsChannel(teams_options(given))


def teams_options(given: TeamsSettings) -> TeamsOptions:
    """What the Teams channel has to be told, from the settings."""
    from bot.channels.teams.options import TeamsOptions

    return TeamsOptions(
        app_id=given.app_id,
        tenant_id=given.tenant_id,
        secret=given.secret.get_secret_value() if given.secret else None,
        tenants=given.allowed_tenants,
        host=given.host,
        port=given.port,
        path=given.path,
    )


class App:
    """The running bot over a prepared database. `ready` is set when it has caught up and the clock ticks."""

    def __init__(
        self,
        structure: Structure,
        database: Database,
        channels: Sequence[Channel],
        *,
        clock: Clock = wall_clock,
        commands: Mapping[str, Command] | None = None,
        moments: Mapping[str, Moment] | None = None,
    ) -> None:
        self.database = database
        self.house = House(
            structure,
            catalogue.COMMANDS if commands is None else commands,
            catalogue.MOMENTS if moments is None else moments,
        )
        self.ready = asyncio.Event()
        self._channels = channels
        self._stop = asyncio.Event()
        self.poster = Poster(database, structure, channels, clock, self.house.conversation.carrier.catalogue)
        self.ticker = Ticker(database, self.house, clock, self.poster.wake)
        self.worker = Worker(database, self.house, clock, self.poster, self.ticker.owed)
        names = [channel.name for channel in channels]
        self.ears = DatabaseEars(database, self.house, clock, self.worker.wake, self.poster.wake, names)

    def stop(self) -> None:
        """Leave in order; `run` returns soon after."""
        self._stop.set()

    async def until_told_to_stop(self) -> None:
        """`run`, stopped by SIGTERM and SIGINT."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        try:
            await self.run()
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)

    async def run(self) -> None:
        """Hear, handle, send and tick until `stop`. Raises ChannelClosed when a channel cannot go on."""
        tasks: list[asyncio.Future[Any]] = [asyncio.ensure_future(self._stop.wait())]
        try:
            tasks.append(asyncio.ensure_future(self._start()))
            await _first_end(tasks)
            if self._stop.is_set():
                return
            loops = (self.poster.run(), self.worker.run(), *(self._listen(channel) for channel in self._channels))
            tasks += [asyncio.ensure_future(loop) for loop in (*loops, self._catch_up())]
            while not self._stop.is_set():
                tasks = [task for task in tasks if not task.done()]
                await _first_end(tasks)
        finally:
            await self._leave(tasks)

    async def _start(self) -> None:
        """All channels can send, and what was decided before the last stop goes out first."""
        await asyncio.gather(*(channel.start(self.ears) for channel in self._channels))
        await self.poster.flush()

    async def _catch_up(self) -> None:
        """First what people said while the bot was down, then the clock: nobody is reminded of what is done."""
        await self.worker.drain()
        self.ticker.start()
        waiting, lost = await self.database.run(outbox.counts)
        names = ", ".join(channel.name for channel in self._channels)
        log.info("ready: %s; %d to send, %d not deliverable", names, waiting, lost)
        self.ready.set()

    async def _listen(self, channel: Channel) -> None:
        """Hear again after a fault: what was not stored is heard once more."""
        pause = 1.0
        while True:
            try:
                await channel.listen()
                raise ChannelClosed(f"{channel.name} stopped listening", 70)
            except ChannelClosed:
                raise
            except Exception:
                log.exception("%s: listening failed; again in %.0f s", channel.name, pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def _leave(self, tasks: Sequence[asyncio.Future[Any]]) -> None:
        log.info("stopping")
        self.ready.clear()
        self.ticker.stop()
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=_STOP_SECONDS)
        await self.poster.finish(_STOP_SECONDS)
        for channel in self._channels:
            await _in_time(channel.stop())


async def _first_end(tasks: Sequence[asyncio.Future[Any]]) -> None:
    """Wait until one of them ends; raises what it raised."""
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()


async def _in_time(leaving: Coroutine[Any, Any, None]) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_STOP_SECONDS):
            await leaving
