"""Files as data. What a message sends along stays data until it goes out: `bot.renderers.files` makes the bytes.

User text is only ever a `str` in a paragraph or a cell, so no renderer can take it for a formula, a link or markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


Content = Table | Document | Plain | Picture


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
        case _:
            assert_never(content)


def _part_data(part: Block | Table | Link) -> dict[str, Any]:
    match part:
        case Table():
            return _content_data(part)
        case Link():
            return {"link": part.label, "address": part.address}
        case _:
            return as_data(Message((part,)))[0]


def _read_content(data: Mapping[str, Any]) -> Content:
    if "table" in data:
        return Table(data["table"], tuple(data["columns"]), tuple(tuple(row) for row in data["rows"]))
    if "document" in data:
        return Document(data["document"], tuple(_read_part(part) for part in data["parts"]))
    return Plain(data["plain"]) if "plain" in data else Picture(data["picture"], data["data"])


def _read_part(data: Mapping[str, Any]) -> Block | Table | Link:
    if "table" in data:
        return Table(data["table"], tuple(data["columns"]), tuple(tuple(row) for row in data["rows"]))
    return Link(data["link"], data["address"]) if "link" in data else from_data([data]).blocks[0]
