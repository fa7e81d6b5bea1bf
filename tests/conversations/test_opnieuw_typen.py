"""What the bot prints to type again does what was meant, and what it shows of a group is what is planned."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.testing import TestBot
from tests.conftest import at


def test_an_offer_that_expired_is_printed_so_that_typing_it_does_what_was_offered(bot: TestBot) -> None:
    [offer] = bot.say("rijk.ao.0", "!signaal Landelijke norm ontbreekt")
    assert offer.text.endswith("Doorsturen?")
    [told] = [one for one in bot.until(at("2027-01-13 12:00")) if one.room == "dm:rijk.ao.0"]
    found = re.search(r"`(!signaal [^`]+)`", told.text)
    assert found is not None
    said = bot.say("rijk.ao.0", found[1])
    assert [one.room for one in said if "Landelijke norm ontbreekt" in one.text] == ["dm:rijk.ao.1"]
    assert not any("ja Landelijke" in one.text for one in said)


def test_a_group_that_was_evaluated_shows_when_it_is_next(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-01-11 09:00")
    bot.say("rijk.secr.1", "!evaluatie gehouden WG-STAAL op 11 januari")
    shown = bot.say("rijk.secr.1", "!werkgroep WG-STAAL")[0].text
    assert "Laatste evaluatie: ma 11 jan 2027." in shown
    assert "Volgende evaluatie: uiterlijk do 16 sep 2027, nog niet gehouden." in shown


def test_confirming_without_a_number_names_what_waits_or_says_that_nothing_does(bot: TestBot) -> None:
    [nothing] = bot.say("rijk.ao.0", "!akkoord")
    assert nothing.text == "Er ligt geen voorstel dat op een besluit wacht. Wat er voor je openstaat, staat bij !mijn."
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say("rijk.ao.0", "!weeg 1 afhandelen actualiteit")
    bot.say("vng.ao.1", "!escaleer 1 want het raakt alle partijen vraag: Een tijdelijk kader toestaan")
    [asked] = bot.say("rijk.ao.0", "!akkoord")
    assert asked.text == "VST-2027-001 (SIG-2027-001, Baggerdepots zitten vol)?"
    said = bot.say("rijk.ao.0", "ja")
    assert said[0].text.startswith("SIG-2027-001 ligt bij het DO")


def test_an_answer_that_nobody_could_read_does_not_come_back_in_what_can_be_typed_again(bot: TestBot) -> None:
    [asked] = bot.say("rijk.secr.1", "!actie @vng.ao.1 depotkaart sturen", room="dm")
    assert asked.text == "Voor wanneer?"
    [again] = bot.say("rijk.secr.1", "zo snel als het kan", room="dm")
    assert again.text == "Voor wanneer?"
    [told] = [one for one in bot.until(at("2027-01-13 12:00")) if "is verlopen" in one.text]
    assert told.text.endswith("Typ gerust opnieuw: `!actie @vng.ao.1 depotkaart sturen`")


def test_after_an_answer_that_nobody_could_read_the_next_one_counts(bot: TestBot) -> None:
    bot.say("rijk.secr.1", "!actie @vng.ao.1 depotkaart sturen", room="dm")
    bot.say("rijk.secr.1", "zo snel als het kan", room="dm")
    said = bot.say("rijk.secr.1", "vrijdag", room="dm")
    assert "ACT-2027-001 vng.ao.1: depotkaart sturen, uiterlijk vr 15 jan 2027." in said[0].text


def test_a_bare_no_is_no_reason_also_when_the_question_stands_behind_a_remark(bot: TestBot) -> None:
    [asked] = bot.say("rijk.secr.1", "!jaarplanning BO 13/12 15:00")
    assert asked.text.endswith("dit is nummer 3. Wat is de reden?")
    [again] = bot.say("rijk.secr.1", "nee")
    assert again.text.startswith("Ja of nee past hier niet; stoppen kan met laat maar.")


def test_a_reason_that_begins_with_omdat_is_said_as_it_was_typed(bot: TestBot) -> None:
    bot.say("rijk.secr.1", "!vergadering plan BO 13 december 15:00 reden:omdat er veel ligt")
    shown = bot.say("rijk.secr.1", "!structuur lean")[0].text
    assert "ma 13 dec 2027, omdat er veel ligt" in shown
    assert "want omdat" not in shown
