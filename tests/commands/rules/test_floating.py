"""*zwevend* and *niet teruggekoppeld*: computed from dates, never stored (domain.md §2.5, R-006, R-069, R-151)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.rules.floating import age_in_days, awaits_feedback, is_floating
from commands.rules.timing import floats_from
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import Meeting, MeetingKind
from commands.words.signal import Signal, SignalState, Track
from commands.words.structure import Structure
from config.structure import load_structure

FILED = datetime(2027, 1, 11, 9, 0, tzinfo=AMSTERDAM)
SIGNAL = Signal("SIG-2027-001", "Depots vol", ("uvw.ao.1",), "UvW", SignalState.SUBMITTED, "AO", "AO", FILED, FILED)


@pytest.fixture(scope="module")
def shipped() -> Structure:
    return load_structure("bijlage4")


@pytest.fixture(scope="module")
def example() -> Structure:
    return load_structure("voorbeeldjaar")


def meeting(day: date) -> Meeting:
    return Meeting(f"VRG-AO-{day}", "AO", MeetingKind.REGULAR, day)


def test_after_ten_working_days_it_floats(shipped: Structure) -> None:
    assert not is_floating(SIGNAL, date(2027, 1, 25), (), shipped)
    assert is_floating(SIGNAL, date(2027, 1, 26), (), shipped)


def test_or_the_day_after_the_first_meeting_that_passed(shipped: Structure) -> None:
    assert not is_floating(SIGNAL, date(2027, 1, 14), (meeting(date(2027, 1, 14)),), shipped)
    assert is_floating(SIGNAL, date(2027, 1, 15), (meeting(date(2027, 1, 14)),), shipped)


def test_the_example_year_counts_fourteen_days_and_no_meeting(example: Structure) -> None:
    assert floats_from(SIGNAL, (meeting(date(2027, 1, 14)),), example) == date(2027, 1, 26)


@pytest.mark.parametrize(("track", "days"), [(Track.OPEN, 60), (Track.HOLD, 60), (Track.ENCOURAGE, 120)])
def test_what_lies_silent_floats_later_on_the_track_that_encourages(
    shipped: Structure, track: Track, days: int
) -> None:
    silent = replace(SIGNAL, state=SignalState.HANDLING, track=track)
    assert floats_from(silent, (), shipped) == FILED.date() + timedelta(days=days + 1)


@given(state=st.sampled_from(list(SignalState)))
def test_what_is_over_or_on_an_agenda_never_floats(state: SignalState) -> None:
    floats = is_floating(replace(SIGNAL, state=state), date(2030, 1, 1), (), load_structure("bijlage4"))
    assert floats == (state in (SignalState.SUBMITTED, SignalState.HELD, SignalState.HANDLING))


def test_feedback_is_awaited_after_ten_working_days(shipped: Structure) -> None:
    done = replace(SIGNAL, state=SignalState.SETTLED, settled_at=FILED)
    assert not awaits_feedback(done, date(2027, 1, 25), shipped)
    assert awaits_feedback(done, date(2027, 1, 26), shipped)
    assert not awaits_feedback(replace(done, state=SignalState.CLOSED), date(2027, 3, 1), shipped)


def test_age_is_counted_in_amsterdam() -> None:
    late = replace(SIGNAL, filed_at=datetime(2027, 1, 11, 23, 30, tzinfo=AMSTERDAM))
    assert age_in_days(late, date(2027, 1, 12)) == 1
