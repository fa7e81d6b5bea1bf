"""What every channel is: it hears and sends, and decides nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol, runtime_checkable

from bot.renderers.files import Ready
from commands.kit.reply import Message

HeardKind = Literal[
    "message", "reaction", "unreaction", "edit", "redaction", "unreadable", "pressed", "file", "verifies"
]


@dataclass(frozen=True)
class Heard:
    """One event as a channel heard it, before anything is done with it.

    `room` is the platform's address of the room ("" in a private chat), `sender` the chat id. `text` is the plain
    text of a message without quoted fallback, or the key of a reaction. `target` is the event it replies or reacts to,
    edits or redacts; `thread` the first event of its thread. `event_id` is unique within the channel: the same id
    again is a redelivery and is stored once. `unreadable` is an encrypted message (`target`) whose key did not come.
    `pressed` is a button of a card (`target`), with the word that it stands for and what was filled in; it can do what
    typing that under it can. `file` is a calendar file that someone sent, with its caption as `text`; other files are
    not heard. `verifies` is a wish to compare emoji with the bot, told once a day for each person. `quoted` is what a
    `file` says, or one of FILE_FAULTS; else the text of someone else's message that a command without text of its own
    replies to, and `quoted_sender` their chat id; "" where the channel cannot tell.
    """

    channel: str
    event_id: str
    at: datetime
    room: str
    private: bool
    sender: str
    kind: HeardKind
    text: str = ""
    target: str | None = None
    thread: str | None = None
    quoted: str = ""
    quoted_sender: str = ""


#: A calendar file larger than this (bytes) is not taken from a chat; one of several years is far smaller.
FILE_MOST = 200_000
#: Why a channel has no calendar to give: it is larger than that, could not be had, or the channel cannot read any.
FILE_TOO_LARGE, FILE_NOT_HAD, FILE_NOT_HERE = FILE_FAULTS = ("too large", "not to be had", "not here")
#: A message that is one command word and no more may stand for the message it replies to.
_BARE_COMMAND = re.compile(r"\s*!\s?[^\W\d_][\w-]*\s*")
#: More than this is not taken over from a message.
QUOTED_MOST = 20_000


def may_quote(text: str, target: str | None) -> bool:
    """Whether a channel must find out what is replied to: only for a bare command, so that other chat stays unread."""
    return target is not None and _BARE_COMMAND.fullmatch(text) is not None


@dataclass(frozen=True)
class Offered:
    """A file that was sent to one person alone, and the event it was sent as, if that is known."""

    file: Ready
    event_id: str | None


class Ears(Protocol):
    """What a channel may ask of the bot. Every call is its own short transaction."""

    async def heard(self, channel: str, events: Sequence[Heard], position: str | None) -> None:
        """Store the events and the position after them in one transaction, then wake whoever handles them."""

    async def position(self, channel: str) -> str | None:
        """Where the channel was when it last stored something; None on the very first start."""

    async def knows(self, channel: str, chat_id: str) -> bool:
        """Whether the register knows this chat id (invitations are accepted from known people only)."""

    async def may_invite(self, channel: str, chat_id: str, *, private: bool) -> str | None:
        """None when this person may bring the bot into a room (`private`: a chat of two), else why not, for them."""

    async def present(self, channel: str, room: str, people: Sequence[str]) -> None:
        """Who is in a room now besides the bot, as chat ids; told after every change and at every start."""

    async def unlisted(self, channel: str, room: str) -> None:
        """The channel does not get to know who is in a room: it counts as one where outsiders may read along."""

    async def removed(self, channel: str, room: str, by: str, occasion: str) -> None:
        """Someone put the bot out of a room; `occasion` is the event that says so."""

    async def muted(self, channel: str, room: str) -> None:
        """The bot may not write in a room it is in; may be told more than once."""

    async def closed(self, channel: str, room: str, new: str) -> None:
        """A room was replaced by another, in which the bot is not yet; may be told more than once."""

    async def moved(self, channel: str, room: str, new: str) -> None:
        """The bot is in the room that replaces another; both say so. May be told more than once."""

    async def voiceless(self, channel: str, *, lost: bool) -> None:
        """The platform does not know the bot any more and takes nothing from it until somebody mends that (`lost`), or
        takes it again; may be told more than once."""

    async def reachable(self, channel: str, chat_id: str) -> None:
        """This person has a private chat with the bot from now on: what waited for that is sent after all."""

    async def rooms(self, channel: str) -> Sequence[str]:
        """The addresses on this channel of the rooms of bodies, also where the bot never was."""

    async def sent(self, channel: str, key: str) -> str | None:
        """The event id of the message with that outbox key, once it was sent on this channel."""

    async def offered(self, channel: str, key: str, name: str, chat_id: str) -> Offered | None:
        """The file with that name in the part with that key, made anew; None unless it was sent to this person alone,
        who still has a part in the structure."""

    async def say(self, channel: str, chat_id: str, key: str, words: str, kept: str = "") -> None:
        """Have the outbox say this to one person in private, once for each `key`; in the same transaction `kept` is
        remembered under that key, unless it is empty."""

    async def recall(self, channel: str, key: str) -> str | None:
        """A value the channel stored with `remember`."""

    async def remember(self, channel: str, key: str, value: str) -> None:
        """Keep a small value for the channel, over restarts (device id, private rooms)."""


@dataclass(frozen=True)
class Rendered:
    """One message as the platform takes it: complete plain text, and the formatted form where there is one.

    `card` is a card that the platform shows instead of the text; the text stays complete for whoever cannot see it.
    """

    text: str
    html: str | None = None
    card: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Parcel:
    """One part of one outgoing message.

    `key` is unique per logical effect and stable over retries and restarts: a channel with idempotent sends uses it as
    its transaction id. `room` is the platform's address; with `private` set it is the chat id of the person instead.
    `notice` marks a mere receipt, which need not make a phone sound. `mentions` are chat ids of those who must act.
    With `file` the part is that file; `rendered` then says in words what it is. `again`: it was being sent before, and
    nobody knows whether it arrived.
    """

    key: str
    room: str
    private: bool
    rendered: Rendered
    notice: bool = False
    mentions: tuple[str, ...] = ()
    reply_to: str | None = None
    thread: str | None = None
    file: Ready | None = None
    again: bool = False


class NotSent(Exception):
    """A part was not sent; `arrived` is False when it certainly did not arrive, None when nobody knows."""

    def __init__(self, why: str, *, arrived: bool | None = None) -> None:
        super().__init__(why)
        self.arrived = arrived


class SendLater(NotSent):
    """Not sent now, try again with the same key; `after` seconds if the server said so."""

    def __init__(self, why: str, after: float | None = None, *, arrived: bool | None = None) -> None:
        super().__init__(why, arrived=arrived)
        self.after = after


class SendNever(NotSent):
    """Will not be sent however often it is tried (no such room, forbidden)."""


class Unreached(SendNever):
    """The person has no private chat with the bot on this channel, and the bot cannot begin one."""


class ChannelClosed(Exception):
    """The channel cannot go on without the operator (token revoked); `code` is the exit code of the process."""

    def __init__(self, why: str, code: int = 78) -> None:
        super().__init__(why)
        self.code = code


class Channel(Protocol):
    """A place where people talk with the bot."""

    @property
    def name(self) -> str:
        """`matrix`, `console`, `teams`: how inbox, outbox and rooms name it."""

    @property
    def same_key_once(self) -> bool:
        """Whether the platform shows what is sent twice with the same key once. For one that does not, it is written
        down which part is being sent before it is, and what may have arrived before a crash is sent as `again`."""

    async def start(self, ears: Ears) -> None:
        """Connect until it can send. Raises ChannelClosed when the operator must act."""

    async def listen(self) -> None:
        """Hear until cancelled; stores through the ears it was started with."""

    def render(self, message: Message, addresses: Mapping[str, str]) -> Sequence[Rendered]:
        """The message in parts that fit; `addresses` gives the chat id of each person id that is mentioned."""

    async def send(self, parcel: Parcel) -> str:
        """Send one part and return the platform's event id. Raises SendLater or SendNever."""

    async def stop(self) -> None:
        """Leave in order; may be called twice."""


@runtime_checkable
class ShowsCards(Protocol):
    """A channel whose messages may be cards, on which people press buttons."""

    async def replace(self, parcel: Parcel, event_id: str) -> None:
        """Put this in the place of the message with that event id. Raises SendLater, or SendNever when it is gone."""
