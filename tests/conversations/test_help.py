from __future__ import annotations

import json

import pytest

from bot.testing import TestBot
from commands import catalogue
from storage import inbox


def test_help_shows_at_most_ten_commands_in_twelve_lines(bot: TestBot) -> None:
    [answer] = bot.say("vng.ao.1", "!help")
    lines = answer.text.splitlines()
    assert len(lines) <= 12
    assert lines[0] == "Dit kun je hier (AO):"
    assert sum(line.startswith("- ") for line in lines) <= 10
    assert "!signaal" in answer.text


def test_help_shows_only_what_this_person_may_use_here(bot: TestBot) -> None:
    [outsider] = bot.say("drinkwater.wg.1", "!help alles", room="WG-PFAS")
    [secretary] = bot.say("rijk.secr.1", "!help alles")
    assert "!weeg" not in outsider.text
    assert "!rol" not in outsider.text
    assert "!weeg" in secretary.text
    assert "!rol" in secretary.text


@pytest.mark.parametrize("typed", ["!hulp", "!?", "! help", "!HELP"])
def test_help_answers_to_its_other_names(bot: TestBot, typed: str) -> None:
    [answer] = bot.say("vng.ao.1", typed)
    assert answer.text.startswith("Dit kun je hier")


@pytest.mark.parametrize("name", sorted({one.name for one in catalogue.ALL}))
def test_help_about_one_command_has_its_use_its_example_and_fits(bot: TestBot, name: str) -> None:
    [answer] = bot.say("vng.ao.1", f"!help {name}")
    command = catalogue.COMMANDS[name]
    assert len(answer.text.splitlines()) <= 12
    assert command.help in answer.text
    assert command.usage in answer.text
    assert command.example in answer.text


def test_help_says_who_may_and_what_else_works(bot: TestBot) -> None:
    [answer] = bot.say("vng.do.1", "!help werkgroep", room="dm")
    assert "Voor een lid, een inhoudelijk vertegenwoordiger, de secretaris of de voorzitter van het AO" in answer.text
    assert "Voor u hier niet. Wat wel kan: breng het onderwerp in met !signaal en één zin." in answer.text


def test_help_about_a_typo_names_the_nearest(bot: TestBot) -> None:
    [answer] = bot.say("vng.ao.1", "!help signal")
    assert answer.text == "Ik ken !signal niet. Bedoel je !signaal? Typ !help voor alle opdrachten."


def test_help_explains_the_route_from_the_structure(bot: TestBot) -> None:
    [answer] = bot.say("vng.ao.1", "!help route")
    assert "AO › DO › BO" in answer.text


def test_status_is_about_the_bot_itself(bot: TestBot) -> None:
    [answer] = bot.say("vng.ao.1", "!status")
    assert "structuur voorbeeldjaar" in answer.text
    assert "Geen berichten wachten op verzending, 0 niet bezorgd." in answer.text
    assert "Eerstvolgende moment: " in answer.text


def test_status_names_the_device_that_the_bot_speaks_with(bot: TestBot) -> None:
    kept = {"device": "OVERLEGABC", "fingerprint": "abcd efgh", "identity": "ijkl mnop", "signed": True}
    bot.simulation.database.work(lambda session: inbox.remember(session, "matrix", inbox.SPEAKER, json.dumps(kept)))
    [answer] = bot.say("vng.ao.1", "!status")
    assert answer.text.splitlines()[-3:] == [
        "Matrix-apparaat OVERLEGABC, ondertekend door de bot zelf.",
        "Vingerafdruk van het apparaat: abcd efgh",
        "Vingerafdruk van de bot: ijkl mnop",
    ]
    kept |= {"identity": "", "signed": False}
    bot.simulation.database.work(lambda session: inbox.remember(session, "matrix", inbox.SPEAKER, json.dumps(kept)))
    [answer] = bot.say("vng.ao.1", "!status")
    assert answer.text.splitlines()[-2:] == [
        "Matrix-apparaat OVERLEGABC, niet ondertekend; vraag de beheerder ernaar.",
        "Vingerafdruk van het apparaat: abcd efgh",
    ]


def test_status_is_for_members(bot: TestBot) -> None:
    [refused] = bot.say("drinkwater.wg.1", "!status", room="WG-PFAS")
    assert "voorbehouden" in refused.text
