"""An action over a signal: linked however that is said, so that it is shown where the signal may be (INV-39)."""

from __future__ import annotations

import pytest

from bot.testing import TestBot
from commands.words.action import Action
from storage.store import SqlStore
from tests.conftest import outsider_in

WAYS = (
    "stukken sturen over SIG-1 voor 5 maart",
    "stukken sturen bij sig1 voor 5 maart",
    "stukken sturen voor SIG-2027-001 uiterlijk 5 maart",
    "stukken sturen n.a.v. sig 1, uiterlijk 5 maart",
    "stukken sturen naar aanleiding van SIG-2027-001 voor 5 maart",
    "stukken uit SIG-1 sturen voor 5 maart",
    "stukken sturen (SIG-1) voor 5 maart",
    "stukken sturen over signaal 1, uiterlijk 5 maart",
    "stukken sturen voor 5 maart signaal:1",
    "signaal:1 stukken sturen voor 5 maart",
    "signaal 1 toelichten voor 5 maart",
)


@pytest.mark.parametrize("typed", WAYS)
def test_however_a_signal_is_named_the_action_is_linked_to_it(filed: TestBot, typed: str) -> None:
    [answer, *_] = filed.say("vng.ao.1", f"!actie @vng.ao.2 {typed}")
    assert "Bij SIG-2027-001" in answer.text
    assert "5 m" in answer.text
    assert linked(filed) == "SIG-2027-001"


def test_a_signal_that_the_text_names_in_passing_is_said_to_be_linked(filed: TestBot) -> None:
    [answer, *_] = filed.say("vng.ao.1", "!actie @vng.ao.2 lijst met SIG-1 en verder opschonen voor 5 maart")
    assert "lijst met SIG-1 en verder opschonen" in answer.text
    assert "Bij SIG-2027-001, want de tekst noemt het." in answer.text


def test_of_two_signals_the_bot_asks_which(filed: TestBot) -> None:
    filed.say("uvw.ao.1", "!signaal Sloten lopen over")
    [asked, *_] = filed.say("vng.ao.1", "!actie @vng.ao.2 SIG-1 en SIG-2 vergelijken voor 5 maart")
    assert asked.text == "1 of 2?"
    assert "Bij SIG-2027-002" in filed.say("vng.ao.1", "2", reply_to=asked.id)[0].text


def test_a_signal_that_is_not_there_is_refused_and_a_date_is_no_signal(filed: TestBot) -> None:
    [refused] = filed.say("vng.ao.1", "!actie @vng.ao.2 stukken sturen over SIG-99 voor 5 maart")
    assert refused.text.startswith("SIG-2027-099 bestaat niet.")
    [answer, *_] = filed.say("vng.ao.1", "!actie @vng.ao.2 het signaal 1 februari bespreken voor 5 maart")
    assert "Bij SIG" not in answer.text


@pytest.mark.parametrize("typed", ["over SIG-1", "signaal:1", "(SIG-1)", "n.a.v. SIG-1"])
def test_an_action_over_a_sensitive_signal_stays_out_of_a_room_with_outsiders(bot: TestBot, typed: str) -> None:
    bot.say("vng.ao.1", "!signaal Korrels in de berm gevoelig:ja", room="dm")
    outsider_in(bot, "AO")
    said = bot.say("vng.ao.1", f"!actie @vng.ao.2 korrels opruimen {typed} voor 5 maart", room="AO")
    listed = bot.say("vng.ao.2", "!acties", room="AO")
    assert linked(bot) == "SIG-2027-001"
    assert [one.text for one in (*said, *listed) if one.room == "AO" and "korrels" in one.text.casefold()] == []
    assert any("korrels opruimen" in one.text for one in said if one.room == "dm:vng.ao.2")


def linked(bot: TestBot) -> str | None:
    """The signal of the first action."""
    found = bot.simulation.database.work(lambda session: SqlStore(session).get(Action, "ACT-2027-001"))
    assert found is not None
    return found.signal
