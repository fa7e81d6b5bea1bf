"""What the command and the moment of a reminder share: how it is said, what it hangs on, and what answers it."""

from __future__ import annotations

from typing import Any, cast

from commands.kit.dates.say_rule import say_rule
from commands.kit.ports import Offer, Record
from commands.kit.records import PREFIXES
from commands.kit.register import Register
from commands.kit.reminding import recurrence_of, short_at
from commands.kit.signs import LATER_SIGN, YES_SIGN
from commands.words.action import Action, ActionState
from commands.words.agreement import Agreement
from commands.words.decision import Decision
from commands.words.meeting import AgendaItem, Meeting
from commands.words.proposal import Proposal
from commands.words.reminder import Reminder
from commands.words.signal import Signal


def line_of(register: Register, reminder: Reminder) -> str:
    """One line of a list: what, when, and where when it is not in private."""
    when = short_at(reminder.next_at) if reminder.next_at is not None else ""
    rule = f", {say_rule(recurrence_of(reminder))}; de volgende" if reminder.rule else ","
    where = f", in {reminder.body}" if reminder.body else ""
    near = f" (bij {reminder.about})" if reminder.about else ""
    return f"{reminder.id}: {reminder.text.rstrip('.')}{near}{rule} {when}{where}"


def subject_of(register: Register, reminder: Reminder) -> Record | None:
    """What the reminder hangs on, as it is now."""
    id = reminder.about
    kind = next((kind for kind, prefix in PREFIXES.items() if id is not None and id.startswith(f"{prefix}-")), None)
    return register.store.get(cast(Any, kind), id) if kind is not None and id is not None else None


def linked(record: Record) -> tuple[str, str]:
    """The title of what a reminder hangs on, and how it stands."""
    match record:
        case Signal():
            return record.title, f"{record.state}, ligt bij {record.lies_with}"
        case AgendaItem():
            return record.title, str(record.state)
        case Action() | Decision() | Agreement():
            return record.text, str(record.state)
        case Proposal():
            return "", str(record.state)
        case Meeting():
            return "", f"{record.state}, {record.day:%d-%m-%Y}"
        case _:
            return "", ""


def offers_on(register: Register, reminder: Reminder) -> tuple[Offer, ...]:
    """The words that answer a reminder: later, a moment, stop, and klaar, which finishes the action it hangs on."""
    this = {"reminder": reminder.id}
    later = {**this, "act": "later"}
    subject = subject_of(register, reminder)
    found = [
        Offer("later", "herinner", later, rest="text"),
        Offer(LATER_SIGN, "herinner", later),
        Offer("datum", "herinner", later, rest="text"),
        Offer("stop", "herinner", {**this, "act": "weg"}),
    ]
    if isinstance(subject, Action) and subject.state is ActionState.OPEN:
        done = {"item": subject.id}
        found = [Offer("klaar", "gereed", done, rest="result"), Offer(YES_SIGN, "gereed", done), *found]
    else:
        seen = {**this, "act": "klaar"}
        found = [Offer("klaar", "herinner", seen), Offer(YES_SIGN, "herinner", seen), *found]
    return tuple(found)
