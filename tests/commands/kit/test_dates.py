import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commands.kit.dates import (
    Day,
    Instant,
    Period,
    Unreadable,
    deadline,
    door,
    read,
    say,
    say_day,
    say_instant,
    say_short,
    trailing,
)
from commands.kit.dates.context import Context
from commands.kit.dates.fallback import second_opinion, strict_parser
from commands.kit.dates.reader import by_grammar
from commands.words.calendar import AMSTERDAM, NamedPeriod, WorkCalendar

DATA = Path(__file__).resolve().parents[2] / "data"
WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=AMSTERDAM)


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[:3] for line in lines if line and not line.startswith(("#", "now\t"))]


def agrees(got: str, expected: str) -> bool:
    """Any kind of refusal where one is expected: the kinds only choose the words of the question."""
    return got == expected or (got.startswith("ERROR") and expected.startswith("ERROR"))


def read_at(now: str, expression: str) -> str:
    return door(read(expression, datetime.fromisoformat(now)))


def test_the_corpus_is_read_without_a_single_silent_mistake():
    answers = [(row, read_at(*row[:2])) for row in rows("dates_nl.tsv")]
    silently_wrong = [(row, got) for row, got in answers if not got.startswith("ERROR") and got != row[2]]
    right = sum(agrees(got, row[2]) for row, got in answers)
    assert silently_wrong == []
    assert right >= 0.97 * len(answers)


@pytest.mark.parametrize("name", ["dates_more.tsv", "dates_held_out.tsv"])
def test_other_expressions_follow_the_conventions(name):
    answers = [(row, read_at(*row[:2])) for row in rows(name)]
    disagreements = [f"{row[0]} {row[1]!r}: {got}, not {row[2]}" for row, got in answers if not agrees(got, row[2])]
    assert not disagreements, "\n".join(disagreements)


@pytest.mark.parametrize(
    ("expression", "because", "options"),
    [
        (
            "volgende vrijdag",
            "'Volgende vrijdag' kan vrijdag 20 of vrijdag 27 november 2026 zijn. Welke bedoel je?",
            (Day(date(2026, 11, 20)), Day(date(2026, 11, 27))),
        ),
        ("31 november", "31 november bestaat niet.", (Day(date(2026, 11, 30)),)),
        ("15 augustus 2026", "15 augustus 2026 is voorbij.", ()),
        ("vrijdag 6 november", "6 november 2027 is een zaterdag.", (Day(date(2027, 11, 5)),)),
        ("3 of 4 december", None, (Day(date(2026, 12, 3)), Day(date(2026, 12, 4)))),
        ("na de zomer", "'Na de zomer' is voor mij geen precieze datum. Welke dag bedoel je?", ()),
        ("voor volgende vrijdag", None, (Day(date(2026, 11, 19)), Day(date(2026, 11, 26)))),
        ("maandag t/m vrijdag", None, (Period(date(2026, 11, 23), date(2026, 11, 27)),)),
        ("zo", None, (Day(date(2026, 11, 22)),)),
        ("november", None, (Period(date(2026, 11, 18), date(2026, 11, 30)),)),
        ("32 december", "32 december bestaat niet.", ()),
        ("over 500 jaar", "18 november 2526 is meer dan 10 jaar vooruit.", ()),
    ],
)
def test_a_refusal_is_a_dutch_sentence_with_the_readings_to_choose_from(expression, because, options):
    result = read(expression, WEDNESDAY)
    assert isinstance(result, Unreadable)
    assert result.options == options
    assert because is None or result.because == because


def test_a_repeated_hour_offers_both_instants():
    result = read("25-10-2026 02:30", datetime(2026, 10, 24, 14, tzinfo=AMSTERDAM))
    assert isinstance(result, Unreadable)
    assert [door(option) for option in result.options] == ["2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00"]


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        read("vrijdag", datetime(2026, 11, 18, 10))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (Day(date(2026, 12, 1)), date(2026, 12, 1)),
        (Period(date(2026, 12, 1), date(2026, 12, 5)), date(2026, 12, 5)),
        (Instant(datetime(2026, 12, 1, 0, 30, tzinfo=AMSTERDAM)), date(2026, 12, 1)),
        (Unreadable("past", "Dat is voorbij."), None),
    ],
)
def test_a_deadline_is_the_last_day(result, expected):
    assert deadline(result) == expected


def test_a_date_is_said_with_its_weekday():
    day = date(2026, 12, 1)
    assert say_day(day) == say_day(day, today=date(2027, 1, 1)) == "dinsdag 1 december 2026"
    assert say_day(day, today=WEDNESDAY.date()) == "dinsdag 1 december"
    assert say_short(day) == "di 1 dec 2026"
    assert say_instant(datetime(2026, 12, 1, 14, tzinfo=AMSTERDAM)) == "dinsdag 1 december 2026, 14:00"


NEAR_DAYS = st.dates(WEDNESDAY.date(), WEDNESDAY.date() + timedelta(days=9 * 365))
TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))


@given(NEAR_DAYS)
def test_a_day_is_read_back_as_it_is_said(day):
    result = Day(day)
    assert read(say(result), WEDNESDAY) == read(say_short(day), WEDNESDAY) == read(door(result), WEDNESDAY) == result


@given(NEAR_DAYS, TIMES)
def test_an_instant_is_read_back_as_it_is_said(day, time):
    at = datetime.combine(day, time, tzinfo=AMSTERDAM)
    if at <= WEDNESDAY or at.utcoffset() != at.replace(fold=1).utcoffset():
        return
    assert read(say_instant(at), WEDNESDAY) == read(door(Instant(at)), WEDNESDAY) == Instant(at)


