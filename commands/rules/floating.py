"""Derived flags of a signal: computed, never stored (domain.md §2.5)."""

from __future__ import annotations

from datetime import date

from commands.rules.timing import floats_from
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import Meeting
from commands.words.signal import Signal, SignalState
from commands.words.structure import Structure


def is_floating(signal: Signal, today: date, meetings: tuple[Meeting, ...], structure: Structure) -> bool:
    """*zwevend*: not weighed in time, or silent for too long (R-006, R-069). `meetings` of the filter since filing."""
    since = floats_from(signal, meetings, structure)
    return since is not None and today >= since


def awaits_feedback(signal: Signal, today: date, structure: Structure) -> bool:
    """*niet teruggekoppeld*: settled or rejected for longer than the threshold and not closed (R-151)."""
    if signal.state not in (SignalState.SETTLED, SignalState.REJECTED) or signal.settled_at is None:
        return False
    settled = signal.settled_at.astimezone(AMSTERDAM).date()
    return structure.thresholds.feedback.passed(settled, today, structure.calendar)


def age_in_days(signal: Signal, today: date) -> int:
    """Calendar days since the signal was filed."""
    return (today - signal.filed_at.astimezone(AMSTERDAM).date()).days
