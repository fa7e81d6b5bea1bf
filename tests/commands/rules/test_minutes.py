"""When a list goes out, how long it can be corrected, when minutes are fixed, and how long a text for others is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.rules.minutes import (
    corrections_until,
    list_day,
    may_fix_minutes,
    may_have_minutes,
    shortened,
    without_outcome,
    words_in,
)
from commands.words.calendar import NamedPeriod, WorkCalendar
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingKind, MeetingState, Nature
from commands.words.signal import Horizon
from commands.words.structure import Structure
from commands.words.verdict import Allowed, Refused

DAY = date(2027, 1, 14)
MEETING = Meeting("VRG-AO-2027-01", "AO", MeetingKind.REGULAR, DAY, MeetingState.HELD)
ITEM = AgendaItem("AGP-2027-001", "VRG-AO-2027-01", 1, "Depots", Nature.DISCUSS, Horizon.CURRENT, "vng.ao.1", "VNG")
WEEK = NamedPeriod("stil", date(2027, 1, 15), date(2027, 1, 20), "stilte")
QUIET = Structure("x", (), (), calendar=WorkCalendar(periods=(WEEK,)))
PLAIN = Structure("x", (), ())


def test_the_list_goes_out_one_working_day_later_and_not_in_a_quiet_period() -> None:
    assert list_day(MEETING, PLAIN) == date(2027, 1, 15)
    assert list_day(replace(MEETING, day=date(2027, 1, 15)), PLAIN) == date(2027, 1, 18)
    assert list_day(MEETING, QUIET) == date(2027, 1, 21)


def test_it_can_be_corrected_for_five_working_days() -> None:
    assert corrections_until(date(2027, 1, 15), PLAIN) == date(2027, 1, 22)


def test_every_point_that_was_on_the_agenda_needs_an_outcome() -> None:
    treated = replace(ITEM, id="AGP-2027-002", state=ItemState.TREATED, outcome="besloten")
    silent = replace(ITEM, id="AGP-2027-003", state=ItemState.TREATED)
    moved = replace(ITEM, id="AGP-2027-004", state=ItemState.MOVED_ON)
    proposed = replace(ITEM, id="AGP-2027-005", state=ItemState.PROPOSED)
    assert without_outcome([ITEM, treated, silent, moved, proposed]) == [ITEM, silent]
    assert may_have_minutes(MEETING, [treated, moved]) == Allowed()
    assert isinstance(may_have_minutes(MEETING, [ITEM]), Refused)
    assert isinstance(may_have_minutes(replace(MEETING, state=MeetingState.CONFIRMED), []), Refused)


@pytest.mark.parametrize(
    ("state", "meets", "written", "today", "fine"),
    [
        (MeetingState.MINUTES, True, False, date(2027, 3, 4), True),
        (MeetingState.MINUTES, True, False, DAY, False),
        (MeetingState.MINUTES, False, False, date(2027, 3, 3), False),
        (MeetingState.MINUTES, False, True, date(2027, 3, 3), True),
        (MeetingState.HELD, True, False, date(2027, 3, 4), False),
        (MeetingState.CONFIRMED, True, True, date(2027, 3, 4), False),
    ],
)
def test_minutes_are_fixed_in_a_later_meeting_or_in_writing(
    state: MeetingState, meets: bool, written: bool, today: date, fine: bool
) -> None:
    verdict = may_fix_minutes(replace(MEETING, state=state), meets_today=meets, written=written, today=today)
    assert isinstance(verdict, Allowed) is fine


def test_what_does_not_fit_is_counted_and_a_first_text_that_is_too_long_is_cut() -> None:
    assert shortened(["een twee", "drie"], 3, "punt", "punten") == "een twee; drie"
    assert shortened(["een twee", "drie vier"], 3, "punt", "punten") == "een twee; en nog 1 punt"
    assert shortened(["een twee drie", "vier", "vijf"], 2, "punt", "punten") == "een twee…; en nog 2 punten"
    assert shortened([], 2, "punt", "punten") == ""


@given(st.lists(st.text(alphabet="ab ", min_size=1).filter(str.strip), max_size=8), st.integers(1, 40))
def test_it_is_never_longer_than_was_said(texts: list[str], most: int) -> None:
    assert words_in(shortened(texts, most, "punt", "punten")) <= most + 4
