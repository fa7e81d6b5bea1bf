"""The register within one transaction: the port of `commands.kit.ports` on SQLModel."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, delete, or_, update
from sqlmodel import Session, col, insert, select

from commands.kit.ports import (
    Change,
    Deed,
    Due,
    News,
    Outgoing,
    Posted,
    Question,
    QuestionState,
    R,
    Record,
    Savepoint,
    Speaker,
)
from commands.kit.reply import as_data, from_data
from commands.rules.likeness import Lexicon
from commands.words.action import Action, ActionState
from commands.words.agreement import Agreement, AgreementState
from commands.words.attention import AttentionPoint, AttentionState
from commands.words.decision import Decision, DecisionState
from commands.words.evaluation import Evaluation, EvaluationState, Respondent
from commands.words.mandate import Mandate
from commands.words.meeting import AgendaItem, Meeting, MeetingKind, MeetingState
from commands.words.minutes import Bulletin, BulletinState, Correction, CorrectionState
from commands.words.people import ROOM_OF, Person, Role, RoleName, Room
from commands.words.proposal import Proposal, ProposalState
from commands.words.record import Feedback, HistoryRow
from commands.words.reminder import Preference, Reminder, ReminderState
from commands.words.signal import Signal, SignalState
from commands.words.workgroup import LIVING_STATES, GroupState, Workgroup
from storage import inbox, outbox, rooms, similar, tables, voices
from storage.mapping import column_values, from_plain, to_plain, word_from
from storage.undo import before_deed, newer, void

#: Between an occasion and the person for whom alone it is owed.
FOR_ONE = "|"

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


class SqlStore:
    """Implements `Store`; made for one session, thrown away with it. See the port for what each call means."""

    def __init__(self, session: Session) -> None:
        self.session = session

    # --- records ---------------------------------------------------------------------------------------------------
    def get(self, kind: type[R], id: str) -> R | None:
        row = self.session.get(TABLES[kind], _key(kind, id))
        return word_from(kind, row) if row is not None else None

    def put(self, record: Record, change: Change) -> None:
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

    def last_change(self, about: str) -> tuple[HistoryRow, int | None] | None:
        newest = select(tables.History).where(tables.History.about == about).order_by(col(tables.History.id).desc())
        row = self.session.exec(newest.limit(1)).first()
        return (_history(row), row.deed) if row else None

    # --- people ----------------------------------------------------------------------------------------------------
    def person_on(self, channel: str, chat_id: str) -> Person | None:
        column = {"matrix": tables.Person.matrix, "teams": tables.Person.teams}.get(channel, tables.Person.id)
        row = self.session.exec(select(tables.Person).where(column == chat_id)).first()
        return word_from(Person, row) if row else None

    def find_people(self, word: str) -> tuple[Person, ...]:
        table = tables.Person
        ways: list[ColumnElement[bool]] = [
            col(table.id) == word.casefold(),
            col(table.matrix) == word,
            col(table.matrix) == f"@{word}",
            col(table.teams) == word,
            col(table.name).ilike(word.replace("%", "").replace("_", "")) if word else col(table.id) == "",
        ]
        rows = self.session.exec(select(table).where(or_(*ways)).order_by(col(table.id)).limit(10))
        return tuple(word_from(Person, row) for row in rows)

    def roles(
        self, *, person: str | None = None, body: str | None = None, role: RoleName | None = None, on: date | None
    ) -> tuple[Role, ...]:
        table = tables.Role
        query = select(table).order_by(col(table.body), col(table.role), col(table.person))
        for column, wanted in ((table.person, person), (table.body, body), (table.role, role)):
            if wanted is not None:
                query = query.where(column == wanted)
        found = (word_from(Role, row) for row in self.session.exec(query))
        return tuple(role for role in found if on is None or role.active_on(on))

    def stand_ins(self, role: RoleName, body: str, *, on: date) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for held in self.roles(body=body, role=role, on=on):
            holder = self.get(Person, held.person)
            for deputy in (held.deputy_on(on), holder.deputy if holder else None):
                if deputy:
                    found[deputy] = None
        return tuple(found)

    def standing_in(self, person: str, *, on: date) -> tuple[Role, ...]:
        role, holder = tables.Role, tables.Person
        named = or_(col(role.deputy) == person, col(holder.deputy) == person)
        query = select(role).join(holder, col(holder.id) == role.person).where(named).order_by(col(role.id))
        found = (word_from(Role, row) for row in self.session.exec(query))
        here = [one for one in found if one.active_on(on) and one.person != person]
        return tuple(
            replace(one, person=person)
            for one in here
            if one.deputy_on(on) == person or ((held := self.get(Person, one.person)) and held.deputy == person)
        )

    # --- rooms in the chat -----------------------------------------------------------------------------------------
    def body_at(self, channel: str, address: str) -> str | None:
        return rooms.body_of(self.session, channel, address)

    def people_in(self, channel: str, address: str) -> tuple[str, ...]:
        return rooms.people_in(self.session, channel, address)

    def outsiders_read(self, body: str) -> bool:
        return rooms.outsiders_read(self.session, body)

    def not_named(self, channel: str, address: str, people: Sequence[str]) -> tuple[str, ...]:
        return rooms.not_named(self.session, channel, address, people)

    # --- questions about the register ------------------------------------------------------------------------------
    def signals(
        self,
        *,
        lies_with: str | None = None,
        owner: str | None = None,
        states: Sequence[SignalState] = (),
        raiser: str | None = None,
        anchor: str | None = None,
        topic: str | None = None,
        filed_since: datetime | None = None,
        settled_since: datetime | None = None,
        limit: int = 200,
    ) -> tuple[Signal, ...]:
        table = tables.Signal
        query = select(table)
        for column, wanted in ((table.lies_with, lies_with), (table.owner, owner), (table.topic, topic)):
            if wanted is not None:
                query = query.where(column == wanted)
        if states:
            query = query.where(col(table.state).in_(list(states)))
        if filed_since is not None:
            query = query.where(col(table.filed_at) >= filed_since)
        if settled_since is not None:
            query = query.where(col(table.settled_at) >= settled_since)
        if raiser is not None:
            link = tables.SignalRaiser
            query = query.join(link, col(link.signal) == table.id).where(link.person == raiser)
        if anchor is not None:
            leans = tables.SignalAnchor
            query = query.join(leans, col(leans.signal) == table.id).where(leans.meeting == anchor)
        return self._all(Signal, query.order_by(col(table.filed_at), col(table.id)).limit(limit))

    def similar(self, text: str, lexicon: Lexicon, *, limit: int = 3, ever: bool = False) -> tuple[str, ...]:
        return similar.similar(self.session, text, lexicon, limit, ever=ever)

    def find(self, text: str, *, limit: int = 50) -> tuple[str, ...]:
        return similar.find(self.session, text, limit)

    def merged_into(self, signal: str) -> tuple[Signal, ...]:
        table = tables.Signal
        return self._all(Signal, select(table).where(table.merged_into == signal).order_by(col(table.id)))

    def proposals(
        self, *, about: str | None = None, confirms: str | None = None, open_only: bool = True
    ) -> tuple[Proposal, ...]:
        table = tables.Proposal
        query = select(table)
        if about is not None:
            query = query.where(table.about == about)
        if confirms is not None:
            query = query.where(table.confirms == confirms)
        if open_only:
            query = query.where(table.state == ProposalState.SUBMITTED)
        return self._all(Proposal, query.order_by(col(table.id)).limit(100))

    def actions(
        self,
        *,
        holder: str | None = None,
        on_behalf_of: str | None = None,
        body: str | None = None,
        signal: str | None = None,
        anchor: str | None = None,
        states: Sequence[ActionState] = (),
        due_before: date | None = None,
        done_since: datetime | None = None,
        limit: int = 200,
    ) -> tuple[Action, ...]:
        table = tables.Action
        query = select(table)
        wanted = (
            (table.holder, holder),
            (table.on_behalf_of, on_behalf_of),
            (table.body, body),
            (table.signal, signal),
            (table.anchor, anchor),
        )
        for column, value in wanted:
            if value is not None:
                query = query.where(column == value)
        if states:
            query = query.where(col(table.state).in_(list(states)))
        if due_before is not None:
            query = query.where(col(table.due) < due_before)
        if done_since is not None:
            query = query.where(col(table.done_at) >= done_since)
        return self._all(Action, query.order_by(col(table.due), col(table.id)).limit(limit))

    def meetings(
        self,
        *,
        body: str | None = None,
        since: date | None = None,
        until: date | None = None,
        kinds: Sequence[MeetingKind] = (),
        cancelled: bool = False,
        limit: int = 50,
    ) -> tuple[Meeting, ...]:
        table = tables.Meeting
        query = select(table)
        if body is not None:
            query = query.where(table.body == body)
        if since is not None:
            query = query.where(col(table.day) >= since)
        if until is not None:
            query = query.where(col(table.day) <= until)
        if kinds:
            query = query.where(col(table.kind).in_(list(kinds)))
        if not cancelled:
            query = query.where(table.state != MeetingState.CANCELLED)
        return self._all(Meeting, query.order_by(col(table.day), col(table.id)).limit(limit))

    def meeting_of(self, uid: str) -> Meeting | None:
        table = tables.Meeting
        found = self._all(Meeting, select(table).where(table.uid == uid).order_by(col(table.id).desc()).limit(1))
        return found[0] if found else None

    def items(self, *, meeting: str | None = None, signal: str | None = None) -> tuple[AgendaItem, ...]:
        table = tables.AgendaItem
        query = select(table)
        if meeting is not None:
            query = query.where(table.meeting == meeting)
        if signal is not None:
            link = tables.AgendaItemSignal
            query = query.join(link, col(link.item) == table.id).where(link.signal == signal)
        return self._all(AgendaItem, query.order_by(col(table.meeting), col(table.number)))

    def decisions(
        self,
        *,
        body: str | None = None,
        meeting: str | None = None,
        item: str | None = None,
        states: Sequence[DecisionState] = (),
        made_since: datetime | None = None,
        made_until: datetime | None = None,
        limit: int = 200,
    ) -> tuple[Decision, ...]:
        table = tables.Decision
        query = _where(select(table), table, body=body, meeting=meeting, item=item)
        query = _between(query, table, states, made_since, made_until)
        return self._all(Decision, query.order_by(col(table.made_at), col(table.id)).limit(limit))

    def agreements(
        self,
        *,
        body: str | None = None,
        meeting: str | None = None,
        item: str | None = None,
        states: Sequence[AgreementState] = (),
        made_since: datetime | None = None,
        made_until: datetime | None = None,
        limit: int = 200,
    ) -> tuple[Agreement, ...]:
        table = tables.Agreement
        query = _where(select(table), table, body=body, meeting=meeting, item=item)
        query = _between(query, table, states, made_since, made_until)
        return self._all(Agreement, query.order_by(col(table.made_at), col(table.id)).limit(limit))

    def attention_points(
        self,
        *,
        body: str | None = None,
        meeting: str | None = None,
        item: str | None = None,
        states: Sequence[AttentionState] = (),
        made_since: datetime | None = None,
        made_until: datetime | None = None,
        limit: int = 200,
    ) -> tuple[AttentionPoint, ...]:
        table = tables.AttentionPoint
        query = _where(select(table), table, body=body, meeting=meeting, item=item)
        query = _between(query, table, states, made_since, made_until)
        return self._all(AttentionPoint, query.order_by(col(table.id)).limit(limit))

    def corrections(
        self, *, meeting: str | None = None, states: Sequence[CorrectionState] = (), limit: int = 200
    ) -> tuple[Correction, ...]:
        table = tables.Correction
        query = _between(_where(select(table), table, meeting=meeting), table, states, None, None)
        return self._all(Correction, query.order_by(col(table.id)).limit(limit))

    def bulletins(
        self, *, meeting: str | None = None, states: Sequence[BulletinState] = (), limit: int = 200
    ) -> tuple[Bulletin, ...]:
        table = tables.Bulletin
        query = _between(_where(select(table), table, meeting=meeting), table, states, None, None)
        return self._all(Bulletin, query.order_by(col(table.id)).limit(limit))

    def group(self, word: str) -> Workgroup | None:
        found = self.get(Workgroup, word.strip().upper())
        if found is not None:
            return found
        wanted = word.strip().casefold()
        named = (wanted, f"werkgroep {wanted}", f"programma {wanted}")
        for group in sorted(self.groups(), key=lambda one: one.state not in LIVING_STATES):
            known = {group.code.casefold(), group.name.casefold(), *(alias.casefold() for alias in group.aliases)}
            if known & set(named):
                return group
        return None

    def groups(self, *, states: Sequence[GroupState] = ()) -> tuple[Workgroup, ...]:
        table = tables.Workgroup
        query = select(table).order_by(col(table.code))
        if states:
            query = query.where(col(table.state).in_(list(states)))
        return self._all(Workgroup, query)

    def feedback(self, *, about: str | None = None, to: str | None = None, limit: int = 50) -> tuple[Feedback, ...]:
        table = tables.Feedback
        query = select(table)
        if about is not None:
            query = query.where(table.about == about)
        if to is not None:
            query = query.where(table.to == to)
        return self._all(Feedback, query.order_by(col(table.at).desc(), col(table.id).desc()).limit(limit))

    def evaluations(
        self, *, about: str | None = None, states: Sequence[EvaluationState] = (), limit: int = 50
    ) -> tuple[Evaluation, ...]:
        table = tables.Evaluation
        query = select(table)
        if about is not None:
            query = query.where(table.about == about)
        if states:
            query = query.where(col(table.state).in_(list(states)))
        return self._all(Evaluation, query.order_by(col(table.day), col(table.id)).limit(limit))

    # --- without a name (INV-36) ------------------------------------------------------------------------------------
    def respondents(self, evaluation: str) -> tuple[Respondent, ...]:
        return voices.respondents(self.session, evaluation)

    def put_respondent(self, evaluation: str, respondent: Respondent) -> None:
        voices.put_respondent(self.session, evaluation, respondent)

    def voices(self, about: str, subject: str) -> tuple[str, ...]:
        return voices.said(self.session, about, subject)

    def add_voice(self, about: str, subject: str, text: str) -> None:
        voices.add(self.session, about, subject, text)

    def drop_voice(self, about: str, subject: str, text: str) -> bool:
        return voices.drop(self.session, about, subject, text)

    def _all(self, kind: type[R], query: Any) -> tuple[R, ...]:
        return tuple(word_from(kind, row) for row in self.session.exec(query))

    # --- what goes out, waits and is owed --------------------------------------------------------------------------
    def post(self, outgoing: Outgoing) -> bool:
        return outbox.post(self.session, outgoing)

    def posted(self, channel: str, event_id: str, *, exact: bool = False) -> Posted | None:
        return outbox.posted(self.session, channel, event_id, exact=exact)

    def last_posted(self, to: str, *, offering: bool = False, asking: bool = False) -> Posted | None:
        return outbox.last_posted(self.session, to, offering=offering, asking=asking)

    def deliveries(self) -> tuple[int, int]:
        return outbox.counts(self.session)

    def speaker(self, channel: str) -> Speaker | None:
        told = inbox.recall(self.session, channel, inbox.SPEAKER)
        return Speaker(**json.loads(told)) if told else None

    def ask(self, question: Question) -> int:
        values = to_plain(question) | {"asked_at": question.asked_at, "expires_at": question.expires_at}
        row = tables.Question(**{**values, "id": None, "state": tables.QuestionState.OPEN})
        self.session.add(row)
        self.session.flush()
        id = cast(int, row.id)
        self.owe(f"Q{id}", [Due("vraag_verloopt", f"Q{id}", "", question.expires_at)], kinds=("vraag_verloopt",))
        return id

    def question(self, id: int, *, state: QuestionState = "open") -> Question | None:
        row = self.session.get(tables.Question, id)
        return _question(row) if row is not None and row.state == tables.QuestionState(state) else None

    def open_questions(self, person: str) -> tuple[Question, ...]:
        table = tables.Question
        query = select(table).where(table.person == person, table.state == tables.QuestionState.OPEN)
        return tuple(_question(row) for row in self.session.exec(query.order_by(col(table.id))))

    def close_question(self, id: int, state: QuestionState) -> None:
        row = self.session.get_one(tables.Question, id)
        row.state = tables.QuestionState(state)
        self.session.flush()

    def owe(self, about: str, dues: Sequence[Due], *, kinds: Sequence[str]) -> None:
        table = tables.Due
        undone = delete(table).where(
            col(table.about) == about, col(table.kind).in_(kinds), col(table.done_at).is_(None)
        )
        self.session.exec(undone)
        for due in dues:
            here = (table.about == about, table.kind == due.kind, table.occasion == due.occasion)
            if self.session.exec(select(table).where(*here)).first() is None:
                self.session.add(tables.Due(kind=due.kind, about=about, occasion=due.occasion, at=due.at))
        self.session.flush()

    def hasten(self, person: str, at: datetime) -> None:
        table = tables.Due
        theirs = col(table.occasion).endswith(f"{FOR_ONE}{person}", autoescape=True)
        self.session.exec(update(table).where(col(table.done_at).is_(None), col(table.at) > at, theirs).values(at=at))

    def next_due(self) -> Due | None:
        table = tables.Due
        query = select(table).where(col(table.done_at).is_(None)).order_by(col(table.at), col(table.id)).limit(1)
        row = self.session.exec(query).first()
        return Due(row.kind, row.about, row.occasion, row.at) if row else None

    def preference(self, person: str) -> Preference | None:
        return self.get(Preference, Preference(person).id)

    def reminders(
        self,
        *,
        person: str | None = None,
        body: str | None = None,
        states: Sequence[ReminderState] = (),
        limit: int = 200,
    ) -> tuple[Reminder, ...]:
        table = tables.Reminder
        query = _where(select(table), table, person=person, body=body)
        query = _between(query, table, states, None, None)
        return self._all(Reminder, query.order_by(col(table.next_at), col(table.id)).limit(limit))

    def keep_news(self, news: News) -> None:
        row = tables.News(
            person=news.person, at=news.at, message=as_data(news.message), about=list(news.about), source=news.source
        )
        self.session.add(row)
        self.session.flush()

    def take_news(self, person: str) -> tuple[News, ...]:
        table = tables.News
        rows = self.session.exec(select(table).where(table.person == person).order_by(col(table.id))).all()
        self.session.exec(delete(table).where(col(table.person) == person))
        return tuple(
            News(row.person, row.at, from_data(row.message), tuple(row.about), row.source, row.id) for row in rows
        )

    def savepoint(self) -> Savepoint:
        return self.session.begin_nested()

    # --- undo ------------------------------------------------------------------------------------------------------
    def begin_deed(self, person: str, at: datetime, source: str) -> int:
        row = tables.Deed(person=person, at=at, source=source)
        self.session.add(row)
        self.session.flush()
        return cast(int, row.id)

    def describe_deed(self, deed: int, summary: str) -> None:
        self.session.get_one(tables.Deed, deed).summary = summary
        self.session.flush()

    def last_deed(self, person: str) -> Deed | None:
        table = tables.Deed
        query = select(table).where(table.person == person, table.summary != "").order_by(col(table.id).desc()).limit(1)
        row = self.session.exec(query).first()
        return self._deed(row) if row is not None else None

    def deeds_from(self, source: str) -> tuple[Deed, ...]:
        table = tables.Deed
        query = select(table).where(table.source == source, table.summary != "").order_by(col(table.id).desc())
        return tuple(self._deed(row) for row in self.session.exec(query))

    def _deed(self, row: tables.Deed) -> Deed:
        history = tables.History
        changed = self.session.exec(select(history.about).where(history.deed == row.id).distinct()).all()
        return Deed(cast(int, row.id), row.person, row.at, row.summary, row.undone, row.source, tuple(sorted(changed)))

    def mark(self, deed: int, change: Change) -> None:
        history = tables.History
        changed = select(history.kind, history.about).where(history.deed == deed).distinct().order_by(history.about)
        kinds: dict[str, Any] = {kind.__name__: kind for kind in TABLES}
        for kind, about in self.session.exec(changed).all():
            record = self.get(kinds[kind], about)
            if record is not None:
                self.put(record, change)

    def told_by(self, source: str) -> tuple[str, ...]:
        table = tables.Outbox
        query = select(table.to).where(col(table.key).startswith(f"notice:{source}:", autoescape=True))
        return tuple(dict.fromkeys(self.session.exec(query.order_by(col(table.id)))))

    def undo(self, deed: int, change: Change) -> None:
        history = tables.History
        rows = self.session.exec(select(history).where(history.deed == deed).order_by(col(history.id))).all()
        firsts = {row.about: row for row in reversed(rows)}
        kinds: dict[str, Any] = {kind.__name__: kind for kind in TABLES}
        for first in sorted(firsts.values(), key=lambda row: -cast(int, row.id)):
            kind = kinds[first.kind]
            old = before_deed(self.session, first)
            record = from_plain(kind, old) if old is not None else void(word_of(kind, first.after), change.at)
            record = newer(record, self.get(kind, first.about)) if record is not None else None
            if record is not None:
                self.put(record, change)
        done = self.session.get_one(tables.Deed, deed)
        done.undone = True
        # What nobody read yet need not be told and taken back.
        self.session.exec(delete(tables.News).where(col(tables.News.source) == done.source))
        self.session.flush()


def _where(query: Any, table: Any, **wanted: str | None) -> Any:
    for name, value in wanted.items():
        if value is not None:
            query = query.where(col(getattr(table, name)) == value)
    return query


def _between(
    query: Any, table: Any, states: Sequence[Any], made_since: datetime | None, made_until: datetime | None
) -> Any:
    """Records in those states, made in [made_since, made_until)."""
    if states:
        query = query.where(col(table.state).in_(list(states)))
    if made_since is not None:
        query = query.where(col(table.made_at) >= made_since)
    if made_until is not None:
        query = query.where(col(table.made_at) < made_until)
    return query


def _key(kind: type, id: str) -> str:
    """The key of the row; a room goes by its body, and by another id in the history."""
    return id.removeprefix(ROOM_OF) if kind is Room else id


def word_of(kind: Any, plain: Any) -> Any:
    """A word from its JSON values."""
    return from_plain(kind, plain)


def _history(row: tables.History) -> HistoryRow:
    return HistoryRow(row.about, row.at, row.by, row.from_state, row.to_state, row.why, row.source)


def _question(row: tables.Question) -> Question:
    return word_from(Question, row)
