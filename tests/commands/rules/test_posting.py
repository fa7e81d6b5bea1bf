"""What a room hears of the bot's own accord: the counting, in plain values (R-181)."""

from __future__ import annotations

from datetime import date

import pytest

from commands.rules.posting import bundle_goes, has_room, is_one_extra, next_bundle, next_morning, rank, week_of
from commands.words.structure import Structure


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
    assert has_room(week, waiting, 2) is fits


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
    assert is_one_extra(week, day, 2) is goes
    assert bundle_goes(week, day, 2, deadline=True) is goes
    assert bundle_goes(week, day, 2, deadline=False) is False


def test_signals_come_before_meetings_and_those_before_decisions_and_the_rest() -> None:
    order = [("SIG-2027-001",), ("VRG-AO-2027-01",), ("BES-2027-001",), ("ACT-2027-001",), ("WG-PFAS",), ("TRK-1",), ()]
    ranks = [rank(about) for about in order]
    assert ranks == sorted(ranks)
    assert len(set(ranks[:5])) == 5
    assert rank(("ACT-2027-001", "SIG-2027-004")) == rank(("SIG-2027-001",))
