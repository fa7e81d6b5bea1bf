"""Before each AO the connections are asked once what must be on the table; an answer is a signal like any other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session

from bot.testing import Said, Simulation, TestBot
from commands.kit.ports import CLOCK, Change
from commands.rules.timing import invitation_day
from commands.words.meeting import Meeting, MeetingKind
from commands.words.people import Person, Role, RoleName, Room
from commands.words.structure import Structure
from config.people import PeopleFile
from storage.store import SqlStore
from tests.conftest import at

INVITED = (
    "Wat moet er op tafel? Donderdag 4 maart is het AO; tot en met donderdag 25 februari kan het nog op de agenda.\n"
    "Typ `!signaal` en één zin, of antwoord hier met signaal en die zin."
)


def invitations(said: list[Said]) -> list[tuple[str, str]]:
    return [(one.room, f"{one.at:%Y-%m-%d %H:%M}") for one in said if "Wat moet er op tafel?" in one.text]


@pytest.fixture
def net(structure: Structure, people: PeopleFile) -> Iterator[TestBot]:
    """WEB has a room and a member; BOOG has a member and no room; nobody is in the others."""
    simulation = Simulation(structure, people)
    bot = TestBot(simulation, at("2027-01-18 09:00"))

    def work(session: Session) -> None:
        store, change = SqlStore(session), Change(CLOCK, bot.at)
        store.put(Room("WEB", "!web:overleg.example"), change)
        for id, body in (("web.1", "WEB"), ("boog.1", "BOOG")):
            store.put(Person(id, body), change)
            store.put(Role(id, body, RoleName.CONNECTION_MEMBER, body), change)

    simulation.database.work(work)
    yield bot
    simulation.close()


def test_ten_working_days_before_an_ao_each_connection_is_asked_once(net: TestBot) -> None:
    said = net.until(at("2027-03-04 12:00"))
    assert invitations(said) == [("WEB", "2027-02-18 08:30"), ("dm:boog.1", "2027-02-18 08:30")]
    assert [one.text for one in said if one.room == "WEB"] == [INVITED]


def test_the_short_form_and_a_reply_become_signals_at_the_ao(net: TestBot) -> None:
    said = net.until(at("2027-02-18 09:00"))
    [asked] = [one for one in said if one.room == "WEB"]
    [filed] = net.say("web.1", "signaal De loketten zijn slecht bereikbaar", room="WEB", reply_to=asked.id)
    assert filed.text == "SIG-2027-001, namens WEB. Ligt bij het AO, weging do 4 mrt 2027."
    [filed] = net.say("web.1", "!signaal Vragen over grondverzet nemen toe", room="WEB")
    assert filed.text.startswith("SIG-2027-002, namens WEB. Ligt bij het AO")
    [filed] = net.say("boog.1", "signaal Te weinig mensen voor toezicht", room="dm")
    assert filed.text.startswith("SIG-2027-003, namens BOOG. Ligt bij het AO")


def test_chatter_in_the_room_becomes_no_signal(net: TestBot) -> None:
    said = net.until(at("2027-02-18 09:00"))
    [asked] = [one for one in said if one.room == "WEB"]
    assert net.say("web.1", "Wij hebben nu niets", room="WEB", reply_to=asked.id) == []
    [hint] = net.say("boog.1", "Wij hebben nu niets", room="dm")
    assert "signaal" in hint.text
    assert "SIG" not in hint.text


def test_a_meeting_that_moves_invites_no_second_time_and_a_cancelled_one_not_at_all(net: TestBot) -> None:
    net.until(at("2027-02-18 09:00"))
    net.say("rijk.secr.1", "!vergadering verplaats VRG-AO-2027-02 naar 18 maart want het komt beter uit")
    net.say("rijk.secr.1", "!vergadering annuleer VRG-AO-2027-03 want er is te weinig", room="AO")
    assert invitations(net.until(at("2027-04-15 12:00"))) == []


def test_an_invitation_that_waits_for_a_full_week_still_takes_answers(net: TestBot) -> None:
    net.until(at("2027-02-17 09:00"))
    fill(net, "WEB", 2)
    said = net.until(at("2027-02-26 18:00"))
    # A deadline after Monday waits for Monday.
    [asked] = [one for one in said if one.room == "WEB" and "Wat moet er op tafel?" in one.text]
    assert f"{asked.at:%m-%d %H:%M}" == "02-22 08:30"
    [filed] = net.say("web.1", "signaal De loketten zijn slecht bereikbaar", room="WEB", reply_to=asked.id)
    assert filed.text.startswith("SIG-2027-001")


def fill(bot: TestBot, room: str, many: int) -> None:
    from commands.kit.ports import Outgoing
    from commands.kit.posting import post
    from commands.kit.register import Register
    from commands.kit.reply import say

    def work(session: Session) -> None:
        register = Register(SqlStore(session), bot.simulation.structure, bot.at)
        for number in range(many):
            post(register, Outgoing(f"notice:vol:{number}", "notice", room, say(f"{number}"), due=bot.at))

    bot.simulation.database.work(work)


def test_where_someone_from_outside_reads_along_no_day_is_named(structure: Structure, people: PeopleFile) -> None:
    bodies = tuple(replace(one, with_externals=one.code == "WEB") for one in structure.bodies)
    simulation = Simulation(replace(structure, bodies=bodies), people)
    bot = TestBot(simulation, at("2027-01-18 09:00"))
    simulation.database.work(
        lambda session: SqlStore(session).put(Room("WEB", "!web:overleg.example"), Change(CLOCK, bot.at))
    )
    [asked] = [one for one in bot.until(at("2027-02-18 09:00")) if one.room == "WEB"]
    assert asked.text.startswith("Wat moet er op tafel? Binnenkort is het AO weer bij elkaar.")
    simulation.close()


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2027, 1, 18), date(2027, 2, 18)),
        # Planned late: the next morning, as long as the papers are not due.
        (date(2027, 2, 22), date(2027, 2, 23)),
        (date(2027, 2, 24), date(2027, 2, 25)),
        (date(2027, 2, 25), None),
    ],
)
def test_when(structure: Structure, today: date, day: date | None) -> None:
    meeting = Meeting("VRG-AO-2027-02", "AO", MeetingKind.REGULAR, date(2027, 3, 4))
    assert invitation_day(meeting, structure.filter, structure, today) == day


def test_someone_in_two_connections_without_a_room_is_asked_once(net: TestBot) -> None:
    def work(session: Session) -> None:
        store = SqlStore(session)
        store.put(Role("boog.1", "ODNL", RoleName.CONNECTION_MEMBER, "BOOG"), Change(CLOCK, net.at))

    net.simulation.database.work(work)
    said = net.until(at("2027-03-04 12:00"))
    asked = [one.text for one in said if one.room == "dm:boog.1"]
    assert len(asked) == 1
    assert asked[0].count("Wat moet er op tafel?") == 1
