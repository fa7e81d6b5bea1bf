"""What people typed, made safe to show on one line: no control characters, nothing that turns the reading order."""

from __future__ import annotations

import unicodedata

# Overrides, embeddings, isolates and marks of the reading order (U+061C, U+200E/F, U+202A-E, U+2066-9).
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = frozenset("\t\n\v\f\r\x85\u2028\u2029")


def clean(text: str) -> str:
    """The text on one line: line breaks and tabs as a space, other control and bidi characters left out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if c in _BREAKS else c for c in text if c in _BREAKS or not _hidden(c))


def _hidden(char: str) -> bool:
    return char in _BIDI or unicodedata.category(char) in ("Cc", "Cs")
