"""Meetings: what lies on the table, what was decided there, and the texts about them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, Text
from sqlmodel import Field, SQLModel

from commands.words.agreement import AgreementState, DueKind, Feasible, Pdca, Progress
from commands.words.attention import AttentionState
from commands.words.consultation import ConsultationState
from commands.words.decision import DecisionState
from commands.words.mandate import MandateState
from commands.words.meeting import ItemState, MeetingKind, MeetingState, Nature
from commands.words.minutes import BulletinKind, BulletinState, CorrectionState
from commands.words.signal import Horizon, Track
from storage.tables.columns import body_key, choice, item_key, person_key, values


class Meeting(SQLModel, table=True):
    __table_args__ = (Index("ix_meeting_body_day", "body", "day"),)

    id: str = Field(primary_key=True)
    body: str = Field(sa_column=body_key())
    kind: MeetingKind = Field(sa_column=choice(MeetingKind))
    day: date = Field(index=True)
    state: MeetingState = Field(sa_column=choice(MeetingState))
    start: time | None = None
    end: time | None = None
    round: str | None = None
    because: str = ""
    present: list[str] = Field(sa_column=values())
    minutes: str = ""
    sequence: int = 0
    uid: str = Field(default="", index=True)


class AgendaItem(SQLModel, table=True):
    __tablename__ = "agenda_item"

    id: str = Field(primary_key=True)
    meeting: str = Field(sa_column=Column(Text, ForeignKey("meeting.id"), nullable=False, index=True))
    number: int
    title: str
    nature: Nature = Field(sa_column=choice(Nature))
    horizon: Horizon = Field(sa_column=choice(Horizon))
    raiser: str = Field(sa_column=person_key())
    on_behalf_of: str
    state: ItemState = Field(sa_column=choice(ItemState))
    signals: list[str] = Field(sa_column=values())
    main_line: str = ""
    choice: str = ""
    ask: str = ""
    without: str = ""
    minutes: int | None = None
    moved_on: int = 0
    outcome: str = ""
    hammer: bool = False
    topic: str | None = None
    interest: str = ""
    papers: list[str] = Field(sa_column=values())
    stands: list[Any] = Field(sa_column=values())
    previous: str | None = Field(default=None, sa_column=Column(Text, ForeignKey("agenda_item.id"), nullable=True))
    beforehand: str = ""
    group: str | None = None


class AgendaItemSignal(SQLModel, table=True):
    __tablename__ = "agenda_item_signal"

    signal: str = Field(sa_column=Column(Text, ForeignKey("signal.id"), primary_key=True))
    item: str = Field(sa_column=Column(Text, ForeignKey("agenda_item.id"), primary_key=True))


class Decision(SQLModel, table=True):
    __table_args__ = (Index("ix_decision_body_state", "body", "state"), Index("ix_decision_made_at", "made_at"))

    id: str = Field(primary_key=True)
    text: str
    body: str = Field(sa_column=body_key())
    meeting: str = Field(sa_column=Column(Text, ForeignKey("meeting.id"), nullable=False, index=True))
    made_by: str = Field(sa_column=person_key())
    made_at: datetime
    state: DecisionState = Field(sa_column=choice(DecisionState))
    item: str | None = Field(default=None, sa_column=item_key())
    signals: list[str] = Field(sa_column=values())
    category: str | None = None
    within_mandate: bool | None = None
    not_represented: list[str] = Field(sa_column=values())
    stands: list[Any] = Field(sa_column=values())
    needs_measure: bool = True
    measure: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    measure_because: str = ""
    due: date | None = None
    outcome: str = ""
    revises: str | None = Field(default=None, sa_column=Column(Text, ForeignKey("decision.id"), nullable=True))
    revised_by: str | None = Field(default=None, sa_column=Column(Text, ForeignKey("decision.id"), nullable=True))
    public: str = ""
    fixed_at: datetime | None = None
    fixed_by: str | None = Field(default=None, sa_column=person_key(optional=True))
    written_until: date | None = None


class Agreement(SQLModel, table=True):
    __table_args__ = (
        Index("ix_agreement_body_state", "body", "state"),
        Index("ix_agreement_lead_state", "lead", "state"),
        Index("ix_agreement_accountable_to_state", "accountable_to", "state"),
        Index("ix_agreement_made_at", "made_at"),
    )

    id: str = Field(primary_key=True)
    text: str
    body: str = Field(sa_column=body_key())
    meeting: str = Field(sa_column=Column(Text, ForeignKey("meeting.id"), nullable=False, index=True))
    binds: list[str] = Field(sa_column=values())
    responsible: str
    lead: str = Field(sa_column=person_key())
    accountable_to: str = Field(sa_column=body_key())
    made_by: str = Field(sa_column=person_key())
    made_at: datetime
    state: AgreementState = Field(sa_column=choice(AgreementState))
    progress: Progress = Field(sa_column=choice(Progress))
    source: str
    item: str | None = Field(default=None, sa_column=item_key())
    signals: list[str] = Field(sa_column=values())
    due: date | None = None
    due_kind: DueKind = Field(sa_column=choice(DueKind))
    goal: str = ""
    track: Track = Field(sa_column=choice(Track))
    pdca: Pdca = Field(sa_column=choice(Pdca))
    act: str = ""
    in_time: Feasible = Field(sa_column=choice(Feasible, called="in_time"))
    in_money: Feasible = Field(sa_column=choice(Feasible, called="in_money"))
    meaning: str = ""
    evidence: str = ""
    entries: list[Any] = Field(sa_column=values())
    stands: list[Any] = Field(sa_column=values())
    needs_measure: bool = True
    measure: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    measure_because: str = ""
    outcome: str = ""
    replaces: str | None = Field(default=None, sa_column=Column(Text, ForeignKey("agreement.id"), nullable=True))
    replaced_by: str | None = Field(default=None, sa_column=Column(Text, ForeignKey("agreement.id"), nullable=True))
    fixed_at: datetime | None = None
    fixed_by: str | None = Field(default=None, sa_column=person_key(optional=True))
    category: str | None = None
    within_mandate: bool | None = None
    variants: list[Any] = Field(sa_column=values())


class AttentionPoint(SQLModel, table=True):
    __tablename__ = "attention_point"
    __table_args__ = (Index("ix_attention_point_body_state", "body", "state"),)

    id: str = Field(primary_key=True)
    text: str
    body: str = Field(sa_column=body_key())
    meeting: str = Field(sa_column=Column(Text, ForeignKey("meeting.id"), nullable=False, index=True))
    made_by: str = Field(sa_column=person_key())
    made_at: datetime
    organisations: list[str] = Field(sa_column=values())
    state: AttentionState = Field(sa_column=choice(AttentionState))
    item: str | None = Field(default=None, sa_column=item_key())
    confirmed_as: str | None = None
    because: str = ""


class Mandate(SQLModel, table=True):
    id: str = Field(sa_column=Column(Text, ForeignKey("body.code"), primary_key=True))
    categories: list[str] = Field(sa_column=values())
    given_by: str = Field(sa_column=body_key())
    set_by: str = Field(sa_column=person_key())
    set_at: datetime
    text: str = ""
    state: MandateState = Field(sa_column=choice(MandateState))


class Correction(SQLModel, table=True):
    __table_args__ = (Index("ix_correction_meeting_state", "meeting", "state"),)

    id: str = Field(primary_key=True)
    meeting: str = Field(sa_column=Column(Text, ForeignKey("meeting.id"), nullable=False))
    about: str
    text: str
    by: str = Field(sa_column=person_key())
    made_at: datetime
    state: CorrectionState = Field(sa_column=choice(CorrectionState))
    because: str = ""
    settled_by: str | None = Field(default=None, sa_column=person_key(optional=True))
    settled_at: datetime | None = None


class Bulletin(SQLModel, table=True):
    __table_args__ = (
        Index("ix_bulletin_meeting_state", "meeting", "state"),
        Index("ix_bulletin_state_releases", "state", "releases"),
        Index("ix_bulletin_to_state", "to", "state"),
    )

    id: str = Field(primary_key=True)
    meeting: str | None = Field(default=None, sa_column=Column(Text, ForeignKey("meeting.id"), nullable=True))
    kind: BulletinKind = Field(sa_column=choice(BulletinKind))
    to: str
    text: str
    releases: str = Field(sa_column=person_key())
    made_at: datetime
    state: BulletinState = Field(sa_column=choice(BulletinState))
    route: str = ""
    released_by: str | None = Field(default=None, sa_column=person_key(optional=True))
    released_at: datetime | None = None
    because: str = ""
    about: str = Field(default="", index=True)
    line: list[str] = Field(sa_column=values())


class Consultation(SQLModel, table=True):
    __table_args__ = (Index("ix_consultation_body_state", "body", "state"),)

    id: str = Field(primary_key=True)
    question: str
    parties: list[str] = Field(sa_column=values())
    closes_on: date
    body: str = Field(sa_column=body_key())
    meeting: str = Field(sa_column=Column(Text, ForeignKey("meeting.id"), nullable=False, index=True))
    made_by: str = Field(sa_column=person_key())
    made_at: datetime
    about: str = Field(default="", index=True)
    state: ConsultationState = Field(sa_column=choice(ConsultationState))
    answers: list[Any] = Field(sa_column=values())
    because: str = ""
