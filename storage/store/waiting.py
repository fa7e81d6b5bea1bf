"""What goes out, waits for an answer, and is owed by the clock."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from sqlalchemy import bindparam, delete, func, update
from sqlalchemy import select as sql
from sqlmodel import col, select

from commands.kit.ports import Due, HeldPost, News, Offer, Outgoing, Posted, Question, QuestionState, Speaker
from commands.kit.reply import as_data, from_data
from commands.words.reminder import Reminder, ReminderState
from storage import inbox, outbox, tables
from storage.lasting import note_due
from storage.mapping import from_plain, to_plain, word_from
from storage.store.queries import between, where
from storage.store.records import Records

#: Between an occasion and the person for whom alone it is owed.
FOR_ONE = "|"

# Built once: building costs more than asking.
_DUE = tables.Due.__table__  # type: ignore[attr-defined]
_OWED = sql(_DUE.c.id).where(
    _DUE.c.about == bindparam("of"), _DUE.c.kind == bindparam("its_kind"), _DUE.c.occasion == bindparam("its_occasion")
)
_UNDONE = delete(tables.Due).where(
    col(tables.Due.about) == bindparam("of"),
    col(tables.Due.kind).in_(bindparam("kinds", expanding=True)),
    col(tables.Due.done_at).is_(None),
)


class Waiting(Records):
    """See the port for what each call means."""

    def post(self, outgoing: Outgoing) -> bool:
        return outbox.post(self.session, outgoing)

    def unasked(self, to: str, since: date, until: date) -> int:
        table = tables.Outbox
        query = select(func.count()).select_from(table).where(table.to == to)
        return self.session.exec(query.where(col(table.counted).between(since, until))).one()

    def hold(self, held: HeldPost) -> bool:
        table, out = tables.HeldPost, tables.Outbox
        known = self.session.exec(select(out.id).where(out.key == held.key)).first()
        if known is not None or self.session.exec(select(table.id).where(table.key == held.key)).first() is not None:
            return False
        row = table(
            key=held.key,
            to=held.to,
            at=held.at,
            message=as_data(held.message),
            about=list(held.about),
            source=held.source,
            until=held.until,
            offers=to_plain(held.offers),
        )
        self.session.add(row)
        self.session.flush()
        return True

    def held(self, to: str) -> tuple[HeldPost, ...]:
        table = tables.HeldPost
        query = select(table).where(table.to == to, col(table.told_at).is_(None)).order_by(col(table.id))
        return tuple(
            HeldPost(
                row.key,
                row.to,
                row.at,
                from_data(row.message),
                tuple(row.about),
                row.source,
                row.until,
                tuple(from_plain(Offer, one) for one in row.offers),
            )
            for row in self.session.exec(query)
        )

    def told(self, held: HeldPost, at: datetime) -> None:
        table = tables.HeldPost
        row = self.session.exec(select(table).where(table.key == held.key)).one()
        row.told_at = at
        self.session.flush()

    def posted(self, channel: str, event_id: str, *, exact: bool = False) -> Posted | None:
        return outbox.posted(self.session, channel, event_id, exact=exact)

    def offered_since(self, channel: str, event_id: str) -> tuple[Offer, ...]:
        return outbox.offered_since(self.session, channel, event_id)

    def heard_from(self, channel: str, event_id: str) -> str:
        table = tables.Inbox
        said = select(table.sender).where(table.channel == channel, table.event_id == event_id)
        return self.session.exec(said).first() or ""

    def last_posted(self, to: str, *, offering: bool = False, asking: bool = False) -> Posted | None:
        return outbox.last_posted(self.session, to, offering=offering, asking=asking)

    def deliveries(self) -> tuple[int, int]:
        return outbox.counts(self.session)

    def undelivered(self, since: datetime) -> tuple[tuple[str, int], ...]:
        return outbox.undelivered(self.session, since)

    def speaker(self, channel: str) -> Speaker | None:
        told = inbox.recall(self.session, channel, inbox.SPEAKER)
        return Speaker(**json.loads(told)) if told else None

    def voiceless_since(self, channel: str) -> datetime | None:
        told = inbox.recall(self.session, channel, inbox.VOICELESS)
        return datetime.fromisoformat(told) if told else None

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
        # Of the rows that a sweep holds, the session has to know that they are gone.
        how = {"synchronize_session": "fetch"}
        self.session.execute(_UNDONE, {"of": about, "kinds": list(kinds)}, execution_options=how)
        for due in dues:
            here = {"of": about, "its_kind": due.kind, "its_occasion": due.occasion}
            if self._rows(_OWED, here).first() is None:
                row = {"kind": due.kind, "about": about, "occasion": due.occasion, "at": due.at}
                self.session.connection().execute(_DUE.insert(), {**row, "meant": None, "done_at": None})
                note_due(self.session, due.at)

    def hasten(self, person: str, at: datetime) -> None:
        table = tables.Due
        theirs = col(table.occasion).endswith(f"{FOR_ONE}{person}", autoescape=True)
        note_due(self.session, at)
        self.session.exec(update(table).where(col(table.done_at).is_(None), col(table.at) > at, theirs).values(at=at))

    def held_for(self, person: str, *, limit: int = 50) -> tuple[Due, ...]:
        table = tables.Due
        theirs = col(table.occasion).endswith(f"{FOR_ONE}{person}", autoescape=True)
        query = select(table).where(col(table.done_at).is_(None), theirs).order_by(col(table.at), col(table.id))
        return tuple(Due(row.kind, row.about, row.occasion, row.at) for row in self.session.exec(query.limit(limit)))

    def done_before(self, about: str, kind: str, occasion: str) -> bool:
        table = tables.Due
        done = select(table.id).where(
            col(table.about) == about, col(table.kind) == kind, col(table.done_at).is_not(None)
        )
        other = done.where(~col(table.occasion).startswith(occasion, autoescape=True))
        return self.session.exec(other.limit(1)).first() is not None

    def next_due(self) -> Due | None:
        table = tables.Due
        query = select(table).where(col(table.done_at).is_(None)).order_by(col(table.at), col(table.id)).limit(1)
        row = self.session.exec(query).first()
        return Due(row.kind, row.about, row.occasion, row.at) if row else None

    def reminders(
        self,
        *,
        person: str | None = None,
        body: str | None = None,
        anchor: str | None = None,
        states: Sequence[ReminderState] = (),
        limit: int = 200,
    ) -> tuple[Reminder, ...]:
        table = tables.Reminder
        query = where(select(table), table, person=person, body=body, anchor=anchor)
        query = between(query, table, states, None, None)
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


def _question(row: tables.Question) -> Question:
    return word_from(Question, row)
