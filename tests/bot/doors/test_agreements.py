"""`overlegbot agreements`: all of a list or nothing, a second time nothing new, and out again what nobody touched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.doors import agreements
from bot.doors.agreements import Account, rows_of
from bot.testing import Said, TestBot
from commands.words.agreement import Agreement, AgreementState, DueKind, Progress
from commands.words.signal import Track
from storage.store import SqlStore
from tests.conftest import at

HEAD = (
    "datum;overleg;afspraak;bindt;verantwoordelijk;trekker;verantwoording aan;termijn;datum uiterlijk;bron;spoor;stand"
)
FIRST = (
    "2027-05-25;DO;Elke regio een overzicht;Rijk, IPO en VNG;IPO;ipo.do.1;DO;uiterlijk;1-10-2027;samenwerkingsagenda;"
    "aanspreken;in voorbereiding"
)
SECOND = "25-5-2027;DO;Samen leren over verzilting;alle;UvW;@uvw.do.1;DO;doorlopend;;overig;aanjagen;"


@pytest.fixture
def summer(make_bot: Callable[[str], TestBot]) -> TestBot:
    """Tuesday 1 June 2027; the DO met on 25 May."""
    return make_bot("2027-06-01 09:00")


def csv(*rows: str, head: str = HEAD) -> bytes:
    return "\r\n".join((head, *rows, "")).encode("utf-8-sig")


def do(bot: TestBot, act: Callable[..., Account], data: bytes, moment: datetime | None = None) -> Account:
    structure, now = bot.simulation.structure, moment or bot.at
    return bot.simulation.database.work(lambda session: act(session, structure, data, now))


def register(bot: TestBot) -> list[Agreement]:
    return list(bot.simulation.database.work(lambda session: SqlStore(session).agreements(limit=5000)))


def told(bot: TestBot) -> list[Said]:
    """What waited to be said to the secretary of the DO."""
    return [one for one in bot.say("vng.ao.1", "!mijn", room="dm") if one.room == "dm:rijk.secr.2"]


def test_a_list_becomes_concepts_of_its_body(summer: TestBot) -> None:
    came = do(summer, agreements.bring_in, csv(FIRST, SECOND.replace("alle", "Rijk,VNG,IPO,UvW")))
    assert str(came) == "2 new, as concepts"
    one, two = register(summer)
    assert (one.id, one.text, one.body, one.meeting) == (
        "AFS-2027-001",
        "Elke regio een overzicht",
        "DO",
        "VRG-DO-2027-01",
    )
    assert (one.binds, one.responsible, one.lead, one.accountable_to) == (
        ("Rijk", "VNG", "IPO"),
        "IPO",
        "ipo.do.1",
        "DO",
    )
    assert (one.due_kind, one.due, one.source) == (DueKind.ULTIMATELY, date(2027, 10, 1), "samenwerkingsagenda")
    assert (one.track, one.progress, one.state) == (Track.HOLD, Progress.PREPARING, AgreementState.CONCEPT)
    assert one.made_by == "rijk.secr.2"
    assert (two.due_kind, two.due, two.track, two.progress) == (
        DueKind.ONGOING,
        None,
        Track.ENCOURAGE,
        Progress.ON_PAPER,
    )
    rows = summer.simulation.database.work(lambda session: SqlStore(session).history("AFS-2027-001"))
    assert [(row.by, row.why) for row in rows] == [("beheerder", "uit een lijst")]


def test_the_secretary_hears_of_it_once_and_the_chair_fixes_it(summer: TestBot) -> None:
    do(summer, agreements.bring_in, csv(FIRST))
    assert [(one.room, one.text) for one in told(summer)] == [
        (
            "dm:rijk.secr.2",
            "De beheerder zette 1 afspraak van het DO in het register: AFS-2027-001. Er staat nog niets vast; de "
            "voorzitter stelt haar vast met !afspraak vaststellen en het nummer.",
        )
    ]
    summer.say("rijk.do.1", "!afspraak vaststellen AFS-2027-001", room="DO")
    summer.say("rijk.do.1", "ja", room="DO")
    assert register(summer)[0].state is AgreementState.FIXED


def test_a_second_time_brings_nothing_and_tells_nobody(summer: TestBot) -> None:
    do(summer, agreements.bring_in, csv(FIRST))
    assert len(told(summer)) == 1
    again = do(summer, agreements.bring_in, csv(FIRST))
    assert str(again) == "1 in the register already"
    assert told(summer) == []
    assert len(register(summer)) == 1


def test_a_longer_list_brings_what_is_new(summer: TestBot) -> None:
    do(summer, agreements.bring_in, csv(FIRST))
    more = do(summer, agreements.bring_in, csv(FIRST, SECOND.replace("alle", "Rijk, UvW")))
    assert str(more) == "1 new, as concepts, 1 in the register already"


def test_all_faults_come_at_once_with_their_lines_and_nothing_is_stored(summer: TestBot) -> None:
    wrong = (
        FIRST,
        "26-5-2027;DO;Geen vergadering;Rijk;Rijk;rijk.do.1;DO;;;;;",
        "2027-05-25;WG-PFAS;Groep;Rijk;Rijk;rijk.do.1;DO;;;;;",
        "2027-05-25;DO;;uwv;Rijk;drinkwater.wg.1;XX;;;;;",
        "2027-05-25;DO;Datum;bedrijfsleven;niemand;rijk.do.1;DO;doorlopend;1-10-2027;elders;snel;bijna",
        "2027-05-25;DO;Leeg;Rijk;Rijk;rijk.do.1;DO;uiterlijk;31-11-2027;;;gerealiseerd",
        FIRST,
        "2027-11-09;DO;Komt nog;Rijk;Rijk;rijk.do.1;DO;;;;;",
    )
    came = do(summer, agreements.bring_in, csv(*wrong))
    assert came.faults == (
        "line 3, datum: DO has no meeting that decides on 2027-05-26",
        'line 4, overleg: "WG-PFAS" makes no agreements; AO, DO, BO do',
        "line 5, afspraak: is empty",
        'line 5, bindt: "uwv" is no party; is UvW meant? known are Rijk, VNG, IPO, UvW',
        "line 5, trekker: drinkwater.wg.1 is from outside; a trekker is of one of the parties",
        'line 5, verantwoording aan: "XX" is no body of this register',
        'line 6, bindt: "bedrijfsleven" is no party; known are Rijk, VNG, IPO, UvW',
        'line 6, verantwoordelijk: "niemand" is no person of this register; an id is sure',
        "line 6, termijn: doorlopend with a date",
        'line 6, stand: "bijna" is none of op papier, in voorbereiding, in uitvoering, gerealiseerd',
        'line 6, spoor: "snel" is none of aanspreken, aanjagen, onbepaald',
        'line 6, bron: "elders" is none of bestuurlijke afspraken, samenwerkingsagenda, convenant, overig',
        'line 7, datum uiterlijk: "31-11-2027" is no day; write 2027-10-01 or 1-10-2027',
        "line 7, bewijs: an agreement that is gerealiseerd needs one",
        "line 8, afspraak: stands on line 2 already",
        "line 9, datum: 2027-11-09 has still to come",
    )
    assert register(summer) == []
    assert told(summer) == []


def test_lines_are_counted_over_a_cell_of_several_lines(summer: TestBot) -> None:
    long = FIRST.replace("Elke regio een overzicht", '"Elke regio\neen overzicht"')
    came = do(summer, agreements.bring_in, csv(long, "2027-05-25;DO;;Rijk;Rijk;rijk.do.1;DO;;;;;"))
    assert came.faults == ("line 4, afspraak: is empty",)


def test_a_file_that_is_no_such_list_says_so(summer: TestBot) -> None:
    faults = {
        b"": "line 1: the names of the columns are missing",
        b"\xff\xfe": "line 1: is no UTF-8; save the list as CSV UTF-8",
        csv(head=HEAD.replace("bindt", "wie bindt")): 'line 1: "wie bindt" is no column of this list',
        csv(FIRST + ";te;veel"): "line 2: 14 cells under 12 columns",
    }
    for data, fault in faults.items():
        assert do(summer, agreements.bring_in, data).faults[0] == fault
    assert register(summer) == []


def test_it_takes_back_what_nobody_went_on_with(summer: TestBot) -> None:
    data = csv(FIRST, SECOND.replace("alle", "Rijk, UvW"))
    do(summer, agreements.bring_in, data)
    summer.say("rijk.do.1", "!afspraak vaststellen AFS-2027-002", room="DO")
    summer.say("rijk.do.1", "ja", room="DO")
    back = do(summer, agreements.take_back, data, at("2027-06-01 10:00"))
    assert str(back) == "1 taken back, 1 kept, since people went on with them"
    assert [one.state for one in register(summer)] == [AgreementState.LAPSED, AgreementState.FIXED]
    assert str(do(summer, agreements.take_back, data, at("2027-06-01 10:01"))) == (
        "1 kept, since people went on with them"
    )
    again = do(summer, agreements.bring_in, data, at("2027-06-01 10:02"))
    assert (again.new, again.known) == (("AFS-2027-003",), ("AFS-2027-002",))


def test_of_more_rows_than_one_list_shows_a_second_time_brings_nothing_and_all_are_taken_back(summer: TestBot) -> None:
    rows = [FIRST.replace("Elke regio een overzicht", f"Regio {n} een overzicht") for n in range(220)]
    assert str(do(summer, agreements.bring_in, csv(*rows))) == "220 new, as concepts"
    assert str(do(summer, agreements.bring_in, csv(*rows))) == "220 in the register already"
    assert str(do(summer, agreements.take_back, csv(*rows))) == "220 taken back"


@pytest.mark.parametrize("text", ["=1+1 regio", "-5 procent stikstof", "+2 graden", "@vng.ao.2 kijkt mee"])
def test_a_text_that_a_spreadsheet_would_reckon_with_comes_back_as_it_was(summer: TestBot, text: str) -> None:
    do(summer, agreements.bring_in, csv(FIRST.replace("Elke regio een overzicht", text)))
    [exported] = [one for one in summer.say("rijk.secr.1", "!exporteer afspraken DO als csv", room="dm") if one.files]
    data = exported.files[0].data
    assert f"'{text}".encode() in data
    came = do(summer, agreements.bring_in, data)
    assert (came.faults, str(came)) == ((), "1 in the register already")


def test_a_character_that_no_database_keeps_is_named(summer: TestBot) -> None:
    came = do(summer, agreements.bring_in, csv(FIRST.replace("Elke regio", "Elke\0regio")))
    assert came.faults == ("line 2, afspraak: holds a character that is no text; save the list anew as CSV UTF-8",)
    assert register(summer) == []


def test_the_list_that_is_exported_comes_in_again_as_it_was(
    summer: TestBot, make_bot: Callable[[str], TestBot]
) -> None:
    do(summer, agreements.bring_in, csv(FIRST, SECOND.replace("alle", "Rijk, UvW")))
    told(summer)
    [answer] = summer.say("rijk.secr.2", "!exporteer afspraken DO als csv", room="dm")
    other = make_bot("2027-06-01 09:00")
    came = do(other, agreements.bring_in, answer.files[0].data)
    assert str(came) == "2 new, as concepts"
    assert [(one.text, one.binds, one.due, one.track) for one in register(other)] == [
        (one.text, one.binds, one.due, one.track) for one in register(summer)
    ]


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"{HEAD}\n{text}".encode()))
def test_whatever_the_file_is_it_is_read_or_refused(data: bytes) -> None:
    rows, faults = rows_of(data)
    assert isinstance(rows, list)
    assert all(fault.startswith("line ") for fault in faults)
