"""!vulaan: the raiser or the secretary adds; a question of the filter is answered in the private chat (S3, C04)."""

from __future__ import annotations

from typing import Any

import pytest

from bot.testing import TestBot
from commands.words.signal import SignalState

SECRETARY, RAISER, OTHER = "rijk.secr.1", "uvw.ao.1", "vng.ao.1"


@pytest.fixture
def held(filed: TestBot) -> TestBot:
    """The AO asks the raiser how many depots, before Friday 22 January."""
    filed.say(SECRETARY, "!weeg 1 aanhouden vraag: Om hoeveel depots gaat het? uiterlijk: 22 januari")
    return filed


def texts(said: list[Any], room: str) -> list[str]:
    return [one.text for one in said if one.room == room]


def test_the_raiser_adds_and_the_body_hears_it_once(filed: TestBot, register: Any) -> None:
    said = filed.say(RAISER, "!vulaan 1 het gaat om vijf gemeenten", room="dm")
    assert texts(said, "dm:uvw.ao.1") == ["Toegevoegd aan SIG-2027-001."]
    [heard] = texts(said, "AO")
    assert heard.startswith("SIG-2027-001 (Baggerdepots zitten vol): aangevuld door ")
    assert heard.endswith("het gaat om vijf gemeenten.")
    assert register.signal().explanation == "het gaat om vijf gemeenten"
    assert register.signal().state is SignalState.SUBMITTED


def test_typed_in_the_room_itself_nobody_hears_it_twice(filed: TestBot) -> None:
    assert [one.text for one in filed.say(RAISER, "!aanvulling sig1 ook in Zeeland")] == [
        "Toegevoegd aan SIG-2027-001."
    ]


def test_a_sentence_that_begins_with_ja_arrives_whole(filed: TestBot, register: Any) -> None:
    filed.say(RAISER, "!vulaan 1 ja het klopt")
    assert register.signal().explanation == "ja het klopt"


def test_without_text_it_asks(filed: TestBot, register: Any) -> None:
    [question] = filed.say(RAISER, "!vulaan 1")
    assert question.text == "Wat komt erbij?"
    filed.say(RAISER, "Ook in Zeeland", reply_to=question.id)
    assert register.signal().explanation == "Ook in Zeeland"


def test_the_question_of_the_filter_says_how_to_answer_it(filed: TestBot) -> None:
    said = filed.say(SECRETARY, "!weeg 1 aanhouden vraag: Om hoeveel depots gaat het? uiterlijk: 22 januari")
    assert texts(said, "dm:uvw.ao.1") == [
        "SIG-2027-001 (Baggerdepots zitten vol): het AO heeft een vraag, met antwoord uiterlijk vr 22 jan 2027: Om "
        "hoeveel depots gaat het? Een antwoord op dit bericht komt bij het signaal; daarna weegt het AO het opnieuw."
    ]


def test_a_plain_reply_to_the_question_brings_it_back_to_be_weighed(held: TestBot, register: Any) -> None:
    question = held.log[-1]
    assert question.room == "dm:uvw.ao.1"
    said = held.say(RAISER, "Ja, het zijn er drie", room="dm", reply_to=question.id)
    assert texts(said, "dm:uvw.ao.1") == [
        "Toegevoegd aan SIG-2027-001. Het ligt weer bij het AO, weging do 14 jan 2027."
    ]
    for room in ("dm:rijk.secr.1", "dm:rijk.ao.0"):
        [told] = texts(said, room)
        assert "antwoordt: Ja, het zijn er drie." in told
        assert told.endswith("Wegen: !weeg 1.")
    signal = register.signal()
    assert (signal.state, signal.due, signal.explanation) == (SignalState.SUBMITTED, None, "Ja, het zijn er drie")


def test_typed_loose_in_the_private_chat_it_is_the_answer_too(held: TestBot, register: Any) -> None:
    held.say(RAISER, "drie depots", room="dm")
    assert register.signal().state is SignalState.SUBMITTED


def test_a_thank_you_after_the_answer_is_talk(held: TestBot, register: Any) -> None:
    held.say(RAISER, "drie depots", room="dm")
    [hint] = held.say(RAISER, "bedankt", room="dm")
    assert hint.text.startswith("Ik werk met opdrachten.")
    assert register.signal().explanation == "drie depots"


def test_what_is_said_after_the_answer_is_not_added_without_asking(held: TestBot, register: Any) -> None:
    held.say(RAISER, "drie depots", room="dm", reply_to=held.log[-1].id)
    question = next(one for one in reversed(held.log) if "heeft een vraag" in one.text)
    [refused] = held.say(RAISER, "bedankt", room="dm", reply_to=question.id)
    assert refused.text == ("Bij SIG-2027-001 staat geen vraag meer open. Dit toch bij het signaal zetten?")
    assert register.signal().explanation == "drie depots"
    held.say(RAISER, "ja", room="dm", reply_to=refused.id)
    assert register.signal().explanation == "drie depots\nbedankt"


def test_laat_maar_is_no_answer(held: TestBot, register: Any) -> None:
    held.say(RAISER, "laat maar", room="dm", reply_to=held.log[-1].id)
    assert register.signal().state is SignalState.HELD


def test_someone_else_files_a_signal_of_their_own_instead(filed: TestBot, register: Any) -> None:
    [refused] = filed.say(OTHER, "!vulaan 1 bij ons ook in Zwolle")
    assert refused.text == (
        "Alleen de indiener vult aan. Een eigen signaal indienen kan wel, en koppelen ook. Als eigen signaal indienen?"
    )
    assert register.signal().explanation == ""
    [filed_too, *_] = filed.say(OTHER, "ja", reply_to=refused.id)
    assert filed_too.text.startswith("SIG-2027-002, namens VNG.")
    assert register.signal(2).title == "bij ons ook in Zwolle"


def test_who_may_not_see_it_learns_nothing(filed: TestBot) -> None:
    [refused] = filed.say("vng.do.1", "!vulaan 1 iets", room="DO")
    [unknown] = filed.say("vng.do.1", "!vulaan 9 iets", room="DO")
    assert refused.text == unknown.text.replace("009", "001")


def test_the_secretary_adds_and_the_raiser_hears_it(filed: TestBot) -> None:
    said = filed.say(SECRETARY, "!vulaan 1 besproken met IPO")
    [told] = texts(said, "dm:uvw.ao.1")
    assert "aangevuld door" in told
    assert told.endswith("besproken met IPO.")


def test_a_withdrawn_signal_takes_nothing_more(filed: TestBot, register: Any) -> None:
    filed.say(RAISER, "!intrek 1")
    [refused] = filed.say(RAISER, "!vulaan 1 toch nog iets")
    assert refused.text == "SIG-2027-001 is ingetrokken; aanvullen kan niet. Kijk met !toon SIG-2027-001."
    assert register.signal().explanation == ""


def test_it_can_be_undone(held: TestBot, register: Any) -> None:
    held.say(RAISER, "drie depots", room="dm", reply_to=held.log[-1].id)
    held.say(RAISER, "!ongedaan", room="dm")
    assert register.signal().state is SignalState.HELD
    assert register.signal().explanation == ""


def test_of_a_long_text_the_notice_shows_the_opening_and_the_dossier_all(filed: TestBot, register: Any) -> None:
    long = "woord " * 3000 + "einde"
    said = filed.say(RAISER, f"!vulaan 1 {long}", room="dm")
    [heard] = texts(said, "AO")
    assert len(heard) < 600
    assert heard.endswith("woord…")
    assert register.signal().explanation == long
