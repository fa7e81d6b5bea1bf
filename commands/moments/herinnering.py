"""A reminder at its own time (C54): said once for each time it comes, also when the bot was away (INV-38).

It is not bundled and does not wait for the sending time: a person asked for exactly this moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from commands.kit.chat_rooms import as_read
from commands.kit.owed import owe_reminder, reminder_occasion
from commands.kit.ports import Due, Outgoing, Record
from commands.kit.reminders import linked, offers_on, subject_of
from commands.kit.reminding import recurrence_of, short_at
from commands.kit.reply import say
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.recurrence import missed, next_after
from commands.rules.visibility import Viewer, may_see_action, may_see_signal, room_may_see_action, room_may_see_signal
from commands.words.action import Action
from commands.words.people import Person
from commands.words.reminder import Reminder, ReminderState
from commands.words.signal import Signal


def remind(watch: Watch, due: Due) -> Sequence[Nudge]:
    """Say it, and owe the next time. What was stopped or moved meanwhile says nothing."""
    reminder = watch.store.get(Reminder, due.about)
    if reminder is None or reminder.state is not ReminderState.ACTIVE or reminder.next_at is None:
        return ()
    if reminder_occasion(reminder.next_at) != due.occasion:
        return ()
    person = watch.store.get(Person, reminder.person)
    if person is None or (reminder.body is None and not watch.in_office(person)):
        watch.put(replace(reminder, state=ReminderState.STOPPED, next_at=None), "de functie is niet bezet")
        return ()
    recurrence, calendar = recurrence_of(reminder), watch.structure.calendar
    also = missed(recurrence, reminder.next_at, watch.now, calendar) if reminder.rule else []
    following = next_after(recurrence, watch.now, calendar) if reminder.rule else None
    state = ReminderState.ACTIVE if following is not None else ReminderState.DONE
    after = replace(reminder, state=state, next_at=following, last_at=watch.now)
    watch.put(after, "gezegd")
    owe_reminder(watch.store, watch.now, after)
    watch.post(_message(watch, due, after, person, also))
    return ()


def _message(watch: Watch, due: Due, reminder: Reminder, person: Person, also: list[datetime]) -> Outgoing:
    place = watch.body(reminder.body) if reminder.body else None
    room = as_read(watch, place) if place is not None else None
    subject = subject_of(watch, reminder)
    hidden = subject is not None and not _may_read(watch, reminder, person, subject)
    # What it hangs on may have become sensitive, and the text may be its title (INV-39).
    lead = f"Niet in de kamer van {room.code}, want niet iedereen daar mag dit lezen:" if hidden and room else ""
    what = "Hier wilde je aan denken" if hidden and person.external else reminder.text.rstrip(".")
    room = None if hidden else room
    formal = (room.address if room is not None else person.address) == "u"
    whose = f"herinnering van {person.label}" if room is not None else f"{'uw' if formal else 'je'} herinnering"
    lines = [lead, f"{what[:1].upper()}{what[1:]} ({whose}, {reminder.id})."]
    if also:
        lines.append(f"Die kwam ook niet op {', '.join(short_at(at) for at in also)}.")
    lines.append(_about(reminder, subject) if subject is not None and not hidden else "")
    if reminder.next_at is not None:
        lines.append(f"De volgende keer {short_at(reminder.next_at)}. Antwoord met later, of met stop.")
    else:
        lines.append("Nog niet? Antwoord met later, of met een tijd zoals morgen om 9:00.")
    return Outgoing(
        key=f"herinnering:{reminder.id}:{due.occasion}",
        kind="reminder",
        to=room.code if room is not None else f"dm:{person.id}",
        message=say(*lines),
        about=(reminder.id,),
        offers=offers_on(watch, reminder),
        mentions=() if room is not None else (person.id,),
        due=due.at,
    )


def _about(reminder: Reminder, subject: Record) -> str:
    """What it hangs on and how that stands now."""
    title, state = linked(subject)
    named = f"{subject.id} {title}".strip() if title.casefold() != reminder.text.casefold() else subject.id
    return f"Hoort bij {named} ({state})."


def _may_read(watch: Watch, reminder: Reminder, person: Person, subject: object) -> bool:
    roles = watch.store.roles(person=person.id, on=watch.today)
    viewer = Viewer(person.id, person.organisation, person.external, roles)
    room = watch.body(reminder.body) if reminder.body else None
    match subject:
        case Signal():
            return room_may_see_signal(room, subject) if room is not None else may_see_signal(viewer, subject)
        case Action():
            body = watch.body(subject.body)
            signal = watch.store.get(Signal, subject.signal) if subject.signal else None
            if body is None:
                return False
            if room is not None:
                return room_may_see_action(room, subject, body, signal)
            return may_see_action(viewer, subject, body, signal, watch.structure)
    return not person.external and (room is None or not room.with_externals)


REMINDER = Moment("herinnering", remind, timed=True)
