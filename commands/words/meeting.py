"""Meetings (VRG) and their agenda items (AGP). domain.md §2.7."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from commands.words.decision import Stand
from commands.words.signal import Horizon
from commands.words.titles import as_title


class MeetingKind(StrEnum):
    REGULAR = "regulier"
    REFLECTION = "reflectie"
    INFORMAL = "informeel"
    INTERIM = "tussentijds"
    KNOWLEDGE = "kennis"


class MeetingState(StrEnum):
    CONCEPT = "concept"
    PLANNED = "gepland"
    FIXED = "agenda vastgesteld"
    HELD = "gehouden"
    MINUTES = "verslag concept"
    CONFIRMED = "verslag vastgesteld"
    DONE = "afgesloten"
    CANCELLED = "geannuleerd"


@dataclass(frozen=True)
class Meeting:
    """`day` and `start`/`end` are wall-clock values in Europe/Amsterdam.

    `present` are the organisations that were there, `minutes` the link to the minutes. `sequence` counts how often the
    day or time changed or it was called off, as calendars want to know (RFC 5545); `uid` is the number under which it
    came in from another calendar.
    """

    id: str
    body: str
    kind: MeetingKind
    day: date
    state: MeetingState = MeetingState.PLANNED
    start: time | None = None
    end: time | None = None
    round: str | None = None
    because: str = ""
    present: tuple[str, ...] = ()
    minutes: str = ""
    sequence: int = 0
    uid: str = ""


class Nature(StrEnum):
    DECIDE = "besluitvorming"
    DISCUSS = "bespreking"
    INFORM = "informatie"
    FEEDBACK = "terugkoppeling"
    EVALUATE = "evaluatie"
    PROCESS = "proces"


class ItemState(StrEnum):
    PROPOSED = "voorgesteld"
    SCHEDULED = "geagendeerd"
    TREATED = "behandeld"
    DROPPED = "afgevoerd"
    MOVED_ON = "doorgeschoven"


class ItemOutcome(StrEnum):
    """What came of an item (domain.md §2.7); the last three are set by the commands that move its signal."""

    DECIDED = "besloten"
    UNDECIDED = "geen besluit"
    NOTED = "ter kennisname genomen"
    HELD = "aangehouden"
    DELEGATED = "gedelegeerd"
    GIVEN_BACK = "gede-escaleerd"
    ESCALATED = "geëscaleerd"


@dataclass(frozen=True)
class AgendaItem:
    """An item on one meeting; several signals may stand under one item (rulings.md 10).

    `hammer`: decided without discussion unless a party wants to discuss it. `papers` are links. `previous` is the
    item that was moved on, or treated one tier down, to become this one. `beforehand` says what was settled before the
    meeting. `interest` is *gezamenlijk* or a party (R-093). `outcome` is one of `ItemOutcome`, or empty.
    `group` is the code of the group that it is about, if any.
    """

    id: str
    meeting: str
    number: int
    title: str
    nature: Nature
    horizon: Horizon
    raiser: str
    on_behalf_of: str
    state: ItemState = ItemState.SCHEDULED
    signals: tuple[str, ...] = ()
    main_line: str = ""
    choice: str = ""
    ask: str = ""
    without: str = ""
    minutes: int | None = None
    moved_on: int = 0
    outcome: str = ""
    hammer: bool = False
    topic: str | None = None
    interest: str = ""
    papers: tuple[str, ...] = ()
    stands: tuple[Stand, ...] = ()
    previous: str | None = None
    beforehand: str = ""
    group: str | None = None

    def __post_init__(self) -> None:
        """Also of what an earlier version kept with its full stop."""
        if self.title.endswith("."):
            object.__setattr__(self, "title", as_title(self.title))
