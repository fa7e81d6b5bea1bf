"""The clock around decisions and agreements (digests.md §2.1, R-058, R-060, R-175)."""

from __future__ import annotations

from typing import Any

import pytest

from bot.testing import Said, TestBot
from tests.conftest import at

SECRETARY = "rijk.secr.2"


def about(said: list[Said], words: str) -> list[tuple[str, str]]:
    """(moment, room) of what the clock said with these words."""
    return [(f"{one.at:%Y-%m-%d %H:%M}", one.room) for one in said if words in one.text and one.kind != "reply"]


@pytest.fixture
def agreed(make_bot: Any) -> TestBot:
    """An agreement of the AO of 14 January, led by someone who is addressed with *je*."""
    bot = make_bot("2027-01-14 11:00")
    assert isinstance(bot, TestBot)
    bot.say(
        "rijk.secr.1",
        "!afspraak elk signaal krijgt een plek bindt alle partijen verantwoordelijk @vng.ao.1 trekker @vng.ao.1 "
        "verantwoording AO termijn:doorlopend mandaat:ja",
    )
    return bot


def test_ten_working_days_after_the_meeting_and_then_before_each_do_and_bo(agreed: TestBot) -> None:
    said = agreed.until(at("2027-06-30 18:00"))
    assert about(said, "staat nog niet hoe we zien of het werkt") == [
        ("2027-01-28 08:30", "dm:vng.ao.1"),
        ("2027-05-14 08:30", "dm:vng.ao.1"),
        ("2027-06-03 08:30", "dm:vng.ao.1"),
    ]
    first = next(one for one in said if "staat nog niet" in one.text)
    assert first.text == (
        "Bij AFS-2027-001 (elk signaal krijgt een plek) staat nog niet hoe we zien of het werkt. Nodig: een maat, een "
        "meetmoment en wie meet. Vul aan met !monitoring AFS-2027-001, of zet 'niet nodig' met een reden."
    )


def test_the_answer_is_the_measure_and_nobody_asks_again(agreed: TestBot) -> None:
    said = agreed.until(at("2027-01-28 09:00"))
    asked = next(one for one in said if "staat nog niet" in one.text)
    [done] = agreed.say("vng.ao.1", "aandeel met een plek, 1 juli, @rijk.secr.1", room="dm", reply_to=asked.id)
    assert done.text == "AFS-2027-001: aandeel met een plek, do 1 jul 2027, door rijk.secr.1."
    assert about(agreed.until(at("2027-06-30 18:00")), "hoe we zien of het werkt") == []


def test_while_encouraging_it_is_another_question(make_bot: Any) -> None:
    bot = make_bot("2027-01-14 11:00")
    bot.say(
        "rijk.secr.1",
        "!afspraak samen leren bindt VNG verantwoordelijk VNG trekker @vng.ao.1 verantwoording AO "
        "termijn:doorlopend mandaat:ja spoor:aanjagen",
    )
    said = bot.until(at("2027-01-28 09:00"))
    [text] = [one.text for one in said if "AFS-2027-001" in one.text and one.room == "dm:vng.ao.1"][-1:]
    assert text == (
        "AFS-2027-001 (samen leren) laat zich lastig tellen. Waaraan zouden we over een jaar merken dat het helpt? "
        "Denk aan een verhaal uit de regio, een voorbeeld of een vraag aan de achterban. Wie kijkt mee?"
    )


def test_twice_a_year_the_lead_is_asked_how_it_stands(agreed: TestBot) -> None:
    agreed.say("rijk.secr.1", "!monitoring AFS-1 niet nodig, want het is vanzelf zichtbaar")
    said = agreed.until(at("2027-07-15 09:00"))
    [asked] = [one for one in said if "Hoe staat het met AFS-2027-001" in one.text]
    assert (f"{asked.at:%Y-%m-%d %H:%M}", asked.room) == ("2027-07-14 08:30", "dm:vng.ao.1")
    [done] = agreed.say("vng.ao.1", "in uitvoering, tijd haalbaar, loopt goed", room="dm", reply_to=asked.id)
    assert done.text == "AFS-2027-001: in uitvoering · tijd haalbaar. Gaat mee in de stand voor het AO."
    said = agreed.until(at("2028-01-17 09:00"))
    assert [moment for moment, _ in about(said, "Hoe staat het met AFS-2027-001")] == ["2028-01-17 08:30"]


def test_a_year_on_no_agenda_is_told_to_the_secretary(agreed: TestBot) -> None:
    """R-175."""
    agreed.say("rijk.secr.1", "!monitoring AFS-1 niet nodig, want het is vanzelf zichtbaar")
    said = agreed.until(at("2028-01-20 18:00"))
    [(moment, room)] = about(said, "stond een jaar op geen agenda")
    assert (moment, room) == ("2028-01-17 08:30", "dm:rijk.secr.1")


def test_a_director_is_asked_through_the_secretary(make_bot: Any) -> None:
    bot = make_bot("2027-05-25 14:30")
    bot.say(
        SECRETARY,
        "!afspraak kaart delen bindt VNG verantwoordelijk VNG trekker @vng.do.1 verantwoording DO termijn:doorlopend",
        room="DO",
    )
    said = bot.until(at("2027-06-30 18:00"))
    moments = [room for _, room in about(said, "hoe we zien of het werkt")]
    assert set(moments) == {"dm:rijk.secr.2"}
    assert any("Voor vng.do.1: Bij AFS-2027-001" in one.text for one in said)
