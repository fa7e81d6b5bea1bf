"""The outbox on its way out: row -> place -> parts -> channel, with retries. Nothing but this sends (design.md §3)."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from bot.channels.base import Channel, ChannelClosed, NotSent, Parcel, SendLater, SendNever, ShowsCards, Unreached
from bot.deliveries import AT_ONCE, Deliveries, Delivery
from bot.lane import Lane
from bot.marks import Marks
from bot.parts import Part, Parts
from commands.kit.declare import Command
from commands.words.structure import Structure
from storage import outbox
from storage.database import Database
from storage.outbox import Waiting

log = logging.getLogger("overlegbot.post")

_LONGEST_PAUSE = 60.0
#: Who is waited for longer than this holds up no message to others.
_HANGS_SECONDS = 3.0


@dataclass(frozen=True)
class Posted:
    """What one transaction put in the outbox: all places it is for, and what may be sent there now."""

    places: Collection[str]
    ready: Sequence[Delivery]


class _MustWait(Exception):
    """The destination gets nothing until its message may be tried again."""


class Poster:
    """Sends what waits, in order for each destination, the destinations beside each other."""

    def __init__(
        self,
        database: Database,
        structure: Structure,
        channels: Sequence[Channel],
        clock: Callable[[], datetime],
        catalogue: Mapping[str, Command] | None = None,
    ) -> None:
        self._database = database
        self._parts = Parts(structure, catalogue or {})
        self._structure = structure
        self._channels = {channel.name: channel for channel in channels}
        self._clock = clock
        #: Where what is sent twice is seen twice, one is sent at a time: so many can a crash leave open.
        self._lane = Lane(_HANGS_SECONDS)
        once = {channel.name: channel.same_key_once for channel in channels}
        self._deliveries = Deliveries(structure, once, lambda: self._lane.free)
        self._marks = Marks(database, self._deliveries, clock)
        self._news = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._more: set[str] = set()
        self._room_to_send = asyncio.Semaphore(AT_ONCE)
        self._closed: ChannelClosed | None = None
        #: More places wait than were begun with at once.
        self._crowded = False

    def wake(self) -> None:
        """There may be something to send."""
        self._news.set()

    def pick(self, session: Session) -> Posted:
        """What this transaction has put in the outbox, for `send` once it is committed; in the database thread."""
        places = outbox.just_posted(session)
        idle = places - self._busy.keys()
        return Posted(places, self._deliveries.ready(session, self._clock(), idle) if idle else ())

    def make(self, posted: Posted) -> None:
        """Make the words of what was picked while its transaction ends. Nothing is sent before that has ended well."""
        for delivery in posted.ready:
            if delivery.pressed is None and not delivery.row.outgoing.files:
                with contextlib.suppress(Exception):  # what cannot be made says so when it is to be sent
                    delivery.made.append(self._made(delivery))

    def send(self, posted: Posted) -> None:
        """Send what was picked without looking for it again."""
        if self._closed is not None:
            return
        ready = {delivery.to: delivery for delivery in posted.ready}
        # What is written down as being sent comes first, so that no more is than is being sent.
        for to in dict.fromkeys((*ready, *posted.places)):
            if to in self._busy:
                self._more.add(to)
            else:
                self._busy[to] = asyncio.ensure_future(self._drain(to, ready.get(to)))

    async def flush(self) -> None:
        """At the start: send all that can be sent, postponed or not. ChannelClosed when a channel cannot go on."""
        await self._database.run(outbox.try_at_once)
        await self.settle()

    async def settle(self) -> None:
        """Send all that may be tried now. ChannelClosed when a channel cannot go on."""
        while await self._begin():
            await self._anything_done()

    async def run(self) -> None:
        """Send until cancelled. ChannelClosed when a channel cannot go on."""
        while True:
            self._news.clear()
            try:
                now = self._clock()
                await self._begin()
                pause = await self._until_next_try(now)
            except ChannelClosed:
                raise
            except Exception:
                log.exception("the outbox cannot be read")
                pause = _LONGEST_PAUSE
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._news.wait()

    async def finish(self, seconds: float) -> None:
        """Let what is being sent be sent and marked, at most so long; what is left keeps its key for the next start."""
        tasks = list(self._busy.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=1)
                await self._database.run(self._deliveries.leave)

    # --- one task for each destination ---------------------------------------------------------------------------
    async def _begin(self) -> bool:
        """Start a task for each destination that has something to send; whether any is at work."""
        if self._closed is not None:
            raise self._closed
        now = self._clock()
        ready = await self._database.run(lambda session: self._deliveries.ready(session, now))
        self._crowded = len(ready) >= outbox.MOST
        self.send(Posted({delivery.to for delivery in ready}, ready))
        return bool(self._busy)

    async def _anything_done(self) -> None:
        await asyncio.wait(list(self._busy.values()), return_when=asyncio.FIRST_COMPLETED)

    async def _until_next_try(self, begun: datetime) -> float:
        """Seconds to the first postponed message; what could be tried at `begun` is being tried."""
        at = await self._database.run(lambda session: outbox.next_try(session, after=begun))
        if at is None:
            return _LONGEST_PAUSE
        return min(max((at - self._clock()).total_seconds(), 0.05), _LONGEST_PAUSE)

    async def _drain(self, to: str, delivery: Delivery | None) -> None:
        """Send one after the other until nothing is left or the destination must wait."""
        look_again = True
        try:
            delivery = delivery or await self._marks.next(to)
            while delivery is not None:
                self._more.discard(to)
                delivery = await self._deliver(delivery)
                if delivery is None and to in self._more:
                    delivery = await self._marks.next(to)
            look_again = self._crowded
        except _MustWait:
            pass
        except ChannelClosed as closed:
            self._closed = closed
        except Exception:
            # The database, most likely: the row is as it was. Not at once again.
            log.exception("not sent, and not marked")
            await asyncio.sleep(1)
        finally:
            self._busy.pop(to, None)
            self._more.discard(to)
            if look_again:
                self._news.set()

    # --- one row -----------------------------------------------------------------------------------------------------
    async def _deliver(self, delivery: Delivery) -> Delivery | None:
        """Send the parts that were not sent yet and give what comes after it; _MustWait when it must be tried later."""
        row, channel = delivery.row, self._channels[delivery.place.channel]
        try:
            if await self._in_place(channel, delivery):
                return await self._marks.write(self._sent(row.id, 1, "", channel.name), delivery.to)
            parts = delivery.made.pop() if delivery.made else self._made(delivery)
            if channel.same_key_once:
                return await self._send_all(channel, delivery, parts)
            async with self._lane.turn(first=_kind(row) == "reply"):
                return await self._send_all(channel, delivery, parts)
        except SendLater as later:
            await self._postpone(row, str(later), later.after, arrived=later.arrived)
            raise _MustWait from later
        except Unreached as unreached:
            log.info("no private chat: outbox=%s kind=%s channel=%s", row.id, _kind(row), channel.name)
            elsewhere = partial(self._deliveries.otherwise, row=row, channel=channel.name, now=self._clock())
            found = await self._marks.write(_after(unreached.arrived, row, elsewhere), delivery.to)
            self._news.set()  # it may be asked in a room
            return found
        except SendNever as never:
            log.warning("not deliverable: outbox=%s kind=%s channel=%s: %s", row.id, _kind(row), channel.name, never)
            given_up = partial(outbox.mark_failed, id=row.id, why=f"{channel.name}: {never}")
            return await self._marks.write(_after(never.arrived, row, given_up), delivery.to)
        except ChannelClosed:
            raise
        except Exception as error:
            log.exception("sending failed: outbox=%s kind=%s channel=%s", row.id, _kind(row), channel.name)
            await self._postpone(row, type(error).__name__, None, arrived=None)
            raise _MustWait from error

    async def _send_all(self, channel: Channel, delivery: Delivery, parts: Sequence[Part]) -> Delivery | None:
        """Send what was not sent yet, part after part, and mark each."""
        row = delivery.row
        # Sent again after a power cut, it is the same event there.
        lasting = not channel.same_key_once
        for number in range(row.parts_sent + 1, len(parts)):
            event_id = await self._send_part(channel, delivery, parts[number - 1], number)
            part = partial(outbox.mark_part, id=row.id, parts=number, event_id=event_id, next_begun=lasting)
            await self._marks.write(part, lasting=lasting)
        event_id = ""
        if row.parts_sent < len(parts):
            event_id = await self._send_part(channel, delivery, parts[-1], len(parts))
        sent = self._sent(row.id, max(row.parts_sent, len(parts)), event_id, channel.name)
        return await self._marks.write(sent, delivery.to, lasting=lasting)

    def _made(self, delivery: Delivery) -> Sequence[Part]:
        channel, private = self._channels[delivery.place.channel], delivery.place.private
        outgoing, question, addresses = delivery.row.outgoing, delivery.question, delivery.addresses
        return self._parts.of(channel, outgoing, question, addresses, private=private, now=self._clock())

    async def _send_part(self, channel: Channel, delivery: Delivery, part: Part, number: int) -> str:
        row = delivery.row
        async with self._room_to_send:
            first = number == row.parts_sent + 1
            if first and not delivery.noted:
                await self._marks.write(lambda session: outbox.mark_begun(session, [row.id]))
            with self._trying(delivery, first=first):
                again = delivery.again and first
                return await channel.send(replace(_parcel(delivery, part, number), again=again))

    @contextlib.contextmanager
    def _trying(self, delivery: Delivery, *, first: bool) -> Iterator[None]:
        """What may have arrived earlier may have arrived, whatever comes of this try."""
        self._deliveries.tried(delivery.row)
        try:
            yield
        except NotSent as error:
            if first and delivery.again:
                error.arrived = None
            raise

    async def _in_place(self, channel: Channel, delivery: Delivery) -> bool:
        """Put what came of a button in the place of its card; False when it has to be said apart."""
        if delivery.pressed is None or not isinstance(channel, ShowsCards):
            return False
        shown = self._parts.instead(delivery.pressed, delivery.addresses, private=delivery.place.private)
        parcel = replace(_parcel(delivery, Part(shown), 1), mentions=())
        try:
            async with self._room_to_send:
                with self._trying(delivery, first=True):
                    await channel.replace(parcel, delivery.pressed.event_id)
        except SendNever as never:
            log.info("said apart: outbox=%s channel=%s: %s", delivery.row.id, channel.name, never)
            return False
        return True

    def _sent(self, id: int, number: int, event_id: str, channel: str) -> Callable[[Session], None]:
        """The last part is out, and so is the whole message, on that channel."""
        now = self._clock()
        return lambda session: outbox.mark_whole(session, id, number, event_id, channel, now)

    async def _postpone(self, row: Waiting, why: str, after: float | None, *, arrived: bool | None) -> None:
        longest = outbox.LONGEST_WAIT.total_seconds()
        pause = min(after, longest) if after is not None else min(2.0 ** min(row.tries, 10), _LONGEST_PAUSE)
        log.warning("not sent now: outbox=%s kind=%s: %s; again in %.0f s", row.id, _kind(row), why, pause)
        later = partial(outbox.mark_later, id=row.id, at=self._clock() + timedelta(seconds=pause))
        await self._marks.write(_after(arrived, row, later))


def _after(arrived: bool | None, row: Waiting, mark: Callable[[Session], None]) -> Callable[[Session], None]:
    """The mark of a part that was not sent; when it certainly did not arrive, it is as if it was never begun."""

    def write(session: Session) -> None:
        if arrived is False:
            outbox.mark_unbegun(session, [row.id])
        mark(session)

    return write


def _parcel(delivery: Delivery, part: Part, number: int) -> Parcel:
    """One part. Only the first one calls the people who must act."""
    outgoing = delivery.row.outgoing
    mentions = tuple(delivery.addresses[p] for p in outgoing.mentions if p in delivery.addresses)
    return Parcel(
        key=f"{outgoing.key}:{number}",
        room=delivery.place.address,
        private=delivery.place.private,
        rendered=part.rendered,
        notice=outgoing.receipt,
        mentions=mentions if number == 1 else (),
        reply_to=delivery.reply_to,
        thread=delivery.thread,
        file=part.file,
    )


def _kind(row: Waiting) -> str:
    return row.outgoing.kind
