"""What people raise and do: signals, proposals about them, and actions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Text, text
from sqlmodel import Field, SQLModel

from commands.words.action import ActionState
from commands.words.proposal import ProposalKind, ProposalState
from commands.words.signal import Direction, Horizon, PolicyChange, SignalKind, SignalState, Track
from storage.tables.columns import body_key, choice, person_key, values


class Signal(SQLModel, table=True):
    __table_args__ = (
        Index("ix_signal_lies_with_state", "lies_with", "state"),
        Index("ix_signal_owner_state", "owner", "state"),
        Index("ix_signal_state_filed_at", "state", "filed_at"),
        Index("ix_signal_filed_at", "filed_at"),
        Index("ix_signal_owner_settled_at", "owner", "settled_at"),
    )

    id: str = Field(primary_key=True)
    title: str
    raised_by: list[str] = Field(sa_column=values())
    on_behalf_of: str
    state: SignalState = Field(sa_column=choice(SignalState))
    lies_with: str = Field(sa_column=body_key())
    owner: str = Field(sa_column=body_key())
    filed_at: datetime
    changed_at: datetime
    explanation: str = ""
    hops: list[Any] = Field(sa_column=values())
    passed: list[str] = Field(sa_column=values())
    kind: SignalKind | None = Field(sa_column=choice(SignalKind, optional=True))
    horizon: Horizon | None = Field(sa_column=choice(Horizon, optional=True))
    topic: str | None = Field(default=None, index=True)
    track: Track = Field(sa_column=choice(Track))
    region: str | None = None
    origin: str | None = None
    interest: str | None = None
    relevant: bool | None = None
    relevant_because: str = ""
    sensitive: bool = False
    brief: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    outcome: str = ""
    policy_change: PolicyChange | None = Field(sa_column=choice(PolicyChange, optional=True))
    merged_into: str | None = Field(
        default=None, sa_column=Column(Text, ForeignKey("signal.id"), nullable=True, index=True)
    )
    weighed_at: datetime | None = None
    settled_at: datetime | None = None
    due: date | None = None
    told: list[str] = Field(sa_column=values())
    direction: Direction | None = Field(sa_column=choice(Direction, optional=True))
    safety_net: bool = False


class SignalRaiser(SQLModel, table=True):
    __tablename__ = "signal_raiser"

    person: str = Field(sa_column=person_key(primary=True))
    signal: str = Field(sa_column=Column(Text, ForeignKey("signal.id"), primary_key=True))


class SignalAnchor(SQLModel, table=True):
    __tablename__ = "signal_anchor"

    meeting: str = Field(sa_column=Column(Text, ForeignKey("meeting.id"), primary_key=True))
    signal: str = Field(sa_column=Column(Text, ForeignKey("signal.id"), primary_key=True))


class Proposal(SQLModel, table=True):
    __table_args__ = (
        # INV-07: at most one open proposal per object, whatever two people type at the same moment.
        Index(
            "uq_proposal_open",
            "about",
            unique=True,
            sqlite_where=text("state = 'ingediend'"),
        ),
        Index("ix_proposal_confirms_state", "confirms", "state"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposer OR state = 'ingetrokken'", name="second_person"),
    )

    id: str = Field(primary_key=True)
    kind: ProposalKind = Field(sa_column=choice(ProposalKind))
    about: str
    proposer: str = Field(sa_column=person_key())
    because: str
    confirms: str = Field(sa_column=body_key())
    state: ProposalState = Field(sa_column=choice(ProposalState))
    made_at: datetime
    to_body: str | None = Field(default=None, sa_column=body_key(optional=True))
    brief: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    terms: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    in_between: bool = False
    decided_by: str | None = Field(default=None, sa_column=person_key(optional=True))
    decided_at: datetime | None = None
    decided_because: str = ""


class Action(SQLModel, table=True):
    __table_args__ = (
        Index("ix_action_holder_state", "holder", "state", "due"),
        Index("ix_action_body_state", "body", "state", "due"),
        Index("ix_action_body_made_at", "body", "made_at"),
        CheckConstraint("postponed >= 0", name="postponed"),
    )

    id: str = Field(primary_key=True)
    text: str
    holder: str = Field(sa_column=person_key())
    on_behalf_of: str
    due: date
    first_due: date
    body: str = Field(sa_column=body_key())
    state: ActionState = Field(sa_column=choice(ActionState))
    asked_by: str = Field(sa_column=person_key())
    made_at: datetime
    track: Track = Field(sa_column=choice(Track))
    signal: str | None = Field(default=None, sa_column=Column(Text, ForeignKey("signal.id"), nullable=True, index=True))
    postponed: int = 0
    done_at: datetime | None = None
    result: str = ""
    origin: str | None = Field(default=None, index=True)
    anchor: str | None = Field(
        default=None, sa_column=Column(Text, ForeignKey("meeting.id"), nullable=True, index=True)
    )
    anchor_text: str = ""
    deputy: str | None = Field(default=None, sa_column=person_key(optional=True))
    waits_for: str = ""
