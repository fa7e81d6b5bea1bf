"""What an object was before a deed, and what becomes of one that the deed made (INV-37: undo is a new entry)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from commands.words.action import Action, ActionState
from commands.words.agreement import Agreement, AgreementState
from commands.words.attention import AttentionPoint, AttentionState
from commands.words.calendar import AMSTERDAM
from commands.words.consultation import Consultation, ConsultationState
from commands.words.decision import Decision, DecisionState
from commands.words.discipline import Discipline, DisciplineState
from commands.words.evaluation import Evaluation, EvaluationState
from commands.words.helping import Expertise, ExpertState, HelpRequest, HelpState, Success, SuccessState
from commands.words.mandate import Mandate, MandateState
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingState
from commands.words.minutes import Bulletin, BulletinState, Correction, CorrectionState
from commands.words.people import Role, Room
from commands.words.poll import Poll, PollState
from commands.words.proposal import Proposal, ProposalState
from commands.words.reminder import Preference, Reminder, ReminderState
from commands.words.signal import Signal, SignalState
from commands.words.workgroup import GroupState, Workgroup
from storage import tables


def before_deed(session: Session, first: tables.History) -> Any:
    """The object as it was before the first row of a deed; None when the deed made it."""
    history = tables.History
    older = select(history).where(history.about == first.about, col(history.id) < first.id)
    row = session.exec(older.order_by(col(history.id).desc()).limit(1)).first()
    return row.after if row else None


def void(record: Any, at: datetime) -> Any:
    """The record without effect. Its id stays taken; None for what cannot be made void (feedback was read)."""
    match record:
        case Signal():
            return replace(record, state=SignalState.WITHDRAWN, changed_at=at)
        case Action():
            return replace(record, state=ActionState.LAPSED)
        case Proposal():
            return replace(record, state=ProposalState.WITHDRAWN, decided_at=at)
        case Meeting():
            return replace(record, state=MeetingState.CANCELLED)
        case AgendaItem():
            return replace(record, state=ItemState.DROPPED)
        case Decision():
            return replace(record, state=DecisionState.LAPSED)
        case Agreement():
            return replace(record, state=AgreementState.LAPSED)
        case AttentionPoint():
            return replace(record, state=AttentionState.LAPSED)
        case Mandate():
            return replace(record, state=MandateState.WITHDRAWN, categories=())
        case Workgroup():
            return replace(record, state=GroupState.REJECTED)
        case Evaluation():
            return replace(record, state=EvaluationState.DROPPED)
        case Correction():
            return replace(record, state=CorrectionState.WITHDRAWN, settled_at=at)
        case Bulletin():
            return replace(record, state=BulletinState.WAIVED, because="ongedaan gemaakt")
        case HelpRequest():
            return replace(record, state=HelpState.WITHDRAWN)
        case Expertise():
            return replace(record, state=ExpertState.NOT_LISTED)
        case Discipline():
            return replace(record, state=DisciplineState.TAKEN_BACK)
        case Success():
            return replace(record, state=SuccessState.WITHDRAWN)
        case Consultation():
            return replace(record, state=ConsultationState.WITHDRAWN, because="ongedaan gemaakt")
        case Poll():
            return replace(record, state=PollState.DROPPED)
        case Role():
            return replace(record, end=at.astimezone(AMSTERDAM).date() - timedelta(days=1))
        case Reminder():
            return replace(record, state=ReminderState.STOPPED, next_at=None)
        case Preference():
            return Preference(record.person)
        case Room():
            return Room(record.body)
        case _:
            return None


def newer(record: Any, now: Any) -> Any:
    """The record as it goes back. Calendars ignore what has no higher sequence than what they saw (RFC 5545)."""
    if isinstance(record, Meeting) and isinstance(now, Meeting) and _as_planned(record) != _as_planned(now):
        return replace(record, sequence=now.sequence + 1)
    return record


def _as_planned(meeting: Meeting) -> tuple[Any, ...]:
    return (meeting.day, meeting.start, meeting.end, meeting.state is MeetingState.CANCELLED)
