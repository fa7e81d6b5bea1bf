"""R-033: on 1 October the secretary hears what this year's planning lacks, once, and nothing when it is complete."""

from __future__ import annotations

from collections.abc import Callable

from bot.testing import TestBot
from tests.conftest import at


def asked(bot: TestBot, until: str) -> list[tuple[str, str]]:
    return [(one.room, one.text) for one in bot.until(at(until)) if "mist in" in one.text]


def test_a_complete_planning_is_not_mentioned(make_bot: Callable[[str], TestBot]) -> None:
    assert asked(make_bot("2027-09-29 09:00"), "2027-10-05 12:00") == []


def test_a_missing_regular_meeting_is_asked_of_its_secretary_on_the_first_of_october(
    make_bot: Callable[[str], TestBot],
) -> None:
    bot = make_bot("2027-09-29 09:00")
    bot.say("rijk.secr.2", "!vergadering annuleer DO 9 november want verkiezingen", room="DO")
    [(room, text)] = asked(bot, "2027-10-05 12:00")
    assert room == "dm:rijk.secr.2"
    assert text.endswith("Het DO mist in 2027 nog: 1 keer regulier. Plan je dat nog? Dat kan met !vergadering plan DO.")
    assert asked(bot, "2027-12-01 12:00") == []


def test_a_missing_reflection_is_asked_the_year_after_too(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-12-20 09:00")
    texts = [text for _, text in asked(bot, "2028-10-06 12:00")]
    assert any("Het DO mist in 2028 nog: 2 keer regulier en 1 keer reflectie." in text for text in texts)
