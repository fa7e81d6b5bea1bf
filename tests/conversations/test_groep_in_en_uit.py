"""The edges of a group: without a chair yet, after its last day, and named behind the date of an action."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.testing import TestBot
from tests.conftest import at

FOUND = (
    '!werkgroep Bronnen over 1 opdracht:"breng in beeld" tot 26 november niet:"normen" waarde:"één beeld" '
    "thema:grondwater combineren:nieuw"
)


def test_a_group_that_did_not_start_is_not_on_course_in_the_digest(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Bronnen vallen droog")
    bot.say("vng.ao.1", FOUND)
    bot.say("rijk.ao.0", "!akkoord 1")
    shown = bot.say("rijk.secr.1", "!digest AO", room="dm")[0].text
    assert "- WG-BRONNEN (Werkgroep Bronnen): nog niet van start, zonder voorzitter." in shown
    [on_course] = [line for line in shown.splitlines() if line.startswith("- Op koers:")]
    assert "WG-BRONNEN" not in on_course


def test_a_meeting_after_the_last_day_of_a_group_is_not_planned(bot: TestBot) -> None:
    [refused] = bot.say("vng.wg.1", "!vergadering plan WG-LOOD 1 april 10:00", room="WG-LOOD")
    assert refused.text == (
        "WG-LOOD loopt tot en met woensdag 31 maart 2027; daarna komt de groep niet meer bij elkaar. "
        "Verlengen kan met !verleng WG-LOOD."
    )
    said = bot.say("vng.wg.1", "!vergadering plan WG-LOOD 31 maart 10:00", room="WG-LOOD")
    assert said[0].text.startswith("VRG-WG-LOOD-2027-01 gepland op woensdag 31 maart 2027")
    [moved] = bot.say("vng.wg.1", "!vergadering verplaats WG-LOOD 31 maart naar 6 april", room="WG-LOOD")
    assert moved.text.startswith("WG-LOOD loopt tot en met woensdag 31 maart 2027;")


def test_an_action_names_its_group_behind_or_before_the_date(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-01-11 09:00")
    for what, typed in (
        ("kaart maken", "!actie @rijk.wg.1 kaart maken voor 29 januari bij WG-STAAL"),
        ("memo maken", "!actie @rijk.wg.1 memo maken bij WG-STAAL voor 29 januari"),
        ("lijst maken", "!actie @rijk.wg.1 lijst maken bij WG-STAAL uiterlijk 28 januari"),
    ):
        said = bot.say("ipo.wg.1", typed, room="dm")
        assert f"rijk.wg.1: {what}, uiterlijk do 28 jan 2027" in said[0].text
        assert "WG-STAAL" not in said[0].text
    assert "WG-STAAL: 3 open." in bot.say("ipo.wg.1", "!acties WG-STAAL", room="dm")[0].text


def test_bij_a_meeting_stays_a_date(bot: TestBot) -> None:
    said = bot.say("rijk.secr.1", "!actie @vng.ao.1 memo klaar bij het AO")
    assert "memo klaar, uiterlijk do 14 jan 2027" in said[0].text
    bot.until(at("2027-01-11 09:30"))
    [asked] = bot.say("rijk.secr.1", "!actie @vng.ao.1 navraag doen bij het waterschap")
    assert asked.text == "Voor wanneer?"


def test_back_before_a_date_is_no_part_of_the_task(at_do: TestBot) -> None:
    said = at_do.say("rijk.do.1", "!delegeer 1 twee opties uitwerken, terug voor 19 maart", room="DO")
    assert said[0].text == (
        "Het DO vraagt het AO: twee opties uitwerken. Terug uiterlijk do 18 mrt 2027; het DO blijft eigenaar."
    )


@pytest.mark.parametrize(
    "typed",
    [
        "!vergadering plan WG-ONBEKEND 3 februari 10:00",
        "!evaluatie start WG-ONBEKEND tot 1 februari",
        "!verleng WG-ONBEKEND tot 1 juli want het is niet klaar",
        "!midterm PRG-ONBEKEND concept",
    ],
)
def test_a_code_that_nobody_knows_is_named_in_the_question(bot: TestBot, typed: str) -> None:
    [asked] = bot.say("rijk.secr.1", typed, room="dm")
    code = typed.split("-ONBEKEND")[0].split()[-1] + "-ONBEKEND"
    assert asked.text.startswith(f"'{code}' ken ik niet. ")


def test_to_someone_from_outside_a_group_of_others_is_as_unknown_as_one_that_is_not_there(bot: TestBot) -> None:
    [hidden] = bot.say("bedrijf.wg.1", "!verleng WG-PFAS tot 1 juli want het is niet klaar", room="dm")
    [unknown] = bot.say("bedrijf.wg.1", "!verleng WG-ONBEKEND tot 1 juli want het is niet klaar", room="dm")
    assert hidden.text.replace("PFAS", "ONBEKEND") == unknown.text
