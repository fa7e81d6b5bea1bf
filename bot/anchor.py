"""What an answer hangs on: the message it answers, and the thread of that message, in the place where it is sent.

A channel cannot see that an event belongs to another room, so that is looked up here: an answer that goes elsewhere
(a refusal in private, a confirmation in the room) stands on its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from commands.kit.ports import Outgoing
from storage import inbox, outbox, rooms

#: A reaction to an answer to a reaction …: no honest chain is longer.
_STEPS = 8
_SIGNS = ("reaction", "unreaction", "redaction", "pressed")


@dataclass(frozen=True)
class Place:
    """Where a message goes: `to` as in the outbox, `address` of the room, or of the person when `private`."""

    channel: str
    to: str
    address: str
    private: bool


def anchor(
    session: Session, outgoing: Outgoing, place: Place, heard: inbox.Received | None
) -> tuple[str | None, str | None]:
    """The event to reply to and the first event of its thread; (None, None) when it was said elsewhere. `heard` is what
    it answers, when that came in there.

    A reaction starts no thread, and neither does a button: the answer hangs on the message that has it.
    """
    return _hang(session, outgoing.reply_to, place, _STEPS, heard)


def _hang(
    session: Session, event_id: str | None, place: Place, steps: int, heard: inbox.Received | None = None
) -> tuple[str | None, str | None]:
    if event_id is None or steps == 0:
        return None, None
    heard = heard or inbox.heard(session, place.channel, event_id)
    if heard is None:
        return _own(session, event_id, place, steps)
    if heard.kind in _SIGNS:
        return _hang(session, heard.target, place, steps - 1)
    if heard.kind in ("unreadable", "verifies"):  # stored by key or day; the message, if any, is what it is about
        event_id = heard.target
    return (event_id, heard.thread) if _was_here(session, heard, place) else (None, None)


def _own(session: Session, event_id: str, place: Place, steps: int) -> tuple[str | None, str | None]:
    """The bot's own message, in the thread it was sent in."""
    sent = outbox.of_event(session, place.channel, event_id)
    if sent is None or sent.to != place.to:
        return None, None
    reply_to, thread = _hang(session, sent.reply_to, place, steps - 1)
    return event_id, thread or reply_to


def _was_here(session: Session, heard: inbox.Received, place: Place) -> bool:
    if place.private:
        return heard.private and heard.sender == place.address
    if place.to.startswith("room:"):
        return not heard.private and heard.room == place.address
    return not heard.private and rooms.body_of(session, place.channel, heard.room) == place.to
