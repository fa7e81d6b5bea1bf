"""The movements of a signal, one by one, and any number of them in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from commands.rules import ladder, route
from commands.words.action import Action, ActionState
from commands.words.proposal import Proposal, ProposalKind, ProposalState
from commands.words.signal import FINAL_STATES, Brief, Hop, Signal, SignalState
from commands.words.structure import Body, BodyKind, Structure
from commands.words.verdict import Allowed, Refused
from commands.words.workgroup import GroupState, Workgroup
from config.structure import load_structure

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
MAY = date(2027, 5, 3)
BRIEF = Brief("Depots vol", "Een kader", "raakt alle partijen")


def signal(state: SignalState = SignalState.SUBMITTED, at: str = "AO", owner: str = "", **more: object) -> Signal:
    plain = Signal("SIG-2027-001", "Depots vol", ("uvw.ao.1",), "UvW", state, at, owner or at, NOW, NOW)
    return replace(plain, **more)  # type: ignore[arg-type]


def proposal(confirms: str = "AO") -> Proposal:
    return Proposal(
        "VST-2027-001",
        ProposalKind.ESCALATE,
        "SIG-2027-001",
        "vng.ao.1",
        "x",
        confirms,
        ProposalState.SUBMITTED,
        NOW,
        to_body="DO",
    )


def group(code: str = "WG-A", state: GroupState = GroupState.ACTIVE, topic: str | None = "lood") -> Workgroup:
    return Workgroup(
        code, f"Werkgroep {code}", BodyKind.WORKGROUP, state, date(2026, 1, 1), date(2027, 6, 30), "AO", topic=topic
    )


def refused(verdict: object, code: str) -> Refused:
    assert isinstance(verdict, Refused), verdict
    assert verdict.code == code, verdict
    return verdict


@pytest.fixture(scope="module")
def shipped() -> Structure:
    return load_structure("bijlage4")


def body(structure: Structure, code: str) -> Body:
    found = structure.body(code)
    assert found is not None
    return found


# --- weighing --------------------------------------------------------------------------------------------------------
def test_the_filter_weighs_what_lies_with_it_and_nothing_else(shipped: Structure) -> None:
    assert ladder.may_weigh(signal(), shipped) == Allowed()
    assert ladder.may_weigh(signal(SignalState.HELD), shipped) == Allowed()
    assert "ligt bij DO" in refused(ladder.may_weigh(signal(SignalState.HANDLING, "DO"), shipped), "E12").because


@pytest.mark.parametrize("state", [SignalState.SETTLED, SignalState.REJECTED, *FINAL_STATES])
def test_what_is_over_is_not_weighed_nor_moved(shipped: Structure, state: SignalState) -> None:
    over = signal(state, merged_into="SIG-2027-009" if state is SignalState.MERGED else None)
    place = body(shipped, "DO")
    refused(ladder.may_weigh(over, shipped), "E12")
    refused(ladder.may_escalate(over, place, shipped, ()), "E12")
    refused(ladder.may_give_back(over, place, shipped), "E12")
    text = refused(ladder.may_settle(over, shipped.filter, shipped, (), ""), "E12").because
    assert ("Waar het verdergaat" in text) == (state is SignalState.MERGED)


def test_an_open_proposal_blocks_every_other_movement(shipped: Structure) -> None:
    here = signal(SignalState.HANDLING, hops=(Hop("DO", "AO", "x", MAY),))
    for verdict in (
        ladder.may_weigh(here, shipped, (proposal(),)),
        ladder.may_escalate(here, shipped.filter, shipped, (proposal(),)),
        ladder.may_report(here, (proposal(),)),
        ladder.one_open_proposal((proposal(),)),
    ):
        assert "Er loopt al een voorstel (VST-2027-001, wacht op de voorzitter AO)" in refused(verdict, "E18").because


def test_weighing_again_keeps_the_date_that_a_higher_body_gave() -> None:
    given = signal(SignalState.HANDLING, owner="DO", hops=(Hop("DO", "AO", "x", MAY),), due=MAY)
    assert ladder.weighed(given, NOW, SignalState.SCHEDULED).due == MAY
    assert ladder.weighed(signal(due=MAY), NOW, SignalState.HANDLING).due is None


def test_what_was_delegated_is_reported_back_and_not_ended_below(shipped: Structure) -> None:
    given = signal(SignalState.HANDLING, owner="DO", hops=(Hop("DO", "AO", "x", MAY),))
    assert (
        "opdracht van het DO, dat eigenaar blijft" in refused(ladder.is_own(given, "afwijzen", shipped), "E12").because
    )
    refused(ladder.may_settle(given, shipped.filter, shipped, (), ""), "E12")
    assert ladder.is_own(signal(), "afwijzen", shipped) == Allowed()


# --- assigning -------------------------------------------------------------------------------------------------------
def test_a_lapsed_group_gets_nothing_and_another_on_the_topic_is_named(shipped: Structure) -> None:
    lapsed, other = group(state=GroupState.LAPSED), group("WG-B")
    verdict = refused(ladder.may_assign(lapsed, MAY, (other,), shipped.filter, MAY), "INV-14")
    assert verdict.because == "Werkgroep WG-A is verlopen sinds wo 30 jun 2027 en krijgt geen nieuwe signalen."
    assert verdict.instead is not None
    assert verdict.instead.parts == {"group": "WG-B"}


def test_past_its_end_a_group_gets_nothing_though_an_extension_still_waits(shipped: Structure) -> None:
    late, over = date(2027, 7, 1), group("WG-B")
    verdict = refused(ladder.may_assign(group(), None, (over,), shipped.filter, late), "INV-14")
    assert verdict.because == "Werkgroep WG-A is verlopen sinds wo 30 jun 2027 en krijgt geen nieuwe signalen."
    # The other one on the topic is past its end as well, so it is no way out.
    assert verdict.instead is not None
    assert verdict.instead.command == "weeg"


def test_without_another_group_the_agenda_is_the_way(shipped: Structure) -> None:
    ended, other = group(state=GroupState.ENDED), group("WG-B", topic="pfas")
    verdict = refused(ladder.may_assign(ended, MAY, (other,), shipped.filter, MAY), "INV-14")
    assert verdict.instead is not None
    assert (verdict.instead.command, verdict.instead.parts) == ("weeg", {"outcome": "agenderen"})


def test_a_group_reports_back_before_its_end(shipped: Structure) -> None:
    assert ladder.may_assign(group(), date(2027, 6, 30), (), shipped.filter, MAY) == Allowed()
    text = refused(ladder.may_assign(group(), date(2027, 7, 1), (), shipped.filter, MAY), "C06").because
    assert text == "Dat is na de einddatum van WG-A (wo 30 jun 2027)."


def test_a_chair_of_a_group_takes_on_only_what_was_raised_in_its_room_on_its_topic(shipped: Structure) -> None:
    own = signal(passed=("WG-A",), topic="lood")
    assert ladder.may_take(own, group(), "WG-A", shipped.filter) == Allowed()
    refused(ladder.may_take(own, group(), "AO", shipped.filter), "E04")
    refused(ladder.may_take(signal(topic="lood"), group(), "WG-A", shipped.filter), "E04")
    refused(ladder.may_take(replace(own, state=SignalState.HANDLING), group(), "WG-A", shipped.filter), "E04")
    text = refused(ladder.may_take(replace(own, topic="pfas"), group(), "WG-A", shipped.filter), "C06").because
    assert "valt buiten de opdracht van WG-A" in text


# --- up and down -----------------------------------------------------------------------------------------------------
def test_nothing_goes_up_unweighed_or_irrelevant(shipped: Structure) -> None:
    verdict = refused(ladder.may_escalate(signal(), shipped.filter, shipped, ()), "INV-03")
    assert verdict.instead is not None
    assert verdict.instead.command == "weeg"
    plain = signal(SignalState.HANDLING)
    refused(ladder.may_escalate(replace(plain, relevant=False), shipped.filter, shipped, ()), "R-029")
    assert ladder.may_escalate(plain, shipped.filter, shipped, ()) == Allowed()


def test_too_long_a_main_line_is_told_with_its_length_and_never_cut() -> None:
    assert (
        "De hoofdlijn is 601 tekens, maximaal 600" in refused(ladder.brief_of("x" * 601, "a", "b", 600), "E10").because
    )
    assert ladder.brief_of(" lijn ", "a", "b", 600) == Brief("lijn", "a", "b")


def test_a_confirmed_signal_goes_up_only_from_where_it_was_proposed() -> None:
    assert ladder.still_there(signal(SignalState.HANDLING), proposal()) == Allowed()
    refused(ladder.still_there(signal(SignalState.HANDLING, "WG-A"), proposal()), "E12")
    refused(ladder.still_there(signal(SignalState.REJECTED), proposal()), "E12")


def test_a_delegation_ends_step_by_step_each_on_its_own_date() -> None:
    start = signal(SignalState.HANDLING, "BO")
    do = ladder.assigned(start, "BO", "DO", "bekijk", date(2027, 11, 1), NOW)
    ao = ladder.assigned(do, "DO", "AO", "werk uit", date(2027, 10, 1), NOW)
    wg = ladder.assigned(ao, "AO", "WG-A", "zoek uit", date(2027, 9, 1), NOW)
    assert (wg.owner, wg.lies_with, wg.due) == ("BO", "WG-A", date(2027, 9, 1))
    back = ladder.reported(wg, NOW)
    assert (back.owner, back.lies_with, back.due) == ("BO", "AO", date(2027, 10, 1))
    back = ladder.reported(back, NOW)
    assert (back.owner, back.lies_with, back.due) == ("BO", "DO", date(2027, 11, 1))
    back = ladder.reported(back, NOW)
    assert (back.owner, back.lies_with, back.due, back.hops) == ("BO", "BO", None, ())


def test_a_lower_date_is_never_later_than_the_one_above() -> None:
    given = signal(SignalState.HANDLING, owner="DO", hops=(Hop("DO", "AO", "x", MAY),))
    assert ladder.due_fits(given, MAY) == Allowed()
    text = refused(ladder.due_fits(given, MAY + timedelta(days=1)), "INV-06").because
    assert text == "Dat is later dan de datum waarop DO het terug verwacht (ma 3 mei 2027)."


def test_escalating_what_was_delegated_brings_it_back_to_its_owner() -> None:
    given = signal(SignalState.HANDLING, "AO", owner="BO", hops=(Hop("BO", "DO", "x", MAY), Hop("DO", "AO", "y", MAY)))
    up = ladder.escalated(given, "DO", BRIEF, NOW)
    assert (up.lies_with, up.owner, up.hops) == ("DO", "BO", given.hops[:1])


def test_giving_back_clears_the_chain() -> None:
    given = signal(SignalState.HANDLING, "DO", owner="BO", hops=(Hop("BO", "DO", "x", MAY),))
    back = ladder.given_back(given, "AO", NOW)
    assert (back.lies_with, back.owner, back.hops, back.due) == ("AO", "AO", (), None)


def test_the_filter_gives_nothing_back_and_a_group_reports(shipped: Structure) -> None:
    assert "ligt al bij het AO" in refused(ladder.may_give_back(signal(), shipped.filter, shipped), "E12").because
    there = signal(SignalState.HANDLING, "WG-A")
    assert "met !gereed" in refused(ladder.may_give_back(there, group().as_body(), shipped), "E12").because


def test_a_group_lays_before_the_filter_which_weighs_again() -> None:
    there = ladder.assigned(signal(), "AO", "WG-A", "x", MAY, NOW)
    back = ladder.resubmitted(there, "AO", "te groot voor ons", NOW)
    assert (back.state, back.lies_with, back.owner, back.hops) == (SignalState.SUBMITTED, "AO", "AO", ())
    assert "te groot voor ons" in back.explanation


# --- the end ---------------------------------------------------------------------------------------------------------
def test_a_higher_body_settles_after_a_decision_only(shipped: Structure) -> None:
    place = body(shipped, "DO")
    refused(ladder.may_settle(signal(SignalState.HANDLING, "DO"), place, shipped, (), ""), "E12")
    assert ladder.may_settle(signal(SignalState.DECIDED, "DO"), place, shipped, (), "") == Allowed()
    assert ladder.may_settle(signal(SignalState.HANDLING), shipped.filter, shipped, (), "") == Allowed()


def test_open_actions_need_a_reason(shipped: Structure) -> None:
    def act(n: int) -> Action:
        return Action(f"ACT-2027-{n:03d}", "x", "a", "VNG", MAY, MAY, "AO", ActionState.OPEN, "b", NOW)

    here = signal(SignalState.HANDLING)
    one = refused(ladder.may_settle(here, shipped.filter, shipped, (act(1),), ""), "C12").because
    assert one.startswith("Er staat nog 1 actie open (ACT-2027-001).")
    two = refused(ladder.may_settle(here, shipped.filter, shipped, (act(1), act(2)), ""), "C12").because
    assert two.startswith("Er staan nog 2 acties open (ACT-2027-001, ACT-2027-002).")
    assert ladder.may_settle(here, shipped.filter, shipped, (act(1),), "loopt door") == Allowed()


def test_closed_only_when_every_raiser_has_heard_it() -> None:
    done = ladder.settled(signal(SignalState.HANDLING), "klaar", NOW)
    assert (done.state, done.outcome) == (SignalState.SETTLED, "klaar")
    half = ladder.closed_if_told(done, ("a", "b"), ("a",), NOW)
    assert half.state is SignalState.SETTLED
    assert ladder.closed_if_told(half, ("a", "b"), ("b",), NOW).state is SignalState.CLOSED


# --- any number of movements ------------------------------------------------------------------------------------------
class Ladder(RuleBasedStateMachine):
    """A signal goes up and down as the rules allow, in any order, in the shipped structure."""

    def __init__(self) -> None:
        super().__init__()
        self.structure = load_structure("bijlage4")
        self.groups = (group("WG-A"), group("WG-B", topic="pfas"))
        self.signal = signal()
        self.proposals: tuple[Proposal, ...] = ()
        self.told: set[str] = set()
        self.raisers: tuple[str, ...] = ("uvw.ao.1",)
        self.ends = False

    @initialize(
        merged=st.booleans(), at=st.sampled_from(["BO", "BO", "DO", "AO", ""]), ends=st.sampled_from([0, 0, 0, 1])
    )
    def begin(self, merged: bool, at: str, ends: int) -> None:
        self.raisers = ("uvw.ao.1", "vng.ao.1") if merged else ("uvw.ao.1",)
        self.ends = bool(ends)
        if at:
            self.signal = signal(SignalState.HANDLING, at, weighed_at=NOW, brief=BRIEF)

    @property
    def place(self) -> Body:
        found = self.structure.body(self.signal.lies_with)
        return found or next(one.as_body() for one in self.groups if one.code == self.signal.lies_with)

    @rule(state=st.sampled_from([SignalState.HANDLING, SignalState.SCHEDULED, SignalState.HELD, SignalState.REJECTED]))
    def weigh(self, state: SignalState) -> None:
        verdicts = [ladder.may_weigh(self.signal, self.structure, self.proposals)]
        if state is SignalState.REJECTED:
            if not self.ends:
                return
            verdicts.append(ladder.is_own(self.signal, "afwijzen", self.structure))
        if all(isinstance(verdict, Allowed) for verdict in verdicts):
            self.signal = ladder.weighed(self.signal, NOW, state)

    @rule(n=st.integers(0, 1), days=st.sampled_from([120, 60, 20]))
    def assign(self, n: int, days: int) -> None:
        due = NOW.date() + timedelta(days=days)
        verdicts = (
            ladder.may_weigh(self.signal, self.structure, self.proposals),
            ladder.may_assign(self.groups[n], due, self.groups, self.structure.filter, NOW.date()),
            ladder.due_fits(self.signal, due),
        )
        if all(isinstance(verdict, Allowed) for verdict in verdicts):
            self.signal = ladder.assigned(self.signal, self.structure.filter.code, self.groups[n].code, "x", due, NOW)

    @rule(jump=st.sampled_from(["", "", "", "AO", "BO", "WG-A"]))
    def propose(self, jump: str) -> None:
        above = self.structure.above(self.place)
        to = jump or (above.code if above else "BO")
        there = self.structure.body(to) or self.groups[0].as_body()
        if isinstance(route.upward("SIG", self.place, there, self.structure), Refused):
            return
        if isinstance(ladder.may_escalate(self.signal, self.place, self.structure, self.proposals), Refused):
            return
        assert self.signal.weighed_at is not None or self.place.is_group
        if self.place.is_group:
            self.signal = ladder.resubmitted(self.signal, to, "x", NOW)
        else:
            self.proposals = (replace(proposal(self.place.code), to_body=to),)

    @precondition(lambda self: self.proposals)
    @rule(yes=st.booleans())
    def decide(self, yes: bool) -> None:
        [one] = self.proposals
        self.proposals = ()
        if yes and one.to_body and isinstance(ladder.still_there(self.signal, one), Allowed):
            self.signal = ladder.escalated(self.signal, one.to_body, BRIEF, NOW)

    @precondition(lambda self: not self.place.is_group)
    @rule()
    def give_back(self) -> None:
        below = self.structure.below(self.place)
        free = isinstance(ladder.one_open_proposal(self.proposals), Allowed)
        if free and below and isinstance(ladder.may_give_back(self.signal, self.place, self.structure), Allowed):
            self.signal = ladder.given_back(self.signal, below.code, NOW)

    @precondition(lambda self: not self.place.is_group)
    @rule(jump=st.sampled_from(["", "", "", "AO", "BO", "WG-A"]), days=st.sampled_from([150, 100, 50]))
    def delegate(self, jump: str, days: int) -> None:
        below = self.structure.below(self.place)
        to = jump or (below.code if below else "WG-A")
        there = self.structure.body(to) or self.groups[0].as_body()
        due = NOW.date() + timedelta(days=days)
        verdicts = (
            route.downward("SIG", self.place, there, self.structure),
            ladder.in_state(self.signal, "delegeren", ladder.MOVING),
            ladder.due_fits(self.signal, due),
            ladder.one_open_proposal(self.proposals),
        )
        if all(isinstance(verdict, Allowed) for verdict in verdicts) and not there.is_group:
            self.signal = ladder.assigned(self.signal, self.place.code, to, "x", due, NOW)

    @rule()
    def report(self) -> None:
        if isinstance(ladder.may_report(self.signal, self.proposals), Allowed):
            self.signal = ladder.reported(self.signal, NOW)

    @precondition(lambda self: self.ends)
    @rule(outcome=st.sampled_from(["klaar", "gepubliceerd"]))
    def settle(self, outcome: str) -> None:
        free = isinstance(ladder.one_open_proposal(self.proposals), Allowed)
        if free and isinstance(ladder.may_settle(self.signal, self.place, self.structure, (), ""), Allowed):
            self.signal = ladder.settled(self.signal, outcome, NOW)

    @precondition(lambda self: self.signal.state in (SignalState.SETTLED, SignalState.REJECTED))
    @rule(n=st.integers(0, 1))
    def tell(self, n: int) -> None:
        someone = self.raisers[n % len(self.raisers)]
        self.told.add(someone)
        self.signal = ladder.closed_if_told(self.signal, self.raisers, (someone,), NOW)

    @invariant()
    def one_place_and_one_owner_that_exist(self) -> None:  # INV-01
        known = {body.code for body in self.structure.tiers} | {one.code for one in self.groups}
        assert self.signal.lies_with in known
        assert self.signal.owner in known

    @invariant()
    def the_chain_is_contiguous_downward_and_its_dates_do_not_increase(self) -> None:  # INV-06
        hops = self.signal.hops
        levels = {body.code: body.level or 0 for body in self.structure.tiers}
        if not hops:
            assert self.signal.owner == self.signal.lies_with
            return
        assert self.signal.owner == hops[0].giver
        assert self.signal.lies_with == hops[-1].receiver
        assert self.signal.due == hops[-1].due
        for above, below in pairwise(hops):
            assert above.receiver == below.giver
            assert above.due is not None
            assert below.due is not None
            assert below.due <= above.due
        for hop in hops:  # INV-02: one level per step
            assert levels[hop.giver] - levels.get(hop.receiver, 0) == 1

    @invariant()
    def whatever_lies_above_the_filter_was_weighed_and_has_a_brief(self) -> None:  # INV-03
        if self.signal.lies_with in ("DO", "BO"):
            assert self.signal.weighed_at is not None
            assert self.signal.brief is not None

    @invariant()
    def settled_has_an_outcome_and_closed_was_told_to_all(self) -> None:  # INV-08
        if self.signal.state is SignalState.SETTLED:
            assert self.signal.outcome
        if self.signal.state is SignalState.CLOSED:
            assert set(self.raisers) <= self.told

    @invariant()
    def what_is_over_has_no_open_proposal_and_nobody_below_works_on_it(self) -> None:
        if self.signal.state in (SignalState.SETTLED, SignalState.REJECTED, SignalState.CLOSED):
            assert not self.proposals
            assert not self.signal.hops


TestLadder = Ladder.TestCase
TestLadder.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)


def test_a_signal_that_a_group_hands_back_is_as_old_as_it_was() -> None:
    later = NOW.replace(year=NOW.year + 1)
    there = ladder.assigned(signal(), "AO", "WG-PFAS", "uitwerken", None, NOW)
    back = ladder.resubmitted(there, "AO", "te groot voor ons", later)
    assert (back.filed_at, back.changed_at, back.state) == (there.filed_at, later, SignalState.SUBMITTED)
