"""Files as data. What a message sends along stays data until it goes out: `bot.renderers.files` makes the bytes.

User text is only ever a `str` in a paragraph or a cell, so no renderer can take it for a formula, a link or markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any, Literal, assert_never

from commands.kit.reply import Block, Message, as_data, from_data

FileFormat = Literal["pdf", "odt", "ods", "csv", "txt", "md", "ics", "json", "png"]


@dataclass(frozen=True)
class Table:
    """Rows under named columns; every cell is text as people read it, dates in lists as ISO 8601 (digests.md §3.4)."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Link:
    """A paper that lies elsewhere: what it is called, and where."""

    label: str
    address: str


@dataclass(frozen=True)
class Document:
    """A text to print, forward or archive: message blocks, tables and links in reading order."""

    title: str
    parts: tuple[Block | Table | Link, ...]


@dataclass(frozen=True)
class Plain:
    """Text that is the file as it stands."""

    text: str


@dataclass(frozen=True)
class Picture:
    """A drawing: `kind` names the drawing, `data` (JSON values) is what it shows."""

    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Event:
    """A meeting in a calendar: a day, and wall-clock times in Europe/Amsterdam where they are known.

    `uid` stays the same for ever and `sequence` only goes up (RFC 5545); `changed` is when that was last (aware).
    """

    uid: str
    sequence: int
    changed: datetime
    summary: str
    day: date
    start: time | None = None
    end: time | None = None
    description: str = ""
    cancelled: bool = False


@dataclass(frozen=True)
class Calendar:
    """Meetings for the calendars of people; nothing in it is confidential (digests.md §3.4)."""

    title: str
    events: tuple[Event, ...]


Content = Table | Document | Plain | Picture | Calendar


@dataclass(frozen=True)
class File:
    """`name` as a secretary would give it, with its extension; `alt` says in words what a picture shows."""

    name: str
    format: FileFormat
    content: Content
    alt: str = ""


def files_as_data(files: Sequence[File]) -> list[dict[str, Any]]:
    """The files as JSON values, for the outbox; `files_from_data` reads them back unchanged."""
    return [
        {"name": file.name, "format": file.format, "alt": file.alt, "content": _content_data(file.content)}
        for file in files
    ]


def files_from_data(data: Sequence[Mapping[str, Any]]) -> tuple[File, ...]:
    """Read what `files_as_data` wrote. KeyError on anything else."""
    return tuple(File(one["name"], one["format"], _read_content(one["content"]), one["alt"]) for one in data)


def _content_data(content: Content) -> dict[str, Any]:
    match content:
        case Table():
            return {"table": content.title, "columns": list(content.columns), "rows": [list(r) for r in content.rows]}
        case Document():
            return {"document": content.title, "parts": [_part_data(part) for part in content.parts]}
        case Plain():
            return {"plain": content.text}
        case Picture():
            return {"picture": content.kind, "data": dict(content.data)}
        case Calendar():
            return {"calendar": content.title, "events": [_event_data(event) for event in content.events]}
        case _:
            assert_never(content)


def _event_data(event: Event) -> dict[str, Any]:
    return {
        **asdict(event),
        "changed": event.changed.isoformat(),
        "day": event.day.isoformat(),
        "start": event.start.isoformat() if event.start else None,
        "end": event.end.isoformat() if event.end else None,
    }


def _read_event(data: Mapping[str, Any]) -> Event:
    clocks = {name: time.fromisoformat(data[name]) if data[name] else None for name in ("start", "end")}
    moment = {"changed": datetime.fromisoformat(data["changed"]), "day": date.fromisoformat(data["day"])}
    return Event(**{**data, **clocks, **moment})


def _part_data(part: Block | Table | Link) -> dict[str, Any]:
    match part:
        case Table():
            return _content_data(part)
        case Link():
            return {"link": part.label, "address": part.address}
        case _:
            return as_data(Message((part,)))[0]


def _read_content(data: Mapping[str, Any]) -> Content:
    if "calendar" in data:
        return Calendar(data["calendar"], tuple(_read_event(event) for event in data["events"]))
    if "table" in data:
        return Table(data["table"], tuple(data["columns"]), tuple(tuple(row) for row in data["rows"]))
    if "document" in data:
        return Document(data["document"], tuple(_read_part(part) for part in data["parts"]))
    return Plain(data["plain"]) if "plain" in data else Picture(data["picture"], data["data"])


def _read_part(data: Mapping[str, Any]) -> Block | Table | Link:
    if "table" in data:
        return Table(data["table"], tuple(data["columns"]), tuple(tuple(row) for row in data["rows"]))
    return Link(data["link"], data["address"]) if "link" in data else from_data([data]).blocks[0]
