"""Who decides, within which mandate, and what may still be changed (INV-22, INV-23, INV-24, R-058)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from commands.rules import decisions as rules
from commands.rules.decisions import Mandated
from commands.words.agreement import Agreement, AgreementState
from commands.words.decision import Decision, DecisionState, Measure, Stand, StandKind
from commands.words.mandate import Mandate, MandateState
from commands.words.meeting import Meeting, MeetingKind, MeetingState
from commands.words.structure import Body, BodyKind, Structure
from commands.words.verdict import Allowed, Refused

NOON = datetime(2027, 5, 25, 12, 0, tzinfo=UTC)
TODAY = date(2027, 5, 25)
DECISION = Decision("BES-2027-001", "het DO stemt in", "DO", "VRG-DO-2027-01", "rijk.secr.2", NOON)
GROUP = Body("WG-PFAS", "PFAS", BodyKind.WORKGROUP, level=0, parent="AO")


def body(structure: Structure, code: str) -> Body:
    found = structure.body(code)
    assert found is not None
    return found


def test_the_fixed_bodies_decide_and_a_steering_group_does_within_its_programme(structure: Structure) -> None:
    assert all(isinstance(rules.competent(tier, None), Allowed) for tier in structure.tiers)
    assert isinstance(rules.competent(GROUP, None, steering=True), Allowed)
    for other in (GROUP, replace(GROUP, kind=BodyKind.PROGRAMME), *structure.connections):
        refused = rules.competent(other, body(structure, "AO"))
        assert isinstance(refused, Refused)
        assert refused.code == "INV-22"


@pytest.mark.parametrize("kind", list(MeetingKind))
def test_no_decision_comes_from_an_informal_meeting(kind: MeetingKind, structure: Structure) -> None:
    meeting = Meeting("VRG-DO-2027-01", "DO", kind, TODAY)
    verdict = rules.takes_decisions(meeting, body(structure, "DO"), TODAY, "x")
    assert isinstance(verdict, Refused) is (kind in (MeetingKind.INFORMAL, MeetingKind.KNOWLEDGE))


@pytest.mark.parametrize("state", list(MeetingState))
def test_nor_before_the_meeting_or_after_its_minutes(state: MeetingState, structure: Structure) -> None:
    do = body(structure, "DO")
    meeting = Meeting("VRG-DO-2027-01", "DO", MeetingKind.REGULAR, TODAY, state)
    open_still = state in (MeetingState.PLANNED, MeetingState.FIXED, MeetingState.HELD, MeetingState.MINUTES)
    assert isinstance(rules.takes_decisions(meeting, do, TODAY, "x"), Allowed) is open_still
    later = replace(meeting, day=date(2027, 6, 1))
    assert isinstance(rules.takes_decisions(later, do, TODAY, "x"), Refused)


@pytest.mark.parametrize(
    ("code", "categories", "category", "said", "answer"),
    [
        ("DO", (), None, None, Mandated.NOT_ASKED),
        ("AO", (), None, None, Mandated.ASK_CHAIR),
        ("AO", (), None, True, Mandated.WITHIN),
        ("AO", (), None, False, Mandated.OUTSIDE),
        ("AO", ("proces",), None, None, Mandated.ASK_CATEGORY),
        ("AO", ("proces",), "Proces", None, Mandated.WITHIN),
        ("AO", ("proces",), "geld", None, Mandated.OUTSIDE),
        ("AO", ("proces",), "geld", True, Mandated.WITHIN),
    ],
)
def test_only_the_filter_has_a_mandate_and_its_chair_has_the_last_word(
    code: str,
    categories: tuple[str, ...],
    category: str | None,
    said: bool | None,
    answer: Mandated,
    structure: Structure,
) -> None:
    assert rules.mandated(body(structure, code), structure, categories, category, said) is answer


def test_the_mandate_of_the_register_comes_before_that_of_the_file(structure: Structure) -> None:
    ao = replace(body(structure, "AO"), mandate=("uit het bestand",))
    mandate = Mandate("AO", ("proces",), "DO", "rijk.do.1", NOON)
    assert rules.categories_of(ao, None) == ("uit het bestand",)
    assert rules.categories_of(ao, mandate) == ("proces",)
    assert rules.categories_of(ao, replace(mandate, state=MandateState.WITHDRAWN)) == ("uit het bestand",)


def test_what_is_fixed_is_revised_by_its_own_body_or_a_higher_one_only(structure: Structure) -> None:
    old = replace(DECISION, state=DecisionState.FIXED)
    verdicts = {code: rules.may_revise(old, body(structure, code), structure) for code in ("AO", "DO", "BO")}
    assert [isinstance(verdicts[code], Allowed) for code in ("AO", "DO", "BO")] == [False, True, True]
    assert isinstance(rules.may_revise(DECISION, body(structure, "DO"), structure), Refused)


def test_fixing_asks_for_the_mandate_at_the_filter_and_names_who_still_answers(structure: Structure) -> None:
    mine = replace(DECISION, body="AO")
    ao = body(structure, "AO")
    assert isinstance(rules.may_fix(mine, ao, structure), Refused)
    assert isinstance(rules.may_fix(replace(mine, within_mandate=False), ao, structure), Refused)
    pending = replace(mine, within_mandate=True, stands=(Stand("IPO", StandKind.PENDING),))
    assert rules.may_fix(pending, ao, structure) == Allowed(("nog te bevestigen: IPO",))
    fixed = rules.fixed(pending, "rijk.ao.0", NOON)
    assert (fixed.state, fixed.fixed_by, fixed.text) == (DecisionState.FIXED, "rijk.ao.0", pending.text)
    assert isinstance(rules.may_fix(fixed, ao, structure), Refused)


def test_an_agreement_is_fixed_the_same_way(structure: Structure) -> None:
    made = Agreement("AFS-2027-001", "x", "DO", "VRG-DO-2027-01", ("VNG",), "VNG", "vng.do.1", "DO", "s", NOON)
    assert isinstance(rules.may_fix(made, body(structure, "DO"), structure), Allowed)
    assert rules.fixed(made, "rijk.do.1", NOON).state is AgreementState.FIXED


def test_the_ways_of_a_decision() -> None:
    fixed = replace(DECISION, state=DecisionState.FIXED)
    doing = replace(DECISION, state=DecisionState.CARRYING_OUT)
    allowed = {
        (one.state, state)
        for one in (DECISION, fixed, doing, replace(DECISION, state=DecisionState.DONE))
        for state in DecisionState
        if isinstance(rules.may_become(one, state, "omdat"), Allowed)
    }
    assert allowed == {
        (DecisionState.CONCEPT, DecisionState.LAPSED),
        (DecisionState.FIXED, DecisionState.CARRYING_OUT),
        (DecisionState.FIXED, DecisionState.DONE),
        (DecisionState.FIXED, DecisionState.NOT_DONE),
        (DecisionState.FIXED, DecisionState.LAPSED),
        (DecisionState.CARRYING_OUT, DecisionState.DONE),
        (DecisionState.CARRYING_OUT, DecisionState.NOT_DONE),
        (DecisionState.CARRYING_OUT, DecisionState.LAPSED),
    }
    for state in (DecisionState.NOT_DONE, DecisionState.LAPSED):
        assert isinstance(rules.may_become(fixed, state, ""), Refused)


def test_an_outcome_is_missed_only_after_the_date() -> None:
    fixed = replace(DECISION, state=DecisionState.FIXED)
    assert not rules.lacks_outcome(fixed, TODAY)
    due = replace(fixed, due=date(2027, 5, 24))
    assert rules.lacks_outcome(due, TODAY)
    assert not rules.lacks_outcome(replace(fixed, due=TODAY), TODAY)
    assert not rules.lacks_outcome(replace(due, state=DecisionState.DONE), TODAY)
    measured = replace(fixed, measure=Measure("plannen", "mei", "x", TODAY, (date(2027, 3, 1), date(2027, 5, 24))))
    assert rules.lacks_outcome(measured, TODAY)


def test_positions_begin_as_said_and_a_reservation_is_lifted_once() -> None:
    said = (Stand("VNG", StandKind.RESERVED, "maatwerk"),)
    stands = rules.first_stands(("Rijk", "VNG", "IPO", "UvW"), said, ("UvW",), ("IPO",))
    assert [(one.party, one.kind) for one in stands] == [
        ("Rijk", StandKind.AGREES),
        ("VNG", StandKind.RESERVED),
        ("IPO", StandKind.PENDING),
    ]
    lifted = rules.lifted(stands, "VNG", TODAY)
    assert isinstance(lifted, tuple)
    assert [one.lifted_on for one in lifted] == [None, TODAY, None]
    assert isinstance(rules.lifted(lifted, "VNG", TODAY), Refused)
    assert isinstance(rules.lifted(stands, "Rijk", TODAY), Refused)
