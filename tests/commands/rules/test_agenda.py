from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from commands.rules import agenda
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingKind, MeetingState, Nature
from commands.words.people import Role, RoleName
from commands.words.signal import Horizon, Signal, SignalKind, SignalState
from commands.words.structure import Body
from commands.words.verdict import Allowed, Refused
from config.structure import load_structure

YEAR = load_structure("voorbeeldjaar")
NOW = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
SIGNAL = Signal("SIG-2027-001", "Depots zitten vol", ("uvw.ao.1",), "UvW", SignalState.HANDLING, "AO", "AO", NOW, NOW)
ITEM = AgendaItem(
    "AGP-2027-001", "VRG-AO-2027-01", 1, "Depots", Nature.DISCUSS, Horizon.CURRENT, "uvw.ao.1", "UvW", minutes=20
)
MEETING = Meeting("VRG-AO-2027-01", "AO", MeetingKind.REGULAR, date(2027, 1, 14))


def tier(code: str) -> Body:
    found = YEAR.body(code)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("held", "body", "expected"),
    [
        (("AO", RoleName.SECRETARY), "AO", ItemState.SCHEDULED),
        (("AO", RoleName.CHAIR), "AO", ItemState.SCHEDULED),
        (("AO", RoleName.SECRETARY), "DO", ItemState.SCHEDULED),
        (("DO", RoleName.SECRETARY), "AO", None),
        (("AO", RoleName.MEMBER), "AO", ItemState.PROPOSED),
        (("AO", RoleName.SUBSTANCE), "AO", ItemState.PROPOSED),
        (("AO", RoleName.MEMBER), "DO", None),
        (("WG-PFAS", RoleName.CHAIR), "AO", ItemState.PROPOSED),
        (("WG-PFAS", RoleName.CHAIR), "DO", None),
        (("WG-PFAS", RoleName.MEMBER), "AO", None),
        (("AO", RoleName.OPERATOR), "AO", None),
    ],
)
def test_chair_and_secretary_put_on_the_agenda_and_members_propose(
    held: tuple[str, RoleName], body: str, expected: ItemState | None
) -> None:
    roles = (Role("iemand", held[0], held[1], "VNG"),)
    assert agenda.state_for(roles, tier(body), YEAR) is expected


def test_who_only_chairs_a_group_brings_its_feedback_or_future() -> None:
    roles = (Role("uvw.wg.1", "WG-PFAS", RoleName.CHAIR, "UvW"),)
    assert isinstance(agenda.group_brings(roles, tier("AO"), Nature.FEEDBACK), Allowed)
    assert isinstance(agenda.group_brings(roles, tier("AO"), Nature.DECIDE), Refused)


def test_the_chair_of_the_filter_brings_in_process_only() -> None:
    assert isinstance(agenda.chair_brings(True, Nature.DISCUSS, None, tier("AO"), YEAR), Refused)
    assert isinstance(agenda.chair_brings(True, Nature.PROCESS, None, tier("AO"), YEAR), Allowed)
    assert isinstance(agenda.chair_brings(True, Nature.DISCUSS, None, tier("DO"), YEAR), Allowed)
    process = replace(SIGNAL, kind=SignalKind.PROCESS)
    assert isinstance(agenda.chair_brings(True, Nature.DISCUSS, process, tier("AO"), YEAR), Allowed)


def test_no_current_affairs_on_a_reflection_meeting() -> None:
    assert isinstance(agenda.horizon_fits(MeetingKind.REFLECTION, Horizon.CURRENT), Refused)
    assert isinstance(agenda.horizon_fits(MeetingKind.REFLECTION, Horizon.STRATEGY), Allowed)
    assert isinstance(agenda.horizon_fits(MeetingKind.REGULAR, Horizon.CURRENT), Allowed)


def test_a_new_point_of_substance_does_not_start_at_the_top() -> None:
    verdict = agenda.treated_below(Nature.DECIDE, tier("BO"), YEAR)
    assert isinstance(verdict, Refused)
    assert verdict.because == "Een nieuw punt gaat eerst langs het DO, het voorportaal van het BO."
    assert isinstance(agenda.treated_below(Nature.INFORM, tier("BO"), YEAR), Allowed)
    assert isinstance(agenda.treated_below(Nature.DECIDE, tier("DO"), YEAR), Allowed)


