"""How wide the columns of a list are, in every form alike: by what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.files import Document, Link, Table
from commands.kit.reply import Block, Heading, Strong, listing

#: More columns than this are set on a page on its side.
UPRIGHT = 5
#: About so many letters fit on one line of a list.
UPRIGHT_LETTERS, WIDE_LETTERS = 100, 160


def is_wide(parts: Sequence[Block | Table | Link]) -> bool:
    """Whether one of the lists asks for a page on its side."""
    return any(isinstance(part, Table) and len(part.columns) > UPRIGHT for part in parts)


def readable(document: Document) -> Document:
    """The document as it fits on paper: a list with more columns than a page can show is told row by row."""
    parts: list[Block | Table | Link] = []
    for part in document.parts:
        parts += _told(part) if isinstance(part, Table) and not _fits(part) else [part]
    return Document(document.title, tuple(parts))


def _fits(table: Table) -> bool:
    return sum(_least(table)) <= WIDE_LETTERS


def _told(table: Table) -> list[Block | Table | Link]:
    """A heading for each row, and under it what its columns say."""
    titled = bool(table.title.strip())
    told: list[Block | Table | Link] = [Heading(table.title, 2)] if titled else []
    for row in table.rows:
        told.append(Heading(row[0], 3 if titled else 2))
        cells = [(Strong(f"{name}: "), cell) for name, cell in zip(table.columns[1:], row[1:], strict=True) if cell]
        told.append(listing(cells))
    return told


def untitled(table: Table) -> Table:
    """A list that is the whole document needs no heading beside the title."""
    return Table("", table.columns, table.rows)


def widths(table: Table) -> list[int]:
    """How many letters wide each column is. Each has room for its longest word; what the page has left goes to those
    with long texts."""
    least = _least(table)
    wanted = [
        max(min(_usual([name, *(row[number] for row in table.rows)]), 60) - least[number], 0)
        for number, name in enumerate(table.columns)
    ]
    room = WIDE_LETTERS if len(table.columns) > UPRIGHT else UPRIGHT_LETTERS
    rest = max(room - sum(least), 0)
    return [one + rest * more // max(sum(wanted), 1) for one, more in zip(least, wanted, strict=True)]


def _least(table: Table) -> list[int]:
    """The longest word of each column, and some white beside it."""
    columns = ([name, *(row[number] for row in table.rows)] for number, name in enumerate(table.columns))
    return [max((len(word) for cell in cells for word in cell.split()), default=1) + 3 for cells in columns]


def _usual(cells: Sequence[str]) -> int:
    lengths = sorted(len(cell) for cell in cells)
    return lengths[len(lengths) * 3 // 4] if lengths else 1
