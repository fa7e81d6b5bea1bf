"""!delegeer: an assignment with a date; the higher body stays the owner (C11, S19, INV-06; acceptance 17)."""

from __future__ import annotations

from typing import Any

from bot.testing import TestBot

DO_CHAIR, CHAIR = "rijk.do.1", "rijk.ao.0"


def test_one_line_with_a_date(at_do: TestBot, register: Any) -> None:
    answer, ao, raiser = at_do.say(DO_CHAIR, "!delegeer 1 twee opties uitwerken, uiterlijk 18 maart", room="DO")
    assert answer.text == (
        "Het DO vraagt het AO: twee opties uitwerken. Terug uiterlijk do 18 mrt 2027; het DO blijft eigenaar."
    )
    assert (ao.room, raiser.room) == ("AO", "dm:uvw.ao.1")
    signal = register.signal()
    assert (signal.lies_with, signal.owner, str(signal.due)) == ("AO", "DO", "2027-03-18")


def test_the_long_form_of_the_fields(at_do: TestBot, register: Any) -> None:
    typed = '!delegeer sig1 naar:AO opdracht:"Werk twee opties uit" uiterlijk:"5 november"'
    [answer, *_] = at_do.say(DO_CHAIR, typed, room="DO")
    assert "Terug uiterlijk vr 5 nov 2027" in answer.text
    assert register.signal().hops[0].task == "Werk twee opties uit"


def test_what_is_missing_is_asked_one_thing_at_a_time(at_do: TestBot) -> None:
    [question] = at_do.say(DO_CHAIR, "!delegeer 1", room="DO")
    assert question.text == "Welke opdracht krijgt het AO?"
    [question] = at_do.say(DO_CHAIR, "twee opties", room="dm", reply_to=question.id)
    assert question.text == "Wanneer terug? Delegeren kan alleen met een datum."
    [question] = at_do.say(DO_CHAIR, "31 november", room="dm", reply_to=question.id)
    assert question.text.startswith("31 november bestaat niet.")
    [answer, *_] = at_do.say(DO_CHAIR, "ja", room="dm", reply_to=question.id)
    assert (answer.room, "Terug uiterlijk di 30 nov 2027" in answer.text) == ("DO", True)


def test_to_a_group_goes_through_the_filter(at_do: TestBot) -> None:
    [refused] = at_do.say(DO_CHAIR, "!delegeer 1 naar WG-PFAS", room="DO")
    assert refused.text == "Het AO belegt bij een werkgroep. Aan het AO geven?"
    [question] = at_do.say(DO_CHAIR, "ja", room="dm", reply_to=refused.id)
    assert question.text == "Welke opdracht krijgt het AO?"


def test_upward_or_to_oneself_is_no_delegating(at_do: TestBot) -> None:
    [refused] = at_do.say(DO_CHAIR, "!delegeer 1 naar BO twee opties voor 1 mei", room="DO")
    assert refused.text == "Delegeren is omlaag; het BO ligt hoger dan het DO. Omhoog gaat met !escaleer."
    [refused] = at_do.say(DO_CHAIR, "!delegeer 1 naar WEB twee opties voor 1 mei", room="DO")
    assert refused.text.startswith("Met WEB loopt de lijn via het AO.")


def test_at_the_filter_it_becomes_assigning_with_what_was_typed(weighed: TestBot, register: Any) -> None:
    [refused] = weighed.say(CHAIR, "!delegeer 1 naar lood iets uitzoeken, uiterlijk 1 maart")
    assert refused.text == "Het AO belegt bij een groep. Bij WG-LOOD?"
    [answer, *_] = weighed.say(CHAIR, "ja", reply_to=refused.id)
    assert answer.text.endswith("terug bij het AO uiterlijk ma 1 mrt 2027.")
    assert register.signal().hops[0].task == "iets uitzoeken"


def test_a_lower_date_may_not_be_later(delegated: TestBot, register: Any) -> None:
    [question] = delegated.say(CHAIR, "!beleg 1 bij pfas uiterlijk 20 maart")
    assert question.text.startswith("Dat is later dan de datum waarop DO het terug verwacht (do 18 mrt 2027).")
    [answer, *_] = delegated.say(CHAIR, "5 maart", reply_to=question.id)
    assert "uiterlijk vr 5 mrt 2027" in answer.text
    assert [hop.receiver for hop in register.signal().hops] == ["AO", "WG-PFAS"]


def test_acceptance_17_each_reports_to_who_gave_it_on_its_own_date(delegated: TestBot, register: Any) -> None:
    delegated.say(CHAIR, "!beleg 1 bij pfas uiterlijk 5 maart")
    answer, ao, _ = delegated.say("uvw.wg.1", "!gereed sig1 twee opties klaar", room="WG-PFAS")
    assert answer.text == "SIG-2027-001 ligt weer bij het AO, met dit resultaat."
    assert "Resultaat: twee opties klaar" in ao.text
    signal = register.signal()
    assert (signal.lies_with, signal.owner, str(signal.due)) == ("AO", "DO", "2027-03-18")
    [answer, do, _] = delegated.say(CHAIR, "!gereed sig1 optie 1 is het beste")
    assert answer.text == "SIG-2027-001 ligt weer bij het DO, met dit resultaat."
    assert do.room == "DO"
    signal = register.signal()
    assert (signal.lies_with, signal.owner, signal.hops, signal.due) == ("DO", "DO", (), None)


def test_four_levels_down_and_back(at_do: TestBot, register: Any) -> None:
    at_do.say("vng.do.1", "!escaleer 1 want het moet vraag:Besluit dit", room="DO")
    at_do.say(DO_CHAIR, "!akkoord 2", room="DO")
    at_do.say("rijk.bo.1", "!delegeer 1 bereid voor, uiterlijk 1 juni", room="BO")
    at_do.say(DO_CHAIR, "!delegeer 1 werk uit, uiterlijk 1 mei", room="DO")
    at_do.say(CHAIR, "!beleg 1 bij pfas uiterlijk 1 april")
    signal = register.signal()
    assert (signal.owner, signal.lies_with) == ("BO", "WG-PFAS")
    assert [str(hop.due) for hop in signal.hops] == ["2027-06-01", "2027-05-01", "2027-04-01"]
    for person, room, place in (("uvw.wg.1", "WG-PFAS", "AO"), (CHAIR, "AO", "DO"), (DO_CHAIR, "DO", "BO")):
        at_do.say(person, "!gereed sig1 klaar", room=room)
        assert register.signal().lies_with == place
    assert register.signal().owner == "BO"
