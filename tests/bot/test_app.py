"""The running bot on a channel that only keeps what is sent: how it starts, goes on after a fault, and stops."""

from __future__ import annotations

import asyncio
import gc
import logging
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from bot.app import App, prepare, spare_what_stays
from bot.channels.base import ChannelClosed, Ears, Heard
from bot.channels.recording import RecordingChannel
from bot.cli import main
from bot.lock import InUse, locked
from bot.logs import log_to_stderr
from bot.seed import import_people, know_bodies
from bot.testing import opened
from bot.ticker import TICK_SECONDS
from commands import catalogue
from commands.kit.ports import Due, Outgoing
from commands.kit.reply import say
from commands.moments.watch import Moment, Nudge, Watch
from commands.words.people import Person
from commands.words.structure import Structure
from config.people import PeopleFile
from config.settings import Settings
from storage import inbox, outbox
from storage.database import Database
from storage.store import SqlStore
from tests.conftest import at

MORNING = at("2027-01-11 09:00")


class Office:
    """A prepared database, a clock and a channel; `during` runs the app beside a test."""

    def __init__(self, structure: Structure, people: PeopleFile, database: Database) -> None:
        self.structure = structure
        self.database = database
        self.now = MORNING
        self.clock: Callable[[], datetime] = lambda: self.now
        self.channel = RecordingChannel()
        database.work(lambda session: know_bodies(session, structure))
        database.work(lambda session: import_people(session, structure, people, self.now))

    def heard(self, id: str, text: str) -> Heard:
        return Heard("console", id, self.now, "AO", False, "uvw.ao.1", "message", text)

    def during(self, unit: Callable[[App], Coroutine[Any, Any, None]], **more: Any) -> None:
        async def both() -> None:
            app = App(self.structure, self.database, [self.channel], clock=lambda: self.clock(), **more)
            running = asyncio.ensure_future(app.run())
            async with asyncio.timeout(20):
                try:
                    await asyncio.wait(
                        [running, asyncio.ensure_future(app.ready.wait())], return_when=asyncio.FIRST_COMPLETED
                    )
                    await unit(app)
                finally:
                    app.stop()
                    await running

        asyncio.run(both())

    async def said(self, count: int) -> list[str]:
        """The texts, once there are so many."""
        return await self.channel.arrived(count)


@pytest.fixture
def office(structure: Structure, people: PeopleFile) -> Iterator[Office]:
    database = opened("sqlite://")
    yield Office(structure, people, database)
    database.close()


def test_what_is_heard_is_answered_and_stop_ends_it_in_order(office: Office) -> None:
    async def unit(app: App) -> None:
        await office.channel.hear(office.heard("m1", "!signaal Baggerdepots zitten vol"))
        [answer] = await office.said(1)
        assert answer.startswith("SIG-2027-001")

    office.during(unit)
    assert office.database.work(outbox.counts) == (0, 0)


def test_what_waited_is_said_before_what_was_heard_is_answered_and_then_the_clock_speaks(office: Office) -> None:
    heard = office.heard("m1", "!signaal Baggerdepots zitten vol")
    waiting = Outgoing("notice:1", "notice", "AO", say("Bewaard"), due=office.now)
    office.database.work(lambda session: inbox.store(session, [vars(heard)], "console", None))
    office.database.work(lambda session: outbox.post(session, waiting))
    office.database.work(lambda session: _owe(session, office.now))

    async def unit(app: App) -> None:
        texts = await office.said(3)
        assert [text.split(",")[0] for text in texts] == ["Bewaard", "SIG-2027-001", "Denk eraan"]

    office.during(unit, moments={"proef": REMIND})


def test_a_reply_to_a_later_part_of_a_message_is_a_reply_to_the_message(office: Office) -> None:
    office.channel = RecordingChannel(longest=100)
    parts = ("Over dit signaal is gesproken in de regio.", "De gemeenten willen weten waar zij met bagger heen kunnen.")

    async def unit(app: App) -> None:
        await office.channel.hear(office.heard("m1", "!signaal Baggerdepots zitten vol"))
        await office.said(1)
        about = Outgoing("notice:1", "notice", "AO", say(*parts), about=("SIG-2027-001",), due=office.now)
        await app.database.run(lambda session: outbox.post(session, about))
        await app.poster.flush()
        assert office.channel.texts[1:] == list(parts)
        later = office.channel.sent[2].event_id
        await office.channel.hear(replace(office.heard("m2", "!wijzig thema:bagger"), target=later))
        assert (await office.said(4))[3].startswith("SIG-2027-001")

    office.during(unit)


