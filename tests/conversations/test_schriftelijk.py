"""A decision in writing, between two meetings: asked, answered, fixed, and listed at the next one (INV-22)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.testing import Simulation, TestBot
from commands.words.decision import Decision, DecisionState, StandKind
from commands.words.signal import SignalState
from commands.words.structure import Structure
from config.people import PeopleFile
from storage.store import SqlStore
from tests.conftest import at

SECRETARY, CHAIR = "rijk.secr.2", "rijk.do.1"
ASK = "!besluit 1 het DO stemt in met een tijdelijk kader, schriftelijk tot 14 mei"


def decision(register: Any) -> Decision:
    found = register.ask(lambda store: store.get(Decision, "BES-2027-001"))
    assert isinstance(found, Decision)
    return found


def all_agree(bot: TestBot, asked: str) -> None:
    for party in ("rijk.do.1", "vng.do.1", "ipo.do.1", "uvw.do.1"):
        bot.say(party, "akkoord", room="DO", reply_to=asked)


def test_the_parties_answer_and_the_chair_fixes_it(at_do: TestBot, register: Any) -> None:
    [asked] = at_do.say(SECRETARY, ASK.replace("!besluit 1", "!besluit SIG-1"), room="DO")
    assert asked.text == (
        "BES-2027-001, schriftelijke ronde tot en met vr 14 mei 2027: het DO stemt in met een tijdelijk kader.\n"
        "Gevraagd aan Rijk, VNG, IPO en UvW: antwoord met akkoord, of met voorbehoud of tegen en waarom. "
        "Wie niets zegt, stemt niet in. Het staat op DO di 25 mei 2027."
    )
    made = decision(register)
    assert (made.meeting, str(made.written_until), made.signals) == ("VRG-DO-2027-01", "2027-05-14", ("SIG-2027-001",))
    assert {one.kind for one in made.stands} == {StandKind.PENDING}
    assert register.signal().state is SignalState.HANDLING, "nothing is decided yet"
    [said] = at_do.say("vng.do.1", "voorbehoud ruimte voor maatwerk", room="DO", reply_to=asked.id)
    assert said.text == "BES-2027-001: VNG akkoord met voorbehoud: ruimte voor maatwerk."
    for person in ("rijk.do.1", "ipo.do.1"):
        at_do.say(person, "akkoord", room="DO", reply_to=asked.id)
    [refused] = at_do.say(CHAIR, "!besluit BES-1 vaststellen", room="DO")
    assert refused.text == "Nog geen antwoord van UvW. Wie niets zegt, stemt niet in. Noteren: !standpunt."
    [last] = at_do.say("uvw.do.1", "akkoord", room="DO", reply_to=asked.id)
    assert last.text == (
        "BES-2027-001: UvW akkoord. Alle partijen hebben geantwoord; de voorzitter kan het vaststellen."
    )
    [sure] = at_do.say(CHAIR, "!besluit BES-1 vaststellen", room="DO")
    *_, told = at_do.say(CHAIR, "ja", room="dm", reply_to=sure.id)
    assert (told.room, told.text) == (
        "dm:uvw.ao.1",
        "SIG-2027-001 (Baggerdepots zitten vol): besluit van het DO, in een schriftelijke ronde: "
        "het DO stemt in met een tijdelijk kader.",
    )
    assert (decision(register).state, register.signal().state) == (DecisionState.FIXED, SignalState.DECIDED)


def test_silence_is_no_consent_and_the_next_meeting_lists_it(at_do: TestBot, register: Any) -> None:
    at_do.until(at("2027-05-03 10:00"))
    [asked] = at_do.say(SECRETARY, "!besluit het DO stemt in met het kader schriftelijk tot 12 mei", room="DO")
    at_do.say("vng.do.1", "akkoord", room="DO", reply_to=asked.id)
    said = at_do.until(at("2027-05-14 09:00"))
    [told] = [one for one in said if one.room == f"dm:{SECRETARY}" and "schriftelijke ronde" in one.text]
    assert told.at == at("2027-05-13 08:30")
    assert (
        "De schriftelijke ronde over BES-2027-001 (het DO stemt in met het kader) is voorbij. Nog geen antwoord van "
        "Rijk, IPO en UvW; wie niets zegt, stemt niet in. Het staat op DO di 25 mei 2027."
    ) in told.text
    [digest] = [one for one in said if one.kind == "digest" and one.room == "DO"]
    assert (
        "Schriftelijke ronde\n\n"
        "- BES-2027-001 het DO stemt in met het kader, concept, antwoord tot en met woensdag 12 mei. "
        "Stand: VNG akkoord. Rijk nog te bevestigen. IPO nog te bevestigen. UvW nog te bevestigen."
    ) in digest.text
    assert decision(register).state is DecisionState.CONCEPT


def test_without_a_day_it_is_asked_and_the_day_lies_before_the_meeting(at_do: TestBot) -> None:
    [asked] = at_do.say(SECRETARY, "!besluit het DO stemt in, schriftelijk", room="DO")
    assert asked.text == "Tot en met welke dag kunnen partijen antwoorden?"
    [refused] = at_do.say(SECRETARY, "25 mei", room="dm", reply_to=asked.id)
    assert refused.text == (
        "Het DO vergadert al op di 25 mei 2027: neem het besluit daar, of kies een dag daarvoor om te antwoorden."
    )


def test_a_group_decides_nothing_in_writing_either(bot: TestBot) -> None:
    [refused] = bot.say("vng.wg.1", "!besluit we stoppen schriftelijk tot 14 mei", room="WG-PFAS")
    assert refused.text == "Een werkgroep adviseert. Als advies aan het AO vastleggen?"


def test_a_sentence_may_begin_with_a_year(at_do: TestBot, register: Any) -> None:
    at_do.until(at("2027-05-25 14:00"))
    at_do.say(SECRETARY, "!besluit 2027 wordt het jaar van de bodem", room="DO")
    assert decision(register).text == "2027 wordt het jaar van de bodem"


def test_the_question_reaches_the_room_from_elsewhere_and_the_agenda_lists_it(at_do: TestBot, register: Any) -> None:
    said = at_do.say(SECRETARY, "!besluit SIG-1 het DO stemt in met het kader schriftelijk t/m 14 mei", room="dm")
    asked = next(one for one in said if one.room == "DO")
    assert asked.text.startswith("BES-2027-001, schriftelijke ronde tot en met vr 14 mei 2027")
    [answer] = [one for one in said if one.room == f"dm:{SECRETARY}"]
    assert answer.text == "BES-2027-001: voorgelegd aan het DO, tot en met vr 14 mei 2027."
    at_do.say("vng.do.1", "tegen", room="DO", reply_to=asked.id)
    at_do.say("vng.do.1", "te duur", room="dm")
    [agenda] = at_do.say(SECRETARY, "!agenda", room="DO")
    assert "BES-2027-001 het DO stemt in met het kader, concept, antwoord tot en met vrijdag 14 mei." in agenda.text
    assert "VNG niet akkoord: te duur." in agenda.text
    at_do.say(SECRETARY, "!vergadering annuleer DO 25 mei want storm", room="DO")
    said = at_do.until(at("2027-05-18 09:00"))
    [told] = [one.text for one in said if one.room == f"dm:{SECRETARY}" and "schriftelijke ronde" in one.text]
    assert "Nog geen antwoord van Rijk, IPO en UvW; wie niets zegt, stemt niet in. Het staat op DO " in told
    assert "25 mei" not in told


def test_an_older_decision_gives_way_when_the_new_one_is_fixed(at_do: TestBot, register: Any) -> None:
    at_do.until(at("2027-05-25 14:00"))
    at_do.say(SECRETARY, "!besluit het kader geldt een jaar", room="DO")
    [sure] = at_do.say(CHAIR, "!besluit BES-1 vaststellen", room="DO")
    at_do.say(CHAIR, "ja", room="dm", reply_to=sure.id)
    typed = "!besluit het kader geldt twee jaar herziet:BES-2027-001 schriftelijk:14 juni"
    asked = at_do.say(SECRETARY, typed, room="DO")[0]
    assert decision(register).state is DecisionState.FIXED
    all_agree(at_do, asked.id)
    [sure] = at_do.say(CHAIR, "!besluit BES-2 vaststellen", room="DO")
    at_do.say(CHAIR, "ja", room="dm", reply_to=sure.id)
    assert (decision(register).state, decision(register).revised_by) == (DecisionState.REVISED, "BES-2027-002")


def test_where_that_was_agreed_silence_does_consent_but_not_before_the_day_is_over(
    structure: Structure, people: PeopleFile
) -> None:
    agreed = replace(structure, thresholds=replace(structure.thresholds, silence_consents=True))
    bot = TestBot(Simulation(agreed, people), at("2027-05-03 10:00"))
    [asked] = bot.say(SECRETARY, "!besluit het DO stemt in met het kader schriftelijk tot 12 mei", room="DO")
    assert "Wie niets zegt, stemt in." in asked.text
    [early] = bot.say(CHAIR, "!besluit BES-1 vaststellen", room="DO")
    assert early.text.startswith("Nog geen antwoord van Rijk, VNG, IPO, UvW.")
    told = [one.text for one in bot.until(at("2027-05-13 09:00")) if one.room == f"dm:{SECRETARY}"]
    assert any("Geen antwoord van Rijk, VNG, IPO en UvW, dat telt als instemming." in text for text in told)
    [sure] = bot.say(CHAIR, "!besluit BES-1 vaststellen", room="DO")
    bot.say(CHAIR, "ja", room="dm", reply_to=sure.id)
    made = bot.simulation.database.work(lambda session: SqlStore(session).get(Decision, "BES-2027-001"))
    assert made is not None
    assert made.state is DecisionState.FIXED
    assert {(one.kind, one.because) for one in made.stands} == {(StandKind.AGREES, "geen bezwaar binnen de termijn")}
    bot.simulation.close()
