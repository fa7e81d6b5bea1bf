"""A file is data until it goes out, and no cell of a list is ever a formula."""

from __future__ import annotations

import pytest

from bot.renderers.files import made
from commands.kit.files import Document, File, Link, Picture, Plain, Table, files_as_data, files_from_data
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
