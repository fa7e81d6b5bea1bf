"""After an undo: what the clock owes about things as they are now again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commands.kit.evaluation_plan import owe_evaluation
from commands.kit.one_discipline import owe_one_discipline
from commands.kit.owed import (
    owe_action,
    owe_bulletin,
    owe_consultation,
    owe_group,
    owe_meeting,
    owe_preference,
    owe_record,
    owe_reminder,
    owe_signal,
)
from commands.kit.ports import Record, Store
from commands.words.action import Action
from commands.words.agreement import Agreement
from commands.words.consultation import Consultation
from commands.words.decision import Decision
from commands.words.discipline import Discipline
from commands.words.evaluation import Evaluation
from commands.words.meeting import Meeting
from commands.words.minutes import Bulletin
from commands.words.reminder import Preference, Reminder
from commands.words.signal import Signal
from commands.words.structure import Structure
from commands.words.workgroup import Workgroup


def owe_again(store: Store, structure: Structure, now: datetime, ids: Sequence[str]) -> None:
    """After an undo: what the clock owes about these objects as they are now."""
    for id in ids:
        match _known(store, id):
            case Decision() | Agreement() as record:
                owe_record(store, structure, now, record)
            case Signal() as signal:
                owe_signal(store, structure, now, signal)
            case Action() as action:
                owe_action(store, structure, now, action)
            case Meeting() as meeting:
                group = store.group(meeting.body)
                body = group.as_body() if group else structure.body(meeting.body)
                if body is not None:
                    owe_meeting(store, structure, now, meeting, body)
            case Preference() as preference:
                owe_preference(store, structure, now, preference)
            case Reminder() as reminder:
                owe_reminder(store, now, reminder)
            case Discipline() as discipline:
                for role in store.roles(person=discipline.person, on=now.date()):
                    if (of := store.get(Workgroup, role.body)) is not None:
                        owe_one_discipline(store, structure, now, of)
            case Workgroup() as group:
                owe_group(store, structure, now, group)
            case Evaluation() as evaluation:
                owe_evaluation(store, structure, now, evaluation)
            case Bulletin() as bulletin:
                owe_bulletin(store, structure, now, bulletin)
            case Consultation() as consultation:
                owe_consultation(store, structure, now, consultation)


def _known(store: Store, id: str) -> Record | None:
    first = store.get(Signal, id) or store.get(Action, id) or store.get(Meeting, id) or store.get(Workgroup, id)
    found = first or store.get(Evaluation, id) or store.get(Reminder, id) or store.get(Preference, id)
    decided = store.get(Decision, id) or store.get(Agreement, id)
    return found or decided or store.get(Discipline, id) or store.get(Bulletin, id) or store.get(Consultation, id)
