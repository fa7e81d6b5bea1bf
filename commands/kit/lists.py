"""The lists as tables, with the columns of digests.md §3.1; dates in ISO 8601, every cell is text.

Pure: a table is made from records and from the shelf they lie on, which is the register, or the same register rebuilt
from its history. From the same records come the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from commands.kit.decisions import stand_line
from commands.kit.files import Table
from commands.kit.ports import R
from commands.rules.actions import in_order
from commands.rules.agreements import standing
from commands.words.action import Action, ActionState
from commands.words.agreement import Agreement
from commands.words.attention import AttentionPoint
from commands.words.calendar import AMSTERDAM
from commands.words.consultation import Answer, Consultation
from commands.words.decision import Decision, StandKind
from commands.words.meeting import AgendaItem, Meeting
from commands.words.people import Person
from commands.words.signal import Signal

ACTION_COLUMNS = (
    "nr", "actie", "actiehouder", "namens", "uiterlijk", "bron", "ligt nu bij", "status", "aantal keer uitgesteld",
    "gereed op", "toelichting",
)  # fmt: skip
DECISION_COLUMNS = (
    "nr", "datum", "overleg", "agendapunt", "besluit", "soort", "stand per partij", "voorbehoud", "maat", "meetmoment",
    "wie", "acties", "vastgesteld op", "openbaar", "status", "uiterlijk", "uitkomst",
)  # fmt: skip
AGREEMENT_COLUMNS = (
    "nr", "datum", "overleg", "afspraak", "bindt", "verantwoordelijk", "trekker", "verantwoording aan", "termijn",
    "datum uiterlijk", "status", "stand", "cyclus", "duiding", "bewijs", "maat", "meetmoment", "wie",
    "laatste stand op", "bron", "spoor", "doelstelling",
)  # fmt: skip
SIGNAL_COLUMNS = ("nr", "signaal", "namens", "ingediend op", "status", "ligt bij", "eigenaar", "thema", "uitkomst")
POINT_COLUMNS = ("nr", "datum", "overleg", "aandachtspunt", "aanwezig", "status", "bekrachtigd als", "reden")
CONSULTATION_COLUMNS = (
    "nr", "vraag", "partij", "standpunt", "toelichting", "gehoord", "gevraagd", "ontvangen op", "sluit op", "overleg",
    "vergadering", "gaat over", "status", "reden",
)  # fmt: skip
#: How the list names an open action whose date was moved (digests.md §3.1).
POSTPONED = "uitgesteld"


class Shelf(Protocol):
    """Where records can be looked up by kind and id."""

    def get(self, kind: type[R], id: str) -> R | None:
        """The record, or None."""


def actions_table(shelf: Shelf, actions: Sequence[Action], today: date) -> Table:
    """The action list: what is open and over its date first, then by date; what is closed comes last."""
    live = [one for one in actions if one.state in (ActionState.OPEN, ActionState.REQUESTED)]
    closed = [one for one in actions if one not in live]
    ordered = [*in_order(live, today), *sorted(closed, key=lambda one: (one.due, one.id))]
    return Table("Acties", ACTION_COLUMNS, tuple(_action(shelf, one) for one in ordered))


def _action(shelf: Shelf, one: Action) -> tuple[str, ...]:
    state = POSTPONED if one.state is ActionState.OPEN and one.postponed else str(one.state)
    return (
        one.id,
        one.text,
        person_named(shelf, one.holder),
        one.on_behalf_of,
        day(one.due),
        _source(shelf, one),
        one.waits_for,
        state,
        str(one.postponed),
        _day_of(one.done_at),
        one.result,
    )


def _source(shelf: Shelf, one: Action) -> str:
    """ "AO 2027-10-14, punt 3": the meeting and the point it came from; else what it belongs to."""
    origin = one.origin or ""
    if (item := shelf.get(AgendaItem, origin)) is not None:
        meeting = shelf.get(Meeting, item.meeting)
        return f"{meeting.body} {day(meeting.day)}, punt {item.number}" if meeting else item.id
    if (met := shelf.get(Meeting, origin)) is not None:
        return f"{met.body} {day(met.day)}"
    return origin or one.signal or one.body


def decisions_table(shelf: Shelf, decisions: Sequence[Decision], actions: Sequence[Action] = ()) -> Table:
    """The list of decisions; `actions` are those that may have come from one of them."""
    rows: list[tuple[str, ...]] = []
    for one in decisions:
        reserved = [stand_line(stand) for stand in one.stands if stand.kind is StandKind.RESERVED]
        rows.append(
            (
                one.id,
                *_met(shelf, one),
                _point(shelf, one),
                one.text,
                "besluit",
                "; ".join(f"{stand.party} {stand.kind}" for stand in one.stands),
                "; ".join(reserved),
                *_measure(shelf, one),
                ", ".join(action.id for action in actions if action.origin == one.id),
                _day_of(one.fixed_at),
                one.public,
                str(one.state),
                day(one.due),
                one.outcome,
            )
        )
    return Table("Besluiten", DECISION_COLUMNS, tuple(rows))


def agreements_table(shelf: Shelf, agreements: Sequence[Agreement]) -> Table:
    """Whom each agreement binds, who answers for it and how it stands."""
    rows = [
        (
            one.id,
            *_met(shelf, one),
            one.text,
            ", ".join(one.binds),
            person_named(shelf, one.responsible),
            person_named(shelf, one.lead),
            one.accountable_to,
            str(one.due_kind),
            day(one.due),
            str(one.state),
            standing(one),
            str(one.pdca),
            one.meaning,
            one.evidence,
            *_measure(shelf, one),
            day(max((entry.on for entry in one.entries), default=None)),
            one.source,
            str(one.track),
            one.goal,
        )
        for one in agreements
    ]
    return Table("Afspraken", AGREEMENT_COLUMNS, tuple(rows))


def signals_table(signals: Sequence[Signal]) -> Table:
    """Where each signal lies."""
    rows = [
        (
            one.id,
            one.title,
            one.on_behalf_of,
            _day_of(one.filed_at),
            str(one.state),
            one.lies_with,
            one.owner,
            one.topic or "",
            one.outcome,
        )
        for one in signals
    ]
    return Table("Signalen", SIGNAL_COLUMNS, tuple(rows))


def points_table(shelf: Shelf, found: Sequence[AttentionPoint]) -> Table:
    """What informal meetings brought up, and what became of it."""
    rows: list[tuple[str, ...]] = []
    for one in found:
        meeting = shelf.get(Meeting, one.meeting)
        when = day(meeting.day) if meeting else ""
        rest = (str(one.state), one.confirmed_as or "", one.because)
        rows.append((one.id, when, one.body, one.text, ", ".join(one.organisations), *rest))
    return Table("Aandachtspunten", POINT_COLUMNS, tuple(rows))


def consultations_table(shelf: Shelf, found: Sequence[tuple[Consultation, Sequence[str]]]) -> Table:
    """What each party was asked and what it said (R-127); of each the parties of which one may read that."""
    rows: list[tuple[str, ...]] = []
    for one, parties in found:
        meeting = shelf.get(Meeting, one.meeting)
        rest = (day(one.closes_on), one.body, day(meeting.day) if meeting else "")
        given = {answer.party: answer for answer in one.answers}
        rows += [
            (one.id, one.question, party, *_position(given.get(party)), *rest, one.about, str(one.state), one.because)
            for party in parties
        ]
    return Table("Raadplegingen", CONSULTATION_COLUMNS, tuple(rows))


def _position(answer: Answer | None) -> tuple[str, str, str, str, str]:
    """Position, words, how many were heard of how many, and when; empty cells while a party said nothing."""
    if answer is None:
        return ("", "", "", "", "")
    heard, asked = ("" if one is None else str(one) for one in (answer.heard, answer.asked))
    kind = "" if answer.kind is None else str(answer.kind)
    late = " (na sluiting)" if answer.late else ""
    return (kind, answer.text, heard, asked, f"{_day_of(answer.at)}{late}")


# --- cells -----------------------------------------------------------------------------------------------------------
def day(value: date | None) -> str:
    """A day in ISO 8601, empty for none."""
    return value.isoformat() if value else ""


def person_named(shelf: Shelf, id: str) -> str:
    """How people read a person's name."""
    found = shelf.get(Person, id)
    return found.label if found else id


def _day_of(at: datetime | None) -> str:
    return day(at.astimezone(AMSTERDAM).date()) if at else ""


def _met(shelf: Shelf, one: Decision | Agreement) -> tuple[str, str]:
    meeting = shelf.get(Meeting, one.meeting)
    return (day(meeting.day) if meeting else "", one.body)


def _point(shelf: Shelf, one: Decision | Agreement) -> str:
    item = shelf.get(AgendaItem, one.item) if one.item else None
    return str(item.number) if item else ""


def _measure(shelf: Shelf, one: Decision | Agreement) -> tuple[str, str, str]:
    if one.measure is None:
        return ("" if one.needs_measure else f"niet nodig: {one.measure_because}", "", "")
    moments = ", ".join(day(moment) for moment in one.measure.moments)
    return (one.measure.what, moments or one.measure.when, person_named(shelf, one.measure.who))
