"""More than fits in one message in the morning: the rest is under !mijn and comes the next working day."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bot.testing import TestBot
from tests.conftest import at

SECRETARY = "dm:rijk.secr.1"


@pytest.fixture
def morning(make_bot: Callable[[str], TestBot]) -> TestBot:
    """Seven signals without a place, and the morning on which the secretary hears of them."""
    bot = make_bot("2027-01-18 09:00")
    for thing in ("duiker", "stuw", "sloot", "gemaal", "dijk", "kade", "bron"):
        bot.say("uvw.ao.1", f"!signaal De {thing} bij de grens lekt al weken")
    bot.until(at("2027-02-02 07:00"))
    return bot


def bundles(bot: TestBot, moment: str) -> list[str]:
    return [one.text for one in bot.until(at(moment)) if one.room == SECRETARY and "nog geen plek" in one.text]


def ids(text: str) -> set[str]:
    return set(re.findall(r"SIG-2027-\d+", text))


def test_what_does_not_fit_stands_under_mine_and_is_asked_the_next_working_day(morning: TestBot) -> None:
    [first] = bundles(morning, "2027-02-02 12:00")
    assert len(ids(first)) == 5
    assert first.endswith("En nog 2: !mijn. Daar kom ik nog op terug.")
    mine = morning.say("rijk.secr.1", "!mijn", room="dm")[0].text
    rest = {f"SIG-2027-00{n}" for n in range(1, 8)} - ids(first)
    assert "Komt nog" in mine
    assert ids(mine) == rest
    [second] = bundles(morning, "2027-02-03 12:00")
    assert ids(second) == rest
    assert "En nog" not in second
    assert "Komt nog" not in morning.say("rijk.secr.1", "!mijn", room="dm")[0].text


def test_what_got_its_place_meanwhile_is_not_asked_again(morning: TestBot) -> None:
    [first] = bundles(morning, "2027-02-02 12:00")
    left = sorted({f"SIG-2027-00{n}" for n in range(1, 8)} - ids(first))
    morning.say("rijk.ao.0", f"!weeg {left[0]} agenderen actualiteit")
    [second] = bundles(morning, "2027-02-03 12:00")
    assert ids(second) == {left[1]}


def test_the_words_of_a_message_are_about_what_stands_in_it(morning: TestBot) -> None:
    [first] = bundles(morning, "2027-02-02 12:00")
    left = sorted({f"SIG-2027-00{n}" for n in range(1, 8)} - ids(first))
    [asked] = morning.say("rijk.secr.1", "1", room="dm")
    assert not any(str(int(id[-3:])) in re.findall(r"\d+", asked.text) for id in left)


def test_what_does_not_fit_for_days_comes_five_a_day_until_all_of_it_was_asked(
    make_bot: Callable[[str], TestBot],
) -> None:
    bot = make_bot("2027-01-18 09:00")
    for thing in "duiker stuw sloot gemaal dijk kade bron beek brug sluis put wel dam vaart".split():
        bot.say("uvw.ao.1", f"!signaal De {thing} bij de grens lekt al weken")
    bot.until(at("2027-02-02 07:00"))
    days = [bundles(bot, f"2027-02-0{day} 12:00") for day in (2, 3, 4, 5)]
    assert [len(ids(one)) for said in days for one in said] == [5, 5, 4]
    assert len(set().union(*(ids(one) for said in days for one in said))) == 14
    assert days[3] == []
