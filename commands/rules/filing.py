"""May this signal be raised by this person? (S1, R-048, INV-17)"""

from __future__ import annotations

from commands.words.signal import SignalKind
from commands.words.structure import Body
from commands.words.verdict import Allowed, Refused, Verdict


def may_raise(party: str, kind: SignalKind | None, *, chairs: bool, place: Body) -> Verdict:
    """R-048: the chair of the filter brings in no content of the chair's own party; process points are fine."""
    if chairs and kind is not SignalKind.PROCESS and (not place.chair_from or party in place.chair_from):
        return Refused(
            f"Als voorzitter van {place.the} breng je geen inhoudelijk punt in. "
            "Een inhoudelijk vertegenwoordiger van je partij kan dit doen; een procespunt kan wel, met soort:proces.",
            code="R-048",
        )
    return Allowed()
