"""!signalen: what this room and this person may see, and not one more (C02, INV-39; acceptance 15)."""

from __future__ import annotations

import pytest

from bot.testing import TestBot
from commands.rules.ways import RESERVED


@pytest.fixture
def some(bot: TestBot) -> TestBot:
    bot.say("uvw.ao.1", "!signaal Sloten lopen over thema:waterpeil")
    bot.say("vng.ao.1", "!signaal Lood in tuinen")
    bot.say("drinkwater.wg.1", "!signaal Winning vies", room="WG-PFAS")
    bot.say("uvw.ao.1", "!signaal Geheim plan gevoelig:ja")
    bot.say("rijk.ao.0", "!beleg 3 bij pfas voor 5 maart")
    bot.say("rijk.ao.0", "!beleg 4 bij pfas voor 5 maart")
    return bot


def test_in_a_room_those_of_its_body_oldest_first(some: TestBot) -> None:
    [answer] = some.say("ipo.ao.1", "!signalen")
    assert answer.text.splitlines()[0] == "2 signalen (AO)"
    first, second = [line for line in answer.text.splitlines() if line.startswith("- ")]
    assert first == "- SIG-2027-001 Sloten lopen over: ingediend, namens UvW, ma 11 jan 2027"
    assert second.startswith("- SIG-2027-002 Lood in tuinen")


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("!signalen bij AO", ["001", "002"]),
        ("!lijst bij:AO thema:waterpeil", ["001"]),
        ("!signalen over lood", ["002"]),
        ("!signalen van mij", ["001", "004"]),
    ],
)
def test_filters(some: TestBot, typed: str, ids: list[str]) -> None:
    [answer] = some.say("uvw.ao.1", typed)
    assert [line[11:14] for line in answer.text.splitlines() if line.startswith("- SIG")] == ids


def test_one_is_one(some: TestBot) -> None:
    [answer] = some.say("ipo.ao.1", "!signalen over lood")
    assert answer.text.startswith("1 signaal (AO, lood)")


def test_none_names_the_filter(some: TestBot) -> None:
    [answer] = some.say("ipo.ao.1", "!signalen over asfalt")
    assert answer.text == "Geen signalen gevonden. Filter: AO, asfalt."


def test_an_unknown_body_or_state_is_said(some: TestBot) -> None:
    [answer] = some.say("ipo.ao.1", "!signalen bij:ZZ")
    assert answer.text.startswith("'ZZ' ken ik niet als gremium.")
    [answer] = some.say("ipo.ao.1", "!signalen bij asfalt")
    assert answer.text.startswith("'asfalt' ken ik niet als gremium.")
    [answer] = some.say("ipo.ao.1", "!signalen status:weg")
    assert "ken ik niet bij status" in answer.text


def test_acceptance_15_externals_see_their_own_group_and_nothing_else(some: TestBot) -> None:
    [answer] = some.say("drinkwater.wg.1", "!signalen", room="WG-PFAS")
    assert "SIG-2027-003 Winning vies" in answer.text
    assert "SIG-2027-004" not in answer.text
    for room in ("WG-PFAS", "dm"):
        for code in ("AO", "DO", "WG-LOOD"):
            [nothing] = some.say("drinkwater.wg.1", f"!signalen bij:{code}", room=room)
            assert "SIG-" not in nothing.text
    [refused] = some.say("drinkwater.wg.1", "!weeg 1 agenderen", room="WG-PFAS")
    assert refused.text == RESERVED


def test_a_member_of_another_body_sees_no_count(some: TestBot) -> None:
    [answer] = some.say("vng.do.1", "!signalen bij AO", room="DO")
    assert answer.text == "Geen signalen gevonden. Filter: AO."


def test_ones_own_signals_are_told_in_private_where_the_room_may_not_see_them(some: TestBot) -> None:
    some.say("vng.do.1", "!signaal Directeuren missen overzicht", room="dm")
    [answer] = some.say("vng.do.1", "!signalen van mij", room="DO")
    assert answer.room == "dm:vng.do.1"
    assert "Directeuren missen overzicht" in answer.text
