"""Meetings, what lies on the table there, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as sql
from sqlmodel import col, select

from commands.words.agreement import Agreement, AgreementState
from commands.words.attention import AttentionPoint, AttentionState
from commands.words.consultation import Consultation, ConsultationState
from commands.words.decision import Decision, DecisionState
from commands.words.meeting import AgendaItem, Meeting, MeetingKind, MeetingState
from commands.words.minutes import Bulletin, BulletinState, Correction, CorrectionState
from storage import tables
from storage.mapping import word_from
from storage.store.queries import between, where
from storage.store.records import Records

_MEETING = tables.Meeting.__table__  # type: ignore[attr-defined]


@cache
def _meetings(given: tuple[str, ...], cancelled: bool) -> Any:
    """Built once for each choice of what is given: building costs more than asking."""
    ways = {
        "body": _MEETING.c.body == bindparam("body"),
        "since": _MEETING.c.day >= bindparam("since"),
        "until": _MEETING.c.day <= bindparam("until"),
        "kinds": _MEETING.c.kind.in_(bindparam("kinds", expanding=True)),
    }
    query = sql(_MEETING).where(*(ways[name] for name in given))
    if not cancelled:
        query = query.where(_MEETING.c.state != MeetingState.CANCELLED)
    return query.order_by(_MEETING.c.day, _MEETING.c.id).limit(bindparam("most"))


class Meetings(Records):
    """See the port for what each call means."""

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
        given = {"body": body, "since": since, "until": until, "kinds": list(kinds) or None}
        wanted = {name: value for name, value in given.items() if value is not None}
        rows = self._rows(_meetings(tuple(wanted), cancelled), {**wanted, "most": limit})
        return tuple(word_from(Meeting, row) for row in rows)

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
        query = where(select(table), table, body=body, meeting=meeting, item=item)
        query = between(query, table, states, made_since, made_until)
        return self._all(Decision, query.order_by(col(table.made_at), col(table.id)).limit(limit))

    def agreements(
        self,
        *,
        body: str | None = None,
        meeting: str | None = None,
        item: str | None = None,
        lead: str | None = None,
        accountable_to: str | None = None,
        states: Sequence[AgreementState] = (),
        made_since: datetime | None = None,
        made_until: datetime | None = None,
        limit: int = 200,
    ) -> tuple[Agreement, ...]:
        table = tables.Agreement
        keys = {"body": body, "meeting": meeting, "item": item, "lead": lead, "accountable_to": accountable_to}
        query = where(select(table), table, **keys)
        query = between(query, table, states, made_since, made_until)
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
        query = where(select(table), table, body=body, meeting=meeting, item=item)
        query = between(query, table, states, made_since, made_until)
        return self._all(AttentionPoint, query.order_by(col(table.id)).limit(limit))

    def corrections(
        self, *, meeting: str | None = None, states: Sequence[CorrectionState] = (), limit: int = 200
    ) -> tuple[Correction, ...]:
        table = tables.Correction
        query = between(where(select(table), table, meeting=meeting), table, states, None, None)
        return self._all(Correction, query.order_by(col(table.id)).limit(limit))

    def bulletins(
        self,
        *,
        meeting: str | None = None,
        about: str | None = None,
        releases: str | None = None,
        to: str | None = None,
        states: Sequence[BulletinState] = (),
        limit: int = 200,
    ) -> tuple[Bulletin, ...]:
        table = tables.Bulletin
        query = where(select(table), table, meeting=meeting, about=about, releases=releases, to=to)
        return self._all(Bulletin, between(query, table, states, None, None).order_by(col(table.id)).limit(limit))

    def consultations(
        self,
        *,
        body: str | None = None,
        meeting: str | None = None,
        about: str | None = None,
        states: Sequence[ConsultationState] = (),
        limit: int = 200,
    ) -> tuple[Consultation, ...]:
        table = tables.Consultation
        query = where(select(table), table, body=body, meeting=meeting, about=about)
        return self._all(Consultation, between(query, table, states, None, None).order_by(col(table.id)).limit(limit))
