"""The outbox on its way out: row -> place -> parts -> channel, with retries. Nothing but this sends (design.md §3)."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from bot.anchor import Place, anchor
from bot.channels.base import Channel, ChannelClosed, Parcel, Rendered, SendLater, SendNever, Unreached
from bot.late import lateness
from bot.needed import still_needed
from bot.renderers.files import Ready, made
from bot.unreached import fall_back
from commands.kit.reply import Heading, mentioned
from commands.words.structure import Structure
from storage import outbox, rooms
from storage.database import Database
from storage.outbox import Waiting
from storage.store import SqlStore

log = logging.getLogger("overlegbot.post")

_LONGEST_PAUSE = 60.0
_AT_ONCE = 8
#: So often a message is brought to another channel before it is given up.
_ELSEWHERE = 3


@dataclass(frozen=True)
class Delivery:
    """One outbox row with everything that the register knows of its place."""

    row: Waiting
    place: Place
    reply_to: str | None
    thread: str | None
    addresses: Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """One thing to send: words, or a file with the words that say what it is."""

    rendered: Rendered
    file: Ready | None = None


class Poster:
    """Sends what waits, in order for each destination, the destinations beside each other."""

    def __init__(
        self,
        database: Database,
        structure: Structure,
        channels: Sequence[Channel],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._structure = structure
        self._channels = {channel.name: channel for channel in channels}
        self._clock = clock
        self._news = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._room_to_send = asyncio.Semaphore(_AT_ONCE)
        self._closed: ChannelClosed | None = None

    def wake(self) -> None:
        """There may be something to send."""
        self._news.set()

    async def flush(self) -> None:
        """Send what can be sent now, and come back. ChannelClosed when a channel cannot go on."""
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

    # --- one task for each destination ---------------------------------------------------------------------------
    async def _begin(self) -> bool:
        """Start a task for each destination that has something to send; whether any is at work."""
        if self._closed is not None:
            raise self._closed
        now = self._clock()
        for row in await self._database.run(lambda session: outbox.heads(session, now)):
            to = row.outgoing.to
            if to not in self._busy:
                self._busy[to] = asyncio.ensure_future(self._drain(to))
        return bool(self._busy)

    async def _anything_done(self) -> None:
        await asyncio.wait(list(self._busy.values()), return_when=asyncio.FIRST_COMPLETED)

    async def _until_next_try(self, begun: datetime) -> float:
        """Seconds to the first postponed message; what could be tried at `begun` is being tried."""
        at = await self._database.run(outbox.next_try)
        if at is None or at <= begun:
            return _LONGEST_PAUSE
        return min(max((at - self._clock()).total_seconds(), 0.05), _LONGEST_PAUSE)

    async def _drain(self, to: str) -> None:
        try:
            async with self._room_to_send:
                while True:
                    now = self._clock()
                    row = await self._database.run(partial(_head, now=now, to=to))
                    if row is None or not await self._deliver(row, now):
                        return
        except ChannelClosed as closed:
            self._closed = closed
        except Exception:
            # The database, most likely: the row is as it was. Not at once again.
            log.exception("not sent, and not marked")
            await asyncio.sleep(1)
        finally:
            self._busy.pop(to, None)
            self._news.set()

    # --- one row -----------------------------------------------------------------------------------------------------
    async def _deliver(self, row: Waiting, now: datetime) -> bool:
        """Send the parts that were not sent yet; False when the destination must wait."""
        delivery = await self._database.run(lambda session: self._prepare(session, row, now))
        if delivery is None:
            return True
        channel = self._channels[delivery.place.channel]
        try:
            parts = [Part(rendered) for rendered in self._render(channel, delivery, now)]
            parts += [_attached(made(file)) for file in row.outgoing.files]
            for number in range(row.parts_sent + 1, len(parts) + 1):
                event_id = await channel.send(_parcel(delivery, parts[number - 1], number))
                last = number == len(parts)
                await self._mark(row.id, number, event_id, channel.name if last else None)
            if row.parts_sent >= len(parts):
                await self._mark(row.id, row.parts_sent, "", channel.name)
        except SendLater as later:
            await self._postpone(row, str(later), later.after)
            return False
        except Unreached:
            log.info("no private chat: outbox=%s kind=%s channel=%s", row.id, _kind(row), channel.name)
            await self._database.run(partial(self._otherwise, row=row, channel=channel.name, now=now))
        except SendNever as never:
            log.warning("not deliverable: outbox=%s kind=%s channel=%s: %s", row.id, _kind(row), channel.name, never)
            why = f"{channel.name}: {never}"
            await self._database.run(lambda session: outbox.mark_failed(session, row.id, why))
        except ChannelClosed:
            raise
        except Exception as error:
            log.exception("sending failed: outbox=%s kind=%s channel=%s", row.id, _kind(row), channel.name)
            await self._postpone(row, type(error).__name__, None)
            return False
        return True

    async def _mark(self, id: int, number: int, event_id: str, done_on: str | None) -> None:
        """The part is out; with `done_on`, so is the whole message, on that channel."""
        now = self._clock()

        def unit(session: Session) -> None:
            outbox.mark_part(session, id, number, event_id)
            if done_on is not None:
                outbox.mark_sent(session, id, done_on, now)

        await self._database.run(unit)

    async def _postpone(self, row: Waiting, why: str, after: float | None) -> None:
        pause = after if after is not None else min(2.0 ** min(row.tries, 10), _LONGEST_PAUSE)
        log.warning("not sent now: outbox=%s kind=%s: %s; again in %.0f s", row.id, _kind(row), why, pause)
        at = self._clock() + timedelta(seconds=pause)
        await self._database.run(lambda session: outbox.mark_later(session, row.id, at))

    # --- in the database thread ----------------------------------------------------------------------------------
    def _prepare(self, session: Session, row: Waiting, now: datetime) -> Delivery | None:
        """Where the row goes and what it hangs on; None when it is given up, which is marked here."""
        outgoing = row.outgoing
        if row.parts_sent == 0 and not still_needed(SqlStore(session), outgoing, now, self._structure):
            log.info("no longer needed: outbox=%s kind=%s", row.id, outgoing.kind)
            outbox.mark_failed(session, row.id, outbox.NOT_NEEDED)
            return None
        place = self._place(session, row)
        if place is None:
            log.warning("no address: outbox=%s kind=%s to=%s", row.id, outgoing.kind, outgoing.to.partition(":")[0])
            outbox.mark_failed(session, row.id, "geen adres")
            return None
        reply_to, thread = anchor(session, outgoing, place)
        people = dict.fromkeys((*outgoing.mentions, *mentioned(outgoing.message)))
        found = {person: rooms.chat_id(session, place.channel, person) for person in people}
        addresses = {person: chat_id for person, chat_id in found.items() if chat_id}
        return Delivery(row, place, reply_to, thread, addresses)

    def _otherwise(self, session: Session, row: Waiting, channel: str, now: datetime) -> None:
        """The person has no private chat there: by another channel, else in a room without what is for them alone."""
        other = self._place(session, row, but=channel)
        if other is not None and row.tries < _ELSEWHERE:
            outbox.mark_elsewhere(session, row.id, other.channel)
        else:
            fall_back(session, self._structure, row, channel, now)

    def _place(self, session: Session, row: Waiting, but: str = "") -> Place | None:
        """The channel of the row when it has an address there; else, for a person, the one they last used in private;
        else the first that has one. `but` is out of the question."""
        to, own = row.outgoing.to, row.outgoing.channel
        used = rooms.chats_on(session, to.removeprefix("dm:")) if to.startswith("dm:") else None
        for name in sorted(self._channels, key=lambda name: (name != own, name != used)):
            if name == but:
                continue
            private, address = _address(session, name, to)
            if address:
                return Place(name, to, address, private)
        return None

    def _render(self, channel: Channel, delivery: Delivery, now: datetime) -> Sequence[Rendered]:
        """The parts. The sentence for late delivery joins the first one, so that no retry cuts the rest elsewhere."""
        outgoing = delivery.row.outgoing
        parts = list(channel.render(outgoing.message, delivery.addresses))
        late = lateness(outgoing, now, self._structure)
        if late is not None and parts:
            [sentence] = channel.render(late, {})
            gap = "\n\n" if outgoing.message.blocks and isinstance(outgoing.message.blocks[0], Heading) else "\n"
            html = None if parts[0].html is None else (sentence.html or "") + parts[0].html
            parts[0] = Rendered(f"{sentence.text}{gap}{parts[0].text}", html)
        return parts


def _head(session: Session, now: datetime, to: str) -> Waiting | None:
    first = outbox.heads(session, now, to)
    return first[0] if first else None


def _address(session: Session, channel: str, to: str) -> tuple[bool, str | None]:
    """Whether a destination is a private chat, and its address on that channel."""
    if to.startswith("room:"):
        on, _, address = to.removeprefix("room:").partition(":")
        return False, address if on == channel else None
    if not to.startswith("dm:"):
        return False, rooms.address_of(session, channel, to)
    whom = to.removeprefix("dm:")
    stranger_on, colon, chat_id = whom.partition(":")
    if colon:  # people of the register have no colon in their id
        return True, chat_id if stranger_on == channel else None
    return True, rooms.chat_id(session, channel, whom)


def _attached(file: Ready) -> Part:
    return Part(Rendered(file.alt or file.name), file)


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
