"""Files on their way out: data in, bytes out (rulings.md "Files sent"). Pure; the same data gives the same bytes."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from bot.renderers.odf import ods, odt
from bot.renderers.pdf import pdf
from bot.renderers.pictures import png
from bot.renderers.plain import plain
from commands.kit.files import Calendar, Document, File, FileFormat, Link, Picture, Plain, Table
from commands.kit.reply import Message

MEDIA: dict[FileFormat, str] = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "txt": "text/plain",
    "md": "text/markdown",
    "ics": "text/calendar",
    "json": "application/json",
    "png": "image/png",
}
#: What a spreadsheet takes for a formula when a cell begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Ready:
    """A file as bytes. `media` is its MIME type; `alt` says in words what a picture shows."""

    name: str
    media: str
    data: bytes
    alt: str = ""


def made(file: File) -> Ready:
    """The file as bytes. Raises ValueError for a content that has no such format."""
    return Ready(file.name, MEDIA[file.format], _bytes(file), file.alt)


def _bytes(file: File) -> bytes:
    match file.format, file.content:
        case "csv", Table() as table:
            return _csv(table)
        case "pdf", (Document() | Table()) as content:
            return pdf(content)
        case "odt", (Document() | Table()) as content:
            return odt(content)
        case "ods", (Document() | Table()) as content:
            return ods(content)
        case "ics", Calendar() as calendar:
            # Imported here: its library is large, and few files are calendars.
            from bot.renderers.ics import ics

            return ics(calendar)
        case (("txt" | "md" | "ics" | "json"), Plain() as text):
            return text.text.encode("utf-8")
        case "txt", Document() as document:
            return _text(document).encode("utf-8")
        case "png", Picture() as picture:
            return png(picture)
        case _, (Table() | Document() | Plain() | Picture() | Calendar()):
            raise ValueError(f"{file.name}: no {file.format} of a {type(file.content).__name__}")


def _csv(table: Table) -> bytes:
    """UTF-8 with BOM and `;`, as a Dutch spreadsheet opens it (digests.md §3.4); no cell is ever a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(cell) for cell in row] for row in table.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _text(document: Document) -> str:
    pieces = [document.title]
    for part in document.parts:
        match part:
            case Table():
                rows = (_row(part.columns, row) for row in part.rows)
                pieces.append("\n".join((part.title, *rows)))
            case Link():
                pieces.append(f"{part.label}: {part.address}")
            case _:
                pieces.append(plain(Message((part,))))
    return "\n\n".join(pieces) + "\n"


def _row(columns: tuple[str, ...], row: tuple[str, ...]) -> str:
    return "- " + "; ".join(f"{name}: {cell}" for name, cell in zip(columns, row, strict=True) if cell)
