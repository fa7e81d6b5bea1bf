"""What the database itself refuses, and ids that are never given twice."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError, StatementError

from bot.seed import know_bodies
from commands.kit.ports import Change
from commands.words.action import Action, ActionState
from commands.words.calendar import AMSTERDAM
from commands.words.people import Person
from commands.words.proposal import Proposal, ProposalKind, ProposalState
from commands.words.signal import Hop, Signal, SignalState
from commands.words.structure import Structure
from storage.database import Database, upgrade
from storage.store import SqlStore

NOON = datetime(2027, 1, 11, 12, 0, tzinfo=AMSTERDAM)
CHANGE = Change("vng.ao.2", NOON, "omdat het moet", "console:m1")
SIGNAL = Signal(
    "SIG-2027-001", "Depots vol", ("vng.ao.2",), "VNG", SignalState.SUBMITTED, "AO", "AO", NOON, NOON,
    hops=(Hop("AO", "WG-PFAS", "twee opties", date(2027, 3, 4)),),
)  # fmt: skip


@pytest.fixture
def database(tmp_path: Path, structure: Structure) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path}/register.db")
    upgrade(made, NOON)

    def begin(session: Any) -> None:
        know_bodies(session, structure)
        store = SqlStore(session)
        for id in ("vng.ao.2", "rijk.ao.0"):
            store.put(Person(id, "VNG"), CHANGE)
        store.put(SIGNAL, CHANGE)

    made.work(begin)
    yield made
    made.close()


def run(database: Database, statement: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text(statement))


def put(database: Database, record: Any) -> None:
    database.work(lambda session: SqlStore(session).put(record, CHANGE))


def action(**more: Any) -> Action:
    values: dict[str, Any] = {"id": "ACT-2027-001", "text": "Doen", "holder": "vng.ao.2", "on_behalf_of": "VNG"}
    values |= {"due": NOON.date(), "first_due": NOON.date(), "body": "AO", "state": ActionState.OPEN}
    return Action(**{**values, "asked_by": "vng.ao.2", "made_at": NOON, **more})


def proposal(id: str, **more: Any) -> Proposal:
    values: dict[str, Any] = {"kind": ProposalKind.ESCALATE, "about": "SIG-2027-001", "proposer": "vng.ao.2"}
    values |= {"because": "alle partijen", "confirms": "AO", "state": ProposalState.SUBMITTED, "made_at": NOON}
    return Proposal(id, **{**values, **more})


def test_a_record_comes_back_as_it_was_put(database: Database) -> None:
    assert database.work(lambda session: SqlStore(session).get(Signal, "SIG-2027-001")) == SIGNAL


@pytest.mark.parametrize("statement", ["UPDATE history SET why = 'anders'", "DELETE FROM history"])
def test_history_is_append_only_whoever_asks(database: Database, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        run(database, statement)


def test_every_change_is_one_row_of_history_with_who_when_and_why(database: Database) -> None:
    [row] = database.work(lambda session: SqlStore(session).history("SIG-2027-001"))
    assert (row.by, row.at, row.why, row.source) == ("vng.ao.2", NOON, "omdat het moet", "console:m1")
    assert (row.from_state, row.to_state) == (None, "ingediend @AO")


@pytest.mark.parametrize(
    "record",
    [
        action(holder="niemand"),
        action(body="XX"),
        action(signal="SIG-2027-999"),
        action(postponed=-1),
        proposal("VST-2027-001", confirms="XX"),
    ],
)
def test_nothing_points_at_what_is_not_there(database: Database, record: Any) -> None:
    with pytest.raises(IntegrityError):
        put(database, record)
    assert database.work(lambda session: SqlStore(session).get(type(record), record.id)) is None
    assert database.work(lambda session: SqlStore(session).history(record.id)) == ()


def test_what_is_pointed_at_cannot_be_deleted(database: Database) -> None:
    put(database, action(signal="SIG-2027-001"))
    with pytest.raises(IntegrityError):
        run(database, "DELETE FROM signal")


@pytest.mark.parametrize("state", ["onzin", "", "OPEN"])
def test_a_state_is_one_of_the_list_or_refused_by_code_and_database_alike(database: Database, state: str) -> None:
    with pytest.raises((StatementError, LookupError)):
        put(database, action(state=state))
    put(database, action())
    with pytest.raises(IntegrityError):
        run(database, f"UPDATE action SET state = '{state}'")  # noqa: S608


def test_one_object_has_one_open_proposal_whatever_two_people_do_at_once(database: Database) -> None:
    """INV-07."""
    put(database, proposal("VST-2027-001"))
    with pytest.raises(IntegrityError):
        put(database, proposal("VST-2027-002", proposer="rijk.ao.0"))
    put(database, proposal("VST-2027-001", state=ProposalState.REJECTED, decided_by="rijk.ao.0"))
    put(database, proposal("VST-2027-002"))
    found = database.work(lambda session: SqlStore(session).proposals(about="SIG-2027-001"))
    assert [one.id for one in found] == ["VST-2027-002"]


def test_nobody_confirms_the_own_proposal_not_even_by_hand(database: Database) -> None:
    """INV-05."""
    with pytest.raises(IntegrityError):
        put(database, proposal("VST-2027-001", state=ProposalState.CONFIRMED, decided_by="vng.ao.2"))
    put(database, proposal("VST-2027-001", state=ProposalState.WITHDRAWN, decided_by="vng.ao.2"))


def test_a_unit_of_work_that_fails_leaves_nothing(database: Database) -> None:
    def fail(session: Any) -> None:
        store = SqlStore(session)
        store.put(action(), CHANGE)
        assert store.new_id("ACT", 2027) == "ACT-2027-001"
        raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        database.work(fail)
    assert database.work(lambda session: SqlStore(session).get(Action, "ACT-2027-001")) is None
    assert database.work(lambda session: SqlStore(session).new_id("ACT", 2027)) == "ACT-2027-001"


# --- ids -------------------------------------------------------------------------------------------------------------
def test_ids_count_per_prefix_and_year(database: Database) -> None:
    wanted = [("SIG", 2027), ("SIG", 2027), ("SIG", 2028), ("ACT", 2027), ("VRG-AO", 2027)]
    given = database.work(lambda session: [SqlStore(session).new_id(*one) for one in wanted])
    assert given == ["SIG-2027-001", "SIG-2027-002", "SIG-2028-001", "ACT-2027-001", "VRG-AO-2027-01"]


def test_threads_never_get_the_same_id(database: Database) -> None:
    def one(_: int) -> str:
        with database.session() as session:
            return SqlStore(session).new_id("SIG", 2027)

    with ThreadPoolExecutor(max_workers=8) as pool:
        given = list(pool.map(one, range(80)))
    assert len(set(given)) == 80


PROGRAM = """
import sys
from storage.database import Database
from storage.store import SqlStore
database = Database(sys.argv[1])
for _ in range(50):
    print(database.work(lambda session: SqlStore(session).new_id("SIG", 2027)))
