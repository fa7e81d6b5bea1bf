"""The outbox on its way out, over a channel that keeps what is sent and fails when told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from bot.channels.base import ChannelClosed, Heard, SendLater, SendNever
from bot.channels.recording import RecordingChannel
from bot.house import House, handle_all
from bot.post import Posted, Poster
from bot.seed import import_people, know_bodies
from bot.testing import opened
from commands import catalogue
from commands.kit.ports import Change, Outgoing
from commands.kit.reply import Message, Text, say
from commands.words.action import Action, ActionState
from commands.words.structure import Structure
from config.people import PeopleFile
from storage import outbox, tables
from storage.database import Database
from storage.store import SqlStore
from tests.conftest import at

MORNING = at("2027-01-11 09:00")


class Desk:
    """A database, a clock, a recording channel and the poster between them."""

    def __init__(self, structure: Structure, people: PeopleFile, database: Database) -> None:
        self.structure = structure
        self.database = database
        self.now = MORNING
        self.channel = RecordingChannel()
        self.house = House(structure, catalogue.COMMANDS, catalogue.MOMENTS)
        database.work(lambda session: know_bodies(session, structure))
        database.work(lambda session: import_people(session, structure, people, self.now))

    def post(self, key: str, text: str = "Iets", to: str = "AO", **more: Any) -> None:
        message = more.pop("message", None) or say(text)
        outgoing = Outgoing(key, more.pop("kind", "notice"), to, message, due=more.pop("due", self.now), **more)
        assert self.database.work(lambda session: outbox.post(session, outgoing))

    def hear(self, event_id: str, room: str, sender: str, text: str, **more: Any) -> None:
        private = room == "dm"
        kind = more.pop("kind", "message")
        heard = Heard("console", event_id, self.now, "" if private else room, private, sender, kind, text, **more)
        self.database.work(lambda session: self.house.receive(session, "console", [heard], None))
        handle_all(self.house, self.database, self.now)

    def flush(self, channel: RecordingChannel | None = None) -> None:
        """As a process that starts now would: what can be sent is sent."""
        used = channel or self.channel
        asyncio.run(self.poster(used).flush())

    def rouse(self) -> None:
        """As a running process would that wakes up: what may be tried now is tried."""
        asyncio.run(self.poster(self.channel).settle())

    def poster(self, *channels: RecordingChannel) -> Poster:
        return Poster(self.database, self.structure, channels, lambda: self.now)

    def within(self, unit: Callable[[Poster], Coroutine[Any, Any, None]]) -> None:
        """Run a poster beside something else."""

        async def both() -> None:
            poster = self.poster(self.channel)
            running = asyncio.ensure_future(poster.run())
            try:
                async with asyncio.timeout(10):
                    await unit(poster)
            finally:
                running.cancel()
                await asyncio.wait([running])

        asyncio.run(both())

    def row(self, key: str) -> tables.Outbox:
        from sqlmodel import select

        table = tables.Outbox
        return self.database.work(lambda session: session.exec(select(table).where(table.key == key)).one())


@pytest.fixture
def desk(structure: Structure, people: PeopleFile) -> Iterator[Desk]:
    database = opened("sqlite://")
    yield Desk(structure, people, database)
    database.close()


def test_what_is_sent_is_marked_with_the_event_id_of_the_platform(desk: Desk) -> None:
    desk.post("notice:1", "Er is iets")
    desk.flush()
    row = desk.row("notice:1")
    assert desk.channel.texts == ["Er is iets"]
    assert (row.event_id, row.parts_sent, row.channel) == ("$1", 1, "console")
    assert row.sent_at is not None


def test_nothing_is_sent_twice_by_a_later_start(desk: Desk) -> None:
    desk.post("notice:1")
    desk.flush()
    desk.flush()
    assert desk.channel.tried == ["notice:1:1"]


def test_a_message_that_must_wait_keeps_its_key_and_is_tried_after_one_two_four_seconds(desk: Desk) -> None:
    desk.post("notice:1")
    desk.channel.fail(SendLater("busy"), times=3)
    waits = []
    for _ in range(3):
        desk.flush()
        next_try = desk.row("notice:1").next_try
        assert next_try is not None
        waits.append((next_try - desk.now).total_seconds())
        desk.now = next_try
    desk.flush()
    assert waits == [1, 2, 4]
    assert desk.channel.tried == ["notice:1:1"] * 4
    assert len(desk.channel.sent) == 1


def test_the_pause_grows_to_a_minute_and_no_further(desk: Desk) -> None:
    desk.post("notice:1")
    desk.channel.fail(SendLater("busy"), times=9)
    for _ in range(9):
        desk.flush()
        before, desk.now = desk.now, desk.row("notice:1").next_try or desk.now
    assert desk.now - before == timedelta(seconds=60)


def test_the_server_says_how_long_to_wait(desk: Desk) -> None:
    desk.post("notice:1")
    desk.channel.fail(SendLater("slow down", after=17))
    desk.flush()
    assert desk.row("notice:1").next_try == desk.now + timedelta(seconds=17)


def test_a_waiting_message_holds_back_later_ones_to_the_same_place_only(desk: Desk) -> None:
    desk.post("notice:1", "eerst")
    desk.post("notice:2", "daarna")
    desk.post("notice:3", "elders", to="DO")
    desk.channel.fail(SendLater("busy"), room="AO")
    desk.flush()
    assert desk.channel.texts == ["elders"]
    desk.now += timedelta(seconds=2)
    desk.flush()
    assert desk.channel.texts == ["elders", "eerst", "daarna"]


def test_a_clock_that_is_put_back_holds_nothing_back(desk: Desk) -> None:
    desk.post("notice:1", "eerst")
    desk.post("notice:2", "daarna")
    desk.channel.fail(SendLater("busy"))
    desk.flush()
    desk.now -= timedelta(hours=1)
    desk.rouse()
    assert desk.channel.texts == ["eerst", "daarna"]


def test_after_a_restart_nothing_waits_for_the_time_of_another_clock(desk: Desk) -> None:
    desk.post("notice:1", "eerst")
    desk.channel.fail(SendLater("slow down", after=90))
    desk.flush()
    desk.now -= timedelta(seconds=30)
    desk.rouse()
    assert desk.channel.texts == []
    desk.flush()
    assert desk.channel.texts == ["eerst"]


def test_no_server_makes_a_message_wait_longer_than_five_minutes(desk: Desk) -> None:
    desk.post("notice:1")
    desk.channel.fail(SendLater("come back tomorrow", after=86_400))
    desk.flush()
    assert desk.row("notice:1").next_try == desk.now + timedelta(minutes=5)


def test_of_two_that_wait_the_one_that_is_tried_now_does_not_hide_the_other(desk: Desk) -> None:
    desk.post("notice:1", "eerst")
    desk.post("notice:2", "elders", to="DO")
    desk.channel.fail(SendLater("busy", after=5), room="AO")
    desk.channel.fail(SendLater("busy", after=9), room="DO")
    desk.flush()
    begun = desk.now + timedelta(seconds=5)
    waits = desk.database.work(lambda session: outbox.next_try(session, after=begun))
    assert waits == desk.now + timedelta(seconds=9)


def test_what_can_never_be_sent_is_put_aside_and_what_comes_after_it_goes_on(desk: Desk) -> None:
    desk.post("notice:1", "weg")
    desk.post("notice:2", "daarna")
    desk.channel.fail(SendNever("no such room"))
    desk.flush()
    assert desk.row("notice:1").failed == "console: no such room"
    assert desk.channel.texts == ["daarna"]
    assert desk.database.work(outbox.counts) == (0, 1)


def test_a_place_without_an_address_on_any_channel_is_put_aside(desk: Desk) -> None:
    desk.post("notice:1", to="WG-PFAS")
    desk.flush(RecordingChannel("teams"))
    assert desk.row("notice:1").failed == "geen adres"


def test_a_fault_in_the_channel_itself_is_tried_again_and_stops_nothing(desk: Desk) -> None:
    desk.post("notice:1", "eerst")
    desk.post("notice:2", "elders", to="DO")
    desk.channel.fail(ZeroDivisionError("a mistake of ours"), room="AO")
    desk.flush()
    assert desk.channel.texts == ["elders"]
    assert desk.row("notice:1").next_try == desk.now + timedelta(seconds=1)


def test_a_channel_that_cannot_go_on_ends_the_poster_and_the_row_stays(desk: Desk) -> None:
    desk.post("notice:1")
    desk.channel.fail(ChannelClosed("the token is gone", 78))
    with pytest.raises(ChannelClosed, match="the token is gone"):
        desk.flush()
    assert desk.row("notice:1").sent_at is None
    assert desk.row("notice:1").failed == ""


def test_a_long_message_goes_on_at_the_part_that_was_not_sent(desk: Desk) -> None:
    channel = RecordingChannel(longest=30)
    desk.post("notice:1", message=Message(tuple(Text(f"deel {n} van het verhaal") for n in range(3))))
    first = desk.row("notice:1")
    desk.database.work(lambda session: outbox.mark_part(session, first.id or 0, 1, "$eerder"))
    desk.flush(channel)
    assert [kept.parcel.key for kept in channel.sent] == ["notice:1:2", "notice:1:3"]
    assert channel.texts == ["deel 1 van het verhaal", "deel 2 van het verhaal"]
    assert desk.row("notice:1").event_id == "$eerder"
    assert desk.row("notice:1").sent_at is not None


def test_the_sentence_for_late_delivery_moves_no_text_to_another_part(desk: Desk) -> None:
    message = Message(tuple(Text(f"regel {n}") for n in range(30)))
    in_time, late = RecordingChannel(longest=100), RecordingChannel(longest=100)
    desk.post("notice:1", message=message)
    desk.flush(in_time)
    desk.post("notice:2", message=message, due=MORNING - timedelta(days=3))
    desk.flush(late)
    assert late.texts[0] == f"Vertraagd door een storing; bedoeld voor vrijdag 8 januari 2027.\n{in_time.texts[0]}"
    assert late.texts[1:] == in_time.texts[1:]
    assert len(late.texts) > 1


def test_only_the_first_part_calls_the_people_who_must_act(desk: Desk) -> None:
    channel = RecordingChannel(longest=10)
    desk.post("notice:1", message=say("een twee", "drie vier"), mentions=("vng.ao.2",))
    desk.flush(channel)
    assert [kept.parcel.mentions for kept in channel.sent] == [("vng.ao.2",), ()]


def test_an_answer_hangs_on_the_message_it_answers(desk: Desk) -> None:
    desk.hear("m1", "AO", "uvw.ao.1", "!signaal Baggerdepots zitten vol")
    desk.flush()
    [kept] = desk.channel.sent
    assert (kept.parcel.room, kept.parcel.reply_to, kept.parcel.thread) == ("AO", "m1", None)


def test_an_answer_in_a_thread_stays_in_it(desk: Desk) -> None:
    desk.hear("m1", "AO", "uvw.ao.1", "!signaal Baggerdepots zitten vol", thread="m0")
    desk.flush()
    [kept] = desk.channel.sent
    assert (kept.parcel.reply_to, kept.parcel.thread) == ("m1", "m0")


def test_an_answer_that_goes_to_another_place_hangs_on_nothing(desk: Desk) -> None:
    desk.hear("m1", "AO", "uvw.ao.1", "!signaal Baggerdepots zitten vol")
    desk.flush()
    desk.post("reply:console:m1:9", to="dm:uvw.ao.1", kind="reply", reply_to="m1", thread="m0")
    desk.post("reply:console:m1:8", to="DO", kind="reply", reply_to="m1")
    desk.flush()
    elsewhere = [kept.parcel for kept in desk.channel.sent[1:]]
    assert {(parcel.room, parcel.private) for parcel in elsewhere} == {("uvw.ao.1", True), ("DO", False)}
    assert all(parcel.reply_to is None and parcel.thread is None for parcel in elsewhere)


def test_an_answer_in_private_hangs_on_what_was_said_in_private(desk: Desk) -> None:
    desk.hear("m1", "dm", "uvw.ao.1", "!signaal Baggerdepots zitten vol")
    desk.flush()
    [kept] = desk.channel.sent
    assert (kept.parcel.room, kept.parcel.private, kept.parcel.reply_to) == ("uvw.ao.1", True, "m1")


def test_the_answer_to_a_reaction_hangs_on_the_message_that_was_reacted_to(desk: Desk) -> None:
    desk.hear("m1", "AO", "uvw.ao.1", "!signaal Baggerdepots zitten vol")
    desk.flush()
    desk.hear("r1", "AO", "uvw.ao.1", "✅", kind="reaction", target="$1")
    desk.post("reply:console:r1:1", kind="reply", reply_to="r1")
    desk.flush()
    parcel = desk.channel.sent[-1].parcel
    assert (parcel.reply_to, parcel.thread) == ("$1", "m1")


def test_a_stranger_in_private_is_answered_there(desk: Desk) -> None:
    desk.hear("m1", "dm", "onbekend", "!signaal Iets belangrijks")
    desk.flush()
    [kept] = desk.channel.sent
    assert (kept.parcel.room, kept.parcel.private) == ("onbekend", True)
    assert kept.parcel.rendered.text.startswith("Ik ken je nog niet")


@pytest.mark.parametrize(("state", "sent"), [(ActionState.DONE, 0), (ActionState.OPEN, 1)])
def test_a_reminder_that_waited_long_is_not_sent_about_finished_work(desk: Desk, state: ActionState, sent: int) -> None:
    due = at("2027-01-20 08:30")
    day = due.date()
    action = Action("ACT-2027-001", "stukken", "vng.ao.2", "VNG", day, day, "AO", state, "rijk.secr.1", MORNING)
    change = Change("vng.ao.2", MORNING)
    desk.database.work(lambda session: SqlStore(session).put(action, change))
    desk.post("bundle:vng.ao.2:x", to="dm:vng.ao.2", kind="reminder", about=(action.id,), due=due)
    desk.now = due + timedelta(hours=2)
    desk.flush()
    assert len(desk.channel.sent) == sent
    assert desk.row("bundle:vng.ao.2:x").failed == ("" if sent else "niet meer nodig")
    assert desk.database.work(outbox.counts) == (0, 0)


def test_what_is_posted_while_it_runs_goes_out_at_once(desk: Desk) -> None:
    async def unit(poster: Poster) -> None:
        desk.post("notice:1", "meteen")
        poster.wake()
        await desk.channel.arrived(1)
        await poster.finish(5)

    desk.within(unit)
    assert desk.row("notice:1").sent_at is not None
    assert desk.channel.texts == ["meteen"]


def test_what_a_turn_posts_goes_out_in_order_without_a_look_at_the_outbox(desk: Desk) -> None:
    held, begun = asyncio.Event(), asyncio.Event()
    send = desk.channel.send

    async def slow(parcel: Any) -> str:
        begun.set()
        await held.wait()
        return await send(parcel)

    desk.channel.send = slow  # type: ignore[method-assign]

    def turn(key: str) -> Posted:
        def unit(session: Session) -> Posted:
            assert outbox.post(session, Outgoing(key, "reply", "AO", say(key), due=desk.now))
            return poster.pick(session)

        return desk.database.work(unit)

    poster = desk.poster(desk.channel)

    async def whole() -> None:
        poster.send(turn("eerst"))
        await begun.wait()
        poster.send(turn("dan"))
        poster.send(turn("ten slotte"))
        held.set()
        await poster.finish(5)

    asyncio.run(whole())
    assert desk.row("ten slotte").sent_at is not None
    assert desk.channel.texts == ["eerst", "dan", "ten slotte"]


def test_a_slow_place_does_not_hold_up_another(desk: Desk) -> None:
    held = asyncio.Event()
    send = desk.channel.send

    async def slow(parcel: Any) -> str:
        if parcel.room == "AO":
            await held.wait()
        return await send(parcel)

    desk.channel.send = slow  # type: ignore[method-assign]
    desk.post("notice:1", "traag")
    desk.post("notice:2", "vlot", to="DO")

    async def unit(poster: Poster) -> None:
        assert await desk.channel.arrived(1) == ["vlot"]
        assert desk.row("notice:1").sent_at is None
        held.set()
        await desk.channel.arrived(2)

    desk.within(unit)
    assert desk.channel.texts == ["vlot", "traag"]
