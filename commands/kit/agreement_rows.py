"""A list of agreements from elsewhere, row by row, as concepts of this register (R-061, R-114, INV-25, INV-26).

The columns are those of the list that `!exporteer afspraken` gives. Every fault is told with its line; none is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from commands.kit.agreeing import SOURCES
from commands.kit.register import Register
from commands.rules.decisions import UNDECIDING
from commands.words.agreement import LIVE_AGREEMENTS, Agreement, DueKind, Progress
from commands.words.meeting import Meeting
from commands.words.people import Person, RoleName
from commands.words.signal import Track
from commands.words.structure import Body, BodyKind

NEEDED = ("datum", "overleg", "afspraak", "bindt", "verantwoordelijk", "trekker", "verantwoording aan")
MAY = ("termijn", "datum uiterlijk", "stand", "duiding", "bewijs", "bron", "spoor", "doelstelling")
#: Columns of the exported list that say nothing of the agreement itself, or only what its chair may say.
PASSED_OVER = ("nr", "status", "cyclus", "maat", "meetmoment", "wie", "laatste stand op")
#: More agreements than one meeting ever has.
MOST_ROWS = 100_000
#: What the exported list puts before a text that a spreadsheet would reckon with (digests.md §3.4).
_QUOTED = re.compile(r"'(?=[=+\-@])")
_DAY = re.compile(r"(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{4})")
_BETWEEN = re.compile(r"[,;&+]|\ben\b")

Choice = TypeVar("Choice", bound=StrEnum)
T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """One row of the file: the line it begins on, and its cells by column."""

    line: int
    cells: Mapping[str, str]


class _Fault(Exception):
    """Why a cell cannot be read, for the operator."""


def columns_wrong(names: Sequence[str]) -> list[str]:
    """What is wrong with the first line."""
    known = (*NEEDED, *MAY, *PASSED_OVER)
    found = [f'line 1: "{name}" is no column of this list' for name in names if name not in known]
    found += [f'line 1: the column "{name}" is missing' for name in NEEDED if name not in names]
    return found + [f'line 1: "{name}" stands there twice' for name in dict.fromkeys(names) if names.count(name) > 1]


def agreements_from(register: Register, rows: Sequence[Row]) -> tuple[list[tuple[Row, Agreement]], list[str]]:
    """The agreements as they would be written, without a number yet (id ""), and every fault of every row.

    Made by the secretary of the body, who keeps its register (G5); concepts, since only its chair fixes them (INV-21).
    """
    made: list[tuple[Row, Agreement]] = []
    faults: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        one = _Reading(register, row)
        agreement = one.agreement()
        faults += one.faults
        if agreement is None:
            continue
        key = (agreement.meeting, agreement.text.casefold())
        if key in seen:
            faults.append(f"line {row.line}, afspraak: stands on line {seen[key]} already")
        seen.setdefault(key, row.line)
        made.append((row, agreement))
    return made, faults


class Twins:
    """The same agreement where it is in the register already: of that meeting, with those words, and in force. Reads
    each meeting once, however many rows name it."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._known: dict[str, dict[str, Agreement]] = {}

    def of(self, agreement: Agreement) -> Agreement | None:
        """The twin as it was in the register before the first row of its meeting was asked about."""
        if agreement.meeting not in self._known:
            known = self.register.store.agreements(meeting=agreement.meeting, states=LIVE_AGREEMENTS, limit=MOST_ROWS)
            self._known[agreement.meeting] = {one.text.casefold(): one for one in reversed(known)}
        return self._known[agreement.meeting].get(agreement.text.casefold())


