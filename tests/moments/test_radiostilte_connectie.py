"""A connection that heard nothing for six weeks: its koepelcontact gets a draft, and nothing is posted by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session

from bot.testing import Said, Simulation, TestBot
from commands.kit.ports import CLOCK, Change
from commands.words.minutes import Bulletin, BulletinKind, BulletinState
from commands.words.people import Person, Role, RoleName, Room
from commands.words.structure import Structure
from config.people import PeopleFile
from storage.store import SqlStore
from tests.conftest import at

CONTACT, SECRETARY = "ipo.web.1", "rijk.secr.1"


def ask(bot: TestBot, question: Any) -> Any:
    return bot.simulation.database.work(lambda session: question(SqlStore(session)))


def in_use(bot: TestBot, *, contact: bool = True, body: str = "WEB") -> None:
    """From now on the connection has a room, a member, and who keeps the contact."""

    def work(session: Session) -> None:
        store, change = SqlStore(session), Change(CLOCK, bot.at)
        store.put(Room(body, f"!{body.casefold()}:overleg.example"), change)
        store.put(Person("web.1", "WEB"), change)
        store.put(Role("web.1", body, RoleName.CONNECTION_MEMBER, "WEB"), change)
        if contact:
            store.put(Person(CONTACT, "IPO"), change)
            store.put(Role(CONTACT, body, RoleName.UMBRELLA_CONTACT, "IPO"), change)

    bot.simulation.database.work(work)


def drafts(said: list[Said]) -> list[tuple[str, str]]:
    return [(one.room, f"{one.at:%Y-%m-%d %H:%M}") for one in said if "dagen niets van ons" in one.text]


@pytest.fixture
def net(structure: Structure, people: PeopleFile) -> Iterator[TestBot]:
    """WEB is in use from Monday 11 January on; the clock looks at it before the next AO at the latest."""
    simulation = Simulation(structure, people)
    bot = TestBot(simulation, at("2027-01-11 09:00"))
    in_use(bot)
    yield bot
    simulation.close()


def test_six_weeks_of_silence_make_a_draft_for_the_koepelcontact_and_nothing_in_the_room(net: TestBot) -> None:
    net.say("web.1", "!signaal De loketten zijn slecht bereikbaar", room="dm")
    said = net.until(at("2027-06-30 18:00"))
    # 11 January and 43 days: Tuesday 23 February. Once for each silence.
    assert drafts(said) == [(f"dm:{CONTACT}", "2027-02-23 08:30")]
    [asked] = [one for one in said if "dagen niets van ons" in one.text]
    assert asked.text == (
        "WEB hoorde 43 dagen niets van ons.\n"
        "Concept voor WEB (TRK-2027-001). Ik plaats dit niet zelf. Antwoord met ja, of met vervalt en een reden.\n"
        "[ter informatie] Stand van zaken van het AO op dinsdag 23 februari 2027.\n"
        "Uit WEB: De loketten zijn slecht bereikbaar (ligt bij het AO).\n"
        "Laatste AO (donderdag 14 januari 2027): geen besluiten of afspraken.\n"
        "Wat betekent dit voor de regio: (nog aan te vullen)\n"
        "Wanneer weer: donderdag 4 maart 2027."
    )
    assert [one for one in said if one.room == "WEB" and "Stand van zaken" in one.text] == []


def test_released_it_stands_in_the_room_and_the_silence_counts_from_then(net: TestBot) -> None:
    net.until(at("2027-02-23 09:00"))
    [region] = net.say(CONTACT, "ja", room="dm")
    assert region.text == "Wat betekent dit voor de regio? Eén of twee zinnen is genoeg."
    said = net.say(CONTACT, "De loketten blijven open.", room="dm")
    [posted] = [one for one in said if one.room == "WEB"]
    assert "Wat betekent dit voor de regio: De loketten blijven open." in posted.text
    bulletin = ask(net, lambda store: store.get(Bulletin, "TRK-2027-001"))
    assert (bulletin.kind, bulletin.state) == (BulletinKind.STANDING, BulletinState.SENT)
    # 23 February and 43 days is Wednesday 7 April.
    assert drafts(net.until(at("2027-04-30 18:00"))) == [(f"dm:{CONTACT}", "2027-04-07 08:30")]


def test_days_of_a_quiet_period_do_not_count(structure: Structure, people: PeopleFile) -> None:
    simulation = Simulation(structure, people)
    bot = TestBot(simulation, at("2027-03-22 09:00"))
    in_use(bot)
    said = bot.until(at("2027-06-15 18:00"))
    # 22 March and 43 days is Tuesday 4 May; the sixteen quiet days of the May holidays do not count: Thursday 20 May.
    assert drafts(said) == [(f"dm:{CONTACT}", "2027-05-20 08:30")]
    assert "WEB hoorde 43 dagen niets van ons." in next(one.text for one in said if "niets van ons" in one.text)
    simulation.close()


def test_a_draft_that_nobody_wants_is_asked_about_and_can_be_waived(net: TestBot) -> None:
    said = net.until(at("2027-03-12 09:00"))
    waiting = [one for one in said if "nog niet verstuurd" in one.text and one.room == f"dm:{SECRETARY}"]
    assert "De stand van zaken voor WEB is nog niet verstuurd." in waiting[0].text
    [waived] = net.say(SECRETARY, "!vrijgeef TRK-2027-001 vervalt want er is niets te melden", room="dm")
    assert waived.text == "TRK-2027-001 gaat niet uit."
    assert drafts(net.until(at("2027-06-30 18:00"))) == []


def test_without_a_koepelcontact_the_secretary_hears_it(structure: Structure, people: PeopleFile) -> None:
    simulation = Simulation(structure, people)
    bot = TestBot(simulation, at("2027-01-11 09:00"))
    in_use(bot, contact=False)
    said = bot.until(at("2027-03-31 18:00"))
    assert drafts(said) == [(f"dm:{SECRETARY}", "2027-02-23 08:30")]
    [told] = [one for one in said if "niets van ons" in one.text]
    assert "WEB hoorde 43 dagen niets van ons, en heeft geen koepelcontact. Wie kun je daarvoor vragen?" in told.text
    simulation.close()


def test_the_contact_of_the_party_whose_network_it_is_will_do(structure: Structure, people: PeopleFile) -> None:
    bodies = tuple(replace(one, umbrella="IPO") if one.code == "WEB" else one for one in structure.bodies)
    simulation = Simulation(replace(structure, bodies=bodies), people)
    bot = TestBot(simulation, at("2027-01-11 09:00"))
    in_use(bot, contact=False)
    contact = ask(bot, lambda store: [r.person for r in store.roles(role=RoleName.UMBRELLA_CONTACT, on=None)])
    said = bot.until(at("2027-02-23 09:00"))
    assert drafts(said)[0][0] in {f"dm:{person}" for person in contact} | {f"dm:{SECRETARY}"}
    simulation.close()


def test_a_connection_that_is_not_in_use_is_left_alone(bot: TestBot) -> None:
    assert drafts(bot.until(at("2027-06-30 18:00"))) == []
