"""What a handler gets and what it may answer: one turn is one command of one person at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from commands.kit.declare import Command
from commands.kit.files import File
from commands.kit.ports import Change, Offer, Option, Outgoing, Record
from commands.kit.register import Register
from commands.kit.reply import Message, say
from commands.rules.posting import Urgency
from commands.rules.visibility import Viewer, networks_of
from commands.words.people import Person, Role, RoleName
from commands.words.structure import Body
from commands.words.verdict import Refused


@dataclass(frozen=True)
class Reply:
    """Done. `deed` says in a few words what can be undone; `private` keeps the answer out of the room.

    `receipt` False makes it an ordinary message that a phone shows, for whoever `mentions` names. `files` go with it.
    `forgets` keeps nothing of what was typed.
    """

    message: Message
    about: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    mentions: tuple[str, ...] = ()
    deed: str = ""
    private: bool = False
    receipt: bool = True
    files: tuple[File, ...] = ()
    forgets: bool = False


@dataclass(frozen=True)
class Ask:
    """Not done yet: `text` asks for `missing` (a part of the command). `parts` replaces what was typed for others."""

    missing: str
    text: str
    options: tuple[Option, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)


Outcome = Reply | Ask | Refused


def done(*lines: str, about: Sequence[str] = (), deed: str = "", offers: Sequence[Offer] = ()) -> Reply:
    """A short receipt in the thread."""
    return Reply(say(*lines), about=tuple(about), deed=deed, offers=tuple(offers))


@dataclass
class Turn(Register):
    """Everything a handler may use. `room` is the body whose room it is; None is a private chat.

    `context` holds the ids of the message that is replied to; `source` names the chat message, `by_reaction` says that
    it was an emoji instead of words, `thread` is the message that is answered. `catalogue` holds the declarations of
    all commands by every name they have.
    `typed` holds the parts as they were typed, by name. `quoted` is what someone said that a bare command replies to,
    and `quoted_by` who said it when that is another person of the register. `withdrawn` names the message that was
    taken away, when that is what asks to undo it. `channel` is where it was said, `address` the room there ("" in
    private).
    """

    person: Person
    room: Body | None
    source: str
    deed: int
    context: tuple[str, ...] = ()
    by_reaction: bool = False
    thread: str = ""
    told: int = 0
    pending: list[Outgoing] = field(default_factory=list)
    typed: Mapping[str, str] = field(default_factory=dict)
    catalogue: Mapping[str, Command] = field(default_factory=dict)
    quoted: str = ""
    quoted_by: str = ""
    withdrawn: str = ""
    channel: str = ""
    address: str = ""

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The roles of the person today; a deputy has the roles of whom they stand in for, except an external."""
        if self.person.external:
            return self.own
        return self.own + self.store.standing_in(self.person.id, on=self.today)

    @cached_property
    def own(self) -> tuple[Role, ...]:
        """The roles that the person holds today, without those of a deputy."""
        return self.store.roles(person=self.person.id, on=self.today)

    @cached_property
    def viewer(self) -> Viewer:
        """The person as the visibility rule sees them."""
        networks = networks_of(self.roles, self.structure)
        return Viewer(self.person.id, self.person.organisation, self.person.external, self.roles, networks)

    @property
    def formal(self) -> bool:
        """Whether people are addressed with *u* here: by the room, in private by the person."""
        return (self.room.address if self.room is not None else self.person.address) == "u"

    @property
    def place(self) -> str:
        """Where this turn takes place, as an outbox destination: a body, a room that is nobody's yet, or in private."""
        if self.room is not None:
            return self.room.code
        return f"room:{self.channel}:{self.address}" if self.address else f"dm:{self.person.id}"

    def holds(self, role: RoleName, body: str) -> bool:
        """Whether the person has that role in that body today."""
        return any(held.role is role and held.body == body for held in self.roles)

    def change(self, why: str = "") -> Change:
        """A change by this person, now, from this chat message."""
        return Change(self.person.id, self.now, why, self.source, self.deed)

    def put(self, record: Record, why: str = "") -> None:
        """Write a record with its history row, as part of this deed."""
        self.store.put(record, self.change(why))

    def new_id(self, prefix: str) -> str:
        """The next id of this year."""
        return self.store.new_id(prefix, self.today.year)

    def tell(
        self,
        person: str,
        message: Message,
        *,
        about: Sequence[str] = (),
        offers: Sequence[Offer] = (),
        receipt: bool = True,
        files: Sequence[File] = (),
        oneself: bool = False,
    ) -> None:
        """Tell someone in the private chat. Nobody is told what they typed themselves; `oneself` is for a question that
        goes to everyone, the person of the turn included.

        What is meant for a function that is vacant goes to the deputy or the secretary, and says so.
        """
        meant = self.store.get(Person, person)
        reader = self.reader_for(meant) if meant is not None else None
        if reader is None or (reader.id == self.person.id and not oneself):
            return
        if meant is not None and reader.id != meant.id:
            message = say(f"Voor {meant.label}, een functie die nu niet bezet is:") + message
        mentions = () if receipt else (reader.id,)
        self._post(f"dm:{reader.id}", message, about, offers, mentions, receipt, files)

    def announce(
        self,
        body: str,
        message: Message,
        *,
        about: Sequence[str] = (),
        offers: Sequence[Offer] = (),
        mentions: Sequence[str] = (),
        files: Sequence[File] = (),
        urgency: Urgency | None = None,
        until: date | None = None,
    ) -> None:
        """Tell a body in its room, unless the command was typed there: one event, one message.

        A room that heard enough this week hears it with its next bundle, unless it is urgent or of no use after
        `until` (R-181).
        """
        if self.room is None or self.room.code != body:
            self._post(body, message, about, offers, tuple(mentions), not mentions, files, urgency, until)

    def _post(
        self,
        to: str,
        message: Message,
        about: Sequence[str],
        offers: Sequence[Offer],
        mentions: tuple[str, ...],
        receipt: bool,
        files: Sequence[File] = (),
        urgency: Urgency | None = None,
        until: date | None = None,
    ) -> None:
        self.told += 1
        key = f"notice:{self.source}:{self.told}"
        self.pending.append(
            Outgoing(
                key,
                "notice",
                to,
                message,
                about=tuple(about),
                offers=tuple(offers),
                mentions=mentions,
                receipt=receipt,
                due=self.now,
                files=tuple(files),
                urgency=urgency,
                until=until,
            )
        )
