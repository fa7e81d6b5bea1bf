"""The position of each party: how it is given, who reads it, and who takes it along (C48, R-127, INV-39)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.testing import Said, TestBot
from commands.words.consultation import ConsultationState
from commands.words.decision import StandKind
from tests.conftest import at, outsider_in
from tests.conversations.consulting import (
    ASK,
    IPO,
    SECRETARY,
    VNG,
    answers,
    consultation,
    only,
)


# --- answering --------------------------------------------------------------------------------------------------------
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


# --- seeing -----------------------------------------------------------------------------------------------------------
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


# --- taking along -----------------------------------------------------------------------------------------------------
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
