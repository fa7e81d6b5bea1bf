"""What happens to a meeting in the register, the same way by a command, a year planning or a calendar that comes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.kit import dates
from commands.kit.anchors import move_along, stay_behind
from commands.kit.consultations import after_cancelling, after_moving
from commands.kit.meeting_checks import others_in_year
from commands.kit.owed import owe_meeting
from commands.kit.planned import News, add_items, live_items, signals_of
from commands.kit.reminder_anchors import leave_reminders, move_reminders
from commands.kit.signals import save
from commands.kit.turn import Turn
from commands.words.action import Action
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingState
from commands.words.reminder import Reminder
from commands.words.signal import Signal, SignalState
from commands.words.structure import Body


def enter(turn: Turn, new: Meeting, place: Body, because: str = "") -> Meeting:
    """V1: the meeting with an id, in the register, with what the clock owes about it."""
    meeting = replace(new, id=turn.store.new_id(f"VRG-{place.code}", new.day.year), because=because)
    turn.put(meeting, because or "gepland")
    owe_meeting(turn.store, turn.structure, turn.now, meeting, place)
    return meeting


def shift(
    turn: Turn, news: News, old: Meeting, new: Meeting, place: Body, because: str = ""
) -> tuple[Action | Signal | Reminder, ...]:
    """Put a meeting on another day or time, and carry along the dates that lean on it; returns what moved along.

    Who has an item on it, or an action, delegation or reminder that leans on it, hears so through `news`.
    """
    turn.put(new, because or f"verplaatst van {old.day.isoformat()} naar {new.day.isoformat()}")
    owe_meeting(turn.store, turn.structure, turn.now, new, place)
    if old.day == new.day:
        return ()
    heard = f"{place.the} van {dates.say_short(old.day)} is verplaatst naar {dates.say_short(new.day)}."
    add_items(news, turn, live_items(turn, new), heard)
    heard = heard[0].upper() + heard[1:]
    after_moving(turn, news, new, heard)
    return (*move_along(turn, news, new, heard), *move_reminders(turn, news, new, heard))


def later(old: Meeting, new: Meeting) -> Meeting:
    """The new version as calendars must see it: a higher sequence than the one before (RFC 5545)."""
    return replace(new, sequence=max(new.sequence, old.sequence + 1))


def call_off(turn: Turn, news: News, meeting: Meeting, place: Body, because: str) -> Sequence[AgendaItem]:
    """V7: its items go back, the clock owes nothing more, dates that lean on it stay; returns those items."""
    items = live_items(turn, meeting)
    gone = later(meeting, replace(meeting, state=MeetingState.CANCELLED, because=because))
    turn.put(gone, because)
    owe_meeting(turn.store, turn.structure, turn.now, gone, place)
    for item in items:
        turn.put(replace(item, state=ItemState.DROPPED), f"{meeting.id} geannuleerd")
        for signal in signals_of(turn, item):
            if signal.state is SignalState.SCHEDULED:
                back = replace(signal, state=SignalState.HANDLING, changed_at=turn.now)
                save(turn, back, f"{meeting.id} geannuleerd")
    day = dates.say_short(meeting.day)
    add_items(news, turn, items, f"{place.the} van {day} gaat niet door; het punt ligt weer bij {place.the}.")
    heard = f"{place.capital} van {day} gaat niet door."
    stay_behind(turn, news, meeting, heard)
    leave_reminders(turn, news, meeting, heard)
    after_cancelling(turn, news, meeting, heard)
    return items


def others_of_kind(turn: Turn, meeting: Meeting) -> int:
    """How many meetings of its kind its body has in the same year besides this one."""
    return sum(one.body == meeting.body and one.kind is meeting.kind for one in others_in_year(turn, meeting))
