"""A file is data until it goes out, and no cell of a list is ever a formula."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Document as Odf
from pypdf import PdfReader

from bot.renderers.files import made
from commands.kit.files import Document, File, FileFormat, Link, Picture, Plain, Table, files_as_data, files_from_data
from commands.kit.reply import Heading, Strong, Text, listing

TABLE = Table("Acties", ("nr", "actie"), (("ACT-2027-001", "stukken; sturen"), ("ACT-2027-002", "=1+1")))


def test_a_list_opens_in_a_dutch_spreadsheet_and_holds_no_formula() -> None:
    ready = made(File("acties.csv", "csv", TABLE))
    assert ready.media == "text/csv"
    assert ready.data == (
        b"\xef\xbb\xbfnr;actie\r\n" + b'ACT-2027-001;"stukken; sturen"\r\n' + b"ACT-2027-002;'=1+1\r\n"
    )


def test_a_document_as_plain_text_has_everything_in_reading_order() -> None:
    document = Document(
        "Agenda AO",
        (Heading("Ter bespreking"), Text((Strong("Depots"), " vol")), TABLE, Link("Stuk", "https://x.example/1")),
    )
    assert made(File("agenda.txt", "txt", document)).data.decode() == (
        "Agenda AO\n\nTer bespreking\n\nDepots vol\n\n"
        "Acties\n- nr: ACT-2027-001; actie: stukken; sturen\n- nr: ACT-2027-002; actie: =1+1\n\n"
        "Stuk: https://x.example/1\n"
    )


def test_files_come_back_from_the_outbox_as_they_went_in() -> None:
    document = Document(
        "Titel", (Heading("Kop", 1), listing(["een", "twee"]), TABLE, Link("Stuk", "https://x.example"))
    )
    files = (
        File("a.pdf", "pdf", document),
        File("b.csv", "csv", TABLE),
        File("c.ics", "ics", Plain("BEGIN:VCALENDAR")),
        File("d.png", "png", Picture("tijdlijn", {"rows": [1, 2]}), alt="Twee groepen"),
    )
    assert files_from_data(files_as_data(files)) == files


def test_a_format_that_does_not_fit_its_content_is_a_fault() -> None:
    with pytest.raises(ValueError, match="no csv of a Plain"):
        made(File("x.csv", "csv", Plain("tekst")))


# --- what a secretary opens ------------------------------------------------------------------------------------------
AGENDA = Document(
    "Agenda AO · donderdag 14 oktober 2027",
    (
        Heading("Ter besluitvorming"),
        listing([[(Strong("Lood: hoe verder?"),), "De einddatum was 31 maart."], "Twee"], ordered=True),
        Heading("Stukken", 3),
        Link("Oplegnotitie", "https://stukken.example/1"),
        Table("Acties", ("nr", "actie", "uiterlijk"), (("ACT-2027-001", "=SUM(A1) #strong[x] <b>", "2027-10-14"),)),
    ),
)


def test_the_pdf_is_tagged_in_dutch_and_has_a_title_and_takes_no_text_for_markup() -> None:
    data = made(File("agenda.pdf", "pdf", AGENDA)).data
    reader = PdfReader(io.BytesIO(data))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("nl")
    assert reader.metadata is not None
    assert reader.metadata.title == "Agenda AO · donderdag 14 oktober 2027"
    found = set(_tags(root["/StructTreeRoot"]))
    assert {"/H1", "/L", "/LI", "/Link", "/Table", "/TH", "/TD"} <= found
    text = " ".join(reader.pages[0].extract_text().split())
    assert "=SUM(A1) #strong[x] <b>" in text
    assert [link["/A"]["/URI"] for link in _links(reader)] == ["https://stukken.example/1"]


def _tags(node: Any) -> Iterator[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, dict):
        if "/S" in node and isinstance(node["/S"], str):
            yield node["/S"]
        if "/K" in node:
            yield from _tags(node["/K"])
    elif isinstance(node, list):
        for one in node:
            yield from _tags(one)


def _links(reader: PdfReader) -> list[Any]:
    return [one.get_object() for page in reader.pages for one in page.get("/Annots", [])]


def test_the_text_document_has_headings_lists_and_a_header_row() -> None:
    ready = made(File("agenda.odt", "odt", AGENDA))
    assert ready.media == "application/vnd.oasis.opendocument.text"
    body: Any = Odf(io.BytesIO(ready.data)).body
    assert [(int(one.level), one.text) for one in body.get_headers()] == [
        (1, "Agenda AO · donderdag 14 oktober 2027"),
        (2, "Ter besluitvorming"),
        (3, "Stukken"),
        (2, "Acties"),
    ]
    assert [one.url for one in body.get_links()] == ["https://stukken.example/1"]
    xml = body.serialize()
    assert xml.count("<table:table-header-rows>") == 1
    assert "=SUM(A1) #strong[x] &lt;b&gt;" in xml
    assert "formula" not in xml


def test_in_the_spreadsheet_dates_are_dates_and_nothing_is_a_formula() -> None:
    ready = made(File("lijst.ods", "ods", AGENDA))
    [sheet] = Odf(io.BytesIO(ready.data)).body.tables
    assert sheet.name == "Acties"
    head, row = ([cell.value for cell in one.get_cells()] for one in sheet.rows)
    assert head == ["nr", "actie", "uiterlijk"]
    assert row[:2] == ["ACT-2027-001", "=SUM(A1) #strong[x] <b>"]
    assert row[2] == date(2027, 10, 14)
    assert all(cell.formula is None for row in sheet.rows for cell in row.get_cells())


@pytest.mark.parametrize("form", ["pdf", "odt", "ods"])
def test_the_same_contents_are_the_same_file(form: FileFormat) -> None:
    assert made(File("a", form, AGENDA)).data == made(File("a", form, AGENDA)).data


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=40)
def test_whatever_is_typed_every_form_can_be_made(text: str) -> None:
    document = Document(
        text or "-", (Heading(text), Text(text), listing([text]), Table(text, (text, "b"), ((text, text),)))
    )
    for form in ("pdf", "odt", "ods", "csv", "txt"):
        content = document if form != "csv" else Table(text, (text,), ((text,),))
        assert made(File("a", form, content)).data


# --- how it looks ----------------------------------------------------------------------------------------------------
WIDE = Table(
    "Acties",
    ("nr", "actie", "namens", "uiterlijk", "status", "toelichting"),
    (("ACT-2027-001", "depotkaart sturen aan alle leden van de werkgroep", "VNG", "2027-01-15", "open", ""),),
)


def parts_of(form: FileFormat, content: Document | Table) -> tuple[str, str, str]:
    """The content, the styles and the settings of an OpenDocument file."""
    with zipfile.ZipFile(io.BytesIO(made(File("a", form, content)).data)) as file:
        names = ("content.xml", "styles.xml", "settings.xml")
        content_, styles, settings_ = (file.read(name).decode() for name in names)
    return content_, styles, settings_


def test_the_headings_of_a_text_carry_no_number_and_its_lists_an_indent() -> None:
    content, styles, _ = parts_of("odt", AGENDA)
    outline = styles[styles.index("<text:outline-style") : styles.index("</text:outline-style>")]
    assert set(re.findall(r'num-format="([^"]*)"', outline)) == {""}
    assert 'text:style-name="Nummering"' in content
    assert 'fo:margin-left="0.75cm"' in content


def test_a_wide_list_lies_on_its_side_and_long_texts_get_the_room() -> None:
    content, styles, _ = parts_of("odt", WIDE)
    assert 'style:print-orientation="landscape"' in styles
    sizes = [float(size) for size in re.findall(r'style:column-width="([\d.]+)cm"', content)]
    assert round(sum(sizes), 1) == 25.7
    assert sizes[1] == max(sizes)
    assert content.count('table:style-name="Kopvak"') == 6
    assert 'fo:padding="0.1cm"' in content


def test_a_list_without_rows_says_so_in_every_text() -> None:
    empty = Document("Lijst", (Table("Besluiten", ("nr",), ()),))
    assert ">Geen.<" in parts_of("odt", empty)[0]
    assert "Geen." in PdfReader(io.BytesIO(made(File("a.pdf", "pdf", empty)).data)).pages[0].extract_text()


def test_a_sheet_shows_dates_in_full_and_keeps_its_header_in_sight() -> None:
    content, _, settings_ = parts_of("ods", WIDE)
    assert '<style:style style:name="Datum" style:family="table-cell"' in content
    assert 'style:data-style-name="Iso"' in content
    assert min(float(size) for size in re.findall(r'style:column-width="([\d.]+)cm"', content)[1:]) >= 2.4
    assert content.count("<table:table-header-rows>") == 1
    assert 'config:name="Acties"><config:config-item config:name="VerticalSplitMode"' in settings_


def test_a_list_that_no_page_can_show_is_told_row_by_row() -> None:
    many = tuple(f"kolom{number}" for number in range(20))
    table = Table("Afspraken", ("nr", *many), (("AFS-2027-001", "=1+1", *("" for _ in many[1:])),))
    page = PdfReader(io.BytesIO(made(File("a.pdf", "pdf", table)).data)).pages[0].extract_text()
    assert " ".join(page.split()).startswith("Afspraken AFS-2027-001 • kolom0: =1+1")
    body: Any = Odf(io.BytesIO(made(File("a.odt", "odt", table)).data)).body
    assert [(int(one.level), one.text) for one in body.get_headers()] == [(1, "Afspraken"), (2, "AFS-2027-001")]
    assert "table:table " not in body.serialize()
