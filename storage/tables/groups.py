"""Groups and programmes, how they are evaluated, and what was fed back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Text
from sqlmodel import Field, SQLModel

from commands.words.evaluation import Advice, EvaluationKind, EvaluationState
from commands.words.signal import PolicyChange, Track
from commands.words.structure import BodyKind
from commands.words.template import Seat
from commands.words.workgroup import GroupState, Phase
from storage.tables.columns import body_key, choice, person_key, values


class Workgroup(SQLModel, table=True):
    __table_args__ = (CheckConstraint('"end" > start', name="end_after_start"),)

    code: str = Field(sa_column=Column(Text, ForeignKey("body.code"), primary_key=True))
    name: str
    kind: BodyKind = Field(sa_column=choice(BodyKind))
    state: GroupState = Field(sa_column=choice(GroupState))
    start: date
    end: date
    parent: str = Field(sa_column=body_key())
    task: str = ""
    not_task: str = ""
    value: str = ""
    topic: str | None = None
    chair: str | None = Field(default=None, sa_column=person_key(optional=True))
    members: list[str] = Field(sa_column=values())
    with_externals: bool = False
    occasion: list[str] = Field(sa_column=values())
    track: Track = Field(sa_column=choice(Track))
    evaluate_by: date | None = None
    evaluated_on: date | None = None
    last_feedback: date | None = None
    extensions: int = 0
    extended_on: date | None = None
    scope_changes: int = 0
    chair_because: str = ""
    advice: str = ""
    policy_change: PolicyChange | None = Field(sa_column=choice(PolicyChange, optional=True))
    absorbed_into: str | None = Field(default=None, sa_column=body_key(optional=True))
    ended_on: date | None = None
    ended_because: str = ""
    why_not_group: str = ""
    phase: Phase | None = Field(sa_column=choice(Phase, optional=True))
    held_to: str = ""
    communication: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    final_review: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    handed_over_to: str | None = Field(default=None, sa_column=body_key(optional=True))
    template: str | None = None
    within: str | None = Field(default=None, sa_column=body_key(optional=True))
    seat: Seat | None = Field(sa_column=choice(Seat, optional=True))
    aliases: list[str] = Field(sa_column=values())
    disciplines: list[str] = Field(sa_column=values())


class Evaluation(SQLModel, table=True):
    __table_args__ = (
        Index("ix_evaluation_about_day", "about", "day"),
        Index("ix_evaluation_state_day", "state", "day"),
    )

    id: str = Field(primary_key=True)
    kind: EvaluationKind = Field(sa_column=choice(EvaluationKind))
    about: str = Field(sa_column=body_key())
    day: date
    state: EvaluationState = Field(sa_column=choice(EvaluationState))
    asked_on: date | None = None
    closes_on: date | None = None
    held_on: date | None = None
    process: str = ""
    content: str = ""
    relation: str = ""
    method: str = ""
    answers: int = 0
    asked: int = 0
    praise: list[str] = Field(sa_column=values())
    complaints: list[Any] = Field(sa_column=values())
    actions: list[str] = Field(sa_column=values())
    no_actions: str = ""
    advice: Advice | None = Field(sa_column=choice(Advice, optional=True))
    because: str = ""
    progress: list[Any] = Field(sa_column=values())
    reply_until: date | None = None
    published_by: str | None = None
    reported: int | None = None
    authorities: int = 0
    instead_of: date | None = None


class Respondent(SQLModel, table=True):
    """Who was asked in an evaluation and which questions they answered; without a time, that tells what (INV-36)."""

    evaluation: str = Field(sa_column=Column(Text, ForeignKey("evaluation.id"), primary_key=True))
    person: str = Field(sa_column=person_key(primary=True))
    answered: list[str] = Field(sa_column=values())
    reads: bool | None = None


class Voice(SQLModel, table=True):
    """What was said without a name: all of one subject in one row, in the order of the alphabet (INV-36)."""

    about: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    texts: list[str] = Field(sa_column=values())


class Feedback(SQLModel, table=True):
    __table_args__ = (Index("ix_feedback_about_at", "about", "at"), Index("ix_feedback_to_at", "to", "at"))

    id: str = Field(primary_key=True)
    about: str
    to: str
    text: str
    by: str = Field(sa_column=person_key())
    at: datetime
    line: list[str] = Field(sa_column=values())
