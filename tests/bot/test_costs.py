"""What a command costs the database, in things that can be counted: the time it takes depends on the machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.testing import Said, TestBot
from commands.kit.similar import LOOKED_AT
from tests.counting import statements

#: How many statements each may be, transactions and the way out included. Whoever needs fewer lowers them.
MOST = {"!help": 33, "!acties": 34, "!mijn": 37, "!signalen": 34, "!toon 1": 48, "!signaal Depot {n} zit vol": 61}


def asked_for(bot: TestBot, say: Callable[[], list[Said]]) -> list[str]:
    """The statements behind one message."""
    with statements(bot.simulation.database.engine) as asked:
        assert say()
    return asked


@pytest.mark.parametrize("typed", MOST)
def test_a_command_asks_no_more_of_the_database_than_it_did(bot: TestBot, typed: str) -> None:
    bot.say("uvw.ao.1", "!signaal Sloten groeien dicht", room="dm")
    bot.say("uvw.ao.1", typed.format(n=1), room="dm")
    asked = asked_for(bot, lambda: bot.say("uvw.ao.1", typed.format(n=2), room="dm"))
    assert len(asked) <= MOST[typed], "\n".join(asked)


def test_a_signal_beside_many_like_it_asks_hardly_more_than_beside_a_few(bot: TestBot) -> None:
    """Whoever files it may see none of them, so all are looked at."""
    for n in range(4):
        bot.say("vng.ao.1", f"!signaal Depot {n} zit vol", room="dm")
    few = asked_for(bot, lambda: bot.say("uvw.wg.1", "!signaal Depot 98 zit vol", room="dm"))
    for n in range(4, LOOKED_AT):
        bot.say("vng.ao.1", f"!signaal Depot {n} zit vol", room="dm")
    many = asked_for(bot, lambda: bot.say("uvw.wg.1", "!signaal Depot 99 zit vol", room="dm"))
    assert len(many) <= len(few) + 8