class _Reading:
    """One row while it is read; goes on after a fault, so that all are told at once."""

    def __init__(self, register: Register, row: Row) -> None:
        self.register = register
        self.row = row
        self.faults: list[str] = []

    def agreement(self) -> Agreement | None:
        text = " ".join(self._needed("afspraak").split())
        if "\0" in text:
            self._fault("afspraak", "holds a character that is no text; save the list anew as CSV UTF-8")
        body = self._try("overleg", self._body)
        meeting = self._try("datum", lambda raw: self._meeting(raw, body)) if body else None
        secretary = self._secretary(body) if body else None
        binds = self._try("bindt", self._parties)
        responsible = self._try("verantwoordelijk", self._responsible)
        lead = self._try("trekker", self._lead)
        accountable = self._try("verantwoording aan", self._body_of_account)
        kind, due = self._term()
        progress = self._choice("stand", Progress, Progress.ON_PAPER)
        track = self._choice("spoor", Track, Track.OPEN)
        source = self._source()
        if progress is Progress.REALISED and not self._cell("bewijs"):
            self._fault("bewijs", "an agreement that is gerealiseerd needs one")
        if self.faults or not (body and meeting and secretary and binds and responsible and lead and accountable):
            return None
        return Agreement(
            id="",
            text=text,
            body=body.code,
            meeting=meeting.id,
            binds=binds,
            responsible=responsible,
            lead=lead.id,
            accountable_to=accountable.code,
            made_by=secretary.id,
            made_at=self.register.now,
            progress=progress,
            source=source,
            due=due,
            due_kind=kind,
            goal=self._cell("doelstelling"),
            track=track,
            meaning=self._cell("duiding"),
            evidence=self._cell("bewijs"),
        )

    # --- cells -------------------------------------------------------------------------------------------------------
    def _cell(self, column: str) -> str:
        return _QUOTED.sub("", self.row.cells.get(column, "").strip(), count=1)

    def _fault(self, column: str, because: str) -> None:
        self.faults.append(f"line {self.row.line}, {column}: {because}")

    def _needed(self, column: str) -> str:
        found = self._cell(column)
        if not found:
            self._fault(column, "is empty")
        return found

    def _try(self, column: str, read: Callable[[str], T]) -> T | None:
        raw = self._needed(column)
        try:
            return read(raw) if raw else None
        except _Fault as fault:
            self._fault(column, str(fault))
            return None

    def _choice(self, column: str, kind: type[Choice], usual: Choice) -> Choice:
        raw = self._cell(column).casefold()
        found = next((one for one in kind if str(one) == raw), None)
        if raw and found is None:
            self._fault(column, f'"{raw}" is none of {", ".join(kind)}')
        return found or usual

    def _source(self) -> str:
        raw = self._cell("bron").casefold() or SOURCES[0]
        if raw not in SOURCES:
            self._fault("bron", f'"{raw}" is none of {", ".join(SOURCES)}')
        return raw

    def _term(self) -> tuple[DueKind, date | None]:
        raw = self._cell("datum uiterlijk")
        try:
            due = _day(raw) if raw else None
        except _Fault as fault:
            self._fault("datum uiterlijk", str(fault))
            return DueKind.ONGOING, None
        kind = self._choice("termijn", DueKind, DueKind.ULTIMATELY if due else DueKind.ONGOING)
        if (due is None) is not (kind is DueKind.ONGOING):
            self._fault("termijn", f"{kind} with{'out' if due is None else ''} a date")
        return kind, due

    # --- what they name ----------------------------------------------------------------------------------------------
    def _body(self, raw: str) -> Body:
        body = self.register.body(raw)
        if body is None or body.kind is not BodyKind.FIXED:
            tiers = ", ".join(tier.code for tier in self.register.structure.tiers)
            raise _Fault(f'"{raw}" makes no agreements; {tiers} do')
        return body

    def _body_of_account(self, raw: str) -> Body:
        body = self.register.body(raw.removeprefix("het ").strip())
        if body is None:
            raise _Fault(f'"{raw}" is no body of this register')
        return body

    def _meeting(self, raw: str, body: Body) -> Meeting:
        day = _day(raw)
        found = self.register.store.meetings(body=body.code, since=day, until=day)
        formal = [one for one in found if one.kind not in UNDECIDING]
        if day > self.register.today:
            raise _Fault(f"{day} has still to come")
        if not formal:
            raise _Fault(f"{body.code} has no meeting that decides on {day}")
        return formal[0]

    def _secretary(self, body: Body) -> Person | None:
        found = self.register.person_with(RoleName.SECRETARY, body.code)
        if found is None:
            self._fault("overleg", f"{body.code} has no secretary in whose name this can be written")
        return found

    def _parties(self, raw: str) -> tuple[str, ...]:
        structure = self.register.structure
        words = [word.strip(" .") for word in _BETWEEN.split(raw) if word.strip(" .")]
        for word in words:
            meant = structure.misread_parties.get(word.casefold())
            if structure.party(word) is None:
                known = ", ".join(party.code for party in structure.parties)
                raise _Fault(f'"{word}" is no party; {f"is {meant} meant? " if meant else ""}known are {known}')
        found = {party.code for word in words if (party := structure.party(word)) is not None}
        return tuple(party.code for party in structure.parties if party.code in found)

    def _responsible(self, raw: str) -> str:
        party = self.register.structure.party(raw)
        return party.code if party is not None else self._person(raw).id

    def _lead(self, raw: str) -> Person:
        person = self._person(raw)
        if person.external:
            raise _Fault(f"{person.label} is from outside; a trekker is of one of the parties")
        return person

    def _person(self, raw: str) -> Person:
        found = self.register.store.find_people(raw.removeprefix("@"))
        if len(found) != 1:
            many = "no person" if not found else f"{len(found)} people"
            raise _Fault(f'"{raw}" is {many} of this register; an id is sure')
        return found[0]


def _day(raw: str) -> date:
    """2027-10-01 or 1-10-2027; nothing that could be read in two ways."""
    dutch = _DAY.fullmatch(raw)
    try:
        if dutch:
            return date(int(dutch["y"]), int(dutch["m"]), int(dutch["d"]))
        return date.fromisoformat(raw)
    except ValueError:
        raise _Fault(f'"{raw}" is no day; write 2027-10-01 or 1-10-2027') from None
