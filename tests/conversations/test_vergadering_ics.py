"""The meetings as a file for one's own calendar: stable numbers, nothing about what is discussed."""

from __future__ import annotations

from bot.testing import Said, TestBot
from commands.rules.ways import RESERVED

SECRETARY = "rijk.secr.1"


def text_of(said: Said) -> str:
    [file] = said.files
    return file.data.decode("utf-8").replace("\r\n ", "")


def event_of(said: Said, id: str) -> str:
    return next(part for part in text_of(said).split("BEGIN:VEVENT") if f"UID:{id}@" in part)


def test_the_file_comes_in_private_to_who_asks(bot: TestBot) -> None:
    [said] = bot.say("vng.ao.2", "!vergadering ics AO")
    assert said.room == "dm:vng.ao.2"
    assert said.text == "Open je het bestand, dan komen de vergaderingen in je agenda: vergaderingen-AO.ics."
    assert [(file.name, file.media) for file in said.files] == [("vergaderingen-AO.ics", "text/calendar")]
    assert text_of(said).count("BEGIN:VEVENT") == 8
    event = event_of(said, "VRG-AO-2027-01")
    assert "DTSTART;TZID=Europe/Amsterdam:20270114T100000" in event
    assert "SEQUENCE:0" in event


def test_in_private_it_holds_all_meetings_of_who_asks(bot: TestBot) -> None:
    [said] = bot.say("rijk.secr.2", "!vergadering ics", room="dm")
    assert "SUMMARY:DO reflectie" in text_of(said)
    assert "SUMMARY:BO" in text_of(said)


def test_a_move_a_cancellation_and_an_undo_each_count_up_under_the_same_number(bot: TestBot) -> None:
    bot.say(SECRETARY, "!vergadering verplaats AO 4 maart naar 11 maart")
    [said] = bot.say(SECRETARY, "!vergadering ics AO")
    event = event_of(said, "VRG-AO-2027-02")
    assert "SEQUENCE:1" in event
    assert "20270311T100000" in event
    bot.say(SECRETARY, "!ongedaan")
    [said] = bot.say(SECRETARY, "!vergadering ics AO")
    event = event_of(said, "VRG-AO-2027-02")
    assert "SEQUENCE:2" in event
    assert "20270304T100000" in event
    bot.say(SECRETARY, "!vergadering annuleer AO 4 maart want storm")
    [said] = bot.say(SECRETARY, "!vergadering ics AO")
    event = event_of(said, "VRG-AO-2027-02")
    assert "SEQUENCE:3" in event
    assert "STATUS:CANCELLED" in event
    assert "storm" not in text_of(said)


def test_nothing_of_the_agenda_stands_in_it(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say(SECRETARY, "!weeg 1 agenderen horizon:actualiteit")
    [said] = bot.say(SECRETARY, "!vergadering ics AO")
    assert "Baggerdepots" not in text_of(said)
    assert "DESCRIPTION:VRG-AO-2027-01. Stukken uiterlijk donderdag 7 januari 2027." in text_of(said)


def test_someone_from_outside_gets_no_meetings_of_a_tier(bot: TestBot) -> None:
    [answer] = bot.say("drinkwater.wg.1", "!vergadering ics AO", room="WG-PFAS")
    assert answer.text == RESERVED
    assert answer.files == ()
