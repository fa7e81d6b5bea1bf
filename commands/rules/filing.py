"""May this signal be raised by this person? (S1, R-048, INV-17)"""

from __future__ import annotations

from commands.words.signal import SignalKind
from commands.words.structure import Body
from commands.words.verdict import Allowed, Instead, Refused, Verdict


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
