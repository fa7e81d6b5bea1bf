"""Meetings (VRG) and their agenda items (AGP). domain.md §2.7."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from commands.words.signal import Horizon


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
    """`day` and `start`/`end` are wall-clock values in Europe/Amsterdam."""

    id: str
    body: str
    kind: MeetingKind
    day: date
    state: MeetingState = MeetingState.PLANNED
    start: time | None = None
    end: time | None = None
    round: str | None = None
    because: str = ""


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


@dataclass(frozen=True)
class AgendaItem:
    """An item on one meeting; several signals may stand under one item (rulings.md 10)."""

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
