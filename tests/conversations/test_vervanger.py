from __future__ import annotations

from collections.abc import Callable

from bot.testing import TestBot


def test_a_deputy_is_named_with_the_days_and_both_hear_it(bot: TestBot) -> None:
    answer, told = bot.say("uvw.ao.1", "!vervanger @uvw.wg.1 van:1-2 tot:28-2")
    assert answer.text == "uvw.wg.1 vervangt je in het AO van maandag 1 t/m zondag 28 februari 2027."
    assert told.room == "dm:uvw.wg.1"
    assert told.text.endswith("met dezelfde rechten.")


def test_without_a_name_it_asks(bot: TestBot) -> None:
    [question] = bot.say("uvw.ao.1", "!vervanger")
    assert question.text == "Wie vervangt je? Een @-naam of achternaam is genoeg."
    answer, _ = bot.say("uvw.ao.1", "@uvw.wg.1", reply_to=question.id)
    assert answer.text == "uvw.wg.1 vervangt je in het AO."


def test_tot_en_met_is_understood_and_what_is_not_understood_is_not_dropped(bot: TestBot) -> None:
    answer, _ = bot.say("uvw.ao.1", "!vervanger @uvw.wg.1 tot en met vrijdag 5 maart")
    assert "t/m vrijdag 5 maart 2027" in answer.text
    [refused] = bot.say("uvw.ao.1", "!vervanger @uvw.wg.1 zolang het duurt")
    assert refused.text.startswith("'zolang het duurt' begrijp ik hier niet.")


def test_a_deputy_comes_from_the_same_party_and_never_from_outside(bot: TestBot) -> None:
    [other] = bot.say("uvw.ao.1", "!vervanger @vng.wg.1")
    assert other.text == "Een vervanger komt van dezelfde partij (UvW). Kies een ander."
    [outside] = bot.say("uvw.ao.1", "!vervanger @drinkwater.wg.1")
    assert outside.text.startswith("Een extern lid heeft geen vervanger")


def test_for_another_only_the_secretary_names_a_deputy(bot: TestBot) -> None:
    [refused] = bot.say("uvw.ao.2", "!vervanger @uvw.wg.1 voor @uvw.ao.1")
    assert refused.text == "Een vervanger wijs je voor jezelf aan; voor een ander doet de secretaris dat."
    answer, *told = bot.say("rijk.secr.1", "!vervanger @uvw.wg.1 voor @uvw.ao.1 in AO")
    assert answer.text == "uvw.wg.1 vervangt uvw.ao.1 in het AO."
    assert {one.room for one in told} == {"dm:uvw.wg.1", "dm:uvw.ao.1"}


def test_a_deputy_has_the_rights_as_long_as_it_lasts_and_no_longer(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say("rijk.ao.0", "!vervanger @rijk.wg.1 van 12 januari tot 13 januari")
    [early] = bot.say("rijk.wg.1", "!weeg 1 afhandelen actualiteit")
    assert early.text.startswith("Dit mag alleen")
    bot.until(bot.at.replace(day=14))
    [late] = bot.say("rijk.wg.1", "!weeg 1 afhandelen actualiteit")
    assert late.text.startswith("Dit mag alleen")


def test_during_those_days_the_deputy_decides(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say("rijk.ao.0", "!vervanger @rijk.wg.1 van 12 januari tot 13 januari")
    bot.until(bot.at.replace(day=13))
    answer, *_ = bot.say("rijk.wg.1", "!weeg 1 afhandelen actualiteit")
    assert "SIG-2027-001" in answer.text
    assert not answer.text.startswith(("Dit mag", "SIG-2027-001 bestaat niet"))


def test_a_deputy_never_confirms_the_own_proposal(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say("rijk.ao.0", "!weeg 1 afhandelen actualiteit")
    bot.say("rijk.ao.0", "!vervanger @rijk.ao.1")
    bot.say("rijk.ao.1", "!escaleer 1 want het raakt alle partijen vraag:Een kader toestaan")
    [refused] = bot.say("rijk.ao.1", "!akkoord 1")
    assert refused.text.startswith("Je hebt dit zelf voorgesteld; een ander bekrachtigt.")
    confirmed = bot.say("rijk.ao.0", "!akkoord 1")
    assert any(one.text.startswith("SIG-2027-001 ligt bij het DO") for one in confirmed)


def test_stopping_takes_the_rights_back(bot: TestBot) -> None:
    [nobody] = bot.say("vng.ao.1", "!vervanger stop")
    assert nobody.text == "Er is geen vervanger voor je vastgelegd. Vastleggen kan met !vervanger @naam."
    bot.say("vng.ao.1", "!vervanger @vng.wg.1")
    [listed] = bot.say("vng.ao.1", "!wie AO")
    assert "vng.wg.1 voor vng.ao.1" in listed.text
    answer, told = bot.say("vng.ao.1", "!vervanger stop")
    assert answer.text == "Niemand vervangt je nu nog."
    assert told.room == "dm:vng.wg.1"
    [after] = bot.say("vng.ao.1", "!wie AO")
    assert "vng.wg.1 voor vng.ao.1" not in after.text


def test_naming_a_deputy_can_be_undone(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!vervanger @vng.wg.1")
    undone, *_ = bot.say("vng.ao.1", "!ongedaan")
    assert undone.text == "Ongedaan gemaakt: vng.wg.1 vervangt vng.ao.1."
    [listed] = bot.say("vng.ao.1", "!wie AO")
    assert "vng.wg.1 voor" not in listed.text


def test_while_a_function_is_vacant_its_holder_can_do_nothing_and_hears_nothing(
    make_bot: Callable[[str], TestBot],
) -> None:
    may = make_bot("2027-05-28 09:00")
    may.say("ipo.bo.1", "!signaal Iets voor het BO", room="BO")
    may.until(may.at.replace(month=6, day=4))
    [stranger] = may.say("ipo.bo.1", "!signalen", room="dm")
    assert stranger.text == "Ik ken je nog niet in dit overleg. Vraag het secretariaat je aan te melden."
    heard = may.say("rijk.ao.0", "!weeg 1 afwijzen Loopt al bij IPO")
    rooms = {one.room for one in heard}
    assert "dm:ipo.bo.1" not in rooms
    [instead] = [one for one in heard if one.room.startswith("dm:")]
    assert instead.room == "dm:rijk.secr.2"
    assert instead.text.startswith("Voor ipo.bo.1, een functie die nu niet bezet is:")
    may.until(may.at.replace(day=9))
    [back] = may.say("ipo.bo.1", "!toon 1", room="dm")
    assert back.text.startswith("SIG-2027-001")
