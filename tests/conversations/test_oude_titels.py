"""Titles that an earlier version kept with a full stop are read without it; nothing in the register is rewritten."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy

from bot.testing import TestBot

SECRETARY = "rijk.secr.1"


@pytest.fixture
def old(filed: TestBot) -> TestBot:
    """A signal, its agenda item and an action as they were kept once: with a full stop."""
    filed.say("rijk.ao.0", "!weeg 1 agenderen actualiteit")
    filed.say("vng.ao.1", "!actie @vng.ao.2 stukken sturen voor 5 maart bij SIG-1")
    for table, column in (("signal", "title"), ("agenda_item", "title"), ("action", "text")):
        run(filed, f"UPDATE {table} SET {column} = {column} || '.'")  # noqa: S608 (names of this file)
    return filed


def run(bot: TestBot, query: str) -> Any:
    """What the register answers to a query of its own."""
    return bot.simulation.database.work(lambda session: session.connection().execute(sqlalchemy.text(query)))


@pytest.mark.parametrize("typed", ["!toon SIG-1", "!agenda AO", "!signalen", "!acties", "!toon ACT-1", "!zoek bagger"])
def test_no_list_or_dossier_shows_the_full_stop(old: TestBot, typed: str) -> None:
    said = "\n".join(one.text for one in old.say(SECRETARY, typed))
    assert "Baggerdepots zitten vol" in said or "stukken sturen" in said
    assert "zitten vol." not in said
    assert "stukken sturen." not in said


def test_what_is_changed_later_is_kept_without_it(old: TestBot) -> None:
    old.say(SECRETARY, "!wijzig 1 thema:grondwater")
    assert "Baggerdepots zitten vol" in old.say(SECRETARY, "!toon SIG-1")[0].text
    assert kept(old) == "Baggerdepots zitten vol"


def kept(bot: TestBot) -> str:
    """The title in the register itself."""
    query = sqlalchemy.text("SELECT title FROM signal")
    found: str = bot.simulation.database.work(lambda session: session.connection().execute(query).scalar_one())
    return found


def test_a_stop_that_belongs_to_the_last_word_stays(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots, sloten enz.")
    assert "Baggerdepots, sloten enz." in bot.say(SECRETARY, "!toon SIG-1")[0].text
