"""How an agreement moves on and ends, and what its words have to say (INV-25, INV-27, R-059, R-160)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from commands.rules import agreements as rules
from commands.rules import monitoring
from commands.words.agreement import Agreement, AgreementState, Feasible, MonitoringEntry, Pdca, Progress
from commands.words.decision import Decision, DecisionState, Measure
from commands.words.signal import Track
from commands.words.structure import Structure
from commands.words.verdict import Allowed, Refused

NOON = datetime(2027, 5, 25, 12, 0, tzinfo=UTC)
MADE = Agreement(
    "AFS-2027-001", "overzicht", "DO", "VRG-DO-2027-01", ("VNG",), "VNG", "vng.do.1", "BO", "rijk.secr.2", NOON
)
ENTRY = MonitoringEntry(date(2027, 7, 1), "vng.do.1", Progress.CARRYING_OUT, Feasible.FEASIBLE, Feasible.UNKNOWN, "ok")
WORDS = st.text(alphabet="abcdefg 123", max_size=30)


def test_only_standing_parties_are_bound_and_their_members_are_named_as_free(structure: Structure) -> None:
    assert isinstance(rules.binds_only_parties(("VNG", "IPO"), structure), Allowed)
    for binds in ((), ("gemeente",), ("VNG", "WEB")):
        assert isinstance(rules.binds_only_parties(binds, structure), Refused)
    assert rules.not_bound(("VNG",), structure) == ("de gemeenten",)
    assert rules.not_bound(("Rijk",), structure) == ()


@given(st.sampled_from(Progress), st.sampled_from(Progress), WORDS, WORDS, WORDS, st.sampled_from(Track))
def test_what_is_realised_shows_it_and_encouraging_takes_words(
    before: Progress, to: Progress, evidence: str, meaning: str, because: str, track: Track
) -> None:
    """INV-27, whatever is typed."""
    agreement = replace(MADE, progress=before, track=track)
    verdict = rules.may_progress(agreement, to, evidence=evidence, meaning=meaning, because=because)
    if not isinstance(verdict, Allowed):
        return
    assert to is not Progress.REALISED or evidence
    assert track is not Track.ENCOURAGE or rules.in_words(meaning)
    steps = list(Progress)
    assert steps.index(to) >= steps.index(before) or because


@given(st.sampled_from(Pdca), st.sampled_from(Pdca), st.booleans(), st.booleans(), st.sampled_from(("", *rules.ACTS)))
def test_the_cycle_never_skips_a_step(before: Pdca, to: Pdca, looked: bool, decided: bool, act: str) -> None:
    """R-059; the structure is the smallest that has a ladder."""
    structure = _ladder()
    agreement = replace(MADE, pdca=before, entries=(ENTRY,) if looked else ())
    decision = (
        Decision("BES-2027-001", "x", "DO", "VRG-DO-2027-01", "s", NOON, DecisionState.FIXED) if decided else None
    )
    if isinstance(rules.may_turn(agreement, to, act, decision, structure), Allowed):
        steps = list(Pdca)
        assert steps.index(to) == (steps.index(before) + 1) % len(steps)
        assert to is not Pdca.CHECK or looked
        assert to is not Pdca.ACT or (decided and act in rules.ACTS)


def _ladder() -> Structure:
    from config.structure import load_structure

    return load_structure("bijlage4")


def test_a_lower_body_decides_nothing_about_it(structure: Structure) -> None:
    lower = Decision("BES-2027-002", "x", "AO", "VRG-AO-2027-01", "s", NOON, DecisionState.FIXED)
    agreement = replace(MADE, pdca=Pdca.CHECK)
    assert isinstance(rules.may_turn(agreement, Pdca.ACT, "stoppen", lower, structure), Refused)
    tiers = {body.code: body for body in structure.tiers}
    ends = [isinstance(rules.may_end(MADE, (tiers[code],), "op", structure), Allowed) for code in ("AO", "DO", "BO")]
    assert ends == [False, True, True]
    assert isinstance(rules.may_end(MADE, (tiers["DO"],), "", structure), Refused)
    over = replace(MADE, state=AgreementState.LAPSED)
    assert isinstance(rules.may_end(over, (tiers["DO"],), "op", structure), Refused)


def test_a_look_keeps_the_earlier_ones() -> None:
    first = rules.progressed(MADE, ENTRY, "")
    second = rules.progressed(first, replace(ENTRY, progress=Progress.REALISED, meaning=""), "staat online")
    assert (len(second.entries), second.progress, second.meaning, second.evidence) == (
        2,
        Progress.REALISED,
        "ok",
        "staat online",
    )
    assert rules.standing(first) == "in uitvoering · tijd haalbaar"


def test_when_it_is_asked_about(structure: Structure) -> None:
    assert monitoring.lacks_measure(MADE)
    assert not monitoring.lacks_measure(replace(MADE, needs_measure=False))
    assert not monitoring.lacks_measure(replace(MADE, measure=Measure("x", "y", "z", NOON.date())))
    assert not monitoring.lacks_measure(replace(MADE, state=AgreementState.LAPSED))
    assert monitoring.next_look(MADE, structure) == date(2027, 11, 25)
    assert monitoring.next_look(replace(MADE, progress=Progress.REALISED), structure) is None
    assert monitoring.uncovered_on(MADE, (date(2027, 9, 28),), structure) == date(2028, 9, 29)
