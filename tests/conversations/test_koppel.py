"""Two signals about the same become one (C13, R-130, INV-09)."""

from __future__ import annotations

import pytest

from bot.testing import Said, TestBot

FIRST, SECOND, THIRD = (
    "!signaal Baggerdepots zitten vol door PFAS",
    "!signaal Provincies missen depotruimte voor bagger met PFAS",
    "!signaal Stadsgracht niet gebaggerd: PFAS-specie kan nergens heen",
)


@pytest.fixture
def three(bot: TestBot) -> TestBot:
    """Three signals about full depots, of the UvW, the IPO and the VNG."""
    for person, text in (("uvw.ao.1", FIRST), ("ipo.ao.1", SECOND), ("vng.ao.1", THIRD)):
        bot.say(person, text)
    return bot


def told(said: list[Said]) -> dict[str, str]:
    return {one.room: one.text for one in said if one.kind == "notice"}


def state(bot: TestBot, number: int) -> str:
    return bot.say("rijk.secr.1", f"!toon {number}", room="dm")[0].text


def test_the_secretary_joins_two_and_every_raiser_hears_it_once(three: TestBot) -> None:
    answer, *notices = three.say("rijk.secr.1", "!koppel 2 aan 1")
    assert answer.text == "SIG-2027-002 is samengevoegd met SIG-2027-001. Beide indieners blijven op de hoogte."
    heard = told(notices)
    assert set(heard) == {"dm:uvw.ao.1", "dm:ipo.ao.1"}
    assert "gaat verder als SIG-2027-001, namens UvW" in heard["dm:ipo.ao.1"]
    assert "SIG-2027-002, namens IPO, gaat hierin op" in heard["dm:uvw.ao.1"]


def test_all_raisers_are_counted_however_far_back(three: TestBot) -> None:
    three.say("rijk.secr.1", "!koppel 3 aan 2")
    [answer, *_] = three.say("rijk.secr.1", "!samenvoegen 2 aan 1")
    assert answer.text == "SIG-2027-002 is samengevoegd met SIG-2027-001. Alle 3 indieners blijven op de hoogte."


def test_raisers_of_a_chain_hear_the_later_steps_and_the_outcome(three: TestBot) -> None:
    everyone = {"dm:uvw.ao.1", "dm:ipo.ao.1", "dm:vng.ao.1"}
    three.say("rijk.secr.1", "!koppel 3 aan 2")
    three.say("rijk.secr.1", "!koppel 2 aan 1")
    assert everyone <= set(told(three.say("rijk.ao.0", "!weeg 1 afhandelen horizon:actualiteit")))
    three.say("rijk.ao.0", "!afhandel 1 depots gevonden")
    assert set(told(three.say("rijk.secr.1", "!terugkoppeling 1 er zijn depots gevonden"))) == everyone
    assert "Gesloten" in state(three, 1)


def test_the_chair_of_the_filter_may_do_it_too(three: TestBot) -> None:
    [answer, *_] = three.say("rijk.ao.0", "!koppel 2 met 1")
    assert answer.text.startswith("SIG-2027-002 is samengevoegd met SIG-2027-001.")


def test_under_the_message_about_a_signal_the_number_of_the_other_is_enough(bot: TestBot) -> None:
    bot.say("uvw.ao.1", FIRST)
    [filed] = bot.say("ipo.ao.1", SECOND)
    for text in ("!koppel 1", "!koppel aan 1"):
        [answer, *_] = bot.say("rijk.secr.1", text, reply_to=filed.id)
        assert answer.text.startswith("SIG-2027-002 is samengevoegd met SIG-2027-001.")
        bot.say("rijk.secr.1", "!ongedaan")


