"""Signals, proposals and actions, and texts that are alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import bindparam
from sqlalchemy import select as sql
from sqlmodel import col, select

from commands.rules.likeness import Lexicon
from commands.words.action import Action, ActionState
from commands.words.proposal import Proposal, ProposalState
from commands.words.signal import Signal, SignalState
from storage import similar, tables
from storage.store.records import Records

_SIGNAL, _RAISER = tables.Signal.__table__, tables.SignalRaiser.__table__  # type: ignore[attr-defined]
_WENT_UP = (
    sql(_SIGNAL.c.merged_into)
    .join(_RAISER, _RAISER.c.signal == _SIGNAL.c.id)
    .where(_RAISER.c.person == bindparam("person"), _SIGNAL.c.merged_into.is_not(None))
    .cte("went_up", recursive=True)
)
# Each id once, so that a circle ends.
_RAISED_INTO = sql(
    _WENT_UP.union(
        sql(_SIGNAL.c.merged_into)
        .join(_WENT_UP, _SIGNAL.c.id == _WENT_UP.c.merged_into)
        .where(_SIGNAL.c.merged_into.is_not(None))
    )
)


class Signals(Records):
    """See the port for what each call means."""

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
        filed_until: datetime | None = None,
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
        if filed_until is not None:
            query = query.where(col(table.filed_at) < filed_until)
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

    def raised_into(self, person: str) -> frozenset[str]:
        self.session.flush()
        return frozenset(self.session.connection().execute(_RAISED_INTO, {"person": person}).scalars())

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
        made_since: datetime | None = None,
        made_until: datetime | None = None,
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
        if made_since is not None:
            query = query.where(col(table.made_at) >= made_since)
        if made_until is not None:
            query = query.where(col(table.made_at) < made_until)
        return self._all(Action, query.order_by(col(table.due), col(table.id)).limit(limit))
