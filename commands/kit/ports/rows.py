"""The rows that travel through the port: what is stored, sent, asked, owed and undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol, TypeVar

from commands.kit.files import File
from commands.kit.reply import Message
from commands.rules.posting import Urgency
from commands.words.action import Action
from commands.words.agreement import Agreement
from commands.words.attention import AttentionPoint
from commands.words.consultation import Consultation
from commands.words.decision import Decision
from commands.words.discipline import Discipline
from commands.words.evaluation import Evaluation
from commands.words.helping import Expertise, HelpRequest, Success
from commands.words.mandate import Mandate
from commands.words.meeting import AgendaItem, Meeting
from commands.words.minutes import Bulletin, Correction
from commands.words.people import Person, Role, Room
from commands.words.poll import Poll
from commands.words.proposal import Proposal
from commands.words.record import Feedback
from commands.words.reminder import Preference, Reminder
from commands.words.signal import Signal
from commands.words.workgroup import Workgroup

Record = (
    Signal
    | Proposal
    | Action
    | Meeting
    | AgendaItem
    | Decision
    | Agreement
    | AttentionPoint
    | Mandate
    | Workgroup
    | Evaluation
    | Correction
    | Bulletin
    | HelpRequest
    | Expertise
    | Discipline
    | Success
    | Consultation
    | Poll
    | Feedback
    | Person
    | Role
    | Reminder
    | Preference
    | Room
)


R = TypeVar(
    "R",
    Signal,
    Proposal,
    Action,
    Meeting,
    AgendaItem,
    Decision,
    Agreement,
    AttentionPoint,
    Mandate,
    Workgroup,
    Evaluation,
    Correction,
    Bulletin,
    HelpRequest,
    Expertise,
    Discipline,
    Success,
    Consultation,
    Poll,
    Feedback,
    Person,
    Role,
    Reminder,
    Preference,
    Room,
)


#: Who the history names for what the clock did.
CLOCK = "overlegbot"
#: Under what the history keeps the standing part of the structure.
STRUCTURE = "STRUCTUUR"


QuestionState = Literal["open", "beantwoord", "afgebroken", "verlopen"]


PostKind = Literal["reply", "notice", "reminder", "nudge", "digest"]


@dataclass(frozen=True)
class Offer:
    """A word or reaction that a message offers, and the half command it stands for.

    `rest` names the part that takes whatever follows the word ("later week 42"). An offer made on someone's behalf
    runs where they asked: `to` is that place as an outbox destination ("" = where it is taken), `thread` the message
    they asked with. Without a `command` it says no to them.
    """

    word: str
    command: str
    parts: Mapping[str, str] = field(default_factory=dict)
    rest: str | None = None
    to: str = ""
    thread: str = ""


@dataclass(frozen=True)
class Outgoing:
    """A message to be sent. `key` is unique for ever: posting the same key twice posts once.

    `to` is a body's code, or `dm:<person id>`. `about` are the ids the message is about, so that a reply needs no id.
    `receipt` marks what need not sound on a phone. `mentions` are people who must act. `due` is the moment it was meant
    for: a message that leaves much later says so. `channel` is where it answers something; without it any will do.
    `files` go with it. `urgency` (None: by what it carries) and `until`, the last day on which it is of use, say
    whether it may wait in a room that heard enough this week (R-181); `counted` is the day on which it counts as said
    there unasked.
    """

    key: str
    kind: PostKind
    to: str
    message: Message
    reply_to: str | None = None
    thread: str | None = None
    about: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    mentions: tuple[str, ...] = ()
    receipt: bool = False
    question: int | None = None
    due: datetime | None = None
    channel: str | None = None
    files: tuple[File, ...] = ()
    urgency: Urgency | None = None
    until: date | None = None
    counted: date | None = None


@dataclass(frozen=True)
class Posted:
    """What is remembered of a sent message: enough to understand a reply or a reaction to it."""

    key: str
    to: str
    about: tuple[str, ...]
    offers: tuple[Offer, ...]
    question: int | None
    sent_at: datetime | None


@dataclass(frozen=True)
class Option:
    """A likely answer: what is shown, and what it means when typed."""

    label: str
    value: str


@dataclass(frozen=True)
class Question:
    """A half command that waits for one part of one person (dialogue.md 4). `missing` None: a yes or no to an offer."""

    person: str
    command: str
    parts: Mapping[str, str]
    missing: str | None
    text: str
    options: tuple[Option, ...]
    room: str
    thread: str | None
    asked_at: datetime
    expires_at: datetime
    id: int | None = None


@dataclass(frozen=True)
class Due:
    """Something the clock owes: `kind` names the moment, `occasion` tells repeats apart, `at` is when (aware)."""

    kind: str
    about: str
    occasion: str
    at: datetime


@dataclass(frozen=True)
class News:
    """Something to tell a person that waits for the next message they chose to have; `source` is what it came from."""

    person: str
    at: datetime
    message: Message
    about: tuple[str, ...]
    source: str
    id: int | None = None


@dataclass(frozen=True)
class HeldPost:
    """What waits for the next bundle in a room (R-181). `to` is the body's code, `at` when it was decided, `source` the
    chat message that it came from, if any; `until` the last day on which it is of use."""

    key: str
    to: str
    at: datetime
    message: Message
    about: tuple[str, ...] = ()
    source: str = ""
    until: date | None = None
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class Change:
    """Who changed it, when, why, and from which chat message; one history row goes with every `put`."""

    by: str
    at: datetime
    why: str = ""
    source: str | None = None
    deed: int | None = None


@dataclass(frozen=True)
class Deed:
    """What one message did, so that the same person can undo it for ten minutes."""

    id: int
    person: str
    at: datetime
    summary: str
    undone: bool
    source: str
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Speaker:
    """The device a channel speaks with. `fingerprint` and `identity` are public keys in groups of four; `signed`: by
    the identity of the bot itself, so that careful clients trust it."""

    device: str
    fingerprint: str
    identity: str
    signed: bool


class Savepoint(Protocol):
    """Keeps or takes back what was written since it was made."""

    def commit(self) -> None:
        """Keep it, within the transaction."""

    def rollback(self) -> None:
        """Take it back, as if it never was."""
