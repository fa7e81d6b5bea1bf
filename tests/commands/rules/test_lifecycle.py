"""The later life of a signal, on plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.rules import lifecycle
from commands.rules.ladder import MOVING
from commands.words.meeting import AgendaItem, ItemState, Nature
from commands.words.proposal import Proposal, ProposalKind, ProposalState
from commands.words.signal import OPEN_STATES, Hop, Horizon, Signal, SignalState
from commands.words.structure import Structure
from commands.words.verdict import Allowed, Refused, Verdict

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
SIGNAL = Signal("SIG-2027-001", "Depots vol", ("a",), "UvW", SignalState.SUBMITTED, "AO", "AO", NOW, NOW)
PROPOSAL = Proposal(
    "VST-2027-001", ProposalKind.ESCALATE, SIGNAL.id, "b", "", "AO", ProposalState.SUBMITTED, NOW, to_body="DO"
)
states = st.sampled_from(SignalState)


def code(verdict: Verdict) -> str:
    return verdict.code if isinstance(verdict, Refused) else ""


def way(verdict: Verdict) -> str | None:
    return verdict.instead.command if isinstance(verdict, Refused) and verdict.instead else None


# --- adding ----------------------------------------------------------------------------------------------------------
@given(states, st.booleans(), st.booleans())
def test_only_an_open_signal_grows_and_only_by_who_may(state: SignalState, raiser: bool, secretary: bool) -> None:
    verdict = lifecycle.may_add(replace(SIGNAL, state=state), "tekst", raiser=raiser, secretary=secretary)
    assert isinstance(verdict, Allowed) == ((raiser or secretary) and state in OPEN_STATES)


@given(states)
def test_adding_changes_the_state_of_a_held_signal_only(state: SignalState) -> None:
    later = NOW + timedelta(days=3)
    before = replace(SIGNAL, state=state, due=date(2027, 1, 20), explanation="een")
    after = lifecycle.added_to(before, "twee", later)
    assert after.explanation == "een\ntwee"
    assert (after.lies_with, after.owner) == (before.lies_with, before.owner)
    if state is SignalState.HELD:
        assert (after.state, after.filed_at, after.due) == (SignalState.SUBMITTED, later, None)
    else:
        assert (after.state, after.filed_at, after.due) == (state, NOW, before.due)


def test_an_assignment_keeps_its_date_when_an_answer_comes() -> None:
    hop = Hop("DO", "AO", "opties", date(2027, 3, 1))
    held = replace(SIGNAL, state=SignalState.HELD, hops=(hop,), owner="DO", due=date(2027, 1, 20))
    assert lifecycle.added_to(held, "x", NOW).due == date(2027, 3, 1)


# --- withdrawing -----------------------------------------------------------------------------------------------------
@given(states, st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_nothing_weighed_or_shared_is_withdrawn_without_the_chair(
    structure: Structure, state: SignalState, raiser: bool, agreed: bool, others: bool, proposed: bool
) -> None:
    verdict = lifecycle.may_withdraw(
        replace(SIGNAL, state=state),
        structure.filter,
        raiser=raiser,
        agreed=agreed,
        others=others,
        proposals=(PROPOSAL,) if proposed else (),
    )
    alone = raiser and state in lifecycle.UNWEIGHED and not others
    with_chair = agreed and state in (*lifecycle.UNWEIGHED, *MOVING)
    assert isinstance(verdict, Allowed) == ((alone or with_chair) and not proposed)
    if code(verdict) == "S8":
        assert isinstance(verdict, Refused)
        assert verdict.instead is not None
        assert verdict.instead.parts == {"ask_chair": "ja"}


def test_withdrawn_it_keeps_its_place() -> None:
    after = lifecycle.withdrawn(replace(SIGNAL, lies_with="WG-LOOD", due=date(2027, 2, 1)), NOW)
    assert (after.state, after.lies_with, after.owner, after.due) == (SignalState.WITHDRAWN, "WG-LOOD", "AO", None)


# --- reopening -------------------------------------------------------------------------------------------------------
def reopen(structure: Structure, signal: Signal, today: date, *, party: bool = True, may: bool = True) -> Verdict:
    return lifecycle.may_reopen(signal, "opnieuw", today, structure, party_to_it=party, adds=may, answers=may)


@given(states, st.booleans())
def test_only_what_is_closed_reopens_and_only_for_who_is_party_to_it(
    structure: Structure, state: SignalState, party: bool
) -> None:
    verdict = reopen(structure, replace(SIGNAL, state=state), NOW.date(), party=party)
    assert isinstance(verdict, Allowed) == (party and state is SignalState.CLOSED)


@pytest.mark.parametrize(("day", "opens"), [(date(2028, 1, 11), True), (date(2028, 1, 12), False)])
def test_a_year_is_a_year(structure: Structure, day: date, opens: bool) -> None:
    verdict = reopen(structure, replace(SIGNAL, state=SignalState.CLOSED), day)
    assert isinstance(verdict, Allowed) == opens
    assert way(verdict) == (None if opens else "signaal")


def test_the_year_is_a_setting(structure: Structure) -> None:
    short = replace(structure, thresholds=replace(structure.thresholds, reopen_months=3))
    verdict = reopen(short, replace(SIGNAL, state=SignalState.CLOSED), date(2027, 4, 12))
    assert isinstance(verdict, Refused)
    assert verdict.because == "Langer dan 3 maanden gesloten."


def test_a_new_signal_names_the_old_one_and_stays_sensitive(structure: Structure) -> None:
    old = replace(SIGNAL, state=SignalState.CLOSED, sensitive=True, topic="PFAS")
    verdict = reopen(structure, old, date(2029, 1, 1))
    assert isinstance(verdict, Refused)
    assert verdict.instead is not None
    assert verdict.instead.parts == {
        "text": "Depots vol: opnieuw",
        "origin": "vervolg op SIG-2027-001",
        "topic": "PFAS",
        "sensitive": "ja",
    }


@pytest.mark.parametrize(
    ("state", "command"), [(SignalState.HANDLING, "vulaan"), (SignalState.SETTLED, "terugkoppeling")]
)
def test_a_way_is_offered_only_to_who_may_take_it(structure: Structure, state: SignalState, command: str) -> None:
    signal = replace(SIGNAL, state=state)
    assert way(reopen(structure, signal, NOW.date())) == command
    assert way(reopen(structure, signal, NOW.date(), may=False)) is None


def test_reopened_it_lies_with_the_filter_as_if_it_were_new() -> None:
    hop = Hop("DO", "AO", "opties", None)
    old = replace(SIGNAL, state=SignalState.CLOSED, lies_with="DO", owner="BO", hops=(hop,), told=("a",), outcome="x")
    after = lifecycle.reopened(old, "AO", "opnieuw", NOW)
    assert (after.state, after.lies_with, after.owner) == (SignalState.SUBMITTED, "AO", "AO")
    assert (after.hops, after.told, after.outcome, after.weighed_at) == ((), (), "", None)
    assert {"DO", "BO"} <= set(after.passed)


# --- correcting ------------------------------------------------------------------------------------------------------
@given(states, st.booleans(), st.booleans(), st.sampled_from(["title", "topic", "region", "relevant"]), st.booleans())
def test_who_may_change_what(
    structure: Structure, state: SignalState, raiser: bool, secretary: bool, field: str, weighed: bool
) -> None:
    signal = replace(SIGNAL, state=state, weighed_at=NOW if weighed else None)
    verdict = lifecycle.may_change(signal, {field: "x"}, raiser=raiser, secretary=secretary, place=structure.filter)
    own = raiser and field != "relevant" and not (weighed and field in lifecycle.WEIGHED_FIELDS)
    assert isinstance(verdict, Allowed) == (state in OPEN_STATES and (secretary or own))


@pytest.mark.parametrize(("value", "allowed"), [(True, True), (False, False)])
def test_making_it_sensitive_never_waits_lifting_it_does(structure: Structure, value: bool, allowed: bool) -> None:
    signal = replace(SIGNAL, weighed_at=NOW)
    verdict = lifecycle.may_change(signal, {"sensitive": value}, raiser=True, secretary=False, place=structure.filter)
    assert isinstance(verdict, Allowed) == allowed


@given(st.text(alphabet="ab ", min_size=0, max_size=140))
def test_a_title_fits_or_is_refused_with_its_length(title: str) -> None:
    verdict = lifecycle.title_fits(title, 5, 120)
    assert isinstance(verdict, Allowed) == (5 <= len(title) <= 120)
    if isinstance(verdict, Refused):
        assert f"{len(title)} tekens" in verdict.because


# --- flags and moments -----------------------------------------------------------------------------------------------
def agenda_item(moved_on: int, state: ItemState = ItemState.SCHEDULED) -> AgendaItem:
    return AgendaItem(
        "AGP-1", "VRG-AO-2027-01", 1, "x", Nature.DISCUSS, Horizon.CURRENT, "a", "UvW", state, moved_on=moved_on
    )


@pytest.mark.parametrize(("moves", "stuck"), [([], False), ([1], False), ([2], True), ([1, 1], True)])
def test_moved_on_twice_it_gets_stuck(moves: list[int], stuck: bool) -> None:
    assert lifecycle.gets_stuck([agenda_item(n) for n in moves]) is stuck


@pytest.mark.parametrize("state", ItemState)
def test_only_what_is_still_to_be_discussed_is_parked(state: ItemState) -> None:
    allowed = state in (ItemState.PROPOSED, ItemState.SCHEDULED)
    assert isinstance(lifecycle.may_park(agenda_item(0, state)), Allowed) == allowed


@given(st.dates(date(2027, 1, 1), date(2028, 12, 31)))
def test_every_moment_falls_on_a_sending_day_on_its_own_side_of_the_date(structure: Structure, due: date) -> None:
    calendar = structure.calendar
    held = replace(SIGNAL, state=SignalState.HELD, due=due)
    moment = lifecycle.held_moment(held, structure)
    assert moment is not None
    assert calendar.is_sending_day(moment[1])
    assert moment[1] > due
    lent = replace(SIGNAL, state=SignalState.HANDLING, hops=(Hop("DO", "AO", "x", due),))
    (before_name, before), (after_name, after) = lifecycle.hop_moments(lent, structure)
    assert before < due < after
    assert calendar.is_sending_day(before)
    assert calendar.is_sending_day(after)
    assert before_name != after_name


@given(states)
def test_each_state_asks_for_one_thing_only(structure: Structure, state: SignalState) -> None:
    hop = Hop("DO", "AO", "x", date(2027, 2, 1))
    signal = replace(SIGNAL, state=state, due=hop.due, hops=(hop,), settled_at=NOW)
    asked = [
        lifecycle.held_moment(signal, structure) is not None,
        bool(lifecycle.hop_moments(signal, structure)),
        bool(lifecycle.feedback_moments(signal, structure)),
    ]
    assert sum(asked) <= 1
