from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.rules.actions import (
    Actor,
    Hand,
    Move,
    first_state,
    in_order,
    is_late,
    is_past,
    may_accept,
    may_deputise,
    may_finish,
    may_give,
    may_hand_over,
    may_lapse,
    may_move,
    may_refuse,
    may_reopen,
    may_say_who_has_it,
    ordinal,
    waits_for,
)
from commands.words.action import Action, ActionState
from commands.words.calendar import WorkCalendar
from commands.words.people import Person
from commands.words.signal import Track
from commands.words.structure import Body, BodyKind, Span
from commands.words.verdict import Allowed, Refused
from commands.words.workgroup import GroupState

AO = Body("AO", "Ambtelijk overleg", BodyKind.FIXED, 1)
GROUP = Body("WG-LOOD", "Werkgroep diffuus lood", BodyKind.WORKGROUP, 0, "AO")
HOLDER, DEPUTY, OFFICER, OTHER = Actor(holder=True), Actor(deputy=True), Actor(officer=True), Actor()
DUE = date(2027, 2, 4)
ACTION = Action(
    id="ACT-2027-001",
    text="stukken sturen",
    holder="vng.ao.2",
    on_behalf_of="VNG",
    due=DUE,
    first_due=DUE,
    body="AO",
    state=ActionState.OPEN,
    asked_by="rijk.secr.1",
    made_at=datetime(2027, 1, 14, 10, tzinfo=UTC),
)
CLOSED = (ActionState.DONE, ActionState.REFUSED, ActionState.LAPSED)


def code(verdict: object) -> str:
    return verdict.code if isinstance(verdict, Refused) else ""


@pytest.mark.parametrize("state", [GroupState.FOUNDED, GroupState.ACTIVE, None])
def test_a_running_group_and_a_fixed_body_get_actions(state: GroupState | None) -> None:
    assert may_give(GROUP if state else AO, state, "") == Allowed()


@pytest.mark.parametrize("state", [GroupState.LAPSED, GroupState.WINDING_UP, GroupState.ENDED, GroupState.ABSORBED])
def test_inv_14_a_group_past_its_end_gets_none(state: GroupState) -> None:
    assert code(may_give(GROUP, state, "woensdag 31 maart 2027")) == "INV-14"


def test_inv_28_outsiders_accept_first() -> None:
    assert first_state(asks_oneself=False, member=False) is ActionState.REQUESTED
    assert first_state(asks_oneself=True, member=False) is ActionState.OPEN
    assert first_state(asks_oneself=False, member=True) is ActionState.OPEN


@pytest.mark.parametrize(("actor", "expected"), [(HOLDER, ""), (DEPUTY, ""), (OFFICER, ""), (OTHER, "E04")])
def test_who_may_finish(actor: Actor, expected: str) -> None:
    assert code(may_finish(ACTION, actor, "vng.ao.2", "")) == expected


def test_finishing_twice_is_told_apart_from_what_cannot_be_finished() -> None:
    assert code(may_finish(replace(ACTION, state=ActionState.DONE), OTHER, "vng.ao.2", "do 4 feb 2027")) == "E14"
    assert code(may_finish(replace(ACTION, state=ActionState.LAPSED), HOLDER, "vng.ao.2", "")) == "E12"


def test_only_chair_or_secretary_puts_it_back_and_only_what_was_finished() -> None:
    done = replace(ACTION, state=ActionState.DONE)
    assert may_reopen(done, OFFICER, AO) == Allowed()
    assert code(may_reopen(done, HOLDER, AO)) == "E04"
    assert code(may_reopen(ACTION, OFFICER, AO)) == "E12"


def test_only_the_holder_or_deputy_accepts() -> None:
    asked = replace(ACTION, state=ActionState.REQUESTED)
    assert may_accept(asked, HOLDER, "vng.ao.2") == may_accept(asked, DEPUTY, "vng.ao.2") == Allowed()
    assert code(may_accept(asked, OFFICER, "vng.ao.2")) == "E04"


@pytest.mark.parametrize(
    ("state", "today", "expected"),
    [
        (ActionState.OPEN, date(2027, 1, 18), ""),
        (ActionState.OPEN, date(2027, 1, 19), "E12"),
        (ActionState.REQUESTED, date(2027, 2, 19), ""),
        (ActionState.DONE, date(2027, 1, 15), "E12"),
    ],
)
def test_refusing_what_is_open_has_a_term_of_two_working_days(state: ActionState, today: date, expected: str) -> None:
    verdict = may_refuse(
        replace(ACTION, state=state),
        HOLDER,
        "vng.ao.2",
        made=date(2027, 1, 14),
        today=today,
        within=Span(2, "werkdagen"),
        calendar=WorkCalendar(),
    )
    assert code(verdict) == expected


LATER = DUE + timedelta(days=7)


@pytest.mark.parametrize(
    ("actor", "postponed", "new", "expected"),
    [
        (HOLDER, 0, LATER, Move.HOLDS),
        (DEPUTY, 0, LATER, Move.HOLDS),
        (HOLDER, 1, LATER, Move.ASK_SECRETARY),
        (HOLDER, 1, DUE - timedelta(days=1), Move.HOLDS),
        (OFFICER, 3, LATER, Move.HOLDS),
    ],
)
def test_the_holder_moves_a_date_once(actor: Actor, postponed: int, new: date, expected: Move) -> None:
    assert may_move(replace(ACTION, postponed=postponed), actor, "vng.ao.2", new, "") is expected


