"""Which room belongs to which body, per channel; each room to exactly one body (domain.md §2.1)."""

from __future__ import annotations

from sqlmodel import Session, col, select

from storage import tables
from storage.inbox import recall


def body_of(session: Session, channel: str, room: str) -> str | None:
    """The code of the body whose room this is. A room's other names (an alias for its id) count too."""
    column = {"matrix": tables.Room.matrix, "teams": tables.Room.teams}.get(channel)
    if column is None:
        row = session.get(tables.Body, room)
        return row.code if row else None
    names = [room, *(name for name in (recall(session, channel, f"room:{room}"),) if name)]
    found = session.exec(select(tables.Room).where(col(column).in_(names))).first()
    return found.body if found else None


def address_of(session: Session, channel: str, body: str) -> str | None:
    """The platform's address of a body's room, or None when it has none there."""
    row = session.get(tables.Room, body)
    if channel == "console":
        return body
    return getattr(row, channel, None) if row else None


def chat_id(session: Session, channel: str, person: str) -> str | None:
    """A person's chat id on that channel, or None."""
    if channel == "console":
        return person
    row = session.get(tables.Person, person)
    return getattr(row, channel, None) if row else None
