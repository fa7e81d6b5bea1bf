"""Who was at a meeting: said at once, answered to the question, or left open (V3)."""

from __future__ import annotations

from typing import Any

import pytest

from bot.testing import TestBot
from commands.words.meeting import Meeting, MeetingState
from tests.conftest import at

SECRETARY = "rijk.secr.1"


@pytest.fixture
def after(bot: TestBot) -> TestBot:
    """Just after the first AO of the year."""
    bot.until(at("2027-01-14 12:05"))
    return bot


def present(register: Any) -> tuple[str, ...]:
    meeting = register.ask(lambda store: store.get(Meeting, "VRG-AO-2027-01"))
    assert meeting.state is MeetingState.HELD
    return tuple(meeting.present)


def test_who_was_there_stands_in_the_same_sentence(after: TestBot, register: Any) -> None:
    [held] = after.say(SECRETARY, "!vergadering gehouden AO, aanwezig Rijk VNG IPO")
    assert held.text == ("VRG-AO-2027-01 (do 14 jan 2027) is gehouden; aanwezig Rijk, VNG en IPO, afwezig UvW.")
    assert present(register) == ("Rijk", "VNG", "IPO")


def test_who_was_absent_is_enough(after: TestBot, register: Any) -> None:
    [held] = after.say(SECRETARY, "!vergadering gehouden, afwezig vng en ipo")
    assert held.text.endswith("is gehouden; aanwezig Rijk en UvW, afwezig VNG en IPO.")
    assert present(register) == ("Rijk", "UvW")


def test_the_question_is_answered_with_one_word(after: TestBot, register: Any) -> None:
    [question] = after.say(SECRETARY, "!vergadering gehouden")
    [answer] = after.say(SECRETARY, "iedereen", reply_to=question.id)
    assert answer.text == "VRG-AO-2027-01 (do 14 jan 2027) is gehouden; aanwezig Rijk, VNG, IPO en UvW."
    assert present(register) == ("Rijk", "VNG", "IPO", "UvW")


def test_the_question_is_answered_with_the_parties_or_later_or_never(after: TestBot, register: Any) -> None:
    after.say(SECRETARY, "!vergadering gehouden")
    assert present(register) == ()
    [noted] = after.say(SECRETARY, "!vergadering gehouden aanwezig: Rijk, UvW")
    assert noted.text.endswith("is gehouden; aanwezig Rijk en UvW, afwezig VNG en IPO.")


def test_a_party_that_nobody_knows_is_asked_and_nothing_is_stored(after: TestBot, register: Any) -> None:
    [question] = after.say(SECRETARY, "!vergadering gehouden AO aanwezig Rijk, UWV")
    assert question.text == (
        "'UWV' ken ik hier niet. Bedoel je UvW? Welke partijen er waren? Wel bekend: Rijk, VNG, IPO, UvW."
    )
    assert register.ask(lambda store: store.get(Meeting, "VRG-AO-2027-01")).state is MeetingState.PLANNED
    [held] = after.say(SECRETARY, "Rijk, UvW", reply_to=question.id)
    assert held.text.endswith("is gehouden; aanwezig Rijk en UvW, afwezig VNG en IPO.")


def test_it_can_be_undone_and_a_member_may_not(after: TestBot, register: Any) -> None:
    [refused] = after.say("vng.ao.1", "!vergadering gehouden AO aanwezig Rijk")
    assert "Dit mag alleen de voorzitter of de secretaris van het AO." in refused.text
    after.say(SECRETARY, "!vergadering gehouden AO aanwezig Rijk")
    after.say(SECRETARY, "!ongedaan")
    meeting = register.ask(lambda store: store.get(Meeting, "VRG-AO-2027-01"))
    assert (meeting.state, tuple(meeting.present)) == (MeetingState.PLANNED, ())
