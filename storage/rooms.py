"""Which room belongs to which body, per channel; each room to exactly one body (domain.md §2.1)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import bindparam
from sqlalchemy import select as sql
from sqlmodel import Session, col, select

from storage import tables
from storage.inbox import recall, remember

_PERSON = tables.Person.__table__  # type: ignore[attr-defined]
_CHAT_IDS = {
    channel: sql(_PERSON.c[channel]).where(_PERSON.c.id == bindparam("person")) for channel in ("matrix", "teams")
}
#: What is remembered of no channel in particular.
BOT = "bot"
#: What a channel remembers that has rooms of which it may not get to know who is in them: until it does, anybody is.
UNLISTED = "unlisted"


def body_of(session: Session, channel: str, room: str) -> str | None:
    """The code of the body whose room this is. A room's other names (an alias for its id) count too.

    A name counts as long as it leads to this room: a room that was replaced by another loses it.
    """
    column = {"matrix": tables.Room.matrix, "teams": tables.Room.teams}.get(channel)
    if column is None:
        row = session.get(tables.Body, room)
        return row.code if row else None
    names = [room]
    alias = recall(session, channel, f"room:{room}")
    if alias and recall(session, channel, f"alias:{alias}") in (None, room):
        names.append(alias)
    found = session.exec(select(tables.Room).where(col(column).in_(names))).first()
    if found is None:
        found = next((row for row in session.exec(select(tables.Room)) if _leads_to(session, channel, row, room)), None)
    return found.body if found else None


def _leads_to(session: Session, channel: str, row: tables.Room, room: str) -> bool:
    """Whether the name that was configured is one of the further names of the room."""
    name = getattr(row, channel)
    return bool(name) and recall(session, channel, f"alias:{name}") == room


def address_of(session: Session, channel: str, body: str) -> str | None:
    """The platform's address of a body's room, or None when it has none there."""
    row = session.get(tables.Room, body)
    if channel == "console":
        return body
    return getattr(row, channel, None) if row else None


def addresses(session: Session, channel: str) -> tuple[str, ...]:
    """The addresses of the rooms of bodies on a channel."""
    found = (getattr(row, channel, None) for row in session.exec(select(tables.Room)))
    return tuple(address for address in found if address)


def chat_id(session: Session, channel: str, person: str) -> str | None:
    """A person's chat id on that channel, or None."""
    if channel == "console":
        return person
    column = _CHAT_IDS.get(channel)
    if column is None:
        return None
    session.flush()
    found: str | None = session.connection().execute(column, {"person": person}).scalar()
    return found


def keep_chat(session: Session, person: str, channel: str) -> None:
    """This is where the person talks with the bot in private; what is for them alone goes there from now on."""
    remember(session, BOT, f"chats:{person}", channel)


def chats_on(session: Session, person: str) -> str | None:
    """The channel where the person last said something in private."""
    return recall(session, BOT, f"chats:{person}")


def people_in(session: Session, channel: str, address: str) -> tuple[str, ...]:
    """Chat ids of who is in a room, as the channel last told."""
    return tuple(json.loads(recall(session, channel, f"present:{address}") or "[]"))


def keep_people(session: Session, channel: str, address: str, people: Sequence[str], *, outsiders: bool) -> None:
    """Who is in a room now, and whether people from outside the parties read along."""
    remember(session, channel, f"present:{address}", json.dumps(sorted(people)))
    remember(session, channel, f"outsiders:{address}", "ja" if outsiders else "")


def hide_people(session: Session, channel: str, address: str) -> None:
    """Nobody knows who is in a room now."""
    remember(session, channel, f"present:{address}", "[]")
    remember(session, channel, f"outsiders:{address}", "ja")


def outsiders_in(session: Session, channel: str, address: str) -> bool:
    """Whether people from outside the parties read along in a room, or may do so for all that is known."""
    known = recall(session, channel, f"outsiders:{address}")
    return bool(recall(session, channel, UNLISTED) if known is None else known)


def called(session: Session, channel: str, chat_id: str) -> str:
    """How people know someone on a channel where the chat id says nothing; the chat id elsewhere."""
    name = recall(session, channel, f"name:{chat_id}")
    return f"{name} ({chat_id})" if name else chat_id


def outsiders_read(session: Session, body: str) -> bool:
    """Whether that is so in any of the rooms of a body, also when a room is known by another name."""
    found = ((channel, address_of(session, channel, body)) for channel in ("matrix", "teams"))
    return any(
        outsiders_in(session, channel, recall(session, channel, f"alias:{room}") or room)
        for channel, room in found
        if room
    )


def not_named(session: Session, channel: str, address: str, people: Sequence[str]) -> tuple[str, ...]:
    """Those of them that were not handed out before for this room; from now on they were."""
    named = json.loads(recall(session, channel, f"named:{address}") or "[]")
    new = tuple(person for person in people if person not in named)
    if new:
        remember(session, channel, f"named:{address}", json.dumps([*named, *new]))
    return new


def take_along(session: Session, channel: str, address: str, new: str) -> None:
    """Whoever was named in a room is not named again in the one that replaces it; private chats go on there."""
    named = json.loads(recall(session, channel, f"named:{address}") or "[]")
    not_named(session, channel, new, named)
    table = tables.Memory
    private = select(table).where(table.channel == channel, table.value == address, col(table.key).startswith("dm:"))
    for row in session.exec(private):
        row.value = new
    session.flush()
