"""From which disciplines a group looks at its task, and whether that is one only (R-153, R-207)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_BETWEEN = re.compile(r"[,;\n]")
_JOINING = frozenset(("en", "of", "ook", "&", "+", "-", "*", "•"))


@dataclass(frozen=True)
class Read:
    """What someone typed: the disciplines in the order of the structure, and the words that are none."""

    names: tuple[str, ...]
    unknown: tuple[str, ...] = ()


def read(said: str, known: Sequence[tuple[str, ...]]) -> Read:
    """R-207: the disciplines in a text, whatever its case. Of `known` each has its name first and then its other words;
    of words that fit more than one the longest counts, so a name may hold *en*.
    """
    by_words = {tuple(word.casefold().split()): one[0] for one in known for word in one}
    longest = max((len(words) for words in by_words), default=1)
    found: set[str] = set()
    unknown: list[str] = []
    for piece in _BETWEEN.split(said):
        words = [word for word in (word.strip(".:!?'\"()") for word in piece.split()) if word]
        strange: list[str] = []
        while words:
            lengths = range(min(longest, len(words)), 0, -1)
            fits = next((n for n in lengths if tuple(word.casefold() for word in words[:n]) in by_words), 0)
            if fits:
                found.add(by_words[tuple(word.casefold() for word in words[:fits])])
            elif words[0].casefold() not in _JOINING:
                strange.append(words[0])
            if strange and (fits or words[0].casefold() in _JOINING):
                unknown.append(" ".join(strange))
                strange = []
            words = words[fits or 1 :]
        unknown += [" ".join(strange)] if strange else []
    return Read(tuple(one[0] for one in known if one[0] in found), tuple(unknown))


def narrow(own: Sequence[str], people: Iterable[Sequence[str]], home: str) -> bool:
    """R-153: whether all that is known of a group is the home discipline of the structure ("" when it has none).

    `own` are those of the group, `people` those that each of its people gave. As long as the group has none of its own,
    it is known only when all of them gave theirs.
    """
    given = [tuple(one) for one in people]
    if not own and not (given and all(given)):
        return False
    return {*own, *(name for one in given for name in one)} == {home}
