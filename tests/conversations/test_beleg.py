"""!beleg: the filter places a signal with a group (C06, S5, R-073, INV-14)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.testing import TestBot

CHAIR, SECRETARY, RAISER = "rijk.ao.0", "rijk.secr.1", "uvw.ao.1"


def test_one_line_and_the_group_hears_its_task(filed: TestBot, register: Any) -> None:
    answer, group, raiser = filed.say(SECRETARY, "!beleg 1 bij lood Breng in beeld waar het knelt, voor 6 maart")
    assert answer.text == "SIG-2027-001: bij Werkgroep diffuus lood, terug bij het AO uiterlijk vr 5 mrt 2027."
    assert group.room == "WG-LOOD"
    assert "Het AO vraagt: Breng in beeld waar het knelt. Terug uiterlijk vr 5 mrt 2027." in group.text
    assert raiser.room == "dm:uvw.ao.1"
    signal = register.signal()
    assert (signal.lies_with, signal.owner) == ("WG-LOOD", "AO")
    assert [(hop.giver, hop.receiver) for hop in signal.hops] == [("AO", "WG-LOOD")]


def test_the_long_form_of_the_fields(filed: TestBot, register: Any) -> None:
    filed.say(CHAIR, '!beleg sig1 bij:WG-lood opdracht:"Breng in beeld waar de norm knelt" uiterlijk:"8 februari"')
    [hop] = register.signal().hops
    assert (hop.task, str(hop.due)) == ("Breng in beeld waar de norm knelt", "2027-02-08")


def test_what_is_missing_is_asked(filed: TestBot) -> None:
    [question] = filed.say(CHAIR, "!beleg 1")
    assert question.text == "Bij welke groep?"
    [question] = filed.say(CHAIR, "lood", reply_to=question.id)
    assert question.text == "Wanneer terug?"
    [answer, *_] = filed.say(CHAIR, "eind februari", reply_to=question.id)
    assert "uiterlijk zo 28 feb 2027" in answer.text


def test_a_group_that_is_unknown_is_asked_again_and_nothing_is_lost(filed: TestBot, register: Any) -> None:
    [question] = filed.say(CHAIR, "!beleg 1")
    [again] = filed.say(CHAIR, "asfalt", reply_to=question.id)
    assert "'asfalt' ken ik niet als gremium" in again.text
    [question] = filed.say(CHAIR, "pfas", reply_to=again.id)
    assert question.text == "Wanneer terug?"
    assert register.signal().lies_with == "AO"


def test_a_date_after_the_end_of_the_group_is_asked_again(filed: TestBot) -> None:
    [question] = filed.say(CHAIR, "!beleg 1 bij pfas voor 1 augustus")
    assert question.text == "Dat is na de einddatum van WG-PFAS (do 15 jul 2027). Wanneer terug?"
    [answer, *_] = filed.say(CHAIR, "1 juli", reply_to=question.id)
    assert "uiterlijk do 1 jul 2027" in answer.text


def test_a_lapsed_group_gets_nothing_and_the_agenda_is_offered(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-04-05 09:00")
    bot.say(RAISER, "!signaal Lood in tuinen")
    for typed in ("!weeg 1 werkgroep lood voor 1 juni", "!beleg 1 bij lood voor 1 juni"):
        [refused] = bot.say(CHAIR, typed)
        assert refused.text.startswith(
            "Werkgroep diffuus lood is verlopen sinds wo 31 mrt 2027 en krijgt geen nieuwe signalen."
        )
    [question] = bot.say(CHAIR, "ja", reply_to=refused.id)
    assert question.text == "Strategie of actualiteit?"
    [answer, _] = bot.say(CHAIR, "actualiteit", reply_to=question.id)
    assert answer.text.startswith("Op de agenda van AO do 15 apr 2027")


def test_a_sensitive_signal_is_told_to_the_chair_and_not_in_a_room_with_externals(bot: TestBot) -> None:
    bot.say(RAISER, "!signaal Gevoelig dossier gevoelig:ja")
    said = bot.say(CHAIR, "!beleg 1 bij pfas voor 5 maart")
    assert {one.room for one in said} == {"AO", "dm:uvw.wg.1", "dm:uvw.ao.1"}
    [hidden] = bot.say("drinkwater.wg.1", "!toon 1", room="WG-PFAS")
    assert hidden.text.startswith("SIG-2027-001 bestaat niet")


def test_the_chair_of_a_group_takes_on_what_was_raised_in_its_own_room(bot: TestBot, register: Any) -> None:
    bot.say("vng.wg.1", "!signaal Lood in speeltuinen", room="WG-LOOD")
    said = bot.say("vng.wg.1", "!beleg 1 bij lood voor 5 maart", room="WG-LOOD")
    assert said[0].text.startswith("SIG-2027-001: bij Werkgroep diffuus lood")
    assert "is opgepakt door Werkgroep diffuus lood" in next(one.text for one in said if one.room == "AO")
    assert register.signal().lies_with == "WG-LOOD"


def test_but_not_what_came_from_elsewhere(filed: TestBot, register: Any) -> None:
    [refused] = filed.say("vng.wg.1", "!beleg 1 bij lood voor 5 maart", room="WG-LOOD")
    assert refused.text.startswith("SIG-2027-001 bestaat niet.")
    filed.say("vng.wg.1", "!signaal Lood in speeltuinen", room="AO")
    [refused] = filed.say("vng.wg.1", "!beleg 2 bij lood voor 5 maart", room="WG-LOOD")
    assert "neemt alleen aan wat in de eigen kamer is ingediend" in refused.text
    assert register.signal(2).lies_with == "AO"


def test_it_is_not_assigned_twice(at_group: TestBot) -> None:
    [refused] = at_group.say(CHAIR, "!beleg 1 bij pfas voor 5 maart")
    assert (
        refused.text == "SIG-2027-001 ligt bij WG-LOOD; het AO weegt wat bij het AO ligt. Kijk met !toon SIG-2027-001."
    )
