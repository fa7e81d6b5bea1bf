from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlmodel import Session, select

from bot.scheduler import sweep
from commands.kit.ports import Change, Due
from commands.moments.watch import Moment, Nudge, Watch
from commands.words.people import Person
from commands.words.structure import Structure
from storage import tables
from storage.database import Database, build
from storage.store import SqlStore
from tests.conftest import at


def _nudge(watch: Watch, due: Due) -> Sequence[Nudge]:
    return [Nudge("vng.ao.2", (f"Over {due.about}.",), about=(due.about,))]


MOMENTS = {"proef": Moment("proef", _nudge)}


def _owe(session: Session, about: str, when: datetime) -> None:
    SqlStore(session).owe(about, [Due("proef", about, "1", when)], kinds=("proef",))


def _posted(session: Session) -> list[tables.Outbox]:
    return list(session.exec(select(tables.Outbox).order_by(tables.Outbox.id)))  # type: ignore[arg-type]


def _database() -> Database:
    database = Database("sqlite://")
    build(database)
    known = Change("beheerder", at("2027-01-01 09:00"))
    database.work(lambda session: SqlStore(session).put(Person("vng.ao.2", "VNG"), known))
    return database


def test_nudges_of_one_morning_become_one_message(structure: Structure) -> None:
    database = _database()

    def unit(session: Session) -> list[tables.Outbox]:
        for about in ("A", "B"):
            _owe(session, about, at("2027-01-12 08:30"))
        sweep(session, structure, MOMENTS, at("2027-01-12 08:30"))
        return _posted(session)

    [only] = database.work(unit)
    assert only.key == "bundle:vng.ao.2:2027-01-12"
    assert only.about == ["A", "B"]
    database.close()


def test_a_second_nudge_on_one_day_waits_for_the_next_and_is_not_called_late(structure: Structure) -> None:
    database = _database()

    def unit(session: Session) -> list[tables.Outbox]:
        _owe(session, "A", at("2027-01-12 08:30"))
        sweep(session, structure, MOMENTS, at("2027-01-12 08:30"))
        _owe(session, "B", at("2027-01-12 09:00"))
        sweep(session, structure, MOMENTS, at("2027-01-12 09:00"))
        assert len(_posted(session)) == 1
        sweep(session, structure, MOMENTS, at("2027-01-13 08:30"))
        return _posted(session)

    _, second = database.work(unit)
    assert second.due == at("2027-01-13 08:30").astimezone(UTC)
    database.close()


def test_what_fell_due_while_the_bot_was_down_waits_for_the_morning_and_keeps_the_moment_it_was_meant_for(
    structure: Structure,
) -> None:
    database = _database()

    def unit(session: Session) -> list[tables.Outbox]:
        _owe(session, "A", at("2027-01-12 08:30"))
        sweep(session, structure, MOMENTS, at("2027-01-12 22:00"))
        assert _posted(session) == []
        sweep(session, structure, MOMENTS, at("2027-01-13 08:30"))
        return _posted(session)

    [only] = database.work(unit)
    assert only.due == at("2027-01-12 08:30").astimezone(UTC)
    database.close()


def test_nothing_is_said_in_a_quiet_period(structure: Structure) -> None:
    database = _database()

    def unit(session: Session) -> list[tables.Outbox]:
        _owe(session, "A", at("2027-04-26 08:30"))
        sweep(session, structure, MOMENTS, at("2027-04-26 09:00"))
        return _posted(session)

    assert database.work(unit) == []
    database.close()


def test_a_moment_that_fails_holds_up_no_other_and_is_tried_again(structure: Structure) -> None:
    database = _database()
    failing = {"times": 1}

    def fails_once(watch: Watch, due: Due) -> Sequence[Nudge]:
        if failing["times"]:
            failing["times"] -= 1
            raise RuntimeError("kapot")
        return _nudge(watch, due)

    moments = {**MOMENTS, "stuk": Moment("stuk", fails_once)}

    def unit(session: Session) -> list[str]:
        SqlStore(session).owe("A", [Due("stuk", "A", "1", at("2027-01-12 08:30"))], kinds=("stuk",))
        _owe(session, "B", at("2027-01-12 08:30"))
        sweep(session, structure, moments, at("2027-01-12 08:30"))
        assert [row.about for row in _posted(session)] == [["B"]]
        sweep(session, structure, moments, at("2027-01-13 09:30"))
        return [row.about[0] for row in _posted(session)]

    assert database.work(unit) == ["B", "A"]
    database.close()
