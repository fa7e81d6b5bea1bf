"""A platform that shows twice what it gets twice: what may have arrived says so, and nothing else does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from sqlmodel import Session

from bot.channels.base import Parcel, SendLater, SendNever
from bot.channels.recording import RecordingChannel
from bot.deliveries import AT_ONCE
from bot.post import Posted, Poster
from bot.testing import opened
from commands.kit.ports import Outgoing
from commands.kit.reply import Message, Text, say
from commands.words.structure import Structure
from config.people import PeopleFile
from storage import outbox
from tests.bot.test_post import Desk


class Forgetful(RecordingChannel):
    """Knows no keys. `breaks` stands for the end of the process in the middle of a send, from that one on."""

    same_key_once = False

    def __init__(self, *, longest: int = 10_000, breaks: int | None = None, late: bool = False) -> None:
        super().__init__(longest=longest)
        self.breaks = breaks
        self.late = late
        self.seen: list[tuple[str, bool]] = []

    async def send(self, parcel: Parcel) -> str:
        if self.breaks is not None and len(self.seen) >= self.breaks:
            if self.late:
                self.seen.append((parcel.rendered.text, parcel.again))
            await asyncio.Event().wait()
        found = await super().send(parcel)
        self.seen.append((parcel.rendered.text, parcel.again))
        return found


class Slow(Forgetful):
    """Takes one text only when it is told to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.goes_on = asyncio.Event()

    async def send(self, parcel: Parcel) -> str:
        if parcel.rendered.text == self.text:
            await self.goes_on.wait()
        return await super().send(parcel)


@pytest.fixture
def desk(structure: Structure, people: PeopleFile) -> Iterator[Desk]:
    database = opened("sqlite://")
    yield Desk(structure, people, database)
    database.close()


def killed(desk: Desk, channel: Forgetful) -> int:
    """A process that ends while it sends; returns of how many messages it then cannot be known whether they arrived."""

    def open_ended(session: Session) -> int:
        return sum(row.begun > row.parts_sent for row in outbox.unsent(session, desk.now))

    async def whole() -> int:
        poster = desk.poster(channel)
        await poster._begin()
        for _ in range(400):
            await asyncio.sleep(0)
            desk.database.work(outbox.counts)
        return desk.database.work(open_ended)

    return asyncio.run(whole())


def test_what_certainly_did_not_arrive_is_sent_as_it_is(desk: Desk) -> None:
    channel = Forgetful()
    channel.fail(SendLater("te vlug", 1, arrived=False), 2)
    desk.post("notice:1", "hallo")
    for _ in range(3):
        desk.flush(channel)
    assert channel.seen == [("hallo", False)]


def test_what_may_have_arrived_says_so_whatever_the_next_try_was_told(desk: Desk) -> None:
    channel = Forgetful()
    channel.fail(SendLater("kapot"))
    channel.fail(SendLater("te vlug", arrived=False))
    desk.post("notice:1", "hallo")
    for _ in range(3):
        desk.flush(channel)
    assert channel.seen == [("hallo", True)]


def test_the_same_holds_within_one_process(desk: Desk) -> None:
    desk.channel = channel = Forgetful()
    channel.fail(SendLater("kapot", 1))
    desk.post("notice:1", "hallo")
    desk.post("notice:2", "en nog iets")

    async def unit(poster: Poster) -> None:
        while (at := desk.row("notice:1").next_try) is None:
            await asyncio.sleep(0)
        desk.now = at
        poster.wake()
        while desk.row("notice:2").sent_at is None:
            await asyncio.sleep(0)

    desk.within(unit)
    assert channel.seen == [("hallo", True), ("en nog iets", False)]


def test_a_fault_of_our_own_leaves_it_open_whether_it_arrived(desk: Desk) -> None:
    channel = Forgetful()
    channel.fail(RuntimeError("een fout"))
    desk.post("notice:1", "hallo")
    for _ in range(2):
        desk.flush(channel)
    assert channel.seen == [("hallo", True)]


def test_what_was_sent_when_the_process_ended_says_so_and_what_comes_after_it_does_not(desk: Desk) -> None:
    desk.post("notice:1", "hallo")
    desk.post("notice:2", "en nog iets")
    killed(desk, Forgetful(breaks=0, late=True))
    channel = Forgetful()
    desk.flush(channel)
    assert channel.seen == [("hallo", True), ("en nog iets", False)]


