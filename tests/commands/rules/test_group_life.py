"""How a group goes on and ends, by plain values (W5-W8, INV-13, INV-15, R-076, R-162, R-176)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from commands.rules.group_life import (
    OpenThings,
    is_evaluated,
    lacks_midterm,
    may_conclude,
    may_end,
    may_extend,
    outlook_days,
    widening,
)
from commands.words.calendar import WorkCalendar
from commands.words.structure import BodyKind, Thresholds
from commands.words.verdict import Allowed, Refused
from commands.words.workgroup import FinalReview, GroupState, Phase, Workgroup

LIMITS = Thresholds()
GROUP = Workgroup(
    "WG-X", "Werkgroep X", BodyKind.WORKGROUP, GroupState.ACTIVE, date(2027, 1, 1), date(2027, 12, 31), "AO"
)
PROGRAMME = replace(GROUP, code="PRG-X", kind=BodyKind.PROGRAMME, end=date(2030, 12, 31), phase=Phase.PROGRESS)
JUNE = date(2027, 6, 1)


@pytest.mark.parametrize(
    ("evaluated", "extended", "counts"),
    [
        (None, None, False),
        (date(2026, 12, 31), None, False),
        (date(2027, 1, 1), None, True),
        (date(2027, 3, 1), date(2027, 3, 1), False),
        (date(2027, 3, 2), date(2027, 3, 1), True),
    ],
)
def test_an_evaluation_counts_once_for_each_extension(
    evaluated: date | None, extended: date | None, counts: bool
) -> None:
    assert is_evaluated(replace(GROUP, evaluated_on=evaluated, extended_on=extended)) is counts


@pytest.mark.parametrize("state", [one for one in GroupState if one not in (GroupState.ACTIVE, GroupState.LAPSED)])
def test_only_a_running_or_lapsed_group_is_extended(state: GroupState) -> None:
    assert isinstance(may_extend(replace(GROUP, state=state, evaluated_on=JUNE), None, JUNE, LIMITS), Refused)


def test_the_maximum_counts_from_the_first_day_and_does_not_bind_a_programme() -> None:
    group = replace(GROUP, evaluated_on=JUNE)
    assert isinstance(may_extend(group, date(2030, 1, 1), JUNE, LIMITS), Allowed)
    refused = may_extend(group, date(2030, 1, 2), JUNE, LIMITS)
    assert isinstance(refused, Refused)
    assert refused.code == "R-080"
    assert isinstance(may_extend(replace(PROGRAMME, evaluated_on=JUNE), date(2035, 1, 1), JUNE, LIMITS), Allowed)


def test_nothing_ends_while_something_open_has_no_place() -> None:
    group = replace(GROUP, state=GroupState.WINDING_UP, evaluated_on=JUNE)
    left = OpenThings(("SIG-1",), ("ACT-1", "ACT-2", "ACT-3"))
    refused = may_end(group, left, None, "")
    assert isinstance(refused, Refused)
    assert refused.because == "Waar gaan 3 open acties en 1 signaal heen?"
    assert isinstance(may_end(group, left, "AO", ""), Allowed)
    assert isinstance(may_end(group, OpenThings(), None, ""), Allowed)
    assert OpenThings(actions=("ACT-1",), requests=("HV-1", "HV-2")).to("het AO") == (
        "1 open actie en 2 hulpvragen gaan naar het AO."
    )


def test_a_programme_ends_after_a_review_that_is_newer_than_its_last_extension() -> None:
    old = replace(PROGRAMME, final_review=FinalReview(JUNE), extended_on=date(2027, 9, 1))
    refused = may_conclude(old, OpenThings(), None)
    assert isinstance(refused, Refused)
    assert refused.code == "R-164"
    assert isinstance(may_conclude(replace(old, extended_on=None), OpenThings(), None), Allowed)


def test_an_ever_wider_agenda_is_pointed_out() -> None:
    assert widening(replace(GROUP, scope_changes=1), 3) == ()
    assert widening(replace(GROUP, scope_changes=2), 4) == (
        "de opdracht is 2 keer gewijzigd",
        "4 signalen vallen buiten het thema",
    )


def test_a_midterm_review_is_missed_three_months_into_the_second_half() -> None:
    midterm = date(2028, 12, 29)
    assert not lacks_midterm(PROGRAMME, midterm, date(2029, 3, 29))
    assert lacks_midterm(PROGRAMME, midterm, date(2029, 3, 30))
    assert not lacks_midterm(replace(PROGRAMME, evaluated_on=date(2028, 10, 1)), midterm, date(2029, 6, 1))
    assert not lacks_midterm(replace(PROGRAMME, phase=None), midterm, date(2029, 6, 1))


def test_a_programme_looks_ahead_two_years_and_one_year_before_its_end() -> None:
    assert outlook_days(PROGRAMME, WorkCalendar(), LIMITS) == (date(2028, 12, 29), date(2029, 12, 31))
    assert outlook_days(GROUP, WorkCalendar(), LIMITS) == ()
