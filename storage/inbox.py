"""The inbox: what a channel heard, stored once per event together with the channel's position, before it is handled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as sql
from sqlmodel import Session, select

from storage import tables

POSITION = "position"
#: Under this key a channel keeps its device, as JSON with the fields of `commands.kit.ports.Speaker`.
SPEAKER = "speaker"
#: Under this key is kept since when the platform takes nothing from the bot; "" when it does.
VOICELESS = "voiceless"
_AT_ONCE = 200

# What is asked for every message is built once: building costs more than asking.
_TABLE = tables.Inbox.__table__  # type: ignore[attr-defined]
_ADD = _TABLE.insert()
_EMPTY = {
    "text": "", "target": None, "thread": None, "quoted": "", "quoted_sender": "", "error": "",
    "state": tables.InboxState.NEW,
}  # fmt: skip
_KNOWN = sql(_TABLE.c.event_id).where(
    _TABLE.c.channel == bindparam("on"), _TABLE.c.event_id.in_(bindparam("ids", expanding=True))
)
_HEARD = sql(_TABLE).where(_TABLE.c.channel == bindparam("on"), _TABLE.c.event_id == bindparam("event"))
_DONE = {"state": bindparam("new_state"), "error": bindparam("why"), "quoted": "", "quoted_sender": ""}
_FINISH, _IGNORE, _FORGET = (
    _TABLE.update().where(_TABLE.c.id == bindparam("row")).values(values)
    for values in (_DONE, {**_DONE, "text": ""}, {"text": ""})
)
_MEMORY = tables.Memory.__table__  # type: ignore[attr-defined]
_HERE = (_MEMORY.c.channel == bindparam("on"), _MEMORY.c.key == bindparam("what"))
_RECALL = sql(_MEMORY.c.value).where(*_HERE)
_REPLACE = _MEMORY.update().where(*_HERE).values(value=bindparam("new"))
_REMEMBER = _MEMORY.insert()
_WAITING = sql(_TABLE).where(_TABLE.c.state == bindparam("state")).order_by(_TABLE.c.id).limit(bindparam("most"))


@dataclass(frozen=True)
class Received:
    """An inbox row that waits to be handled; the fields of `Heard` with the row's number."""

    id: int
    channel: str
    event_id: str
    at: datetime
    room: str
    private: bool
    sender: str
    kind: str
    text: str
    target: str | None
    thread: str | None
    quoted: str = ""
    quoted_sender: str = ""


def store(session: Session, events: list[dict[str, Any]], channel: str, position: str | None) -> int:
    """Keep the new events and the position after them in this transaction; returns how many were new."""
    known = _known(session, channel, [event["event_id"] for event in events])
    new = {event["event_id"]: event for event in events if event["event_id"] not in known}
    if new:
        session.connection().execute(_ADD, [{**_EMPTY, **event} for event in new.values()])
    if position is not None:
        remember(session, channel, POSITION, position)
    return len(new)


def _known(session: Session, channel: str, event_ids: list[str]) -> set[str]:
    """Which of these were heard before."""
    found: set[str] = set()
    for at in range(0, len(event_ids), _AT_ONCE):
        some = {"on": channel, "ids": event_ids[at : at + _AT_ONCE]}
        found |= set(session.connection().execute(_KNOWN, some).scalars())
    return found


def waiting(session: Session, limit: int = 20) -> tuple[Received, ...]:
    """What must still be handled, in the order it was heard."""
    found = session.connection().execute(_WAITING, {"state": tables.InboxState.NEW, "most": limit})
    return tuple(_received(row) for row in found)


def _received(row: Any) -> Received:
    return Received(
        row.id,
        row.channel,
        row.event_id,
        row.at,
        row.room,
        row.private,
        row.sender,
        row.kind,
        row.text,
        row.target,
        row.thread,
        row.quoted,
        row.quoted_sender,
    )


def finish(session: Session, id: int, state: tables.InboxState, error: str = "") -> None:
    """Handled. Text that was not meant for the bot is not kept; nor is what someone else said once it was used."""
    change = _IGNORE if state is tables.InboxState.IGNORED else _FINISH
    session.connection().execute(change, {"row": id, "new_state": state, "why": error[:500]})


def forget(session: Session, id: int) -> None:
    """What was said is not kept; that something was said is."""
    session.connection().execute(_FORGET, {"row": id})


def recall(session: Session, channel: str, key: str) -> str | None:
    """A small value that was remembered for a channel."""
    found: str | None = session.connection().execute(_RECALL, {"on": channel, "what": key}).scalar()
    return found


def remember(session: Session, channel: str, key: str, value: str) -> None:
    """Keep a small value for a channel."""
    connection, here = session.connection(), {"on": channel, "what": key}
    known = connection.execute(_RECALL, here).scalar()
    if known is None:
        connection.execute(_REMEMBER, {"channel": channel, "key": key, "value": value})
    elif known != value:
        connection.execute(_REPLACE, {**here, "new": value})


def knows(session: Session, channel: str, event_id: str) -> bool:
    """Whether that event was heard before."""
    table = tables.Inbox
    known = select(table.id).where(table.channel == channel, table.event_id == event_id)
    return session.exec(known).first() is not None


def heard(session: Session, channel: str, event_id: str) -> Received | None:
    """What was heard before under that id; the text of what was not for the bot is not kept."""
    row = session.connection().execute(_HEARD, {"on": channel, "event": event_id}).first()
    return _received(row) if row is not None else None


def was_command(session: Session, channel: str, event_id: str) -> bool:
    """Whether that event was handled as a command or an answer."""
    table = tables.Inbox
    row = session.exec(select(table).where(table.channel == channel, table.event_id == event_id)).first()
    return row is not None and row.state is tables.InboxState.DONE
