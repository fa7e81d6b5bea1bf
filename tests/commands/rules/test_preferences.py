"""On which days the bot writes to someone who chose how often."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.rules.preferences import is_of_interest, looked_ahead_on, news_waits, nudge_waits, speaks_on
from commands.words.calendar import NamedPeriod, WorkCalendar
from commands.words.reminder import Intensity, Preference

CALENDAR = WorkCalendar((NamedPeriod("zomer", date(2027, 7, 12), date(2027, 8, 20), "stilte"),))
DAYS = st.dates(date(2026, 12, 1), date(2028, 2, 1))


def chose(intensity: Intensity | None, quiet_until: date | None = None) -> Preference:
    return Preference("vng.ao.1", intensity, quiet_until=quiet_until)


@pytest.mark.parametrize(
    ("intensity", "day", "speaks"),
    [
        (None, date(2027, 1, 16), date(2027, 1, 18)),
        (Intensity.WEEKLY, date(2027, 1, 18), date(2027, 1, 18)),
        (Intensity.WEEKLY, date(2027, 1, 19), date(2027, 1, 25)),
        # Easter Monday is 29 March: that week's message comes on the Tuesday.
        (Intensity.WEEKLY, date(2027, 3, 27), date(2027, 3, 30)),
        (Intensity.WEEKLY, date(2027, 7, 13), date(2027, 8, 23)),
        (Intensity.MONTHLY, date(2027, 1, 2), date(2027, 1, 4)),
        (Intensity.MONTHLY, date(2027, 1, 5), date(2027, 2, 1)),
        # 1 May is a Saturday.
        (Intensity.MONTHLY, date(2027, 4, 20), date(2027, 5, 3)),
        (Intensity.LIGHT, date(2027, 2, 1), date(2027, 2, 1)),
    ],
)
def test_the_first_day_that_was_chosen(intensity: Intensity | None, day: date, speaks: date) -> None:
    assert speaks_on(chose(intensity), day, CALENDAR) == speaks


def test_silence_comes_first_and_then_the_rhythm() -> None:
    quiet = chose(Intensity.WEEKLY, quiet_until=date(2027, 3, 3))
    assert speaks_on(quiet, date(2027, 1, 20), CALENDAR) == date(2027, 3, 8)


@given(st.sampled_from([None, *Intensity]), DAYS)
def test_it_is_always_a_sending_day_that_is_not_past(intensity: Intensity | None, day: date) -> None:
    found = speaks_on(chose(intensity), day, CALENDAR)
    assert found >= day
    assert CALENDAR.is_sending_day(found)
    assert speaks_on(chose(intensity), found, CALENDAR) == found


@given(DAYS, DAYS)
def test_at_most_one_day_a_week_or_a_month(one: date, other: date) -> None:
    weekly = [speaks_on(chose(Intensity.WEEKLY), day, CALENDAR) for day in (one, other)]
    assert weekly[0] == weekly[1] or weekly[0].isocalendar()[:2] != weekly[1].isocalendar()[:2]
    monthly = [speaks_on(chose(Intensity.LIGHT), day, CALENDAR) for day in (one, other)]
    assert monthly[0] == monthly[1] or (monthly[0].year, monthly[0].month) != (monthly[1].year, monthly[1].month)


@pytest.mark.parametrize("intensity", [None, *Intensity])
@given(day=DAYS)
def test_what_is_acute_never_waits(intensity: Intensity | None, day: date) -> None:
    quiet = chose(intensity, quiet_until=date(2028, 6, 1))
    assert not nudge_waits(quiet, day, CALENDAR, urgent=True, own=False)
    assert not news_waits(quiet, day, urgent=True)


def test_ones_own_deadlines_come_through_except_for_licht() -> None:
    wednesday = date(2027, 1, 20)
    assert not nudge_waits(chose(Intensity.MONTHLY), wednesday, CALENDAR, urgent=False, own=True)
    assert nudge_waits(chose(Intensity.MONTHLY), wednesday, CALENDAR, urgent=False, own=False)
    assert nudge_waits(chose(Intensity.LIGHT), wednesday, CALENDAR, urgent=False, own=True)


def test_a_topic_limits_news_that_has_another_topic() -> None:
    about = Preference("vng.ao.1", topics=("Grondwater",))
    assert is_of_interest(about, "grondwater")
    assert is_of_interest(about, None)
    assert not is_of_interest(about, "PFAS")


def test_light_hears_of_an_action_in_the_last_message_before_its_date() -> None:
    light = Preference("vng.ao.1", Intensity.LIGHT)
    today = date(2027, 1, 11)
    assert looked_ahead_on(light, date(2027, 1, 29), today, CALENDAR) is None
    assert looked_ahead_on(light, date(2027, 2, 17), today, CALENDAR) == date(2027, 2, 1)
    assert looked_ahead_on(light, date(2027, 3, 1), today, CALENDAR) == date(2027, 3, 1)
    assert looked_ahead_on(light, date(2027, 4, 20), today, CALENDAR) == date(2027, 4, 1)
