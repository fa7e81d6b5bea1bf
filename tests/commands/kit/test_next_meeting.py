from __future__ import annotations

from collections.abc import Callable

from bot.testing import TestBot
from commands.kit.next_meeting import makes
from commands.kit.register import Register
from storage.store import SqlStore
from tests.conftest import at


def ask(bot: TestBot, moment: str, body: str) -> str:
    simulation = bot.simulation
    return simulation.database.work(
        lambda session: makes(Register(SqlStore(session), simulation.structure, at(moment)), body)
    )


def test_names_the_next_meeting_with_the_last_day_for_papers(bot: TestBot) -> None:
    assert ask(bot, "2027-10-05 09:00", "DO") == "di 9 nov 2027 (stukken uiterlijk vr 29 okt 2027)"


def test_on_the_last_day_for_papers_the_meeting_is_still_made(bot: TestBot) -> None:
    assert ask(bot, "2027-05-13 17:00", "DO") == "di 25 mei 2027 (stukken uiterlijk do 13 mei 2027)"


def test_a_missed_meeting_is_named_with_the_one_that_does_work(bot: TestBot) -> None:
    expected = "het DO van di 25 mei 2027 haalt dit niet meer (stukken uiterlijk do 13 mei 2027); wel di 9 nov 2027"
    assert ask(bot, "2027-05-14 09:00", "DO") == expected


def test_a_missed_last_meeting_says_that_nothing_follows(bot: TestBot) -> None:
    expected = (
        "het DO van di 9 nov 2027 haalt dit niet meer (stukken uiterlijk vr 29 okt 2027); daarna is er geen DO gepland"
    )
    assert ask(bot, "2027-11-02 09:00", "DO") == expected


def test_nothing_planned_is_said_and_the_reflection_meeting_does_not_count(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-12-20 09:00")
    assert ask(bot, "2027-12-20 09:00", "DO") == "er is geen DO gepland"
    assert ask(bot, "2027-09-20 09:00", "DO") == "di 9 nov 2027 (stukken uiterlijk vr 29 okt 2027)"
