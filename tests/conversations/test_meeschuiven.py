"""Dates that lean on a meeting move when the meeting moves, and the holder hears so (issue 4, item 1)."""

from __future__ import annotations

from typing import Any

from sqlmodel import col, select

from bot.testing import TestBot
from commands.words.action import Action
from storage import tables

SECRETARY = "rijk.secr.1"


def action(register: Any, number: int = 1) -> Action:
    found = register.ask(lambda store: store.get(Action, f"ACT-2027-{number:03d}"))
    assert isinstance(found, Action)
    return found


def reminders(bot: TestBot, id: str = "ACT-2027-001") -> list[str]:
    """The days for which reminders about the action are owed."""
    query = select(tables.Due.occasion).where(tables.Due.about == id, col(tables.Due.done_at).is_(None)).distinct()
    return list(bot.simulation.database.work(lambda session: session.exec(query).all()))


def test_moving_tells_each_holder_in_one_message(bot: TestBot, register: Any) -> None:
    bot.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 5 werkdagen voor het AO van maart")
    bot.say(SECRETARY, "!actie @vng.ao.2 zaal regelen voor het AO van maart")
    assert action(register).anchor == "VRG-AO-2027-02"
    assert reminders(bot) == ["2027-02-25"]
    moved, told = bot.say(SECRETARY, "!vergadering verplaats AO 4 maart naar 11 maart")
    assert moved.text == (
        "VRG-AO-2027-02 staat nu op donderdag 11 maart 2027, 10:00–12:00 (was do 4 mrt 2027). "
        "Stukken uiterlijk do 4 mrt 2027, digest vr 5 mrt 2027.\n2 acties schuiven mee."
    )
    assert (told.room, told.text) == (
        "dm:vng.ao.2",
        "Het AO van do 4 mrt 2027 is verplaatst naar do 11 mrt 2027.\n"
        "ACT-2027-001 (stukken sturen): nu uiterlijk do 4 mrt 2027, was do 25 feb 2027.\n"
        "ACT-2027-002 (zaal regelen): nu uiterlijk wo 10 mrt 2027, was wo 3 mrt 2027.",
    )
    assert action(register).postponed == 0
    assert reminders(bot) == ["2027-03-04"]


def test_who_moves_the_meeting_reads_their_own_date_in_the_answer(bot: TestBot) -> None:
    bot.say(SECRETARY, "!actie ik agenda maken voor het AO van maart")
    [moved] = bot.say(SECRETARY, "!vergadering verplaats AO 4 maart naar 11 maart")
    assert moved.text.splitlines()[1] == "1 actie schuift mee. Van jezelf: ACT-2027-001 uiterlijk wo 10 mrt 2027."


def test_another_time_on_the_same_day_moves_no_date(bot: TestBot, register: Any) -> None:
    bot.say(SECRETARY, "!actie @vng.ao.2 stukken sturen voor het AO van maart")
    [moved] = bot.say(SECRETARY, "!vergadering verplaats AO 4 maart naar 11:00")
    assert moved.text.startswith("VRG-AO-2027-02 staat nu op donderdag 4 maart 2027, 11:00 (was do 4 mrt 2027, 10:00).")
    assert action(register).due.isoformat() == "2027-03-03"


def test_a_date_that_the_holder_chose_afterwards_stays(bot: TestBot, register: Any) -> None:
    bot.say(SECRETARY, "!actie @vng.ao.2 stukken sturen voor het AO van maart")
    bot.say("vng.ao.2", "!verzet 1 naar 8 maart, wacht op jurist")
    assert action(register).anchor is None
    [moved] = bot.say(SECRETARY, "!vergadering verplaats AO 4 maart naar 11 maart")
    assert "schuift mee" not in moved.text
    assert action(register).due.isoformat() == "2027-03-08"


def test_a_date_can_be_moved_to_another_meeting_and_leans_on_that_one(bot: TestBot, register: Any) -> None:
    bot.say(SECRETARY, "!actie @vng.ao.2 stukken sturen voor vrijdag")
    bot.say("vng.ao.2", "!verzet 1 naar voor het AO van maart")
    assert (action(register).anchor, action(register).anchor_text) == ("VRG-AO-2027-02", "voor het AO van maart")


def test_cancelling_leaves_the_date_and_says_so(bot: TestBot, register: Any) -> None:
    bot.say(SECRETARY, "!actie @vng.ao.2 stukken sturen voor het AO van maart")
    _, told = bot.say(SECRETARY, "!vergadering annuleer AO 4 maart want storm")
    assert told.text == (
        "Het AO van do 4 mrt 2027 gaat niet door.\n"
        "ACT-2027-001 (stukken sturen): de datum blijft wo 3 mrt 2027. Met !verzet kies je een andere."
    )
    assert (action(register).due.isoformat(), action(register).anchor) == ("2027-03-03", None)


def test_a_date_that_would_be_past_stays_and_the_holder_hears_why(bot: TestBot, register: Any) -> None:
    bot.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 5 weken voor het AO van maart")
    assert action(register).due.isoformat() == "2027-01-28"
    _, told = bot.say(SECRETARY, "!vergadering verplaats AO 4 maart naar 4 februari")
    assert told.text == (
        "Het AO van do 4 mrt 2027 is verplaatst naar do 4 feb 2027.\n"
        "ACT-2027-001 (stukken sturen): de datum blijft do 28 jan 2027, want wat ervoor afgesproken is, is nu voorbij."
        " Met !verzet kies je een andere."
    )
    assert action(register).anchor == "VRG-AO-2027-02"


def test_a_finished_action_moves_no_more(bot: TestBot, register: Any) -> None:
    bot.say(SECRETARY, "!actie @vng.ao.2 stukken sturen voor het AO van maart")
    bot.say("vng.ao.2", "!gereed 1")
    assert len(bot.say(SECRETARY, "!vergadering verplaats AO 4 maart naar 11 maart")) == 1


def test_a_raiser_who_also_holds_an_action_gets_one_message(bot: TestBot) -> None:
    bot.say("vng.ao.2", "!signaal Baggerdepots zitten vol")
    bot.say(SECRETARY, "!weeg 1 agenderen horizon:actualiteit")
    bot.say(SECRETARY, "!actie @vng.ao.2 stukken sturen bij het AO")
    told = bot.say(SECRETARY, "!vergadering verplaats AO 14 januari naar 20 januari")[1:]
    assert [(one.room, len(one.text.splitlines())) for one in told] == [("dm:vng.ao.2", 3)]


def test_undo_of_a_move_or_a_cancellation_gives_the_dates_back(bot: TestBot, register: Any) -> None:
    bot.say(SECRETARY, "!actie @vng.ao.2 stukken sturen voor het AO van maart")
    before = action(register)
    for deed in ("!vergadering verplaats AO 4 maart naar 11 maart", "!vergadering annuleer AO 4 maart want storm"):
        bot.say(SECRETARY, deed)
        assert action(register) != before
        said = bot.say(SECRETARY, "!ongedaan")
        assert [one.room for one in said] == ["AO", "dm:vng.ao.2"]
        assert action(register) == before
        assert reminders(bot) == ["2027-03-03"]
