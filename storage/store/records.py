"""Any record: read, write with a history row, give it a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, cast

from sqlalchemy import bindparam, func
from sqlalchemy import select as sql
from sqlmodel import Session, col, select

from commands.kit.ports import Change, R, Record
from commands.rules.undoing import why_undone
from commands.words.action import Action
from commands.words.agreement import Agreement
from commands.words.attention import AttentionPoint
from commands.words.consultation import Consultation
from commands.words.decision import Decision
from commands.words.discipline import Discipline
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
    Discipline: tables.Discipline,
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


_ADD_HISTORY = tables.History.__table__.insert()  # type: ignore[attr-defined]
_COUNTER = tables.Counter.__table__  # type: ignore[attr-defined]
_RAISE = (
    _COUNTER.update()
    .where(_COUNTER.c.prefix == bindparam("its_prefix"), _COUNTER.c.year == bindparam("its_year"))
    .values(last=_COUNTER.c.last + 1)
    .returning(_COUNTER.c.last)
)


@cache
def _blank(table: Any) -> Mapping[str, Any]:
    """What stands in the columns of a new row of which nothing is said."""
    fields = table.model_fields
    return {
        name: fields[name].get_default(call_default_factory=True)
        for name in table.model_fields
        if not fields[name].is_required() and name in table.__table__.c
    }


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
        known = self.get(cast(Any, kind), record.id)
        if isinstance(record, Workgroup):
            self.know_body(record.code, str(record.kind))
        self._write(kind, record, new=known is None)
        self._links(record, new=known is None)
        similar.keep(self.session, record)
        row = {
            "kind": kind.__name__,
            "about": record.id,
            "at": change.at,
            "by": change.by,
            "from_state": state_of(known) if known is not None else None,
            "to_state": state_of(record),
            "why": change.why,
            "source": change.source,
            "deed": change.deed,
            "after": to_plain(record),
        }
        self.session.connection().execute(_ADD_HISTORY, row)

    def _write(self, kind: type, record: Record, *, new: bool) -> None:
        """A new row goes in as it is; a row that is there is an object of the session, which others may hold too."""
        table = TABLES[kind]
        wanted = column_values(record)
        if "id" in table.model_fields:
            wanted["id"] = record.id
        if new:
            blank = _blank(cast(Any, table))
            values = {**blank, **{name: value for name, value in wanted.items() if name in table.__table__.c}}
            self.session.connection().execute(table.__table__.insert(), values)
            return
        row = self.session.get_one(table, _key(kind, record.id))
        for name, value in wanted.items():
            setattr(row, name, value)
        self.session.flush()

    def _links(self, record: Record, *, new: bool) -> None:
        if isinstance(record, Signal):
            leans = dict.fromkeys(hop.anchor for hop in record.hops if hop.anchor)
            raised = [{"signal": record.id, "person": one} for one in record.raised_by]
            self._link(tables.SignalRaiser, "signal", record.id, raised, new=new)
            anchored = [{"signal": record.id, "meeting": one} for one in leans]
            self._link(tables.SignalAnchor, "signal", record.id, anchored, new=new)
        elif isinstance(record, AgendaItem):
            rows = [{"item": record.id, "signal": one} for one in record.signals]
            self._link(tables.AgendaItemSignal, "item", record.id, rows, new=new)

    def _link(self, table: Any, side: str, id: str, rows: Sequence[Mapping[str, str]], *, new: bool) -> None:
        connection = self.session.connection()
        if not new:
            connection.execute(table.__table__.delete().where(table.__table__.c[side] == id))
        if rows:
            connection.execute(table.__table__.insert(), list(rows))

    def know_body(self, code: str, kind: str) -> None:
        """Make a body's code known, so that rows may point at it."""
        if self.session.get(tables.Body, code) is None:
            self.session.add(tables.Body(code=code, kind=cast(Any, kind)))
            self.session.flush()

    def new_id(self, prefix: str, year: int) -> str:
        here = {"its_prefix": prefix, "its_year": year}
        last = self._rows(_RAISE, here).scalar()
        if last is None:
            last = 1
            self.session.connection().execute(_COUNTER.insert(), {"prefix": prefix, "year": year, "last": last})
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

    def standing_deeds(self, about: str, *, since: int) -> frozenset[int | None]:
        history, deed = tables.History, tables.Deed
        first = select(func.min(history.id)).where(history.about == about, history.deed == since).scalar_subquery()
        found = (
            sql(*map(col, (history.deed, history.by, history.why, deed.person, deed.summary, deed.undone)))
            .join(deed, col(history.deed) == deed.id, isouter=True)
            .where(col(history.about) == about, col(history.id) >= first)
        )
        rows = list(self._rows(found, {}))
        back = {(person, why_undone(summary)) for _, _, _, person, summary, undone in rows if undone}
        return frozenset(id for id, by, why, _, _, undone in rows if not undone and (by, why) not in back)

    def last_change(self, about: str) -> tuple[HistoryRow, int | None] | None:
        newest = select(tables.History).where(tables.History.about == about).order_by(col(tables.History.id).desc())
        row = self.session.exec(newest.limit(1)).first()
        return (_history(row), row.deed) if row else None

    def _rows(self, query: Any, values: Mapping[str, Any]) -> Any:
        """The rows of a query that was built before, with what waits in the session behind it."""
        self.session.flush()
        return self.session.connection().execute(query, values)

    def _all(self, kind: type[R], query: Any) -> tuple[R, ...]:
        return tuple(word_from(kind, row) for row in self._rows(query, {}))


def _key(kind: type, id: str) -> str:
    """The key of the row; a room goes by its body, and by another id in the history."""
    return id.removeprefix(ROOM_OF) if kind is Room else id


def word_of(kind: Any, plain: Any) -> Any:
    """A word from its JSON values."""
    return from_plain(kind, plain)


def _history(row: tables.History) -> HistoryRow:
    return HistoryRow(row.about, row.at, row.by, row.from_state, row.to_state, row.why, row.source)