database.close()
"""


def test_processes_never_get_the_same_id(database: Database) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", PROGRAM, database.url], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    given = [line for process in running for line in process.communicate(timeout=60)[0].splitlines()]
    assert [process.returncode for process in running] == [0, 0, 0, 0]
    assert sorted(given) == [f"SIG-2027-{n:03d}" for n in range(1, 201)]


def test_instants_are_kept_with_their_zone(database: Database) -> None:
    found = database.work(lambda session: SqlStore(session).get(Signal, "SIG-2027-001"))
    assert found is not None
    assert found.filed_at.utcoffset() is not None
    assert found.filed_at == NOON


@pytest.mark.parametrize("pragma", ["journal_mode:wal", "synchronous:2", "foreign_keys:1", "busy_timeout:5000"])
def test_a_register_that_is_kept_survives_a_power_cut(database: Database, pragma: str) -> None:
    name, _, wanted = pragma.partition(":")
    assert re.fullmatch(r"\w+", name)
    with database.engine.connect() as connection:
        assert str(connection.exec_driver_sql(f"PRAGMA {name}").scalar()) == wanted


def test_what_someone_raised_is_found_back_in_all_that_it_went_up_in(database: Database) -> None:
    for n, into in ((4, None), (3, 4), (2, 3)):
        merged = f"SIG-2027-00{into}" if into else None
        put(database, replace(SIGNAL, id=f"SIG-2027-00{n}", raised_by=("rijk.ao.0",), merged_into=merged))
    put(database, replace(SIGNAL, merged_into="SIG-2027-002"))
    found = database.work(lambda session: SqlStore(session).raised_into("vng.ao.2"))
    assert found == {"SIG-2027-002", "SIG-2027-003", "SIG-2027-004"}


def test_a_circle_in_the_register_holds_nobody_up(database: Database) -> None:
    put(database, replace(SIGNAL, id="SIG-2027-002", merged_into="SIG-2027-001"))
    put(database, replace(SIGNAL, merged_into="SIG-2027-002"))
    found = database.work(lambda session: SqlStore(session).raised_into("vng.ao.2"))
    assert found == {"SIG-2027-001", "SIG-2027-002"}


def test_of_many_records_only_those_in_a_state_are_read(database: Database) -> None:
    put(database, replace(SIGNAL, id="SIG-2027-002", state=SignalState.SETTLED))
    both = ["SIG-2027-001", "SIG-2027-002", "SIG-2027-003"]
    found = database.work(lambda session: SqlStore(session).get_all(Signal, both, states=[SignalState.SETTLED]))
    assert list(found) == ["SIG-2027-002"]
