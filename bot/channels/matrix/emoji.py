"""Who asks to compare emoji is declined at once, so that no client waits, and hears once a day how to verify the bot.

Nothing rests on that comparison: nio 0.26 gets it wrong, and a bot has nobody who looks."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta

from bot.channels.base import Heard
from bot.channels.matrix.crypto import NO_EMOJI
from bot.channels.matrix.news import Event
from bot.channels.matrix.transport import MatrixError, Transport
from bot.channels.outside import as_dict

logger = logging.getLogger(__name__)

#: After that a client has given up by itself.
_LONGEST = timedelta(minutes=10)


def asks(event: Event, me: str) -> bool:
    """Whether this is a request in a room, to the bot."""
    content = as_dict(event.get("content"))
    return (
        event.get("type") == "m.room.message"
        and content.get("msgtype") == "m.key.verification.request"
        and content.get("to") == me
    )


async def decline(transport: Transport, room_id: str, event: Event, at: datetime, now: datetime) -> None:
    """Cancel a request of `at` in its room, unless that is long ago. MatrixError only when the session is gone."""
    event_id = str(event.get("event_id"))
    if now - at > _LONGEST:
        return
    content = {
        "code": "m.user",
        "reason": NO_EMOJI,
        "m.relates_to": {"rel_type": "m.reference", "event_id": event_id},
    }
    tx_id = "verification-" + hashlib.sha256(event_id.encode()).hexdigest()
    try:
        await transport.send(room_id, content, tx_id, "m.key.verification.cancel")
    except MatrixError as error:
        if error.token_gone:
            raise
        logger.warning("Matrix: the request to compare emoji %s is not declined: %s", event_id, error)


def wish(channel: str, person: str, at: datetime) -> Heard:
    """That somebody wanted it: the same event all day long, so that it is answered once."""
    return Heard(channel, f"verifies:{person}:{at:%Y-%m-%d}", at, "", True, person, "verifies")
