"""The whole register as plain data, table by table, sorted by id (`export json`; docs/register.schema.json).

Keys are English and the values of states Dutch, as in domain.md; instants have the offset of Amsterdam.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

import sqlalchemy
from sqlmodel import Session, col, select

from commands.words.action import Action
from commands.words.agreement import Agreement
from commands.words.attention import AttentionPoint
from commands.words.calendar import AMSTERDAM
from commands.words.consultation import Consultation
from commands.words.decision import Decision
from commands.words.discipline import DisciplineState
from commands.words.evaluation import Evaluation
from commands.words.helping import HelpRequest, Success
from commands.words.mandate import Mandate
from commands.words.meeting import AgendaItem, Meeting
from commands.words.minutes import Bulletin, Correction
from commands.words.people import Person, Role
from commands.words.poll import Poll
from commands.words.proposal import Proposal
from commands.words.record import Feedback
from commands.words.signal import Signal
from commands.words.workgroup import Workgroup
from storage import tables, unnamed
from storage.mapping import word_from
from storage.store import TABLES

#: The arrays of the document, in order. None: what the register does not hold yet.
ARRAYS: dict[str, type | None] = {
    "signals": Signal,
    "proposals": Proposal,
    "actions": Action,
    "meetings": Meeting,
    "agenda_items": AgendaItem,
    "decisions": Decision,
    "agreements": Agreement,
    "attention_points": AttentionPoint,
    "mandates": Mandate,
    "workgroups": Workgroup,
    "evaluations": Evaluation,
    "corrections": Correction,
    "bulletins": Bulletin,
    "consultations": Consultation,
    "help_requests": HelpRequest,
    "successes": Success,
    "polls": Poll,
    "people": Person,
    "roles": Role,
}
#: Names and chat addresses are for the bot alone.
LEFT_OUT: dict[type, frozenset[str]] = {
    Person: frozenset({"name", "matrix", "teams"}),
    Workgroup: frozenset({"code"}),
}
RENAMED: dict[type, Mapping[str, str]] = {
    Person: {"start": "from", "end": "until"},
    Role: {"start": "from", "end": "until", "deputy_start": "deputy_from", "deputy_end": "deputy_until"},
    Meeting: {"day": "date"},
    Evaluation: {"day": "date"},
}
#: What feedback was given on; it stands with the object.
WITH_FEEDBACK = (Signal, Workgroup)
#: So many objects are held in memory at once.
CHUNK = 200


def everyone(session: Session) -> tuple[Person, ...]:
    """All people of the register, also those who left, by id."""
    table = tables.Person
    return tuple(word_from(Person, row) for row in session.exec(select(table).order_by(col(table.id))))


def register(
    session: Session, today: date | None = None, shown_from: int = 4
) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    """Each array of the document by name, with its objects; read them in order, within the session.

    `today` is the last day on which the clock of this register ran: a poll that can still be answered then shows no
    answer, nor does one with fewer than `shown_from` (INV-36). None: no clock ran, so every poll is still open.
    """
    for name, kind in ARRAYS.items():
        match kind:
            case None:
                yield name, iter(())
            case _ if kind is HelpRequest:
                yield name, (one for one in map(unnamed.help_request, _objects(session, kind)) if one is not None)
            case _ if kind is Poll:
                yield name, (unnamed.poll(session, one, today, shown_from) for one in _objects(session, kind))
            case _:
                yield name, _objects(session, kind)


def _objects(session: Session, kind: type) -> Iterator[dict[str, Any]]:
    table = TABLES[kind]
    key = col(table.code if kind is Workgroup else table.id)
    after = ""
    while rows := session.exec(select(table).where(key > after).order_by(key).limit(CHUNK)).all():
        words: list[Any] = [word_from(kind, row) for row in rows]
        session.expunge_all()
        after = words[-1].id
        ids = [word.id for word in words]
        history = _history(session, kind, ids)
        feedback = _feedback(session, ids) if kind in WITH_FEEDBACK else {}
        declared = _declared(session, ids) if kind is Person else {}
        for word in words:
            told: dict[str, Any] = {"feedback": feedback.get(word.id, [])} if kind in WITH_FEEDBACK else {}
            if kind is Person:
                told = {"disciplines": declared.get(word.id, [])}
            yield {**_object(word), **told, "history": history.get(word.id, [])}


def _history(session: Session, kind: type, ids: list[str]) -> dict[str, list[dict[str, Any]]]:
    table = tables.History
    wanted = (table.about, table.at, table.by, table.from_state, table.to_state, table.why, table.source)
    query = sqlalchemy.select(*(col(column) for column in wanted))  # the column `after` is large
    query = query.where(col(table.kind) == kind.__name__, col(table.about).in_(ids)).order_by(col(table.id))
    found: dict[str, list[dict[str, Any]]] = {}
    for about, at, by, before, after, why, source in session.execute(query):
        row = {"at": plain(at), "by": by, "from": before, "to": after, "why": why, "source": source}
        found.setdefault(about, []).append(row)
    return found


def _feedback(session: Session, ids: list[str]) -> dict[str, list[dict[str, Any]]]:
    table = tables.Feedback
    found: dict[str, list[dict[str, Any]]] = {}
    for row in session.exec(select(table).where(col(table.about).in_(ids)).order_by(col(table.id))):
        given = _object(word_from(Feedback, row))
        found.setdefault(given.pop("about"), []).append(given)
    return found


def _declared(session: Session, people: list[str]) -> dict[str, list[str]]:
    """What people said of themselves stands with them (R-207)."""
    table = tables.Discipline
    query = select(table).where(col(table.person).in_(people), table.state == DisciplineState.DECLARED)
    found: dict[str, list[str]] = {}
    for row in session.exec(query.order_by(col(table.name))):
        found.setdefault(row.person, []).append(row.name)
    return found


def _object(word: Any) -> dict[str, Any]:
    kind = type(word)
    names = RENAMED.get(kind, {})
    left_out = LEFT_OUT.get(kind, frozenset())
    made = {names.get(f.name, f.name): plain(getattr(word, f.name)) for f in fields(word) if f.name not in left_out}
    return {"id": word.id, **made}


def plain(value: Any) -> Any:
    """A value of a word as JSON has it."""
    match value:
        case datetime():
            return value.astimezone(AMSTERDAM).isoformat()
        case date():
            return value.isoformat()
        case time():
            return value.isoformat(timespec="minutes")
        case StrEnum():
            return str(value)
        case tuple() | list():
            return [plain(item) for item in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value
