"""A parcel as the content of a Matrix event, and what the bot does when the server refuses it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.base import ChannelClosed, Parcel, Rendered, SendLater, SendNever
from bot.channels.matrix.transport import MatrixError
from bot.renderers.matrix_html import matrix_html
from bot.renderers.plain import plain
from bot.renderers.split import split
from commands.kit.reply import Message, mentioned

# An event may be 65,536 bytes. In an encrypted room the content grows by a third, hence the room to spare.
_CONTENT_BYTES = 45_000
#: Exit code of a process that has only to be started again (EX_TEMPFAIL).
ENDED = 75


class SessionEnded(ChannelClosed):
    """Only the token has ended (a soft logout): the device and its keys are as they were."""


def render(message: Message, addresses: Mapping[str, str]) -> Sequence[Rendered]:
    """The message in parts that each fit one event, as plain text and HTML."""

    made: list[tuple[Message, Rendered]] = []  # the last one: most messages are asked for once and fit

    def rendered(part: Message) -> Rendered:
        if not made or made[0][0] is not part:
            made[:] = [(part, Rendered(plain(part), matrix_html(part, addresses)))]
        return made[0][1]

    def fits(part: Message) -> bool:
        pinged = sum(len(addresses.get(person, "")) + 4 for person in mentioned(part))
        body = {"body": rendered(part).text, "formatted_body": rendered(part).html}
        return len(json.dumps(body, ensure_ascii=False).encode()) + pinged <= _CONTENT_BYTES

    return [rendered(part) for part in split(message, fits)]


def content_of(parcel: Parcel) -> dict[str, Any]:
    """The content of the event. `m.mentions` is always there, so that no text pings anybody by accident."""
    content: dict[str, Any] = {
        "msgtype": "m.notice" if parcel.notice else "m.text",
        "body": parcel.rendered.text,
        "m.mentions": {"user_ids": list(parcel.mentions)} if parcel.mentions else {},
    }
    if parcel.rendered.html is not None:
        content |= {"format": "org.matrix.custom.html", "formatted_body": parcel.rendered.html}
    root = parcel.thread or parcel.reply_to
    if root:
        content["m.relates_to"] = {
            "rel_type": "m.thread",
            "event_id": root,
            "is_falling_back": True,
            "m.in_reply_to": {"event_id": parcel.reply_to or root},
        }
    return content


def transaction_id(parcel: Parcel) -> str:
    """The same for every attempt at this parcel, on any day; carries the kind, since the server forgets the type."""
    return "message-" + hashlib.sha256(parcel.key.encode()).hexdigest()


def refusal(error: MatrixError) -> SendLater | SendNever | ChannelClosed:
    """What an error of the server means for whoever keeps the outbox."""
    if error.token_gone:
        return closed(error)
    return SendLater(str(error), error.retry_after) if error.passing else SendNever(str(error))


def closed(error: MatrixError) -> ChannelClosed:
    """The session is gone; the text says what the operator can do."""
    if error.soft:
        return SessionEnded(
            "the session of the bot has ended on the homeserver, as it may after some time; with the password in the "
            "settings the next start goes on as the same device, without it run `overlegbot matrix login`",
            ENDED,
        )
    return ChannelClosed(
        f"the homeserver no longer accepts the session of the bot ({error.code}); if that was meant, remove "
        "session.json from the Matrix store and start again: the bot logs in as a new device"
    )
