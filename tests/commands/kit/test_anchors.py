"""A deadline that moved along is the one that the same words give when they are read anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from bot.testing import TestBot
from commands.kit import dates
from commands.kit.anchors import due_by
from commands.kit.arguments import read_moment
from commands.kit.meeting_dates import Leaning, leans_on
from commands.kit.ports import Change
from commands.kit.turn import Turn
from commands.words.meeting import Meeting, MeetingKind
from commands.words.people import Person
from storage.store import SqlStore
from tests.conftest import at

#: After the last meeting of the example year, so that the only one ahead is the one of the test.
NOW = at("2027-12-16 09:00")
LEADS = ("", "uiterlijk ", "een dag ", "5 werkdagen ", "twee weken ", "een maand ")
NAMES = ("het AO", "het volgende AO", "AO", "het DO", "het eerstvolgende BO")


def turn_of(store: SqlStore, bot: TestBot) -> Turn:
    person = store.get(Person, "rijk.secr.1")
    assert person is not None
    return Turn(store, bot.simulation.structure, NOW, person, None, "test:1", 0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    lead=st.sampled_from(LEADS),
    side=st.sampled_from(("voor", "na", "bij")),
    name=st.sampled_from(NAMES),
    first=st.integers(1, 300),
    then=st.integers(1, 300),
)
def test_the_recomputed_deadline_is_the_deadline_read_anew(
    bot: TestBot, lead: str, side: str, name: str, first: int, then: int
) -> None:
    text = f"{lead}{side} {name}" if side != "bij" else f"uiterlijk bij {name}"
    code = next(word for word in name.split() if word.isupper())
    bot.simulation.database.work(lambda session: compare(session, bot, text, code, first, then))


def compare(session: Session, bot: TestBot, text: str, code: str, first: int, then: int) -> None:
    with session.begin_nested() as savepoint:
        store = SqlStore(session)
        turn = turn_of(store, bot)
        meeting = Meeting("VRG-X-2028-01", code, MeetingKind.REGULAR, date(2027, 12, 17) + timedelta(first))
        store.put(meeting, Change("beheerder", NOW))
        leaning = leans_on(text, turn)
        assert isinstance(leaning, Leaning)
        assert leaning.meeting == meeting
        moved = replace(meeting, day=date(2027, 12, 17) + timedelta(then))
        store.put(moved, Change("beheerder", NOW))
        anew = read_moment(text, turn)
        expected = anew if isinstance(anew, dates.Unreadable) else dates.deadline(anew)
        again = due_by(leaning.text, moved.day, NOW, turn.structure.calendar)
        if isinstance(expected, dates.Unreadable) or expected is None:
            assert isinstance(again, dates.Unreadable)
        else:
            assert again == expected
        savepoint.rollback()
