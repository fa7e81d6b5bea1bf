"""!balans: counts with the period they are of, the tracks apart, only for who sits there (C51, R-112, R-158, R-184)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.testing import TestBot
from commands.rules.ways import RESERVED
from tests.conftest import at, outsider_in


@pytest.fixture
def busy(bot: TestBot) -> TestBot:
    """The AO of 14 January had two points on its agenda; it is the day after."""
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol thema:PFAS soort:acuut")
    bot.say("rijk.do.1", "!signaal Kaders voor de lange termijn thema:kennis", room="DO")
    bot.say("vng.ao.1", "!signaal Een dubbel signaal over depots", room="dm")
    bot.say("rijk.secr.1", "!koppel 3 aan 1")
    bot.say("rijk.secr.1", "!agendeer 1 voor:AO aard:besluitvorming horizon:actualiteit minuten:20")
    bot.say("rijk.secr.1", "!agendeer 2 voor:AO aard:bespreking horizon:strategie minuten:10")
    bot.say("vng.ao.1", "!spoor 1 aanspreken want het is concreet")
    bot.say("rijk.ao.0", "!akkoord 1")
    bot.say("vng.ao.1", "!actie @vng.ao.2 stukken sturen uiterlijk 29 januari bij:sig1")
    bot.until(at("2027-01-15 09:00"))
    return bot


def test_the_balance_of_a_year_says_what_it_counted(busy: TestBot) -> None:
    [answer] = busy.say("vng.ao.1", "!balans")
    assert answer.room == "AO"
    assert answer.text.splitlines() == [
        "Balans AO, vrijdag 1 januari 2027 t/m vrijdag 15 januari 2027, 1 vergadering:",
        "- Strategie 33%, actualiteit 67% (1 en 1 van 2 agendapunten, 10 en 20 van 30 minuten).",
        "- Aanspreken: 1 agendapunt (20 minuten), 1 actie, 1 signaal.",
        "- Aanjagen: 0 agendapunten, 0 acties, 0 signalen.",
        "- Nog zonder spoor: 1 agendapunt (10 minuten), 0 acties, 1 signaal.",
        "- Let op: aanjagen is minder dan 20% van de agendaminuten met een spoor (0 van 20).",
        "- Signalen: 1 van onderop, 1 van bovenaf.",
        "- Daarvan 1 acuut knelpunt en 0 trends.",
        "- Grootste thema: PFAS, 1 van 2 agendapunten (50%).",
    ]


def test_the_second_half_of_a_year_is_told_apart(busy: TestBot) -> None:
    busy.until(at("2027-09-01 09:00"))
    [answer] = busy.say("vng.ao.1", "!balans AO 2027")
    assert answer.text.splitlines()[-3:] == [
        "Per halfjaar:",
        "- eerste helft 2027: aanspreken 1 agendapunt (20 minuten), 1 actie, 1 signaal; "
        "aanjagen 0 agendapunten, 0 acties, 0 signalen; 1 van onderop, 1 van bovenaf.",
        "- tweede helft 2027: aanspreken 0 agendapunten, 0 acties, 0 signalen; "
        "aanjagen 0 agendapunten, 0 acties, 0 signalen; 0 van onderop, 0 van bovenaf.",
    ]
    [half] = busy.say("vng.ao.1", "!balans tweede helft")
    assert half.text.splitlines()[:2] == [
        "Balans AO, donderdag 1 juli 2027 t/m woensdag 1 september 2027, 1 vergadering:",
        "- Er stond niets op de agenda's.",
    ]


def test_above_the_filter_the_signals_are_those_of_its_agendas(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-05-20 09:00")
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say("ipo.ao.1", "!signaal Dit komt niet op de agenda van het DO")
    bot.say("rijk.ao.0", "!weeg 1 afhandelen actualiteit")
    bot.say("vng.ao.1", "!escaleer 1 want het raakt alle partijen vraag: Een tijdelijk kader toestaan")
    bot.say("rijk.ao.0", "!akkoord 1")
    bot.say("rijk.secr.2", "!agendeer 1 voor:DO aard:besluitvorming horizon:actualiteit minuten:20", room="DO")
    bot.until(at("2027-05-26 09:00"))
    [answer] = bot.say("rijk.do.1", "!balans", room="DO")
    lines = answer.text.splitlines()
    assert lines[0] == "Balans DO, vrijdag 1 januari 2027 t/m woensdag 26 mei 2027, 1 vergadering:"
    assert lines[1] == "- Strategie 0%, actualiteit 100% (0 en 1 van 1 agendapunt, 0 en 20 van 20 minuten)."
    assert "- Signalen: 1 van onderop, 0 van bovenaf." in lines


@pytest.mark.parametrize("text", ["!balans", "!balans 2026", "!balans DO periode:2027", "!balans 2028"])
def test_without_a_meeting_that_was_held_there_is_no_balance(bot: TestBot, text: str) -> None:
    [answer] = bot.say("rijk.secr.1", text)
    assert answer.text == "Nog geen gehouden vergaderingen in deze periode. Kies een andere periode."


def test_a_period_is_never_guessed(bot: TestBot) -> None:
    [answer] = bot.say("rijk.secr.1", "!balans AO lente")
    assert answer.text == (
        "'lente' ken ik niet als periode. Wel: 2027, vorig jaar, eerste helft 2027 of vorig halfjaar."
    )


def test_a_group_has_no_balance(bot: TestBot) -> None:
    [answer] = bot.say("rijk.secr.1", "!balans WG-LOOD")
    assert answer.text == "Van WG-LOOD is er geen balans. Wel: BO, DO en AO."


def test_only_who_sits_there_sees_it(busy: TestBot) -> None:
    [member] = busy.say("vng.ao.1", "!balans DO")
    assert member.text == "De balans van het DO is voor het DO. Vraag het aan de secretaris van het DO."
    [outsider] = busy.say("kennis.wg.1", "!balans AO", room="WG-LOOD")
    assert outsider.text == RESERVED


def test_in_another_room_or_with_an_outsider_there_it_comes_in_private(busy: TestBot) -> None:
    [elsewhere] = busy.say("vng.ao.1", "!balans AO", room="WG-LOOD")
    assert elsewhere.room == "dm:vng.ao.1"
    outsider_in(busy, "AO")
    [read_along] = busy.say("vng.ao.1", "!balans")
    assert read_along.room == "dm:vng.ao.1"


def test_the_chair_hears_that_a_track_is_thin(busy: TestBot) -> None:
    said = busy.until(at("2027-02-26 08:30"))
    [block] = [one for one in said if one.room == "dm:rijk.ao.0" and one.kind == "digest"]
    assert "Sporen dit jaar, onder 20%: aanjagen 0 van de 20 agendaminuten." in block.text
