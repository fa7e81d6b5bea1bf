"""Documents as PDF: tagged for screen readers (PDF/UA-1) and fit to keep (PDF/A-2a), with the same data as every form.

The text goes to the typesetter as data, never as markup; fonts come with it, and nothing is fetched.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from bot.renderers.clean import clean
from bot.renderers.columns import is_wide, readable, untitled, widths
from bot.renderers.outline import outline
from commands.kit.files import Document, Link, Table
from commands.kit.reply import Block, Code, Heading, Line, Listing, Mention, Span, Strong, Text

#: A file with the same contents is the same file: it carries no moment of its own.
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def pdf(content: Document | Table) -> bytes:
    """The document as PDF; the same data gives the same bytes. Raises TypstError when it cannot be set."""
    import typst  # takes a while to load, and most messages carry no file

    document = readable(content if isinstance(content, Document) else Document(content.title, (untitled(content),)))
    title = clean(document.title).strip() or "Document"
    data = {
        "title": title,
        "footer": title,
        "wide": is_wide(document.parts),
        "parts": [_part(part, level) for part, level in outline(document)],
    }
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        made = _set(inputs, ["a-2a", "ua-1"])
    except typst.TypstError:
        # A sign that no font has (an emoji) fits no archive; the document is still made, and still tagged.
        made = _set(inputs, [])
    return made


def _set(inputs: dict[str, str], standards: list[Any]) -> bytes:
    import typst

    made = typst.compile(
        _template(),
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=standards,
        ignore_system_fonts=True,
        timestamp=NO_TIME,
    )
    if not isinstance(made, bytes):
        raise ValueError("not one document")
    return made


@cache
def _template() -> bytes:
    return files("bot.renderers").joinpath("document.typ").read_bytes()


def _part(part: Block | Table | Link, level: int) -> dict[str, Any]:
    match part:
        case Heading():
            return {"kind": "heading", "level": level, "line": _pieces(part.line)}
        case Text():
            return {"kind": "text", "line": _pieces(part.line)}
        case Listing():
            items = [[_pieces(line) for line in item] for item in part.items]
            return {"kind": "list", "ordered": part.ordered, "start": part.start, "items": items}
        case Link():
            return {"kind": "link", "label": clean(part.label), "address": part.address}
        case Table():
            return {
                "kind": "table",
                "level": level,
                "title": clean(part.title).strip(),
                "columns": [clean(name) for name in part.columns],
                "rows": [[clean(cell) for cell in row] for row in part.rows],
                "widths": widths(part),
            }


def _pieces(line: Line) -> list[dict[str, str]]:
    return [{"kind": "text", "text": clean(line)}] if isinstance(line, str) else [_piece(span) for span in line]


def _piece(span: Span) -> dict[str, str]:
    match span:
        case str():
            return {"kind": "text", "text": clean(span)}
        case Strong():
            return {"kind": "strong", "text": clean(span.text)}
        case Code():
            return {"kind": "code", "text": clean(span.text)}
        case Mention():
            return {"kind": "text", "text": clean(span.label)}
