"""How alike two texts are: shared trigrams, with the synonyms of the field. Suggests, never decides (R-021)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

#: Words that say nothing about the subject.
_STOP = frozenset(
    "de het een en of van in op te voor met door bij naar uit aan om over is zijn wordt worden niet geen meer nog dat "
    "die dit deze er als dan ook wel maar tot na al kan kunnen moet moeten wij we ons onze hun wie wat welke zo hoe "
    "waar".split()
)
#: From this share of common trigrams on, a text is worth showing.
ALIKE = 0.45


def plain_words(text: str) -> list[str]:
    """The words that say something: lower case, without accents and stop words."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return [word for word in re.findall(r"[a-z0-9]+", bare) if len(word) > 2 and word not in _STOP]


def trigrams(words: Iterable[str]) -> frozenset[str]:
    """All runs of three letters within the words."""
    return frozenset(word[at : at + 3] for word in words for at in range(len(word) - 2))


def with_synonyms(text: str, synonyms: Sequence[tuple[str, ...]]) -> list[str]:
    """The words of the text, and those that mean the same by the list of the structure."""
    words = plain_words(text)
    said = f" {' '.join(words)} "
    added: list[str] = []
    for forms in _spelled(tuple(synonyms)):
        if any(form and f" {form} " in said for form in forms):
            added += [word for form in forms for word in form.split()]
    return list(dict.fromkeys((*words, *added)))


@cache
def _spelled(synonyms: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(" ".join(plain_words(form)) for form in group) for group in synonyms)


def likeness(text: str, other: str, synonyms: Sequence[tuple[str, ...]]) -> float:
    """Between 0 and 1: which part of the smaller text is found back in the other one, in either direction."""
    mine, theirs = trigrams(with_synonyms(text, synonyms)), trigrams(with_synonyms(other, synonyms))
    smaller = min(len(mine), len(theirs))
    return len(mine & theirs) / (smaller**0.5 * max(len(mine), len(theirs)) ** 0.5) if smaller else 0.0
