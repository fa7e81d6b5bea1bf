"""Asking each other for help (HV), who knows of what, and what deserves a stage (SUC). domain.md §2.2, R-186, R-209."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from commands.words.signal import Track


class HelpState(StrEnum):
    ASKED = "gesteld"
    IN_TOUCH = "in contact"
    ANSWERED = "beantwoord"
    PASSED_ON = "doorgezet"
    WITHDRAWN = "ingetrokken"


#: States in which a request for help still looks for an answer.
OPEN_HELP = (HelpState.ASKED, HelpState.IN_TOUCH)


@dataclass(frozen=True)
class HelpRequest:
    """A question to colleagues. `matches` were asked whether they want to help, `willing` said yes to that, and with
    those in `in_touch` the asker agreed too. It is in no list and no count of people: asking is never held against
    anyone. What is counted is how often organisations helped each other, of what was asked with a name (R-188).
    `by` is None for who asks without a name: that is kept apart, and only while it is open (`Store.asker`).
    `body` is the group in whose room it was asked: what is open there goes along when the group ends (INV-15).
    """

    id: str
    text: str
    by: str | None
    asked_at: datetime
    anonymous: bool = False
    topic: str | None = None
    state: HelpState = HelpState.ASKED
    matches: tuple[str, ...] = ()
    willing: tuple[str, ...] = ()
    in_touch: tuple[str, ...] = ()
    outcome: str = ""
    signal: str | None = None
    body: str | None = None


class ExpertState(StrEnum):
    LISTED = "aangemeld"
    NOT_LISTED = "afgemeld"


@dataclass(frozen=True)
class Expertise:
    """Someone offered to be found for a topic. `key` is the topic as it is looked up."""

    person: str
    topic: str
    key: str
    state: ExpertState = ExpertState.LISTED

    @property
    def id(self) -> str:
        return f"wieweet/{self.person}/{self.key}"


class SuccessState(StrEnum):
    WAITING = "wacht op toestemming"
    SHARED = "te delen"
    PLACED = "geplaatst"
    WITHDRAWN = "ingetrokken"


@dataclass(frozen=True)
class Success:
    """What a front runner did. `pioneer` is the organisation, never the programme around it (R-215); nothing is shared
    before it agreed (R-216). `asked` are those who can say so, `placed_in` the meeting whose digest had it. `within` is
    the programme in whose room it was told, `staged_in` the meeting of that programme whose digest had it.
    """

    id: str
    text: str
    pioneer: str
    by: str
    made_at: datetime
    track: Track = Track.OPEN
    state: SuccessState = SuccessState.WAITING
    asked: tuple[str, ...] = ()
    consent_by: str | None = None
    consent_at: datetime | None = None
    placed_in: str | None = None
    within: str | None = None
    staged_in: str | None = None
