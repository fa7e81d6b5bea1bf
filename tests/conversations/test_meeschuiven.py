"""Dates that lean on a meeting move when the meeting moves, and the holder hears so."""

from __future__ import annotations

from typing import Any

from sqlmodel import col, select

from bot.testing import TestBot
from commands.words.action import Action
from storage import tables
from tests.conftest import at

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


# --- delegations ------------------------------------------------------------------------------------------------------
def test_the_date_of_a_delegation_moves_along_and_who_reports_back_hears_so(at_do: TestBot, register: Any) -> None:
    at_do.say("rijk.do.1", "!delegeer 1 twee opties uitwerken, uiterlijk 10 werkdagen voor het DO van mei", room="DO")
    assert (str(register.signal().due), register.signal().hops[0].anchor) == ("2027-05-10", "VRG-DO-2027-01")
    moved, *told = at_do.say("rijk.secr.2", "!vergadering verplaats DO 25 mei naar 1 juni", room="DO")
    assert moved.text.splitlines()[1] == "1 opdracht schuift mee."
    heard = (
        "Het DO van di 25 mei 2027 is verplaatst naar di 1 jun 2027.\n"
        "SIG-2027-001 (Baggerdepots zitten vol): terug bij het DO nu uiterlijk di 18 mei 2027, was ma 10 mei 2027."
    )
    assert [(one.room, one.text) for one in told] == [("dm:rijk.secr.1", heard), ("dm:uvw.ao.1", heard)]
    assert [str(day) for day in (register.signal().due, register.signal().hops[0].due)] == ["2027-05-18"] * 2
    owed = [one for one in reminders(at_do, "SIG-2027-001") if one.startswith("AO-")]
    assert owed == ["AO-2027-05-18-na", "AO-2027-05-18-voor"]


def test_a_task_of_a_group_never_moves_past_the_day_on_which_it_is_expected_higher_up(
    at_do: TestBot, register: Any
) -> None:
    at_do.say("rijk.do.1", "!delegeer 1 twee opties uitwerken, uiterlijk 8 maart", room="DO")
    at_do.say("rijk.ao.0", "!beleg 1 bij pfas opties uitwerken, uiterlijk voor het AO van maart")
    _, *told = at_do.say(SECRETARY, "!vergadering verplaats AO 4 maart naar 11 maart")
    assert told[0].text.splitlines()[1] == (
        "SIG-2027-001 (Baggerdepots zitten vol): terug bij het AO blijft wo 3 mrt 2027, "
        "want het DO verwacht het uiterlijk ma 8 mrt 2027 terug."
    )
    assert str(register.signal().due) == "2027-03-03"


def test_a_cancelled_meeting_leaves_the_date_of_a_delegation_and_undo_gives_all_back(
    filed: TestBot, register: Any
) -> None:
    filed.say("rijk.ao.0", "!beleg 1 bij pfas opties uitwerken, uiterlijk voor het AO van maart")
    before = register.signal()
    _, chair, *_ = filed.say(SECRETARY, "!vergadering annuleer AO 4 maart want storm")
    assert chair.text == (
        "Het AO van do 4 mrt 2027 gaat niet door.\n"
        "SIG-2027-001 (Baggerdepots zitten vol): terug bij het AO blijft wo 3 mrt 2027."
    )
    assert (str(register.signal().due), register.signal().hops[0].anchor) == ("2027-03-03", None)
    filed.say(SECRETARY, "!ongedaan")
    assert register.signal() == before


def test_a_second_postponement_by_the_secretary_still_leans_on_the_meeting(bot: TestBot, register: Any) -> None:
    bot.say(SECRETARY, "!actie @vng.ao.2 stukken sturen uiterlijk 15 januari")
    bot.say("vng.ao.2", "!verzet 1 naar 22 januari")
    _, asked = bot.say("vng.ao.2", "!verzet 1 naar voor het AO van maart, wacht op jurist")
    assert "naar wo 3 mrt 2027" in asked.text
    bot.say(SECRETARY, "ja", room="dm", reply_to=asked.id)
    found = action(register)
    assert (str(found.due), found.anchor, found.anchor_text) == ("2027-03-03", "VRG-AO-2027-02", "voor het AO")
    bot.say(SECRETARY, "!vergadering verplaats AO 4 maart naar 11 maart")
    assert str(action(register).due) == "2027-03-10"


def test_what_the_chair_is_asked_leans_on_the_meeting_that_was_meant(filed: TestBot, register: Any) -> None:
    [refused] = filed.say("vng.ao.1", "!beleg 1 bij pfas opties uitwerken, uiterlijk voor het AO van maart")
    asked = filed.say("vng.ao.1", "ja", reply_to=refused.id)[-1]
    filed.say("rijk.ao.0", "ja", room="dm", reply_to=asked.id)
    assert [(str(hop.due), hop.anchor) for hop in register.signal().hops] == [("2027-03-03", "VRG-AO-2027-02")]


def test_a_date_that_was_asked_for_leans_on_the_meeting_too_and_the_dossier_says_so(
    filed: TestBot, register: Any
) -> None:
    [when] = filed.say("rijk.ao.0", "!beleg 1 bij pfas opties uitwerken")
    assert when.text == "Wanneer terug?"
    filed.say("rijk.ao.0", "voor het AO van maart", reply_to=when.id)
    assert register.signal().hops[0].anchor == "VRG-AO-2027-02"
    [shown] = filed.say("uvw.ao.1", "!toon 1")
    assert "WG-PFAS meldt terug aan AO uiterlijk wo 3 mrt 2027 (voor het AO van maart)." in shown.text


def test_a_reminder_that_leans_on_a_meeting_moves_along_and_says_so(bot: TestBot) -> None:
    bot.say("vng.ao.2", "!herinner mij stukken lezen voor het AO van maart")
    bot.say(SECRETARY, "!herinner mij zaal openen voor het AO van maart")
    moved, told = bot.say(SECRETARY, "!vergadering verplaats AO 4 maart naar 11 maart")
    assert moved.text.splitlines()[1] == (
        "1 herinnering schuift mee. Van jezelf: HER-2027-002 wo 10 mrt 2027 om 08:30."
    )
    assert (told.room, told.text) == (
        "dm:vng.ao.2",
        "Het AO van do 4 mrt 2027 is verplaatst naar do 11 mrt 2027.\n"
        "HER-2027-001 (stukken lezen): komt nu woensdag 10 maart 2027 om 08:30, was wo 3 mrt 2027 om 08:30.",
    )
    said = [one for one in bot.until(at("2027-03-10 09:00")) if "HER-2027-001" in one.text]
    assert [f"{one.at:%m-%d %H:%M}" for one in said] == ["03-10 08:30"]


def test_a_reminder_whose_meeting_is_called_off_stays_and_comes_along_again_after_undo(bot: TestBot) -> None:
    bot.say("vng.ao.2", "!herinner mij stukken lezen voor het AO van maart")
    _, *told = bot.say(SECRETARY, "!vergadering annuleer AO 4 maart want geen zaal")
    [heard] = [one for one in told if one.room == "dm:vng.ao.2"]
    assert heard.text.splitlines()[1] == (
        "HER-2027-001 (stukken lezen): blijft wo 3 mrt 2027 om 08:30. Niet meer nodig? Typ !herinner weg HER-2027-001."
    )
    bot.say(SECRETARY, "!ongedaan")
    moved = bot.say(SECRETARY, "!vergadering verplaats AO 4 maart naar 11 maart")
    assert any("HER-2027-001" in one.text and "10 maart" in one.text for one in moved)
