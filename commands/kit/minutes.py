"""The list of decisions and actions of one meeting (digests.md §1.6, §3.1; C32).

Pure: made from the records on a shelf, which is the register, or the same register rebuilt from its history.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from commands.kit import dates
from commands.kit.decisions import stands_in_words
from commands.kit.files import Document, Table
from commands.kit.lists import Shelf, actions_table, person_named
from commands.kit.planned import name_of
from commands.kit.ports import Record
from commands.kit.reply import Block, Heading, Line, Message, Strong, Text, listing
from commands.rules.actions import LIVE
from commands.rules.minutes import CONCEPT
from commands.words.action import Action, ActionState
from commands.words.agreement import Agreement, AgreementState
from commands.words.calendar import AMSTERDAM
from commands.words.decision import Decision, DecisionState
from commands.words.enumeration import joined
from commands.words.meeting import AgendaItem, ItemState, Meeting

COLUMNS = ("nr", "punt", "tekst", "soort", "stand per partij", "status")
#: More than a register of this kind holds of one sort for one body.
ALL = 5000


class Meetings(Shelf, Protocol):
    """A shelf that also knows what belongs to a meeting or a body; each in the order of the register."""

    def items(self, *, meeting: str | None = None) -> tuple[AgendaItem, ...]:
        """The items of a meeting, by number."""

    def decisions(self, *, meeting: str | None = None, limit: int = ALL) -> tuple[Decision, ...]:
        """The decisions of a meeting, oldest first."""

    def agreements(self, *, meeting: str | None = None, limit: int = ALL) -> tuple[Agreement, ...]:
        """The agreements of a meeting, oldest first."""

    def actions(self, *, body: str | None = None, limit: int = ALL) -> tuple[Action, ...]:
        """The actions of a body, by due date and id."""


@dataclass(frozen=True)
class Minutes:
    """What was written down of a meeting. `actions` were agreed there; `running` is all that is open in the body."""

    meeting: Meeting
    items: tuple[AgendaItem, ...]
    decisions: tuple[Decision, ...]
    agreements: tuple[Agreement, ...]
    actions: tuple[Action, ...]
    running: tuple[Action, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written down."""
        return not (self.items or self.decisions or self.agreements or self.actions)

    @property
    def spoken(self) -> tuple[Decision | Agreement, ...]:
        """Decisions, and after them agreements."""
        found: list[Decision | Agreement] = [*self.decisions, *self.agreements]
        return tuple(found)

    @property
    def name(self) -> str:
        """The name of a file, without its extension."""
        return f"besluiten-en-actielijst-{self.meeting.body.casefold()}-{self.meeting.day}"


def gather(shelf: Meetings, meeting: Meeting, keep: Callable[[Record], bool]) -> Minutes:
    """All that was written down of the meeting and that `keep` lets through."""
    treated = [one for one in shelf.items(meeting=meeting.id) if one.state is ItemState.TREATED and keep(one)]
    items = sorted(treated, key=lambda one: (one.number, one.id))
    decisions = [
        one
        for one in shelf.decisions(meeting=meeting.id, limit=ALL)
        if one.state is not DecisionState.LAPSED and keep(one)
    ]
    agreements = [
        one
        for one in shelf.agreements(meeting=meeting.id, limit=ALL)
        if one.state is not AgreementState.LAPSED and keep(one)
    ]
    known = {meeting.id, *(i.id for i in items), *(d.id for d in decisions), *(a.id for a in agreements)}
    own = [one for one in shelf.actions(body=meeting.body, limit=ALL) if keep(one)]
    made = [
        one
        for one in own
        if one.state not in (ActionState.LAPSED, ActionState.REFUSED)
        and (one.origin in known or one.made_at.astimezone(AMSTERDAM).date() == meeting.day)
    ]
    running = [one for one in own if one.state in LIVE]
    return Minutes(meeting, tuple(items), tuple(decisions), tuple(agreements), tuple(made), tuple(running))


