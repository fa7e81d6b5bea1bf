"""The Teams channel: one bot in one organisation, behind Microsoft's connector."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.channels.base import Ears, Heard, Parcel, Rendered, SendLater, Unreached
from bot.channels.outside import as_dict
from bot.channels.teams import activities, sending
from bot.channels.teams.activities import Activity, Place
from bot.channels.teams.connector import Connector, quiet
from bot.channels.teams.edge import edge
from bot.channels.teams.files import ANSWERED
from bot.channels.teams.giving import Files, Outcome
from bot.channels.teams.keys import KeyRing
from bot.channels.teams.options import TeamsOptions
from bot.channels.teams.pace import Pace
from bot.channels.teams.places import Known, Places
from bot.channels.teams.secret import Patience
from bot.channels.teams.sending import Refused
from bot.channels.teams.server import Server
from bot.channels.teams.voice import Voice
from commands.kit.reply import Message

if TYPE_CHECKING:
    from microsoft_teams.api.activities.message import MessageActivityInput

log = logging.getLogger("overlegbot.teams")

#: Under this key is kept that of a room of this channel nobody may know who is in it (INV-39).
UNLISTED = "unlisted"
#: Who reads along is asked again so often: Teams does not tell of every change.
_LOOK_AGAIN_SECONDS = 3600.0
#: These mean that the list is not for the bot; with the others it may be had later, and what was known stays.
_NOT_FOR_US = (400, 403, 404, 405, 501)

#: A wait for the pace of Teams that is worth no second trip through the outbox.
_SHORT_WAIT = 2.0
#: What Teams shows beside a button that was pressed, until the card changes.
_TAKEN, _UNANSWERED, _EMPTY, _TWICE = (
    {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": value}
    for value in (
        "Ontvangen.",
        "Ontvangen. Antwoorden kan ik pas weer als de beheerder mijn toegang tot Teams heeft vernieuwd.",
        "Er is niets ingevuld, dus er is niets veranderd.",
        "Kies een antwoord of vul er zelf een in, niet allebei. Er is niets veranderd.",
    )
)


class TeamsChannel:
    """Hears and says on Teams. People go by Entra object id, rooms by conversation id without the thread."""

    name = "teams"
    same_key_once = False

    def __init__(self, options: TeamsOptions, *, pace: Pace | None = None, patience: Patience | None = None) -> None:
        quiet()
        self._options = options
        self._ring = KeyRing(options.services.keys)
        self._connector = Connector(options, patience)
        self._voice = Voice(self.name, self._connector)
        self._pace = pace or Pace()
        self._files = Files(self.name, options)
        self._server = Server(edge(options, self._ring, self._take), options)
        self._ears: Ears | None = None
        self._places: Places | None = None
        self._looked: set[str] = set()
        self._looking: set[asyncio.Task[None]] = set()
        self._entering: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._speaking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @property
    def port(self) -> int:
        """Where it listens, when the system chose the port."""
        return self._server.port

    async def start(self, ears: Ears) -> None:
        """Listen, and see that nobody is heard without a token. ChannelClosed when the operator must act."""
        self._ears = ears
        self._places = Places(self.name, ears)
        await self._places.recall()
        await ears.remember(self.name, UNLISTED, "ja")
        await asyncio.gather(self._ring.start(), self._voice.start(ears))
        await self._server.open()
        for room in await self._rooms():
            self._look_later(room)

    async def listen(self) -> None:
        """Hear until cancelled."""
        looking = asyncio.ensure_future(self._look_again())
        try:
            await self._server.serve()
        finally:
            looking.cancel()

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
            for room in await self._rooms():
                await self._look(room)

    async def _rooms(self) -> Sequence[str]:
        """Where the bot was spoken to, and the rooms of bodies that may not have heard of it yet."""
        ears, places = self._known
        return list(dict.fromkeys((*places.rooms, *await ears.rooms(self.name))))

    async def stop(self) -> None:
        """Close the edge first, then the connections; may be called twice."""
        await self._server.close()
        for task in list(self._looking):
            task.cancel()
        await self._ring.stop()
        await self._connector.close()

    # --- hearing ---------------------------------------------------------------------------------------------------
    @property
    def _known(self) -> tuple[Ears, Places]:
        if self._ears is None or self._places is None:
            raise RuntimeError("start the channel first")
        return self._ears, self._places

    async def _take(self, activity: Activity) -> Mapping[str, Any] | None:
        """Store what an activity says, before Teams hears that it arrived; returns what an invoke is answered with."""
        ears, _ = self._known
        place = activities.place_of(activity)
        if place is None:
            return None
        news = activities.tidings(activity)
        if news.gone:
            await self._gone(activity, place, news.by)
            return None
        await self._meet(activity, place)
        if activity.get("type") == "invoke" and activity.get("name") == ANSWERED:
            await self._files.answered(ears, activity)
            return None
        if news.changed and place.shape != "personal":
            self._look_later(place.conversation)
        pressed = activity.get("type") == "invoke" and activity.get("name") == activities.PRESSED
        if pressed and activities.answers_twice(activity):
            return _TWICE
        heard = activities.to_heard(self.name, activity, self._known[1].people)
        if heard:
            await ears.heard(self.name, [await self._reacted(one) for one in heard], None)
            if place.shape != "personal" and place.conversation not in self._looked:
                self._look_later(place.conversation)
        if not pressed:
            return None
        if not heard:
            return _EMPTY
        return _UNANSWERED if self._voice.lost else _TAKEN

    async def _reacted(self, heard: Heard) -> Heard:
        """A reaction that is taken back names the reaction, of which only the bot knows which it was."""
        ears, _ = self._known
        if heard.kind == "reaction" and "~" in heard.event_id:
            await ears.remember(self.name, f"re:{activities.reaction_key(heard.event_id)}", heard.event_id)
        if heard.kind == "unreaction":
            earlier = await ears.recall(self.name, f"re:{activities.reaction_key(heard.event_id)}")
            return replace(heard, target=earlier or heard.target)
        return heard

    async def _meet(self, activity: Activity, place: Place) -> None:
        """Keep where this is, and who the sender is."""
        ears, places = self._known
        service = str(activity.get("serviceUrl", "")).rstrip("/")
        person, account = activities.sender_of(activity), activities.account_of(activity)
        if person is not None and account is not None:
            await places.know_account(person, *account)
        if place.shape != "personal":
            await places.know_room(place.conversation, Known(service, activities.team_of(activity)))
        elif person is not None and await places.know_private(person, place.conversation, service):
            await ears.reachable(self.name, person)

    async def _gone(self, activity: Activity, place: Place, by: str) -> None:
        """The bot was taken out of a chat, a channel, or a team with all its channels."""
        ears, places = self._known
        if place.shape == "personal":
            if by:
                await places.forget_private(by)
            return
        team = activities.team_of(activity)
        whole = as_dict(activity.get("channelData")).get("eventType") != "channelDeleted"
        rooms = [room for room, known in places.rooms.items() if whole and team and known.team == team]
        for room in dict.fromkeys((place.conversation, *rooms)):
            occasion = activities.event_id(room, str(activity.get("id") or activity.get("timestamp") or ""))
            await ears.removed(self.name, room, by, occasion)
            await places.forget_room(room)
            self._looked.discard(room)

    # --- who reads along -------------------------------------------------------------------------------------------
    def _look_later(self, room: str) -> None:
        self._looked.add(room)
        task = asyncio.ensure_future(self._look(room))
        self._looking.add(task)
        task.add_done_callback(self._looking.discard)

    async def _look(self, room: str) -> None:
        ears, places = self._known
        known = places.rooms.get(room)
        service = known.service if known is not None else self._options.services.connector
        async with self._entering[room]:
            try:
                members = await self._connector.members(service, room)
                await self._voice.arrived()
                for id, person, name in members:
                    await places.know_account(person or id, id, name)
                await ears.present(self.name, room, sorted(person or id for id, person, _ in members))
            except Refused as refused:
                await self._voice.refused(refused)
                log.warning("who reads along in a room is not to be had: %s", refused)
                self._looked.discard(room)
                if refused.status in _NOT_FOR_US:
                    await ears.unlisted(self.name, room)
            except Exception:
                log.exception("who reads along in a room was not stored")
                self._looked.discard(room)

    # --- sending ---------------------------------------------------------------------------------------------------
    def render(self, message: Message, addresses: Mapping[str, str]) -> Sequence[Rendered]:
        """The message in parts that fit; a part may carry a card beside its text."""
        return sending.render(message, addresses)

    async def send(self, parcel: Parcel) -> str:
        """Send one part. SendLater, SendNever or Unreached if not. "" when it took the place of the card of a file.

        The connector cannot be asked whether a message arrived: what may have is sent once more, and says so.
        """
        conversation, service = await self._destination(parcel)
        async with self._speaking[conversation]:
            await self._in_time(conversation)
            told = await self._files.outcome(self._known[0], parcel)
            try:
                if told is not None and await self._instead(service, conversation, told, parcel):
                    return ""
                message = told.shown(parcel) if told is not None else await self._message(parcel)
                id = await self._post(service, conversation, _thread(parcel), message)
            except Refused as refused:
                await self._refused(parcel, conversation, refused)
                raise sending.outbox_error(refused) from refused
        await self._voice.arrived()
        return activities.event_id(conversation, id)

    async def _instead(self, service: str, conversation: str, told: Outcome, parcel: Parcel) -> bool:
        """In the place of the card of a file, twice as once; False when there is none. Refused when it may be later."""
        if told.card is None:
            return False
        self._pace.said(conversation)
        try:
            await self._connector.update(service, conversation, told.card, told.shown(replace(parcel, again=False)))
        except Refused as refused:
            if isinstance(sending.outbox_error(refused), SendLater):
                raise
            log.info("the card of a file is not to be replaced: %s", refused)
            return False
        return True

    async def replace(self, parcel: Parcel, event_id: str) -> None:
        """Put this in the place of the message with that event id. Twice is as once, so nothing is written down."""
        conversation, service = await self._destination(parcel)
        message = sending.message_of(replace(parcel, again=False), {})
        there = activities.threaded(conversation, _thread(parcel))
        async with self._speaking[conversation]:
            await self._in_time(conversation)
            self._pace.said(conversation)
            try:
                await self._connector.update(service, there, activities.message_id(event_id), message)
            except Refused as refused:
                await self._voice.refused(refused)
                if refused.status == 429:
                    self._pace.hold(conversation, refused.after or 1.0)
                raise sending.outbox_error(refused) from refused

    async def _in_time(self, conversation: str) -> None:
        """Wait for the pace of Teams; SendLater when that is long."""
        wait = self._pace.wait(conversation)
        if wait > _SHORT_WAIT:
            raise SendLater("the pace of Teams", wait, arrived=False)
        await asyncio.sleep(wait)

    async def _post(self, service: str, conversation: str, root: str | None, message: MessageActivityInput) -> str:
        """In the thread when there is one; a thread that is gone is no reason to say nothing."""
        self._pace.said(conversation)
        to = activities.threaded(conversation, root)
        try:
            return await self._connector.post(service, to, message)
        except Refused as refused:
            if refused.status != 404 or to == conversation:
                raise
        return await self._connector.post(service, conversation, message)

    async def _message(self, parcel: Parcel) -> MessageActivityInput:
        """With who is to be called in it, as Teams knows them."""
        _, places = self._known
        found = {person: await places.account(person) for person in (*parcel.mentions, *sending.mentioned(parcel))}
        return sending.message_of(parcel, {person: one for person, one in found.items() if one is not None})

    async def _refused(self, parcel: Parcel, conversation: str, refused: Refused) -> None:
        ears, places = self._known
        await self._voice.refused(refused)
        if refused.status == 429:
            self._pace.hold(conversation, refused.after or 1.0)
        if refused.status in (403, 404) and parcel.private:
            await places.forget_private(parcel.room)
            raise Unreached("no private chat", arrived=False) from refused
        if refused.status == 403:
            await ears.muted(self.name, conversation)

    async def _destination(self, parcel: Parcel) -> tuple[str, str]:
        """The conversation, without a thread, and the connector that serves it."""
        _, places = self._known
        if parcel.private:
            async with self._entering[parcel.room]:
                return await self._private(parcel.room)
        known = places.rooms.get(parcel.room)
        return parcel.room, known.service if known is not None else self._options.services.connector

    async def _private(self, person: str) -> tuple[str, str]:
        """The private chat of a person who has the app; Teams makes one for them when it is asked to."""
        _, places = self._known
        found = await places.private(person)
        if found is not None:
            return found
        services = {known.service for known in places.rooms.values()} or {self._options.services.connector}
        service = min(services)
        try:
            conversation = await self._connector.private(service, person)
        except Refused as refused:
            await self._voice.refused(refused)
            if refused.status in (400, 403, 404):
                raise Unreached("no private chat", arrived=False) from refused
            refused.delivered = False  # there was nowhere yet to deliver it
            raise sending.outbox_error(refused) from refused
        await places.know_private(person, conversation, service)
        return conversation, service


def _thread(parcel: Parcel) -> str | None:
    """The first message of the thread that a part belongs to; a private chat has none."""
    root = parcel.thread or parcel.reply_to
    id = activities.message_id(root) if root and not parcel.private else ""
    return id if id.isascii() and id.isdecimal() and len(id) < 30 else None
