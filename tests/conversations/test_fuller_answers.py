"""An answer may say more than was asked: two fields at once, or another date than the one that is offered."""

from __future__ import annotations

import pytest

from bot.testing import TestBot
from commands.words.workgroup import Workgroup
from storage.store import SqlStore

FOUNDER = "vng.ao.1"
GROUP = "!werkgroep Bodemenergie over 1 opdracht: Warmte naast drinkwater einde: "


def group(bot: TestBot) -> Workgroup | None:
    return bot.simulation.database.work(lambda session: SqlStore(session).group("WG-BODEMENERGIE"))


def test_what_is_asked_in_one_question_may_be_answered_in_one_sentence(filed: TestBot) -> None:
    [asks] = filed.say(FOUNDER, GROUP + "30 juni 2028")
    assert asks.text.endswith("Voor de bekrachtiging nog: wat níet, en welke meerwaarde?")
    said = filed.say(FOUNDER, "niet: geen normstelling, waarde: één landelijk beeld", reply_to=asks.id)
    assert said[0].text.startswith("VST-2027-001: werkgroep Bodemenergie")
    made = group(filed)
    assert made is not None
    assert (made.not_task, made.value) == ("geen normstelling", "één landelijk beeld")


def test_one_field_of_the_two_leaves_the_other_to_be_asked(filed: TestBot) -> None:
    [asks] = filed.say(FOUNDER, GROUP + "30 juni 2028")
    [left] = filed.say(FOUNDER, "waarde: één landelijk beeld", reply_to=asks.id)
    assert left.text.endswith("wat níet?")
    filed.say(FOUNDER, "geen normstelling", reply_to=left.id)
    made = group(filed)
    assert made is not None
    assert (made.not_task, made.value) == ("geen normstelling", "één landelijk beeld")


def test_a_sentence_with_a_colon_stays_a_sentence(filed: TestBot) -> None:
    [asks] = filed.say(FOUNDER, GROUP + "30 juni 2028")
    [left] = filed.say(FOUNDER, "wat niet: normen en geld", reply_to=asks.id)
    filed.say(FOUNDER, "één landelijk beeld", reply_to=left.id)
    made = group(filed)
    assert made is not None
    assert made.not_task == "wat niet: normen en geld"


@pytest.mark.parametrize("typed", ["31 december 2029", "eind december 2029", "ma 31 december 2029"])
def test_another_date_than_the_one_offered_is_taken(filed: TestBot, typed: str) -> None:
    [offer] = filed.say(FOUNDER, GROUP + "28 februari 2031 niet: normen waarde: beeld")
    assert offer.text.endswith("Tot vrijdag 11 januari 2030?")
    said = filed.say(FOUNDER, typed, reply_to=offer.id)
    assert said[0].text.startswith("VST-2027-001: werkgroep Bodemenergie (WG-BODEMENERGIE) tot ma 31 dec 2029;")


def test_another_date_that_cannot_be_either_is_offered_the_same_again(filed: TestBot) -> None:
    [offer] = filed.say(FOUNDER, GROUP + "28 februari 2031 niet: normen waarde: beeld")
    [again] = filed.say(FOUNDER, "1 maart 2031", reply_to=offer.id)
    assert again.text == offer.text
    assert group(filed) is None


def test_a_date_is_no_yes_to_an_offer_that_is_about_something_else(weighed: TestBot) -> None:
    [offer] = weighed.say("vng.ao.2", "!escaleer 1 naar BO want het raakt alle partijen")
    assert offer.text.endswith("Naar het DO?")
    [again] = weighed.say("vng.ao.2", "9 november", reply_to=offer.id)
    assert again.text.startswith("Antwoord met ja of nee.")
