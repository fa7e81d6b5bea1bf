"""On the first working day of a month the secretary hears what nobody looks after, in one message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session, select

from bot.testing import Said, Simulation, TestBot
from commands.kit.ports import Outgoing
from commands.kit.reply import say
from commands.words.people import Room
from commands.words.structure import Structure
from config.people import PeopleFile
from storage import outbox, rooms, tables
from storage.store import SqlStore
from tests.conftest import at

SECRETARY = "rijk.secr.1"


def notes(said: list[Said]) -> list[tuple[str, str, list[str]]]:
    found = [one for one in said if one.text.startswith("Huishouding,")]
    return [(one.room, f"{one.at:%Y-%m-%d %H:%M}", lines(one)) for one in found]


def lines(said: Said) -> list[str]:
    return [line.removeprefix("- ") for line in said.text.splitlines()[1:] if line]


def line(said: list[Said], what: str) -> str:
    [(_, _, found)] = notes(said)
    return next((one for one in found if one.startswith(what)), "")


def test_each_month_on_its_first_working_day_to_the_secretary(bot: TestBot) -> None:
    said = bot.until(at("2027-05-31 18:00"))
    assert [(room, when) for room, when, _ in notes(said)] == [
        (f"dm:{SECRETARY}", "2027-02-01 08:30"),
        (f"dm:{SECRETARY}", "2027-03-01 08:30"),
        (f"dm:{SECRETARY}", "2027-04-01 08:30"),
        # 1 May lies in the quiet May holidays.
        (f"dm:{SECRETARY}", "2027-05-10 08:30"),
    ]


def test_a_group_past_its_end_date_is_named(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-03-22 09:00")
    said = bot.until(at("2027-04-15 18:00"))
    assert line(said, "Groepen na hun einddatum") == "Groepen na hun einddatum: WG-LOOD. Zie `!werkgroepen`."


def test_a_meeting_that_was_never_marked_is_listed_until_someone_does(bot: TestBot) -> None:
    said = bot.until(at("2027-02-01 09:00"))
    assert line(said, "Vergaderingen") == "Vergaderingen zonder vervolg: VRG-AO-2027-01. Meld ze met `!vergadering`."
    bot.say(SECRETARY, "!vergadering gehouden VRG-AO-2027-01", room="dm")
    assert line(bot.until(at("2027-03-01 09:00")), "Vergaderingen") == ""


def test_what_could_not_be_delivered_is_named_once(bot: TestBot) -> None:
    bot.until(at("2027-01-20 09:00"))

    def fail(session: Session) -> None:
        store = SqlStore(session)
        for number, to in enumerate(("dm:vng.ao.2", "dm:vng.ao.2", "DO")):
            store.post(Outgoing(f"notice:weg:{number}", "notice", to, say("weg"), due=bot.at))
            row = session.exec(select(tables.Outbox).where(tables.Outbox.key == f"notice:weg:{number}")).one()
            outbox.mark_failed(session, row.id or 0, "geen adres")

    bot.simulation.database.work(fail)
    said = bot.until(at("2027-02-01 09:00"))
    assert line(said, "Niet bezorgd").startswith("Niet bezorgd: 1 aan de kamer van DO, 2 aan vng.ao.2.")
    assert line(bot.until(at("2027-03-01 09:00")), "Niet bezorgd") == ""


def test_people_without_an_address_and_strangers_in_a_room(structure: Structure, people: PeopleFile) -> None:
    few = tuple(replace(one, matrix=None, teams=None) if one.id == "vng.ao.2" else one for one in people.people)
    simulation = Simulation(structure, replace(people, people=few))
    bot = TestBot(simulation, at("2027-01-20 09:00"))

    def join(session: Session) -> None:
        room = SqlStore(session).get(Room, Room("AO").id)
        assert room is not None
        assert room.matrix
        rooms.keep_people(
            session, "matrix", room.matrix, ["@wie:elders.example", "@wat:elders.example"], outsiders=False
        )

    simulation.database.work(join)
    said = bot.until(at("2027-02-01 09:00"))
    assert "vng.ao.2" in line(said, "Zonder chatadres")
    assert line(said, "Onbekenden in een kamer") == "Onbekenden in een kamer: 2 in AO. Zij lezen mee."
    simulation.close()


def test_actions_past_their_date_and_signals_that_float_by_their_numbers_and_no_titles(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Zeer gevoelige zaak gevoelig:ja", room="dm")
    bot.say("vng.ao.2", "!actie @vng.ao.2 kaart sturen 15 januari", room="AO")
    said = bot.until(at("2027-02-01 09:00"))
    assert line(said, "Over de datum") == "Over de datum: ACT-2027-001 (vr 15 jan). Zie `!acties te laat`."
    assert line(said, "Zwevende signalen") == "Zwevende signalen: SIG-2027-001. Zie `!zwevend`."
    [(_, _, found)] = notes(said)
    assert "gevoelige zaak" not in "\n".join(found)


def test_many_are_counted_and_the_note_stays_short(bot: TestBot) -> None:
    for number in range(7):
        bot.say("uvw.ao.1", f"!signaal Zaak nummer {number} die blijft liggen", room="dm")
        bot.at += timedelta(minutes=1)
    said = bot.until(at("2027-02-01 09:00"))
    assert line(said, "Zwevende signalen") == (
        "Zwevende signalen: SIG-2027-001, SIG-2027-002, SIG-2027-003, SIG-2027-004 en nog 3. Zie `!zwevend`."
    )
    [(_, _, found)] = notes(said)
    assert len(found) <= 15


def test_it_can_be_switched_off(structure: Structure, people: PeopleFile) -> None:
    limits = replace(structure.thresholds, housekeeping=False)
    simulation = Simulation(replace(structure, thresholds=limits), people)
    bot = TestBot(simulation, at("2027-01-20 09:00"))
    assert notes(bot.until(at("2027-03-05 18:00"))) == []
    simulation.close()


def test_an_empty_function_is_named(structure: Structure, people: PeopleFile) -> None:
    roles = tuple(one for one in people.roles if one.person != "rijk.secr.2")
    simulation = Simulation(structure, replace(people, roles=roles))
    bot = TestBot(simulation, at("2027-01-20 09:00"))
    said = bot.until(at("2027-02-01 09:00"))
    assert line(said, "Lege plekken").startswith("Lege plekken: secretaris DO, secretaris BO")
    assert line(said, "Lege plekken").endswith("Invullen met `!rol`.")
    simulation.close()
