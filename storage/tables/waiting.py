"""What comes in, goes out, waits and is owed."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from commands.words.reminder import ReminderState
from storage.tables.columns import body_key, choice, person_key, values


class QuestionState(StrEnum):
    OPEN = "open"
    ANSWERED = "beantwoord"
    CANCELLED = "afgebroken"
    EXPIRED = "verlopen"


class InboxState(StrEnum):
    NEW = "nieuw"
    DONE = "gedaan"
    IGNORED = "niet voor ons"
    FAILED = "mislukt"


class Reminder(SQLModel, table=True):
    __table_args__ = (
        Index("ix_reminder_person_state", "person", "state"),
        Index("ix_reminder_body_state", "body", "state"),
    )

    id: str = Field(primary_key=True)
    text: str
    person: str = Field(sa_column=person_key())
    made_at: datetime
    state: ReminderState = Field(sa_column=choice(ReminderState))
    start: date
    wall: time
    rule: str = ""
    working: bool = False
    body: str | None = Field(default=None, sa_column=body_key(optional=True))
    about: str | None = None
    next_at: datetime | None = None
    last_at: datetime | None = None
    anchor: str | None = Field(
        default=None, sa_column=Column(Text, ForeignKey("meeting.id"), nullable=True, index=True)
    )
    anchor_text: str = ""


class News(SQLModel, table=True):
    """What waits for the next message that a person chose to have; gone once it is in the outbox."""

    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(sa_column=Column(Text, ForeignKey("person.id"), nullable=False, index=True))
    at: datetime
    message: list[Any] = Field(sa_column=values())
    about: list[str] = Field(sa_column=values())
    source: str


_PRESSED = text("kind = 'pressed'")


class Inbox(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("channel", "event_id"),
        Index("ix_inbox_new", "id", sqlite_where=text("state = 'nieuw'")),
        Index("ix_inbox_pressed", "target", sqlite_where=_PRESSED),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    event_id: str
    at: datetime
    room: str
    private: bool
    sender: str
    kind: str
    text: str = ""
    target: str | None = None
    thread: str | None = None
    quoted: str = ""
    quoted_sender: str = ""
    state: InboxState = Field(sa_column=choice(InboxState))
    error: str = ""


class Question(SQLModel, table=True):
    __table_args__ = (Index("ix_question_person_state", "person", "state"),)

    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(sa_column=person_key())
    command: str
    parts: dict[str, str] = Field(sa_column=values())
    missing: str | None = None
    text: str
    options: list[Any] = Field(sa_column=values())
    room: str
    thread: str | None = None
    asked_at: datetime
    expires_at: datetime
    state: QuestionState = Field(sa_column=choice(QuestionState))


class Outbox(SQLModel, table=True):
    __table_args__ = (
        Index("ix_outbox_unsent", "id", sqlite_where=text("sent_at IS NULL")),
        Index(
            "ix_outbox_unsent_to",
            "to",
            "sent_at",  # else the planner takes the index of all messages to that place
            "id",
            sqlite_where=text("sent_at IS NULL"),
        ),
        Index("ix_outbox_to_id", "to", "id"),
        Index("ix_outbox_to_counted", "to", "counted"),
        Index("ix_outbox_failed", "made_at", sqlite_where=text("failed != ''")),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    to: str
    channel: str | None = None
    message: list[Any] = Field(sa_column=values())
    reply_to: str | None = Field(default=None, index=True)
    thread: str | None = Field(default=None, index=True)
    about: list[str] = Field(sa_column=values())
    offers: list[Any] = Field(sa_column=values())
    mentions: list[str] = Field(sa_column=values())
    receipt: bool = False
    question: int | None = Field(default=None, sa_column=Column(ForeignKey("question.id"), nullable=True))
    due: datetime | None = None
    made_at: datetime
    next_try: datetime | None = None
    tries: int = 0
    parts_sent: int = 0
    begun: int = 0
    event_id: str | None = Field(default=None, index=True)
    sent_at: datetime | None = None
    failed: str = ""
    files: list[Any] = Field(sa_column=values())
    counted: date | None = None


class HeldPost(SQLModel, table=True):
    """What waits for the next bundle in a room that heard enough this week."""

    __tablename__ = "held_post"
    __table_args__ = (
        Index(
            "ix_held_post_waiting",
            "to",
            "id",
            sqlite_where=text("told_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    to: str
    at: datetime
    message: list[Any] = Field(sa_column=values())
    about: list[str] = Field(sa_column=values())
    source: str = Field(default="", index=True)
    until: date | None = None
    offers: list[Any] = Field(sa_column=values())
    told_at: datetime | None = None


class OutboxPart(SQLModel, table=True):
    """The later parts of a message, as its channel knows them: a reply to one of them is a reply to the message."""

    __tablename__ = "outbox_part"

    outbox: int = Field(sa_column=Column(ForeignKey("outbox.id"), primary_key=True))
    number: int = Field(primary_key=True)
    event_id: str = Field(index=True)


class Due(SQLModel, table=True):
    """What the clock owes; the sweep asks only this table."""

    __table_args__ = (
        UniqueConstraint("about", "kind", "occasion"),
        Index("ix_due_open", "at", sqlite_where=text("done_at IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    about: str
    occasion: str
    at: datetime
    meant: datetime | None = None
    done_at: datetime | None = None


class Memory(SQLModel, table=True):
    """Small values of channels and of the clock."""

    channel: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    value: str
