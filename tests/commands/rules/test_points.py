"""The life of one point of an agenda, by plain values and by random ones (domain.md §2.7, INV-22, INV-31)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from commands.rules import points
from commands.words.decision import Stand, StandKind
from commands.words.meeting import AgendaItem, ItemOutcome, ItemState, Meeting, MeetingKind, MeetingState, Nature
from commands.words.signal import Horizon, Signal, SignalState
from commands.words.verdict import Allowed, Refused
from config.structure import load_structure

AO = load_structure("voorbeeldjaar").filter
NOW = datetime(2027, 1, 14, 9, 0, tzinfo=UTC)
TODAY = date(2027, 1, 14)
MEETING = Meeting("VRG-AO-2027-01", "AO", MeetingKind.REGULAR, TODAY)
ITEM = AgendaItem("AGP-2027-001", MEETING.id, 1, "Depots", Nature.DECIDE, Horizon.CURRENT, "uvw.ao.1", "UvW")
SIGNAL = Signal("SIG-2027-001", "Depots", ("uvw.ao.1",), "UvW", SignalState.SCHEDULED, "AO", "AO", NOW, NOW)


@given(st.sampled_from(ItemState), st.sampled_from(MeetingState), st.sampled_from(ItemOutcome), st.integers(-3, 3))
def test_an_outcome_is_noted_from_the_day_itself_until_the_minutes_are_confirmed(
    state: ItemState, meeting: MeetingState, outcome: ItemOutcome, days: int
) -> None:
    today = date.fromordinal(TODAY.toordinal() + days)
    verdict = points.may_conclude(
        replace(ITEM, state=state), replace(MEETING, state=meeting), AO, outcome, today, "het DO"
    )
    allowed = (
        state in (ItemState.PROPOSED, ItemState.SCHEDULED, ItemState.TREATED)
        and meeting in (MeetingState.PLANNED, MeetingState.FIXED, MeetingState.HELD, MeetingState.MINUTES)
        and days >= 0
    )
    assert isinstance(verdict, Allowed) is allowed


@given(st.sampled_from(SignalState), st.sampled_from(ItemOutcome))
def test_only_what_was_on_the_agenda_here_moves(state: SignalState, outcome: ItemOutcome) -> None:
    before = replace(SIGNAL, state=state)
    after = points.signal_after(before, "AO", outcome, NOW)
    moves = (SignalState.SCHEDULED, SignalState.HANDLING, SignalState.DECIDED)
    if state not in moves:
        assert after == before
    else:
        assert after.state is (SignalState.DECIDED if outcome is ItemOutcome.DECIDED else SignalState.HANDLING)
    elsewhere = replace(before, lies_with="DO")
    assert points.signal_after(elsewhere, "AO", outcome, NOW) == elsewhere


@given(st.integers(1, 5))
def test_each_time_counts_and_two_is_stuck(times: int) -> None:
    item = ITEM
    for n in range(times):
        item = points.moved_on(item, f"AGP-2027-{n + 2:03d}", f"VRG-AO-2027-{n + 2:02d}", 1)
    assert item.moved_on == times
    assert points.is_stuck(item) is (times >= 2)


@given(st.permutations(range(1, 7)), st.integers(0, 6))
def test_a_new_order_loses_and_doubles_nothing(numbers: list[int], named: int) -> None:
    items = [replace(ITEM, id=f"AGP-2027-{n:03d}", number=n) for n in range(1, 7)]
    ordered = points.in_order(items, numbers[:named])
    assert not isinstance(ordered, Refused)
    assert sorted(item.number for item in ordered) == [1, 2, 3, 4, 5, 6]
    assert [item.number for item in ordered][:named] == numbers[:named]


def test_a_number_twice_is_no_order() -> None:
    assert isinstance(points.in_order([ITEM], [1, 1]), Refused)


@given(st.lists(st.tuples(st.sampled_from(["Rijk", "VNG", "IPO", "UvW"]), st.sampled_from(StandKind)), max_size=12))
def test_a_party_has_one_position_the_last(said: list[tuple[str, StandKind]]) -> None:
    stands: tuple[Stand, ...] = ()
    for party, kind in said:
        stands = points.with_stand(stands, Stand(party, kind))
    assert {one.party: one.kind for one in stands} == dict(said)
    assert len(stands) == len(dict(said))
