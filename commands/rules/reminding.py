"""Who may set a reminder in a room, and who may put it off or stop it (C54, R-009)."""

from __future__ import annotations

from datetime import datetime

from commands.words.reminder import Reminder, ReminderState
from commands.words.structure import Body
from commands.words.verdict import Allowed, Refused, Verdict


def may_remind_here(place: Body, *, officer: bool) -> Verdict:
    """In a room only the chair and the secretary: what they set there is read by everyone."""
    if officer:
        return Allowed()
    return Refused("In dit kanaal kan alleen de secretaris of voorzitter een herinnering zetten.", code="E04")


def may_change_reminder(reminder: Reminder, *, own: bool, officer: bool) -> Verdict:
    """Whoever set it; in a room also its chair and secretary."""
    if not (own or officer):
        return Refused(
            f"{reminder.id} is van een ander. De secretaris of de voorzitter kan hem ook stoppen.", code="E04"
        )
    if reminder.state is ReminderState.STOPPED:
        return Refused(f"{reminder.id} was al gestopt. Er is niets veranderd.", code="E14")
    return Allowed()


def may_put_off(reminder: Reminder, to: datetime, said: str) -> Verdict:
    """What comes again before that moment need not be put off. `said` is when it comes next, in Dutch."""
    if reminder.rule and reminder.next_at is not None and reminder.next_at <= to:
        return Refused(f"{reminder.id} komt eerder al weer: {said}. Er is niets veranderd.", code="E14")
    return Allowed()
