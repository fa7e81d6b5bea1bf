"""Any record: read, write with a history row, give it a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, cast

from sqlalchemy import bindparam, delete, update
from sqlalchemy import select as sql
from sqlmodel import Session, col, insert, select

from commands.kit.ports import Change, R, Record
from commands.words.action import Action
from commands.words.agreement import Agreement
from commands.words.attention import AttentionPoint
from commands.words.consultation import Consultation
from commands.words.decision import Decision
from commands.words.evaluation import Evaluation
from commands.words.helping import Expertise, HelpRequest, Success
from commands.words.mandate import Mandate
from commands.words.meeting import AgendaItem, Meeting
from commands.words.minutes import Bulletin, Correction
from commands.words.people import ROOM_OF, Person, Role, Room
from commands.words.poll import Poll
from commands.words.proposal import Proposal
from commands.words.record import Feedback, HistoryRow
from commands.words.reminder import Preference, Reminder
from commands.words.signal import Signal
from commands.words.workgroup import Workgroup
from storage import similar, tables
from storage.lasting import make_lasting
from storage.mapping import column_values, from_plain, to_plain, word_from

TABLES: dict[type, Any] = {
    Signal: tables.Signal,
    Proposal: tables.Proposal,
    Action: tables.Action,
    Meeting: tables.Meeting,
    AgendaItem: tables.AgendaItem,
    Decision: tables.Decision,
    Agreement: tables.Agreement,
    AttentionPoint: tables.AttentionPoint,
    Mandate: tables.Mandate,
    Workgroup: tables.Workgroup,
    Evaluation: tables.Evaluation,
    Correction: tables.Correction,
    Bulletin: tables.Bulletin,
    HelpRequest: tables.HelpRequest,
    Expertise: tables.Expertise,
    Success: tables.Success,
    Consultation: tables.Consultation,
    Poll: tables.Poll,
    Feedback: tables.Feedback,
    Person: tables.Person,
    Role: tables.Role,
    Reminder: tables.Reminder,
    Preference: tables.Preference,
    Room: tables.Room,
}


def state_of(record: Record) -> str:
    """How the history names the state of a record: `in behandeling @DO` for a signal, else the state itself."""
    match record:
        case Signal():
            return record.place
        case Agreement():
            return record.standing
        case Feedback():
            return "vastgelegd"
        case Person() | Role():
            return "bekend"
        case Room():
            return "gekoppeld" if record.matrix or record.teams else "zonder kamer"
        case Preference():
            return str(record.intensity or "niet gekozen")
        case _:
            return str(record.state)


@cache
def _those(kind: Any, in_states: bool) -> Any:
    """Built once: building costs more than asking. As rows, not as objects of the session, which cost more too."""
    table = TABLES[kind].__table__
    [key] = table.primary_key
    query = sql(table).where(key.in_(bindparam("ids", expanding=True)))
    return query.where(table.c.state.in_(bindparam("states", expanding=True))) if in_states else query


class Records:
    """One session; all parts of the store share it."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, kind: type[R], id: str) -> R | None:
        row = self._rows(_those(cast(Any, kind), False), {"ids": [_key(kind, id)]}).first()
        return word_from(kind, row) if row is not None else None

    def get_all(self, kind: type[R], ids: Sequence[str], *, states: Sequence[StrEnum] = ()) -> Mapping[str, R]:
        if not ids:
            return {}
        values: dict[str, Any] = {"ids": [_key(kind, id) for id in ids]}
        if states:
            values["states"] = list(states)
        rows = self._rows(_those(cast(Any, kind), bool(states)), values)
        return {word.id: word for word in (word_from(kind, row) for row in rows)}

    def put(self, record: Record, change: Change) -> None:
        make_lasting(self.session)
        kind = type(record)
        table = TABLES[kind]
        old = self.session.get(table, _key(kind, record.id))
        before = state_of(word_from(cast(Any, kind), old)) if old is not None else None
        wanted = column_values(record)
        if "id" in table.model_fields:
            wanted["id"] = record.id
        if isinstance(record, Workgroup):
            self.know_body(record.code, str(record.kind))
        if old is None:
            self.session.add(table(**wanted))
        else:
            for name, value in wanted.items():
                setattr(old, name, value)
        self.session.flush()
        self._links(record)
        similar.keep(self.session, record)
        self.session.add(
            tables.History(
                kind=kind.__name__,
                about=record.id,
                at=change.at,
                by=change.by,
                from_state=before,
                to_state=state_of(record),
                why=change.why,
                source=change.source,
                deed=change.deed,
                after=to_plain(record),
            )
        )
        self.session.flush()

    def _links(self, record: Record) -> None:
        if isinstance(record, Signal):
            raiser, anchor = tables.SignalRaiser, tables.SignalAnchor
            leans = dict.fromkeys(hop.anchor for hop in record.hops if hop.anchor)
            self._link(raiser, "signal", record.id, [raiser(signal=record.id, person=one) for one in record.raised_by])
            self._link(anchor, "signal", record.id, [anchor(signal=record.id, meeting=one) for one in leans])
        elif isinstance(record, AgendaItem):
            link = tables.AgendaItemSignal
            self._link(link, "item", record.id, [link(item=record.id, signal=one) for one in record.signals])

    def _link(self, table: Any, side: str, id: str, rows: Sequence[Any]) -> None:
        self.session.exec(delete(table).where(getattr(table, side) == id))
        self.session.add_all(rows)
        self.session.flush()

    def know_body(self, code: str, kind: str) -> None:
        """Make a body's code known, so that rows may point at it."""
        if self.session.get(tables.Body, code) is None:
            self.session.add(tables.Body(code=code, kind=cast(Any, kind)))
            self.session.flush()

    def new_id(self, prefix: str, year: int) -> str:
        counter = tables.Counter
        here = (col(counter.prefix) == prefix, col(counter.year) == year)
        raised = update(counter).where(*here).values(last=counter.last + 1).returning(col(counter.last))
        last = self.session.execute(raised).scalar()
        if last is None:
            self.session.exec(insert(counter).values(prefix=prefix, year=year, last=1))
            last = 1
        return f"{prefix}-{year}-{last:02d}" if prefix.startswith("VRG-") else f"{prefix}-{year}-{last:03d}"

    def history(self, about: str) -> tuple[HistoryRow, ...]:
        rows = self.session.exec(
            select(tables.History).where(tables.History.about == about).order_by(col(tables.History.id))
        )
        return tuple(_history(row) for row in rows)

    def as_it_was(self, record: R, at: datetime) -> R | None:
        table = tables.History
        rows = select(table).where(table.about == record.id, col(table.at) <= at)
        row = self.session.exec(rows.order_by(col(table.id).desc()).limit(1)).first()
        return cast(R, from_plain(type(record), row.after)) if row is not None else None

    def versions(self, kind: type[R], id: str) -> tuple[tuple[HistoryRow, R], ...]:
        table = tables.History
        rows = select(table).where(table.about == id, table.kind == kind.__name__).order_by(col(table.id))
        return tuple((_history(row), cast(R, from_plain(kind, row.after))) for row in self.session.exec(rows))

    def last_change(self, about: str) -> tuple[HistoryRow, int | None] | None:
        newest = select(tables.History).where(tables.History.about == about).order_by(col(tables.History.id).desc())
        row = self.session.exec(newest.limit(1)).first()
        return (_history(row), row.deed) if row else None

    def _rows(self, query: Any, values: Mapping[str, Any]) -> Any:
        """The rows of a query that was built before, with what waits in the session behind it."""
        self.session.flush()
        return self.session.connection().execute(query, values)

    def _all(self, kind: type[R], query: Any) -> tuple[R, ...]:
        return tuple(word_from(kind, row) for row in self.session.exec(query))


def _key(kind: type, id: str) -> str:
    """The key of the row; a room goes by its body, and by another id in the history."""
    return id.removeprefix(ROOM_OF) if kind is Room else id


def word_of(kind: Any, plain: Any) -> Any:
    """A word from its JSON values."""
    return from_plain(kind, plain)


def _history(row: tables.History) -> HistoryRow:
    return HistoryRow(row.about, row.at, row.by, row.from_state, row.to_state, row.why, row.source)
