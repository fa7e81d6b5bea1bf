"""In rooms of the DO and the BO, and to people who are addressed with u, no answer says je (design of the rooms)."""

from __future__ import annotations

import re

import pytest

from bot.testing import Said, TestBot
from commands.catalogue import ALL
from commands.kit.declare import Command
from tests.conftest import at

FAMILIAR = re.compile(r"\b(?:je|jij|jou|jouw|jezelf)\b", re.IGNORECASE)
WHO = ("rijk.secr.2", "vng.ao.1")
TYPED = ("", " 1", " 999 qwerty", " @nobody 31 november")


def familiar(said: list[Said], person: str) -> list[str]:
    """The answers to this person, there or in private, that say je outside what was typed."""
    return [
        one.text
        for one in said
        if one.room in ("DO", f"dm:{person}") and FAMILIAR.search(re.sub(r"'[^']*'", "", one.text))
    ]


@pytest.mark.parametrize("command", ALL, ids=lambda one: one.name)
def test_no_answer_of_a_command_in_a_room_with_u_says_je(bot: TestBot, command: Command) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say("vng.ao.1", "!actie @vng.do.1 stukken sturen voor 5 maart")
    wrong: list[str] = []
    for person in WHO:
        for typed in (
            "",
            " 1",
            " 999",
            " qwerty",
            " @nobody 31 november",
            command.example.removeprefix(f"!{command.name}"),
        ):
            said = bot.say(person, f"!{command.name}{typed}", room="DO")
            wrong += familiar(said, person)
            for answer in ("misschien",):
                asked = next((one for one in said if one.text.endswith("?")), None)
                if asked is not None:
                    wrong += familiar(bot.say(person, answer, room=asked.room, reply_to=asked.id), person)
    assert wrong == []


@pytest.mark.parametrize("command", ALL, ids=lambda one: one.name)
def test_the_help_of_a_command_says_u_to_who_is_addressed_so(bot: TestBot, command: Command) -> None:
    for person, room in (("rijk.do.1", "DO"), ("rijk.do.1", "dm"), ("vng.bo.1", "BO"), ("vng.ao.1", "DO")):
        said = bot.say(person, f"!help {command.name}", room=room)
        assert said
        assert [one.text for one in said if FAMILIAR.search(one.text.replace(command.example, ""))] == []


def test_the_help_says_u_in_whole_sentences(bot: TestBot) -> None:
    said = "\n".join(
        bot.say("rijk.do.1", f"!help {name}", room="DO")[0].text for name in ("herinner", "ongedaan", "evalueer")
    )
    assert "met weg stopt u er een" in said
    assert "Draai uw laatste opdracht terug" in said
    assert "of dit uw vorige antwoord is" in said


def test_who_refuses_an_action_in_a_room_with_u_is_addressed_so(bot: TestBot) -> None:
    bot.say("rijk.secr.2", "!actie @vng.do.1 stukken sturen voor 5 maart", room="DO")
    said = bot.say("vng.do.1", "!weiger 1 hier gaan wij niet over", room="DO")
    assert any(one.text == "Genoteerd. ACT-2027-001 staat niet op uw naam; de secretaris weet het." for one in said)


def test_an_action_that_can_no_longer_be_refused_says_so_with_u(bot: TestBot) -> None:
    bot.say("rijk.secr.2", "!actie @vng.do.1 stukken sturen voor 5 maart", room="DO")
    bot.until(at("2027-01-20 09:00"))
    said = bot.say("vng.do.1", "!weiger 1 hier gaan wij niet over", room="DO")
    assert any("op uw naam; weigeren kan niet meer." in one.text for one in said)
