"""On the track aanjagen the digest names first what bevoegde gezagen begin, from below (R-199)."""

from __future__ import annotations

import re

from bot.testing import TestBot
from tests.conftest import at

SECRETARY = "rijk.secr.1"


def section(text: str, heading: str) -> list[str]:
    """The lines of a section of the digest."""
    _, _, rest = text.partition(f"{heading}\n\n")
    return [line.removeprefix("- ") for line in rest.split("\n\n")[0].splitlines()]


def ids(lines: list[str]) -> list[str]:
    return [found[0] for line in lines if (found := re.match(r"\w{3}-2027-\d{3}", line))]


def encouraged(bot: TestBot, number: int) -> None:
    """SIG-2027-00n goes to the track aanjagen, with the chair's yes."""
    said = bot.say("vng.ao.2", f"!spoor sig{number} aanjagen want de aanpak is nog open")
    [proposal] = re.findall(r"VST-2027-(\d{3})", said[0].text)[:1]
    bot.say("rijk.ao.0", f"!akkoord {proposal}")


def test_actions_in_motion_begin_with_those_of_who_speaks_for_the_authorities(bot: TestBot) -> None:
    for number, who in enumerate(("rijk.ao.1", "vng.ao.1", "rijk.ao.2", "uvw.ao.1"), 19):
        bot.say(SECRETARY, f"!actie @{who} regio's bij elkaar brengen uiterlijk {number} januari 2027 spoor:aanjagen")
    bot.until(at("2027-02-01 12:00"))
    [digest] = bot.say(SECRETARY, "!digest AO")
    assert [line.split(" · ")[-1] for line in section(digest.text, "In beweging")] == [
        "vng.ao.1",
        "uvw.ao.1",
        "rijk.ao.1",
        "rijk.ao.2",
    ]


def test_on_the_other_track_they_stay_in_the_order_of_their_date(bot: TestBot) -> None:
    for number, who in enumerate(("rijk.ao.1", "vng.ao.1"), 19):
        bot.say(SECRETARY, f"!actie @{who} gegevens sturen uiterlijk {number} januari 2027 spoor:aanspreken")
    bot.until(at("2027-02-01 12:00"))
    [digest] = bot.say(SECRETARY, "!digest AO")
    lines = section(digest.text, "Acties over de datum")
    assert [line.split(" · ")[1] for line in lines] == ["rijk.ao.1", "vng.ao.1"]


def test_signals_on_aanjagen_change_places_with_each_other_and_with_no_other_signal(bot: TestBot) -> None:
    for who, text in (
        ("rijk.ao.1", "Bodemkennis verdwijnt bij de overheid"),
        ("ipo.ao.1", "Baggerdepots zitten vol"),
        ("uvw.ao.1", "Zout grondwater komt verder landinwaarts"),
    ):
        bot.say(who, f"!signaal {text}")
    for number in (1, 3):
        encouraged(bot, number)
    [digest] = bot.say(SECRETARY, "!digest AO")
    assert ids(section(digest.text, "Te wegen signalen")) == ["SIG-2027-003", "SIG-2027-002", "SIG-2027-001"]
    bot.until(at("2027-02-20 12:00"))
    [later] = bot.say(SECRETARY, "!digest AO")
    floating = section(later.text, "Zwevende signalen (langer dan 14 dagen zonder plek)")
    assert ids(floating) == ["SIG-2027-003", "SIG-2027-002", "SIG-2027-001"]


def test_what_a_koepel_raised_from_above_is_no_initiative_from_below(bot: TestBot) -> None:
    bot.say("rijk.ao.1", "!signaal Bodemkennis verdwijnt bij de overheid")
    bot.say("vng.do.1", "!signaal Zout grondwater komt verder landinwaarts", room="DO")
    for number in (1, 2):
        encouraged(bot, number)
    [digest] = bot.say(SECRETARY, "!digest AO")
    assert ids(section(digest.text, "Te wegen signalen")) == ["SIG-2027-001", "SIG-2027-002"]


def test_of_those_who_went_ahead_a_water_board_comes_before_a_company(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!koploper Adviesbureau bodemdaling in kaart gebracht toestemming:ja")
    bot.say("vng.ao.1", "!koploper Waterschap-X bodemdaling samen aangepakt toestemming:ja")
    [digest] = [one for one in bot.until(at("2027-02-26 09:00")) if one.kind == "digest" and one.room == "AO"]
    lines = section(digest.text, "Koplopers en kleine successen")
    assert [line.split(":")[0] for line in lines] == ["Waterschap-X", "Adviesbureau"]
