"""!signaal in reply to what someone said: their words become the signal, and they hear it (domain.md §3.1)."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from bot.testing import REMEMBERED, TestBot
from commands.words.signal import Signal
from storage import tables
from storage.store import SqlStore

AUTHOR, RAISER = "vng.ao.2", "uvw.ao.1"


@pytest.fixture
def said(bot: TestBot) -> TestBot:
    """A member says something in the room of the AO; the bot leaves it alone."""
    assert bot.say(AUTHOR, "Bij ons lopen de baggerdepots vol", id="chat1") == []
    return bot


def first(bot: TestBot) -> Signal | None:
    return bot.simulation.database.work(lambda session: SqlStore(session).get(Signal, "SIG-2027-001"))


@pytest.mark.parametrize("typed", ["!signaal", "!sig", "! signaal"])
def test_the_words_become_the_signal_and_the_author_is_its_source(said: TestBot, typed: str) -> None:
    answer, told = said.say(RAISER, typed, reply_to="chat1")
    assert answer.text == "SIG-2027-001, namens UvW. Ligt bij het AO, weging do 14 jan 2027."
    assert (told.room, told.kind) == ("dm:vng.ao.2", "notice")
    assert told.text == (
        "uvw.ao.1 (UvW) diende je bericht in als SIG-2027-001, met je naam als bron: Bij ons lopen de baggerdepots "
        "vol. Het ligt bij het AO; weging do 14 jan 2027. Klopt er iets niet? Zeg het uvw.ao.1."
    )
    signal = first(said)
    assert signal is not None
    assert (signal.title, signal.raised_by) == ("Bij ons lopen de baggerdepots vol", (RAISER,))
    assert signal.origin == "bericht van vng.ao.2"


def test_what_was_typed_goes_before_what_was_replied_to(said: TestBot) -> None:
    said.say(RAISER, "!signaal Sloten vallen droog", reply_to="chat1")
    signal = first(said)
    assert signal is not None
    assert (signal.title, signal.origin) == ("Sloten vallen droog", None)


def test_ones_own_words_have_no_other_source(said: TestBot) -> None:
    [answer] = said.say(AUTHOR, "!signaal", reply_to="chat1")
    assert answer.text.startswith("SIG-2027-001, namens VNG.")


def test_a_command_is_nobodys_sentence(bot: TestBot) -> None:
    bot.say(AUTHOR, "!signalen", id="c1")
    [question] = bot.say(RAISER, "!signaal", reply_to="c1")
    assert question.text == "Waarover? Eén zin is genoeg."
    assert first(bot) is None


def test_what_was_said_elsewhere_is_not_taken(said: TestBot) -> None:
    [question] = said.say("vng.do.1", "!signaal", room="DO", reply_to="chat1")
    assert question.text == "Waarover? Eén zin is genoeg."
    assert first(said) is None


def test_too_short_a_message_is_asked_for(bot: TestBot) -> None:
    bot.say(AUTHOR, "oei", id="c1")
    [question] = bot.say(RAISER, "!signaal", reply_to="c1")
    assert question.text == "Waarover? Eén zin is genoeg."
    assert first(bot) is None


def test_a_stranger_is_no_source_but_the_words_count(bot: TestBot) -> None:
    bot.say("onbekend", "Er ligt asbest in onze straat", id="c1")
    [answer] = bot.say(RAISER, "!signaal", reply_to="c1")
    assert answer.text.startswith("SIG-2027-001")
    signal = first(bot)
    assert signal is not None
    assert signal.origin is None


def test_nothing_of_the_chat_is_kept_but_the_signal(said: TestBot) -> None:
    said.say(RAISER, "!signaal", reply_to="chat1")

    def kept(session: Session) -> list[str]:
        rows = session.exec(select(tables.Inbox))
        return [one for row in rows for one in (row.text, row.quoted, row.quoted_sender)]

    assert [one for one in said.simulation.database.work(kept) if one] == ["!signaal"]


def test_only_so_many_messages_are_remembered(said: TestBot) -> None:
    for number in range(REMEMBERED):
        said.say(AUTHOR, f"en nog iets {number}")
    [question] = said.say(RAISER, "!signaal", reply_to="chat1")
    assert question.text == "Waarover? Eén zin is genoeg."


def test_it_can_be_undone(said: TestBot) -> None:
    said.say(RAISER, "!signaal", reply_to="chat1")
    told = said.say(RAISER, "!ongedaan")
    assert {"AO", "dm:vng.ao.2"} <= {one.room for one in told}
