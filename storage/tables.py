"""The tables. Enums are checked by the database, keys are unique, nothing is an orphan."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Enum, ForeignKey, Index, MetaData, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from commands.words.action import ActionState
from commands.words.agreement import AgreementState, DueKind, Feasible, Pdca, Progress
from commands.words.attention import AttentionState
from commands.words.decision import DecisionState
from commands.words.evaluation import Advice, EvaluationKind, EvaluationState
from commands.words.mandate import MandateState
from commands.words.meeting import ItemState, MeetingKind, MeetingState, Nature
from commands.words.minutes import BulletinKind, BulletinState, CorrectionState
from commands.words.people import RoleName
from commands.words.proposal import ProposalKind, ProposalState
from commands.words.reminder import Intensity, ReminderState
from commands.words.signal import Horizon, PolicyChange, SignalKind, SignalState, Track
from commands.words.structure import BodyKind
from commands.words.template import Seat
from commands.words.workgroup import GroupState, Phase

SQLModel.metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


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


class Address(StrEnum):
    JE = "je"
    U = "u"


def choice(kind: type[StrEnum], *, optional: bool = False, called: str = "") -> Any:
    """A column that holds one of the values of an enum, checked at bind and by the database.

    `called` names the check where a table holds two columns of one kind.
    """
    name = called or "".join(f"_{c.lower()}" if c.isupper() else c for c in kind.__name__).strip("_")
    values = Enum(
        kind,
        native_enum=False,
        length=32,
        create_constraint=True,
        validate_strings=True,
        values_callable=lambda members: [str(member) for member in members],
        name=name,
    )
    return Column(values, nullable=optional)


def person_key(*, optional: bool = False, primary: bool = False) -> Any:
    return Column(Text, ForeignKey("person.id"), nullable=optional, primary_key=primary)


def body_key(*, optional: bool = False) -> Any:
    return Column(Text, ForeignKey("body.code"), nullable=optional)


def item_key() -> Any:
    return Column(Text, ForeignKey("agenda_item.id"), nullable=True, index=True)


def values() -> Any:
    return Column(JSON, nullable=False)


class Body(SQLModel, table=True):
    """Every body by code: the standing ones of the structure in force and every group there ever was."""

    code: str = Field(primary_key=True)
    kind: BodyKind = Field(sa_column=choice(BodyKind))


class Person(SQLModel, table=True):
    id: str = Field(primary_key=True)
    organisation: str
    matrix: str | None = Field(default=None, unique=True)
    teams: str | None = Field(default=None, unique=True)
    external: bool = False
    name: str = Field(default="", index=True)
    address: Address = Field(sa_column=choice(Address))
    deputy: str | None = None
    start: date | None = None
    end: date | None = None


class Role(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("person", "body", "role", "start"),)

    id: str = Field(primary_key=True)
    person: str = Field(sa_column=person_key())
    body: str = Field(sa_column=Column(Text, ForeignKey("body.code"), nullable=False, index=True))
    role: RoleName = Field(sa_column=choice(RoleName))
    on_behalf_of: str
    start: date | None = None
    end: date | None = None
    deputy: str | None = None
    deputy_start: date | None = None
    deputy_end: date | None = None


class Room(SQLModel, table=True):
    body: str = Field(sa_column=Column(Text, ForeignKey("body.code"), primary_key=True))
    matrix: str | None = Field(default=None, unique=True)
    teams: str | None = Field(default=None, unique=True)


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
            postgresql_where=text("state = 'ingediend'"),
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
    __table_args__ = (Index("ix_agreement_body_state", "body", "state"), Index("ix_agreement_made_at", "made_at"))

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
    final_review: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    handed_over_to: str | None = Field(default=None, sa_column=body_key(optional=True))
    template: str | None = None
    within: str | None = Field(default=None, sa_column=body_key(optional=True))
    seat: Seat | None = Field(sa_column=choice(Seat, optional=True))
    aliases: list[str] = Field(sa_column=values())


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
    __table_args__ = (Index("ix_bulletin_meeting_state", "meeting", "state"),)

    id: str = Field(primary_key=True)
    meeting: str = Field(sa_column=Column(Text, ForeignKey("meeting.id"), nullable=False))
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


class Feedback(SQLModel, table=True):
    __table_args__ = (Index("ix_feedback_about_at", "about", "at"), Index("ix_feedback_to_at", "to", "at"))

    id: str = Field(primary_key=True)
    about: str
    to: str
    text: str
    by: str = Field(sa_column=person_key())
    at: datetime


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


class Preference(SQLModel, table=True):
    """Chosen by the person; no import of people touches it."""

    id: str = Field(primary_key=True)
    person: str = Field(sa_column=Column(Text, ForeignKey("person.id"), nullable=False, unique=True))
    intensity: Intensity | None = Field(sa_column=choice(Intensity, optional=True))
    room: str | None = Field(default=None, sa_column=body_key(optional=True))
    topics: list[str] = Field(sa_column=values())
    quiet_until: date | None = None


class News(SQLModel, table=True):
    """What waits for the next message that a person chose to have; gone once it is in the outbox."""

    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(sa_column=Column(Text, ForeignKey("person.id"), nullable=False, index=True))
    at: datetime
    message: list[Any] = Field(sa_column=values())
    about: list[str] = Field(sa_column=values())
    source: str


class Deed(SQLModel, table=True):
    __table_args__ = (Index("ix_deed_person_id", "person", "id"), Index("ix_deed_source", "source"))

    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(sa_column=person_key())
    at: datetime
    source: str
    summary: str = ""
    undone: bool = False


class History(SQLModel, table=True):
    """Append-only; `after` holds the whole object, so that every list can be rebuilt from here."""

    __table_args__ = (Index("ix_history_about_id", "about", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    about: str
    at: datetime
    by: str
    from_state: str | None = None
    to_state: str
    why: str = ""
    source: str | None = None
    deed: int | None = Field(default=None, sa_column=Column(ForeignKey("deed.id"), nullable=True, index=True))
    after: dict[str, Any] = Field(sa_column=values())


class Counter(SQLModel, table=True):
    prefix: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int


class Inbox(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("channel", "event_id"),
        Index("ix_inbox_new", "id", sqlite_where=text("state = 'nieuw'"), postgresql_where=text("state = 'nieuw'")),
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
        Index("ix_outbox_unsent", "id", sqlite_where=text("sent_at IS NULL"), postgresql_where=text("sent_at IS NULL")),
        Index("ix_outbox_to_id", "to", "id"),
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
    event_id: str | None = Field(default=None, index=True)
    sent_at: datetime | None = None
    failed: str = ""
    files: list[Any] = Field(sa_column=values())


class Due(SQLModel, table=True):
    """What the clock owes; the sweep asks only this table."""

    __table_args__ = (
        UniqueConstraint("about", "kind", "occasion"),
        Index("ix_due_open", "at", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
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
