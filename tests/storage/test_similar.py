"""The search for similar texts keeps step with the register, and finds in the same order every time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar

import pytest
from sqlalchemy import text
from sqlmodel import Session

from commands.kit.ports import Change
from commands.rules.likeness import Lexicon
from commands.words.people import Person
from commands.words.signal import OPEN_STATES, Signal, SignalState
from commands.words.structure import BodyKind, Structure
from commands.words.workgroup import GroupState, Workgroup
from storage.backend import SEARCH
from storage.database import Database, build, upgrade
from storage.store import SqlStore

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
CHANGE = Change("uvw.ao.1", NOW)
T = TypeVar("T")
Work = Callable[[Callable[[SqlStore], T]], T]


@pytest.fixture(params=["built", "migrated"])
def database(request: pytest.FixtureRequest, structure: Structure) -> Iterator[Database]:
    database = Database("sqlite://")
    if request.param == "built":
        build(database)
    else:
        upgrade(database, NOW)

    def unit(session: Session) -> None:
        store = SqlStore(session)
        for body in structure.bodies:
            store.know_body(body.code, str(body.kind))
        store.put(Person("uvw.ao.1", "UvW"), CHANGE)

    database.work(unit)
    yield database
    database.close()


@pytest.fixture
def look(database: Database, structure: Structure) -> Callable[..., tuple[str, ...]]:
    lexicon = Lexicon(structure.synonyms, structure.common_words)

    def similar(text: str, *, limit: int = 3) -> tuple[str, ...]:
        return database.work(lambda session: SqlStore(session).similar(text, lexicon, limit=limit))

    return similar


@pytest.fixture
def put(database: Database) -> Callable[..., None]:
    def write(*records: Signal | Workgroup) -> None:
        def unit(session: Session) -> None:
            for record in records:
                SqlStore(session).put(record, CHANGE)

        database.work(unit)

    return write


def signal(number: int, title: str, state: SignalState = SignalState.SUBMITTED, explanation: str = "") -> Signal:
    id = f"SIG-2027-{number:03d}"
    return Signal(id, title, ("uvw.ao.1",), "UvW", state, "AO", "AO", NOW, NOW, explanation=explanation)


GROUP = Workgroup(
    "WG-BAGGER",
    "Werkgroep bagger",
    BodyKind.WORKGROUP,
    GroupState.ACTIVE,
    date(2027, 1, 1),
    date(2027, 12, 31),
    "AO",
    task="Zoek ruimte in baggerdepots",
)


def test_a_signal_in_other_words_is_found(look, put) -> None:
    put(signal(1, "Baggerdepots zitten vol door PFAS"), signal(2, "Drugsafval in de berm"))
    assert look("Nergens heen met de specie: PFAS") == ("SIG-2027-001",)


def test_another_subject_finds_nothing(look, put) -> None:
    put(signal(1, "Baggerdepots zitten vol door PFAS"))
    assert look("Nieuwe bestuurders kennen het dossier niet") == ()


@pytest.mark.parametrize("state", list(SignalState))
def test_only_an_open_signal_is_found(look, put, state: SignalState) -> None:
    put(signal(1, "Baggerdepots zitten vol door PFAS"))
    put(signal(1, "Baggerdepots zitten vol door PFAS", state))
    assert bool(look("Baggerdepots vol door PFAS")) == (state in OPEN_STATES)


def test_a_changed_text_is_found_by_its_new_words_only(look, put) -> None:
    put(signal(1, "Baggerdepots zitten vol door PFAS"))
    put(signal(1, "Zinkassen komen vrij bij wegwerk"))
    assert look("Baggerdepots vol door PFAS") == ()
    assert look("Zinkassen onder wegwerk") == ("SIG-2027-001",)


def test_a_reopened_signal_is_found_again(look, put) -> None:
    for state in (SignalState.SUBMITTED, SignalState.CLOSED, SignalState.SUBMITTED):
        put(signal(1, "Baggerdepots zitten vol door PFAS", state))
    assert look("Baggerdepots vol door PFAS") == ("SIG-2027-001",)


def test_a_running_group_is_found_and_one_that_ended_is_not(look, put) -> None:
    put(GROUP)
    assert look("Geen ruimte meer in het baggerdepot") == ("WG-BAGGER",)
    put(replace(GROUP, state=GroupState.ENDED))
    assert look("Geen ruimte meer in het baggerdepot") == ()


def test_what_is_rolled_back_is_not_found(look, database: Database) -> None:
    def fails(session: Session) -> None:
        SqlStore(session).put(signal(1, "Baggerdepots zitten vol door PFAS"), CHANGE)
        raise RuntimeError("kapot")

    with pytest.raises(RuntimeError):
        database.work(fails)
    assert look("Baggerdepots vol door PFAS") == ()


def test_equals_come_in_the_order_of_their_ids_and_no_more_than_asked_for(look, put) -> None:
    put(*(signal(number, "Baggerdepots zitten vol door PFAS") for number in (3, 1, 4, 2)))
    assert look("Baggerdepots zitten vol door PFAS") == ("SIG-2027-001", "SIG-2027-002", "SIG-2027-003")


@pytest.mark.parametrize(
    "typed", ["", "!!", '" OR body:"', "'; DROP TABLE signal; --", "NEAR(a b)", "\x00\u202e", "a" * 65536]
)
def test_whatever_is_typed_is_only_looked_for(look, put, typed: str) -> None:
    put(signal(1, "Baggerdepots zitten vol door PFAS"))
    assert look(typed) == ()


def test_the_index_holds_one_row_for_each_open_object(look, put, database: Database) -> None:
    put(signal(1, "Baggerdepots zitten vol"), signal(2, "Zinkassen bij wegwerk"), GROUP)
    put(signal(1, "Baggerdepots zitten vol", SignalState.HELD), signal(2, "Zinkassen", SignalState.CLOSED), GROUP)
    found = database.work(
        lambda session: session.execute(
            text(f"SELECT about FROM {SEARCH}_of JOIN {SEARCH} ON {SEARCH}.rowid = id ORDER BY about")  # noqa: S608
        ).all()
    )
    assert [row[0] for row in found] == ["SIG-2027-001", "WG-BAGGER"]
