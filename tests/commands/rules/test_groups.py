from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.rules.groups import (
    add_months,
    alternatives,
    evaluation_days,
    group_code,
    is_near_its_end,
    may_be_active,
    may_last,
    may_propose,
    midterm_day,
    needs_motivation,
    says_no_end,
    topic_for,
)
from commands.words.calendar import WorkCalendar
from commands.words.people import Role, RoleName
from commands.words.structure import Body, BodyKind, Party, Structure, Thresholds
from commands.words.verdict import Allowed, Refused
from commands.words.workgroup import GroupState, Workgroup

AO = Body("AO", "Ambtelijk overleg", BodyKind.FIXED, level=1, chair_from=("Rijk",))
FOUR = Structure("vier", (AO,), tuple(Party(code) for code in ("Rijk", "VNG", "IPO", "UvW")))
LIMITS = Thresholds()
DAYS = st.dates(date(2026, 1, 1), date(2035, 12, 31))


def group(code: str, **more: object) -> Workgroup:
    made = Workgroup(
        code, f"Werkgroep {code}", BodyKind.WORKGROUP, GroupState.ACTIVE, date(2027, 1, 1), date(2027, 12, 31), "AO"
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_the_evaluations_of_the_example_fall_half_way_and_eight_weeks_before_the_end_on_working_days() -> None:
    one = group("WG-X", start=date(2026, 9, 15), end=date(2027, 6, 30))
    found = evaluation_days(one, WorkCalendar(), LIMITS)
    assert found == (date(2027, 2, 5), date(2027, 5, 4))


@given(DAYS, st.integers(10, 1100))
def test_evaluations_are_working_days_within_the_term_and_at_most_a_year_apart(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    calendar = WorkCalendar()
    found = evaluation_days(group("WG-X", start=start, end=end), calendar, LIMITS)
    assert all(calendar.is_working_day(day) and start < day < end for day in found)
    assert list(found) == sorted(found)
    assert all(later - earlier <= timedelta(days=372) for earlier, later in zip((start, *found), found, strict=False))


def test_after_an_extension_the_evaluations_are_counted_from_that_day() -> None:
    one = group("WG-X", start=date(2026, 5, 28), end=date(2028, 1, 31), extended_on=date(2027, 7, 1))
    assert evaluation_days(one, WorkCalendar(), LIMITS) == (date(2027, 10, 15), date(2027, 12, 6))


def test_a_programme_of_eight_years_is_evaluated_every_year_and_its_midterm_is_half_way() -> None:
    one = group("PRG-X", kind=BodyKind.PROGRAMME, start=date(2023, 1, 1), end=date(2030, 12, 31))
    found = evaluation_days(one, WorkCalendar(), LIMITS)
    assert found[:4] == (date(2023, 12, 29), date(2024, 12, 31), date(2025, 12, 31), date(2026, 12, 31))
    assert midterm_day(one, WorkCalendar()) == date(2026, 12, 31)
    assert found[-1] == date(2030, 11, 5)


@pytest.mark.parametrize(
    ("end", "warned"),
    [(date(2027, 2, 1), True), (date(2027, 6, 30), False), (date(2029, 6, 30), True)],
)
def test_a_very_short_or_long_term_is_warned_about_and_stops_nothing(end: date, warned: bool) -> None:
    verdict = may_last(date(2027, 1, 11), end, LIMITS)
    assert isinstance(verdict, Allowed)
    assert bool(verdict.warnings) is warned


def test_thirty_six_months_is_allowed_and_a_day_more_is_not() -> None:
    last = add_months(date(2027, 1, 11), 36)
    assert isinstance(may_last(date(2027, 1, 11), last, LIMITS), Allowed)
    refused = may_last(date(2027, 1, 11), last + timedelta(days=1), LIMITS)
    assert isinstance(refused, Refused)
    assert refused.code == "R-080"


def test_a_group_ends_after_it_starts() -> None:
    assert isinstance(may_last(date(2027, 1, 11), date(2027, 1, 11), LIMITS), Refused)


@given(DAYS, st.integers(-60, 60))
def test_months_keep_the_day_or_take_the_last_one_of_the_month(day: date, n: int) -> None:
    moved = add_months(day, n)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == n
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    "word",
    ["n.t.b.", "NTB", "n.n.b.", "p.m.", "doorlopend", "Nader te bepalen", "geen", "onbepaalde tijd", "onbeperkt"],
)
def test_words_for_no_end_are_known(word: str) -> None:
    assert says_no_end(word)


@pytest.mark.parametrize("word", ["eind juni", "30 juni 2028", "", "over een half jaar"])
def test_a_date_is_no_word_for_no_end(word: str) -> None:
    assert not says_no_end(word)


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("Bodemenergie", [], "WG-BODEMENERGIE"),
        ("Werkgroep Grondwater in de stad", [], "WG-GRONDWATER-STAD"),
        ("Coördinatie Réünie", [], "WG-COORDINATIE-REUNIE"),
        ("Bodemenergie", ["wg-bodemenergie"], "WG-BODEMENERGIE-2"),
        ("de", [], "WG-GROEP"),
    ],
)
def test_a_code_is_made_of_the_name(name: str, taken: list[str], code: str) -> None:
    assert group_code(name, taken) == code


