from datetime import date, datetime

import pytest

from commands.kit.dates import Unreadable, door, trailing
from commands.words.calendar import AMSTERDAM, NamedPeriod, WorkCalendar

WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("sentence", "rest", "expected"),
    [
        ("stukken sturen voor vrijdag", "stukken sturen", "2026-11-19"),
        ("stukken volgende vrijdag", "stukken", "ERROR:ambiguous"),
        ("toets opvragen uiterlijk 2 oktober", "toets opvragen", "2027-10-02"),
        ("plan voor de evaluatie na de zomer", "plan voor de evaluatie", "ERROR:ambiguous"),
        ("stukken uiterlijk eind volgende maand", "stukken", "2026-12-31"),
        ("stukken 31 november", "stukken", "ERROR:invalid"),
        ("stukken 1 december 2025", "stukken", "ERROR:past"),
        ("naar Jan, uiterlijk vrijdag 27 november om 12.00 uur", "naar Jan", "2026-11-27T12:00+01:00"),
        ("gesprek in de week van 7 december", "gesprek", "2026-12-07/2026-12-13"),
        ("nota afmaken vóór 1 januari", "nota afmaken", "2026-12-31"),
        ("nota afmaken t/m week 50", "nota afmaken", "2026-12-07/2026-12-13"),
        ("nota afmaken tot en met 15 december.", "nota afmaken", "2026-12-15"),
        ("begroting voor december", "begroting", "2026-11-30"),
        ("opleveren 1 maart volgend jaar", "opleveren", "2027-03-01"),
        ("rapportage uiterlijk Q1 2027", "rapportage", "2027-01-01/2027-03-31"),
        ("rapport over 2 weken", "rapport", "2026-12-02"),
        ("vergadering 14:00", "vergadering", "2026-11-18T14:00+01:00"),
        ("overleg om 5 uur", "overleg", "2026-11-18T17:00+01:00"),
        ("overleg op ma", "overleg", "2026-11-23"),
        ("oplossen z.s.m.", "oplossen", "ERROR:ambiguous"),
        (
            "besluit van 10 december voorbereiden per 1 december",
            "besluit van 10 december voorbereiden",
            "2026-12-01",
        ),
        ("vrijdag", "", "2026-11-20"),
        ("overleg morgen (donderdag)", "overleg", "2026-11-19"),
        ("stukken voor DO 26 nov", "stukken voor DO", "2026-11-26"),
        ("stukken voor vr", "stukken", "2026-11-19"),
        ("stukken voor do", "stukken", "2026-11-18"),
        ("viering met kerst", "viering", "2026-12-25"),
        ("stukken maandag of dinsdag", "stukken", "ERROR:ambiguous"),
        ("plan in mei of juni", "plan", "ERROR:ambiguous"),
        ("brief aan leden 5 december", "brief aan leden", "2026-12-05"),
    ],
)
def test_a_date_at_the_end_is_found(sentence, rest, expected):
    found = trailing(sentence, WEDNESDAY)
    assert found is not None
    assert (found[0], door(found[1])) == (rest, expected)


@pytest.mark.parametrize(
    "sentence",
    [
        "overzicht van 2026",
        "artikel 5 uitwerken",
        "rapport over week",
        "drie gemeenten zoeken voor een gesprek",
        "notitie 14",
        "notulen van dinsdag",
        "bespreken in AO van 3 december",
        "versie 2.1",
        "agendapunt 3-5",
        "planning december",
        "begroting volgend jaar",
        "rapportage Q1",
        "rapportage H1 2027",
        "planning januari volgend jaar",
        "bijdrage 5 uur",
        "cursus van 2 weken",
        "cursus 2 weken",
        "afspraak maken voor een week",
        "doe het zo",
        "doe het nu",
        "factuur 20261201",
        "telefoon 0612345678",
        "vragen aan Jan over volgende week",
        "Karel de 5e",
        "uitwerken in 2027",
        "afronden voor de meivakantie niet nodig",
        "kaarten voor 12 personen",
        "next friday",
        "overleg met DO",
        "stukken voor DO",
        "bespreken in DO",
        "vergadering do",
        "bellen met Mei",
        "overleg met Jan 15",
        "elke maandag",
        "vergadering iedere dinsdag",
        "overleg om de week",
        "kamer 2.10",
        "versie 1.12",
        "gebouw 12-3",
        "dossier 2026-11-30",
        "leden 5-12",
        "wijziging 12-2026",
        "vergunning voor 3 jaar",
        "looptijd een half jaar",
        "lijst van week 40",
        "punt 3",
        "budget 2027",
        "voor zover bekend",
        "zo nodig",
        "voor de zekerheid",
        "over de dijk",
        "notulen vd maandag",
        "",
    ],
)
def test_what_belongs_to_the_sentence_is_no_date(sentence):
    assert trailing(sentence, WEDNESDAY) is None


def test_the_question_quotes_only_the_words_of_the_date():
    found = trailing("stukken sturen volgende vrijdag", WEDNESDAY)
    assert found is not None
    assert isinstance(found[1], Unreadable)
    assert found[1].because.startswith("'Volgende vrijdag' kan")


def test_the_configured_calendar_is_used():
    may = NamedPeriod("Meivakantie", date(2027, 4, 24), date(2027, 5, 2), "vakantie")
    found = trailing("afronden voor de meivakantie", WEDNESDAY, WorkCalendar((may,)))
    assert found is not None
    assert (found[0], door(found[1])) == ("afronden", "2027-04-23")


def test_at_most_nine_words_are_taken():
    words = "woord " * 30
    found = trailing(f"{words}van maandag 30 november 2026 t/m vrijdag 4 december 2026", WEDNESDAY)
    assert found is not None
    assert found[0] == f"{words}van maandag 30 november 2026 t/m".strip() or door(found[1]) == "2026-11-30/2026-12-04"
