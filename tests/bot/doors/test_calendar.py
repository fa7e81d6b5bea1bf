"""`overlegbot calendar`: out and in again changes nothing; a moved event moves the meeting, and people hear of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from bot.calendars import read
from bot.doors import DoorError, calendar
from bot.renderers.ics import ics
from bot.testing import TestBot
from commands.words.action import Action
from commands.words.meeting import Meeting, MeetingState
from storage.store import SqlStore
from tests.conftest import at

NOW = at("2027-01-11 10:00")
FOREIGN = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y
BEGIN:VEVENT
UID:abc-1
SEQUENCE:{sequence}
SUMMARY:Directeurenoverleg (informeel)
DTSTART;TZID=Europe/Amsterdam:{day}T093000
DTEND;TZID=Europe/Amsterdam:{day}T113000
STATUS:{status}
END:VEVENT
END:VCALENDAR
"""


def foreign(day: str, sequence: int = 0, status: str = "CONFIRMED") -> bytes:
    return FOREIGN.format(day=day, sequence=sequence, status=status).encode()


@pytest.fixture
def bring(bot: TestBot) -> Callable[..., Any]:
    """Bring a file in; gives what the door would say of it."""

    def call(data: bytes, reason: str = "") -> tuple[str, tuple[str, ...]]:
        structure, database = bot.simulation.structure, bot.simulation.database
        moment = max(NOW, bot.at) + timedelta(minutes=1)
        plan, faults = database.work(lambda session: calendar.bring_in(session, structure, read(data), moment, reason))
        return calendar.account(plan), faults

    return call


def exported(bot: TestBot) -> bytes:
    structure = bot.simulation.structure
    return bot.simulation.database.work(lambda session: ics(calendar.meetings(session, structure, NOW, None)))


def meeting(bot: TestBot, id: str) -> Meeting:
    def unit(session: Session) -> Meeting:
        found = SqlStore(session).get(Meeting, id)
        assert found is not None
        return found

    return bot.simulation.database.work(unit)


def test_what_went_out_comes_in_without_a_change(bot: TestBot, bring: Any) -> None:
    assert bring(exported(bot)) == ("13 unchanged", ())


def test_a_foreign_event_plans_once_moves_and_is_called_off(bot: TestBot, bring: Any) -> None:
    assert bring(foreign("20270608")) == ("1 planned", ())
    planned = meeting(bot, "VRG-DO-2027-04")
    assert (planned.uid, str(planned.kind), str(planned.start)) == ("abc-1", "informeel", "09:30:00")
    assert bring(foreign("20270608")) == ("1 unchanged", ())
    assert bring(foreign("20270610", 1)) == ("1 moved", ())
    moved = meeting(bot, "VRG-DO-2027-04")
    assert (str(moved.day), moved.sequence) == ("2027-06-10", 1)
    assert bring(foreign("20270610", 2, "CANCELLED")) == ("1 cancelled", ())
    assert meeting(bot, "VRG-DO-2027-04").state is MeetingState.CANCELLED
    assert bring(foreign("20270610", 2, "CANCELLED")) == ("1 unchanged", ())


def test_an_older_file_does_not_take_back_what_was_moved_in_the_chat(bot: TestBot, bring: Any) -> None:
    before = exported(bot)
    bot.say("rijk.secr.1", "!vergadering verplaats AO 4 maart naar 11 maart")
    assert bring(before) == ("12 unchanged, 1 older than the register", ())


def test_a_moved_event_moves_the_dates_that_lean_on_it_and_tells_room_and_holder(bot: TestBot, bring: Any) -> None:
    bot.say("rijk.secr.1", "!actie @vng.ao.2 stukken sturen voor het AO van maart")
    data = exported(bot).replace(b"20270304T", b"20270311T")
    data = data.replace(b"SEQUENCE:0", b"SEQUENCE:1")
    account, faults = bring(data)
    assert (account, faults) == ("1 moved, 12 unchanged", ())
    bot.until(at("2027-01-11 10:05"))
    told = bot.say("vng.ao.2", "zomaar een praatje")
    assert [(one.room, one.text) for one in told] == [
        ("AO", "Planning AO\n\n- do 11 mrt 2027, 10:00–12:00 · VRG-AO-2027-02, was do 4 mrt 2027, 10:00–12:00"),
        (
            "dm:vng.ao.2",
            "Het AO van do 4 mrt 2027 is verplaatst naar do 11 mrt 2027.\n"
            "ACT-2027-001 (stukken sturen): nu uiterlijk wo 10 mrt 2027, was wo 3 mrt 2027.",
        ),
    ]
    found = bot.simulation.database.work(lambda session: SqlStore(session).get(Action, "ACT-2027-001"))
    assert found is not None
    assert str(found.due) == "2027-03-10"


def test_what_the_rules_do_not_allow_is_named_and_a_meeting_too_many_needs_a_reason(bot: TestBot, bring: Any) -> None:
    account, faults = bring(foreign("20270612"))
    assert (account, faults) == ("no meetings in it", ("DO: Zaterdag 12 juni 2027 is geen werkdag.",))
    regular = foreign("20270608").replace(b" (informeel)", b"")
    with pytest.raises(DoorError, match=r"dit is nummer 3\. Give the reason with --reason"):
        bring(regular)
    assert bring(regular, "het kader kan niet wachten") == ("1 planned", ())
    assert meeting(bot, "VRG-DO-2027-04").because == "het kader kan niet wachten"


def test_an_event_that_names_no_body_is_no_meeting(bot: TestBot, bring: Any) -> None:
    data = foreign("20270608").replace(b"Directeurenoverleg", b"Borrel")
    assert bring(data) == ("no meetings in it", ('"Borrel (informeel)": no body of this register is named in it',))
