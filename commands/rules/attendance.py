"""Which organisations were at a meeting, from what someone types (V3: attendance per organisation)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

EVERYONE_WORDS = ("iedereen", "allen", "allemaal", "alle partijen", "voltallig")
_APART = re.compile(r"\s*(?:[,;&+]|\ben\b)\s*", re.IGNORECASE)
_LONGEST = 5


@dataclass(frozen=True)
class Attendance:
    """`present` in the order of those expected, then guests as typed; `unknown` are words that name nobody."""

    present: tuple[str, ...]
    absent: tuple[str, ...]
    unknown: tuple[str, ...] = ()


def read_attendance(text: str, names: Mapping[str, str], expected: Sequence[str], *, absent: bool) -> Attendance:
    """Who was there. `names` gives the name of each word, lower case; `expected` are those who belong there.

    With `absent` the text names who was not there: the others were.
    """
    if text.strip(" .").casefold() in EVERYONE_WORDS:
        return Attendance(() if absent else tuple(expected), tuple(expected) if absent else ())
    named: list[str] = []
    unknown: list[str] = []
    for piece in _APART.split(text.strip(" .")):
        words = piece.split()
        while words:
            for length in range(min(_LONGEST, len(words)), 0, -1):
                name = names.get(" ".join(words[:length]).casefold())
                if name is not None:
                    named.append(name)
                    break
            else:
                length = 1
                unknown.append(words[0])
            words = words[length:]
    if absent:
        return Attendance(
            tuple(one for one in expected if one not in named), tuple(dict.fromkeys(named)), tuple(unknown)
        )
    present = (*(one for one in expected if one in named), *(one for one in named if one not in expected))
    missing = tuple(one for one in expected if one not in named)
    return Attendance(tuple(dict.fromkeys(present)), missing, tuple(unknown))
