"""When the energy of a group is asked for, and what may be read of what people said (R-157, R-174, INV-36)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commands.rules import polls as rules
from commands.words.calendar import WorkCalendar
from commands.words.poll import CHOICES, Poll, PollKind, PollState
from commands.words.signal import Track
from commands.words.structure import BodyKind, Thresholds
from commands.words.verdict import Allowed, Refused
from commands.words.workgroup import GroupState, Workgroup

PLAIN, LIMITS = WorkCalendar(), Thresholds()
DAY = date(2027, 3, 1)
GROUP = Workgroup(
    "WG-X", "X", BodyKind.WORKGROUP, GroupState.ACTIVE, date(2027, 1, 4), date(2028, 6, 30), "AO", track=Track.ENCOURAGE
)
POLL = Poll("PEI-2027-001", PollKind.ENERGY, "WG-X", "2027-03-01", DAY, date(2027, 3, 15), 7)
AFTER = date(2027, 3, 16)


def test_a_group_is_asked_every_six_months_from_its_start_up_to_its_end() -> None:
    days = []
    day: date | None = GROUP.start
    while day is not None:
        day = rules.next_energy(GROUP, day, PLAIN, LIMITS)
        days.append(day)
    assert days == [date(2027, 7, 5), date(2028, 1, 4), None]


def test_only_working_groups_and_programmes_on_aanjagen_are_asked() -> None:
    assert rules.is_polled(GROUP, LIMITS)
    others = (
        replace(GROUP, track=Track.HOLD),
        replace(GROUP, track=Track.OPEN),
        replace(GROUP, state=GroupState.LAPSED),
        replace(GROUP, within="PRG-X"),
    )
    assert not any(rules.is_polled(one, LIMITS) for one in others)
    assert not rules.is_polled(GROUP, replace(LIMITS, energy_months=0))


def test_an_answer_is_one_of_the_words_up_to_and_including_the_last_day() -> None:
    assert isinstance(rules.may_answer(POLL, POLL.closes_on, "3"), Allowed)
    assert isinstance(rules.may_answer(POLL, AFTER, "3"), Refused)
    assert isinstance(rules.may_answer(replace(POLL, state=PollState.DROPPED), DAY, "3"), Refused)
    wrong = rules.may_answer(POLL, DAY, "6")
    assert isinstance(wrong, Refused)
    assert wrong.because == "Antwoord met 1, 2, 3, 4 of 5."


@given(st.lists(st.sampled_from(CHOICES[PollKind.ENERGY]), max_size=7), st.integers(0, 30))
def test_nothing_of_what_was_said_shows_before_the_end_or_of_fewer_than_four(votes: list[str], days: int) -> None:
    text = rules.result(POLL, votes, DAY + timedelta(days=days), LIMITS)
    assert f"{len(votes)} van 7" in text
    shown = len(votes) >= 4 and days > 14
    assert (rules.in_tenths(rules.mean(votes)) in text if votes else False) is shown


def test_what_a_meeting_was_worth_is_counted_from_much_to_little() -> None:
    worth = replace(POLL, kind=PollKind.WORTH)
    assert rules.result(worth, ["nee", "ja", "deels", "ja", "ja"], AFTER, LIMITS) == "3 ja, 1 deels, 1 nee (5 van 7)"
    assert rules.result(worth, ["ja"] * 3, AFTER, LIMITS) == "te weinig antwoorden om te tonen (3 van 7)"


def test_the_trend_is_told_in_words() -> None:
    assert rules.trend(3.4, 2.8) == "De energie zakte van 3,4 naar 2,8."
    assert rules.trend(2.8, 3.4) == "De energie steeg van 2,8 naar 3,4."
    assert rules.trend(3.4, 3.2) == "De energie bleef rond 3,2."
