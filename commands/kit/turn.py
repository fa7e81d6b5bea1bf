"""What a handler gets and what it may answer: one turn is one command of one person at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from commands.kit.ports import Change, Due, Offer, Option, Outgoing, Record, Store
from commands.kit.reply import Message, say
from commands.rules.visibility import Viewer
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import Meeting, MeetingKind
from commands.words.people import Person, Role, RoleName
from commands.words.structure import Body, Structure, Thresholds
from commands.words.verdict import Refused

#: Kinds of meeting that decide; the next one of these is "the next meeting" of a body.
FORMAL_KINDS = (MeetingKind.REGULAR, MeetingKind.INTERIM)


@dataclass(frozen=True)
class Reply:
    """Done. `deed` says in a few words what can be undone; `private` keeps the answer out of the room.

    `receipt` False makes it an ordinary message that a phone shows, for whoever `mentions` names.
    """

    message: Message
    about: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    mentions: tuple[str, ...] = ()
    deed: str = ""
    private: bool = False
    receipt: bool = True


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
class Turn:
    """Everything a handler may use. `room` is the body whose room it is; None is a private chat.

    `now` is aware; `context` holds the ids of the message that is replied to; `source` names the chat message.
    """

    store: Store
    structure: Structure
    now: datetime
    person: Person
    room: Body | None
    source: str
    deed: int
    context: tuple[str, ...] = ()
    quoted: str = ""
    told: int = 0

    @property
    def today(self) -> date:
        """The calendar date in Europe/Amsterdam."""
        return self.now.astimezone(AMSTERDAM).date()

    @property
    def thresholds(self) -> Thresholds:
        return self.structure.thresholds

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The roles of the person today, those as a deputy included (`deputy` on a role names who stands in)."""
        return self.store.roles(person=self.person.id, on=self.today)

    @cached_property
    def viewer(self) -> Viewer:
        """The person as the visibility rule sees them."""
        return Viewer(self.person.id, self.person.organisation, self.person.external, self.roles)

    def holds(self, role: RoleName, body: str) -> bool:
        """Whether the person has that role in that body today."""
        return any(held.role is role and held.body == body for held in self.roles)

    def body(self, word: str) -> Body | None:
        """A standing body or a group by code or alias, whatever its case."""
        found = self.structure.body(word)
        if found is None and (group := self.store.group(word)) is not None:
            found = group.as_body()
        return found

    def need_body(self, code: str) -> Body:
        """The body with a code that came from the register itself; KeyError if it is gone."""
        found = self.body(code)
        if found is None:
            raise KeyError(code)
        return found

    def person_with(self, role: RoleName, body: str) -> Person | None:
        """Who holds that role in that body today; the first of the register when there are more."""
        roles = self.store.roles(body=body, role=role, on=self.today)
        return self.store.get(Person, roles[0].person) if roles else None

    def person_named(self, id: str) -> str:
        """How people read a person's name."""
        found = self.store.get(Person, id)
        return found.label if found else id

    def organisation_of(self, id: str) -> str:
        """The organisation of a person of the register ("" when unknown)."""
        found = self.store.get(Person, id)
        return found.organisation if found else ""

    def next_meeting(
        self, body: str, *, kinds: Sequence[MeetingKind] = FORMAL_KINDS, after: date | None = None
    ) -> Meeting | None:
        """The first meeting of the body from today on (strictly after `after` when given)."""
        since = date.fromordinal(after.toordinal() + 1) if after else self.today
        found = self.store.meetings(body=body, since=since, kinds=kinds, limit=1)
        return found[0] if found else None

    def meets_today(self, body: str) -> bool:
        """In vergadering: the calendar date of a meeting of that body (rulings.md 7)."""
        return bool(self.store.meetings(body=body, since=self.today, until=self.today, limit=1))

    def change(self, why: str = "") -> Change:
        """A change by this person, now, from this chat message."""
        return Change(self.person.id, self.now, why, self.source, self.deed)

    def put(self, record: Record, why: str = "") -> None:
        """Write a record with its history row, as part of this deed."""
        self.store.put(record, self.change(why))

    def new_id(self, prefix: str) -> str:
        """The next id of this year."""
        return self.store.new_id(prefix, self.today.year)

    def owe(self, about: str, dues: Sequence[Due], *kinds: str) -> None:
        """Replace what the clock owes about an object for these kinds of moments."""
        self.store.owe(about, dues, kinds=kinds)

    def tell(
        self,
        person: str,
        message: Message,
        *,
        about: Sequence[str] = (),
        offers: Sequence[Offer] = (),
        receipt: bool = True,
    ) -> None:
        """Tell someone in the private chat. Nobody is told what they typed themselves."""
        if person != self.person.id:
            self._post(f"dm:{person}", message, about, offers, () if receipt else (person,), receipt)

    def announce(
        self,
        body: str,
        message: Message,
        *,
        about: Sequence[str] = (),
        offers: Sequence[Offer] = (),
        mentions: Sequence[str] = (),
    ) -> None:
        """Tell a body in its room, unless the command was typed there: one event, one message."""
        if self.room is None or self.room.code != body:
            self._post(body, message, about, offers, tuple(mentions), not mentions)

    def _post(
        self,
        to: str,
        message: Message,
        about: Sequence[str],
        offers: Sequence[Offer],
        mentions: tuple[str, ...],
        receipt: bool,
    ) -> None:
        self.told += 1
        key = f"notice:{self.source}:{self.told}"
        self.store.post(
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
            )
        )

    def as_seen_by(self, person: Person) -> Turn:
        """The same moment for someone else, for rules that ask what another may."""
        return replace(self, person=person)
