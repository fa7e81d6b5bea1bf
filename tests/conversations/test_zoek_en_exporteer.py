"""!zoek, !exporteer and !wijzig for decisions and agreements (C49, C62, C63)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.testing import Simulation, TestBot
from commands.words.agreement import Agreement
from commands.words.decision import Decision, DecisionState
from commands.words.people import Person, Role, RoleName
from commands.words.structure import Structure
from config.people import PeopleFile
from storage.store import SqlStore
from tests.conftest import at

SECRETARY, CHAIR = "rijk.secr.2", "rijk.do.1"


@pytest.fixture
def decided(make_bot: Any) -> TestBot:
    bot = make_bot("2027-05-25 14:30")
    assert isinstance(bot, TestBot)
    bot.room = "DO"
    bot.say(SECRETARY, "!besluit het DO stemt in met regionale baggerdepots")
    bot.say(
        SECRETARY,
        "!afspraak =1+1 overzicht van grondverzet bindt VNG en IPO verantwoordelijk IPO trekker @ipo.do.1 "
        "verantwoording DO uiterlijk 1 november",
    )
    return bot


def only(said: list[Any]) -> str:
    [one] = said
    return str(one.text)


def found(bot: TestBot, kind: Any, id: str) -> Any:
    return bot.simulation.database.work(lambda session: SqlStore(session).get(kind, id))


# --- zoek ------------------------------------------------------------------------------------------------------------
def test_a_part_of_a_word_is_found_also_in_what_is_closed(decided: TestBot) -> None:
    assert only(decided.say("vng.do.1", "!zoek depot")) == (
        "1 keer gevonden: depot\n\n"
        "- BES-2027-001 het DO stemt in met regionale baggerdepots · concept, DO di 25 mei 2027"
    )
    decided.say("uvw.ao.1", "!signaal Grondverzet in de kuststreek", room="AO")
    decided.say("uvw.ao.1", "!intrek 1 opgelost", room="AO")
    text = only(decided.say("uvw.ao.1", "!zoek grondverzet", room="AO"))
    assert text.startswith("1 keer gevonden: grondverzet\n\n- SIG-2027-001 Grondverzet in de kuststreek · ingetrokken")
    assert "AFS-2027-001" in only(decided.say(SECRETARY, "!zoek grondverzet in afspraken"))


def test_who_may_not_see_finds_nothing(decided: TestBot) -> None:
    assert only(decided.say("vng.ao.1", "!zoek baggerdepots", room="dm")) == "Niets gevonden over 'baggerdepots'."
    assert (
        only(decided.say("drinkwater.wg.1", "!zoek baggerdepots", room="dm")) == "Niets gevonden over 'baggerdepots'."
    )


def test_a_word_has_three_letters(decided: TestBot) -> None:
    assert only(decided.say("vng.do.1", "!zoek ab")).startswith("Zoek op een woord van minstens 3 letters")


# --- exporteer -------------------------------------------------------------------------------------------------------
def test_a_list_as_csv_in_private_with_no_cell_that_calculates(decided: TestBot) -> None:
    [sent] = decided.say("vng.do.1", "!exporteer afspraken als csv")
    assert (sent.room, sent.text) == ("dm:vng.do.1", "Export klaar (1 afspraak).")
    [file] = sent.files
    assert file.name == "afspraken-do-2027-05-25.csv"
    head, row = file.data.decode("utf-8-sig").splitlines()
    assert head.split(";")[:5] == ["nr", "datum", "overleg", "afspraak", "bindt"]
    assert row.split(";")[:4] == ["AFS-2027-001", "2027-05-25", "DO", "'=1+1 overzicht van grondverzet"]


def test_everything_in_a_spreadsheet_for_each_list_a_file(decided: TestBot) -> None:
    [sent] = decided.say(SECRETARY, "!exporteer alles DO")
    assert sent.text == "Export klaar (1 besluit, 1 afspraak)."
    assert [file.name for file in sent.files] == ["besluiten-do-2027-05-25.ods", "afspraken-do-2027-05-25.ods"]


def test_agreements_are_listed_and_taken_along_by_goal(decided: TestBot) -> None:
    """R-113."""
    decided.say(SECRETARY, "!wijzig AFS-2027-001 doelstelling: schone waterbodems")
    assert "AFS-2027-001" in only(decided.say("vng.do.1", "!afspraken doelstelling: waterbodems"))
    assert only(decided.say("vng.do.1", "!afspraken doelstelling: spoedlocaties")) == (
        "Geen afspraken gevonden (DO, spoedlocaties)."
    )
    [sent] = decided.say("vng.do.1", "!exporteer afspraken als json")
    assert [row["doelstelling"] for row in json.loads(sent.files[0].data)] == ["schone waterbodems"]


def test_how_it_goes_is_the_same_list_for_every_party(decided: TestBot) -> None:
    """R-116: the Rijk gets no other figures than the other parties."""
    files = [decided.say(who, "!exporteer voortgang als csv")[0].files[0].data for who in (CHAIR, "vng.do.1")]
    assert files[0] == files[1]
    assert b"AFS-2027-001" in files[0]


def test_as_json_and_as_markdown(decided: TestBot) -> None:
    [sent] = decided.say(SECRETARY, "!exporteer besluiten als json")
    [row] = json.loads(sent.files[0].data)
    assert (row["nr"], row["besluit"], row["status"]) == (
        "BES-2027-001",
        "het DO stemt in met regionale baggerdepots",
        "concept",
    )
    [sent] = decided.say(SECRETARY, "!exporteer besluiten als md")
    assert "## BES-2027-001" in sent.files[0].data.decode()


def test_nothing_in_that_time_and_nothing_of_another_body(decided: TestBot) -> None:
    assert only(decided.say(SECRETARY, "!exporteer besluiten tot 1 mei 2028 vanaf 1 mei 2028")) == (
        "Niets te exporteren in deze periode. Kies een andere periode."
    )
    assert only(decided.say("vng.ao.1", "!exporteer besluiten DO", room="AO")) == (
        "De lijsten van het DO zijn voor wie in het DO zit. Vraag het aan de secretaris van het DO."
    )
    assert "overheidspartijen" in only(decided.say("drinkwater.wg.1", "!exporteer signalen", room="dm"))


def test_an_umbrella_contact_gets_the_signals_of_the_own_umbrella_and_nothing_else(
    structure: Structure, people: PeopleFile
) -> None:
    contact = Person("vng.koepel.1", "VNG")
    role = Role("vng.koepel.1", "AO", RoleName.UMBRELLA_CONTACT, "VNG")
    crowded = replace(people, people=(*people.people, contact), roles=(*people.roles, role))
    bot = TestBot(Simulation(structure, crowded), at("2027-01-11 09:00"))
    try:
        bot.say("vng.ao.1", "!signaal Depots zitten vol")
        bot.say("uvw.ao.1", "!signaal Zout in de sloot")
        [sent] = bot.say("vng.koepel.1", "!exporteer signalen AO als json", room="dm")
        assert [row["signaal"] for row in json.loads(sent.files[0].data)] == ["Depots zitten vol"]
        assert only(bot.say("vng.koepel.1", "!exporteer acties AO", room="dm")) == (
            "De lijsten van het AO zijn voor wie in het AO zit. Vraag het aan de secretaris van het AO."
        )
    finally:
        bot.simulation.close()


# --- wijzig (§4.2 line 23) -------------------------------------------------------------------------------------------
def test_a_concept_is_corrected_and_the_old_text_stays_in_the_history(decided: TestBot) -> None:
    assert only(decided.say(SECRETARY, "!wijzig BES-1 het DO stemt in met depots per regio")) == (
        "BES-2027-001: tekst het DO stemt in met regionale baggerdepots → het DO stemt in met depots per regio."
    )
    assert only(decided.say(SECRETARY, "!wijzig AFS-1 bindt:VNG,IPO,UvW trekker:@vng.do.1")) == (
        "AFS-2027-001: bindt VNG en IPO → VNG, IPO en UvW; trekker ipo.do.1 → vng.do.1."
    )
    changed = found(decided, Agreement, "AFS-2027-001")
    assert (changed.binds, changed.lead) == (("VNG", "IPO", "UvW"), "vng.do.1")
    assert only(decided.say("vng.do.1", "!wijzig BES-1 iets anders")) == "Wijzigen doet de secretaris van het DO."
    assert only(decided.say(SECRETARY, "!wijzig BES-1 bindt:VNG")) == (
        "'bindt' staat niet bij BES-2027-001. Velden: tekst, uiterlijk, openbaar, categorie."
    )


def test_what_is_fixed_is_not_changed_and_the_way_is_a_new_decision(decided: TestBot) -> None:
    [sure] = decided.say(CHAIR, "!besluit vaststellen BES-1")
    decided.say(CHAIR, "ja", room="dm", reply_to=sure.id)
    [refused] = decided.say(SECRETARY, "!wijzig BES-1 het DO stemt niet in")
    assert refused.text == (
        "BES-2027-001 is vastgesteld. Maak een nieuw besluit met !besluit en herziet:BES-2027-001. "
        "Als nieuw besluit vastleggen?"
    )
    assert found(decided, Decision, "BES-2027-001").text == "het DO stemt in met regionale baggerdepots"
    made = decided.say(SECRETARY, "ja", room="dm", reply_to=refused.id)
    assert made[0].text == "BES-2027-002, concept, bij DO di 25 mei 2027. Herziet BES-2027-001. Voorbehouden?"
    assert found(decided, Decision, "BES-2027-001").state is DecisionState.REVISED
    decided.until(at("2027-05-25 14:35"))
