"""Lists, agendas and digests as files: in private, and only what the person may see."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from odfdo import Document as Odf
from pypdf import PdfReader

from bot.testing import Simulation, TestBot
from commands.rules.ways import RESERVED
from commands.words.structure import Structure
from config.people import PeopleFile
from tests.conftest import at

SECRETARY = "rijk.secr.1"


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def paper(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_the_action_list_has_its_columns_in_order_and_what_is_over_its_date_first(bot: TestBot) -> None:
    bot.say("ipo.ao.1", "!actie @vng.ao.1 depotkaart sturen vrijdag 5 februari")
    bot.say("ipo.ao.1", "!actie @uvw.ao.1 =cmd|calc kader lezen vrijdag 15 januari")
    bot.say("vng.ao.1", "!ligtbij 1 de jurist van het IPO")
    bot.until(at("2027-01-20 09:00"))
    bot.say("vng.ao.1", "!verzet 1 12 februari want de cijfers zijn er niet")
    [sent] = [one for one in bot.say("ipo.ao.1", "!acties als csv") if one.files]
    assert (sent.room, sent.text) == ("dm:ipo.ao.1", "Hierbij de lijst (2 acties).")
    [file] = sent.files
    assert file.name == "acties-ao-2027-01-20.csv"
    head, first, second = rows(file.data)
    assert head == [
        "nr", "actie", "actiehouder", "namens", "uiterlijk", "bron", "ligt nu bij", "status", "aantal keer uitgesteld",
        "gereed op", "toelichting",
    ]  # fmt: skip
    assert first[:8] == [
        "ACT-2027-002", "'=cmd|calc kader lezen", "uvw.ao.1", "UvW", "2027-01-15", "AO", "", "open",
    ]  # fmt: skip
    assert second[:9] == [
        "ACT-2027-001", "depotkaart sturen", "vng.ao.1", "VNG", "2027-02-12", "AO", "de jurist van het IPO",
        "uitgesteld", "1",
    ]  # fmt: skip


def test_an_empty_list_is_not_sent(bot: TestBot) -> None:
    [refused] = bot.say("ipo.ao.1", "!acties als ods")
    assert refused.text == "Die lijst is leeg; er is niets te sturen. Kies een andere lijst of periode."
    assert refused.files == ()


def test_nobody_gets_the_list_of_a_body_they_do_not_sit_in(bot: TestBot) -> None:
    bot.say("ipo.ao.1", "!actie @vng.ao.1 depotkaart sturen vrijdag 5 februari")
    [refused] = bot.say("drinkwater.wg.1", "!acties AO als csv", room="dm")
    assert refused.files == ()
    assert refused.text == RESERVED


def test_the_decisions_as_a_spreadsheet(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-05-25 14:30")
    bot.say("rijk.secr.2", "!besluit het DO stemt in met regionale baggerdepots", room="DO")
    [sent] = bot.say("vng.do.1", "!besluiten DO als ods", room="DO")
    assert (sent.room, sent.text) == ("dm:vng.do.1", "Hierbij de lijst (1 besluit).")
    [sheet] = Odf(io.BytesIO(sent.files[0].data)).body.tables
    head, row = ([cell.value for cell in one.get_cells()] for one in sheet.rows)
    assert head[:6] == ["nr", "datum", "overleg", "agendapunt", "besluit", "soort"]
    assert row[4:7] == [
        "het DO stemt in met regionale baggerdepots",
        "besluit",
        "Rijk akkoord; VNG akkoord; IPO akkoord; UvW akkoord",
    ]


@pytest.fixture
def planned(filed: TestBot) -> TestBot:
    filed.say(
        SECRETARY,
        "!agendeer 1 ter bespreking horizon:actualiteit stukken:https://stukken.example/depots.pdf minuten:20",
    )
    return filed


def test_the_agenda_on_paper_with_its_papers_to_click_on(planned: TestBot) -> None:
    [sent] = planned.say("vng.ao.1", "!agenda AO als pdf")
    assert (sent.room, sent.text) == ("dm:vng.ao.1", "Hierbij de agenda van het AO.")
    [file] = sent.files
    assert file.name == "agenda-ao-2027-01-14.pdf"
    assert "Agenda AO · donderdag 14 januari 2027, 10:00–12:00 (concept)" in paper(file.data)
    assert "1. Baggerdepots zitten vol" in paper(file.data)
    links = [one.get_object() for page in PdfReader(io.BytesIO(file.data)).pages for one in page.get("/Annots", [])]
    assert [link["/A"]["/URI"] for link in links] == ["https://stukken.example/depots.pdf"]
    [sent] = planned.say("vng.ao.1", "!agenda AO als odt")
    with zipfile.ZipFile(io.BytesIO(sent.files[0].data)) as odt:
        assert 'xlink:href="https://stukken.example/depots.pdf"' in odt.read("content.xml").decode()


def test_a_paper_that_is_no_link_stays_text(filed: TestBot) -> None:
    filed.say(SECRETARY, "!agendeer 1 ter bespreking horizon:actualiteit stukken:javascript:alert(1)")
    [sent] = filed.say("vng.ao.1", "!agenda AO als tekst")
    assert "Stukken: javascript:alert(1)" in sent.files[0].data.decode()
    [sent] = filed.say("vng.ao.1", "!agenda AO als pdf")
    assert not [one for page in PdfReader(io.BytesIO(sent.files[0].data)).pages for one in page.get("/Annots", [])]


def test_an_agenda_without_points_is_not_printed(bot: TestBot) -> None:
    [refused] = bot.say("vng.ao.1", "!agenda AO als pdf")
    assert refused.text == "Er staat nog niets op de agenda van het AO. Zet er iets op met !agendeer."


def test_the_digest_to_send_on_says_the_same_as_in_the_room(planned: TestBot) -> None:
    [shown] = planned.say("vng.ao.1", "!digest AO")
    [sent] = planned.say("vng.ao.1", "!digest AO als tekst")
    assert (sent.room, sent.text) == ("dm:vng.ao.1", "Hierbij de digest van het AO, om door te sturen.")
    [file] = sent.files
    assert file.name == "digest-ao-2027-01-14.txt"
    assert file.data.decode().split() == shown.text.split()
    [sent] = planned.say("vng.ao.1", "!digest AO als pdf")
    assert paper(sent.files[0].data).startswith(
        "AO 1 · donderdag 14 januari 2027, 10:00–12:00 Stand: maandag 11 januari"
    )


def test_on_the_morning_of_the_digest_the_secretary_gets_it_to_send_on_where_that_is_set(
    structure: Structure, people: PeopleFile
) -> None:
    on = replace(structure, thresholds=replace(structure.thresholds, digest_to_forward=True))
    simulation = Simulation(on, people)
    bot = TestBot(simulation, at("2027-02-20 09:00"))
    said: list[Any] = [one for one in bot.until(at("2027-02-26 09:00")) if one.kind == "digest" and one.files]
    [sent] = said
    assert (sent.room, [file.name for file in sent.files]) == (
        "dm:rijk.secr.1",
        ["digest-ao-2027-03-04.pdf", "digest-ao-2027-03-04.txt"],
    )
    simulation.close()


def test_the_source_of_an_action_is_the_meeting_or_the_decision_that_it_came_from(
    make_bot: Callable[[str], TestBot],
) -> None:
    bot = make_bot("2027-05-25 14:30")
    [made] = bot.say("rijk.secr.2", "!besluit het DO stemt in met regionale baggerdepots", room="DO")
    bot.say("rijk.secr.2", "!actie @vng.do.1 plan sturen vrijdag 18 juni", room="DO", reply_to=made.id)
    bot.say("rijk.secr.2", "!actie @ipo.do.1 kaart sturen vrijdag 11 juni", room="DO")
    [sent] = [one for one in bot.say("vng.do.1", "!acties als csv", room="DO") if one.files]
    assert [(row[1], row[5]) for row in rows(sent.files[0].data)[1:]] == [
        ("kaart sturen", "DO 2027-05-25"),
        ("plan sturen", "BES-2027-001"),
    ]
    [sent] = bot.say("vng.do.1", "!besluiten als csv", room="DO")
    head, row = rows(sent.files[0].data)
    assert row[head.index("acties")] == "ACT-2027-001"
