"""`overlegbot status`: what is in the register, waiting and due, without a word of its contents."""

from __future__ import annotations

import argparse
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot import scheduler
from bot.doors import WELL
from bot.doors.opening import database_of, register_of, stored_clock
from commands.words.action import ActionState
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import MeetingState
from commands.words.proposal import ProposalState
from commands.words.signal import OPEN_STATES
from commands.words.workgroup import RUNNING_STATES
from storage import outbox, tables
from storage.backend import shown
from storage.database import Database, head


def main(args: argparse.Namespace) -> int:
    """Print the state of `--database`, or that of the settings. DoorError 3 without a register that can be read."""
    url = database_of(args)
    with register_of(url) as database:
        print("\n".join([f"database   {shown(url)}", f"schema     {head()}, up to date", *report(database)]))
    return WELL


def report(database: Database) -> list[str]:
    """The lines about the register itself."""
    clock = stored_clock(database)
    with database.session() as session:
        waiting, failed = outbox.counts(session)
        inbox_waiting = _count(session, tables.Inbox, tables.Inbox.state == tables.InboxState.NEW)
        inbox_failed = _count(session, tables.Inbox, tables.Inbox.state == tables.InboxState.FAILED)
        return [
            f"register   {_register(session)}",
            f"heard      {inbox_waiting} not handled, {inbox_failed} failed",
            f"to send    {waiting} unsent, {failed} failed",
            f"next due   {_when(scheduler.next_due(session))}",
            f"clock      {_when(clock)}",
        ]


def _register(session: Session) -> str:
    counts = (
        (_count(session, tables.Person), "people"),
        (_count(session, tables.Role), "roles"),
        (_count(session, tables.Signal, col(tables.Signal.state).in_(OPEN_STATES)), "open signals"),
        (_count(session, tables.Proposal, tables.Proposal.state == ProposalState.SUBMITTED), "open proposals"),
        (_count(session, tables.Action, tables.Action.state == ActionState.OPEN), "open actions"),
        (_count(session, tables.Meeting, tables.Meeting.state == MeetingState.PLANNED), "planned meetings"),
        (_count(session, tables.Workgroup, col(tables.Workgroup.state).in_(RUNNING_STATES)), "running groups"),
        (_count(session, tables.Question, tables.Question.state == tables.QuestionState.OPEN), "open questions"),
    )
    return ", ".join(f"{n} {what}" for n, what in counts)


def _count(session: Session, table: type, *wanted: object) -> int:
    return int(session.execute(select(func.count()).select_from(table).where(*wanted)).scalar_one())  # type: ignore[arg-type]


def _when(at: datetime | None) -> str:
    return at.astimezone(AMSTERDAM).isoformat(timespec="minutes") if at else "nothing yet"
