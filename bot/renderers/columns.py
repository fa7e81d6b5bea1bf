"""How wide the columns of a list are, in every form alike: by what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.files import Link, Table
from commands.kit.reply import Block

#: More columns than this are set on a page on its side.
UPRIGHT = 5
#: About so many letters fit on one line of a list.
UPRIGHT_LETTERS, WIDE_LETTERS = 100, 160


def is_wide(parts: Sequence[Block | Table | Link]) -> bool:
    """Whether one of the lists asks for a page on its side."""
    return any(isinstance(part, Table) and len(part.columns) > UPRIGHT for part in parts)


def untitled(table: Table) -> Table:
    """A list that is the whole document needs no heading beside the title."""
    return Table("", table.columns, table.rows)


def widths(table: Table) -> list[int]:
    """How many letters wide each column is. Each has room for its longest word; what the page has left goes to those
    with long texts."""
    least, wanted = [], []
    for number, name in enumerate(table.columns):
        cells = [name, *(row[number] for row in table.rows)]
        words = max((len(word) for cell in cells for word in cell.split()), default=1)
        least.append(words + 3)
        wanted.append(max(min(_usual(cells), 60) - words, 0))
    room = WIDE_LETTERS if len(table.columns) > UPRIGHT else UPRIGHT_LETTERS
    rest = max(room - sum(least), 0)
    return [one + rest * more // max(sum(wanted), 1) for one, more in zip(least, wanted, strict=True)]


def _usual(cells: Sequence[str]) -> int:
    lengths = sorted(len(cell) for cell in cells)
    return lengths[len(lengths) * 3 // 4] if lengths else 1
