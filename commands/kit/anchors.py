"""Actions and delegations whose date leans on a meeting ("voor het volgende AO"): it moves along, and who must deliver
hears so.

The words stay with the action; the same grammar reads them again with the new day of the meeting. A date that someone
chose by hand afterwards leans on nothing any more.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from commands.kit import dates
from commands.kit.actions import by_when, offers_for
from commands.kit.meeting_dates import Leaning, leans_on, pinned, with_day
from commands.kit.owed import owe_action
from commands.kit.planned import News
from commands.kit.reply import Line, Strong
from commands.kit.returning import reporter
from commands.kit.signals import raisers, save
from commands.kit.turn import Turn
from commands.rules import ladder
from commands.rules.actions import LIVE
from commands.words.action import Action
from commands.words.calendar import WorkCalendar
from commands.words.meeting import Meeting
from commands.words.people import Person
from commands.words.signal import OPEN_STATES, Hop, Signal
from commands.words.workgroup import Workgroup

#: How many actions, and how many signals, one meeting carries along.
MOST = 1000


def leaning(turn: Turn, action: Action, part: str = "due") -> Action:
    """The action with the meeting that its date, as typed in that part, leans on; with none when it names none."""
    found = leans_on(turn.typed.get(part, ""), turn)
    if isinstance(found, Leaning):
        return replace(action, anchor=found.meeting.id, anchor_text=found.text)
    return replace(action, anchor=None, anchor_text="")


def leaning_back(turn: Turn, signal: Signal, part: str = "due") -> Signal:
    """The same for the last delegation of a signal."""
    found = leans_on(turn.typed.get(part, ""), turn)
    if not isinstance(found, Leaning):
        return signal
    hop = replace(signal.hops[-1], anchor=found.meeting.id, anchor_text=found.text)
    return ladder.with_hop(signal, len(signal.hops) - 1, hop)


def said_again(turn: Turn, due: date | None, part: str = "due") -> str:
    """A date for an offer or question that goes on: it still leans on its meeting when someone else says yes to it."""
    found = leans_on(turn.typed.get(part, ""), turn)
    if due is not None and isinstance(found, Leaning):
        return pinned(found, turn.need_body(found.meeting.body))
    return due.isoformat() if due is not None else ""


def due_by(text: str, day: date, now: datetime, calendar: WorkCalendar) -> date | dates.Unreadable:
    """The last day that the words come to when the meeting is on `day`; Unreadable when that day is past."""
    result = dates.read(with_day(text, day), now, calendar)
    if isinstance(result, dates.Unreadable):
        return result
    found = dates.deadline(result)
    return found if found is not None else dates.Unreadable("nonsense", "")


def move_along(turn: Turn, news: News, meeting: Meeting, heard: str) -> tuple[Action | Signal, ...]:
    """Move what leans on a meeting that moved; `heard` says so to the holders of actions, and to who reports back.

    A date that would be past by now, or does not fit any more, stays as it is, and they hear that too. Returns those
    that moved.
    """
    moved: list[Action | Signal] = []
    for action in turn.store.actions(anchor=meeting.id, states=LIVE, limit=MOST):
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
    signals = turn.store.signals(anchor=meeting.id, states=OPEN_STATES, limit=MOST)
    moved.extend(signal for signal in signals if _move_signal(turn, news, signal, meeting, heard))
    return tuple(moved)


def _move_signal(turn: Turn, news: News, signal: Signal, meeting: Meeting, heard: str) -> bool:
    """Move the delegations of a signal that lean on the meeting, each only to a date that fits; whether one moved."""
    after = signal
    for number, hop in enumerate(signal.hops):
        if hop.anchor != meeting.id or hop.due is None:
            continue
        due = due_by(hop.anchor_text, meeting.day, turn.now, turn.structure.calendar)
        if due == hop.due:
            continue
        back, why = f"terug bij {turn.need_body(hop.giver).the}", "want wat ervoor afgesproken is, is nu voorbij."
        if not isinstance(due, dates.Unreadable):
            there = ladder.with_hop(after, number, replace(hop, due=due))
            why = _does_not_fit(turn, there, hop, due)
            if not why:
                after = there
                text = f"{back} nu uiterlijk {dates.say_short(due)}, was {dates.say_short(hop.due)}."
                _tell_of(turn, news, signal, hop, heard, text)
                continue
        _tell_of(turn, news, signal, hop, heard, f"{back} blijft {dates.say_short(hop.due)}, {why}")
    if after != signal:
        save(turn, after, f"{meeting.id} verplaatst")
    return after != signal


def _does_not_fit(turn: Turn, signal: Signal, hop: Hop, due: date) -> str:
    """Why a delegation cannot have that date, in the signal as it would be then (INV-06, INV-14); "" when it can."""
    tight = ladder.hops_fit(signal)
    if tight is not None and tight.due is not None:
        return f"want {turn.need_body(tight.giver).the} verwacht het uiterlijk {dates.say_short(tight.due)} terug."
    group = turn.store.get(Workgroup, hop.receiver)
    if group is not None and due > group.end:
        return f"want {group.code} loopt tot {dates.say_short(group.end)}."
    return ""


def _tell_of(turn: Turn, news: News, signal: Signal, hop: Hop, heard: str, text: str) -> None:
    """Who reports back and who raised it hear what becomes of the date, each once."""
    reader = reporter(turn, signal, turn.need_body(hop.receiver))
    people = (*((reader.id,) if reader else ()), *raisers(turn, signal))
    for person in dict.fromkeys(people):
        _with_heading(news, person, heard)
        news.add(person, (Strong(signal.id), f" ({signal.title}): {text}"), (signal.id,))


def stay_behind(turn: Turn, news: News, meeting: Meeting, heard: str) -> None:
    """What leans on a meeting that is cancelled keeps its date and leans on nothing; who must deliver hears it."""
    for action in turn.store.actions(anchor=meeting.id, states=LIVE, limit=MOST):
        left = replace(action, anchor=None, anchor_text="")
        turn.put(left, f"{meeting.id} geannuleerd")
        rest = f": de datum blijft {dates.say_short(action.due)}."
        _add(turn, news, left, heard, (Strong(action.id), f" ({action.text}){rest}{_way(turn, action)}"))
    for signal in turn.store.signals(anchor=meeting.id, states=OPEN_STATES, limit=MOST):
        after = signal
        for number, hop in enumerate(signal.hops):
            if hop.anchor != meeting.id or hop.due is None:
                continue
            after = ladder.with_hop(after, number, replace(hop, anchor=None, anchor_text=""))
            text = f"terug bij {turn.need_body(hop.giver).the} blijft {dates.say_short(hop.due)}."
            _tell_of(turn, news, signal, hop, heard, text)
        save(turn, after, f"{meeting.id} geannuleerd")


def _with_heading(news: News, person: str, heard: str) -> None:
    if heard not in news.lines.get(person, []):
        news.add(person, heard, ())


def _add(turn: Turn, news: News, action: Action, heard: str, line: Line) -> None:
    _with_heading(news, action.holder, heard)
    news.add(action.holder, line, (action.id,), offers_for(action))


def _way(turn: Turn, action: Action) -> str:
    holder = turn.store.get(Person, action.holder)
    chooses = "kiest u" if holder is not None and holder.address == "u" else "kies je"
    return f" Met !verzet {chooses} een andere."