@given(st.text(max_size=80), st.lists(st.text(max_size=12), max_size=5))
def test_a_code_is_plain_short_and_free(name: str, taken: list[str]) -> None:
    code = group_code(name, taken)
    assert code.isascii()
    assert code == code.upper()
    assert " " not in code
    assert len(code) <= 34
    assert code.casefold() not in {one.casefold() for one in taken}


def test_existing_groups_on_the_topic_or_with_a_like_name_are_found_programmes_first() -> None:
    wg = group("WG-LOOD", name="Werkgroep diffuus lood", topic="diffuus lood")
    prg = group("PRG-KENNIS", name="Programma kennis", kind=BodyKind.PROGRAMME, topic="Diffuus lood")
    over = group("WG-OUD", name="Werkgroep lood in tuinen", state=GroupState.ENDED)
    other = group("WG-STAAL", name="Werkgroep staalslak", topic="secundaire bouwstoffen")
    found = alternatives("Werkgroep Lood", "diffuus lood", [other, over, wg, prg])
    assert [one.code for one in found] == ["PRG-KENNIS", "WG-LOOD"]


def test_the_topic_comes_from_the_list_when_the_name_says_it() -> None:
    topics = ("grondwater", "diffuus lood")
    assert topic_for("Werkgroep Grondwater Noord", None, topics) == "grondwater"
    assert topic_for("Werkgroep Iets anders", "Diffuus Lood", topics) == "diffuus lood"
    assert topic_for("Werkgroep Iets anders", "bomen", topics) == "bomen"
    assert topic_for("Werkgroep Iets anders", None, topics) is None


@pytest.mark.parametrize("role", [RoleName.MEMBER, RoleName.SUBSTANCE, RoleName.SECRETARY, RoleName.CHAIR])
def test_people_of_the_filter_propose_a_group(role: RoleName) -> None:
    assert isinstance(may_propose([Role("x", "AO", role, "VNG")], AO), Allowed)


@pytest.mark.parametrize("role", [Role("x", "DO", RoleName.MEMBER, "VNG"), Role("x", "AO", RoleName.OPERATOR, "VNG")])
def test_others_do_not_and_the_operator_has_no_say(role: Role) -> None:
    refused = may_propose([role], AO)
    assert isinstance(refused, Refused)
    assert refused.code == "E04"


def test_only_the_party_that_chairs_the_filter_needs_a_reason_to_chair_a_group() -> None:
    assert needs_motivation("Rijk", AO)
    assert not needs_motivation("IPO", AO)


def test_a_group_is_active_with_a_chair_and_two_standing_parties() -> None:
    assert may_be_active("x", ["VNG", "IPO"], FOUR)
    assert not may_be_active("x", ["VNG", "VNG"], FOUR)
    assert not may_be_active("x", ["VNG", "kennisinstituut"], FOUR)
    assert not may_be_active(None, ["VNG", "IPO"], FOUR)


@pytest.mark.parametrize(
    ("day", "near"), [(date(2027, 10, 31), False), (date(2027, 11, 1), True), (date(2028, 1, 1), False)]
)
def test_a_group_is_near_its_end_from_the_first_warning_until_the_end(day: date, near: bool) -> None:
    one = group("WG-X", end=date(2027, 12, 31))
    assert is_near_its_end(one, day, LIMITS, WorkCalendar()) is near
    assert not is_near_its_end(replace(one, state=GroupState.ENDED), day, LIMITS, WorkCalendar())
