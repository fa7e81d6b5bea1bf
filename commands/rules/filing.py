"""May this signal be raised by this person? (S1, R-048, INV-17)"""

from __future__ import annotations

import re

from commands.words.signal import SignalKind
from commands.words.structure import Body
from commands.words.verdict import Allowed, Instead, Refused, Verdict

#: A full stop that belongs to the last word: "enz.", "e.d.", "...".
_OWN_STOP = re.compile(r"(?:\.\.|\b(?:enz|etc|bijv|ca|nr|incl|excl|mln|mrd)\.|\.\w\.)$", re.IGNORECASE)


def as_title(text: str) -> str:
    """A title is no sentence: without the full stop at its end, so that what is said of it can follow
    (dialogue.md 6). A question mark stays, and so does the stop of an abbreviation."""
    text = text.strip()
    return text if _OWN_STOP.search(text) else text.removesuffix(".").rstrip()


def may_raise(party: str, kind: SignalKind | None, *, chairs: bool, place: Body, substance: str = "") -> Verdict:
    """R-048: the chair of the filter brings in no content of the chair's own party; process points are fine.

    `substance` is who may bring it in instead, as a text names that person; "" when nobody is known.
    """
    if chairs and kind is not SignalKind.PROCESS and (not place.chair_from or party in place.chair_from):
        why = f"Als voorzitter van {place.the} breng je geen inhoudelijk punt in; een procespunt wel, met soort:proces."
        if not substance:
            return Refused(f"{why} Een inhoudelijk vertegenwoordiger van je partij kan dit doen.", code="R-048")
        way = Instead("signaal", {"forward": "ja"}, "Doorsturen?")
        return Refused(f"{why} {substance} kan dit doen.", way, "R-048")
    return Allowed()
