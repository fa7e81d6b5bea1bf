from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from commands.rules.merging import MERGEABLE, may_merge, merged
from commands.words.signal import Signal, SignalState
from commands.words.verdict import Allowed, Refused

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)


def signal(number: int, state: SignalState = SignalState.SUBMITTED) -> Signal:
    return Signal(f"SIG-2027-{number:03d}", "Titel", ("uvw.ao.1",), "UvW", state, "AO", "AO", NOW, NOW)


def test_a_signal_is_not_merged_with_itself() -> None:
    assert isinstance(may_merge(signal(1), signal(1)), Refused)


def test_open_signals_may_be_merged_and_others_not() -> None:
    for state in SignalState:
        verdict = may_merge(signal(1, state), signal(2))
        assert isinstance(verdict, Allowed) == (state in MERGEABLE), state


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=20))
def test_no_order_of_merging_makes_a_circle(pairs: list[tuple[int, int]]) -> None:
    """INV-09."""
    signals = {n: signal(n) for n in range(6)}
    for source, target in pairs:
        if isinstance(may_merge(signals[source], signals[target]), Allowed):
            signals[source] = merged(signals[source], signals[target], NOW)
    by_id = {one.id: one for one in signals.values()}
    for one in by_id.values():
        seen = {one.id}
        while one.merged_into:
            assert one.merged_into not in seen
            seen.add(one.merged_into)
            one = by_id[one.merged_into]


def test_a_merged_signal_keeps_its_raisers_and_place() -> None:
    before = replace(signal(1), lies_with="AO")
    after = merged(before, signal(2), NOW)
    assert (after.raised_by, after.lies_with, after.merged_into) == (before.raised_by, "AO", "SIG-2027-002")
