"""When something is evaluated, by whom it is led, and what it still takes (domain.md §2.10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.rules import evaluations as rules
from commands.words.calendar import WorkCalendar
from commands.words.evaluation import (
    Advice,
    Aspect,
    Complaint,
    Evaluation,
    EvaluationKind,
    EvaluationState,
    Respondent,
)
from commands.words.people import Role, RoleName
from commands.words.structure import BodyKind, Structure, Thresholds
from commands.words.verdict import Allowed, Refused
from commands.words.workgroup import GroupState, Workgroup

GROUP = Workgroup(
    "WG-X", "Werkgroep X", BodyKind.WORKGROUP, GroupState.ACTIVE, date(2027, 1, 4), date(2027, 12, 31), "AO"
)
OUT = Evaluation(
    "EVA-2027-001", EvaluationKind.GROUP, "WG-X", date(2027, 6, 1), EvaluationState.OUT,
    asked_on=date(2027, 5, 3), closes_on=date(2027, 5, 18), asked=7,
)  # fmt: skip
LIMITS = Thresholds()


def test_a_group_is_evaluated_half_way_and_eight_weeks_before_its_end(structure: Structure) -> None:
    assert rules.days_for(GROUP, structure) == (date(2027, 7, 2), date(2027, 11, 5))


def test_a_day_of_its_own_goes_before_the_usual_ones(structure: Structure) -> None:
    assert rules.days_for(replace(GROUP, evaluate_by=date(2027, 9, 1)), structure) == (date(2027, 9, 1),)
    assert rules.days_for(replace(GROUP, evaluate_by=date(2027, 7, 2)), structure) == rules.days_for(GROUP, structure)
    assert rules.days_for(replace(GROUP, within="PRG-X"), structure) == ()


def test_the_last_quarter_of_a_programme_has_the_final_evaluation() -> None:
    programme = replace(GROUP, code="PRG-X", kind=BodyKind.PROGRAMME)
    kinds = [rules.kind_for(programme.as_body(), day, programme) for day in (date(2027, 7, 2), date(2027, 11, 5))]
    assert kinds == [EvaluationKind.MIDTERM, EvaluationKind.FINAL]


def test_a_fixed_body_is_evaluated_a_year_later_on_a_working_day() -> None:
    assert rules.next_lean(date(2027, 1, 11), WorkCalendar(), LIMITS) == date(2028, 1, 11)
    assert rules.next_lean(date(2027, 1, 8), WorkCalendar(), LIMITS) == date(2028, 1, 7)


@pytest.mark.parametrize(
    ("role", "body", "may"),
    [
        (RoleName.CHAIR, "WG-X", True),
        (RoleName.SECRETARY, "AO", True),
        (RoleName.CHAIR, "AO", True),
        (RoleName.MEMBER, "WG-X", False),
        (RoleName.MEMBER, "AO", False),
        (RoleName.CHAIR, "WG-Y", False),
        (RoleName.CHAIR, "BO", False),
    ],
)
def test_who_leads_the_group_or_the_body_above_it_leads_its_evaluation(
    structure: Structure, role: RoleName, body: str, may: bool
) -> None:
    verdict = rules.may_lead([Role("a", body, role, "VNG")], GROUP.as_body(), structure)
    assert isinstance(verdict, Allowed) is may


def test_answers_are_taken_up_to_and_including_the_last_day() -> None:
    assert isinstance(rules.may_answer(OUT, date(2027, 5, 18), "18 mei"), Allowed)
    assert isinstance(rules.may_answer(OUT, date(2027, 5, 19), "18 mei"), Refused)
    closed = replace(OUT, state=EvaluationState.CLOSED)
    assert isinstance(rules.may_answer(closed, date(2027, 5, 17), "18 mei"), Refused)


@given(st.lists(st.sets(st.sampled_from(list(Aspect))), max_size=12))
def test_nothing_is_shown_of_fewer_than_four(answers: list[set[Aspect]]) -> None:
    people = [Respondent(f"p{n}", tuple(one)) for n, one in enumerate(answers)]
    for aspect, count in rules.per_aspect(people).items():
        assert count == sum(aspect in one for one in answers)
        assert rules.may_show(count, LIMITS) is (count >= 4)
    assert rules.answered(people) == sum(bool(one) for one in answers)


def test_the_chair_reads_a_few_answers_only_when_everyone_who_answered_agrees() -> None:
    yes, no = Respondent("a", (Aspect.PROCESS,), True), Respondent("b", (Aspect.PROCESS,), False)
    assert rules.all_let_read([yes, Respondent("c")])
    assert not rules.all_let_read([yes, no])
    assert not rules.all_let_read([yes, replace(no, reads=None)])
    assert not rules.all_let_read([Respondent("c")])


def test_each_aspect_and_each_complaint_is_needed() -> None:
    found = replace(OUT, process="vlot", complaints=(Complaint("mail", "ACT-2027-001"), Complaint("stukken")))
    assert rules.gaps(found) == ("inhoud en relatie zijn leeg", "klaagpunt 2 heeft geen actie of toelichting")
    whole = replace(found, content="goed", relation="open", complaints=found.complaints[:1], advice=Advice.CONTINUE)
    assert rules.gaps(whole) == ()


def test_steering_is_an_action_or_a_reason_and_an_answer_to_every_complaint() -> None:
    assert not rules.is_steered(OUT)
    assert rules.is_steered(replace(OUT, no_actions="het loopt"))
    assert rules.is_steered(replace(OUT, actions=("ACT-2027-001",)))
    assert not rules.is_steered(replace(OUT, actions=("ACT-2027-001",), complaints=(Complaint("mail"),)))
