"""!besluit, !voorbehoud and !mandaat: what a body decided, what the parties say of it, and what is fixed."""

from __future__ import annotations

from typing import Any

import pytest

from bot.testing import TestBot
from commands.words.decision import Decision, DecisionState, StandKind
from commands.words.meeting import AgendaItem, ItemState
from commands.words.signal import SignalState
from tests.conftest import at

SECRETARY, CHAIR = "rijk.secr.2", "rijk.do.1"


@pytest.fixture
def meeting(at_do: TestBot) -> TestBot:
    """The DO of Tuesday 25 May, with the signal as item 1."""
    at_do.until(at("2027-05-20 09:00"))
    at_do.say(SECRETARY, "!agendeer 1 voor DO ter besluitvorming horizon:actualiteit", room="DO")
    at_do.until(at("2027-05-25 14:30"))
    return at_do


def decision(register: Any, number: int = 1) -> Decision:
    found = register.ask(lambda store: store.get(Decision, f"BES-2027-{number:03d}"))
    assert isinstance(found, Decision)
    return found


def answers(said: list[Any]) -> list[tuple[str, str]]:
    return [(one.room, one.text) for one in said]


def test_the_secretary_writes_down_what_the_meeting_decided(meeting: TestBot, register: Any) -> None:
    said = meeting.say(SECRETARY, "!besluit 1 het DO stemt in met een tijdelijk kader", room="DO")
    assert answers(said) == [
        ("DO", "BES-2027-001, concept, bij punt 1 van DO di 25 mei 2027. Voorbehouden?"),
        (
            "dm:uvw.ao.1",
            "SIG-2027-001 (Baggerdepots zitten vol): besluit van het DO van di 25 mei 2027: "
            "het DO stemt in met een tijdelijk kader.",
        ),
    ]
    made = decision(register)
    assert (made.body, made.meeting, made.item, made.signals) == (
        "DO",
        "VRG-DO-2027-01",
        "AGP-2027-001",
        ("SIG-2027-001",),
    )
    assert [(one.party, one.kind) for one in made.stands] == [
        (party, StandKind.AGREES) for party in ("Rijk", "VNG", "IPO", "UvW")
    ]
    item = register.ask(lambda store: store.get(AgendaItem, "AGP-2027-001"))
    assert (item.state, item.outcome) == (ItemState.TREATED, "besloten")
    assert register.signal().state is SignalState.DECIDED


def test_the_reservation_is_the_answer_to_the_question(meeting: TestBot, register: Any) -> None:
    asked = meeting.say(SECRETARY, "!besluit 1 het DO stemt in", room="DO")[0]
    [noted] = meeting.say(SECRETARY, "VNG: ruimte voor maatwerk", room="DO", reply_to=asked.id)
    assert noted.text == (
        "BES-2027-001: Rijk, IPO en UvW akkoord; VNG akkoord met voorbehoud: ruimte voor maatwerk. "
        "Maat en meetmoment vraag ik na afloop."
    )
    [none] = meeting.say(SECRETARY, "geen", room="DO", reply_to=asked.id)
    assert none.text == ("Genoteerd: geen voorbehouden bij BES-2027-001. Maat en meetmoment vraag ik na afloop.")


def test_a_reservation_is_lifted_also_after_the_decision_is_fixed(meeting: TestBot, register: Any) -> None:
    meeting.say(SECRETARY, "!besluit 1 het DO stemt in", room="DO")
    meeting.say(SECRETARY, "!voorbehoud BES-1 VNG ruimte voor maatwerk", room="DO")
    [sure] = meeting.say(CHAIR, "!besluit vaststellen 1", room="DO")
    assert (sure.room, sure.text) == (
        "dm:rijk.do.1",
        "BES-2027-001: het DO stemt in. Daarna staat de tekst vast. Vaststellen?",
    )
    fixed = meeting.say(CHAIR, "ja", room="dm", reply_to=sure.id)
    assert answers(fixed) == [("DO", "BES-2027-001 is vastgesteld. Nog nodig: maat en meetmoment, met !monitoring 1.")]
    assert decision(register).state is DecisionState.FIXED
    meeting.until(at("2027-07-01 09:00"))
    [lifted] = [
        one for one in meeting.say("vng.do.1", "!voorbehoud BES-1 VNG opgeheven", room="DO") if one.room == "DO"
    ]
    assert lifted.text == (
        "BES-2027-001: Rijk, IPO en UvW akkoord; VNG akkoord met voorbehoud: ruimte voor maatwerk "
        "(opgeheven do 1 jul 2027)."
    )
    [refused] = meeting.say("ipo.do.1", "!voorbehoud BES-1 IPO toch niet", room="DO")
    assert refused.text == "BES-2027-001 is vastgesteld; het standpunt van IPO staat vast. Kijk met !toon BES-2027-001."