def test_of_a_long_message_only_the_part_that_may_have_arrived_says_so(desk: Desk) -> None:
    desk.post("notice:1", message=Message((Text("een"), Text("twee"), Text("drie"))))
    killed(desk, Forgetful(longest=5, breaks=1))
    channel = Forgetful(longest=5)
    desk.flush(channel)
    assert channel.seen == [("twee", True), ("drie", False)]


def test_of_many_at_once_one_alone_was_being_sent_and_says_so(desk: Desk) -> None:
    people = [f"{party}.{level}.1" for party in ("vng", "ipo", "uvw", "rijk") for level in ("ao", "do", "bo", "wg")]
    for person in people:
        desk.post(f"notice:{person}", person, to=f"dm:{person}")
    assert killed(desk, Forgetful(breaks=3, late=True)) == 1
    channel = Forgetful()
    desk.flush(channel)
    assert sorted(text for text, _ in channel.seen) == sorted(people[3:])
    assert [text for text, again in channel.seen if again] == [people[3]]


def test_an_answer_goes_before_what_nobody_waits_for(desk: Desk) -> None:
    channel = Forgetful()
    for person in ("vng.ao.1", "ipo.ao.1", "uvw.ao.1"):
        desk.post(f"notice:{person}", person, to=f"dm:{person}")
    desk.post("reply:1", "antwoord", kind="reply", to="dm:vng.do.1")
    desk.flush(channel)
    assert [text for text, _ in channel.seen] == ["vng.ao.1", "antwoord", "ipo.ao.1", "uvw.ao.1"]


def test_who_is_waited_for_too_long_holds_up_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.post._HANGS_SECONDS", 0)
    desk.channel = channel = Slow("vng.ao.1")
    for person in ("vng.ao.1", "ipo.ao.1", "uvw.ao.1"):
        desk.post(f"notice:{person}", person, to=f"dm:{person}")

    async def unit(_poster: Poster) -> None:
        while desk.row("notice:uvw.ao.1").sent_at is None:
            await asyncio.sleep(0)
        channel.goes_on.set()
        while desk.row("notice:vng.ao.1").sent_at is None:
            await asyncio.sleep(0)

    desk.within(unit)
    assert [text for text, _ in channel.seen] == ["ipo.ao.1", "uvw.ao.1", "vng.ao.1"]


def test_after_an_orderly_stop_nothing_says_so_that_was_not_tried(desk: Desk) -> None:
    def turn(session: Session) -> Posted:
        assert outbox.post(session, Outgoing("reply:1", "reply", "AO", say("hallo"), due=desk.now))
        return poster.pick(session)

    poster = desk.poster(Forgetful())

    async def whole() -> None:
        for _ in range(AT_ONCE):
            await poster._room_to_send.acquire()
        poster.send(await desk.database.run(turn))
        await poster.finish(0)

    asyncio.run(whole())
    channel = Forgetful()
    desk.flush(channel)
    assert channel.seen == [("hallo", False)]


def test_what_a_turn_decides_while_its_place_is_busy_does_not_say_so(desk: Desk) -> None:
    channel = Forgetful()

    async def both(poster: Poster) -> None:
        def turn(session: Session) -> Posted:
            assert outbox.post(session, Outgoing("reply:1", "reply", "AO", say("hallo"), due=desk.now))
            return poster.pick(session)

        picked = await desk.database.run(turn)
        poster.send(Posted({"AO"}, ()))  # another was begun there meanwhile
        poster.send(picked)
        await poster.finish(10)

    asyncio.run(both(desk.poster(channel)))
    assert channel.seen == [("hallo", False)]


def test_what_is_given_up_and_tried_again_later_does_not_say_so(desk: Desk) -> None:
    channel = Forgetful()
    channel.fail(SendNever("weg", arrived=False))
    desk.post("notice:1", "hallo", to="dm:vng.ao.1")
    desk.flush(channel)
    why = desk.row("notice:1").failed
    assert desk.database.work(lambda session: outbox.revive(session, "dm:vng.ao.1", why, desk.now)) == 1
    desk.flush(channel)
    assert channel.seen == [("hallo", False)]
