"""Meetings, what lies on the table there, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from commands.words.agreement import Agreement, AgreementState
from commands.words.attention import AttentionPoint, AttentionState
from commands.words.consultation import Consultation, ConsultationState
from commands.words.decision import Decision, DecisionState
from commands.words.meeting import AgendaItem, Meeting, MeetingKind
from commands.words.minutes import Bulletin, BulletinState, Correction, CorrectionState


class Meetings(Protocol):
    """A part of `Store`."""

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
        """Meetings by date (both ends inclusive); cancelled ones only when asked for."""

    def meeting_of(self, uid: str) -> Meeting | None:
        """The meeting that came in from a calendar under that number."""

    def items(self, *, meeting: str | None = None, signal: str | None = None) -> tuple[AgendaItem, ...]:
        """Agenda items of a meeting or about a signal, by meeting and number."""

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
        """Decisions that match all that is given, oldest first, at most `limit`; made in [made_since, made_until)."""

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
        """Agreements that match all that is given, oldest first, at most `limit`; made in [made_since, made_until)."""

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
        """Attention points that match all that is given, by id, at most `limit`; made in [made_since, made_until)."""

    def corrections(
        self, *, meeting: str | None = None, states: Sequence[CorrectionState] = (), limit: int = 200
    ) -> tuple[Correction, ...]:
        """Corrections of minutes that match, by id."""

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
        """Texts for others that match all that is given, by id, at most `limit`."""

    def consultations(
        self,
        *,
        body: str | None = None,
        meeting: str | None = None,
        about: str | None = None,
        states: Sequence[ConsultationState] = (),
        limit: int = 200,
    ) -> tuple[Consultation, ...]:
        """Consultations that match all that is given, by id, at most `limit`."""