def test_a_member_decides_in_the_meeting_and_not_in_the_chat(meeting: TestBot, register: Any) -> None:
    [refused] = meeting.say("vng.do.1", "!besluit wij zijn akkoord met het kader", room="DO")
    assert (refused.room, refused.text) == (
        "dm:vng.do.1",
        "Een besluit neemt u in de vergadering, niet in de chat. De secretaris van het DO legt het vast.",
    )
    assert register.ask(lambda store: store.decisions()) == ()


def test_outside_a_meeting_nothing_is_decided(at_do: TestBot, register: Any) -> None:
    [refused] = at_do.say(SECRETARY, "!besluit het DO stemt in", room="DO")
    assert refused.text == "Het DO vergadert vandaag niet. De volgende is di 25 mei 2027; op die dag kan het."


def test_after_the_meeting_the_secretary_is_asked_which_one(meeting: TestBot, register: Any) -> None:
    meeting.until(at("2027-05-27 09:00"))
    [asked] = meeting.say(SECRETARY, "!besluit het DO stemt in", room="DO")
    assert asked.text == "Van DO di 25 mei 2027?"
    [made] = meeting.say(SECRETARY, "ja", room="dm", reply_to=asked.id)
    assert made.text == "BES-2027-001, concept, bij DO di 25 mei 2027. Voorbehouden?"


def test_the_text_is_asked(meeting: TestBot) -> None:
    [asked] = meeting.say(SECRETARY, "!besluit 1", room="DO")
    assert asked.text == "Wat is het besluit? Eén volledige zin, te begrijpen zonder de stukken."
    made = meeting.say(SECRETARY, "Het DO stemt in", room="dm", reply_to=asked.id)
    assert made[0].text.startswith("BES-2027-001, concept, bij punt 1")


def test_a_working_group_advises(bot: TestBot, register: Any) -> None:
    [refused] = bot.say("uvw.wg.1", "!besluit we stoppen met bemonsteren", room="WG-PFAS")
    assert refused.text == "Een werkgroep adviseert. Als advies aan het AO vastleggen?"
    done = bot.say("uvw.wg.1", "ja", room="WG-PFAS", reply_to=refused.id)
    assert answers(done) == [
        ("WG-PFAS", "Vastgelegd: WG-PFAS adviseert het AO."),
        ("AO", "WG-PFAS adviseert: we stoppen met bemonsteren."),
    ]
    assert register.ask(lambda store: store.decisions()) == ()
    [heard] = register.ask(lambda store: store.feedback(about="WG-PFAS"))
    assert (heard.to, heard.text) == ("AO", "we stoppen met bemonsteren")


def test_an_undone_decision_leaves_no_trace_but_its_number(meeting: TestBot, register: Any) -> None:
    meeting.say(SECRETARY, "!besluit 1 het DO stemt in", room="DO")
    undone = meeting.say(SECRETARY, "!ongedaan", room="DO")
    assert undone[0].text.startswith("Ongedaan gemaakt: BES-2027-001 vastgelegd")
    assert decision(register).state is DecisionState.LAPSED
    assert register.signal().state is SignalState.SCHEDULED
    item = register.ask(lambda store: store.get(AgendaItem, "AGP-2027-001"))
    assert (item.state, item.outcome) == (ItemState.SCHEDULED, "")


# --- the mandate -----------------------------------------------------------------------------------------------------
@pytest.fixture
def ao(weighed: TestBot) -> TestBot:
    weighed.until(at("2027-01-14 11:00"))
    return weighed


def test_without_a_mandate_the_chair_of_the_ao_is_asked_each_time(ao: TestBot, register: Any) -> None:
    made, heard, asked = ao.say("rijk.secr.1", "!besluit sig1 er komt een depotkaart", room="AO")
    assert made.text == (
        "BES-2027-001, concept, bij AO do 14 jan 2027. Of dit binnen het mandaat valt, vraag ik de voorzitter. "
        "Voorbehouden?"
    )
    assert heard.room == "dm:uvw.ao.1"
    assert answers([asked]) == [
        (
            "dm:rijk.ao.0",
            "BES-2027-001: er komt een depotkaart. Valt dit binnen het mandaat van het AO? Antwoord met ja of nee.",
        )
    ]
    [stop] = ao.say("rijk.ao.0", "!besluit vaststellen 1", room="AO")
    assert stop.text.startswith("Van BES-2027-001 is nog niet gezegd of het binnen het mandaat van het AO valt.")
    yes = ao.say("rijk.ao.0", "ja", room="dm", reply_to=asked.id)
    assert answers(yes)[0] == ("dm:rijk.ao.0", "BES-2027-001 valt binnen het mandaat van het AO.")
    assert decision(register).within_mandate is True


