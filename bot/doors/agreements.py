"""`overlegbot agreements`: a list of agreements as CSV into the register, all of it or nothing, and out of it again."""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from io import StringIO
from pathlib import Path

from sqlmodel import Session

from bot.doors import FAULTS_FOUND, WELL, DoorError
from bot.doors.opening import checked, database, database_of, settings_of, stored_clock
from bot.renderers.plain import plain
from bot.seed import IMPORT
from commands.kit.agreement_rows import PASSED_OVER, Row, Twins, agreements_from, columns_wrong
from commands.kit.decisions import save_record
from commands.kit.discretion import for_its_reader
from commands.kit.ports import Change
from commands.kit.reply import say
from commands.kit.turn import Turn
from commands.words.agreement import Agreement, AgreementState
from commands.words.calendar import AMSTERDAM
from commands.words.people import Person
from commands.words.structure import Structure
from config.structure import load_structure
from storage.store import SqlStore

#: Before every clock.
_NEVER = datetime.min.replace(tzinfo=UTC)
#: What the history names as the source of what came from a list.
_SOURCE = "agreements:"
_WHY = "uit een lijst"
_TAKEN_BACK = "de lijst is teruggenomen"


class ByOperator(Turn):
    """What a file brings, without a chat message: the history names the operator."""

    def change(self, why: str = "") -> Change:
        return Change(IMPORT, self.now, why or _WHY, self.source)


@dataclass(frozen=True)
class Account:
    """What came of a file. With `faults` nothing was stored."""

    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    def __str__(self) -> str:
        counts = (
            (len(self.new), "new, as concepts"),
            (len(self.known), "in the register already"),
            (len(self.gone), "taken back"),
            (len(self.kept), "kept, since people went on with them"),
        )
        return ", ".join(f"{n} {what}" for n, what in counts if n) or "no agreements"


def main(args: argparse.Namespace) -> int:
    """Import `args.file`, or take back what it brought. DoorError: a file that cannot be read (2), a database (3)."""
    structure = checked(lambda: load_structure(settings_of(args).structure))
    try:
        data = Path(args.file).read_bytes()
    except OSError as failure:
        raise DoorError(f"{args.file}: {failure.strerror or 'cannot be read'}") from failure
    with database(database_of(args)) as made:
        now = max(datetime.now(UTC), stored_clock(made) or _NEVER)
        act = bring_in if args.verb == "import" else take_back
        came = made.work(lambda session: act(session, structure, data, now))
    for fault in came.faults:
        print(f"overlegbot: {args.file}: {fault}", file=sys.stderr)
    if came.faults:
        print(f"{args.file}: nothing was stored", file=sys.stderr)
        return FAULTS_FOUND
    print(f"{args.file}: {came}")
    return WELL


def bring_in(session: Session, structure: Structure, data: bytes, now: datetime) -> Account:
    """Write what is not in the register yet; on one fault nothing. The secretary of each body hears of it once."""
    turn, found, faults = _read(session, structure, data, now)
    if faults:
        return Account(faults=tuple(faults))
    new: dict[str, list[str]] = defaultdict(list)
    known: list[str] = []
    twins = Twins(turn)
    for agreement in found:
        twin = twins.of(agreement)
        if twin is not None:
            known.append(twin.id)
            continue
        made = replace(agreement, id=turn.new_id("AFS"))
        save_record(turn, made, _WHY)
        new[made.body].append(made.id)
    for code, ids in new.items():
        _tell_secretary(turn, code, ids, next(one.made_by for one in found if one.body == code))
    _post(turn)
    return Account(tuple(id for ids in new.values() for id in ids), tuple(known))


def take_back(session: Session, structure: Structure, data: bytes, now: datetime) -> Account:
    """Let what this list brought lapse, as far as nobody went on with it: a fixed one is its body's (INV-23)."""
    turn, found, faults = _read(session, structure, data, now)
    if faults:
        return Account(faults=tuple(faults))
    gone: list[str] = []
    kept: list[str] = []
    twins = Twins(turn)
    for agreement in found:
        twin = twins.of(agreement)
        if twin is None:
            continue
        changed = turn.store.last_change(twin.id)
        untouched = changed is not None and changed[0].by == IMPORT and (changed[0].source or "").startswith(_SOURCE)
        if untouched and twin.state is AgreementState.CONCEPT:
            save_record(turn, replace(twin, state=AgreementState.LAPSED, outcome=_TAKEN_BACK), _TAKEN_BACK)
            gone.append(twin.id)
        else:
            kept.append(twin.id)
    return Account(gone=tuple(gone), kept=tuple(kept))


def _read(
    session: Session, structure: Structure, data: bytes, now: datetime
) -> tuple[ByOperator, list[Agreement], list[str]]:
    local = now.astimezone(AMSTERDAM)
    source = f"{_SOURCE}{sha256(data).hexdigest()[:16]}:{local.isoformat()}"
    turn = ByOperator(SqlStore(session), structure, local, Person(IMPORT, "", name=IMPORT), None, source, 0)
    rows, faults = rows_of(data)
    if faults:
        return turn, [], faults
    made, faults = agreements_from(turn, rows)
    return turn, [agreement for _, agreement in made], faults


def rows_of(data: bytes) -> tuple[list[Row], list[str]]:
    """The rows by column, with the line each begins on; separated by what the first line is separated by (; , or tab).

    UTF-8, with or without a mark at its beginning. Rows of nothing but empty cells are passed over.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = data.count(b"\n", 0, failure.start) + 1
        return [], [f"line {line}: is no UTF-8; save the list as CSV UTF-8"]
    first = text.split("\n", 1)[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(";,\t", key=first.count), strict=True)
    rows: list[Row] = []
    faults: list[str] = []
    names: list[str] = []
    line = 1
    try:
        for cells in reader:
            if not names:
                names = [cell.strip().casefold() for cell in cells]
                faults = columns_wrong(names)
            elif any(cell.strip() for cell in cells):
                faults += _too_long(line, cells, names)
                rows.append(Row(line, _by_column(names, cells)))
            line = reader.line_num + 1
    except csv.Error as failure:
        return [], [f"line {line}: {failure}"]
    return (rows, faults) if names else ([], ["line 1: the names of the columns are missing"])


def _too_long(line: int, cells: list[str], names: list[str]) -> list[str]:
    return [f"line {line}: {len(cells)} cells under {len(names)} columns"] if len(cells) > len(names) else []


def _by_column(names: Iterable[str], cells: Iterable[str]) -> dict[str, str]:
    pairs = zip(names, cells, strict=False)
    return {name: cell for name, cell in pairs if name not in PASSED_OVER}


def _tell_secretary(turn: Turn, code: str, ids: list[str], secretary: str) -> None:
    many = "1 afspraak" if len(ids) == 1 else f"{len(ids)} afspraken"
    named = ids[0] if len(ids) == 1 else f"{ids[0]} t/m {ids[-1]}"
    verb, it = ("staat", "haar") if len(ids) == 1 else ("staan", "ze")
    place = turn.need_body(code)
    text = (
        f"De beheerder zette {many} van {place.the} in het register: {named}. Er {verb} nog niets vast; "
        f"de voorzitter stelt {it} vast met !afspraak vaststellen en het nummer."
    )
    turn.tell(secretary, say(text), about=tuple(ids), receipt=False)


def _post(turn: ByOperator) -> None:
    for outgoing in turn.pending:
        notice = for_its_reader(turn, outgoing, plain(outgoing.message))
        if notice is not None:
            turn.store.post(notice)
