"""A bare ja after a question to somebody else answers nothing that was asked before (dialogue.md 4)."""

from __future__ import annotations

from bot.testing import TestBot

OWN = "Eerst het DO"


def test_a_yes_to_what_was_asked_of_somebody_else_does_not_answer_an_older_question(weighed: TestBot) -> None:
    [mine] = weighed.say("vng.ao.1", "!escaleer 1 naar BO want het raakt alle partijen")
    assert mine.text.startswith(OWN)
    [theirs] = weighed.say("uvw.ao.1", "!signaal")
    assert theirs.text == "Waarover? Eén zin is genoeg."
    [which] = weighed.say("vng.ao.1", "ja")
    assert which.text.startswith(
        "De laatste vraag hier is aan iemand anders gesteld. Antwoord op het bericht zelf als het om deze gaat: Eerst"
    )
    [on] = weighed.say("vng.ao.1", "ja", reply_to=mine.id)
    assert on.text == "Wat moet het DO besluiten?"


def test_a_yes_to_ones_own_last_question_is_taken(weighed: TestBot) -> None:
    weighed.say("uvw.ao.1", "!signaal")
    weighed.say("vng.ao.1", "!escaleer 1 naar BO want het raakt alle partijen")
    [on] = weighed.say("vng.ao.1", "ja")
    assert on.text == "Wat moet het DO besluiten?"


def test_a_sentence_still_answers_what_was_asked_of_oneself(weighed: TestBot) -> None:
    weighed.say("vng.ao.1", "!signaal")
    weighed.say("uvw.ao.1", "!signaal")
    assert weighed.say("vng.ao.1", "Zout grondwater komt verder landinwaarts")[0].text.startswith("SIG-2027-002")
