"""Whatever is typed behind a command, or nothing, is answered, asked about or refused: never by "een storing"."""

from __future__ import annotations

import pytest

from bot.testing import TestBot
from bot.turn import MOST_COMMANDS
from commands import catalogue

FAULT = "storing"
NAMES = sorted({command.name for command in catalogue.COMMANDS.values()})
BEHIND = ("", "AO")


@pytest.mark.parametrize("behind", BEHIND)
def test_no_command_falls_over_what_stands_behind_it(filed: TestBot, behind: str) -> None:
    for name in NAMES:
        for one in filed.say("rijk.secr.1", f"!{name} {behind}".strip()):
            assert FAULT not in one.text, f"!{name} {behind}: {one.text}"
        filed.say("rijk.secr.1", "laat maar")


def test_a_search_without_words_asks_for_them_and_takes_the_answer(filed: TestBot) -> None:
    [asks] = filed.say("vng.ao.1", "!zoek in signalen")
    assert asks.text == "Op welke woorden?"
    [found] = filed.say("vng.ao.1", "baggerdepots", reply_to=asks.id)
    assert "SIG-2027-001" in found.text


def test_more_commands_in_one_message_than_one_transaction_should_hold_are_none(filed: TestBot) -> None:
    few, many = ("\n".join(f"!signaal Depot {n} zit vol" for n in range(number)) for number in (MOST_COMMANDS, 51))
    [refused] = filed.say("vng.ao.1", many)
    assert refused.text == (
        "In dit bericht staan 51 opdrachten; ik neem er hoogstens 50 tegelijk. Er is niets vastgelegd. "
        "Verdeel ze over meer berichten, dan gaat het wel."
    )
    [none] = filed.say("vng.ao.1", "!zoek depot in signalen")
    assert "Depot 1 zit" not in none.text
    filed.say("vng.ao.1", few)
    [found] = filed.say("vng.ao.1", "!zoek depot in signalen")
    assert "Depot 1 zit" in found.text
