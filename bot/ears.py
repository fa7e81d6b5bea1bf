"""What channels may ask of the bot, answered from the database. Every call is its own short transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.channels.base import Heard, Offered
from bot.hall import Hall
from bot.house import House
from bot.renderers.files import made
from bot.unreached import reached
from commands.kit.files import File
from commands.kit.ports import Outgoing
from commands.kit.reply import say
from commands.rules.chat_rooms import may_invite
from commands.rules.roles import in_office
from commands.words.calendar import AMSTERDAM
from commands.words.verdict import Refused
from storage import inbox, outbox, rooms
from storage.database import Database
from storage.store import SqlStore


class DatabaseEars:
    """Ears that store first and handle later; `news` is called whenever something comes into the inbox (True: it has to
    be on the disk), `told` when something may be in the outbox."""

    def __init__(
        self,
        database: Database,
        house: House,
        clock: Callable[[], datetime],
        news: Callable[[bool], None],
        told: Callable[[], None],
        channels: Sequence[str] = (),
    ) -> None:
        self._database = database
        self._house = house
        self._clock = clock
        self._news = news
        self._told = told
        self._channels = channels

    async def heard(self, channel: str, events: Sequence[Heard], position: str | None) -> None:
        """Store the events and the position after them in one transaction, and wake whoever handles them.

        After a power cut the events and the position are there, or neither: then the channel hears them again. One
        that keeps no position is told that it was heard, and does not say it again: that waits for the disk, to which
        the answer mostly brings it.
        """

        def unit(session: Session) -> int:
            return self._house.receive(session, channel, events, position)

        said_again = position is not None
        stored = asyncio.ensure_future(self._database.run(unit, lasting=False))
        if events:
            self._news(not said_again)  # in the thread of the database whoever is woken comes after this
        await stored
        if not said_again:
            await self._database.settled()

    async def position(self, channel: str) -> str | None:
        """Where the channel was when it last stored something; None on the very first start."""
        return await self.recall(channel, inbox.POSITION)

    async def knows(self, channel: str, chat_id: str) -> bool:
        """Whether someone of the register who is active today has this chat id."""
        today = self._clock().astimezone(AMSTERDAM).date()

        def unit(session: Session) -> bool:
            store = SqlStore(session)
            person = store.person_on(channel, chat_id)
            return person is not None and in_office(person, store.roles(person=person.id, on=None), today)

        return await self._database.run(unit)

    async def may_invite(self, channel: str, chat_id: str, *, private: bool) -> str | None:
        """None when this person may bring the bot into a room (`private`: a chat of two), else why not, for them."""
        now = self._clock()

        def unit(session: Session) -> str | None:
            store = SqlStore(session)
            person = store.person_on(channel, chat_id)
            held = store.roles(person=person.id, on=None) if person is not None else ()
            acts = person is not None and in_office(person, held, now.astimezone(AMSTERDAM).date())
            verdict = may_invite(person, in_office=acts, private=private)
            return verdict.because if isinstance(verdict, Refused) else None

        return await self._database.run(unit)

    async def present(self, channel: str, room: str, people: Sequence[str]) -> None:
        """Who is in a room now besides the bot; those the register does not know are named to the secretary."""
        await self._look(lambda hall: hall.present(channel, room, people))

    async def unlisted(self, channel: str, room: str) -> None:
        """Who reads along is not to be had: as little is said there as to outsiders, and the secretary hears why."""
        await self._look(lambda hall: hall.unlisted(channel, room))

    async def removed(self, channel: str, room: str, by: str, occasion: str) -> None:
        """Someone put the bot out of a room: the secretary hears it."""
        await self._look(lambda hall: hall.removed(channel, room, by, occasion))

    async def muted(self, channel: str, room: str) -> None:
        """The bot may not write in a room: the secretary hears it, once a day."""
        await self._look(lambda hall: hall.muted(channel, room))

    async def closed(self, channel: str, room: str, new: str) -> None:
        """A room was replaced: the secretary is asked for an invitation to the new one, once."""
        await self._look(lambda hall: hall.closed(channel, room, new))

    async def moved(self, channel: str, room: str, new: str) -> None:
        """The body of a room goes on in the one that replaces it."""
        await self._look(lambda hall: hall.moved(channel, room, new))

    async def voiceless(self, channel: str, *, lost: bool) -> None:
        """Kept since when, for `!status`; the secretary hears it once where the bot can still speak."""
        others = tuple(name for name in self._channels if name != channel)
        await self._look(lambda hall: (hall.voiceless if lost else hall.spoke)(channel, others))

    async def reachable(self, channel: str, chat_id: str) -> None:
        """What waited for a private chat with this person is sent after all."""
        await self._look(lambda hall: reached(hall.session, channel, chat_id, hall.register.now))

    async def _look(self, unit: Callable[[Hall], None]) -> None:
        now = self._clock()
        await self._database.run(lambda session: unit(Hall(session, self._house.structure, now)))
        self._told()

    async def rooms(self, channel: str) -> Sequence[str]:
        """The addresses on this channel of the rooms of bodies, also where the bot never was."""
        return await self._database.run(lambda session: rooms.addresses(session, channel))

    async def sent(self, channel: str, key: str) -> str | None:
        """The event id of the message with that outbox key, once it was sent on this channel."""
        return await self._database.run(lambda session: outbox.sent_as(session, channel, key))

    async def offered(self, channel: str, key: str, name: str, chat_id: str) -> Offered | None:
        """The file made anew from the outbox: nothing of it is kept between."""
        today = self._clock().astimezone(AMSTERDAM).date()

        def unit(session: Session) -> tuple[File, str | None] | None:
            store = SqlStore(session)
            person = store.person_on(channel, chat_id)
            if person is None or not in_office(person, store.roles(person=person.id, on=None), today):
                return None
            return outbox.file_of(session, channel, key, name, f"dm:{person.id}")

        found = await self._database.run(unit)
        return Offered(made(found[0]), found[1]) if found is not None else None

    async def say(self, channel: str, chat_id: str, key: str, words: str, kept: str = "") -> None:
        """As every other message: written with what is to be remembered of it, and sent afterwards."""
        now = self._clock()

        def unit(session: Session) -> None:
            person = SqlStore(session).person_on(channel, chat_id)
            to = f"dm:{person.id}" if person is not None else f"dm:{channel}:{chat_id}"
            outbox.post(session, Outgoing(key, "reply", to, say(words), receipt=True, due=now, channel=channel))
            if kept:
                inbox.remember(session, channel, key, kept)

        await self._database.run(unit)
        self._told()

    async def recall(self, channel: str, key: str) -> str | None:
        """A value the channel stored with `remember`."""
        return await self._database.run(lambda session: inbox.recall(session, channel, key))

    async def remember(self, channel: str, key: str, value: str) -> None:
        """Keep a small value for the channel, over restarts."""
        await self._database.run(lambda session: inbox.remember(session, channel, key, value))