def test_outside_the_mandate_it_lapses_and_the_way_is_up(ao: TestBot, register: Any) -> None:
    *_, asked = ao.say("rijk.secr.1", "!besluit sig1 we betalen de depots", room="AO")
    no = ao.say("rijk.ao.0", "nee", room="dm", reply_to=asked.id)
    assert no[0].text == (
        "BES-2027-001 vervalt: het valt buiten het mandaat van het AO. Het DO besluit; leg het voor met !escaleer."
    )
    assert decision(register).state is DecisionState.LAPSED
    assert register.signal().state is SignalState.HANDLING


def test_the_chair_of_the_do_sets_the_mandate_and_the_ao_keeps_within_it(ao: TestBot, register: Any) -> None:
    [empty] = ao.say("vng.ao.1", "!mandaat")
    assert empty.text == "Mandaat AO: nog niet vastgelegd. Ik vraag de voorzitter AO per geval."
    said = ao.say(CHAIR, "!mandaat AO planning, communicatie en werkafspraken", room="DO")
    assert answers(said) == [
        ("DO", "Mandaat AO vastgelegd namens het DO: planning, communicatie, werkafspraken."),
        ("AO", "Mandaat AO vastgelegd namens het DO: planning, communicatie, werkafspraken."),
    ]
    [shown] = ao.say("vng.ao.1", "!mandaat AO")
    assert shown.text == "Mandaat AO (DO, do 14 jan 2027): planning, communicatie, werkafspraken."
    [which] = ao.say("rijk.secr.1", "!besluit sig1 er komt een depotkaart", room="AO")
    assert which.text == ("Onder welk deel van het mandaat valt dit: planning, communicatie, werkafspraken, of anders?")
    [up] = ao.say("rijk.secr.1", "anders", room="AO", reply_to=which.id)
    assert up.text == (
        "Dit valt buiten het mandaat van het AO (planning, communicatie, werkafspraken). Naar het DO escaleren?"
    )
    made = ao.say("rijk.secr.1", "!besluit sig1 er komt een depotkaart categorie:communicatie", room="AO")
    assert made[0].text == "BES-2027-001, concept, bij AO do 14 jan 2027. Voorbehouden?"
    assert decision(register).within_mandate is True
    [refused] = ao.say("rijk.ao.0", "!mandaat AO alles", room="AO")
    assert refused.text == "Een mandaat vaststellen doet de voorzitter van het DO. De voorzitter vragen?"


# --- INV-23 ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def fixed(meeting: TestBot) -> TestBot:
    meeting.say(SECRETARY, "!besluit 1 het DO stemt in", room="DO")
    [sure] = meeting.say(CHAIR, "!besluit vaststellen 1", room="DO")
    meeting.say(CHAIR, "ja", room="dm", reply_to=sure.id)
    return meeting


def test_what_is_fixed_is_revised_by_the_same_body_and_never_by_a_lower_one(fixed: TestBot, register: Any) -> None:
    fixed.until(at("2027-05-27 11:00"))
    [refused] = fixed.say("rijk.secr.1", "!besluit het AO ziet ervan af herziet:BES-1 mandaat:ja", room="AO")
    assert (
        refused.text
        == "BES-2027-001 is van het DO. Herzien kan alleen het DO of het BO. Vraag het aan de secretaris van het DO."
    )
    [asked] = fixed.say(SECRETARY, "!besluit het DO stemt niet in herziet:BES-1", room="DO")
    [made, told] = fixed.say(SECRETARY, "ja", room="dm", reply_to=asked.id)
    assert made.text == "BES-2027-002, concept, bij DO di 25 mei 2027. Herziet BES-2027-001. Voorbehouden?"
    assert told.text.endswith("het besluit hierover is herzien. Nu geldt: het DO stemt niet in.")
    old = decision(register)
    assert (old.state, old.revised_by) == (DecisionState.REVISED, "BES-2027-002")
