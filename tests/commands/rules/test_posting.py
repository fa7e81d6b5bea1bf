"""What a room hears of the bot's own accord: the counting, in plain values (R-181)."""

from __future__ import annotations

from datetime import date

import pytest

from commands.rules.posting import (
    Cap,
    Spoken,
    bundle_goes,
    caps,
    has_room,
    is_one_extra,
    next_bundle,
    next_morning,
    rank,
    week_of,
)
from commands.words.reminder import Intensity
from commands.words.structure import Structure

WEEK = (date(2027, 1, 11), date(2027, 1, 17))


def spoken(week: int, day: int = 0, most: int = 2) -> tuple[Spoken, ...]:
    return (Spoken(Cap(*WEEK, most), week, day),)


def test_a_week_runs_from_monday_to_sunday_over_the_turn_of_the_year() -> None:
    assert week_of(date(2027, 1, 3)) == (date(2026, 12, 28), date(2027, 1, 3))
    assert week_of(date(2027, 1, 4)) == (date(2027, 1, 4), date(2027, 1, 10))


@pytest.mark.parametrize(
    ("day", "bundle", "morning"),
    [
        (date(2027, 1, 13), "2027-01-18 08:30", "2027-01-14 08:30"),
        (date(2027, 1, 17), "2027-01-18 08:30", "2027-01-18 08:30"),
        (date(2027, 1, 18), "2027-01-25 08:30", "2027-01-19 08:30"),
        # Monday 17 May 2027 is Whit Monday; from 24 April to 9 May the example year is quiet.
        (date(2027, 5, 13), "2027-05-18 08:30", "2027-05-14 08:30"),
        (date(2027, 4, 23), "2027-05-10 08:30", "2027-05-10 08:30"),
    ],
)
def test_a_bundle_comes_on_the_first_sending_day_of_a_later_week(
    structure: Structure, day: date, bundle: str, morning: str
) -> None:
    assert f"{next_bundle(day, structure):%Y-%m-%d %H:%M}" == bundle
    assert f"{next_morning(day, structure):%Y-%m-%d %H:%M}" == morning


@pytest.mark.parametrize(
    ("week", "waiting", "fits"), [(0, 0, True), (1, 0, True), (2, 0, False), (0, 3, True), (1, 3, False)]
)
def test_a_week_has_two_places_and_a_bundle_that_is_coming_has_one_of_them(week: int, waiting: int, fits: bool) -> None:
    assert has_room(spoken(week), waiting) is fits


@pytest.mark.parametrize(
    ("week", "day", "goes"),
    [
        # Two on Monday, and today nothing yet; two today; three today; two earlier and one today.
        (2, 0, True),
        (2, 2, True),
        (3, 3, False),
        (3, 1, False),
        # Yesterday's extra does not count today.
        (3, 0, True),
        (5, 0, True),
    ],
)
def test_a_deadline_may_be_one_more_than_the_week_has_room_for_each_day(week: int, day: int, goes: bool) -> None:
    assert is_one_extra(spoken(week, day)) is goes
    assert bundle_goes(spoken(week, day), deadline=True) is goes
    assert bundle_goes(spoken(week, day), deadline=False) is False


def test_signals_come_before_meetings_and_those_before_decisions_and_the_rest() -> None:
    order = [("SIG-2027-001",), ("VRG-AO-2027-01",), ("BES-2027-001",), ("ACT-2027-001",), ("WG-PFAS",), ("TRK-1",), ()]
    ranks = [rank(about) for about in order]
    assert ranks == sorted(ranks)
    assert len(set(ranks[:5])) == 5
    assert rank(("ACT-2027-001", "SIG-2027-004")) == rank(("SIG-2027-001",))


# --- what a communication plan makes of it (R-217) -------------------------------------------------------------------
@pytest.mark.parametrize("most", [0, 1, 2, 3])
@pytest.mark.parametrize("intensity", [None, *Intensity])
def test_a_plan_lowers_the_cap_and_never_raises_it(intensity: Intensity | None, most: int) -> None:
    found = caps(date(2027, 1, 13), intensity, most)
    usual = Cap(*WEEK, most)
    if intensity is Intensity.WEEKLY:
        assert found == (Cap(*WEEK, min(1, most)),)
    elif intensity is Intensity.MONTHLY:
        assert found == (usual, Cap(date(2027, 1, 1), date(2027, 1, 31), min(1, most)))
    else:
        assert found == (usual,)


def test_a_month_that_is_full_is_full_in_a_week_that_has_room() -> None:
    month = Cap(date(2027, 1, 1), date(2027, 1, 31), 1)
    earlier = (*spoken(0), Spoken(month, 1, 0))
    assert not has_room(earlier, 0)
    assert not bundle_goes(earlier, deadline=False)
    assert is_one_extra(earlier)
    today = (*spoken(2, 2), Spoken(month, 2, 2))
    assert not is_one_extra(today)


@pytest.mark.parametrize(
    ("day", "bundle"),
    [
        (date(2027, 1, 13), "2027-02-01 08:30"),
        (date(2027, 2, 28), "2027-03-01 08:30"),
        # 1 May is a Saturday, and the example year is quiet until the 10th.
        (date(2027, 4, 30), "2027-05-10 08:30"),
        (date(2027, 12, 31), "2028-01-10 08:30"),
    ],
)
def test_a_bundle_of_a_month_comes_on_the_first_sending_day_of_a_later_month(
    structure: Structure, day: date, bundle: str
) -> None:
    assert f"{next_bundle(day, structure, Intensity.MONTHLY):%Y-%m-%d %H:%M}" == bundle
    assert next_bundle(day, structure, Intensity.WEEKLY) == next_bundle(day, structure)