def test_without_numbers_it_asks_for_one_and_then_for_the_other(three: TestBot) -> None:
    [question] = three.say("rijk.secr.1", "!koppel")
    assert question.text == "Welk signaal gaat op in een ander?"
    [question] = three.say("rijk.secr.1", "2", reply_to=question.id)
    assert question.text == "Aan welk signaal?"
    [answer, *_] = three.say("rijk.secr.1", "1", reply_to=question.id)
    assert answer.text.startswith("SIG-2027-002 is samengevoegd met SIG-2027-001.")


# --- from the suggestion ---------------------------------------------------------------------------------------------
def test_the_secretarys_own_yes_joins_at_once(bot: TestBot) -> None:
    bot.say("uvw.ao.1", FIRST)
    [filed] = bot.say("rijk.secr.1", SECOND)
    [answer, *_] = bot.react("rijk.secr.1", "✅", filed.id)
    assert answer.text.startswith("SIG-2027-002 is samengevoegd met SIG-2027-001.")


@pytest.mark.parametrize("way", ["ja", "✅"])
def test_a_members_yes_asks_the_secretary_who_joins_with_one_word(bot: TestBot, way: str) -> None:
    bot.say("uvw.ao.1", FIRST)
    [filed] = bot.say("ipo.ao.1", SECOND)
    said = bot.react("ipo.ao.1", "✅", filed.id) if way == "✅" else bot.say("ipo.ao.1", "ja", reply_to=filed.id)
    answer, request = said
    assert answer.text == "Gevraagd aan de secretaris van het AO."
    assert request.room == "dm:rijk.secr.1"
    assert "samenvoegen met SIG-2027-001" in request.text
    assert "Ingediend" in state(bot, 2)
    done = bot.say("rijk.secr.1", "ja", room="dm", reply_to=request.id)
    assert any(one.text.startswith("SIG-2027-002 is samengevoegd met SIG-2027-001.") for one in done)


def test_of_several_lookalikes_the_number_says_which(three: TestBot) -> None:
    [filed] = three.say("rijk.secr.1", FIRST)
    assert "Zelfde? Antwoord met ja en het nummer, zoals ja 1" in filed.text
    [answer, *_] = three.say("rijk.secr.1", "ja 2", reply_to=filed.id)
    assert answer.text.startswith("SIG-2027-004 is samengevoegd met SIG-2027-002.")


def test_a_bare_yes_to_several_is_asked_which(three: TestBot) -> None:
    [filed] = three.say("rijk.secr.1", FIRST)
    [question] = three.say("rijk.secr.1", "ja", reply_to=filed.id)
    assert question.text.endswith("?")
    [answer, *_] = three.say("rijk.secr.1", "1", reply_to=question.id)
    assert answer.text.startswith("SIG-2027-004 is samengevoegd met SIG-2027-001.")


# --- refusals --------------------------------------------------------------------------------------------------------
def test_a_circle_changes_nothing(three: TestBot) -> None:
    three.say("rijk.secr.1", "!koppel 3 aan 2")
    three.say("rijk.secr.1", "!koppel 2 aan 1")
    for text in ("!koppel 1 aan 2", "!koppel 1 aan 3", "!koppel 1 aan 1"):
        [refused] = three.say("rijk.secr.1", text)
        assert refused.text == "Deze signalen verwijzen dan naar elkaar. Niets gewijzigd. Kies een ander signaal."
    assert "Ingediend" in state(three, 1)


def test_a_merged_target_offers_the_one_it_went_up_in(three: TestBot) -> None:
    three.say("rijk.secr.1", "!koppel 2 aan 1")
    [refused] = three.say("rijk.secr.1", "!koppel 3 aan 2")
    assert refused.text == "SIG-2027-002 is zelf samengevoegd met SIG-2027-001. Met SIG-2027-001 samenvoegen?"
    [answer, *_] = three.say("rijk.secr.1", "ja", reply_to=refused.id)
    assert answer.text.startswith("SIG-2027-003 is samengevoegd met SIG-2027-001. Alle 3")


