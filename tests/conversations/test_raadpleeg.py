"""!raadpleeg: a question to those the parties speak for, and the position of each (C48, R-127, R-129)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.testing import Said, Simulation, TestBot
from commands.kit.ports import Change
from commands.words.consultation import Consultation, ConsultationState
from commands.words.decision import StandKind
from commands.words.minutes import Bulletin, BulletinState
from commands.words.people import Person, Room
from commands.words.structure import Structure
from config.people import PeopleFile
from storage.store import SqlStore
from tests.conftest import at, outsider_in

SECRETARY, CHAIR = "rijk.secr.1", "rijk.ao.0"
VNG, IPO = "vng.wg.2", "ipo.wg.2"
ASK = '!raadpleeg VNG en IPO over SIG-1 "Steunt u een tijdelijk kader?" sluit 1 maart voor VRG-AO-2027-02'


def only(said: list[Said], room: str) -> Said:
    [one] = [one for one in said if one.room == room]
    return one


def answers(said: list[Said]) -> list[tuple[str, str]]:
    return [(one.room, one.text) for one in said]


def consultation(register: Any, number: int = 1) -> Consultation:
    found: Consultation = register.ask(lambda store: store.get(Consultation, f"RPL-2027-{number:03d}"))
    return found


@pytest.fixture
def contacts(filed: TestBot) -> TestBot:
    """An umbrella contact of the VNG and of the IPO, none of the UvW; they sit in no body. SIG-1 lies at the AO."""
    filed.say(SECRETARY, f"!rol @{VNG} koepelcontact AO namens VNG")
    filed.say(SECRETARY, f"!rol @{IPO} koepelcontact AO namens IPO")
    return filed


@pytest.fixture
def asked(contacts: TestBot) -> TestBot:
    """RPL-2027-001 about SIG-1, for the AO of 4 March, closes on Monday 1 March."""
    contacts.say(SECRETARY, ASK)
    return contacts


def draft(bot: TestBot, person: str) -> Said:
    return [one for one in bot.log if one.room == f"dm:{person}" and "[raadpleging]" in one.text][-1]


# --- asking ----------------------------------------------------------------------------------------------------------
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


# --- letting go ------------------------------------------------------------------------------------------------------
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


# --- answering -------------------------------------------------------------------------------------------------------
def test_a_position_may_be_in_words_of_its_own_with_how_many_answered(asked: TestBot, register: Any) -> None:
    [noted] = asked.say(VNG, "!standpunt RPL-1 12 van de 40: voor de zomer lukt het niet", room="dm")
    assert noted.text == "RPL-2027-001: standpunt genoteerd. VNG: voor de zomer lukt het niet (12 van 40)."
    [given] = consultation(register).answers
    assert (given.kind, given.text, given.heard, given.asked, given.late) == (
        None, "voor de zomer lukt het niet", 12, 40, False,
    )  # fmt: skip
    [changed] = asked.say(VNG, "!standpunt RPL-1 tegen want te duur", room="dm")
    assert changed.text == "RPL-2027-001: standpunt gewijzigd. VNG niet akkoord: te duur."
    rows = [row.why for row in register.ask(lambda store: store.history("RPL-2027-001"))]
    assert rows == [
        "VNG en IPO gevraagd, tot en met ma 1 mrt 2027",
        "standpunt VNG: voor de zomer lukt het niet (12 van 40)",
        "standpunt VNG niet akkoord: te duur",
    ]
    asked.say(VNG, "!ongedaan", room="dm")
    assert consultation(register).answers[0].text == "voor de zomer lukt het niet"


@pytest.mark.parametrize("count", ["50 van de 40", "0 van de 0", "3 van 2"])
def test_a_count_that_cannot_be_is_asked_again_and_not_kept(asked: TestBot, register: Any, count: str) -> None:
    [again] = asked.say(VNG, f"!standpunt RPL-1 {count}: voor de zomer lukt het niet", room="dm")
    assert again.text == "Dat aantal kan niet. Wat is het standpunt van VNG, en van hoeveel van de hoeveel?"
    assert consultation(register).answers == ()
    [noted] = asked.say(VNG, "12 van de 40: voor de zomer lukt het niet", room="dm", reply_to=again.id)
    assert noted.text == "RPL-2027-001: standpunt genoteerd. VNG: voor de zomer lukt het niet (12 van 40)."


def test_what_is_missing_from_a_position_is_asked(asked: TestBot) -> None:
    [question] = asked.say(VNG, "!standpunt RPL-1", room="dm")
    assert question.text == "Wat is het standpunt van VNG: akkoord, voorbehoud of tegen, of in eigen woorden?"
    [which] = asked.say(VNG, "voorbehoud", room="dm", reply_to=question.id)
    assert which.text == "Welk voorbehoud?"
    [noted] = asked.say(VNG, "eerst geld", room="dm", reply_to=which.id)
    assert noted.text == "RPL-2027-001: standpunt genoteerd. VNG akkoord met voorbehoud: eerst geld."


def test_with_the_last_answer_who_asked_hears_it_all(asked: TestBot, register: Any) -> None:
    asked.say(VNG, "!standpunt RPL-1 akkoord", room="dm")
    said = asked.say(IPO, "!standpunt RPL-1 voorbehoud eerst geld", room="dm")
    assert answers(said) == [
        (f"dm:{IPO}", "RPL-2027-001: standpunt genoteerd. IPO akkoord met voorbehoud: eerst geld."),
        (f"dm:{SECRETARY}", "RPL-2027-001 is compleet: VNG akkoord; IPO akkoord met voorbehoud: eerst geld."),
    ]
    assert consultation(register).state is ConsultationState.ANSWERED
    said = asked.until(at("2027-03-03 09:00"))
    nudges = [one for one in said if one.kind in ("nudge", "reminder") and "RPL-" in one.text]
    assert [one.room for one in nudges if "deze tekst" not in one.text] == []
    assert sorted(one.room for one in nudges) == [f"dm:{IPO}", f"dm:{VNG}"], "their texts, which nobody let go"


def test_the_secretary_notes_it_for_a_party_and_nobody_else_does(asked: TestBot, register: Any) -> None:
    [member] = asked.say("vng.ao.1", "!standpunt RPL-1 VNG akkoord")
    assert member.text == "Het standpunt van VNG geeft het koepelcontact, of de secretaris van het AO."
    [which] = asked.say(SECRETARY, "!standpunt RPL-1 akkoord")
    assert which.text == "Van welke partij?"
    [noted] = asked.say(SECRETARY, "VNG", reply_to=which.id)
    assert noted.text == "RPL-2027-001: standpunt genoteerd. VNG akkoord. Nog niet: IPO."
    [other] = asked.say(VNG, "!standpunt RPL-1 IPO tegen want te duur", room="dm")
    assert other.text == "Het standpunt van IPO geeft het koepelcontact, of de secretaris van het AO."
    assert [(one.party, one.kind) for one in consultation(register).answers] == [("VNG", StandKind.AGREES)]


# --- the clock -------------------------------------------------------------------------------------------------------
def test_only_who_has_not_answered_is_reminded_before_the_closing_date(asked: TestBot) -> None:
    asked.say(VNG, "!vrijgeef TRK-1", room="dm")
    asked.say(VNG, "!standpunt RPL-1 akkoord", room="dm")
    asked.say(IPO, "!vrijgeef TRK-2", room="dm")
    said = [one for one in asked.until(at("2027-03-01 23:00")) if one.kind in ("nudge", "reminder")]
    about = [(f"{one.at:%m-%d}", one.room, one.text) for one in said if "RPL-" in one.text]
    text = (
        "RPL-2027-001: tot en met maandag 1 maart vraagt het AO het standpunt van IPO: Steunt u een tijdelijk kader? "
        "Antwoord met standpunt en wat IPO vindt."
    )
    assert about == [("02-22", f"dm:{IPO}", text), ("02-26", f"dm:{IPO}", text)]


def test_after_the_closing_date_the_secretary_hears_what_came_in_and_a_late_answer_is_marked(
    asked: TestBot, register: Any
) -> None:
    asked.say(VNG, "!standpunt RPL-1 akkoord", room="dm")
    said = [one for one in asked.until(at("2027-03-02 09:00")) if "is gesloten" in one.text]
    assert answers(said) == [
        (
            f"dm:{SECRETARY}",
            "RPL-2027-001 is gesloten: VNG akkoord; IPO nog geen antwoord. "
            "Een antwoord dat nog komt, noteer ik als na sluiting.",
        )
    ]
    assert consultation(register).state is ConsultationState.OPEN
    assert [row.why for row in register.ask(lambda store: store.history("RPL-2027-001"))][-1] == (
        "gesloten, 1 van 2 geantwoord"
    )
    late = asked.say(IPO, "!standpunt RPL-1 akkoord", room="dm")
    assert answers(late) == [
        (
            f"dm:{IPO}",
            "RPL-2027-001: standpunt genoteerd. IPO akkoord. Dat is na sluiting (ma 1 mrt 2027); zo staat het er ook "
            "bij.",
        ),
        (f"dm:{SECRETARY}", "RPL-2027-001 is compleet: VNG akkoord; IPO akkoord (na sluiting)."),
    ]
    assert [one.late for one in consultation(register).answers] == [False, True]


def test_a_text_that_waits_is_asked_about_of_its_contact_and_later_of_the_secretary(asked: TestBot) -> None:
    said = asked.until(at("2027-01-26 09:00"))
    waits = [(f"{one.at:%m-%d}", one.room, one.text) for one in said if "TRK-2027-001" in one.text]
    assert waits == [
        (
            "01-18",
            f"dm:{VNG}",
            "TRK-2027-001: De raadpleging van de achterban van VNG (RPL-2027-001) wacht op vrijgave. "
            "Antwoord met ja, of met vervalt en een reden.",
        ),
        (
            "01-25",
            f"dm:{SECRETARY}",
            "Goedemorgen. Dit ligt er nu voor je, op volgorde van datum:\n"
            "1. TRK-2027-001: De raadpleging van de achterban van VNG (RPL-2027-001) is nog niet verstuurd. "
            "Het ligt bij vng.wg.2. Antwoord met vervalt en een reden als het niet meer hoeft.\n"
            "2. TRK-2027-002: De raadpleging van de achterban van IPO (RPL-2027-001) is nog niet verstuurd. "
            "Het ligt bij ipo.wg.2. Antwoord met vervalt en een reden als het niet meer hoeft.",
        ),
    ]


def test_another_closing_date_is_told_to_who_still_has_to_answer_and_moves_the_clock(asked: TestBot) -> None:
    asked.say(VNG, "!standpunt RPL-1 akkoord", room="dm")
    said = asked.say(SECRETARY, "!raadpleeg RPL-1 sluit 24 februari")
    text = "RPL-2027-001 sluit nu woensdag 24 februari 2027; dat was maandag 1 maart 2027."
    assert answers(said) == [
        ("AO", text), (f"dm:{IPO}", f"{text} De tekst voor de achterban (TRK-2027-002) heeft nu die datum."),
    ]  # fmt: skip
    closed = [one for one in asked.until(at("2027-03-02 09:00")) if "is gesloten" in one.text]
    assert [f"{one.at:%m-%d}" for one in closed] == ["02-25"]


def test_a_withdrawn_question_waives_its_drafts_and_the_contacts_read_why(asked: TestBot, register: Any) -> None:
    asked.say(IPO, "!vrijgeef TRK-2", room="dm")
    [why] = asked.say(SECRETARY, "!raadpleeg intrekken RPL-1")
    assert why.text == "Waarom? De koepelcontacten lezen dit."
    said = asked.say(SECRETARY, "het DO vraagt het zelf", reply_to=why.id)
    assert answers(said) == [
        ("AO", "RPL-2027-001 is ingetrokken. Vervallen is TRK-2027-001."),
        (f"dm:{VNG}", "RPL-2027-001 is ingetrokken: het DO vraagt het zelf."),
        (f"dm:{IPO}", "RPL-2027-001 is ingetrokken: het DO vraagt het zelf."),
    ]
    [refused] = asked.say(VNG, "!standpunt RPL-1 akkoord", room="dm")
    assert refused.text == "RPL-2027-001 is ingetrokken; een standpunt is niet meer nodig. Kijk met !toon RPL-2027-001."
    assert register.ask(lambda store: store.get(Bulletin, "TRK-2027-001")).state is BulletinState.WAIVED


def test_a_meeting_that_moves_to_before_the_closing_date_says_so_and_one_that_is_cancelled_lets_it_go_on(
    asked: TestBot,
) -> None:
    asked.at = at("2027-01-11 09:00")
    said = asked.say(CHAIR, "!vergadering verplaats VRG-AO-2027-02 naar 25 februari want het past beter")
    assert (
        f"dm:{SECRETARY}",
        "Het AO van do 4 mrt 2027 is verplaatst naar do 25 feb 2027.\n"
        "RPL-2027-001 sluit ma 1 mrt 2027. Een andere dag kiezen: !raadpleeg RPL-2027-001 sluit en de dag.",
    ) in answers(said)
    asked.say(SECRETARY, "!raadpleeg RPL-1 sluit 22 februari")
    said = asked.say(CHAIR, "!vergadering annuleer VRG-AO-2027-02 want te weinig punten")
    assert (
        f"dm:{SECRETARY}",
        "Het AO van do 25 feb 2027 gaat niet door.\n"
        "RPL-2027-001 loopt door; de antwoorden staan bij het volgende overleg.",
    ) in answers(said)
    [agenda] = asked.say(SECRETARY, "!agenda VRG-AO-2027-03")
    assert "RPL-2027-001 Steunt u een tijdelijk kader? VNG en IPO nog geen antwoord" in agenda.text


def leave(contacts: TestBot) -> None:
    """The contact of the VNG has gone, and named a deputy."""

    def unit(session: Any) -> None:
        store = SqlStore(session)
        person = store.get(Person, VNG)
        assert person is not None
        gone = replace(person, end=contacts.at.date().replace(day=4), deputy="vng.wg.1")
        store.put(gone, Change("beheerder", contacts.at))

    contacts.simulation.database.work(unit)


def test_while_nobody_fills_the_function_its_deputy_is_asked(contacts: TestBot) -> None:
    leave(contacts)
    said = contacts.say(SECRETARY, ASK)
    assert "[raadpleging]" in only(said, "dm:vng.wg.1").text


def test_a_text_that_waits_names_the_new_closing_date_and_one_that_went_out_is_said_to_have_the_old(
    asked: TestBot, register: Any
) -> None:
    asked.say(VNG, "!vrijgeef TRK-1", room="dm")
    said = asked.say(SECRETARY, "!raadpleeg RPL-1 sluit 3 maart")
    assert only(said, f"dm:{VNG}").text.endswith("De achterban van VNG kreeg de oude datum.")
    sent, waits = (register.ask(lambda store, n=n: store.get(Bulletin, f"TRK-2027-00{n}")) for n in (1, 2))
    assert "tot en met maandag 1 maart 2027" in sent.text
    assert "tot en met woensdag 3 maart 2027" in waits.text
    [released] = asked.say(IPO, "ja", room="dm")
    assert "tot en met woensdag 3 maart 2027" in released.files[0].data.decode()


def test_taking_back_a_new_closing_date_gives_the_text_its_old_one_and_says_from_what_to_what(
    asked: TestBot, register: Any
) -> None:
    asked.say(SECRETARY, "!raadpleeg RPL-1 sluit 3 maart")
    said = asked.say(SECRETARY, "!ongedaan")
    assert only(said, "AO").text == (
        "Ongedaan gemaakt: sluitdatum van RPL-2027-001 van ma 1 mrt 2027 naar wo 3 mrt 2027."
    )
    text = register.ask(lambda store: store.get(Bulletin, "TRK-2027-001")).text
    assert "tot en met maandag 1 maart 2027" in text
    assert consultation(register).closes_on == at("2027-03-01 00:00").date()


def test_a_text_that_waits_names_the_new_day_of_a_meeting_that_moved(asked: TestBot, register: Any) -> None:
    asked.say(CHAIR, "!vergadering verplaats VRG-AO-2027-02 naar 11 maart want het past beter")
    text = register.ask(lambda store: store.get(Bulletin, "TRK-2027-001")).text
    assert text.startswith("[raadpleging] Het AO van donderdag 11 maart 2027 vraagt")


def test_the_same_closing_date_again_is_told_to_nobody(asked: TestBot, register: Any) -> None:
    said = asked.say(SECRETARY, "!raadpleeg RPL-1 sluit 1 maart")
    assert answers(said) == [("AO", "RPL-2027-001 sluit al op maandag 1 maart 2027.")]
    assert len(register.ask(lambda store: store.history("RPL-2027-001"))) == 1


def test_who_is_contact_no_more_lets_nothing_go_and_who_is_now_does_and_is_asked(contacts: TestBot) -> None:
    contacts.say(SECRETARY, f"!rol @{VNG} koepelcontact AO namens VNG tot 12 januari")
    contacts.say(SECRETARY, f"!rol @{VNG} secretaris WG-PFAS namens VNG")
    contacts.say(SECRETARY, ASK)
    contacts.until(at("2027-01-13 09:00"))
    [nobody] = contacts.say(VNG, "!vrijgeef TRK-1", room="dm")
    assert nobody.text == ("TRK-2027-001 geeft het koepelcontact vrij; dat is er nu niet, leg het vast met !rol.")
    contacts.say(SECRETARY, "!rol @vng.wg.1 koepelcontact AO namens VNG")
    [refused] = contacts.say(VNG, "!vrijgeef TRK-1", room="dm")
    assert refused.text == "TRK-2027-001 geeft het koepelcontact vrij (vng.wg.1)."
    [mine] = contacts.say("vng.wg.1", "!mijn", room="dm")
    assert "Klaar om vrij te geven\n\n- TRK-2027-001: raadpleging voor VNG" in mine.text
    said = contacts.until(at("2027-01-18 09:00"))
    assert [one.room for one in said if "TRK-2027-001" in one.text] == ["dm:vng.wg.1"]
    [sent] = contacts.say("vng.wg.1", "ja", room="dm")
    assert sent.text.startswith("TRK-2027-001 is vrijgegeven.")


def test_the_deputy_of_a_function_that_nobody_fills_lets_it_go(contacts: TestBot) -> None:
    leave(contacts)
    contacts.say(SECRETARY, ASK)
    [sent] = contacts.say("vng.wg.1", "ja", room="dm")
    assert sent.text.startswith("TRK-2027-001 is vrijgegeven.")


# --- seeing ----------------------------------------------------------------------------------------------------------
LINE = "RPL-2027-001 Steunt u een tijdelijk kader? VNG akkoord; IPO nog geen antwoord; sluit ma 1 mrt 2027."


def test_the_positions_stand_in_the_dossier_the_agenda_and_the_digest_of_the_meeting(asked: TestBot) -> None:
    asked.say(VNG, "!standpunt RPL-1 akkoord", room="dm")
    [agenda] = asked.say(SECRETARY, "!agenda VRG-AO-2027-02")
    assert f"Raadplegingen\n\n- {LINE}" in agenda.text
    [signal] = asked.say("uvw.ao.1", "!toon SIG-1")
    assert f"Raadpleging {LINE}" in signal.text
    [listed] = asked.say(SECRETARY, "!raadpleeg")
    assert listed.text == f"Raadplegingen:\n- {LINE}"
    digest = [one for one in asked.until(at("2027-02-26 08:30")) if one.kind == "digest" and one.room == "AO"][-1]
    assert LINE in digest.text


def test_a_contact_reads_what_the_own_party_said_and_no_other(asked: TestBot) -> None:
    asked.say(IPO, "!standpunt RPL-1 tegen want te duur", room="dm")
    [shown] = asked.say(VNG, "!toon RPL-1", room="dm")
    assert shown.text == (
        "RPL-2027-001 Steunt u een tijdelijk kader?\n\n"
        "Sluit ma 1 mrt 2027; voor AO do 4 mrt 2027.\n"
        "Bij SIG-2027-001.\n"
        "Gevraagd: VNG en IPO.\n"
        "Standpunten: VNG nog geen antwoord."
    )
    [mine] = asked.say(VNG, "!mijn", room="dm")
    assert mine.text == (
        "Raadplegingen die op antwoord wachten\n\n"
        "- RPL-2027-001: Steunt u een tijdelijk kader? Standpunt van VNG, sluit ma 1 mrt 2027\n\n"
        "Klaar om vrij te geven\n\n"
        "- TRK-2027-001: raadpleging voor VNG"
    )


def test_others_hear_that_it_does_not_exist(asked: TestBot) -> None:
    for who in ("drinkwater.wg.1", "vng.do.1", "uvw.wg.1"):
        [refused] = asked.say(who, "!toon RPL-1", room="dm")
        assert refused.text == "RPL-2027-001 bestaat niet. Kijk bij !raadpleeg."
    [nothing] = asked.say("vng.do.1", "!toon RPL-7", room="dm")
    assert nothing.text == "RPL-2027-007 bestaat niet. Kijk bij !raadpleeg."


def test_an_umbrella_contact_reads_the_signal_that_is_asked_about_and_no_other(contacts: TestBot) -> None:
    contacts.say("uvw.ao.1", "!signaal Sloten lopen over")
    absent = "SIG-2027-001 bestaat niet. Kijk bij !signalen."
    assert only(contacts.say(VNG, "!toon SIG-1", room="dm"), f"dm:{VNG}").text == absent
    contacts.say(SECRETARY, ASK)
    shown = only(contacts.say(VNG, "!toon SIG-1", room="dm"), f"dm:{VNG}").text
    assert shown.startswith("SIG-2027-001 Baggerdepots zitten vol")
    contacts.say(IPO, "!standpunt RPL-1 tegen te duur", room="dm")
    assert "te duur" not in only(contacts.say(VNG, "!toon SIG-1", room="dm"), f"dm:{VNG}").text
    other = only(contacts.say(VNG, "!toon SIG-2", room="dm"), f"dm:{VNG}")
    assert other.text == "SIG-2027-002 bestaat niet. Kijk bij !signalen."
    contacts.say(SECRETARY, "!rol @rijk.wg.2 koepelcontact AO namens Rijk")
    for not_asked in ("rijk.wg.2", "vng.wg.1"):
        assert only(contacts.say(not_asked, "!toon SIG-1", room="dm"), f"dm:{not_asked}").text == absent


def test_what_is_asked_no_longer_or_became_sensitive_is_read_no_longer(asked: TestBot) -> None:
    absent = "SIG-2027-001 bestaat niet. Kijk bij !signalen."
    asked.say(SECRETARY, "!wijzig SIG-1 gevoelig:ja")
    assert only(asked.say(VNG, "!toon SIG-1", room="dm"), f"dm:{VNG}").text == absent
    asked.say(SECRETARY, "!wijzig SIG-1 gevoelig:nee")
    assert "Baggerdepots" in only(asked.say(VNG, "!toon SIG-1", room="dm"), f"dm:{VNG}").text
    withdrawn = asked.say(SECRETARY, "!raadpleeg RPL-1 intrekken want het punt vervalt")
    assert withdrawn
    assert only(asked.say(VNG, "!toon SIG-1", room="dm"), f"dm:{VNG}").text == absent


def test_in_a_room_in_which_someone_from_outside_is_no_position_is_read(asked: TestBot) -> None:
    outsider_in(asked, "AO")
    said = asked.say(SECRETARY, "!standpunt RPL-1 VNG akkoord")
    assert {one.room for one in said} == {f"dm:{SECRETARY}"}
    for typed in ("!toon RPL-1", "!agenda VRG-AO-2027-02", "!toon SIG-1", "!raadpleeg"):
        for one in asked.say(SECRETARY, typed):
            assert "VNG akkoord" not in one.text or one.room.startswith("dm:"), typed
    said = asked.until(at("2027-02-26 08:30"))
    assert not [one for one in said if one.room == "AO" and "RPL-" in one.text]


def test_directors_are_addressed_with_u(contacts: TestBot) -> None:
    contacts.say(SECRETARY, "!rol @uvw.do.1 koepelcontact DO namens UvW")
    said = contacts.say(SECRETARY, '!raadpleeg UvW "Steunt u dit?" sluit 1 maart voor VRG-AO-2027-02')
    assert "U antwoordt met ja om hem vrij te geven" in only(said, "dm:uvw.do.1").text


# --- taking along ----------------------------------------------------------------------------------------------------
def rows(said: list[Said]) -> list[dict[str, str]]:
    [sent] = [one for one in said if one.files]
    found: list[dict[str, str]] = json.loads(sent.files[0].data)
    return found


def test_the_positions_of_all_parties_can_be_taken_along_by_the_body(asked: TestBot) -> None:
    asked.say(VNG, "!standpunt RPL-1 voorbehoud 12 van 40, mits er geld komt", room="dm")
    [sent] = asked.say("ipo.ao.1", "!exporteer standpunten AO als json")
    assert (sent.room, sent.text) == ("dm:ipo.ao.1", "Export klaar (2 gevraagde standpunten).")
    vng, ipo = rows([sent])
    assert (vng["nr"], vng["vraag"], vng["partij"]) == ("RPL-2027-001", "Steunt u een tijdelijk kader?", "VNG")
    assert (vng["standpunt"], vng["gehoord"], vng["gevraagd"]) == ("akkoord met voorbehoud", "12", "40")
    assert "mits er geld komt" in vng["toelichting"]
    assert (ipo["partij"], ipo["standpunt"], ipo["ontvangen op"], ipo["sluit op"]) == ("IPO", "", "", "2027-03-01")
    assert "2 gevraagde standpunten" in only(asked.say(SECRETARY, "!exporteer alles AO"), f"dm:{SECRETARY}").text


def test_an_umbrella_contact_takes_the_own_position_along_and_no_other(asked: TestBot) -> None:
    asked.say(VNG, "!standpunt RPL-1 tegen te duur", room="dm")
    assert [row["partij"] for row in rows(asked.say(IPO, "!exporteer raadplegingen AO als json", room="dm"))] == ["IPO"]


def test_what_is_about_a_signal_that_became_sensitive_is_for_who_may_see_that_signal(asked: TestBot) -> None:
    asked.say(SECRETARY, "!wijzig SIG-1 gevoelig:ja")
    assert only(asked.say(IPO, "!exporteer raadplegingen AO", room="dm"), f"dm:{IPO}").text == (
        "Niets te exporteren in deze periode. Kies een andere periode."
    )
    assert len(rows(asked.say("ipo.ao.1", "!exporteer raadplegingen AO als json"))) == 2


def test_someone_from_outside_takes_no_position_along(asked: TestBot) -> None:
    outsider_in(asked, "AO")
    refused = asked.say("drinkwater.wg.1", "!exporteer raadplegingen AO", room="dm")
    assert not any(one.files for one in refused)
    assert "overheidspartijen" in refused[0].text
