"""The levels of the headings of a document: they begin at 1 and go down one at a time, as PDF/UA and readers want."""

from __future__ import annotations

from collections.abc import Iterator

from bot.renderers.clean import clean
from commands.kit.files import Document, Link, Table
from commands.kit.reply import Block, Heading, flat


def outline(document: Document) -> Iterator[tuple[Block | Table | Link, int]]:
    """Each part with the level of its heading; the level of what has none says nothing. A table's
    title is at 1; a heading without a word is left out."""
    levels = sorted({part.level for part in document.parts if isinstance(part, Heading)})
    last = 0
    for part in document.parts:
        if isinstance(part, Heading):
            if not clean(flat(part.line)).strip():
                continue
            last = min(levels.index(part.level) + 1, last + 1)
        elif isinstance(part, Table) and clean(part.title).strip():
            last = 1
        yield part, last
