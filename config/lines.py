"""On which line each table and key of a TOML text stands: `tomllib` does not tell, and a fault must."""

from __future__ import annotations

import re
import tomllib

#: Keys and list positions from the top, e.g. `("body", 2, "level")`.
Place = tuple[str | int, ...]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[A-Za-z0-9_-]+"
    r"|[^\S\n]+"
    r"|.",
    re.DOTALL,
)


def line_numbers(text: str) -> dict[Place, int]:
    """The line of every table and key outside inline tables. Meant for text that `tomllib` has accepted."""
    scan = _Scan()
    for match in _TOKEN.finditer(text.replace("\r\n", "\n")):
        scan.take(match.group())
    return scan.found


class _Scan:
    """Walks over the tokens, one statement (a header, or a key with its value) at a time."""

    def __init__(self) -> None:
        self.found: dict[Place, int] = {}
        self._line = 1
        self._table: Place = ()
        self._last: dict[Place, int] = {}
        self._next_statement()

    def _next_statement(self) -> None:
        self._parts: list[str] = []
        self._brackets = 0
        self._depth = 0
        self._in_value = False

    def take(self, bit: str) -> None:
        if bit == "\n":
            if self._depth == 0:
                self._next_statement()
        elif bit[0] == "#" or bit.isspace():
            pass
        elif self._in_value:
            self._depth += (bit in "[{") - (bit in "]}") if len(bit) == 1 else 0
        elif bit == "[" and not self._parts:
            self._brackets += 1
        elif bit == "]":
            self._header()
        elif bit == "=":
            self.found.setdefault(self._table + tuple(self._parts), self._line)
            self._in_value = True
        elif bit != ".":
            self._parts.append(_unquoted(bit))
        self._line += bit.count("\n")

    def _header(self) -> None:
        if not self._parts:
            return
        place: Place = ()
        for number, part in enumerate(self._parts, start=1):
            place = (*place, part)
            if self._brackets == 2 and number == len(self._parts):
                self._last[place] = self._last.get(place, -1) + 1
            if place in self._last:
                place = (*place, self._last[place])
        self._table = place
        self.found.setdefault(place, self._line)
        self._parts = []


def _unquoted(bit: str) -> str:
    if bit[0] in "\"'":
        return str(tomllib.loads(f"key = {bit}")["key"])
    return bit
