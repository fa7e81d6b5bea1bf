"""What is late says so (design.md §3). Answers are never late: they answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from commands.kit import dates
from commands.kit.ports import Outgoing
from commands.kit.reply import Message, say
from commands.words.calendar import AMSTERDAM
from commands.words.structure import Structure


def with_lateness(outgoing: Outgoing, now: datetime, structure: Structure) -> Message:
    """The message, with the sentence for late delivery before it when it was meant for much earlier (rulings.md 4)."""
    late = timedelta(minutes=structure.thresholds.late_after_minutes)
    if outgoing.kind == "reply" or outgoing.due is None or now - outgoing.due <= late:
        return outgoing.message
    meant = outgoing.due.astimezone(AMSTERDAM).date()
    return say(f"Vertraagd door een storing; bedoeld voor {dates.say_day(meant)}.") + outgoing.message
