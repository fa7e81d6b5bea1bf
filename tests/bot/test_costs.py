"""What a command costs the database, in things that can be counted: the time it takes depends on the machine."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bot.testing import Said, TestBot
from commands.catalogue import COMMANDS
from commands.kit.similar import LOOKED_AT
from tests.counting import statements

READING = sorted({command.name for command in COMMANDS.values() if command.reads})
#: What is kept of a message and its answer, whatever was typed.
WRITES = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+).*", re.DOTALL)
KEPT = ("inbox", "outbox", "memory", "question", "due")

#: How many statements each may be, transactions and the way out included. Whoever needs fewer lowers them.
MOST = {"!help": 28, "!acties": 29, "!mijn": 38, "!signalen": 29, "!toon 1": 50, "!signaal Depot {n} zit vol": 59}


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


@pytest.mark.parametrize("name", READING)
def test_a_command_that_reads_writes_nothing_but_its_answer(bot: TestBot, name: str) -> None:
    """Nothing of it could be taken back."""
    bot.say("uvw.ao.1", "!signaal Sloten groeien dicht", room="dm")
    bot.say("vng.ao.1", "!actie rijk.ao.1 belt de gemeente voor 1 februari", room="AO")
    command = COMMANDS[name]
    typed = (command.example, f"!{name}", f"!{name} 1", f"!{name} ACT-2027-001", f"!{name} AO", f"!{name} zus en zo")
    for text in typed:
        for person, room in (("rijk.ao.1", "AO"), ("uvw.ao.1", "dm"), ("rijk.secr.1", "dm")):
            with statements(bot.simulation.database.engine) as asked:
                bot.say(person, text, room=room)
            wrote = [found for one in asked if (found := WRITES.match(one))]
            assert [found[0] for found in wrote if found[1] not in KEPT] == []


def test_a_command_that_writes_is_not_said_to_read() -> None:
    assert "signaal" not in READING
    assert "acties" in READING
