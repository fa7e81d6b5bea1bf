"""When the clock owes something (digests.md §1.0, §2.1, INV-12, INV-38)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.rules import timing
from commands.words.action import Action, ActionState
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import Meeting, MeetingKind
from commands.words.structure import BodyKind, Span, Structure
from commands.words.workgroup import GroupState, Workgroup
from config.structure import load_structure

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def shipped() -> Structure:
    return load_structure("bijlage4")


@pytest.fixture(scope="module")
def example() -> Structure:
    return load_structure("voorbeeldjaar")


def action(due: date) -> Action:
    return Action("ACT-2027-001", "x", "p.1", "VNG", due, due, "AO", ActionState.OPEN, "p.2", NOW)


def group(end: date) -> Workgroup:
    return Workgroup("WG-A", "Werkgroep A", BodyKind.WORKGROUP, GroupState.ACTIVE, date(2026, 1, 1), end, "AO")


def test_sending_time_is_on_the_wall_clock_summer_and_winter(shipped: Structure) -> None:
    assert timing.at_sending_time(date(2027, 1, 11), shipped).astimezone(UTC).hour == 7
    assert timing.at_sending_time(date(2027, 7, 12), shipped).astimezone(UTC).hour == 6


def test_an_action_is_recalled_before_on_and_after_its_day(example: Structure) -> None:
    assert timing.action_moments(action(date(2027, 2, 5)), example) == [
        ("actie_binnenkort", date(2027, 1, 29)),
        ("actie_vandaag", date(2027, 2, 5)),
        ("actie_voorbij_1", date(2027, 2, 8)),
        ("actie_voorbij_2", date(2027, 2, 12)),
        ("actie_voorbij_3", date(2027, 2, 19)),
    ]


def test_with_two_steps_these_are_the_first_and_the_last(shipped: Structure) -> None:
    kinds = [kind for kind, _ in timing.action_moments(action(date(2027, 2, 5)), shipped)]
    assert kinds == ["actie_binnenkort", "actie_voorbij_1", "actie_voorbij_3"]


def test_digest_and_papers_of_the_example_year(example: Structure) -> None:
    ao, do = example.body("AO"), example.body("DO")
    assert ao is not None
    assert do is not None
    meeting = Meeting("VRG-AO-2027-02", "AO", MeetingKind.REGULAR, date(2027, 3, 4))
    assert timing.papers_day(meeting, ao, example.calendar) == date(2027, 2, 25)
    assert timing.digest_day(meeting, ao, example.calendar) == date(2027, 2, 26)
    assert timing.update_day(meeting, ao, example.calendar) == date(2027, 3, 3)
    reflection = Meeting("VRG-DO-2027-02", "DO", MeetingKind.REFLECTION, date(2027, 9, 28))
    assert timing.lead_of(do, MeetingKind.REFLECTION) is do.reflection_lead
    assert timing.update_day(reflection, do, example.calendar) is None


def test_around_the_end_of_a_group(shipped: Structure) -> None:
    moments = timing.group_moments(group(date(2027, 3, 31)), shipped)
    assert moments == [
        ("groep_einddatum_nadert", "2027-03-31-60", date(2027, 1, 29)),
        ("groep_einddatum_nadert", "2027-03-31-30", date(2027, 3, 1)),
        ("groep_einddatum_voorbij", "2027-03-31-1", date(2027, 4, 1)),
    ]
    lapse = timing.lapse_instant(group(date(2027, 3, 31)))
    assert lapse == datetime.combine(date(2027, 4, 1), time(0, 0), AMSTERDAM)


@given(due=st.dates(date(2027, 1, 1), date(2028, 12, 31)))
def test_every_reminder_falls_on_a_day_that_messages_may_be_sent(due: date) -> None:
    example = load_structure("voorbeeldjaar")
    days = [day for _, day in timing.action_moments(action(due), example)]
    days += [day for _, _, day in timing.group_moments(group(due), example)]
    assert all(example.calendar.is_sending_day(day) for day in days)
    before, *_, last = [day for _, day in timing.action_moments(action(due), example)]
    assert before <= due < last


@given(due=st.dates(date(2027, 1, 1), date(2028, 12, 31)), steps=st.integers(1, 4))
def test_the_steps_of_the_ladder_end_at_three(due: date, steps: int) -> None:
    shipped = load_structure("bijlage4")
    limits = replace(shipped.thresholds, action_overdue=tuple(Span(n, "werkdagen") for n in range(1, steps + 1)))
    structure = replace(shipped, thresholds=limits)
    reached = [timing.overdue_step(n, structure) for n in range(1, steps + 1)]
    assert reached[0] == 1
    assert steps == 1 or reached[-1] == 3
