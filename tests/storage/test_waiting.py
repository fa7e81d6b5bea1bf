"""What waits is found without walking what was handled and sent before, and what a transaction waits for."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlmodel import Session

from bot.channels.base import Heard
from bot.ears import DatabaseEars
from bot.house import House
from commands.words.structure import Structure
from storage import inbox, outbox
from storage.backend import settle
from storage.database import Database, build
from storage.lasting import make_lasting
from tests.conftest import at
from tests.counting import commits

NOW = at("2027-01-11 09:00")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path}/register.db")
    build(made)
    yield made
    made.close()


@pytest.mark.parametrize(
    "look",
    [
        lambda session: outbox.heads(session, NOW),
        lambda session: outbox.heads(session, NOW, {"AO", "DO"}),
        lambda session: outbox.unsent(session, NOW),
        lambda session: outbox.next_try(session, after=NOW),
        outbox.try_at_once,
        lambda session: inbox.waiting(session, 5),
        lambda session: inbox.knows(session, "matrix", "$1"),
    ],
)
def test_no_look_at_what_waits_walks_what_is_done(database: Database, look: Callable[[Session], Any]) -> None:
    asked: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", keep)
    database.work(look)
    event.remove(database.engine, "before_cursor_execute", keep)
    plans: list[str] = []
    with database.engine.connect() as connection:
        for statement, values in asked[1:]:
            found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            plans += [row[3] for row in found]
    small = r"USING INDEX ix_(outbox_unsent|outbox_unsent_to|inbox_new)$"
    walked = [plan for plan in plans if plan.startswith("SCAN") and not re.search(small, plan)]
    assert plans
    assert walked == []
    assert not [plan for plan in plans if "ix_outbox_to_id" in plan]


@pytest.mark.parametrize(("position", "synced"), [("s1", 0), (None, 1)])
def test_what_no_channel_will_say_again_waits_for_the_disk(
    database: Database, structure: Structure, position: str | None, synced: int
) -> None:
    ears = DatabaseEars(database, House(structure, {}, {}), lambda: NOW, lambda _lasting: None, lambda: None)
    heard = Heard("teams", "1", NOW, "19:x", False, "a", "message", "!help")
    with commits(database.engine) as made:
        asyncio.run(ears.heard("teams", [heard], position))
    assert [one.synced for one in made if one.wrote][1:] == [True] * synced
    assert database.work(lambda session: inbox.knows(session, "teams", "1"))


@pytest.mark.parametrize(("lasting", "level"), [(True, 2), (False, 1)])
def test_only_what_is_heard_does_not_wait_for_the_disk(database: Database, lasting: bool, level: int) -> None:
    database.work(lambda session: inbox.remember(session, "bot", "x", "1"))
    with database.session(lasting=lasting) as session:
        assert session.execute(text("PRAGMA synchronous")).scalar() == level
    with database.session() as session:
        assert session.execute(text("PRAGMA synchronous")).scalar() == 2
        assert inbox.recall(session, "bot", "x") == "1"


def test_what_is_decided_waits_for_the_disk_also_in_a_hasty_transaction(database: Database) -> None:
    levels: list[int] = []

    def committed(connection: Any) -> None:
        cursor = connection.connection.cursor()
        levels.append(cursor.execute("PRAGMA synchronous").fetchone()[0])

    event.listen(database.engine, "commit", committed)

    def decide(session: Session) -> None:
        inbox.remember(session, "bot", "x", "1")
        make_lasting(session)

    asyncio.run(database.run(decide, lasting=False))
    assert levels == [1, 2]
    asyncio.run(database.run(lambda session: inbox.remember(session, "bot", "x", "2"), lasting=False))
    assert levels == [1, 2, 1]


def test_settling_writes_so_that_there_is_something_to_wait_for(database: Database, tmp_path: Path) -> None:
    wal = tmp_path / "register.db-wal"
    database.work(lambda session: inbox.remember(session, "bot", "x", "1"))
    for _ in range(2):
        before = wal.stat().st_size
        settle(database.engine)
        assert wal.stat().st_size > before


def test_the_same_event_twice_in_one_batch_is_kept_once(database: Database) -> None:
    said = {
        "channel": "matrix", "event_id": "$1", "at": NOW, "room": "!r", "private": False, "sender": "@a:b",
        "kind": "message", "text": "!help",
    }  # fmt: skip
    assert database.work(lambda session: inbox.store(session, [said, said], "matrix", "s1")) == 1
    assert database.work(lambda session: inbox.store(session, [said], "matrix", "s2")) == 0
    assert database.work(lambda session: inbox.recall(session, "matrix", inbox.POSITION)) == "s2"
