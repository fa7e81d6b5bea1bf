"""Brengen and halen: an organisation reads how often it helped and was helped, and is asked what it would like to fetch
(R-188)."""

from __future__ import annotations

import pytest

from bot.testing import Said, TestBot
from tests.conftest import at

HELPER, COLLEAGUE = "vng.ao.1", "vng.ao.2"
NUDGE = (
    "VNG dacht het afgelopen halfjaar vaak met anderen mee. Dank daarvoor. Wat zou jij willen halen? Antwoord met "
    "hulpvraag en één zin; in een privébericht kan het met `!hulpvraag anoniem` ook zonder naam."
)


def helped(bot: TestBot, asker: str, helper: str, *, anonymous: bool = False) -> None:
    """The asker asks, the only one who can be found says yes, and so does the asker."""
    word = "anoniem: " if anonymous else ""
    bot.say(asker, f"!hulpvraag {word}Wie kent PFAS van dichtbij?", room="dm")
    bot.say(helper, "ja", room="dm")
    offered = [one for one in bot.log if one.room == f"dm:{asker}" and "wil meedenken over" in one.text][-1]
    said = bot.say(asker, "ja", room="dm", reply_to=offered.id)
    assert any("De hulpvraag" in one.text for one in said if one.room == f"dm:{helper}")


@pytest.fixture
def helping(bot: TestBot) -> TestBot:
    """Someone of the VNG can be found for PFAS, and helped the IPO twice and the UvW once."""
    bot.say(HELPER, "!wieweet ik PFAS", room="dm")
    for asker in ("ipo.ao.1", "ipo.ao.2", "uvw.ao.1"):
        helped(bot, asker, HELPER)
    return bot


def nudges(said: list[Said]) -> list[tuple[str, str]]:
    return [
        (f"{one.at:%Y-%m-%d %H:%M}", one.room) for one in said if "willen halen" in one.text and one.kind == "nudge"
    ]


def test_an_organisation_reads_its_own_and_no_other(helping: TestBot) -> None:
    [own] = helping.say(COLLEAGUE, "!brengen", room="AO")
    assert (own.room, own.text) == (
        f"dm:{COLLEAGUE}",
        "Brengen en halen van VNG, het afgelopen halfjaar: 3 keer hulp geboden, nog geen hulp gekregen.\n"
        "Een vraag zonder naam telt bij niemand als gekregen.\n"
        "Wat zou je willen halen? Stel de vraag met `!hulpvraag` en één zin.",
    )
    [other] = helping.say("ipo.ao.1", "!halen", room="dm")
    assert (
        "Brengen en halen van IPO, het afgelopen halfjaar: nog geen hulp geboden, 2 keer hulp gekregen." in other.text
    )
    [refused] = helping.say("ipo.ao.1", "!brengen VNG", room="dm")
    assert refused.text == ("Brengen en halen van VNG is voor VNG zelf. Dat van IPO zie je met !brengen.")
    for said in (other, refused):
        assert "3 keer" not in said.text


def test_who_leads_a_programme_reads_each_in_the_order_of_the_alphabet(helping: TestBot) -> None:
    """R-131: the programmadirecteur."""
    [groups] = helping.say("rijk.secr.1", "!werkgroep PRG-SPOED", room="dm")
    leader = groups.text.split("Trekker: ")[1].split(" ")[0]
    [read] = helping.say(leader, "!brengen", room="dm")
    listed = [line for line in read.text.splitlines() if line.startswith("- ")]
    assert listed == sorted(listed, key=str.casefold)
    assert {line.split(":")[0] for line in listed} <= {"- IPO", "- UvW", "- VNG"}
    assert len(listed) >= 2
    [one] = helping.say(leader, "!brengen UvW", room="dm")
    assert "van UvW, het afgelopen halfjaar: nog geen hulp geboden, 1 keer hulp gekregen." in one.text


def test_a_question_without_a_name_is_counted_for_nobody_as_received(bot: TestBot) -> None:
    bot.say(HELPER, "!wieweet ik PFAS", room="dm")
    helped(bot, "ipo.ao.1", HELPER, anonymous=True)
    [asker] = bot.say("ipo.ao.2", "!brengen", room="dm")
    assert "nog geen hulp geboden, nog geen hulp gekregen." in asker.text
    [helper] = bot.say(HELPER, "!brengen", room="dm")
    assert "1 keer hulp geboden" in helper.text


def test_colleagues_who_help_each_other_bring_and_fetch_nothing(bot: TestBot) -> None:
    bot.say(HELPER, "!wieweet ik PFAS", room="dm")
    helped(bot, COLLEAGUE, HELPER)
    [own] = bot.say(HELPER, "!brengen", room="dm")
    assert "nog geen hulp geboden, nog geen hulp gekregen." in own.text


def test_whoever_helped_much_is_asked_once_per_half_year_what_there_is_to_fetch(helping: TestBot) -> None:
    said = helping.until(at("2028-01-31 18:00"))
    assert nudges(said) == [("2027-07-01 08:30", f"dm:{HELPER}")]
    [asked] = [one for one in said if "willen halen" in one.text]
    assert NUDGE in asked.text
    assert "te weinig" not in asked.text


def test_the_answer_is_a_question_for_help(helping: TestBot) -> None:
    [asked] = [one for one in helping.until(at("2027-07-01 09:00")) if "willen halen" in one.text]
    said = helping.say(HELPER, "hulpvraag Wie kent een goed loket?", room="dm", reply_to=asked.id)
    assert said[0].text.startswith("HV-2027-004 genoteerd.")


def test_whose_organisation_was_helped_as_well_is_not_asked(helping: TestBot) -> None:
    helping.say("rijk.ao.1", "!wieweet ik lood", room="dm")
    helping.say(COLLEAGUE, "!hulpvraag Wie kent lood van dichtbij? thema:lood", room="dm")
    helping.say("rijk.ao.1", "ja", room="dm")
    helping.say(COLLEAGUE, "ja", room="dm")
    [own] = helping.say(HELPER, "!brengen", room="dm")
    assert "3 keer hulp geboden, 1 keer hulp gekregen." in own.text
    helped(helping, COLLEAGUE, HELPER)
    helping.say("uvw.ao.2", "!wieweet ik zout", room="dm")
    helping.say(COLLEAGUE, "!hulpvraag Wie kent zout van dichtbij? thema:zout", room="dm")
    helping.say("uvw.ao.2", "ja", room="dm")
    helping.say(COLLEAGUE, "ja", room="dm")
    assert nudges(helping.until(at("2027-12-31 18:00"))) == []
