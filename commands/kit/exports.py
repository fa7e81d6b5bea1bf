"""Which lists someone may take along, and the file of each (C62, digests.md §3.4)."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum

from commands.kit import lists
from commands.kit.files import File, FileFormat, Plain, Table
from commands.kit.listing_records import since_and_until
from commands.kit.minutes import COLUMNS, gather, rows_of
from commands.kit.records import signals_behind, visible
from commands.kit.reply import say
from commands.kit.turn import Reply, Turn
from commands.rules.visibility import may_see_signal, parties_shown
from commands.words.calendar import AMSTERDAM
from commands.words.signal import Signal, SignalState
from commands.words.structure import Body
from commands.words.verdict import Refused

#: The title of the list of all minutes.
MINUTES = "Verslagen"
#: That of the list of consultations; it has a row for each party.
CONSULTATIONS = "Raadplegingen"
#: More than a register of this kind holds of one sort for one body.
ALL = 5000


class Kind(StrEnum):
    ACTIONS = "acties"
    DECISIONS = "besluiten"
    AGREEMENTS = "afspraken"
    SIGNALS = "signalen"
    POINTS = "aandachtspunten"
    CONSULTATIONS = "raadplegingen"
    MINUTES = "verslag"
    EVERYTHING = "alles"


class Format(StrEnum):
    """What a secretariat can open (digests.md §3.4)."""

    ODS = "ods"
    CSV = "csv"
    ODT = "odt"
    PDF = "pdf"
    MARKDOWN = "md"
    JSON = "json"


FORMATS: dict[Format, FileFormat] = {
    Format.ODS: "ods",
    Format.CSV: "csv",
    Format.ODT: "odt",
    Format.PDF: "pdf",
    Format.MARKDOWN: "md",
    Format.JSON: "json",
}
FORMAT_WORDS = {"excel": "ods", "markdown": "md", "calc": "ods", "writer": "odt"}


def tables_of(turn: Turn, what: Kind, place: Body, since: date | None, until: date | None) -> list[Table]:
    """One table for each list that was asked for; only what this person may see."""
    made = {
        Kind.ACTIONS: _actions,
        Kind.DECISIONS: _decisions,
        Kind.AGREEMENTS: _agreements,
        Kind.SIGNALS: _signals,
        Kind.POINTS: _points,
        Kind.CONSULTATIONS: _consultations,
        Kind.MINUTES: _minutes,
    }
    wanted = [kind for kind in made if kind is not Kind.MINUTES] if what is Kind.EVERYTHING else [what]
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


def file_reply(table: Table, place: Body | str | None, format: Format, turn: Turn) -> Reply | Refused:
    """One list as a file, in private to the person who asks."""
    if not table.rows:
        return Refused("Die lijst is leeg; er is niets te sturen. Kies een andere lijst of periode.", code="C62")
    whose = place.code if isinstance(place, Body) else place or ""
    name = "-".join(word for word in (table.title.casefold(), whose.casefold(), turn.today.isoformat()) if word)
    counted = f"{len(table.rows)} {many(table.title, len(table.rows))}"
    files = (file_of(table, name, FORMATS[format]),)
    return Reply(say(f"Hierbij de lijst ({counted})."), files=files, private=True)


def many(title: str, n: int) -> str:
    """What the rows of a list are called: "1 actie", "3 acties"."""
    one = {"Acties": "actie", "Besluiten": "besluit", "Afspraken": "afspraak", "Signalen": "signaal"}
    if title == CONSULTATIONS:
        return "gevraagd standpunt" if n == 1 else "gevraagde standpunten"
    if title == MINUTES:
        return "regel" if n == 1 else "regels"
    return one.get(title, "aandachtspunt") if n == 1 else title.casefold()


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


def _within(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


# --- which records ---------------------------------------------------------------------------------------------------
def _actions(turn: Turn, place: Body, since: date | None, until: date | None) -> Table:
    found = [
        one
        for one in turn.store.actions(body=place.code, limit=ALL)
        if _within(one.made_at.astimezone(AMSTERDAM).date(), since, until) and visible(one, turn)
    ]
    return lists.actions_table(turn.store, found, turn.today)


def _decisions(turn: Turn, place: Body, since: date | None, until: date | None) -> Table:
    start, end = since_and_until(since, until)
    found = turn.store.decisions(body=place.code, made_since=start, made_until=end, limit=ALL)
    actions = [one for one in turn.store.actions(body=place.code, limit=ALL) if one.origin and visible(one, turn)]
    return lists.decisions_table(turn.store, [one for one in found if visible(one, turn)], actions)


def _agreements(turn: Turn, place: Body, since: date | None, until: date | None) -> Table:
    start, end = since_and_until(since, until)
    found = turn.store.agreements(made_since=start, made_until=end, limit=ALL)
    near = [one for one in found if place.code in (one.body, one.accountable_to) and visible(one, turn)]
    return lists.agreements_table(turn.store, near)


def _signals(turn: Turn, place: Body, since: date | None, until: date | None) -> Table:
    found = turn.store.signals(lies_with=place.code, states=tuple(SignalState), limit=ALL)
    near = [one for one in found if _within(one.filed_at.astimezone(AMSTERDAM).date(), since, until)]
    return lists.signals_table([one for one in near if may_see_signal(turn.viewer, one)])


def _minutes(turn: Turn, place: Body, since: date | None, until: date | None) -> Table:
    """What came of every point of the meetings that were held, with the decisions and agreements under it."""
    held = turn.store.meetings(body=place.code, since=since, until=until or turn.today, limit=ALL)
    rows: list[tuple[str, ...]] = []
    for meeting in held:
        minutes = gather(turn.store, meeting, lambda record: visible(record, turn))
        link = meeting.minutes
        rows += [(meeting.id, meeting.day.isoformat(), *row, link) for row in rows_of(minutes)]
    return Table(MINUTES, ("vergadering", "datum", *COLUMNS, "verslag"), tuple(rows))


def _points(turn: Turn, place: Body, since: date | None, until: date | None) -> Table:
    start, end = since_and_until(since, until)
    found = turn.store.attention_points(body=place.code, made_since=start, made_until=end, limit=ALL)
    return lists.points_table(turn.store, [one for one in found if visible(one, turn)])


def _consultations(turn: Turn, place: Body, since: date | None, until: date | None) -> Table:
    """Only the parties whose answers this person may read; what is about a sensitive signal for who may see that."""
    found = turn.store.consultations(body=place.code, limit=ALL)
    near = [one for one in found if _within(one.made_at.astimezone(AMSTERDAM).date(), since, until)]
    seen = [one for one in near if visible(one, turn) and not _hides(turn, one.about)]
    return lists.consultations_table(
        turn.store, [(one, parties_shown(turn.viewer, one, place, turn.structure)) for one in seen]
    )


def _hides(turn: Turn, about: str) -> bool:
    """Whether a sensitive signal lies under it that this person may not see (R-002)."""
    found = (turn.store.get(Signal, id) for id in signals_behind(turn, about))
    return any(one is not None and one.sensitive and not may_see_signal(turn.viewer, one) for one in found)
