"""Requests for help, who is to be found for what, and what deserves a stage."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Text
from sqlmodel import Field, SQLModel

from commands.words.helping import ExpertState, HelpState, SuccessState
from commands.words.signal import Track
from storage.tables.columns import body_key, choice, person_key, values


class HelpRequest(SQLModel, table=True):
    __tablename__ = "help_request"
    __table_args__ = (
        Index("ix_help_request_by_state", "by", "state"),
        Index("ix_help_request_body_state", "body", "state"),
        Index("ix_help_request_asked_at", "asked_at"),
    )

    id: str = Field(primary_key=True)
    text: str
    by: str | None = Field(default=None, sa_column=person_key(optional=True))
    asked_at: datetime
    anonymous: bool = False
    topic: str | None = None
    state: HelpState = Field(sa_column=choice(HelpState))
    matches: list[str] = Field(sa_column=values())
    willing: list[str] = Field(sa_column=values())
    in_touch: list[str] = Field(sa_column=values())
    outcome: str = ""
    signal: str | None = Field(default=None, sa_column=Column(Text, ForeignKey("signal.id"), nullable=True))
    body: str | None = Field(default=None, sa_column=body_key(optional=True))


class HelpAsker(SQLModel, table=True):
    """Who asks without a name; the row goes when the request is over."""

    __tablename__ = "help_asker"

    request: str = Field(sa_column=Column(Text, ForeignKey("help_request.id"), primary_key=True))
    person: str = Field(sa_column=Column(Text, ForeignKey("person.id"), nullable=False, index=True))


class Expertise(SQLModel, table=True):
    __table_args__ = (Index("ix_expertise_key_state", "key", "state"),)

    id: str = Field(primary_key=True)
    person: str = Field(sa_column=Column(Text, ForeignKey("person.id"), nullable=False, index=True))
    topic: str
    key: str
    state: ExpertState = Field(sa_column=choice(ExpertState))


class Success(SQLModel, table=True):
    __table_args__ = (Index("ix_success_state", "state"), Index("ix_success_within_staged_in", "within", "staged_in"))

    id: str = Field(primary_key=True)
    text: str
    pioneer: str
    by: str = Field(sa_column=person_key())
    made_at: datetime
    track: Track = Field(sa_column=choice(Track))
    state: SuccessState = Field(sa_column=choice(SuccessState))
    asked: list[str] = Field(sa_column=values())
    consent_by: str | None = Field(default=None, sa_column=person_key(optional=True))
    consent_at: datetime | None = None
    placed_in: str | None = Field(default=None, sa_column=Column(Text, ForeignKey("meeting.id"), nullable=True))
    within: str | None = Field(default=None, sa_column=body_key(optional=True))
    staged_in: str | None = Field(default=None, sa_column=Column(Text, ForeignKey("meeting.id"), nullable=True))
