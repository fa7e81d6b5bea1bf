"""!raadpleeg: a question to those the parties speak for, which their contacts let go (C48, R-127, R-129)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.testing import Simulation, TestBot
from commands.kit.ports import Change
from commands.words.consultation import ConsultationState
from commands.words.minutes import Bulletin, BulletinState
from commands.words.people import Room
from commands.words.structure import Structure
from config.people import PeopleFile
from storage.store import SqlStore
from tests.conftest import at
from tests.conversations.consulting import (
    ASK,
    IPO,
    SECRETARY,
    VNG,
    consultation,
    draft,
    only,
)


# --- asking -----------------------------------------------------------------------------------------------------------
def test_the_contacts_get_a_text_to_release_and_nothing_is_posted(contacts: TestBot, register: Any) -> None:
    said = contacts.say(SECRETARY, ASK)
    assert only(said, "AO").text == (
        "RPL-2027-001 ligt klaar voor vrijgave door de koepelcontacten van VNG en IPO; "
        "sluit maandag 1 maart 2027, vóór het AO do 4 mrt 2027."
    )
    assert only(said, f"dm:{VNG}").text == (
        "RPL-2027-001: het AO van donderdag 4 maart 2027 vraagt het standpunt van VNG, uiterlijk maandag 1 maart 2027. "
        "Hieronder de tekst voor de achterban (TRK-2027-001); ik plaats die niet zelf. "
        "Antwoord met ja om hem vrij te geven, met standpunt en wat VNG vindt, of met vervalt en een reden. "
        "Het signaal lezen: !toon SIG-2027-001.\n"
        "[raadpleging] Het AO van donderdag 4 maart 2027 vraagt de achterban van VNG:\n"
        "Steunt u een tijdelijk kader?\n"
        "Antwoorden kan tot en met maandag 1 maart 2027, bij het koepelcontact van VNG.\n"
        "Langs deze lijn: AO, VNG."
    )
    assert {one.room for one in said} == {"AO", f"dm:{VNG}", f"dm:{IPO}"}
    one = consultation(register)
    assert (one.parties, one.about, one.meeting, one.state) == (
        ("VNG", "IPO"), "SIG-2027-001", "VRG-AO-2027-02", ConsultationState.OPEN,
    )  # fmt: skip


def test_a_question_in_quotation_marks_that_begins_with_en_is_no_list_of_parties(
    contacts: TestBot, register: Any
) -> None:
    contacts.say(SECRETARY, '!raadpleeg VNG "En hoeveel geld is er?" sluit 1 maart voor VRG-AO-2027-02')
    assert (consultation(register).parties, consultation(register).question) == (("VNG",), "En hoeveel geld is er?")


def test_what_is_missing_is_asked_one_by_one(contacts: TestBot, register: Any) -> None:
    [parties] = contacts.say(SECRETARY, "!raadpleeg over SIG-1 voor VRG-AO-2027-02")
    assert parties.text == "Welke koepels: VNG, IPO, UvW of alle?"
    [question] = contacts.say(SECRETARY, "VNG", reply_to=parties.id)
    assert question.text == "Wat is de vraag aan de achterban? Eén zin is genoeg."
    [date] = contacts.say(SECRETARY, "Steunt u een tijdelijk kader?", reply_to=question.id)
    assert date.text == "Wanneer sluit de raadpleging? Uiterlijk woensdag 3 maart 2027, vóór het AO do 4 mrt 2027."
    assert consultation(register) is None
    said = contacts.say(SECRETARY, "1 maart", reply_to=date.id)
    assert "sluit maandag 1 maart 2027" in only(said, "AO").text


@pytest.mark.parametrize("word", ["n.t.b.", "doorlopend", "open einde", "nader te bepalen"])
def test_a_closing_date_is_never_still_to_be_said(contacts: TestBot, register: Any, word: str) -> None:
    [asks] = contacts.say(SECRETARY, f'!raadpleeg VNG "Steunt u dit?" sluit {word} voor AO')
    assert asks.text == "Een raadpleging heeft een sluitdatum, vóór de vergadering. Welke dag?"
    [again] = contacts.say(SECRETARY, "doorlopend", reply_to=asks.id)
    assert again.text == asks.text
    assert consultation(register) is None


def test_a_date_after_the_meeting_is_refused_with_one_that_works(contacts: TestBot) -> None:
    [refused] = contacts.say(SECRETARY, '!raadpleeg VNG "Steunt u dit?" sluit 5 maart voor VRG-AO-2027-02')
    assert refused.text == "Dat is na het AO van do 4 mrt 2027. Sluiten op wo 3 mrt 2027?"
    said = contacts.say(SECRETARY, "ja", reply_to=refused.id)
    assert "sluit woensdag 3 maart 2027" in only(said, "AO").text


def test_a_party_without_a_contact_is_named_and_without_any_nothing_is_asked(contacts: TestBot, register: Any) -> None:
    [none] = contacts.say(SECRETARY, '!raadpleeg UvW "Steunt u dit?" sluit 1 maart voor VRG-AO-2027-02')
    assert none.text == "Van UvW is geen koepelcontact bekend. Leg dat vast met !rol."
    said = contacts.say(SECRETARY, '!raadpleeg alle "Steunt u dit?" sluit 1 maart voor VRG-AO-2027-02')
    assert only(said, "AO").text.endswith("Niet gevraagd: UvW, daar is geen koepelcontact. Leg dat vast met !rol.")
    assert consultation(register).parties == ("VNG", "IPO", "UvW")


def test_who_may_not_ask_hears_who_may_and_a_contact_asks_for_the_own_party_only(contacts: TestBot) -> None:
    [member] = contacts.say("uvw.ao.1", '!raadpleeg VNG "Steunt u dit?" sluit 1 maart voor AO')
    assert member.text.startswith("Dit mag alleen")
    [other] = contacts.say(VNG, '!raadpleeg IPO "Steunt u dit?" sluit 1 maart voor VRG-AO-2027-02', room="dm")
    assert other.text == (
        "Raadplegen voor het AO doet de secretaris of de voorzitter, of een koepelcontact voor de eigen koepel."
    )
    said = contacts.say(VNG, '!raadpleeg "Steunt u dit?" sluit 1 maart voor VRG-AO-2027-02', room="dm")
    own, notice = (one for one in said if "[raadpleging]" not in one.text)
    assert own.room == f"dm:{VNG}"
    assert (notice.room, notice.text) == (
        f"dm:{SECRETARY}", "RPL-2027-001 van vng.wg.2: Steunt u dit? VNG, sluit ma 1 mrt 2027.",
    )  # fmt: skip


def test_a_group_asks_by_the_body_above_it_and_rijk_speaks_for_nobody(contacts: TestBot) -> None:
    [group] = contacts.say(SECRETARY, '!raadpleeg VNG "Steunt u dit?" voor WG-PFAS sluit 1 maart')
    assert group.text == "Een achterban raadplegen doet een vast overleg, niet een groep. Voor het AO?"
    [rijk] = contacts.say(SECRETARY, '!raadpleeg Rijk "Steunt u dit?" sluit 1 maart voor VRG-AO-2027-02')
    assert rijk.text == "Rijk spreekt niet namens anderen. Dat kan via VNG, IPO en UvW."
    [web] = contacts.say(SECRETARY, '!raadpleeg WEB "Steunt u dit?" sluit 1 maart voor VRG-AO-2027-02')
    assert web.text == "Van welke koepel WEB het netwerk is, is nog niet ingevuld. Noem de koepel."


def test_what_is_sensitive_is_asked_of_nobody_also_when_it_became_so_later(asked: TestBot, register: Any) -> None:
    asked.say(SECRETARY, "!wijzig SIG-1 gevoelig:ja")
    refused = asked.say(SECRETARY, ASK)
    assert refused[0].text == (
        "SIG-2027-001 is politiek gevoelig of gaat daarover; dat gaat niet naar een achterban. "
        "Kies een ander onderwerp."
    )
    [kept] = asked.say(VNG, "ja", room="dm", reply_to=draft(asked, VNG).id)
    assert "dat gaat niet naar een achterban" in kept.text
    assert register.ask(lambda store: store.get(Bulletin, "TRK-2027-001")).state is BulletinState.DRAFT


def test_asking_is_undone_and_then_no_draft_can_be_let_go(asked: TestBot, register: Any) -> None:
    said = asked.say(SECRETARY, "!ongedaan")
    assert consultation(register).state is ConsultationState.WITHDRAWN
    assert f"dm:{VNG}" in {one.room for one in said}
    [refused] = asked.say(VNG, "!vrijgeef TRK-1", room="dm")
    assert refused.text == "TRK-2027-001 is al vervallen."
    assert asked.until(at("2027-03-05 09:00")) is not None
    assert not [one for one in asked.log if one.kind in ("nudge", "reminder") and "RPL-" in one.text]


# --- letting go -------------------------------------------------------------------------------------------------------
def test_the_text_goes_out_by_the_contact_and_then_the_position_is_asked(asked: TestBot, register: Any) -> None:
    [sent] = asked.say(VNG, "ja", room="dm", reply_to=draft(asked, VNG).id)
    assert sent.text == (
        "TRK-2027-001 is vrijgegeven. Hierbij de tekst; zo stuur je het door. "
        "Antwoord daarna met standpunt en wat de koepel vindt, tot en met maandag 1 maart 2027."
    )
    assert [file.name for file in sent.files] == ["raadpleging-rpl-2027-001.txt", "raadpleging-rpl-2027-001.pdf"]
    assert "Steunt u een tijdelijk kader?" in sent.files[0].data.decode()
    [noted] = asked.say(VNG, "standpunt akkoord, mits er geld komt", room="dm", reply_to=sent.id)
    assert noted.text == "RPL-2027-001: standpunt genoteerd. VNG akkoord: mits er geld komt."
    text = register.ask(lambda store: store.get(Bulletin, "TRK-2027-001"))
    assert (text.state, text.released_by, text.line) == (BulletinState.SENT, VNG, ("AO", "VNG"))


def test_where_the_network_has_a_room_the_text_is_put_there_once_it_is_let_go(
    structure: Structure, people: PeopleFile
) -> None:
    web = next(one for one in structure.connections if one.code == "WEB")
    bodies = tuple(replace(one, umbrella="VNG") if one == web else one for one in structure.bodies)
    simulation = Simulation(replace(structure, bodies=bodies), people)
    bot = TestBot(simulation, at("2027-01-11 09:00"))
    room = Room("WEB", matrix="!web:overleg.example")
    simulation.database.work(lambda session: SqlStore(session).put(room, Change(SECRETARY, bot.at)))
    bot.say(SECRETARY, f"!rol @{VNG} koepelcontact AO namens VNG")
    before = bot.say(SECRETARY, '!raadpleeg WEB "Steunt u een tijdelijk kader?" sluit 1 maart voor VRG-AO-2027-02')
    assert "WEB" not in {one.room for one in before}
    assert "Langs deze lijn: AO, VNG, WEB." in only(before, f"dm:{VNG}").text
    [told, posted] = bot.say(VNG, "!vrijgeef TRK-1", room="dm")
    assert told.text.startswith("TRK-2027-001 staat in de kamer van WEB.")
    assert posted.room == "WEB"
    assert posted.text.startswith("[raadpleging] Het AO van donderdag 4 maart 2027 vraagt de achterban van VNG:")
    assert "RPL-" not in posted.text
    simulation.close()


def test_of_two_consultations_it_is_asked_which_one_a_position_is_on(asked: TestBot, register: Any) -> None:
    asked.say(SECRETARY, '!raadpleeg VNG "Hoeveel geld is er?" sluit 22 februari voor VRG-AO-2027-02')
    [which] = asked.say(VNG, "standpunt akkoord, mits er geld komt", room="dm")
    assert which.text == "2, 1 of beide?"
    assert [one.answers for one in (consultation(register, 1), consultation(register, 2))] == [(), ()]
    [noted] = asked.say(VNG, "1", room="dm", reply_to=which.id)
    assert noted.text == "RPL-2027-001: standpunt genoteerd. VNG akkoord: mits er geld komt."
    assert consultation(register, 2).answers == ()


def test_a_reply_to_the_question_itself_is_on_that_one(asked: TestBot, register: Any) -> None:
    first = draft(asked, VNG)
    asked.say(SECRETARY, '!raadpleeg VNG "Hoeveel geld is er?" sluit 22 februari voor VRG-AO-2027-02')
    [noted] = asked.say(VNG, "standpunt akkoord", room="dm", reply_to=first.id)
    assert noted.text == "RPL-2027-001: standpunt genoteerd. VNG akkoord."


def test_a_text_that_goes_out_after_the_position_does_not_ask_for_it(asked: TestBot) -> None:
    asked.say(VNG, "!standpunt RPL-1 akkoord", room="dm")
    [sent] = asked.say(VNG, "!vrijgeef TRK-1", room="dm")
    assert sent.text == (
        "TRK-2027-001 is vrijgegeven. Hierbij de tekst; zo stuur je het door. "
        "Het standpunt van VNG is al genoteerd; wat nu nog komt, vervangt het."
    )


def test_the_secretary_lets_nothing_go_for_a_party(asked: TestBot) -> None:
    [refused] = asked.say(SECRETARY, "!vrijgeef TRK-1")
    assert refused.text == "TRK-2027-001 geeft het koepelcontact vrij (vng.wg.2)."


def test_after_the_closing_date_the_text_goes_out_no_more(asked: TestBot) -> None:
    asked.until(at("2027-03-02 09:00"))
    [refused] = asked.say(VNG, "!vrijgeef TRK-1", room="dm")
    assert refused.text == (
        "De sluitdatum van RPL-2027-001 was ma 1 mrt 2027. "
        "Verzet die met !raadpleeg RPL-2027-001 sluit en een datum, of laat dit bericht vervallen."
    )


def test_a_text_that_was_never_let_go_is_asked_about_once_after_the_closing_date(asked: TestBot, register: Any) -> None:
    """INV-10: the clock lets nothing lapse; who might have let it go says yes, or leaves it."""
    asked.say(IPO, "!vrijgeef TRK-2", room="dm")
    [question] = [one for one in asked.until(at("2027-03-02 09:00")) if one.room == f"dm:{VNG}" and "sloot" in one.text]
    assert f"{question.at:%m-%d %H:%M}" == "03-02 08:30"
    assert question.text == (
        "TRK-2027-001: RPL-2027-001 sloot op maandag 1 maart, en deze tekst voor de achterban van VNG is niet "
        "vrijgegeven. Hij gaat niet meer uit. Zal ik hem laten vervallen? Antwoord met ja. Ik vraag dit één keer."
    )
    text: Bulletin = register.ask(lambda store: store.get(Bulletin, "TRK-2027-001"))
    assert text.state is BulletinState.DRAFT
    later = asked.until(at("2027-06-30 18:00"))
    assert not [one for one in later if one.kind == "nudge" and "TRK-2027-001" in one.text]
    [done] = asked.say(VNG, "ja", room="dm", reply_to=question.id)
    assert done.text == "TRK-2027-001 gaat niet uit."
    text = register.ask(lambda store: store.get(Bulletin, "TRK-2027-001"))
    assert (text.state, text.because) == (BulletinState.WAIVED, "RPL-2027-001 is gesloten")


def test_after_another_closing_date_it_is_asked_only_then(asked: TestBot) -> None:
    asked.say(SECRETARY, "!raadpleeg RPL-1 sluit 3 maart")
    said = [one for one in asked.until(at("2027-03-05 09:00")) if "niet vrijgegeven" in one.text]
    assert [(f"{one.at:%m-%d}", one.room) for one in said] == [("03-04", f"dm:{IPO}"), ("03-04", f"dm:{VNG}")]


def test_a_withdrawn_question_asks_nothing_about_its_texts(asked: TestBot) -> None:
    asked.say(SECRETARY, "!raadpleeg RPL-1 intrekken want het is opgelost")
    assert [one for one in asked.until(at("2027-03-05 09:00")) if "niet vrijgegeven" in one.text] == []
