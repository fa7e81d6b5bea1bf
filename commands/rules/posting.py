"""How much the bot says in a room of its own accord: so many messages a week, the rest in one bundle (R-181).

Deadlines and *acuut* go through, one a day more than the week has room for; digests, questions and what someone let go
on purpose stand apart (rulings.md "Moments").
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from commands.rules.timing import at_sending_time
from commands.words.structure import Structure


class Urgency(StrEnum):
    """Whether a message to a room may wait. ASKED: someone wants it there, so it counts for nothing."""

    ASKED = "gevraagd"
    FIRM = "gaat altijd"
    MILD = "kan wachten"


#: The order of a bundle by what a message is about, most important first; what is about something else comes last.
ORDER = ("SIG", "VST", "VRG", "AGP", "BES", "AFS", "ACT", "EVA", "WG", "PRG")


def week_of(day: date) -> tuple[date, date]:
    """The Monday and the Sunday of the ISO week of that day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def next_bundle(day: date, structure: Structure) -> datetime:
    """When the room hears what waits: at the sending time of the first sending day of a later week, aware."""
    monday = week_of(day)[0] + timedelta(days=7)
    return at_sending_time(structure.calendar.sending_on_or_after(monday), structure)


def next_morning(day: date, structure: Structure) -> datetime:
    """The sending time of the first sending day after that day, aware."""
    return at_sending_time(structure.calendar.sending_on_or_after(day + timedelta(days=1)), structure)


def has_room(week: int, waiting: int, most: int) -> bool:
    """Whether a message that can wait may still be said this week.

    `week` messages were said unasked and `waiting` wait for a bundle, which has one of the `most` places.
    """
    return week + (1 if waiting else 0) < most


def is_one_extra(week: int, day: int, most: int) -> bool:
    """Whether a deadline may go beyond the most of the week: one a day. `day` of the `week` messages were today's."""
    return week - max(week - day, most) < 1


def bundle_goes(week: int, day: int, most: int, *, deadline: bool) -> bool:
    """Whether a bundle may be said in its room today; one with a deadline in it may be the extra of the day."""
    return week < most or (deadline and is_one_extra(week, day, most))


def rank(about: Sequence[str]) -> int:
    """The place in a bundle of a message about these ids: the lower, the earlier."""
    places = [ORDER.index(prefix) for id in about if (prefix := id.split("-", 1)[0]) in ORDER]
    return min(places, default=len(ORDER))
