"""Reminders that people set for themselves or for a room, and how each of them wants to be told (C54, C59, R-170)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


class ReminderState(StrEnum):
    ACTIVE = "loopt"
    DONE = "voorbij"
    STOPPED = "gestopt"


@dataclass(frozen=True)
class Reminder:
    """A text at a time that a person chose (HER), in private, or in the room of `body`.

    `rule`, `start`, `wall` and `working` say when it comes (rules.recurrence); `next_at` is the first of those times
    that was not said yet, or the one to which it was put off. `about` is the id it hangs on. `anchor` is the meeting
    that its one date leans on, as `anchor_text` says ("voor het volgende AO").
    """

    id: str
    text: str
    person: str
    made_at: datetime
    state: ReminderState
    start: date
    wall: time
    rule: str = ""
    working: bool = False
    body: str | None = None
    about: str | None = None
    next_at: datetime | None = None
    last_at: datetime | None = None
    anchor: str | None = None
    anchor_text: str = ""


class Intensity(StrEnum):
    """How often the bot writes to someone of its own accord; *licht* is one message a month (R-170)."""

    DIRECT = "direct"
    DAILY = "dagelijks"
    WEEKLY = "wekelijks"
    MONTHLY = "maandelijks"
    LIGHT = "licht"


@dataclass(frozen=True)
class Preference:
    """What a person chose with !meldingen and !stil. None and empty: not chosen, so as it is for everyone.

    `room` is the body in whose room news is said instead of in private, `topics` what news may be about, `quiet_until`
    the day on which the bot speaks again.
    """

    person: str
    intensity: Intensity | None = None
    room: str | None = None
    topics: tuple[str, ...] = ()
    quiet_until: date | None = None

    @property
    def id(self) -> str:
        return f"meldingen/{self.person}"
