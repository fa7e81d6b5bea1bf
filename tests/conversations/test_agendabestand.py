"""A calendar file sent in the chat: offered with what it would change, planned after one yes, or refused with a way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from bot.agendas import NO_CALENDAR
from bot.calendars import LARGEST
from bot.channels.base import FILE_NOT_HAD, FILE_NOT_HERE, FILE_TOO_LARGE
from bot.testing import Simulation, TestBot
from commands.kit.year_calendar import NOT_YOURS, TOO_MANY
from commands.words.meeting import Meeting, MeetingState
from commands.words.structure import Structure
from config.people import PeopleFile
from tests.conftest import at

SECRETARY = "rijk.secr.1"


@pytest.fixture
def bot(structure: Structure, people: PeopleFile) -> Iterator[TestBot]:
    """Nothing is planned yet."""
    simulation = Simulation(structure, replace(people, meetings=()))
    yield TestBot(simulation, at("2027-01-05 09:00"))
    simulation.close()


def meetings(register: Any) -> list[Meeting]:
    return list(register.ask(lambda store: store.meetings(limit=100, cancelled=True)))


def event(uid: str, name: str, start: str, *more: str) -> str:
    lines = ["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{name}", f"DTSTART;TZID=Europe/Amsterdam:{start}", *more]
    return "\n".join([*lines, "END:VEVENT", ""])


def calendar(*events: str) -> str:
    return "".join(["BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y\n", *events, "END:VCALENDAR\n"])


TWO = calendar(event("a", "AO", "20270114T100000"), event("b", "DO", "20270525T140000"))


@pytest.mark.parametrize("caption", ["", "Hierbij de planning", "!jaarplanning"])
def test_the_file_of_the_secretary_is_offered_and_planned_after_one_yes(
    bot: TestBot, register: Any, caption: str
) -> None:
    [question] = bot.send(SECRETARY, TWO, caption)
    assert question.text.startswith(
        "2 vergaderingen in 2027: AO do 14 jan 2027 10:00, DO di 25 mei 2027 14:00. Let op: "
    )
    assert question.text.endswith("Zo laten?")
    assert question.reply_to is not None
    assert meetings(register) == []
    done, *rooms = bot.say(SECRETARY, "ja", reply_to=question.id)
    assert done.text.startswith("2 vergaderingen in 2027 gepland. Eerste digest vr 8 jan 2027, 08:30.")
    assert [one.room for one in rooms] == ["DO"]
    assert [(one.body, one.day, one.start) for one in meetings(register)] == [
        ("AO", date(2027, 1, 14), time(10)),
        ("DO", date(2027, 5, 25), time(14)),
    ]
    bot.say(SECRETARY, "!ongedaan")
    assert {one.state for one in meetings(register)} <= {MeetingState.CANCELLED}


def test_what_moves_and_what_is_off_is_named_and_what_is_there_is_counted(bot: TestBot, register: Any) -> None:
    [question] = bot.send(SECRETARY, TWO, room="dm")
    bot.say(SECRETARY, "ja", room="dm", reply_to=question.id)
    again = calendar(
        event("a", "AO", "20270121T100000", "SEQUENCE:2"), event("b", "DO", "20270525T140000", "STATUS:CANCELLED")
    )
    [question] = bot.send(SECRETARY, again, room="dm")
    assert question.text.startswith(
        "1 krijgt een andere tijd: AO do 14 jan 2027 10:00 wordt do 21 jan 2027 10:00. "
        "1 gaat niet door: DO di 25 mei 2027 14:00."
    )
    bot.say(SECRETARY, "ja", room="dm", reply_to=question.id)
    assert [(one.day, one.state) for one in meetings(register)] == [
        (date(2027, 1, 21), MeetingState.PLANNED),
        (date(2027, 5, 25), MeetingState.CANCELLED),
    ]


def test_the_same_file_again_changes_nothing(bot: TestBot) -> None:
    [question] = bot.send(SECRETARY, TWO)
    bot.say(SECRETARY, "ja", reply_to=question.id)
    [again] = bot.send(SECRETARY, TWO)
    assert again.text == "2 vergaderingen in 2027 staan al zo in de planning. Er is niets gewijzigd."


def test_a_no_keeps_nothing(bot: TestBot, register: Any) -> None:
    [question] = bot.send(SECRETARY, TWO)
    bot.say(SECRETARY, "nee", reply_to=question.id)
    assert meetings(register) == []


def test_who_may_not_plan_hears_who_may_and_nothing_is_kept(bot: TestBot, register: Any) -> None:
    [refused] = bot.send("vng.ao.2", TWO)
    assert refused.text == NOT_YOURS
    assert bot.send("nobody.known", TWO) == []
    kept = register.ask(lambda store: store.open_questions("vng.ao.2"))
    assert (meetings(register), kept) == ([], ())


def test_who_plans_one_body_plans_only_that_one(bot: TestBot, register: Any) -> None:
    [question] = bot.send("rijk.do.1", TWO, room="DO")
    assert question.text == "Het AO plant de voorzitter of de secretaris daarvan. De andere vergadering wel?"
    [sure] = bot.say("rijk.do.1", "ja", room="dm", reply_to=question.id)
    assert "DO di 25 mei 2027 14:00" in sure.text
    bot.say("rijk.do.1", "ja", room="dm", reply_to=sure.id)
    assert [one.body for one in meetings(register)] == ["DO"]


def test_what_cannot_be_read_is_named_and_the_rest_is_offered(bot: TestBot) -> None:
    strange = calendar(
        event("a", "AO", "20270114T100000"),
        event("b", "AO", "20270304T100000", "RRULE:FREQ=SECONDLY;COUNT=999999999"),
        event("c", "Feest @room <b>", "20270304T100000"),
        "BEGIN:VEVENT\nUID:d\nSUMMARY:AO\nDTSTART;TZID=Mars/Olympus:20270304T100000\nEND:VEVENT\n",
    )
    [question] = bot.send(SECRETARY, strange)
    assert question.text == (
        "'AO' herhaalt zich: geef elke vergadering een eigen regel. 'AO' staat in een tijdzone die ik niet ken. "
        "Van welk overleg 'Feest @room <b>' is, staat er niet bij. De andere vergadering wel?"
    )


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (FILE_TOO_LARGE, "is te groot, boven 200 kB; er is niets vastgelegd."),
        (FILE_NOT_HAD, "kan ik niet ophalen; er is niets vastgelegd."),
        (FILE_NOT_HERE, "In Teams kan ik geen bestand lezen; er is niets vastgelegd."),
        ("", NO_CALENDAR),
        ("BEGIN:VCARD\nEND:VCARD\n", NO_CALENDAR),
        ("x" * (LARGEST + 1), NO_CALENDAR),
        (calendar(*(event(str(n), "AO", "20270114T100000") for n in range(201))), TOO_MANY),
    ],
)
def test_a_file_that_does_not_serve_is_refused_with_what_does(
    bot: TestBot, register: Any, file: str, words: str
) -> None:
    [refused] = bot.send(SECRETARY, file)
    assert words in refused.text
    assert "Wat wel kan:" in refused.text
    assert register.ask(lambda store: store.open_questions(SECRETARY)) == ()


def test_another_command_as_caption_is_carried_out_and_the_file_let_be(bot: TestBot) -> None:
    [filed] = bot.send("vng.ao.2", TWO, "!signaal Baggerdepots zitten vol")
    assert filed.text.startswith("SIG-2027-001")


def test_a_file_that_is_taken_back_before_the_yes_is_dropped(bot: TestBot, register: Any) -> None:
    [question] = bot.send(SECRETARY, TWO)
    said = list(bot.simulation.hear(bot.at, "AO", SECRETARY, "", reply_to=question.reply_to, kind="redaction"))
    assert [one.text for one in said] == ["Goed, ik laat het erbij. Er is niets opgeslagen."]
    assert register.ask(lambda store: store.open_questions(SECRETARY)) == ()


def test_a_part_that_somebody_types_by_hand_is_not_believed(bot: TestBot) -> None:
    [refused] = bot.say(SECRETARY, "!jaarplanning bestand:[{}]", room="dm")
    assert refused.text.startswith("Deze agenda is niet meer te lezen; er is niets vastgelegd.")
