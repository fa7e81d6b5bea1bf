"""What looks alike is named when a signal is filed; filed it is in any case, and nobody hears of what is not theirs."""

from __future__ import annotations

from collections.abc import Callable

from bot.testing import TestBot

DEPOTS = "!signaal Baggerdepots zitten vol door PFAS"
PROVINCES = "!signaal Provincies missen depotruimte voor PFAS-houdende bagger"


def test_provinces_without_depots_look_like_full_depots(bot: TestBot) -> None:
    """G-02 of the example year."""
    bot.say("uvw.ao.1", DEPOTS)
    [filed] = bot.say("ipo.ao.1", PROVINCES)
    assert filed.text.startswith("SIG-2027-002, namens IPO. Ligt bij het AO, weging do 14 jan 2027.")
    assert "Lijkt op SIG-2027-001 (UvW, ma 11 jan 2027)" in filed.text
    assert "Zelfde? " in filed.text


def test_a_signal_is_filed_whether_or_not_the_question_is_answered(bot: TestBot) -> None:
    bot.say("uvw.ao.1", DEPOTS)
    bot.say("ipo.ao.1", PROVINCES)
    [shown] = bot.say("ipo.ao.1", "!toon 2")
    assert "Ingediend, ligt bij AO" in shown.text


def test_something_else_is_filed_without_a_suggestion(bot: TestBot) -> None:
    bot.say("uvw.ao.1", DEPOTS)
    for title in ("Regio's horen te laat wat het AO afspreekt", "Nieuwe meetmethode PFAS geeft andere uitkomsten"):
        [filed] = bot.say("vng.ao.1", f"!signaal {title}")
        assert "Lijkt op" not in filed.text
        assert "Zelfde" not in filed.text


def test_a_running_group_on_the_subject_is_named_and_asks_nothing(bot: TestBot) -> None:
    [filed] = bot.say("vng.ao.1", "!signaal Bij diffuus lood in tuinen ontbreekt een handelingskader")
    assert "WG-LOOD" in filed.text
    assert "Zelfde?" not in filed.text


def test_at_most_three_are_named(bot: TestBot) -> None:
    for person in ("uvw.ao.1", "ipo.ao.1", "vng.ao.1", "vng.ao.2"):
        bot.say(person, DEPOTS)
    [filed] = bot.say("uvw.ao.2", DEPOTS)
    named = [number for number in range(1, 5) if f"SIG-2027-00{number}" in filed.text]
    assert named == [1, 2, 3]


def test_a_settled_signal_is_named_as_done_before_and_not_to_be_joined(bot: TestBot) -> None:
    bot.say("uvw.ao.1", DEPOTS)
    bot.say("rijk.ao.0", "!weeg 1 afwijzen want loopt al elders")
    [filed] = bot.say("ipo.ao.1", PROVINCES)
    assert filed.text == (
        "SIG-2027-002, namens IPO. Ligt bij het AO, weging do 14 jan 2027. Lijkt op WG-PFAS.\n"
        "Eerder hierover: SIG-2027-001 (afgewezen). Lezen: !toon en het nummer."
    )


def test_what_was_done_before_is_named_only_to_who_may_see_it_and_only_where(bot: TestBot) -> None:
    bot.say("uvw.ao.1", f"{DEPOTS} gevoelig:ja")
    bot.say("rijk.ao.0", "!weeg 1 afwijzen want loopt al elders")
    [outside] = bot.say("kennis.wg.1", PROVINCES, room="WG-PFAS")
    assert "Eerder" not in outside.text
    [elsewhere] = bot.say("vng.wg.1", PROVINCES, room="WG-PFAS")
    assert "Eerder" not in elsewhere.text


def test_a_decision_on_the_subject_is_named_when_a_signal_is_filed(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-05-25 14:00")
    bot.say("rijk.secr.2", "!besluit elke provincie maakt een depotplan voor PFAS-houdende bagger", room="DO")
    [filed] = bot.say("ipo.do.1", PROVINCES, room="DO")
    assert "Eerder hierover: BES-2027-001 (concept)." in filed.text
    [unseen] = bot.say("ipo.wg.1", PROVINCES, room="dm")
    assert "BES-2027-001" not in unseen.text


def test_an_undone_signal_is_not_suggested(bot: TestBot) -> None:
    bot.say("uvw.ao.1", DEPOTS)
    bot.say("uvw.ao.1", "!ongedaan")
    [filed] = bot.say("ipo.ao.1", PROVINCES)
    assert "SIG-2027-001" not in filed.text


def test_an_external_hears_exactly_what_would_be_heard_if_the_other_signal_did_not_exist(bot: TestBot) -> None:
    [alone] = bot.say("drinkwater.wg.1", "!signaal Baggerdepots met PFAS zitten vol", room="WG-PFAS")
    bot.say("drinkwater.wg.1", "!ongedaan", room="WG-PFAS")
    bot.say("uvw.ao.1", DEPOTS)
    [beside] = bot.say("drinkwater.wg.1", "!signaal Baggerdepots met PFAS zitten vol", room="WG-PFAS")
    assert beside.text == alone.text.replace("SIG-2027-001", "SIG-2027-003")


def test_in_a_room_with_externals_a_member_hears_nothing_of_the_fixed_body(bot: TestBot) -> None:
    bot.say("uvw.ao.1", DEPOTS)
    [filed] = bot.say("uvw.wg.1", "!signaal Baggerdepots met PFAS zitten vol", room="WG-PFAS")
    assert "SIG-2027-001" not in filed.text


def test_what_may_not_be_seen_takes_no_place_of_what_may(bot: TestBot) -> None:
    """Five nearer ones that the person may not see do not push out the one raised by the person."""
    bot.say("drinkwater.wg.1", "!signaal Baggerdepots met PFAS zitten te vol", room="dm")
    for person in ("uvw.ao.1", "ipo.ao.1", "vng.ao.1", "vng.ao.2", "uvw.ao.2"):
        bot.say(person, DEPOTS)
    [filed] = bot.say("drinkwater.wg.1", DEPOTS, room="dm")
    assert "SIG-2027-001" in filed.text
    assert "SIG-2027-002" not in filed.text