def test_a_merged_signal_changes_no_more(three: TestBot) -> None:
    three.say("rijk.secr.1", "!koppel 2 aan 1")
    before = state(three, 2)
    for text in ("!koppel 2 aan 3", "!weeg 2 agenderen", "!afhandel 2 klaar", "!intrek 2", "!vulaan 2 nog iets"):
        three.say("rijk.secr.1", text)
    assert state(three, 2) == before


def test_a_settled_signal_takes_nothing_in(three: TestBot) -> None:
    three.say("rijk.ao.0", "!weeg 1 afwijzen want loopt al")
    [refused] = three.say("rijk.secr.1", "!koppel 2 aan 1")
    assert refused.text == "SIG-2027-001 is afgewezen; daar komt niets meer bij. Kies een ander signaal."


def test_what_stands_on_the_agenda_stays_and_the_other_may_go_up_in_it(three: TestBot) -> None:
    three.say("rijk.ao.0", "!weeg 1 agenderen horizon:actualiteit")
    [refused] = three.say("rijk.secr.1", "!koppel 1 aan 2")
    assert refused.text.endswith("Andersom: SIG-2027-002 laten opgaan in SIG-2027-001?")
    [answer, *_] = three.say("rijk.secr.1", "ja", reply_to=refused.id)
    assert answer.text.startswith("SIG-2027-002 is samengevoegd met SIG-2027-001.")


def test_a_sensitive_signal_goes_only_with_a_sensitive_one(bot: TestBot) -> None:
    bot.say("uvw.ao.1", f"{FIRST} gevoelig:ja")
    bot.say("ipo.ao.1", SECOND)
    [refused] = bot.say("rijk.secr.1", "!koppel 2 aan 1")
    assert "politiek gevoelig" in refused.text
    assert "Ingediend" in state(bot, 2)


def test_who_may_not_see_the_other_hears_what_holds_for_one_that_is_not_there(three: TestBot) -> None:
    three.say("drinkwater.wg.1", "!signaal Baggerdepots met PFAS zitten vol", room="WG-PFAS")
    answers = [three.say("uvw.wg.1", f"!koppel 4 aan {n}", room="WG-PFAS")[0].text for n in (1, 99)]
    assert answers[0].replace("001", "099") == answers[1]


# --- what goes along -------------------------------------------------------------------------------------------------
def test_open_actions_and_the_place_on_the_agenda_go_along(three: TestBot) -> None:
    three.say("rijk.secr.1", "!actie @ipo.ao.1 depots tellen voor vrijdag bij 2")
    three.say("rijk.secr.1", "!agendeer 2 voor AO aard:bespreking horizon:actualiteit")
    [answer, *_] = three.say("rijk.secr.1", "!koppel 2 aan 1")
    assert "agendapunt 1" in answer.text
    [agenda] = three.say("rijk.secr.1", "!agenda AO")
    assert "SIG-2027-001" in agenda.text
    assert "SIG-2027-002" not in agenda.text


def test_who_raised_the_merged_one_may_look_at_the_other(bot: TestBot) -> None:
    bot.say("uvw.ao.1", FIRST)
    bot.say("uvw.wg.1", SECOND, room="dm")
    assert "bestaat niet" in bot.say("uvw.wg.1", "!toon 1", room="dm")[0].text
    bot.say("rijk.secr.1", "!koppel 2 aan 1")
    assert "Baggerdepots zitten vol" in bot.say("uvw.wg.1", "!toon 1", room="dm")[0].text


def test_joining_can_be_undone_and_the_search_finds_it_again(three: TestBot) -> None:
    three.say("rijk.secr.1", "!koppel 2 aan 1")
    [filed] = three.say("vng.ao.2", SECOND)
    assert "SIG-2027-002" not in filed.text
    three.say("rijk.secr.1", "!ongedaan")
    assert "Ingediend, ligt bij AO" in state(three, 2)
    [filed] = three.say("vng.ao.2", SECOND)
    assert "SIG-2027-002" in filed.text
