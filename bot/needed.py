"""Whether what was decided earlier still has to be said: nobody is nagged about finished work (design.md §3)."""

from __future__ import annotations

from datetime import datetime

from bot.late import is_late
from commands.kit.ports import Outgoing, Record, Store
from commands.kit.records import is_open
from commands.words.action import Action
from commands.words.meeting import Meeting, MeetingState
from commands.words.proposal import Proposal
from commands.words.reminder import Reminder
from commands.words.signal import Signal
from commands.words.structure import Structure
from commands.words.workgroup import RUNNING_STATES, GroupState, Workgroup

NAGGING = ("reminder", "nudge")
_PAST_MEETINGS = (MeetingState.CANCELLED, MeetingState.DONE)


def still_needed(store: Store, outgoing: Outgoing, now: datetime, structure: Structure) -> bool:
    """False for a reminder or nudge that waited long, when everything it is about has been closed meanwhile."""
    if outgoing.kind not in NAGGING or not outgoing.about or not is_late(outgoing, now, structure):
        return True
    return any(_asks(_found(store, id)) for id in outgoing.about)


def _found(store: Store, id: str) -> Record | None:
    return (
        store.get(Signal, id)
        or store.get(Action, id)
        or store.get(Proposal, id)
        or store.get(Meeting, id)
        or store.get(Workgroup, id)
        or store.get(Reminder, id)
    )


def _asks(record: Record | None) -> bool:
    """Whether it may still ask for something; what is not known here is given the benefit of the doubt."""
    match record:
        case Meeting():
            return record.state not in _PAST_MEETINGS
        case Workgroup():
            return record.state in (*RUNNING_STATES, GroupState.PROPOSED)
        case None:
            return True
        case _:
            return is_open(record)
