"""One question to everyone in a body, answered by one word and without a name (R-157, R-174, INV-36).

What people answer is not here: that is kept without a name, apart from who was asked (`Store.polled`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PollKind(StrEnum):
    ENERGY = "energie"
    WORTH = "tijd waard"


class PollState(StrEnum):
    OUT = "uitgezet"
    DROPPED = "vervallen"


#: What can be answered, from little to much.
CHOICES = {PollKind.ENERGY: ("1", "2", "3", "4", "5"), PollKind.WORTH: ("nee", "deels", "ja")}


@dataclass(frozen=True)
class Poll:
    """`about` is the code of a body, `occasion` what tells one time of asking from another; `meeting` is set when it is
    about that meeting. `asked` people can answer up to and including `closes_on`.
    """

    id: str
    kind: PollKind
    about: str
    occasion: str
    asked_on: date
    closes_on: date
    asked: int
    meeting: str | None = None
    state: PollState = PollState.OUT
