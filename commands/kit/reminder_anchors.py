"""Reminders whose one date leans on a meeting ("voor het volgende AO"): they move along, and whose they are hears so.

A reminder that was put off to another time, or comes in a rhythm, leans on nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from commands.kit import dates
from commands.kit.meeting_dates import Leaning, leans_on, with_day
from commands.kit.owed import owe_reminder
from commands.kit.planned import News
from commands.kit.reminding import Timing, read_timing, say_at, short_at
from commands.kit.reply import Line, Strong
from commands.kit.turn import Ask, Turn
from commands.words.meeting import Meeting
from commands.words.reminder import Reminder, ReminderState

#: How many reminders one meeting carries along.
MOST = 1000


def leaning_reminder(turn: Turn, reminder: Reminder, moment: str) -> Reminder:
    """The reminder with the meeting that its moment, as typed, leans on; with none when it names none."""
    found = leans_on(moment, turn) if not reminder.rule else None
    if isinstance(found, Leaning):
        return replace(reminder, anchor=found.meeting.id, anchor_text=found.text)
    return replace(reminder, anchor=None, anchor_text="")


def move_reminders(turn: Turn, news: News, meeting: Meeting, heard: str) -> tuple[Reminder, ...]:
    """Move what leans on a meeting that moved; returns those that moved. What would be past by now stays as it is."""
    moved = []
    for one in _leaning(turn, meeting):
        at = _at(turn, one, meeting)
        if at == one.next_at:
            continue
        if at is None or at <= turn.now:
            _tell(turn, news, one, heard, f": blijft {_when(one)}, want wat ervoor afgesproken is, is nu voorbij.")
            continue
        new = replace(one, start=at.date(), next_at=at)
        turn.put(new, f"{meeting.id} verplaatst ({one.anchor_text})")
        owe_reminder(turn.store, turn.now, new)
        _tell(turn, news, new, heard, f": komt nu {say_at(at)}, was {_when(one)}.")
        moved.append(new)
    return tuple(moved)


def leave_reminders(turn: Turn, news: News, meeting: Meeting, heard: str) -> None:
    """What leans on a meeting that is cancelled keeps its time and leans on nothing."""
    for one in _leaning(turn, meeting):
        turn.put(replace(one, anchor=None, anchor_text=""), f"{meeting.id} geannuleerd")
        _tell(turn, news, one, heard, f": blijft {_when(one)}. Niet meer nodig? Typ !herinner weg {one.id}.")


def _leaning(turn: Turn, meeting: Meeting) -> tuple[Reminder, ...]:
    return turn.store.reminders(anchor=meeting.id, states=(ReminderState.ACTIVE,), limit=MOST)


def _at(turn: Turn, reminder: Reminder, meeting: Meeting) -> datetime | None:
    """When the words come to with the meeting on its new day; None when that cannot be."""
    timing: Timing | Ask = read_timing(with_day(reminder.anchor_text, meeting.day), turn, usual=reminder.wall)
    return timing.first if isinstance(timing, Timing) else None


def _when(reminder: Reminder) -> str:
    return short_at(reminder.next_at) if reminder.next_at is not None else dates.say_short(reminder.start)


def _tell(turn: Turn, news: News, reminder: Reminder, heard: str, text: str) -> None:
    line: Line = (Strong(reminder.id), f" ({reminder.text.rstrip('.')}){text}")
    if heard not in news.lines.get(reminder.person, []):
        news.add(reminder.person, heard, ())
    news.add(reminder.person, line, (reminder.id,))
