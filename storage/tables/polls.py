"""One question to everyone in a body, and who was asked; the answers are voices (INV-36)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Column, ForeignKey, Index, Text
from sqlmodel import Field, SQLModel

from commands.words.poll import PollKind, PollState
from storage.tables.columns import body_key, choice, person_key


class Poll(SQLModel, table=True):
    __table_args__ = (Index("ix_poll_about_asked_on", "about", "asked_on"),)

    id: str = Field(primary_key=True)
    kind: PollKind = Field(sa_column=choice(PollKind))
    about: str = Field(sa_column=body_key())
    occasion: str
    asked_on: date
    closes_on: date
    asked: int
    meeting: str | None = Field(default=None, sa_column=Column(Text, ForeignKey("meeting.id"), nullable=True))
    state: PollState = Field(sa_column=choice(PollState))


class Polled(SQLModel, table=True):
    """Who was asked, and whether they answered; never what, and never when."""

    poll: str = Field(sa_column=Column(Text, ForeignKey("poll.id"), primary_key=True))
    person: str = Field(sa_column=person_key(primary=True))
    answered: bool = Field(sa_column=Column(Boolean, nullable=False))
