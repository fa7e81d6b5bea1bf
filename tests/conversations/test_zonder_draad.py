"""Where a room has no threads, the words that an answer offers count in the next line of who got it (rulings.md)."""

from __future__ import annotations

from collections.abc import Callable

from bot.testing import TestBot


def test_a_bare_yes_is_about_the_signal_that_was_just_filed(bot: TestBot) -> None:
    bot.say("vng.ao.2", "!signaal Baggerdepots zitten vol")
    [like] = bot.say("uvw.ao.1", "!signaal De baggerdepots zitten overal vol")
    assert "Zelfde? Antwoord met ja" in like.text
    assert bot.say("ipo.ao.1", "ja") == []
    said = bot.say("uvw.ao.1", "ja")
    assert said[0].text == "Gevraagd aan de secretaris van het AO."
    assert "SIG-2027-002" in said[1].text


def test_after_something_was_offered_to_another_the_word_is_not_guessed(bot: TestBot) -> None:
    bot.say("vng.ao.2", "!signaal Baggerdepots zitten vol")
    bot.say("uvw.ao.1", "!signaal De baggerdepots zitten overal vol")
    bot.say("ipo.ao.1", "!signaal Alle baggerdepots zitten vol")
    assert bot.say("uvw.ao.1", "ja") == []


def test_chat_stays_chat(bot: TestBot) -> None:
    bot.say("vng.ao.2", "!signaal Baggerdepots zitten vol")
    bot.say("uvw.ao.1", "!signaal De baggerdepots zitten overal vol")
    assert bot.say("uvw.ao.1", "Goed weekend allemaal") == []


def test_who_was_there_can_be_said_in_the_line_after(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-01-14 12:00")
    [held] = bot.say("rijk.secr.1", "!vergadering gehouden AO")
    assert held.text.endswith("Wie waren er: iedereen, of aanwezig en welke partijen?")
    [noted] = bot.say("rijk.secr.1", "iedereen")
    assert "Rijk" in noted.text