def test_others_do_not_move_it_and_the_same_date_is_no_move() -> None:
    assert code(may_move(ACTION, OTHER, "vng.ao.2", LATER, "")) == "E04"
    assert code(may_move(ACTION, HOLDER, "vng.ao.2", DUE, "")) == "E14"


@given(state=st.sampled_from(CLOSED), actor=st.builds(Actor, st.booleans(), st.booleans(), st.booleans()))
def test_what_is_closed_is_never_moved_accepted_or_handed_over(state: ActionState, actor: Actor) -> None:
    closed = replace(ACTION, state=state)
    assert isinstance(may_move(closed, actor, "", LATER, ""), Refused)
    assert isinstance(may_accept(closed, actor, ""), Refused)
    assert isinstance(may_hand_over(closed, actor, "", to="uvw.ao.1", by="uvw.ao.1", agreed=()), Refused)


@pytest.mark.parametrize(
    ("actor", "by", "agreed", "expected"),
    [
        (HOLDER, "vng.ao.2", (), Hand.ASK_NEW),
        (OFFICER, "rijk.secr.1", (), Hand.ASK_NEW),
        (OTHER, "uvw.ao.1", (), Hand.ASK_HOLDER),
        (OTHER, "uvw.ao.1", ("uvw.ao.1",), Hand.ASK_HOLDER),
        (OTHER, "uvw.ao.1", ("vng.ao.2",), Hand.DONE),
        (HOLDER, "vng.ao.2", ("uvw.ao.1",), Hand.DONE),
        (OFFICER, "uvw.ao.1", (), Hand.DONE),
    ],
)
def test_an_action_changes_hands_when_both_agree(
    actor: Actor, by: str, agreed: tuple[str, ...], expected: Hand
) -> None:
    assert may_hand_over(ACTION, actor, "vng.ao.2", to="uvw.ao.1", by=by, agreed=agreed) is expected


def test_handing_over_to_the_holder_or_by_a_stranger_is_refused() -> None:
    assert code(may_hand_over(ACTION, HOLDER, "", to="vng.ao.2", by="vng.ao.2", agreed=())) == "E14"
    assert code(may_hand_over(ACTION, OTHER, "", to="uvw.ao.1", by="ipo.ao.1", agreed=())) == "E04"


@given(days=st.integers(-400, 400), track=st.sampled_from(Track), state=st.sampled_from(ActionState))
def test_inv_29_arrears_exist_only_for_what_is_open_past_its_date_and_not_on_aanjagen(
    days: int, track: Track, state: ActionState
) -> None:
    action = replace(ACTION, track=track, state=state)
    today = DUE + timedelta(days=days)
    assert is_late(action, today) == (state is ActionState.OPEN and days > 0 and track is not Track.ENCOURAGE)


@given(
    st.lists(st.tuples(st.integers(-30, 30), st.sampled_from([ActionState.OPEN, ActionState.REQUESTED])), max_size=12)
)
def test_the_list_has_what_is_past_first_then_by_date(given_ones: list[tuple[int, ActionState]]) -> None:
    actions = [
        replace(ACTION, id=f"ACT-2027-{n:03d}", due=DUE + timedelta(days=days), state=state)
        for n, (days, state) in enumerate(given_ones)
    ]
    ordered = in_order(actions, DUE)
    assert sorted(a.id for a in ordered) == sorted(a.id for a in actions)
    ranks = [(a.state is ActionState.REQUESTED, not is_past(a, DUE), a.due) for a in ordered]
    assert ranks == sorted(ranks)


def test_postponements_are_counted_in_words() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 6)] == ["eerste", "tweede", "derde", "6e"]


def test_in_a_group_who_asked_may_put_it_back_and_in_a_fixed_body_not() -> None:
    done = replace(ACTION, state=ActionState.DONE)
    assert isinstance(may_reopen(done, OTHER, GROUP, asker=True), Allowed)
    assert isinstance(may_reopen(done, OTHER, AO, asker=True), Refused)
    assert isinstance(may_reopen(done, OTHER, GROUP), Refused)


@pytest.mark.parametrize("state", ActionState)
def test_only_what_still_asks_for_something_lapses_or_lies_somewhere(state: ActionState) -> None:
    live = state in (ActionState.REQUESTED, ActionState.OPEN)
    assert isinstance(may_lapse(replace(ACTION, state=state)), Allowed) is live
    assert isinstance(may_say_who_has_it(replace(ACTION, state=state), OFFICER, "vng.ao.2"), Allowed) is live


def test_who_stands_in_for_one_action_is_another_of_the_same_party() -> None:
    holder = Person("vng.ao.2", "VNG")
    assert isinstance(may_deputise(holder, Person("vng.ao.1", "VNG")), Allowed)
    assert isinstance(may_deputise(holder, holder), Refused)
    assert isinstance(may_deputise(holder, Person("ipo.ao.1", "IPO")), Refused)
    assert isinstance(may_deputise(holder, Person("vng.wg.9", "VNG", external=True)), Refused)


@pytest.mark.parametrize(
    ("reason", "who"),
    [
        ("wacht op jurist", "jurist"),
        ("wacht nog op de provincie.", "de provincie"),
        ("ik wacht op vng", "vng"),
        ("het wachten is op het IPO", "het IPO"),
        ("jurist is ziek", ""),
        ("", ""),
    ],
)
def test_a_reason_may_say_who_is_waited_for(reason: str, who: str) -> None:
    assert waits_for(reason) == who