@pytest.mark.parametrize(
    ("state", "lies_with", "body", "fits"),
    [
        (SignalState.HANDLING, "AO", "AO", True),
        (SignalState.SUBMITTED, "AO", "AO", True),
        (SignalState.HELD, "AO", "AO", False),
        (SignalState.CLOSED, "AO", "AO", False),
        (SignalState.HANDLING, "AO", "DO", False),
        (SignalState.HANDLING, "DO", "DO", True),
        (SignalState.DECIDED, "DO", "DO", False),
    ],
)
def test_a_signal_must_lie_there_and_be_in_hand(state: SignalState, lies_with: str, body: str, fits: bool) -> None:
    signal = replace(SIGNAL, state=state, lies_with=lies_with)
    assert isinstance(agenda.signal_fits(signal, tier(body), YEAR), Allowed) is fits


def test_the_share_of_strategy_counts_minutes_when_every_item_has_them() -> None:
    strategic = replace(ITEM, id="AGP-2027-002", number=2, horizon=Horizon.STRATEGY, minutes=60)
    assert agenda.balance_of([ITEM, strategic]) == agenda.Balance(2, 1, 80, 60, 75)
    assert agenda.balance_of([ITEM, replace(strategic, minutes=None)]).strategy == 50
    assert agenda.balance_of([]) == agenda.Balance(0, 0, None, 0, 0)


def test_the_chair_is_warned_when_a_horizon_is_missing_or_strategy_is_little() -> None:
    strategic = replace(ITEM, id="AGP-2027-002", number=2, horizon=Horizon.STRATEGY, minutes=5)
    regular = MeetingKind.REGULAR
    assert agenda.balance_warnings([ITEM], regular, 30) == ("Er staat geen punt over strategie op.",)
    assert agenda.balance_warnings([ITEM, strategic], regular, 30) == ("Strategie blijft onder 30%.",)
    assert agenda.balance_warnings([ITEM, replace(strategic, minutes=20)], regular, 30) == ()
    assert agenda.balance_warnings([strategic], MeetingKind.REFLECTION, 30) == ()


def test_an_agenda_is_fixed_once_and_only_when_every_item_is_complete() -> None:
    assert isinstance(agenda.may_fix([ITEM], MEETING), Allowed)
    assert isinstance(agenda.may_fix([], MEETING), Refused)
    assert isinstance(agenda.may_fix([ITEM], replace(MEETING, state=MeetingState.FIXED)), Refused)
    lacking = agenda.may_fix([replace(ITEM, on_behalf_of=""), replace(ITEM, state=ItemState.PROPOSED)], MEETING)
    assert isinstance(lacking, Refused)
    assert lacking.because == (
        "Nog niet compleet: AGP-2027-001 (namens), AGP-2027-001 (nog een voorstel). "
        "Vul het aan met !wijzig en het punt."
    )


def test_one_topic_in_more_than_half_of_the_points_is_told() -> None:
    lead, other = replace(ITEM, topic="diffuus lood"), replace(ITEM, topic="grondwater")
    assert agenda.concentration([[lead, lead], [other]], 50) == ("diffuus lood", 67)
    assert agenda.concentration([[lead], [other]], 50) is None
    assert agenda.concentration([[lead, replace(ITEM, topic=None)]], 50) is None
    assert agenda.concentration([[lead]], 50) is None


@pytest.mark.parametrize(
    ("title", "nature", "expected"),
    [
        ("Monitoring en beleidsevaluatie", Nature.DISCUSS, True),
        ("Jaarlijkse beleidsevaluatie", Nature.INFORM, True),
        ("Monitoring", Nature.EVALUATE, True),
        ("Monitoring van grondwater", Nature.DISCUSS, False),
    ],
)
def test_the_standing_point_is_known_however_it_is_written(title: str, nature: Nature, expected: bool) -> None:
    assert agenda.is_monitoring(replace(ITEM, title=title, nature=nature)) is expected


def test_the_last_but_one_meeting_of_the_year() -> None:
    days = [replace(MEETING, id=f"VRG-AO-2027-{n:02d}", day=date(2027, n, 1)) for n in range(1, 4)]
    assert [agenda.last_but_one(days, one) for one in days] == [False, True, False]
    assert agenda.last_but_one(days[:1], days[0])
    assert not agenda.last_but_one(days[:2], days[2])


def test_an_agenda_with_current_affairs_is_not_fixed_for_a_reflection_meeting() -> None:
    reflection = replace(MEETING, kind=MeetingKind.REFLECTION)
    verdict = agenda.may_fix([ITEM], reflection)
    assert isinstance(verdict, Refused)
    assert verdict.because.endswith("Punt 1 gaat over actualiteit. Schuif het door met !doorschuif 1.")
