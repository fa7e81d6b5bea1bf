"""How much someone may type, and how much of it an answer repeats (E10, dialogue.md §1.6)."""

from __future__ import annotations

import pytest

from bot.testing import TestBot
from commands.catalogue import ALL
from commands.kit.declare import Command

LONG = "grondwater en bodem " * 500
SHORT = 600
TOO_LONG = f"De tekst is {{}} tekens, maximaal {SHORT}. Niets opgeslagen. Kan het korter?"


@pytest.mark.parametrize(
    ("typed", "room"),
    [
        ("!koploper Waterschap-X {}", "AO"),
        ("!hulpvraag {}", "AO"),
        ("!hulpvraag anoniem {}", "dm"),
        ("!jubel {}", "dm"),
        ("!klaag {}", "dm"),
    ],
)
def test_what_stands_in_one_line_of_a_list_is_refused_when_it_is_too_long(bot: TestBot, typed: str, room: str) -> None:
    [refused] = bot.say("vng.ao.1", typed.format("woord " * 200), room=room)
    assert refused.text.startswith("De tekst is ")
    assert "maximaal 600. Niets opgeslagen. Kan het korter?" in refused.text


def test_a_text_of_the_longest_length_is_taken_and_one_more_character_is_not(bot: TestBot) -> None:
    text = "a" * (SHORT - len("Waterschap-X "))
    assert bot.say("vng.ao.1", f"!koploper Waterschap-X {text}")[0].text.startswith("SUC-2027-001 genoteerd")
    refused = bot.say("vng.ao.1", f"!koploper Waterschap-X {text}b")[0]
    assert refused.text.startswith(TOO_LONG.format(SHORT + 1))
    assert bot.say("vng.ao.1", "!koploper SUC-2027-002")[0].text.startswith("SUC-2027-002 bestaat niet")


def test_an_answer_that_is_too_long_leaves_the_question_open(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!hulpvraag")
    assert "maximaal 600" in bot.say("vng.ao.1", "woord " * 200)[0].text
    assert bot.say("vng.ao.1", "Wie kent de nieuwe handreiking?")[0].text.startswith("HV-2027-001 genoteerd")


def test_a_long_signal_and_a_long_action_are_taken_with_their_first_sentence_as_title(bot: TestBot) -> None:
    text = f"Depots zitten vol. {LONG}"
    assert bot.say("vng.ao.1", f"!signaal {text}")[0].text.startswith("SIG-2027-001")
    assert bot.say("vng.ao.1", f"!actie @vng.ao.2 {text} uiterlijk 5 maart")[0].text.startswith("ACT-2027-001")
    assert "Toelichting" in bot.say("vng.ao.1", "!toon ACT-2027-001")[0].text


@pytest.mark.parametrize("typed", ["!besluit {}", "!terugkoppeling {}", "!afspraak {}", "!aandachtspunt {}"])
def test_no_other_text_is_endless(bot: TestBot, typed: str) -> None:
    [refused] = bot.say("rijk.secr.1", typed.format(LONG))
    assert "maximaal 4000. Niets opgeslagen." in refused.text


@pytest.mark.parametrize("command", ALL, ids=lambda one: one.name)
@pytest.mark.parametrize("word", ["x", "wat is dit "], ids=["one word", "many words"])
def test_no_refusal_or_question_repeats_more_than_a_line_of_what_is_not_known(
    bot: TestBot, command: Command, word: str
) -> None:
    said = bot.say("rijk.secr.1", f"!{command.name} {word * (3500 // len(word))}")
    answer = " ".join(one.text for one in said)
    assert "x" * 130 not in answer
    assert (word * 20).strip() not in answer or len(answer) < 1500


def test_a_word_that_is_not_known_is_repeated_on_one_line(bot: TestBot) -> None:
    [refused] = bot.say("rijk.secr.1", f"!balans AO {'q' * 3000}")
    assert refused.text.startswith(f"'{'q' * 40}…' ken ik niet als periode. Wel: 2027, ")
    [refused] = bot.say("rijk.secr.1", f"!structuur {'q' * 3000}")
    assert refused.text == f"'{'q' * 40}…' ken ik niet bij !structuur. Kies uit: gaten, lean, log."
