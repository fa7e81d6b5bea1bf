"""!structuur: the tables and how alive they are, the holes, and the log (C60, R-007, R-038, R-084, R-085)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlmodel import Session

from bot.testing import TestBot
from commands.kit.ports import Change
from commands.rules.ways import RESERVED
from commands.words.minutes import Bulletin, BulletinKind, BulletinState
from commands.words.people import Person, Role, RoleName, Room
from commands.words.structure import Structure
from storage.store import SqlStore
from storage.structure_log import note_structure
from tests.conftest import at, outsider_in

SECRETARY = "rijk.secr.1"


@pytest.fixture
def spring(make_bot: Callable[[str], TestBot]) -> TestBot:
    """Monday 10 May 2027: the AO met three times, WG-LOOD is past its end."""
    return make_bot("2027-05-10 09:00")


def test_it_shows_the_chain_and_how_alive_each_table_is(spring: TestBot) -> None:
    [answer] = spring.say(SECRETARY, "!structuur")
    lines = answer.text.splitlines()
    assert lines[0] == "BO (2) › DO (2+1) › AO (8) › 4 werkgroepen, 2 programma's."
    assert lines[3] == (
        "- AO: voorzitter rijk.ao.0 (Rijk); 3 vergaderingen en 0 besluiten dit jaar; volgende do 27 mei 2027."
    )
    assert ("- WG-LOOD: verlopen, tot en met wo 31 mrt 2027; nog geen terugkoppeling; nog niet geëvalueerd.") in lines


def test_it_says_of_each_connection_in_use_when_something_last_went_out_and_came_in(spring: TestBot) -> None:
    """R-154."""
    assert "- WEB:" not in spring.say(SECRETARY, "!structuur")[0].text

    def work(session: Session) -> None:
        store, change = SqlStore(session), Change("beheerder", spring.at)
        store.put(Room("WEB", "!web:overleg.example"), change)
        store.put(Person("web.1", "WEB"), change)
        store.put(Role("web.1", "WEB", RoleName.CONNECTION_MEMBER, "WEB"), change)

    spring.simulation.database.work(work)
    [answer] = spring.say(SECRETARY, "!structuur")
    assert "- WEB: nog geen bericht daarheen; geen signaal in het afgelopen jaar." in answer.text.splitlines()
    spring.say("web.1", "!signaal De loketten zijn slecht bereikbaar", room="dm")
    spring.until(at("2027-05-12 09:00"))

    def told(session: Session) -> None:
        made = Bulletin("TRK-2027-001", None, BulletinKind.STANDING, "WEB", "Stand van zaken", SECRETARY, spring.at,
                        state=BulletinState.SENT, released_at=spring.at)  # fmt: skip
        SqlStore(session).put(made, Change(SECRETARY, spring.at))

    spring.simulation.database.work(told)
    [answer] = spring.say(SECRETARY, "!structuur")
    assert "- WEB: laatste bericht daarheen wo 12 mei 2027; laatste signaal ma 10 mei 2027." in answer.text.splitlines()
    spring.say(SECRETARY, "!wijzig SIG-1 gevoelig:ja")
    [answer] = spring.say("vng.wg.1", "!structuur", room="dm")
    assert "geen signaal in het afgelopen jaar" in next(one for one in answer.text.splitlines() if "WEB:" in one)


def test_the_holes_are_named_body_by_body(spring: TestBot) -> None:
    spring.say("vng.wg.1", "!terugkoppeling WG-LOOD de proef loopt", room="WG-LOOD")
    spring.say("rijk.do.1", "!mandaat AO planning", room="DO")
    [answer] = spring.say(SECRETARY, "!structuur gaten")
    lines = answer.text.splitlines()
    assert lines[:4] == [
        "BO (2) › DO (2+1) › AO (8) › 4 werkgroepen, 2 programma's.",
        "Gaten:",
        "- BO: VNG, IPO en UvW zonder vervanger.",
        "- DO: VNG, IPO en UvW zonder vervanger.",
    ]
    assert not any(line.startswith("- AO:") for line in lines)
    assert "- WG-LOOD: de einddatum is voorbij; zonder toegevoegde waarde op papier." in lines
    assert "- WG-PFAS: zonder terugkoppeling in 3 vergaderingen; zonder toegevoegde waarde op papier." in lines


def test_without_a_mandate_the_ao_has_a_hole(spring: TestBot) -> None:
    [answer] = spring.say(SECRETARY, "!structuur gaten")
    assert "- AO: zonder vastgelegd mandaat." in answer.text.splitlines()


def test_the_log_says_what_changed_when_by_whom_and_why(spring: TestBot) -> None:
    held = "proces: goed inhoud: goed relatie: goed advies: voortzetten want het loopt"
    spring.say(SECRETARY, f"!evaluatie gehouden WG-PFAS op 7 mei {held}")
    spring.until(at("2027-05-11 09:00"))
    spring.say(SECRETARY, "!verleng WG-PFAS tot 31 januari 2028 want de plannen lopen nog")
    spring.say("rijk.ao.0", "!akkoord 1")
    spring.until(at("2027-05-12 09:00"))
    spring.say("rijk.do.1", "!mandaat AO planning en communicatie", room="DO")
    [answer] = spring.say(SECRETARY, "!structuur log")
    assert answer.text.splitlines()[:3] == [
        "Wat er in de structuur veranderde, het nieuwste eerst:",
        "- wo 12 mei 2027, rijk.do.1: AO: mandaat: planning, communicatie.",
        "- di 11 mei 2027, rijk.ao.0: WG-PFAS: einddatum ma 31 jan 2028 (was do 15 jul 2027). "
        "Reden: de plannen lopen nog.",
    ]


def test_the_log_looks_back_over_a_year(spring: TestBot) -> None:
    [none] = spring.say(SECRETARY, "!structuur log 2026")
    assert none.text == "Er is in deze periode niets veranderd in de structuur."
    [unknown] = spring.say(SECRETARY, "!structuur log straks")
    assert unknown.text == "'straks' ken ik niet als periode. Wel: 2027, vorig jaar of eerste helft 2027."


def test_what_changed_in_the_file_is_in_the_log_with_its_reason(spring: TestBot, structure: Structure) -> None:
    ao = structure.filter
    bodies = tuple(replace(one, regular_per_year=6) if one == ao else one for one in structure.bodies)
    changed = replace(structure, bodies=bodies, because="acht keer was te veel")
    work = spring.simulation.database.work
    assert work(lambda session: note_structure(session, structure, "beheerder", at("2027-05-10 10:00"))) == ()
    assert work(lambda session: note_structure(session, structure, "beheerder", at("2027-05-10 11:00"))) == ()
    found = work(lambda session: note_structure(session, changed, "beheerder", at("2027-05-11 08:00")))
    assert found == ("AO: vergaderingen per jaar 6 (was 8)",)
    spring.until(at("2027-05-11 09:00"))
    [answer] = spring.say(SECRETARY, "!structuur log")
    assert answer.text.splitlines()[1] == (
        "- di 11 mei 2027, de beheerder: AO: vergaderingen per jaar 6 (was 8). Reden: acht keer was te veel."
    )


def test_each_sees_the_groups_of_their_own(spring: TestBot) -> None:
    [member] = spring.say("uvw.wg.1", "!structuur", room="dm")
    assert member.text.splitlines()[0] == "BO (2) › DO (2+1) › AO (8) › 1 werkgroep."
    [outsider] = spring.say("bedrijf.wg.1", "!structuur gaten", room="WG-STAAL")
    assert outsider.text == RESERVED


def test_where_someone_from_outside_reads_it_comes_in_private(spring: TestBot) -> None:
    [here] = spring.say(SECRETARY, "!structuur gaten")
    assert here.room == "AO"
    outsider_in(spring, "AO")
    [alone] = spring.say(SECRETARY, "!structuur gaten")
    assert alone.room == f"dm:{SECRETARY}"


def test_an_unknown_word_says_what_there_is(bot: TestBot) -> None:
    [answer] = bot.say(SECRETARY, "!structuur iets")
    assert answer.text == "'iets' ken ik niet bij !structuur. Kies uit: gaten, lean, log."


def test_the_lean_check_says_what_each_table_gave_and_why_it_met_once_more(spring: TestBot) -> None:
    """R-022, R-023; line 20 of domain.md §4.2: a third regular BO with a reason is in the lean report."""
    spring.say(SECRETARY, "!vergadering plan BO 8 september 2027 10:00 reden: de norm moet dit jaar vast")
    held = "proces: goed inhoud: goed relatie: goed advies: voortzetten want het loopt"
    spring.say(SECRETARY, f"!evaluatie gehouden AO op 15 april {held}")
    spring.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    spring.until(at("2027-05-28 09:00"))
    [answer] = spring.say(SECRETARY, "!structuur lean")
    lines = answer.text.splitlines()
    assert lines[1:4] == [
        "- BO: 0 besluiten in 0 vergaderingen dit jaar; nog niet geëvalueerd. Met een reden gepland: wo 8 sep 2027, "
        "want de norm moet dit jaar vast.",
        "- DO: 0 besluiten in 1 vergadering dit jaar; nog niet geëvalueerd.",
        "- AO: 0 besluiten in 4 vergaderingen dit jaar; geëvalueerd do 15 apr 2027; 1 zwevend signaal.",
    ]
    assert "- WG-LOOD: toegevoegde waarde is nog niet vastgelegd." in lines
    [director] = spring.say("vng.do.1", "!structuur lean", room="DO")
    assert "zwevend" not in director.text, "what floats at the AO is not for who does not sit there"


def test_a_phase_that_was_taken_back_stands_in_the_log_too(bot: TestBot) -> None:
    bot.say("rijk.wg.3", "!programma fase PRG-SPOED vooruitkijken", room="dm")
    bot.at = at("2027-01-11 09:05")
    bot.say("rijk.wg.3", "!ongedaan", room="dm")
    [log] = bot.say("rijk.secr.1", "!structuur wijzigingen")
    lines = [line for line in log.text.splitlines() if "fase" in line]
    assert lines == [
        "- ma 11 jan 2027, rijk.wg.3: PRG-SPOED: geen fase meer (was vooruitkijken). "
        "Reden: ongedaan gemaakt: PRG-SPOED in fase vooruitkijken.",
        "- ma 11 jan 2027, rijk.wg.3: PRG-SPOED: fase vooruitkijken.",
    ]
