"""The arithmetic of what recurs: the change of the clock, ends, and working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.rules.recurrence import Recurrence, missed, next_after, occurrences, until_end_of
from commands.words.calendar import AMSTERDAM, WorkCalendar

CALENDAR = WorkCalendar()


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def test_the_time_on_the_wall_stays_when_the_clock_changes() -> None:
    """28 March 2027 the clock goes forward, 31 October back."""
    weekly = Recurrence("FREQ=WEEKLY;BYDAY=MO", date(2027, 3, 22), time(9))
    found = list(islice(occurrences(weekly, CALENDAR), 2))
    assert [f"{at:%H:%M %z}" for at in found] == ["09:00 +0100", "09:00 +0200"]
    assert [f"{at.astimezone(UTC):%H:%M}" for at in found] == ["08:00", "07:00"]


def test_an_hour_that_is_skipped_or_comes_twice_counts_once() -> None:
    daily = Recurrence("FREQ=DAILY", date(2027, 3, 27), time(2, 30))
    first = [f"{at.astimezone(UTC).astimezone(AMSTERDAM):%d %H:%M}" for at in islice(occurrences(daily, CALENDAR), 3)]
    assert first == ["27 02:30", "28 03:30", "29 02:30"]
    autumn = Recurrence("FREQ=DAILY", date(2027, 10, 30), time(2, 30))
    instants = [f"{at.astimezone(UTC):%d %H:%M}" for at in islice(occurrences(autumn, CALENDAR), 3)]
    assert instants == ["30 00:30", "31 00:30", "01 01:30"]


def test_the_last_day_of_until_counts_on_the_clock_of_amsterdam() -> None:
    assert until_end_of(date(2027, 6, 30)) == "20270630T215959Z"
    assert until_end_of(date(2027, 1, 31)) == "20270131T225959Z"
    late = Recurrence(f"FREQ=DAILY;UNTIL={until_end_of(date(2027, 6, 30))}", date(2027, 6, 29), time(23, 30))
    assert [at.day for at in occurrences(late, CALENDAR)] == [29, 30]


def test_a_count_counts_what_is_left_after_the_holidays() -> None:
    """Good Friday (26 March 2027) is no third time."""
    fridays = Recurrence("FREQ=WEEKLY;BYDAY=FR;COUNT=3", date(2027, 3, 19), time(9), working=True)
    assert [at.date().isoformat() for at in occurrences(fridays, CALENDAR)] == [
        "2027-03-19",
        "2027-04-02",
        "2027-04-09",
    ]


def test_what_comes_once_comes_once() -> None:
    once = Recurrence("", date(2027, 3, 1), time(9))
    assert next_after(once, wall("2027-02-01 09:00"), CALENDAR) == wall("2027-03-01 09:00")
    assert next_after(once, wall("2027-03-01 09:00"), CALENDAR) is None


def test_what_was_missed_is_known() -> None:
    daily = Recurrence("FREQ=DAILY", date(2027, 3, 1), time(9))
    found = missed(daily, wall("2027-03-01 09:00"), wall("2027-03-04 09:00"), CALENDAR)
    assert [at.day for at in found] == [2, 3, 4]


@pytest.mark.parametrize("place", [1, -1, 3])
@given(start=st.dates(date(2024, 1, 1), date(2040, 12, 31)))
def test_the_nth_working_day_of_each_month_is_a_working_day_of_its_own_month(place: int, start: date) -> None:
    rule = f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={place}"
    found = [at.date() for at in islice(occurrences(Recurrence(rule, start, time(9), working=True), CALENDAR), 6)]
    assert found[0] >= start
    assert len({(day.year, day.month) for day in found}) == 6
    for day in found:
        month = [day.replace(day=n) for n in range(1, 32) if _exists(day, n)]
        working = [one for one in month if CALENDAR.is_working_day(one)]
        assert day == working[place - 1 if place > 0 else place]


def _exists(day: date, n: int) -> bool:
    try:
        day.replace(day=n)
    except ValueError:
        return False
    return True


@given(
    rule=st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "FREQ=MONTHLY;BYMONTHDAY=-1"]),
    start=st.dates(date(2024, 1, 1), date(2035, 1, 1)),
    clock=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    n=st.integers(0, 20),
)
def test_the_next_time_after_one_is_the_one_behind_it(rule: str, start: date, clock: time, n: int) -> None:
    recurrence = Recurrence(rule, start, clock)
    found = list(islice(occurrences(recurrence, CALENDAR), n + 2))
    assert next_after(recurrence, found[n], CALENDAR) == found[n + 1]
