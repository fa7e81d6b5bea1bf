"""A consultation that is out: reminders, another closing date, a meeting that moves, a contact that changes (C48)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.testing import TestBot
from commands.kit.ports import Change
from commands.words.consultation import ConsultationState
from commands.words.minutes import Bulletin, BulletinState
from commands.words.people import Person
from storage.store import SqlStore
from tests.conftest import at
from tests.conversations.consulting import (
    ASK,
    CHAIR,
    IPO,
    SECRETARY,
    VNG,
    answers,
    consultation,
    only,
)


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
            "[ter informatie] RPL-2027-001 is gesloten: VNG akkoord; IPO nog geen antwoord. "
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
