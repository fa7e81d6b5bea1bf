"""What is late says so (design.md §3). Answers are never late: they answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from commands.kit import dates
from commands.kit.ports import Outgoing
from commands.kit.reply import Message, say
from commands.words.calendar import AMSTERDAM
from commands.words.structure import Structure


def is_late(outgoing: Outgoing, now: datetime, structure: Structure) -> bool:
    """Whether it was meant for so much earlier that it has to be said (rulings.md 4)."""
    late = timedelta(minutes=structure.thresholds.late_after_minutes)
    return outgoing.kind != "reply" and outgoing.due is not None and now - outgoing.due > late


def lateness(outgoing: Outgoing, now: datetime, structure: Structure) -> Message | None:
    """The sentence for late delivery, None for what is in time."""
    if outgoing.due is None or not is_late(outgoing, now, structure):
        return None
    meant = outgoing.due.astimezone(AMSTERDAM).date()
    return say(f"Vertraagd door een storing; bedoeld voor {dates.say_day(meant)}.")


def with_lateness(outgoing: Outgoing, now: datetime, structure: Structure) -> Message:
    """The message, with the sentence for late delivery before it when it is late."""
    late = lateness(outgoing, now, structure)
    return late + outgoing.message if late is not None else outgoing.message