@given(NEAR_DAYS, st.integers(0, 365))
def test_a_period_is_read_back_as_it_is_said(day, length):
    period = Period(day, day + timedelta(days=length))
    assert read(say(period), WEDNESDAY) == read(door(period), WEDNESDAY) == period


WORDS = (
    "voor na over op om t/m tot van de het een 1 2 3 15 31 2026 2027 14:00 9.30 half kwart uur dag week weken maand "
    "werkdagen jaar vrijdag ma dinsdag december mei volgende deze komende vorige eind begin medio laatste eerste en of "
    "morgen vandaag middag 's avonds week 48 Q1 1-12 12-2026 kerst Pasen weekend nog zo tussen binnen "
    "uiterlijk - '27 H1"
).split(" ")
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2035, 1, 1), timezones=st.just(AMSTERDAM))  # noqa: DTZ001


@settings(deadline=None)  # the first text that the grammar refuses loads dateparser
@given(st.one_of(st.text(max_size=90), SENTENCES), MOMENTS)
@example("١ december", WEDNESDAY)
@example("0 dagen na 31 december", WEDNESDAY)
def test_no_text_crashes_it_and_what_is_accepted_lies_ahead_and_is_read_back(text, now):
    result = read(text, now)
    trailing(text, now)
    if isinstance(result, Unreadable):
        assert result.because.endswith((".", "?"))
        return
    last = deadline(result)
    assert last is not None
    assert now.date() <= last <= now.date() + timedelta(days=3653)
    assert read(door(result), now) == result
    if not (
        isinstance(result, Instant) and result.at.utcoffset() != result.at.replace(fold=1 - result.at.fold).utcoffset()
    ):
        assert read(say(result), now) == result
    if isinstance(result, Instant):
        assert result.at > now


@pytest.mark.parametrize("text", ["1 " * 40, "voor " * 16, "- " * 40, "1-" * 40, "van 1 tot 2 en 3 of " * 4, "9" * 80])
def test_a_text_of_the_longest_length_is_refused_quickly(text):
    start = perf_counter()
    assert door(read(text, WEDNESDAY)).startswith("ERROR")
    assert perf_counter() - start < 0.25


def test_a_longer_text_is_not_even_tried():
    assert door(read("vrijdag " * 11, WEDNESDAY)) == "ERROR:nonsense"


FULL_FORMS = ["{0.day} {1} {0.year}", "{0.day}-{0.month}-{0.year}", "{0.day:02}/{0.month:02}/{0.year}"]


@given(NEAR_DAYS, st.sampled_from(FULL_FORMS))
def test_dateparser_agrees_wherever_it_answers_too(day, form):
    text = form.format(day, say_day(day).split()[2])
    ours = by_grammar(Context(WEDNESDAY, WorkCalendar(), text))
    theirs = strict_parser().get_date_data(text).date_obj
    assert ours == Day(day)
    assert theirs is None or theirs.date() == day


@pytest.mark.parametrize(("now", "expression", "expected"), rows("dates_nl.tsv")[::7])
def test_dateparser_is_asked_only_where_the_grammar_finds_nothing(now, expression, expected):
    ctx = Context(datetime.fromisoformat(now), WorkCalendar(), expression)
    opinion = second_opinion(ctx)
    assert opinion is None or by_grammar(ctx) is not None or door(opinion) == expected


def test_dateparser_is_not_loaded_before_it_is_needed():
    program = "import sys, commands.kit.dates; sys.exit('dateparser' in sys.modules)"
    root = Path(__file__).resolve().parents[3]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0


MAY = NamedPeriod("Meivakantie Noord", date(2027, 4, 24), date(2027, 5, 2), "vakantie", "noord")
MAY_SOUTH = NamedPeriod("Meivakantie Zuid", date(2027, 4, 17), date(2027, 5, 2), "vakantie", "zuid")
RECESS = NamedPeriod("Zomerreces", date(2027, 7, 10), date(2027, 8, 29), "reces")
CONFIGURED = WorkCalendar((MAY, MAY_SOUTH, RECESS))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("voor de meivakantie", "2027-04-16"),
        ("uiterlijk voor de meivakantie", "2027-04-16"),
        ("voor het zomerreces", "2027-07-09"),
        ("zomerreces", "2027-07-10/2027-08-29"),
        ("na het zomerreces", "ERROR:ambiguous"),
        ("voor de kerstvakantie", "ERROR:ambiguous"),
        ("voor de zomer", "ERROR:ambiguous"),
    ],
)
def test_school_holidays_and_recess_come_from_the_configured_calendar(expression, expected):
    assert door(read(expression, WEDNESDAY, CONFIGURED)) == expected


@pytest.mark.parametrize("expression", ["voor de meivakantie", "meivakantie", "na het zomerreces", "in de zomer"])
def test_without_a_calendar_seasons_are_asked(expression):
    assert door(read(expression, WEDNESDAY)) == "ERROR:ambiguous"


def test_hours_behind_an_iso_date_are_hours_and_no_offset():
    now = "2027-01-11T09:00:00+01:00"
    assert read_at(now, "2027-04-15 10:00-12:00") == "2027-04-15T10:00+02:00/2027-04-15T12:00+02:00"
    assert read_at(now, "2027-04-15T10:00-02:00") == "2027-04-15T14:00+02:00"
