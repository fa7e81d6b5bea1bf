"""The Matrix channel: one account on one homeserver."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.channels.base import ChannelClosed, Ears, Parcel, Rendered, SendLater, SendNever
from bot.channels.matrix import sending
from bot.channels.matrix.attaching import attached
from bot.channels.matrix.identity import Identity, StoreLost, settle
from bot.channels.matrix.options import MatrixOptions
from bot.channels.matrix.pace import Pace
from bot.channels.matrix.rooms import RoomBook
from bot.channels.matrix.session import Session, SessionStore, new_device_id
from bot.channels.matrix.sync import Listener, persist
from bot.channels.matrix.transport import MatrixError, Transport
from commands.kit.reply import Message

logger = logging.getLogger(__name__)

#: Under this key the channel remembers its device, for `!status`.
SPEAKER = "speaker"
_SETTLE_SECONDS = 600.0


class MatrixChannel:
    """Hears and says on Matrix. Rooms go by room id in what is heard; `send` takes a room id or an alias."""

    name = "matrix"
    same_key_once = True

    def __init__(self, options: MatrixOptions) -> None:
        self._options = options
        self._store = SessionStore(options.store_path)
        self._transport: Transport | None = None
        self._listener: Listener | None = None
        self._ears: Ears | None = None
        self._book = RoomBook(options.user_id)
        self._pace = Pace()
        self._settle_after = 0.0
        self._aliases: dict[str, str] = {}
        self._private: dict[str, str] = {}
        self._making: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def start(self, ears: Ears) -> None:
        """Log in or go on with the kept session, and see all rooms; afterwards it can send.

        Waits as long as the server is away. ChannelClosed when the operator must act: a refused password, a revoked
        token, a second process on the same store.
        """
        self._store.open()
        self._ears = ears
        try:
            session = await self._entered()
            self._book = RoomBook(session.user_id)
            transport, options = self._connected, self._options
            own_keys = self._settle_again
            self._listener = Listener(self.name, transport, self._book, ears, options, own_keys, self._pace)
            await self._listener.first()
        except sending.SessionEnded as ended:
            raise self._let_go(ended) from ended

    async def _entered(self) -> Session:
        session = await self._connect()
        try:
            await self._settle()
        except StoreLost:
            session = await self._anew(session)
            await self._settle()
        return session

    @property
    def _connected(self) -> Transport:
        if self._transport is None:
            raise RuntimeError("start the channel first")
        return self._transport

    async def _connect(self) -> Session:
        options = self._options
        key = options.pickle_key or self._store.pickle_key()
        self._transport = transport = Transport(options.homeserver, options.user_id, str(options.store_path), key)
        session = await self._session(transport)
        try:
            transport.restore(session)
        except Exception as error:
            raise ChannelClosed(f"the encryption store cannot be opened ({type(error).__name__})") from error
        return session

    async def _settle(self) -> None:
        """The device is signed by the bot's own identity, as far as the server lets it; `!status` says how it is."""
        transport = self._connected
        identity: Identity = await persist(lambda: settle(transport, self._store, self._options.password))
        self._settle_after = time.monotonic() + (0 if identity.signed else _SETTLE_SECONDS)
        if self._ears is not None:
            await self._ears.remember(self.name, SPEAKER, identity.to_json())

    async def _settle_again(self) -> None:
        """The keys of the account changed while it runs. What the server refuses is not tried over and over: every
        try is a change again."""
        if time.monotonic() >= self._settle_after:
            await self._settle()

    async def _anew(self, session: Session) -> Session:
        """The store of this device is gone, so it would be deaf for good: go on as a new device."""
        transport = self._connected
        if not self._options.password:
            raise ChannelClosed(
                f"the encryption store of device {session.device_id} is lost, so it can read nothing any more; "
                "put the store back from the backup, or run `overlegbot matrix login` to go on as a new device"
            )
        logger.warning("Matrix: the store of device %s is lost; the bot logs in as a new device", session.device_id)
        await transport.log_out()
        await transport.close()
        self._store.forget()
        return await self._connect()

    async def _session(self, transport: Transport) -> Session:
        options, kept = self._options, self._store.load()
        if kept is not None and kept.user_id != options.user_id:
            raise ChannelClosed(f"the Matrix store belongs to {kept.user_id}, not to {options.user_id}")
        token = options.access_token
        if token and (kept is None or kept.access_token != token):
            session = await persist(lambda: transport.whose(token))
            if session.user_id != options.user_id:
                raise ChannelClosed(f"the access token belongs to {session.user_id}, not to {options.user_id}")
            self._store.save(session)
            return session
        if kept is not None and kept.access_token:
            return kept
        return await self._log_in(transport, kept)

    async def _log_in(self, transport: Transport, kept: Session | None) -> Session:
        options = self._options
        password = options.password
        if not password:
            raise ChannelClosed(
                "the first start needs a password or an access token for the homeserver: "
                "put it in the settings, or run `overlegbot matrix login`"
            )
        device_id = kept.device_id if kept else options.device_id or new_device_id()
        self._store.save(Session(options.user_id, device_id, ""))

        async def attempt() -> Session:
            try:
                return await transport.login(device_id, password, options.device_name)
            except MatrixError as error:
                if error.passing:
                    raise
                raise ChannelClosed(f"the homeserver refuses the login of {options.user_id}: {error.code}") from error

        session = await persist(attempt)
        self._store.save(session)
        return session

    async def listen(self) -> None:
        """Hear until cancelled. ChannelClosed when the session is revoked."""
        if self._listener is None:
            raise RuntimeError("start the channel first")
        try:
            await self._listener.forever()
        except sending.SessionEnded as ended:
            raise self._let_go(ended) from ended

    def _let_go(self, ended: sending.SessionEnded) -> ChannelClosed:
        """The token is worth nothing any more: the next start logs in, as the same device. Without a password it
        cannot, so that a new start would not help."""
        kept, options = self._store.load(), self._options
        if not options.password or options.access_token:
            return ChannelClosed(str(ended))
        if kept is not None:
            self._store.save(replace(kept, access_token=""))
        return ended

    def render(self, message: Message, addresses: Mapping[str, str]) -> Sequence[Rendered]:
        """The message in parts that fit an event."""
        return sending.render(message, addresses)

    async def send(self, parcel: Parcel) -> str:
        """Send one part, once: the same key gives the same event. SendLater, SendNever or ChannelClosed if not."""
        if self._transport is None:
            raise SendLater("the channel is not started")
        content, tx_id = sending.content_of(parcel), sending.transaction_id(parcel)
        try:
            with self._pace.sending():
                room_id = await self._destination(self._transport, parcel)
                if parcel.file is not None:
                    content = await attached(self._transport, parcel, parcel.file, room_id)
                return await self._say(self._transport, room_id, content, tx_id)
        except MatrixError as error:
            refusal = sending.refusal(error)
            raise (self._let_go(refusal) if isinstance(refusal, sending.SessionEnded) else refusal) from error

    async def _say(self, transport: Transport, room_id: str, content: dict[str, Any], tx_id: str) -> str:
        try:
            return await transport.send(room_id, content, tx_id)
        except MatrixError as error:
            if error.status != 400 or "m.relates_to" not in content:
                raise
            # Not every event can start a thread; better said outside it than not at all.
            del content["m.relates_to"]
            return await transport.send(room_id, content, tx_id)

    async def _destination(self, transport: Transport, parcel: Parcel) -> str:
        if parcel.private:
            async with self._making[parcel.room]:
                return await self._private_room(transport, parcel.room)
        room_id = await self._resolved(transport, parcel.room) if parcel.room.startswith("#") else parcel.room
        if room_id in self._book.awaited:
            raise SendLater(f"the bot is just entering {parcel.room}", 1)
        if self._book.replaced(room_id):
            raise SendLater(f"{parcel.room} was replaced, and the bot is not invited to the new room yet", 60)
        if room_id not in self._book.rooms:
            raise SendNever(f"the bot is not in {parcel.room}")
        if not self._book.may_write(room_id):
            raise SendLater(f"the bot may not write in {parcel.room}", 60)
        return room_id

    async def _resolved(self, transport: Transport, alias: str) -> str:
        known = self._aliases.get(alias)
        if known is None or known not in self._book.rooms:
            known = self._aliases[alias] = await transport.resolve(alias)
        return known

    async def _private_room(self, transport: Transport, person: str) -> str:
        ears = self._ears
        if ears is None or not person.startswith("@") or not self._options.allows(person):
            raise SendNever(f"{person} cannot be reached in private")
        remembered = self._private.get(person)
        if remembered is None:
            remembered = await ears.recall(self.name, f"dm:{person}")
            if remembered:
                self._book.mark_private(person, remembered)
        room_id = self._book.private_room(person)
        if room_id is None:
            room_id = await transport.create_private_room(person, encrypted=self._options.encrypt_private)
            self._book.made_private(person, room_id)
        if room_id != remembered:
            await ears.remember(self.name, f"dm:{person}", room_id)
        self._private[person] = room_id
        return room_id

    async def stop(self) -> None:
        """Close the connections and give the store back; may be called twice."""
        if self._transport is not None:
            await self._transport.close()
        self._store.close()