def test_a_fault_in_a_turn_is_said_and_the_next_message_is_answered(office: Office) -> None:
    def fails(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError("!signaal met een geheim")

    broken = {**catalogue.COMMANDS, "signalen": replace(catalogue.COMMANDS["signalen"], run=fails)}

    async def unit(app: App) -> None:
        await office.channel.hear(office.heard("m1", "!signalen"), office.heard("m2", "!signaal Depots zitten vol"))
        first, second = await office.said(2)
        assert first.startswith("Niet opgeslagen door een storing.")
        assert second.startswith("SIG-2027-001")

    office.during(unit, commands=broken)


def test_of_a_crowd_only_the_turn_that_fails_is_undone(office: Office) -> None:
    def fails(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError

    broken = {**catalogue.COMMANDS, "signalen": replace(catalogue.COMMANDS["signalen"], run=fails)}
    texts = [f"!signaal Depot {n} zit vol" for n in range(12)]
    texts[7] = "!signalen"

    async def unit(app: App) -> None:
        await office.channel.hear(*(office.heard(f"m{n}", text) for n, text in enumerate(texts)))
        said = await office.said(12)
        assert [text[:12] for text in said] == [
            *(f"SIG-2027-00{n}" for n in range(1, 8)),
            "Niet opgesla",
            *(f"SIG-2027-{n:03d}" for n in range(8, 12)),
        ]

    office.during(unit, commands=broken)


def test_events_that_come_in_while_others_wait_are_each_handled_once(office: Office) -> None:
    async def unit(app: App) -> None:
        first = [office.heard(f"a{n}", f"!signaal Depot {n} zit vol") for n in range(20)]
        later = [office.heard(f"b{n}", f"!signaal Sloot {n} groeit dicht") for n in range(20)]
        await office.channel.hear(*first)
        await asyncio.gather(*(office.channel.hear(event) for event in later), app.worker.drain(), app.worker.drain())
        texts = await office.said(40)
        assert [text[:12] for text in texts] == [f"SIG-2027-{n:03d}" for n in range(1, 41)]

    office.during(unit)


def test_a_channel_that_cannot_go_on_ends_the_run(office: Office) -> None:
    async def whole() -> None:
        app = App(office.structure, office.database, [office.channel], clock=lambda: office.now)
        running = asyncio.ensure_future(app.run())
        await app.ready.wait()
        office.channel.fail(ChannelClosed("the token is gone", 78))
        await office.channel.hear(office.heard("m1", "!signaal Baggerdepots zitten vol"))
        async with asyncio.timeout(10):
            await running

    with pytest.raises(ChannelClosed, match="the token is gone"):
        asyncio.run(whole())
    assert office.database.work(outbox.counts) == (1, 0)


def test_it_can_be_stopped_while_a_channel_still_waits_for_its_server(office: Office) -> None:
    class Unreachable(RecordingChannel):
        async def start(self, ears: Ears) -> None:
            waits.set()
            await asyncio.Event().wait()

    waits = asyncio.Event()

    async def whole() -> None:
        app = App(office.structure, office.database, [Unreachable()], clock=lambda: office.now)
        running = asyncio.ensure_future(app.run())
        await waits.wait()
        app.stop()
        async with asyncio.timeout(10):
            await running
        assert not app.ready.is_set()

    asyncio.run(whole())


def test_a_later_moment_is_run_when_the_clock_has_come_there(office: Office) -> None:
    office.database.work(lambda session: _owe(session, office.now + timedelta(days=1)))

    async def unit(app: App) -> None:
        await app.ticker.tick()
        assert office.channel.sent == []
        office.now += timedelta(days=1, minutes=1)
        await app.ticker.tick()
        assert await office.said(1) == ["Denk eraan, het is zover."]
        await app.ticker.tick()

    office.during(unit, moments={"proef": REMIND})
    assert len(office.channel.sent) == 1


def test_a_moment_that_is_close_wakes_the_clock_before_the_next_tick(office: Office) -> None:
    office.database.work(lambda session: _owe(session, MORNING + timedelta(seconds=0.5)))

    began = time.monotonic()
    office.clock = lambda: MORNING + timedelta(seconds=time.monotonic() - began)

    async def unit(app: App) -> None:
        await office.said(1)
        assert time.monotonic() - began < TICK_SECONDS / 2

    office.during(unit, moments={"proef": REMIND})


def test_people_of_the_file_are_imported_when_it_is_another_file(structure: Structure, tmp_path: Path) -> None:
    file = tmp_path / "mensen.toml"
    settings = Settings(database="sqlite://", people=file)
    database = opened("sqlite://")

    def organisation() -> str | None:
        found = database.work(lambda session: SqlStore(session).get(Person, "x.1"))
        return found.organisation if found else None

    file.write_text('[[person]]\nid = "x.1"\norganisation = "VNG"\n', "utf-8")
    prepare(settings, structure, database, MORNING)
    assert organisation() == "VNG"
    file.write_text('[[person]]\nid = "x.1"\norganisation = "IPO"\n', "utf-8")
    prepare(settings, structure, database, MORNING)
    assert organisation() == "IPO"
    database.close()


def test_two_processes_do_not_run_on_one_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    with locked(url), pytest.raises(InUse, match="another overlegbot"), locked(url):
        pass
    with locked(url):
        assert (tmp_path / "bot.db.lock").exists()


def test_the_log_shows_where_a_fault_was_but_not_what_people_wrote(capsys: pytest.CaptureFixture[str]) -> None:
    typed = "een gevoelige zin"
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    try:
        log_to_stderr("info")
        try:
            raise ValueError(typed)
        except ValueError:
            logging.getLogger("overlegbot").exception("turn failed: inbox=%s", 7)
    finally:
        root.handlers[:], root.level = before, level
    shown = capsys.readouterr().err
    assert "turn failed: inbox=7" in shown
    assert "ValueError" in shown
    assert "test_app.py" in shown
    assert typed not in shown


def test_without_a_channel_there_is_nothing_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["run"]) == 78
    assert "no channel is configured" in capsys.readouterr().err


def test_every_fault_of_the_configuration_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "fout.toml"
    file.write_text('databse = "x"\nlog_level = "hard"\n', "utf-8")
    assert main(["--config", str(file), "run"]) == 78
    shown = capsys.readouterr().err
    assert "databse" in shown
    assert "log_level" in shown


def _remind(watch: Watch, due: Due) -> tuple[Nudge, ...]:
    return (Nudge("vng.ao.2", ("Denk eraan, het is zover.",)),)


REMIND = Moment("proef", _remind)


def _owe(session: Session, at: datetime) -> None:
    SqlStore(session).owe("X-1", [Due("proef", "X-1", "", at)], kinds=("proef",))


def test_what_is_there_at_the_start_is_spared_and_what_comes_later_is_still_taken_away() -> None:
    class Ring:
        """Garbage that does not go by itself."""

        def __init__(self) -> None:
            self.me = self

    before, frozen, stays = gc.get_threshold(), gc.get_freeze_count(), Ring()
    try:
        spare_what_stays()
        assert gc.get_freeze_count() > frozen + 10_000
        assert not any(one is stays for one in gc.get_objects())
        gone = weakref.ref(Ring())
        gc.collect()
        assert gone() is None
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_a_bot_on_matrix_carries_nothing_that_few_answers_need() -> None:
    seldom = "alembic dateparser icalendar matplotlib microsoft_teams odfdo PIL prompt_toolkit starlette"
    asked = (
        "import sys, bot.doors.run, bot.app, bot.channels.matrix\n"
        f"found = set({seldom!r}.split()) & sys.modules.keys()\n"
        "sys.exit(', '.join(sorted(found)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
