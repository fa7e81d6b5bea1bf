"""What a title looks like: no sentence, so that what is said of it can follow (dialogue.md 6)."""

from __future__ import annotations

import re

#: A full stop that belongs to the last word: "enz.", "e.d.", "...".
_OWN_STOP = re.compile(r"(?:\.\.|\b(?:enz|etc|bijv|ca|nr|incl|excl|mln|mrd)\.|\.\w\.)$", re.IGNORECASE)


def as_title(text: str) -> str:
    """The text without the full stop at its end. A question mark stays, and so does the stop of an abbreviation."""
    text = text.strip()
    return text if not text.endswith(".") or _OWN_STOP.search(text) else text.removesuffix(".").rstrip()
