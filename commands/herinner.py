"""!herinner: a reminder for oneself or for the room, once or in a rhythm; put off by answering (C54)."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from commands.kit.actions import keeps_list
from commands.kit.declare import EVERYONE, About, command
from commands.kit.owed import owe_reminder
from commands.kit.ports import Option
from commands.kit.records import PREFIXES, find_record, from_context
from commands.kit.reminder_anchors import leaning_reminder
from commands.kit.reminders import line_of, linked, offers_on
from commands.kit.reminding import WHEN, Timing, apart, notes, read_timing, recurrence_of, say_at, say_timing, short_at
from commands.kit.reply import Message, Text, listing, say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules.recurrence import next_after
from commands.rules.reminding import may_change_reminder, may_put_off, may_remind_here
from commands.words.action import Action
from commands.words.agreement import Agreement
from commands.words.decision import Decision
from commands.words.meeting import AgendaItem, Meeting
from commands.words.proposal import Proposal
from commands.words.reminder import Reminder, ReminderState
from commands.words.signal import Signal
from commands.words.structure import Body
from commands.words.verdict import Refused

Subject = Signal | Action | Proposal | AgendaItem | Meeting | Decision | Agreement
_SUBJECTS = (Signal, Action, Proposal, AgendaItem, Meeting, Decision, Agreement)
MOST = 15
_LIST = ("lijst", "overzicht", "mijn herinneringen", "herinneringen")
_REMOVE = re.compile(r"(?:weg|stop|verwijder|annuleer)(?: met)?(?: (?P<id>\S+))?", re.IGNORECASE)
_OTHER = re.compile(r"@(?P<name>\S+)\s+.+", re.DOTALL)


class Whom(StrEnum):
    ME = "mij"
    HERE = "hier"


class Act(StrEnum):
    LATER = "later"
    STOP = "weg"
    SEEN = "klaar"


@command(
    "herinner",
    aliases=("herinnering",),
    help="Laat je herinneren, eenmalig of steeds weer. Met lijst zie je ze, met weg stop je er een.",
    example="!herinner mij stukken DO insturen morgen om 9:00",
    who=EVERYONE,
)
def herinner(
    turn: Turn,
    whom: Annotated[
        Whom | None, About("mij, of hier voor deze kamer", "wie", synonyms={"me": "mij", "ons": "hier"})
    ] = None,
    about: Annotated[Subject | None, About("waar het bij hoort", "bij", words=("bij",))] = None,
    moment: Annotated[str | None, About("wanneer, of hoe vaak", "wanneer", greedy=True)] = None,
    every: Annotated[str | None, About("hoe vaak, als dat al bekend is", "ritme", greedy=True)] = None,
    act: Annotated[Act | None, About("later, weg of klaar", "opdracht", field_only=True)] = None,
    reminder: Annotated[Reminder | None, About("welke herinnering", "herinnering", field_only=True)] = None,
    text: Annotated[str | None, About("waaraan", "tekst", rest=True, quoted="text")] = None,
) -> Outcome:
    if act is not None:
        return _answer(turn, act, reminder, moment or text or "", every or "")
    said = (text or "").strip()
    if said.casefold().rstrip(".!") in _LIST:
        return _list(turn)
    remove = _REMOVE.fullmatch(said.rstrip(".!"))
    if remove is not None and moment is None and whom is None:
        return _remove(turn, remove["id"])
    other = _OTHER.fullmatch(said)
    if other is not None and any(one.id != turn.person.id for one in turn.store.find_people(other["name"])):
        return Refused(f"Je herinnert jezelf of de kamer. Iets vragen aan een ander gaat met een actie: !actie {said}.")
    place = turn.room if whom is Whom.HERE else None
    if place is not None:
        verdict = may_remind_here(place, officer=keeps_list(turn, place))
        if isinstance(verdict, Refused):
            return verdict
    if not moment and said:
        found = apart(said, turn)
        if isinstance(found, Ask):
            return found
        said, moment = found
    subject = about or _context(turn)
    said = said or (_title(subject) if subject is not None else "")
    if not said:
        return Ask("text", "Waaraan?", parts={"text": "", "moment": moment or ""})
    if not moment:
        return Ask("moment", WHEN, parts={"text": said})
    timing = read_timing(moment, turn, every=every or "")
    if isinstance(timing, Ask):
        return replace(timing, parts={**timing.parts, "text": said})
    return _set(turn, said, timing, place, subject, moment)


def _set(turn: Turn, text: str, timing: Timing, place: Body | None, subject: Subject | None, moment: str) -> Reply:
    recurrence = timing.recurrence
    made = Reminder(
        id=turn.new_id("HER"),
        text=text,
        person=turn.person.id,
        made_at=turn.now,
        state=ReminderState.ACTIVE,
        start=recurrence.start,
        wall=recurrence.wall,
        rule=recurrence.rule,
        working=recurrence.working,
        body=place.code if place else None,
        about=subject.id if subject is not None else None,
        next_at=timing.first,
    )
    made = leaning_reminder(turn, made, moment)
    turn.put(made)
    owe_reminder(turn.store, turn.now, made)
    who = place.the if place is not None else ("u" if turn.formal else "je")
    near = f", bij {made.about}" if made.about else ""
    line = f"Ik herinner {who} {say_timing(timing)}: {text.rstrip('.')} ({made.id}{near})."
    return Reply(
        say(line, " ".join(notes(timing, turn.structure.calendar))), (made.id,), deed=f"herinnering {made.id} gezet"
    )


# --- list, stop, later -----------------------------------------------------------------------------------------------
def _list(turn: Turn) -> Outcome:
    """What is still to come: of oneself, and what was set for the rooms of which one is."""
    active = (ReminderState.ACTIVE,)
    mine = turn.store.reminders(person=turn.person.id, states=active)
    rooms = dict.fromkeys((*sorted(turn.viewer.bodies), *((turn.room.code,) if turn.room else ())))
    shared = [one for code in rooms for one in turn.store.reminders(body=code, states=active)]
    found = {one.id: one for one in (*mine, *shared)}
    shown = sorted(found.values(), key=lambda one: (one.next_at or turn.now, one.id))
    if not shown:
        return Reply(say("Er staan geen herinneringen."), private=True)
    lines = [line_of(turn, one) for one in shown[:MOST]]
    left = len(shown) - MOST
    rest = (Text(f"En nog {left}."),) if left > 0 else ()
    first = "1 herinnering" if len(shown) == 1 else f"{len(shown)} herinneringen"
    ends = Text(f"Stoppen: !herinner weg {shown[0].id.rsplit('-', 1)[-1].lstrip('0')}.")
    message = Message((Text(f"{first}:"), listing(lines), *rest, ends))
    return Reply(message, tuple(one.id for one in shown[:MOST]), private=True)


def _remove(turn: Turn, id: str | None) -> Outcome:
    if id is not None:
        found = find_record(id, (Reminder,), turn, "reminder")
        if isinstance(found, Ask):
            return replace(found, parts={"act": str(Act.STOP), "text": ""})
        if isinstance(found, Refused):
            return found
        return (
            _stop(turn, found)
            if isinstance(found, Reminder)
            else Refused("Dat is geen herinnering. Kijk bij !herinner lijst.")
        )
    near = [one for one in from_context((Reminder,), turn) if isinstance(one, Reminder)]
    mine = near or list(turn.store.reminders(person=turn.person.id, states=(ReminderState.ACTIVE,)))
    if not mine:
        return Refused("Er staan geen herinneringen. Zet er een met !herinner, wat en wanneer.")
    if len(mine) == 1:
        return _stop(turn, mine[0])
    numbers = [one.id.rsplit("-", 1)[-1].lstrip("0") for one in mine]
    options = tuple(Option(number, one.id) for number, one in zip(numbers, mine, strict=True))
    text = f"Welke: {', '.join(numbers[:-1])} of {numbers[-1]}? Kijk bij !herinner lijst."
    return Ask("reminder", text, options, {"act": str(Act.STOP), "text": ""})


def _answer(turn: Turn, act: Act, reminder: Reminder | None, moment: str, every: str) -> Outcome:
    if reminder is None:
        return Ask("reminder", f"Welke herinnering? Een nummer is genoeg; {PREFIXES[Reminder]} staat ervoor.")
    if act is Act.STOP:
        return _stop(turn, reminder)
    if act is Act.SEEN:
        again = f" Tot {short_at(reminder.next_at)}." if reminder.next_at is not None else ""
        return Reply(say(f"Goed.{again}"), (reminder.id,))
    return _later(turn, reminder, moment, every)


def _stop(turn: Turn, reminder: Reminder) -> Outcome:
    verdict = may_change_reminder(reminder, own=_own(turn, reminder), officer=_officer(turn, reminder))
    if isinstance(verdict, Refused):
        return verdict
    stopped = replace(reminder, state=ReminderState.STOPPED, next_at=None)
    turn.put(stopped, "gestopt")
    owe_reminder(turn.store, turn.now, stopped)
    line = f"{reminder.id} is gestopt: {reminder.text.rstrip('.')}."
    return Reply(say(line), (reminder.id,), deed=f"herinnering {reminder.id} gestopt")


def _later(turn: Turn, reminder: Reminder, moment: str, every: str) -> Outcome:
    verdict = may_change_reminder(reminder, own=_own(turn, reminder), officer=_officer(turn, reminder))
    if isinstance(verdict, Refused):
        return verdict
    if not moment:
        return Ask("moment", "Wanneer dan? Bijvoorbeeld over een uur, of morgen om 9:00.", parts={"text": ""})
    timing = read_timing(moment, turn, every=every, usual=reminder.wall)
    if isinstance(timing, Ask):
        return replace(timing, parts={**timing.parts, "text": ""})
    if timing.recurrence.rule:
        return Refused(
            f"Later is één moment. Een ander ritme stel je in met !herinner; {reminder.id} blijft zoals hij is."
        )
    regular = next_after(recurrence_of(reminder), turn.now, turn.structure.calendar)
    said = short_at(regular) if regular is not None else ""
    verdict = may_put_off(replace(reminder, next_at=regular), timing.first, said)
    if isinstance(verdict, Refused):
        return verdict
    moved = replace(reminder, state=ReminderState.ACTIVE, next_at=timing.first)
    moved = leaning_reminder(turn, moved, moment)
    turn.put(moved, f"later: {short_at(timing.first)}")
    owe_reminder(turn.store, turn.now, moved)
    line = f"{reminder.id} komt terug {say_at(timing.first)}."
    return Reply(say(line), (reminder.id,), offers_on(turn, moved), deed=f"herinnering {reminder.id} later")


def _own(turn: Turn, reminder: Reminder) -> bool:
    return turn.person.id == reminder.person


def _officer(turn: Turn, reminder: Reminder) -> bool:
    place = turn.body(reminder.body) if reminder.body else None
    return place is not None and keeps_list(turn, place)


def _context(turn: Turn) -> Subject | None:
    found = from_context(_SUBJECTS, turn)
    return found[0] if len(found) == 1 and isinstance(found[0], _SUBJECTS) else None


def _title(subject: Subject) -> str:
    title, _ = linked(subject)
    return title or subject.id
