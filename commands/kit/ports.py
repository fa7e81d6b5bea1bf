"""The one port page: what commands may ask of the register, and the rows that travel through it.

`storage.store.Store` implements it on SQLModel. One store lives as long as one transaction: everything a turn or a
moment decides is written together or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol, TypeVar

from commands.kit.files import File
from commands.kit.reply import Message
from commands.rules.likeness import Lexicon
from commands.words.action import Action, ActionState
from commands.words.agreement import Agreement, AgreementState
from commands.words.attention import AttentionPoint, AttentionState
from commands.words.decision import Decision, DecisionState
from commands.words.evaluation import Evaluation, EvaluationState, Respondent
from commands.words.mandate import Mandate
from commands.words.meeting import AgendaItem, Meeting, MeetingKind
from commands.words.minutes import Bulletin, BulletinState, Correction, CorrectionState
from commands.words.people import Person, Role, RoleName, Room
from commands.words.proposal import Proposal
from commands.words.record import Feedback, HistoryRow
from commands.words.reminder import Preference, Reminder, ReminderState
from commands.words.signal import Signal, SignalState
from commands.words.workgroup import GroupState, Workgroup

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
    Feedback,
    Person,
    Role,
    Reminder,
    Preference,
    Room,
)

#: Who the history names for what the clock did.
CLOCK = "overlegbot"

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
    `files` go with it.
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


class Store(Protocol):
    """The register within one transaction. Reads see what was put before in the same transaction."""

    # --- records ---------------------------------------------------------------------------------------------------
    def get(self, kind: type[R], id: str) -> R | None:
        """The record with that id, or None. Ids are exact; tolerance is the parser's."""

    def put(self, record: Record, change: Change) -> None:
        """Insert or replace the record and append one history row (INV-37)."""

    def new_id(self, prefix: str, year: int) -> str:
        """The next id such as `SIG-2027-014`; never given twice, also not after an undo."""

    def history(self, about: str) -> tuple[HistoryRow, ...]:
        """All rows of one object, oldest first."""

    def as_it_was(self, record: R, at: datetime) -> R | None:
        """The same record at that moment, by its history; None when it was not there yet."""

    def last_change(self, about: str) -> tuple[HistoryRow, int | None] | None:
        """The newest row of one object and the deed it belongs to."""

    # --- people ----------------------------------------------------------------------------------------------------
    def person_on(self, channel: str, chat_id: str) -> Person | None:
        """Who has that chat id (INV-41)."""

    def find_people(self, word: str) -> tuple[Person, ...]:
        """People whose id, chat id, name or part of the id is that word; case does not matter, sorted by id."""

    def roles(
        self, *, person: str | None = None, body: str | None = None, role: RoleName | None = None, on: date | None
    ) -> tuple[Role, ...]:
        """Roles that hold on that day (None: also past and coming ones), in the order of the register."""

    def stand_ins(self, role: RoleName, body: str, *, on: date) -> tuple[str, ...]:
        """Ids of the people named as deputy for that role in that body, on the role itself or on its holder."""

    def standing_in(self, person: str, *, on: date) -> tuple[Role, ...]:
        """The roles of others for whom this person is the deputy on that day, as roles of this person."""

    # --- rooms in the chat -----------------------------------------------------------------------------------------
    def body_at(self, channel: str, address: str) -> str | None:
        """The code of the body whose room that is."""

    def people_in(self, channel: str, address: str) -> tuple[str, ...]:
        """Chat ids of who is in a room, as far as the channel has told."""

    def outsiders_read(self, body: str) -> bool:
        """Whether people from outside the parties are in a room of that body, as the channels last told."""

    def not_named(self, channel: str, address: str, people: Sequence[str]) -> tuple[str, ...]:
        """Those of them that were not handed out before for this room; from now on they were."""

    # --- questions about the register ------------------------------------------------------------------------------
    def signals(
        self,
        *,
        lies_with: str | None = None,
        owner: str | None = None,
        states: Sequence[SignalState] = (),
        raiser: str | None = None,
        anchor: str | None = None,
        topic: str | None = None,
        filed_since: datetime | None = None,
        settled_since: datetime | None = None,
        limit: int = 200,
    ) -> tuple[Signal, ...]:
        """Signals that match all that is given, oldest first, at most `limit`; `…_since` include that moment.

        `anchor` is a meeting that the date of one of its delegations leans on.
        """

    def similar(self, text: str, lexicon: Lexicon, *, limit: int = 3, ever: bool = False) -> tuple[str, ...]:
        """Ids of open signals and running groups with a text like this one, nearest first, none that is too far off.

        With `ever` of all signals, decisions, agreements and attention points instead, whatever their state.
        """

    def find(self, text: str, *, limit: int = 50) -> tuple[str, ...]:
        """Ids of signals, decisions, agreements and attention points, of whatever state, that hold every word of the
        text or a part of a word; best first. Words of fewer than three letters do not count.
        """

    def merged_into(self, signal: str) -> tuple[Signal, ...]:
        """Signals that were merged into this one."""

    def proposals(
        self, *, about: str | None = None, confirms: str | None = None, open_only: bool = True
    ) -> tuple[Proposal, ...]:
        """Proposals that match, oldest first (INV-07: at most one open per object)."""

    def actions(
        self,
        *,
        holder: str | None = None,
        on_behalf_of: str | None = None,
        body: str | None = None,
        signal: str | None = None,
        anchor: str | None = None,
        states: Sequence[ActionState] = (),
        due_before: date | None = None,
        done_since: datetime | None = None,
        limit: int = 200,
    ) -> tuple[Action, ...]:
        """Actions that match all that is given, by due date and id, at most `limit`."""

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
        self, *, meeting: str | None = None, states: Sequence[BulletinState] = (), limit: int = 200
    ) -> tuple[Bulletin, ...]:
        """Texts about meetings that match, by id."""

    def group(self, word: str) -> Workgroup | None:
        """The group with that code or alias, whatever its case and state."""

    def groups(self, *, states: Sequence[GroupState] = ()) -> tuple[Workgroup, ...]:
        """Groups by code."""

    def feedback(self, *, about: str | None = None, to: str | None = None, limit: int = 50) -> tuple[Feedback, ...]:
        """Feedback that matches, newest first."""

    def evaluations(
        self, *, about: str | None = None, states: Sequence[EvaluationState] = (), limit: int = 50
    ) -> tuple[Evaluation, ...]:
        """Evaluations that match, by day."""

    # --- without a name (INV-36) -----------------------------------------------------------------------------------
    def respondents(self, evaluation: str) -> tuple[Respondent, ...]:
        """Who was asked, by id, with which questions each answered."""

    def put_respondent(self, evaluation: str, respondent: Respondent) -> None:
        """Ask one more person, or note what someone answered. Keeps no history."""

    def voices(self, about: str, subject: str) -> tuple[str, ...]:
        """What was said about that subject of an evaluation or a body's wall, in the order of the alphabet."""

    def add_voice(self, about: str, subject: str, text: str) -> None:
        """Keep a text without who said it or when; it goes into no history row."""

    def drop_voice(self, about: str, subject: str, text: str) -> bool:
        """Take one such text away again, told by its words; False when nothing reads like that."""

    # --- what goes out, waits and is owed --------------------------------------------------------------------------
    def post(self, outgoing: Outgoing) -> bool:
        """Put a message in the outbox; False when that key was posted before."""

    def posted(self, channel: str, event_id: str, *, exact: bool = False) -> Posted | None:
        """The sent message with that platform event id, or (unless `exact`) the answer in the thread that it began."""

    def last_posted(self, to: str, *, offering: bool = False, asking: bool = False) -> Posted | None:
        """The newest message to that place that offers something or still asks something; `offering`: that offers,
        `asking`: that asks."""

    def deliveries(self) -> tuple[int, int]:
        """How many messages wait to be sent, and how many could not be delivered."""

    def speaker(self, channel: str) -> Speaker | None:
        """The device the bot has on that channel, as it was at the last start; None where there is no such thing."""

    def ask(self, question: Question) -> int:
        """Store an open question and return its number."""

    def question(self, id: int, *, state: QuestionState = "open") -> Question | None:
        """The question when it is in that state: still open unless another one is asked for."""

    def open_questions(self, person: str) -> tuple[Question, ...]:
        """What this person has not answered yet, oldest first."""

    def close_question(self, id: int, state: QuestionState) -> None:
        """An answered, cancelled or expired question never runs again."""

    def owe(self, about: str, dues: Sequence[Due], *, kinds: Sequence[str]) -> None:
        """Replace what is owed about an object: undone rows of these kinds go, `dues` come; done ones stay done."""

    def hasten(self, person: str, at: datetime) -> None:
        """What waits for this person alone, and is not due before `at`, falls due then."""

    def next_due(self) -> Due | None:
        """What the clock owes first."""

    def preference(self, person: str) -> Preference | None:
        """How this person wants to be told; None when they never chose."""

    def reminders(
        self,
        *,
        person: str | None = None,
        body: str | None = None,
        states: Sequence[ReminderState] = (),
        limit: int = 200,
    ) -> tuple[Reminder, ...]:
        """Reminders that match all that is given, by the time they come next and id, at most `limit`."""

    def keep_news(self, news: News) -> None:
        """Keep it until `take_news`."""

    def take_news(self, person: str) -> tuple[News, ...]:
        """What was kept for this person, oldest first; it is kept no longer."""

    def savepoint(self) -> Savepoint:
        """From here on writes can be taken back: a refusal stores nothing."""

    # --- undo ------------------------------------------------------------------------------------------------------
    def begin_deed(self, person: str, at: datetime, source: str) -> int:
        """Open a deed; changes put with its number can be undone together."""

    def describe_deed(self, deed: int, summary: str) -> None:
        """What the deed did, in a few Dutch words for the person."""

    def last_deed(self, person: str) -> Deed | None:
        """The newest deed of the person that changed something."""

    def deeds_from(self, source: str) -> tuple[Deed, ...]:
        """What one chat message did, newest first; without what changed nothing."""

    def mark(self, deed: int, change: Change) -> None:
        """A row in the history of everything the deed changed that changes nothing, such as "bericht ingetrokken"."""

    def told_by(self, source: str) -> tuple[str, ...]:
        """Where notices went that came from that chat message, as outbox destinations."""

    def undo(self, deed: int, change: Change) -> None:
        """Put every object back as it was before the deed, as new history rows; made objects become void."""
