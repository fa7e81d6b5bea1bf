"""One question to everyone in a body, and who was asked."""

from __future__ import annotations

from sqlmodel import col, select

from commands.words.poll import Poll, PollKind
from storage import tables
from storage.store.queries import where
from storage.store.records import Records


class Polls(Records):
    """See the port for what each call means."""

    def polls(self, *, about: str, kind: PollKind | None = None, limit: int = 200) -> tuple[Poll, ...]:
        table = tables.Poll
        query = where(select(table), table, about=about, kind=kind)
        return self._all(Poll, query.order_by(col(table.asked_on), col(table.id)).limit(limit))

    def polled(self, poll: str) -> tuple[tuple[str, bool], ...]:
        table = tables.Polled
        rows = self.session.exec(select(table).where(table.poll == poll).order_by(col(table.person)))
        return tuple((row.person, row.answered) for row in rows)

    def keep_polled(self, poll: str, person: str, *, answered: bool) -> None:
        row = self.session.get(tables.Polled, (poll, person))
        if row is None:
            row = tables.Polled(poll=poll, person=person, answered=answered)
            self.session.add(row)
        row.answered = answered
        self.session.flush()
