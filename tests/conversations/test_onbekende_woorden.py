"""What a list does not understand is said back with what does work, not left out without a word (never guess)."""

from __future__ import annotations

import pytest

from bot.testing import TestBot
from commands.catalogue import ALL
from commands.kit.declare import Command

SECRETARY = "rijk.secr.1"
SHOWS = (
    *(
        "!agenda zus",
        "!agenda AO zus",
        "!agenda DO zus",
        "!digest zus",
        "!digest AO zus",
        "!status zus",
        "!zwevend zus",
    ),
    *(
        "!werkgroepen zus",
        "!werkgroepen verlopen zus",
        "!evaluatie zus",
        "!jaarplanning zus",
        "!mijn zus",
        "!kaart zus",
    ),
    *("!vergadering zus", "!vergadering DO zus", "!exporteer acties zus", "!wie zus", "!acties zus", "!structuur zus"),
    *("!balans zus", "!afspraken zus", "!besluiten zus", "!signalen zus", "!zoek zus", "!meldingen zus", "!help zus"),
)


@pytest.mark.parametrize("typed", SHOWS)
def test_a_word_that_a_list_does_not_know_comes_back(bot: TestBot, typed: str) -> None:
    [answer] = bot.say(SECRETARY, typed)
    assert "zus" in answer.text.replace("!agenda zus", "")
    assert not answer.files


@pytest.mark.parametrize("command", [one for one in ALL if one.reads], ids=lambda one: one.name)
def test_no_command_that_only_shows_gives_the_same_with_and_without_a_word_it_does_not_know(
    bot: TestBot, command: Command
) -> None:
    plain = [one.text for one in bot.say(SECRETARY, f"!{command.name}")]
    assert [one.text for one in bot.say(SECRETARY, f"!{command.name} zus")] != plain or command.name == "toon"


def test_it_says_what_does_work(bot: TestBot) -> None:
    [answer] = bot.say(SECRETARY, "!agenda zus")
    assert answer.text == "'zus' ken ik niet bij !agenda. Wat wel kan: !agenda DO. Meer staat bij !help agenda."


@pytest.mark.parametrize(
    "typed", ["!agenda", "!mijn", "!zwevend", "!werkgroepen", "!status", "!vergadering", "!digest"]
)
def test_a_courteous_word_changes_nothing(bot: TestBot, typed: str) -> None:
    plain = [one.text for one in bot.say(SECRETARY, typed)]
    assert [one.text for one in bot.say(SECRETARY, f"{typed} graag")] == plain


def test_a_part_of_ones_own_list_may_be_named(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    for typed in ("!mijn signalen", "!mijn acties en signalen"):
        assert "SIG-2027-001" in bot.say("uvw.ao.1", typed)[0].text


def test_the_order_of_an_agenda_still_takes_its_numbers(bot: TestBot) -> None:
    bot.say(SECRETARY, "!agendeer Eerste punt")
    bot.say(SECRETARY, "!agendeer Tweede punt")
    [answer, *_] = bot.say(SECRETARY, "!agenda volgorde 2 1")
    assert "ken ik niet" not in answer.text
