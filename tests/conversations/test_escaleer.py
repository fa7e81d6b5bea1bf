"""!escaleer: one tier up, as a proposal with a brief (C07, S17, J1-J8; acceptance 1, 2, 14)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.testing import Simulation, TestBot
from commands.rules.ways import RESERVED
from commands.words.calendar import AMSTERDAM
from commands.words.people import Person, Role, RoleName
from commands.words.signal import SignalState
from commands.words.structure import Structure
from config.people import PeopleFile

CHAIR, MEMBER, GROUP_CHAIR = "rijk.ao.0", "vng.ao.1", "vng.wg.1"


def test_one_sentence_and_one_question_make_a_proposal(weighed: TestBot) -> None:
    [question] = weighed.say(MEMBER, "!escaleer 1 want het raakt alle partijen")
    assert question.text == "Wat moet het DO besluiten?"
    answer, notice = weighed.say(MEMBER, "Een tijdelijk kader toestaan", reply_to=question.id)
    assert answer.text == (
        "VST-2027-001: SIG-2027-001 naar het DO: di 25 mei 2027 (stukken uiterlijk do 13 mei 2027).\n"
        "De voorzitter AO (@rijk.ao.0) bekrachtigt: ✅ of !akkoord 1."
    )
    assert notice.room == "dm:uvw.ao.1"


def test_the_long_form_of_the_fields(weighed: TestBot, register: Any) -> None:
    typed = (
        '!escaleer sig1 naar:DO hoofdlijn:"Norm blokkeert grondverzet in drie regio\'s" '
        'vraag:"Stem in met tijdelijk kader" waarom:"raakt alle partijen"'
    )
    [answer, _] = weighed.say(MEMBER, typed)
    assert answer.text.startswith("VST-2027-001")
    brief = register.signal().brief
    assert brief.main_line == "Norm blokkeert grondverzet in drie regio's"
    assert (brief.ask, brief.why) == ("Stem in met tijdelijk kader", "raakt alle partijen")


def test_acceptance_1_a_jump_to_the_bo_is_refused_with_the_step_that_works(weighed: TestBot, register: Any) -> None:
    [refused] = weighed.say(MEMBER, "!escaleer 1 naar BO want spoed")
    assert "Niet in één stap: het DO is het voorportaal van het BO." in refused.text
    assert refused.text.startswith("Eerst het DO, di 25 mei 2027")
    assert refused.text.endswith("Naar het DO?")
    assert register.signal().lies_with == "AO"
    assert register.ask(lambda store: store.proposals(about="SIG-2027-001")) == ()
    [question] = weighed.say(MEMBER, "ja", reply_to=refused.id)
    assert question.text == "Wat moet het DO besluiten?"
    [answer, _] = weighed.say(MEMBER, "Een kader", reply_to=question.id)
    assert answer.text.startswith("VST-2027-001: SIG-2027-001 naar het DO")
    assert register.signal().brief.why == "spoed"


def test_acceptance_2_a_group_goes_by_way_of_the_filter_which_weighs(at_group: TestBot, register: Any) -> None:
    [refused] = at_group.say(GROUP_CHAIR, "!escaleer 1 naar DO want te groot voor ons", room="WG-LOOD")
    assert refused.text == "Dat gaat via het AO, dat filtert voor DO en BO. Naar het AO?"
    answer, ao, raiser = at_group.say(GROUP_CHAIR, "ja", room="WG-LOOD", reply_to=refused.id)
    assert answer.text == "SIG-2027-001 ligt bij het AO, ter weging: do 14 jan 2027."
    assert (ao.room, raiser.room) == ("AO", "dm:uvw.ao.1")
    signal = register.signal()
    assert (signal.state, signal.lies_with, signal.owner, signal.hops) == (SignalState.SUBMITTED, "AO", "AO", ())
    assert register.ask(lambda store: store.proposals()) == ()


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("WG-PFAS", "Een werkgroep kan een signaal niet zelf aan een andere werkgroep geven"),
        ("BO", "Dat gaat via het AO"),
        ("BOOG", "Met BOOG loopt de lijn via het AO."),
    ],
)
def test_what_a_group_may_not(at_group: TestBot, register: Any, target: str, text: str) -> None:
    [refused] = at_group.say(GROUP_CHAIR, f"!escaleer 1 naar {target} want moeilijk", room="WG-LOOD")
    assert text in refused.text
    assert register.signal().lies_with == "WG-LOOD"


def test_a_programme_lays_its_points_before_the_filter(filed: TestBot) -> None:
    filed.say(CHAIR, "!beleg 1 bij spoed voor 5 maart")
    [refused] = filed.say("rijk.wg.3", "!escaleer 1 naar DO want moeilijk", room="PRG-SPOED")
    assert refused.text == "Een programma legt bestuurlijke punten voor aan het AO. Naar het AO?"


def test_only_the_chair_of_the_group_does_so(at_group: TestBot) -> None:
    [refused] = at_group.say("kennis.wg.1", "!escaleer 1 want moeilijk", room="WG-LOOD")
    assert refused.text == RESERVED


def test_unweighed_goes_nowhere_and_weighing_is_offered(filed: TestBot, register: Any) -> None:
    [refused] = filed.say(CHAIR, "!escaleer 1 want spoed")
    assert refused.text == "SIG-2027-001 is nog niet gewogen door het AO. Nu wegen?"
    [question] = filed.say(CHAIR, "ja", reply_to=refused.id)
    assert question.text == "Strategie of actualiteit?"
    [done, _] = filed.say(CHAIR, "actualiteit", reply_to=question.id)
    assert done.text.startswith("SIG-2027-001 gewogen: naar het DO.")
    assert register.signal().relevant is True


def test_what_is_not_relevant_for_directors_stays(filed: TestBot) -> None:
    filed.say(CHAIR, "!weeg 1 afhandelen actualiteit relevant:nee")
    [refused] = filed.say(MEMBER, "!escaleer 1 want spoed")
    assert "niet bestuurlijk relevant" in refused.text


def test_one_proposal_at_a_time(proposed: TestBot) -> None:
    [refused] = proposed.say(MEMBER, "!escaleer 1 want spoed")
    assert refused.text == "Er loopt al een voorstel (VST-2027-001, wacht op de voorzitter AO)."


def test_someone_of_another_body_cannot_propose(at_do: TestBot) -> None:
    [refused] = at_do.say(MEMBER, "!escaleer 1 want spoed")
    assert refused.text == "SIG-2027-001 ligt bij het DO; escaleren doet een lid of de secretaris van het DO."


def test_higher_than_the_top_is_nothing(at_do: TestBot, register: Any) -> None:
    at_do.say("vng.do.1", "!escaleer 1 want het moet vraag:Besluit dit", room="DO")
    at_do.say("rijk.do.1", "!akkoord 2", room="DO")
    assert register.signal().lies_with == "BO"
    [refused] = at_do.say("vng.bo.1", "!escaleer 1 want hoger", room="BO")
    assert refused.text == "SIG-2027-001 ligt bij het BO; hoger is er geen overleg. Kijk met !toon SIG-2027-001."


def test_a_main_line_that_is_too_long_is_asked_again_and_never_cut(weighed: TestBot, register: Any) -> None:
    [question] = weighed.say(MEMBER, f"!escaleer 1 want x vraag:y hoofdlijn:{'lang ' * 130}")
    assert "De hoofdlijn is 649 tekens, maximaal 600. Niets opgeslagen." in question.text
    weighed.say(MEMBER, "Korter", reply_to=question.id)
    assert register.signal().brief.main_line == "Korter"


def test_what_was_delegated_goes_back_up_to_its_owner(delegated: TestBot, register: Any) -> None:
    delegated.say(MEMBER, "!escaleer 1 want de opties liggen er vraag:Kies optie 1")
    delegated.say(CHAIR, "!akkoord 2")
    signal = register.signal()
    assert (signal.lies_with, signal.owner, signal.hops) == ("DO", "DO", ())


@pytest.fixture
def with_boog(structure: Structure, people: PeopleFile) -> Iterator[TestBot]:
    """The example year with someone of BOOG, a connection."""
    someone = Person("boog.1", "provincie")
    role = Role("boog.1", "BOOG", RoleName.CONNECTION_MEMBER, "BOOG")
    file = replace(people, people=(*people.people, someone), roles=(*people.roles, role))
    simulation = Simulation(structure, file)
    yield TestBot(simulation, datetime(2027, 1, 11, 9, 0, tzinfo=AMSTERDAM))
    simulation.close()


def test_acceptance_14_a_signal_of_a_connection_lands_at_the_filter(with_boog: TestBot) -> None:
    [answer] = with_boog.say("boog.1", "!escaleer Gemeenten lopen vast naar DO", room="dm")
    assert answer.text == "Een signaal van BOOG landt bij het AO. Ik heb het daar ingediend als SIG-2027-001."
    [again] = with_boog.say("boog.1", "!escaleer 1 naar DO want het is dringend", room="dm")
    assert again.text.startswith("Met BOOG loopt de lijn via het AO.")
    [dossier] = with_boog.say("boog.1", "!toon 1", room="dm")
    assert "ligt bij AO, eigenaar AO" in dossier.text
    assert "namens BOOG" in dossier.text


def test_a_member_of_the_group_who_may_not_put_it_forward_is_not_offered_to(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Lood in moestuinen")
    bot.say("rijk.secr.1", "!beleg 1 bij WG-PFAS uiterlijk 1 maart")
    members = [role.person for role in bot.simulation.people.roles if role.body == "WG-PFAS" and role.role == "lid"]
    [refused, *_] = bot.say(members[0], "!escaleer 1 naar BO want spoed", room="WG-PFAS")
    assert "Dat gaat via het AO" in refused.text
    assert "Naar het AO?" not in refused.text


@pytest.mark.parametrize("who", ["vng.ao.1", "rijk.secr.1"])
def test_a_way_up_is_offered_only_to_who_may_take_it(at_group: TestBot, who: str) -> None:
    """Others hear whose it is: a *ja* that is refused is no way on."""
    [refused] = at_group.say(who, "!escaleer 1 naar DO want het raakt iedereen", room="dm")
    assert refused.text == (
        "Dat gaat via het AO, dat filtert voor DO en BO. SIG-2027-001 ligt bij WG-LOOD; escaleren doet de "
        "voorzitter van WG-LOOD."
    )
    assert "ter weging" not in at_group.say(who, "ja", room="dm")[0].text
    [chair] = at_group.say("vng.wg.1", "!escaleer 1 naar DO want het raakt iedereen", room="dm")
    assert chair.text.endswith("Naar het AO?")
    assert at_group.say("vng.wg.1", "ja", room="dm")[0].text.startswith("SIG-2027-001 ligt bij het AO, ter weging")


def test_a_raiser_without_a_role_where_it_lies_hears_who_proposes_it_for_the_tier_above(bot: TestBot) -> None:
    bot.say("vng.do.1", "!signaal Baggerdepots zitten vol", room="dm")
    bot.say("rijk.ao.0", "!weeg 1 afhandelen actualiteit")
    [refused] = bot.say("vng.do.1", "!agendeer 1 voor DO ter besluitvorming", room="dm")
    assert refused.text == (
        "SIG-2027-001 ligt bij het AO. Het DO krijgt het met een voorstel van een lid of de secretaris van het AO."
    )
