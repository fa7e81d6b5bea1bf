"""Dutch phrases that recur, read to an RRULE. The dates are counted by hand on the calendar of 2027."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.kit.dates.recurring import Recurring, Unfinished, leading_recurring, read_recurring, trailing_recurring
from commands.kit.dates.results import Unreadable
from commands.kit.dates.rhythm import GAP
from commands.kit.dates.say_rule import say_rule
from commands.rules.recurrence import occurrences
from commands.words.calendar import AMSTERDAM, WorkCalendar

NOW = datetime(2027, 1, 11, 9, 0, tzinfo=AMSTERDAM)  # a Monday
USUAL = time(8, 30)
CALENDAR = WorkCalendar()
WEEKDAYS = "MO,TU,WE,TH,FR"


def read(said: str) -> object:
    return read_recurring(said, NOW, CALENDAR, USUAL)


def days(said: str, n: int = 3) -> list[str]:
    """The first times of a phrase, short."""
    found = read(said)
    assert isinstance(found, Recurring), found
    return [f"{at:%Y-%m-%d %H:%M}" for at in islice(occurrences(found.at(USUAL), CALENDAR), n)]


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("elke maandag om 9:00", "FREQ=WEEKLY;BYDAY=MO"),
        ("'s maandags om 9 uur", "FREQ=WEEKLY;BYDAY=MO"),
        ("op maandagen", "FREQ=WEEKLY;BYDAY=MO"),
        ("wekelijks op maandag", "FREQ=WEEKLY;BYDAY=MO"),
        ("1x per week op ma", "FREQ=WEEKLY;BYDAY=MO"),
        ("elke ma, wo en vr", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("iedere eerste dinsdag van de maand", "FREQ=MONTHLY;BYDAY=1TU"),
        ("elke maand op de eerste dinsdag", "FREQ=MONTHLY;BYDAY=1TU"),
        ("tweede vrijdag van de maand", "FREQ=MONTHLY;BYDAY=2FR"),
        ("elke 6 weken op maandag", "FREQ=WEEKLY;INTERVAL=6;BYDAY=MO"),
        ("elke 6 weken vanaf 1 maart", "FREQ=WEEKLY;INTERVAL=6;BYDAY=MO"),
        ("om de week op donderdag", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("tweewekelijks op do", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("laatste werkdag van de maand", f"FREQ=MONTHLY;BYDAY={WEEKDAYS};BYSETPOS=-1"),
        ("elke laatste werkdag van het kwartaal", f"FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY={WEEKDAYS};BYSETPOS=-1"),
        ("elk kwartaal op de eerste werkdag", f"FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY={WEEKDAYS};BYSETPOS=1"),
        ("elk kwartaal vanaf 15 maart", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15"),
        ("elke werkdag", f"FREQ=WEEKLY;BYDAY={WEEKDAYS}"),
        ("op werkdagen om 8u30", f"FREQ=WEEKLY;BYDAY={WEEKDAYS}"),
        ("dagelijks", "FREQ=DAILY"),
        ("om de dag vanaf morgen", "FREQ=DAILY;INTERVAL=2"),
        ("jaarlijks op 1 maart", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1"),
        ("elke derde donderdag van september", "FREQ=YEARLY;BYMONTH=9;BYDAY=3TH"),
        ("elke 15e van de maand", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("eind van elke maand", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("elke twee maanden op de 1e", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1"),
        ("elke maandag 3 keer", "FREQ=WEEKLY;BYDAY=MO;COUNT=3"),
        ("elke maandag tot eind juni", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270630T215959Z"),
        ("elke maandag tot en met 1 februari", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270201T225959Z"),
        ("elke maandag gedurende 3 maanden", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270411T215959Z"),
    ],
)
def test_a_dutch_phrase_becomes_a_rule_of_rfc_5545(said: str, rule: str) -> None:
    found = read(said)
    assert isinstance(found, Recurring)
    assert found.rule == rule


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("elke maandag om 9:00", ["2027-01-18 09:00", "2027-01-25 09:00", "2027-02-01 09:00"]),
        ("elke maandag om 9:01", ["2027-01-11 09:01", "2027-01-18 09:01", "2027-01-25 09:01"]),
        ("om 10 uur elke maandag", ["2027-01-11 10:00", "2027-01-18 10:00", "2027-01-25 10:00"]),
        ("elke maandag 2 keer", ["2027-01-18 08:30", "2027-01-25 08:30"]),
        ("om de week op donderdag", ["2027-01-14 08:30", "2027-01-28 08:30", "2027-02-11 08:30"]),
        ("om de twee weken op maandag", ["2027-01-18 08:30", "2027-02-01 08:30", "2027-02-15 08:30"]),
        ("elke 6 weken vanaf 1 maart om 10 uur", ["2027-03-01 10:00", "2027-04-12 10:00", "2027-05-24 10:00"]),
        ("elke maandagochtend om 9 uur", ["2027-01-18 09:00", "2027-01-25 09:00", "2027-02-01 09:00"]),
        # 31 January is a Sunday, 28 February too.
        ("laatste werkdag van de maand", ["2027-01-29 08:30", "2027-02-26 08:30", "2027-03-31 08:30"]),
        # New Year's Day 2028 is a Saturday, 1 April 2027 a Thursday, 1 October a Friday.
        ("elk kwartaal op de eerste werkdag", ["2027-04-01 08:30", "2027-07-01 08:30", "2027-10-01 08:30"]),
        ("jaarlijks op 1 maart om half 4", ["2027-03-01 15:30", "2028-03-01 15:30", "2029-03-01 15:30"]),
        ("elke maand alleen op de 31e", ["2027-01-31 08:30", "2027-03-31 08:30", "2027-05-31 08:30"]),
        ("elke maand op de laatste dag", ["2027-01-31 08:30", "2027-02-28 08:30", "2027-03-31 08:30"]),
        ("elke maand op de 30e of de laatste dag", ["2027-01-30 08:30", "2027-02-28 08:30", "2027-03-30 08:30"]),
        ("elk half jaar vanaf 1 maart", ["2027-03-01 08:30", "2027-09-01 08:30", "2028-03-01 08:30"]),
    ],
)
def test_when_it_comes(said: str, first: list[str]) -> None:
    assert days(said) == first


def test_working_days_follow_the_public_holidays() -> None:
    # Good Friday is 26 March 2027, Easter Monday 29 March; 24 December is a Friday, the 31st too.
    march = [day for day in days("elke werkdag", 60) if "2027-03-2" in day]
    assert march == [f"2027-03-{day} 08:30" for day in (22, 23, 24, 25)]
    assert days("elke vrijdag behalve feestdagen vanaf 19 maart", 2) == ["2027-03-19 08:30", "2027-04-02 08:30"]
    assert days("elke vrijdag vanaf 19 maart", 2) == ["2027-03-19 08:30", "2027-03-26 08:30"]
    # Whit Monday is 17 May 2027: the first working day of that week is the Tuesday.
    assert days("elke week op de eerste werkdag vanaf 10 mei", 2) == ["2027-05-10 08:30", "2027-05-18 08:30"]


@pytest.mark.parametrize(
    ("said", "asked", "phrase"),
    [
        ("elke 6 weken", "Elke 6 weken. Wanneer voor het eerst? Een datum is genoeg.", "elke 6 weken vanaf …"),
        ("wekelijks om 9 uur", "Op welke dag van de week?", "elke week op … om 9 uur"),
        ("elke maand", "Op welke dag van de maand?", "elke maand op …"),
        ("jaarlijks", "Op welke datum?", "elk jaar op …"),
        ("elke maandagochtend", "Hoe laat?", "elke maandag om … ochtend"),
        ("elk weekend", "Op zaterdag of op zondag?", "elke …"),
        (
            "elk kwartaal",
            "Op welke dag van het kwartaal: de eerste werkdag, de laatste werkdag, of vanaf een datum?",
            "elk kwartaal …",
        ),
        (
            "elke maand op de 31e",
            "De 31e is er niet in elke maand. In een kortere maand op de laatste dag, of die maand overslaan?",
            "elke maand …",
        ),
        (
            "elk jaar op 29 februari",
            "29 februari is er niet elk jaar. Op 28 februari, of alleen in schrikkeljaren?",
            "elk jaar …",
        ),
        ("elke maandag tot 1 februari", "Ook op maandag 1 februari 2027 zelf?", "elke maandag …"),
    ],
)
def test_what_a_rhythm_lacks_is_asked_and_not_guessed(said: str, asked: str, phrase: str) -> None:
    found = read(said)
    assert isinstance(found, Unfinished)
    assert (found.because, found.phrase) == (asked, phrase)
    for _, value in found.options:
        assert isinstance(read(found.phrase.replace(GAP, value)), Recurring)


def test_tot_a_day_that_is_not_in_the_rhythm_needs_no_question() -> None:
    assert days("elke maandag tot 26 januari") == ["2027-01-18 08:30", "2027-01-25 08:30"]


@pytest.mark.parametrize("said", ["elke 2 uur", "elk kwartier", "elke maandag t/m 1 december 2026"])
def test_what_cannot_be_is_refused_with_the_reason(said: str) -> None:
    assert isinstance(read(said), Unreadable)


@pytest.mark.parametrize(
    "said",
    [
        "vrijdag",
        "op maandag",
        "volgende week dinsdag",
        "laatste werkdag van januari",
        "1 maart",
        "alle stukken",
        "om 9:00",
    ],
)
def test_a_single_date_is_no_rhythm(said: str) -> None:
    assert read(said) is None


def test_the_phrase_is_found_at_the_end_or_the_beginning_of_a_sentence() -> None:
    end = trailing_recurring("actielijst nalopen elke maandag om 9:00", NOW, CALENDAR, USUAL)
    assert end is not None
    assert end[:2] == ("actielijst nalopen", "elke maandag om 9:00")
    begin = leading_recurring("elke maandag om 9:00 de actielijst nalopen", NOW, CALENDAR, USUAL)
    assert begin is not None
    assert begin[:2] == ("de actielijst nalopen", "elke maandag om 9:00")
    assert trailing_recurring("alle leden bellen", NOW, CALENDAR, USUAL) is None


@given(
    st.sampled_from(
        [
            "elke dag", "elke 3 dagen vanaf morgen", "elke werkdag", "elke maandag en donderdag",
            "elke 2 weken op vrijdag", "elke week op de eerste werkdag", "elke maand op de 15e",
            "elke maand alleen op de 30e", "elke maand op de 31e of de laatste dag", "elke maand op de laatste dag",
            "elke 2 maanden op de derde woensdag", "elke maand alleen op de vijfde dinsdag",
            "elke maand op de voorlaatste werkdag", "elk kwartaal op de laatste vrijdag",
            "elk half jaar op de eerste werkdag", "elk jaar op 1 maart", "elk jaar alleen op 29 februari",
            "elk jaar op de laatste werkdag van december", "elke vrijdag behalve feestdagen",
        ]
    ),
    st.sampled_from(["", " om 14:45", " om 0:30"]),
    st.sampled_from(["", " 4 keer", " t/m 31 december 2030"]),
)  # fmt: skip
def test_what_is_said_of_a_rule_is_read_back_as_the_same_rule(rhythm: str, clock: str, bound: str) -> None:
    found = read(f"{rhythm}{clock}{bound}")
    assert isinstance(found, Recurring), found
    said = say_rule(found.at(USUAL))
    again = read(said if found.rule.startswith("FREQ=DAILY;INTERVAL") is False else f"{said} vanaf morgen")
    assert isinstance(again, Recurring), said
    assert (again.rule, again.working, again.at(USUAL).wall) == (found.rule, found.working, found.at(USUAL).wall)
    assert again.start == found.start or found.wall is None


def test_the_rule_is_one_that_calendars_understand() -> None:
    found = read("elke maandag om 9:00 tot eind juni")
    assert isinstance(found, Recurring)
    assert say_rule(found.at(USUAL)) == "elke maandag om 09:00 t/m wo 30 jun 2027"
    assert found.start == date(2027, 1, 18)
