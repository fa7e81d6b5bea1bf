from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.words.calendar import AMSTERDAM, NamedPeriod, WorkCalendar, easter, holidays, local

CALENDAR = WorkCalendar()

# Typed by hand from the published calendars: the days of article 3 of the Algemene termijnenwet and the two Sundays.
HOLIDAYS = {
    2026: "01-01 04-03 04-05 04-06 04-27 05-05 05-14 05-24 05-25 12-25 12-26",
    2027: "01-01 03-26 03-28 03-29 04-27 05-05 05-06 05-16 05-17 12-25 12-26",
    2028: "01-01 04-14 04-16 04-17 04-27 05-05 05-25 06-04 06-05 12-25 12-26",
    2029: "01-01 03-30 04-01 04-02 04-27 05-05 05-10 05-20 05-21 12-25 12-26",
    2030: "01-01 04-19 04-21 04-22 04-27 05-05 05-30 06-09 06-10 12-25 12-26",
    2031: "01-01 04-11 04-13 04-14 04-26 05-05 05-22 06-01 06-02 12-25 12-26",
}

SUMMER = NamedPeriod("Zomerstilte", date(2026, 7, 20), date(2026, 8, 14), "stilte")
MAY = NamedPeriod("Meivakantie", date(2027, 4, 24), date(2027, 5, 2), "vakantie", "noord")
WITH_PERIODS = WorkCalendar((SUMMER, MAY))


@pytest.mark.parametrize("year", HOLIDAYS)
def test_the_holidays_of_a_year_are_the_published_ones(year):
    assert [f"{day:%m-%d}" for day in sorted(holidays(year))] == HOLIDAYS[year].split()


def test_easter_is_right_in_its_earliest_and_latest_years():
    assert [easter(year) for year in (2008, 2011, 2038)] == [date(2008, 3, 23), date(2011, 4, 24), date(2038, 4, 25)]


def test_kings_day_moves_to_saturday_when_it_would_be_a_sunday():
    assert CALENDAR.holiday(date(2031, 4, 26)) == "Koningsdag"
    assert CALENDAR.holiday(date(2031, 4, 27)) is None


def test_two_holidays_on_one_day_are_both_named():
    assert CALENDAR.holiday(date(2016, 5, 5)) == "Bevrijdingsdag en Hemelvaartsdag"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 1, 1), "Nieuwjaarsdag"),
        (date(2027, 3, 26), "Goede Vrijdag"),
        (date(2027, 3, 28), "Eerste paasdag"),
        (date(2027, 3, 29), "Tweede paasdag"),
        (date(2027, 5, 6), "Hemelvaartsdag"),
        (date(2027, 5, 17), "Tweede pinksterdag"),
        (date(2026, 12, 26), "Tweede kerstdag"),
        (date(2026, 12, 24), None),
        (date(2026, 12, 31), None),
    ],
)
def test_a_holiday_is_named_in_dutch(day, name):
    assert CALENDAR.holiday(day) == name


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 11, 18), 10, date(2026, 12, 2)),
        (date(2026, 11, 18), 30, date(2026, 12, 31)),
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        (date(2026, 12, 28), -1, date(2026, 12, 24)),
        (date(2027, 3, 25), 1, date(2027, 3, 30)),  # over Good Friday and Easter Monday
        (date(2027, 5, 7), -2, date(2027, 5, 3)),  # back over 5 May and Ascension Day
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # from a Saturday
        (date(2026, 11, 21), -1, date(2026, 11, 20)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
    ],
)
def test_working_days_are_counted_from_the_day_after(day, n, expected):
    assert CALENDAR.add(day, n) == expected


def test_on_or_after_keeps_a_working_day_and_next_working_day_does_not():
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    assert CALENDAR.on_or_after(friday) == CALENDAR.on_or_before(friday) == friday
    assert CALENDAR.on_or_after(friday + timedelta(days=1)) == CALENDAR.next_working_day(friday) == monday
    assert CALENDAR.on_or_before(monday - timedelta(days=1)) == friday


def test_between_counts_the_end_and_not_the_start():
    assert CALENDAR.between(date(2026, 11, 20), date(2026, 11, 23)) == 1
    assert CALENDAR.between(date(2026, 11, 23), date(2026, 11, 23)) == 0
    assert CALENDAR.between(date(2026, 11, 20), date(2026, 11, 22)) == 0
    assert CALENDAR.between(date(2026, 11, 23), date(2026, 11, 20)) == -1


DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@given(DAYS, st.integers(-60, 60))
def test_adding_and_counting_agree_on_working_days(day, n):
    start = CALENDAR.on_or_after(day)
    assert CALENDAR.between(start, CALENDAR.add(start, n)) == n


@given(DAYS, DAYS)
def test_counting_backwards_is_counting_forwards_negated(one, other):
    assert CALENDAR.between(one, other) == -CALENDAR.between(other, one)


@given(DAYS)
def test_no_working_day_is_a_weekend_or_a_holiday(day):
    assert CALENDAR.is_working_day(day) == (day.isoweekday() < 6 and CALENDAR.holiday(day) is None)


def test_a_quiet_period_stops_sending_and_not_working():
    first, last = SUMMER.start, SUMMER.end
    assert WITH_PERIODS.is_working_day(first)
    assert WITH_PERIODS.is_quiet(first)
    assert WITH_PERIODS.is_quiet(last)
    assert not WITH_PERIODS.is_sending_day(last)
    assert WITH_PERIODS.sending_on_or_after(first) == date(2026, 8, 17)
    assert WITH_PERIODS.sending_on_or_before(last) == date(2026, 7, 17)
    assert not WITH_PERIODS.is_quiet(MAY.start)


def test_periods_on_a_day_include_both_their_ends():
    assert WITH_PERIODS.periods_on(MAY.start) == WITH_PERIODS.periods_on(MAY.end) == (MAY,)
    assert WITH_PERIODS.periods_on(MAY.end + timedelta(days=1)) == ()


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="Reces"):
        NamedPeriod("Reces", date(2026, 7, 2), date(2026, 7, 1), "reces")


def test_a_calendar_that_is_always_quiet_says_so_instead_of_searching_forever():
    always = WorkCalendar((NamedPeriod("Altijd", date(2000, 1, 1), date(2099, 12, 31), "stilte"),))
    with pytest.raises(ValueError, match="tien jaar"):
        always.sending_on_or_after(date(2026, 1, 1))


def test_local_time_is_the_wall_clock_of_amsterdam():
    assert local(datetime(2026, 7, 1, 12, tzinfo=UTC)).isoformat() == "2026-07-01T14:00:00+02:00"
    assert local(datetime(2026, 12, 1, 12, tzinfo=UTC)).tzinfo is AMSTERDAM


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        local(datetime(2026, 7, 1, 12))  # noqa: DTZ001
