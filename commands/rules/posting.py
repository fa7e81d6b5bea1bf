"""How much the bot says in a room of its own accord: so many messages a week, the rest in one bundle (R-181).

Deadlines and *acuut* go through, one a day more than the week has room for; digests, questions and what someone let go
on purpose stand apart (rulings.md "Moments"). The communication plan of a programme can only lower it (R-217).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from commands.rules.timing import at_sending_time
from commands.words.reminder import Intensity
from commands.words.structure import Structure


class Urgency(StrEnum):
    """Whether a message to a room may wait. ASKED: someone wants it there, so it counts for nothing."""

    ASKED = "gevraagd"
    FIRM = "gaat altijd"
    MILD = "kan wachten"


#: The order of a bundle by what a message is about, most important first; what is about something else comes last.
ORDER = ("SIG", "VST", "VRG", "AGP", "BES", "AFS", "ACT", "EVA", "WG", "PRG")


@dataclass(frozen=True)
class Cap:
    """At most so many messages from one day to another, both included."""

    since: date
    until: date
    most: int


@dataclass(frozen=True)
class Spoken:
    """How many messages a room heard unasked in the days of a cap, and how many of those today."""

    cap: Cap
    count: int
    today: int


def week_of(day: date) -> tuple[date, date]:
    """The Monday and the Sunday of the ISO week of that day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def caps(day: date, intensity: Intensity | None, most: int) -> tuple[Cap, ...]:
    """What holds in a room on that day (R-181): `most` in its week, and what the plan of its programme makes of that
    (R-217): *wekelijks* is one a week, *maandelijks* one a calendar month besides. *direct*, *dagelijks* and no plan
    change nothing, as none raises it.
    """
    least = min(1, most)
    weekly = Cap(*week_of(day), least if intensity is Intensity.WEEKLY else most)
    if intensity is not Intensity.MONTHLY:
        return (weekly,)
    first = day.replace(day=1)
    return (weekly, Cap(first, _next_month(first) - timedelta(days=1), least))


def next_bundle(day: date, structure: Structure, intensity: Intensity | None = None) -> datetime:
    """When the room hears what waits: at the sending time of the first sending day of a later week, or of a later month
    where the plan says *maandelijks*; aware.
    """
    monthly = intensity is Intensity.MONTHLY
    first = _next_month(day.replace(day=1)) if monthly else week_of(day)[0] + timedelta(days=7)
    return at_sending_time(structure.calendar.sending_on_or_after(first), structure)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def next_morning(day: date, structure: Structure) -> datetime:
    """The sending time of the first sending day after that day, aware."""
    return at_sending_time(structure.calendar.sending_on_or_after(day + timedelta(days=1)), structure)


def has_room(spoken: Sequence[Spoken], waiting: int) -> bool:
    """Whether a message that can wait may still be said under all these caps.

    `waiting` messages wait for a bundle, which has one of the places.
    """
    return all(one.count + (1 if waiting else 0) < one.cap.most for one in spoken)


def is_one_extra(spoken: Sequence[Spoken]) -> bool:
    """Whether a deadline may go beyond the most of every cap: one a day."""
    return all(one.count - max(one.count - one.today, one.cap.most) < 1 for one in spoken)


def bundle_goes(spoken: Sequence[Spoken], *, deadline: bool) -> bool:
    """Whether a bundle may be said in its room today; one with a deadline in it may be the extra of the day."""
    return all(one.count < one.cap.most for one in spoken) or (deadline and is_one_extra(spoken))


def rank(about: Sequence[str]) -> int:
    """The place in a bundle of a message about these ids: the lower, the earlier."""
    places = [ORDER.index(prefix) for id in about if (prefix := id.split("-", 1)[0]) in ORDER]
    return min(places, default=len(ORDER))
