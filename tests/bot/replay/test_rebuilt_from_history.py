"""A year is played; then lists and minutes made from the history alone are, byte for byte, those from the tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from bot.renderers.files import made
from bot.replay.play import Stage
from bot.replay.scenario import load
from bot.testing import TestBot
from commands.kit import lists
from commands.kit.files import Document, File, FileFormat, Table
from commands.kit.minutes import Meetings, document_of_minutes, gather
from commands.words.agreement import Agreement
from commands.words.attention import AttentionPoint
from commands.words.calendar import AMSTERDAM
from commands.words.decision import Decision
from commands.words.meeting import Meeting, MeetingState
from commands.words.signal import Signal
from storage.rebuild import Rebuilt, rebuilt
from storage.store import TABLES, SqlStore
from tests.conftest import at

YEAR = Path(__file__).parents[2] / "data" / "scenario_2027.yaml"
END = datetime(2027, 12, 31, 18, 0, tzinfo=AMSTERDAM)
TODAY = END.date()
BODIES = ("AO", "DO", "BO", "WG-PFAS", "WG-LOOD", "PRG-SPOED")


@pytest.fixture(scope="module")
def played() -> Iterator[Stage]:
    stage = Stage(load(YEAR))
    assert stage.play(END).faults == ()
    yield stage
    stage.close()


def minutes_of(shelf: Meetings, meeting: Meeting) -> Document:
    return document_of_minutes(shelf, gather(shelf, meeting, lambda record: True), today=TODAY)


def lists_of(shelf: SqlStore | Rebuilt, body: str) -> list[Table]:
    actions = shelf.actions(body=body)
    return [
        lists.actions_table(shelf, actions, TODAY),
        lists.decisions_table(shelf, shelf.decisions(body=body), actions),
        lists.agreements_table(shelf, shelf.agreements(body=body)),
    ]


def file(content: Document | Table, form: FileFormat) -> bytes:
    return made(File(f"lijst.{form}", form, content)).data


def both(stage: Stage, work: Any) -> Any:
    return stage.simulation.database.work(lambda session: work(SqlStore(session), rebuilt(session)))


def test_the_minutes_of_every_meeting_that_was_held(played: Stage) -> None:
    def work(store: SqlStore, past: Rebuilt) -> int:
        held = [one for one in past.meetings() if one.state not in (MeetingState.PLANNED, MeetingState.CANCELLED)]
        written = 0
        for meeting in held:
            now = store.get(Meeting, meeting.id)
            assert now is not None
            ours, theirs = minutes_of(store, now), minutes_of(past, meeting)
            written += sum(len(part.rows) for part in ours.parts if isinstance(part, Table))
            assert file(ours, "txt") == file(theirs, "txt")
            assert file(ours, "odt") == file(theirs, "odt")
        last = held[-1]
        assert file(minutes_of(store, last), "pdf") == file(minutes_of(past, last), "pdf")
        assert len(held) >= 10
        return written

    assert both(played, work) > 50


@pytest.mark.parametrize("body", BODIES)
def test_the_lists_of_every_body(played: Stage, body: str) -> None:
    def work(store: SqlStore, past: Rebuilt) -> None:
        for ours, theirs in zip(lists_of(store, body), lists_of(past, body), strict=True):
            for form in ("csv", "ods"):
                assert file(ours, form) == file(theirs, form), ours.title

    both(played, work)


def test_every_signal_and_every_other_record(played: Stage) -> None:
    def work(session: Session) -> None:
        store, past = SqlStore(session), rebuilt(session)
        signals = store.signals(limit=5000)
        again = sorted(past.all(Signal), key=lambda one: (one.filed_at, one.id))
        assert file(lists.signals_table(signals), "csv") == file(lists.signals_table(again), "csv")
        for kind in TABLES:
            for record in past.all(kind):
                assert store.get(kind, record.id) == record

    played.simulation.database.work(work)


def test_only_the_history_is_read(played: Stage) -> None:
    """The same minutes come out when every other table has gone."""

    def work(session: Session) -> None:
        meeting = rebuilt(session).meetings()[0]
        before = file(minutes_of(rebuilt(session), meeting), "odt")
        session.execute(text("PRAGMA foreign_keys=OFF"))
        for kind in (Decision, Agreement, AttentionPoint):
            session.execute(TABLES[kind].__table__.delete())
        past = rebuilt(session)
        assert file(minutes_of(past, past.meetings()[0]), "odt") == before
        session.rollback()

    played.simulation.database.work(work)


def test_what_was_undone_is_undone_in_the_history_too(bot: TestBot) -> None:
    bot.say("rijk.secr.1", "!actie @vng.ao.1 depotkaart sturen vrijdag 5 februari")
    bot.say("rijk.secr.1", "!ongedaan")
    bot.say("rijk.secr.1", "!actie @vng.ao.1 stukken sturen vrijdag 5 februari")

    def work(session: Session) -> tuple[bytes, bytes]:
        store, past = SqlStore(session), rebuilt(session)
        day = date(2027, 1, 11)
        ours, theirs = (lists.actions_table(one, one.actions(body="AO"), day) for one in (store, past))
        return file(ours, "csv"), file(theirs, "csv")

    ours, theirs = bot.simulation.database.work(work)
    assert ours == theirs
    assert ours.count(b"vervallen") == 1


def test_the_register_as_it_was_at_an_earlier_moment(bot: TestBot) -> None:
    bot.say("rijk.secr.1", "!actie @vng.ao.1 depotkaart sturen vrijdag 5 februari")
    bot.until(at("2027-01-20 09:00"))
    bot.say("vng.ao.1", "!verzet 1 12 februari want de cijfers zijn er niet")
    early, late = bot.simulation.database.work(
        lambda session: (
            rebuilt(session, until=at("2027-01-19 12:00")).actions(body="AO"),
            rebuilt(session).actions(body="AO"),
        )
    )
    assert ([one.due for one in early], [one.due for one in late]) == ([date(2027, 2, 5)], [date(2027, 2, 12)])
