from __future__ import annotations

from bot.testing import TestBot

FIRST, SECOND = (
    "!signaal Baggerdepots zitten vol door PFAS",
    "!signaal Provincies missen depotruimte voor bagger met PFAS",
)


def test_what_looks_like_it_is_named_and_joined_only_when_someone_says_so(bot: TestBot) -> None:
    bot.say("uvw.ao.1", FIRST)
    [filed] = bot.say("ipo.ao.1", "!signaal Baggerdepots met PFAS zitten vol")
    assert filed.text.startswith("SIG-2027-002, namens IPO.")
    assert "SIG-2027-001 (UvW, ma 11 jan 2027)" in filed.text
    [shown] = bot.say("ipo.ao.1", "!toon 2")
    assert "Ingediend, ligt bij AO" in shown.text


def test_yes_to_the_question_joins_them_through_the_chair(bot: TestBot) -> None:
    bot.say("uvw.ao.1", FIRST)
    [filed] = bot.say("ipo.ao.1", "!signaal Baggerdepots met PFAS zitten vol")
    [refused] = bot.say("ipo.ao.1", "ja", reply_to=filed.id)
    assert refused.text == "Samenvoegen doet de voorzitter van het AO. De voorzitter vragen?"
    asked = bot.say("ipo.ao.1", "ja", reply_to=refused.id)
    request = next(one for one in asked if one.room == "dm:rijk.ao.0")
    said = bot.say("rijk.ao.0", "ja", room="dm", reply_to=request.id)
    assert any("SIG-2027-002 is samengevoegd met SIG-2027-001" in one.text for one in said)


def test_a_subject_of_its_own_looks_like_nothing(bot: TestBot) -> None:
    bot.say("uvw.ao.1", FIRST)
    [filed] = bot.say("ipo.ao.1", "!signaal Vergunningen voor aardwarmte lopen vast")
    assert "Lijkt op" not in filed.text


def test_an_outsider_is_not_told_of_signals_of_the_fixed_bodies(bot: TestBot) -> None:
    bot.say("uvw.ao.1", FIRST)
    [filed] = bot.say("drinkwater.wg.1", "!signaal Baggerdepots met PFAS zitten vol", room="WG-PFAS")
    assert "SIG-2027-001" not in filed.text


def test_all_raisers_of_merged_signals_hear_the_outcome(bot: TestBot) -> None:
    bot.say("uvw.ao.1", FIRST)
    bot.say("ipo.ao.1", SECOND)
    said = bot.say("rijk.secr.1", "!koppel 2 aan 1")
    assert said[0].text == "SIG-2027-002 is samengevoegd met SIG-2027-001. Alle 2 indieners blijven op de hoogte."
    bot.say("rijk.ao.0", "!weeg 1 afhandelen horizon:actualiteit")
    bot.say("rijk.ao.0", "!afhandel 1 depots gevonden")
    told = bot.say("rijk.secr.1", "!terugkoppeling 1 er zijn depots gevonden")
    assert {one.room for one in told if one.kind == "notice"} == {"dm:uvw.ao.1", "dm:ipo.ao.1"}


def test_a_circle_changes_nothing(bot: TestBot) -> None:
    bot.say("uvw.ao.1", FIRST)
    bot.say("ipo.ao.1", SECOND)
    bot.say("rijk.secr.1", "!koppel 2 aan 1")
    [refused] = bot.say("rijk.secr.1", "!koppel 1 aan 2")
    assert refused.text == "Deze signalen verwijzen dan naar elkaar. Niets gewijzigd."


def test_joining_can_be_undone(bot: TestBot) -> None:
    bot.say("uvw.ao.1", FIRST)
    bot.say("ipo.ao.1", SECOND)
    bot.say("rijk.secr.1", "!koppel 2 aan 1")
    bot.say("rijk.secr.1", "!ongedaan")
    [shown] = bot.say("rijk.secr.1", "!toon 2")
    assert "Ingediend, ligt bij AO" in shown.text
