from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.rules.merging import MERGEABLE, everyone_who_raised, last_of_chain, may_merge, merged
from commands.words.signal import OPEN_STATES, Signal, SignalState
from commands.words.structure import Body, BodyKind
from commands.words.verdict import Allowed, Refused

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
AO = Body("AO", "Ambtelijk overleg", BodyKind.FIXED, 1)
PAIRS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=20)


def signal(number: int, state: SignalState = SignalState.SUBMITTED, owner: str = "AO") -> Signal:
    return Signal(f"SIG-2027-{number:03d}", "Titel", (f"person.{number}",), "UvW", state, owner, owner, NOW, NOW)


def joined(pairs: list[tuple[int, int]]) -> dict[str, Signal]:
    """Six signals after everyone tried to merge these, one pair after the other."""
    signals = {one.id: one for one in map(signal, range(6))}
    ids = list(signals)
    for one, other in pairs:
        here, there = signals[ids[one]], signals[ids[other]]
        if isinstance(may_merge(here, there, last_of_chain(there, signals.get), AO), Allowed):
            signals[here.id] = merged(here, there, NOW)
    return signals


def test_a_signal_is_not_merged_with_itself() -> None:
    verdict = may_merge(signal(1), signal(1), signal(1), AO)
    assert isinstance(verdict, Refused)
    assert verdict.code == "INV-09"


@pytest.mark.parametrize("state", list(SignalState))
def test_s7_names_the_states_from_which_a_signal_goes_up_in_another(state: SignalState) -> None:
    verdict = may_merge(signal(1, state), signal(2), signal(2), AO)
    assert isinstance(verdict, Allowed) == (state in MERGEABLE)


@pytest.mark.parametrize("state", list(SignalState))
def test_only_an_open_signal_takes_another_in(state: SignalState) -> None:
    target = signal(2, state)
    assert isinstance(may_merge(signal(1), target, target, AO), Allowed) == (state in OPEN_STATES)


def test_a_merged_target_offers_the_end_of_its_chain() -> None:
    target = merged(signal(2), signal(3), NOW)
    verdict = may_merge(signal(1), target, signal(3), AO)
    assert isinstance(verdict, Refused)
    assert verdict.instead is not None
    assert verdict.instead.parts == {"signal": "SIG-2027-001", "target": "SIG-2027-003"}


def test_what_a_higher_tier_owns_is_not_ended_but_the_other_may_go_up_in_it() -> None:
    verdict = may_merge(signal(1, SignalState.HANDLING, "DO"), signal(2), signal(2), AO)
    assert isinstance(verdict, Refused)
    assert verdict.instead is not None
    assert verdict.instead.parts == {"signal": "SIG-2027-002", "target": "SIG-2027-001"}
    assert isinstance(may_merge(signal(2), signal(1, SignalState.HANDLING, "DO"), signal(1), AO), Allowed)


@pytest.mark.parametrize(("mine", "theirs"), [(True, False), (False, True), (True, True), (False, False)])
def test_sensitive_goes_only_with_sensitive(mine: bool, theirs: bool) -> None:
    one, other = replace(signal(1), sensitive=mine), replace(signal(2), sensitive=theirs)
    assert isinstance(may_merge(one, other, other, AO), Allowed) == (mine == theirs)


def test_a_merged_signal_keeps_its_raisers_and_place() -> None:
    before = signal(1)
    after = merged(before, signal(2), NOW)
    assert (after.raised_by, after.lies_with, after.merged_into) == (before.raised_by, "AO", "SIG-2027-002")


@given(PAIRS)
def test_no_order_of_merging_makes_a_circle(pairs: list[tuple[int, int]]) -> None:
    """INV-09."""
    signals = joined(pairs)
    for one in signals.values():
        seen = {one.id}
        while one.merged_into:
            assert one.merged_into not in seen
            seen.add(one.merged_into)
            one = signals[one.merged_into]


@given(PAIRS)
def test_no_raiser_is_ever_lost_or_counted_twice(pairs: list[tuple[int, int]]) -> None:
    """R-130: the raisers of what goes on are together everyone who ever raised."""
    signals = joined(pairs)
    ends = [one for one in signals.values() if one.state is not SignalState.MERGED]
    found = [
        person
        for end in ends
        for person in everyone_who_raised(end, lambda id: [s for s in signals.values() if s.merged_into == id])
    ]
    assert sorted(found) == [f"person.{number}" for number in range(6)]


@given(PAIRS)
def test_even_a_circle_in_the_register_is_walked_once(pairs: list[tuple[int, int]]) -> None:
    signals = {one.id: one for one in map(signal, range(6))}
    ids = list(signals)
    for here, there in pairs:
        signals[ids[here]] = replace(signals[ids[here]], merged_into=ids[there])
    for one in signals.values():
        assert last_of_chain(one, signals.get).id in signals
        raised = everyone_who_raised(one, lambda id: [s for s in signals.values() if s.merged_into == id])
        assert len(raised) == len(set(raised))
