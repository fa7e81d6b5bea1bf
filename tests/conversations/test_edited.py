"""A message that is edited or taken away afterwards: what was done stays, and says how to correct it."""

from __future__ import annotations

from typing import Any

from bot.testing import TestBot
from tests.conftest import at

RAISER, CHAIR = "uvw.ao.1", "rijk.ao.0"


def edit(bot: TestBot, who: str, target: str, text: str, room: str = "AO") -> list[Any]:
    return bot.say(who, text, room=room, reply_to=target, kind="edit")


def test_an_executed_command_stays_and_is_told_how_to_correct_it(bot: TestBot, register: Any) -> None:
    bot.say(RAISER, "!signaal Depots zitten vol", id="s1")
    [told] = edit(bot, RAISER, "s1", "!signaal Depots zitten helemaal vol")
    assert told.text == (
        "Je hebt een opdracht aangepast die al is uitgevoerd; er is niets veranderd. Terugdraaien kan binnen tien "
        "minuten met !ongedaan; daarna met een nieuwe opdracht, bijvoorbeeld !wijzig 1."
    )
    assert (told.room, told.reply_to) == ("AO", "s1")
    assert edit(bot, RAISER, "s1", "!signaal Nog anders") == []
    assert register.signal().title == "Depots zitten vol"


def test_after_ten_minutes_it_names_only_what_still_works(bot: TestBot) -> None:
    bot.say(RAISER, "!signaal Depots zitten vol", id="s1")
    bot.until(at("2027-01-11 09:20"))
    [told] = edit(bot, RAISER, "s1", "!signaal Anders")
    assert told.text.endswith("er is niets veranderd. Een nieuwe opdracht verandert het wel, bijvoorbeeld !wijzig 1.")


def test_in_a_discreet_room_that_is_said_in_private_with_u(at_do: TestBot) -> None:
    at_do.say("rijk.do.1", "!delegeer 1 twee opties, uiterlijk 18 maart", room="DO", id="d1")
    [told] = edit(at_do, "rijk.do.1", "d1", "!delegeer 1 drie opties, uiterlijk 18 maart", room="DO")
    assert told.room == "dm:rijk.do.1"
    assert told.text.startswith("U hebt een opdracht aangepast")


def test_a_slip_that_is_mended_in_place_counts_as_it_stands_now(bot: TestBot, register: Any) -> None:
    [refused] = bot.say(RAISER, "!signal Depots zitten vol", id="s1")
    assert "Bedoel je !signaal?" in refused.text
    [filed] = edit(bot, RAISER, "s1", "!signaal Depots zitten vol")
    assert filed.text.startswith("SIG-2027-001")
    assert filed.reply_to == "s1"
    [told] = edit(bot, RAISER, "s1", "!signaal Depots lopen over")
    assert "er is niets veranderd" in told.text
    undone = bot.say(RAISER, "", reply_to="s1", kind="redaction")
    assert undone[0].text == "Ongedaan gemaakt: SIG-2027-001 ingediend."
    assert register.signal().state == "ingetrokken"


def test_a_half_command_that_is_completed_in_place_drops_its_question(filed: TestBot, register: Any) -> None:
    filed.say(CHAIR, "!weeg 1 afwijzen", id="w1")
    [answer, _] = edit(filed, CHAIR, "w1", "!weeg 1 afwijzen want loopt al")
    assert answer.text == "SIG-2027-001 afgewezen; indiener bericht."
    assert register.ask(lambda store: store.open_questions(CHAIR)) == ()


def test_chat_that_becomes_a_command_is_heard(bot: TestBot) -> None:
    assert bot.say(RAISER, "signaal Depots zitten vol", id="c1") == []
    [filed] = edit(bot, RAISER, "c1", "!signaal Depots zitten vol")
    assert filed.text.startswith("SIG-2027-001")
    assert edit(bot, CHAIR, "c1", "!signaal Iets van een ander") == []


def test_taking_away_a_message_undoes_all_it_did(bot: TestBot, register: Any) -> None:
    bot.say(RAISER, "!signaal Depots zitten vol\n!signaal Sloten lopen over", id="s1")
    bot.say(RAISER, "!signaal Wegen verzakken")
    [undone] = bot.say(RAISER, "", reply_to="s1", kind="redaction")
    assert undone.text == "Ongedaan gemaakt: SIG-2027-001 ingediend; SIG-2027-002 ingediend."
    assert [register.signal(n).state for n in (1, 2, 3)] == ["ingetrokken", "ingetrokken", "ingediend"]


def test_later_or_by_another_only_the_history_says_so(bot: TestBot, register: Any) -> None:
    bot.say(RAISER, "!signaal Depots zitten vol", id="s1")
    assert bot.say(CHAIR, "", reply_to="s1", kind="redaction") == []
    assert register.signal().state == "ingediend"
    last = register.ask(lambda store: store.history("SIG-2027-001"))[-1]
    assert (last.by, last.why, last.to_state) == (CHAIR, "bericht ingetrokken", "ingediend @AO")


def test_what_others_acted_on_is_refused_and_marked(filed: TestBot, register: Any) -> None:
    filed.say(CHAIR, "!weeg 1 afhandelen actualiteit", id="w1")
    filed.say("rijk.secr.1", "!wijzig 1 thema:grondwater")
    [refused] = filed.say(CHAIR, "", reply_to="w1", kind="redaction")
    assert refused.text.startswith("Er is al op gereageerd (SIG-2027-001).")
    assert register.ask(lambda store: store.history("SIG-2027-001"))[-1].why == "bericht ingetrokken"


def test_taking_away_a_half_command_drops_its_question(filed: TestBot, register: Any) -> None:
    filed.say(CHAIR, "!weeg 1 afwijzen", id="w1")
    [answer] = filed.say(CHAIR, "", reply_to="w1", kind="redaction")
    assert answer.text == "Goed, ik laat het erbij. Er is niets opgeslagen."
    assert register.ask(lambda store: store.open_questions(CHAIR)) == ()