def title_of(meeting: Meeting) -> str:
    """ "Besluiten- en actielijst DO · dinsdag 25 mei 2027 (concept)"."""
    concept = " (concept)" if meeting.state in CONCEPT else ""
    return f"Besluiten- en actielijst {name_of(meeting)} · {dates.say_day(meeting.day)}{concept}"


# --- in the chat -----------------------------------------------------------------------------------------------------
def message_of(shelf: Shelf, minutes: Minutes, *, today: date) -> Message:
    """The list as a message: decisions, agreements, what came of the other points, and the actions."""
    blocks: list[Block] = [Heading(title_of(minutes.meeting), 1)]
    sections: tuple[tuple[str, list[Line]], ...] = (
        ("Besluiten", [_said(minutes, one) for one in minutes.decisions]),
        ("Afspraken", [_said(minutes, one) for one in minutes.agreements]),
        ("Overige punten", [_other(item) for item in _others(minutes)]),
        ("Acties", [_action(shelf, one, today) for one in minutes.actions]),
    )
    for heading, lines in sections:
        if lines:
            blocks += [Heading(heading), listing(lines)]
    if minutes.is_empty:
        blocks.append(Text("Er zijn geen besluiten, afspraken of acties vastgelegd."))
    return Message(tuple(blocks))


def _said(minutes: Minutes, one: Decision | Agreement) -> Line:
    number = _number(minutes, one.item)
    point = f" (punt {number})" if number else ""
    stands = stands_in_words(one.stands)
    after = f". {stands}." if stands else "."
    return (Strong(one.id), f"{point}: {one.text.rstrip('.')}{after}")


def _other(item: AgendaItem) -> Line:
    return f"Punt {item.number}, {item.title}: {item.outcome or 'besproken'}."


def _action(shelf: Shelf, one: Action, today: date) -> Line:
    when = dates.say_day(one.due, today=today)
    state = ", afgerond" if one.state is ActionState.DONE else ""
    return (Strong(one.id), f" {person_named(shelf, one.holder)}: {one.text.rstrip('.')}, uiterlijk {when}{state}.")


def _others(minutes: Minutes) -> list[AgendaItem]:
    """Points without a decision or agreement under them."""
    spoken = {one.item for one in minutes.spoken}
    return [item for item in minutes.items if item.id not in spoken]


def _number(minutes: Minutes, item: str | None) -> str:
    return next((str(one.number) for one in minutes.items if one.id == item), "")


# --- on paper --------------------------------------------------------------------------------------------------------
def document_of_minutes(shelf: Shelf, minutes: Minutes, *, today: date) -> Document:
    """The list to keep: decisions as one table in the order of the agenda, and the running actions of the body."""
    meeting = minutes.meeting
    parts: list[Block | Table] = []
    if meeting.present:
        parts.append(Text(f"Aanwezig: {joined(meeting.present)}."))
    parts.append(Table("Besluiten en afspraken", COLUMNS, tuple(rows_of(minutes))))
    both = {one.id: one for one in (*minutes.actions, *minutes.running)}
    parts.append(actions_table(shelf, list(both.values()), today))
    if meeting.minutes:
        parts.append(Text(f"Verslag: {meeting.minutes}"))
    return Document(title_of(meeting), tuple(parts))


def rows_of(minutes: Minutes) -> list[tuple[str, ...]]:
    """One row under `COLUMNS` for each decision and agreement, and for each point without one."""
    rows = [row for item in minutes.items for row in _rows_of(minutes, item)]
    return rows + [_row(minutes, one) for one in minutes.spoken if not _number(minutes, one.item)]


def _rows_of(minutes: Minutes, item: AgendaItem) -> list[tuple[str, ...]]:
    found = [one for one in minutes.spoken if one.item == item.id]
    if found:
        return [_row(minutes, one) for one in found]
    return [(item.id, str(item.number), item.title, item.outcome or "besproken", "", "")]


def _row(minutes: Minutes, one: Decision | Agreement) -> tuple[str, ...]:
    kind = "besluit" if isinstance(one, Decision) else "afspraak"
    return (one.id, _number(minutes, one.item), one.text, kind, stands_in_words(one.stands), str(one.state))
