"""The lists as tables, with the columns of digests.md §3.1; dates in ISO 8601, every cell is text."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum

from commands.kit.decisions import stand_line
from commands.kit.files import File, FileFormat, Plain, Table
from commands.kit.listing_records import since_and_until
from commands.kit.records import visible
from commands.kit.turn import Turn
from commands.rules.agreements import standing
from commands.rules.visibility import may_see_action, may_see_signal
from commands.words.action import Action
from commands.words.agreement import Agreement
from commands.words.calendar import AMSTERDAM
from commands.words.decision import Decision, StandKind
from commands.words.meeting import AgendaItem, Meeting
from commands.words.signal import Signal, SignalState
from commands.words.structure import Body

#: More than a register of this kind holds of one sort for one body.
ALL = 5000


class Kind(StrEnum):
    ACTIONS = "acties"
    DECISIONS = "besluiten"
    AGREEMENTS = "afspraken"
    SIGNALS = "signalen"
    POINTS = "aandachtspunten"
    EVERYTHING = "alles"


ACTION_COLUMNS = (
    "nr", "actie", "actiehouder", "namens", "uiterlijk", "bron", "status", "aantal keer uitgesteld", "gereed op",
    "toelichting",
)  # fmt: skip
DECISION_COLUMNS = (
    "nr", "datum", "overleg", "agendapunt", "besluit", "status", "stand per partij", "voorbehoud", "maat", "meetmoment",
    "wie", "uiterlijk", "uitkomst", "vastgesteld op", "openbaar",
)  # fmt: skip
AGREEMENT_COLUMNS = (
    "nr", "datum", "overleg", "afspraak", "bindt", "verantwoordelijk", "trekker", "verantwoording aan", "termijn",
    "datum uiterlijk", "status", "stand", "cyclus", "duiding", "bewijs", "maat", "meetmoment", "wie",
    "laatste stand op", "bron", "spoor",
)  # fmt: skip
SIGNAL_COLUMNS = ("nr", "signaal", "namens", "ingediend op", "status", "ligt bij", "eigenaar", "thema", "uitkomst")
POINT_COLUMNS = ("nr", "datum", "overleg", "aandachtspunt", "aanwezig", "status", "bekrachtigd als", "reden")


def tables_of(turn: Turn, what: Kind, place: Body, since: date | None, until: date | None) -> list[Table]:
    """One table for each list that was asked for; only what this person may see."""
    made = {
        Kind.ACTIONS: _actions,
        Kind.DECISIONS: _decisions,
        Kind.AGREEMENTS: _agreements,
        Kind.SIGNALS: _signals,
        Kind.POINTS: _points,
    }
    wanted = list(made) if what is Kind.EVERYTHING else [what]
    return [made[kind](turn, place, since, until) for kind in wanted]


def file_of(table: Table, name: str, format: FileFormat) -> File:
    """The table in that format; Markdown and JSON are text that is made here."""
    named = f"{name}.{format}"
    if format == "json":
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        return File(named, format, Plain(json.dumps(rows, ensure_ascii=False, indent=2) + "\n"))
    if format == "md":
        return File(named, format, Plain(_markdown(table)))
    return File(named, format, table)


def _markdown(table: Table) -> str:
    """A list under a heading for each row; a screen reader reads it in order."""
    lines = [f"# {table.title}", ""]
    for row in table.rows:
        lines.append(f"## {_plain(row[0])}")
        lines += [f"- {name}: {_plain(cell)}" for name, cell in zip(table.columns, row, strict=True) if cell][1:]
        lines.append("")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """User text stays text: one line, and nothing of it is markup."""
    flat = " ".join(text.split())
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|" else char for char in flat)


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _within(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


# --- the lists -------------------------------------------------------------------------------------------------------
def _actions(turn: Turn, place: Body, since: date | None, until: date | None) -> Table:
    rows: list[tuple[str, ...]] = []
    found = turn.store.actions(body=place.code, limit=ALL)
    for one in sorted(found, key=lambda action: (action.due, action.id)):
        made = one.made_at.astimezone(AMSTERDAM).date()
        if not _within(made, since, until) or not _sees_action(turn, one, place):
            continue
        done = one.done_at.astimezone(AMSTERDAM).date() if one.done_at else None
        rows.append(
            (
                one.id,
                one.text,
                turn.person_named(one.holder),
                one.on_behalf_of,
                _day(one.due),
                one.signal or "",
                str(one.state),
                str(one.postponed),
                _day(done),
                one.result,
            )
        )
    return Table("Acties", ACTION_COLUMNS, tuple(rows))


def _sees_action(turn: Turn, one: Action, place: Body) -> bool:
    signal = turn.store.get(Signal, one.signal) if one.signal else None
    return may_see_action(turn.viewer, one, place, signal, turn.structure)


def _decisions(turn: Turn, place: Body, since: date | None, until: date | None) -> Table:
    start, end = since_and_until(since, until)
    rows: list[tuple[str, ...]] = []
    for one in turn.store.decisions(body=place.code, made_since=start, made_until=end, limit=ALL):
        if not visible(one, turn):
            continue
        fixed = one.fixed_at.astimezone(AMSTERDAM).date() if one.fixed_at else None
        reserved = [stand_line(stand) for stand in one.stands if stand.kind is StandKind.RESERVED]
        rows.append(
            (
                one.id,
                *_meeting(turn, one),
                _item(turn, one),
                one.text,
                str(one.state),
                "; ".join(f"{stand.party} {stand.kind}" for stand in one.stands),
                "; ".join(reserved),
                *_measure(turn, one),
                _day(one.due),
                one.outcome,
                _day(fixed),
                one.public,
            )
        )
    return Table("Besluiten", DECISION_COLUMNS, tuple(rows))


def _agreements(turn: Turn, place: Body, since: date | None, until: date | None) -> Table:
    start, end = since_and_until(since, until)
    rows: list[tuple[str, ...]] = []
    for one in turn.store.agreements(made_since=start, made_until=end, limit=ALL):
        if place.code not in (one.body, one.accountable_to) or not visible(one, turn):
            continue
        rows.append(
            (
                one.id,
                *_meeting(turn, one),
                one.text,
                ", ".join(one.binds),
                turn.person_named(one.responsible),
                turn.person_named(one.lead),
                one.accountable_to,
                str(one.due_kind),
                _day(one.due),
                str(one.state),
                standing(one),
                str(one.pdca),
                one.meaning,
                one.evidence,
                *_measure(turn, one),
                _day(max((entry.on for entry in one.entries), default=None)),
                one.source,
                str(one.track),
            )
        )
    return Table("Afspraken", AGREEMENT_COLUMNS, tuple(rows))


def _signals(turn: Turn, place: Body, since: date | None, until: date | None) -> Table:
    rows: list[tuple[str, ...]] = []
    for one in turn.store.signals(lies_with=place.code, states=tuple(SignalState), limit=ALL):
        filed = one.filed_at.astimezone(AMSTERDAM).date()
        if not _within(filed, since, until) or not may_see_signal(turn.viewer, one):
            continue
        where = (one.lies_with, one.owner, one.topic or "", one.outcome)
        rows.append((one.id, one.title, one.on_behalf_of, _day(filed), str(one.state), *where))
    return Table("Signalen", SIGNAL_COLUMNS, tuple(rows))


def _points(turn: Turn, place: Body, since: date | None, until: date | None) -> Table:
    start, end = since_and_until(since, until)
    rows: list[tuple[str, ...]] = []
    for one in turn.store.attention_points(body=place.code, made_since=start, made_until=end, limit=ALL):
        if visible(one, turn):
            meeting = turn.store.get(Meeting, one.meeting)
            day = _day(meeting.day) if meeting else ""
            rest = (str(one.state), one.confirmed_as or "", one.because)
            rows.append((one.id, day, one.body, one.text, ", ".join(one.organisations), *rest))
    return Table("Aandachtspunten", POINT_COLUMNS, tuple(rows))


def _meeting(turn: Turn, one: Decision | Agreement) -> tuple[str, str]:
    meeting = turn.store.get(Meeting, one.meeting)
    return (_day(meeting.day) if meeting else "", one.body)


def _item(turn: Turn, one: Decision | Agreement) -> str:
    item = turn.store.get(AgendaItem, one.item) if one.item else None
    return str(item.number) if item else ""


def _measure(turn: Turn, one: Decision | Agreement) -> tuple[str, str, str]:
    if one.measure is None:
        return ("" if one.needs_measure else f"niet nodig: {one.measure_because}", "", "")
    moments = ", ".join(_day(day) for day in one.measure.moments)
    return (one.measure.what, moments or one.measure.when, turn.person_named(one.measure.who))
