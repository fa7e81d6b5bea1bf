"""Actions whose date leans on a meeting ("voor het volgende AO"): it moves along with it, and the holder hears so.

The words stay with the action; the same grammar reads them again with the new day of the meeting. A date that someone
chose by hand afterwards leans on nothing any more.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from commands.kit import dates
from commands.kit.actions import by_when, offers_for
from commands.kit.meeting_dates import Leaning, leans_on, with_day
from commands.kit.owed import owe_action
from commands.kit.planned import News
from commands.kit.reply import Line, Strong
from commands.kit.turn import Turn
from commands.rules.actions import LIVE
from commands.words.action import Action
from commands.words.calendar import WorkCalendar
from commands.words.meeting import Meeting
from commands.words.people import Person

#: How many actions one meeting carries along.
MOST_ACTIONS = 1000


def leaning(turn: Turn, action: Action, part: str = "due") -> Action:
    """The action with the meeting that its date, as typed in that part, leans on; with none when it names none."""
    found = leans_on(turn.typed.get(part, ""), turn)
    if isinstance(found, Leaning):
        return replace(action, anchor=found.meeting.id, anchor_text=found.text)
    return replace(action, anchor=None, anchor_text="")


def due_by(text: str, day: date, now: datetime, calendar: WorkCalendar) -> date | dates.Unreadable:
    """The last day that the words come to when the meeting is on `day`; Unreadable when that day is past."""
    result = dates.read(with_day(text, day), now, calendar)
    if isinstance(result, dates.Unreadable):
        return result
    found = dates.deadline(result)
    return found if found is not None else dates.Unreadable("nonsense", "")


def move_along(turn: Turn, news: News, meeting: Meeting, heard: str) -> tuple[Action, ...]:
    """Move the actions that lean on a meeting that moved; `heard` says to their holders that it did.

    A date that would be past by now stays as it is, and the holder hears that too. Returns those that moved.
    """
    moved: list[Action] = []
    for action in turn.store.actions(anchor=meeting.id, states=LIVE, limit=MOST_ACTIONS):
        due = due_by(action.anchor_text, meeting.day, turn.now, turn.structure.calendar)
        if isinstance(due, dates.Unreadable):
            rest = f": de datum blijft {dates.say_short(action.due)}, want wat ervoor afgesproken is, is nu voorbij."
            _add(turn, news, action, heard, (Strong(action.id), f" ({action.text}){rest}{_way(turn, action)}"))
            continue
        if due == action.due:
            continue
        new = replace(action, due=due)
        turn.put(new, f"{meeting.id} verplaatst ({action.anchor_text})")
        owe_action(turn.store, turn.structure, turn.now, new)
        rest = f": nu {by_when(action, dates.say_short(due))}, was {dates.say_short(action.due)}."
        _add(turn, news, new, heard, (Strong(new.id), f" ({new.text}){rest}"))
        moved.append(new)
    return tuple(moved)


def stay_behind(turn: Turn, news: News, meeting: Meeting, heard: str) -> tuple[Action, ...]:
    """The actions that lean on a meeting that is cancelled keep their date and lean on nothing; holders hear it."""
    found = turn.store.actions(anchor=meeting.id, states=LIVE, limit=MOST_ACTIONS)
    for action in found:
        left = replace(action, anchor=None, anchor_text="")
        turn.put(left, f"{meeting.id} geannuleerd")
        rest = f": de datum blijft {dates.say_short(action.due)}."
        _add(turn, news, left, heard, (Strong(action.id), f" ({action.text}){rest}{_way(turn, action)}"))
    return found


def _add(turn: Turn, news: News, action: Action, heard: str, line: Line) -> None:
    lines = news.lines.get(action.holder, [])
    if heard not in lines:
        news.add(action.holder, heard, ())
    news.add(action.holder, line, (action.id,), offers_for(action))


def _way(turn: Turn, action: Action) -> str:
    holder = turn.store.get(Person, action.holder)
    chooses = "kiest u" if holder is not None and holder.address == "u" else "kies je"
    return f" Met !verzet {chooses} een andere."
