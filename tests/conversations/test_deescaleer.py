"""!deescaleer: a higher body gives it back; the lower one owns it (C10, S18)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.testing import TestBot

DO_CHAIR, DO_SECRETARY = "rijk.do.1", "rijk.secr.2"


def test_the_reason_is_asked_in_private_and_the_success_stands_under_the_command(at_do: TestBot, register: Any) -> None:
    [question] = at_do.say(DO_CHAIR, "!deescaleer 1", room="DO", id="c1")
    assert (question.room, question.text) == (
        "dm:rijk.do.1",
        "Waarom terug naar het AO? De indiener leest dit.",
    )
    answer, ao, raiser = at_do.say(DO_CHAIR, "Het AO kan dit zelf", room="dm", reply_to=question.id)
    assert (answer.room, answer.reply_to) == ("DO", "c1")
    assert answer.text == ("SIG-2027-001 is teruggegeven: van het DO naar het AO, dat nu eigenaar is en zelf beslist.")
    assert ao.text.endswith("komt terug van het DO: Het AO kan dit zelf. Het AO beslist zelf.")
    assert raiser.text.endswith("Reden: Het AO kan dit zelf")
    signal = register.signal()
    assert (signal.lies_with, signal.owner, signal.hops) == ("AO", "AO", ())


def test_a_member_or_the_secretary_asks_the_chair(at_do: TestBot, register: Any) -> None:
    for person in ("vng.do.1", DO_SECRETARY):
        [refused] = at_do.say(person, '!deescaleer 1 reden:"dit moet terug"', room="DO")
        assert refused.room == f"dm:{person}"
        assert refused.text.startswith("Teruggeven doet de voorzitter van het DO")
        _, request = at_do.say(person, "ja", room="dm", reply_to=refused.id)
        assert "vraagt u: SIG-2027-001 teruggeven aan het AO." in request.text
    [done, *_] = at_do.say(DO_CHAIR, "ja", room="dm", reply_to=request.id)
    assert done.room == "DO"
    assert register.signal().owner == "AO"


def test_on_a_meeting_day_the_secretary_records_it(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-05-25 14:30")
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say("rijk.ao.0", "!weeg 1 afhandelen actualiteit")
    bot.say("vng.ao.1", "!escaleer 1 want het raakt allen vraag:Een kader")
    bot.say("rijk.ao.0", "!akkoord 1")
    [done, *_] = bot.say(DO_SECRETARY, "!deescaleer 1 want het AO kan dit zelf", room="DO")
    assert done.text.startswith("SIG-2027-001 is teruggegeven")
    [dossier] = bot.say("uvw.ao.1", "!toon 1", room="dm")
    assert "(namens de voorzitter rijk.do.1)" in dossier.text


def test_the_lower_body_cannot_take_it_back(at_do: TestBot, register: Any) -> None:
    [refused] = at_do.say("rijk.ao.0", "!deescaleer 1 want terug")
    assert refused.text.startswith("Teruggeven doet de voorzitter van het DO.")
    assert register.signal().lies_with == "DO"


def test_lower_than_the_filter_and_from_a_group_there_is_another_word(weighed: TestBot) -> None:
    [refused] = weighed.say("rijk.ao.0", "!deescaleer 1 want terug")
    assert refused.text == "SIG-2027-001 ligt al bij het AO. Bedoel je !weeg of !afhandel?"
    weighed.say("rijk.ao.0", "!beleg 1 bij lood voor 5 maart")
    [refused] = weighed.say("rijk.ao.0", "!deescaleer 1 want terug")
    assert refused.text == "SIG-2027-001 ligt bij Werkgroep diffuus lood. Terug naar AO gaat met !gereed."
