"""How long nothing was heard, without the days on which nothing may be said."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commands.rules.silence import days_heard_nothing, longest_silence, silent_from
from commands.words.calendar import NamedPeriod, WorkCalendar
from commands.words.reminder import Intensity
from commands.words.structure import Span
from commands.words.workgroup import CommunicationPlan

PLAIN = WorkCalendar()
SUMMER = WorkCalendar((NamedPeriod("zomer", date(2027, 7, 24), date(2027, 8, 22), "stilte"),))


def test_the_forty_third_day_is_the_first_that_is_too_silent() -> None:
    assert silent_from(date(2027, 1, 4), Span(42), PLAIN) == date(2027, 2, 16)
    assert days_heard_nothing(date(2027, 1, 4), date(2027, 2, 16), PLAIN) == 43


def test_the_thirty_days_of_a_quiet_summer_do_not_count() -> None:
    assert silent_from(date(2027, 7, 1), Span(42), PLAIN) == date(2027, 8, 13)
    assert silent_from(date(2027, 7, 1), Span(42), SUMMER) == date(2027, 9, 12)


def test_in_working_days_it_is_the_day_after_so_many() -> None:
    assert silent_from(date(2027, 1, 4), Span(5, "werkdagen"), PLAIN) == date(2027, 1, 12)


@given(since=st.dates(date(2027, 1, 1), date(2027, 12, 31)), n=st.integers(0, 90))
def test_the_day_before_is_not_too_silent_and_that_day_is(since: date, n: int) -> None:
    day = silent_from(since, Span(n), SUMMER)
    assert days_heard_nothing(since, day, SUMMER) == n + 1
    assert days_heard_nothing(since, day - timedelta(days=1), SUMMER) == n


def test_a_communication_plan_shortens_the_silence_and_never_lengthens_it() -> None:
    """R-217; nobody is asked more often than once a week."""

    def longest(intensity: Intensity, usual: int = 42) -> Span:
        return longest_silence(CommunicationPlan("gemeenten", "de nieuwsbrief", intensity), Span(usual))

    assert longest_silence(None, Span(42)) == Span(42)
    assert [longest(one).n for one in (Intensity.DAILY, Intensity.WEEKLY, Intensity.MONTHLY)] == [7, 7, 31]
    assert longest(Intensity.MONTHLY, 14) == Span(14)
