"""Requests for help, who is to be found for what, and what deserves a stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import col, select

from commands.words.helping import Expertise, ExpertState, HelpRequest, HelpState, Success, SuccessState
from storage import tables, voices
from storage.store.queries import between, where
from storage.store.records import Records


class Helping(Records):
    """See the port for what each call means."""

    def help_requests(
        self,
        *,
        by: str | None = None,
        body: str | None = None,
        states: Sequence[HelpState] = (),
        asked_since: datetime | None = None,
        asked_until: datetime | None = None,
        limit: int = 50,
    ) -> tuple[HelpRequest, ...]:
        table = tables.HelpRequest
        query = select(table)
        if by is not None:
            unnamed = select(tables.HelpAsker.request).where(tables.HelpAsker.person == by)
            query = query.where(or_(col(table.by) == by, col(table.id).in_(unnamed)))
        query = between(where(query, table, body=body), table, states, None, None)
        if asked_since is not None:
            query = query.where(col(table.asked_at) >= asked_since)
        if asked_until is not None:
            query = query.where(col(table.asked_at) < asked_until)
        return self._all(HelpRequest, query.order_by(col(table.id)).limit(limit))

    def asker(self, request: HelpRequest) -> str | None:
        return voices.asker(self.session, request.id) if request.anonymous else request.by

    def keep_asker(self, request: str, person: str | None) -> None:
        voices.keep_asker(self.session, request, person)

    def experts(self, *, topic: str | None = None, person: str | None = None) -> tuple[Expertise, ...]:
        table = tables.Expertise
        key = topic.casefold() if topic is not None else None
        query = where(select(table), table, key=key, person=person).where(table.state == ExpertState.LISTED)
        return self._all(Expertise, query.order_by(col(table.key), col(table.person)))

    def successes(
        self, *, states: Sequence[SuccessState] = (), within: str | None = None, limit: int = 50
    ) -> tuple[Success, ...]:
        table = tables.Success
        query = between(where(select(table), table, within=within), table, states, None, None)
        query = query.where(col(table.staged_in).is_(None)) if within is not None else query
        return self._all(Success, query.order_by(col(table.id)).limit(limit))
