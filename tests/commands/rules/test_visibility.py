"""Who may see a signal, in person and in a room (rulings.md 9, R-002, R-082, INV-20, INV-21, INV-39)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.rules.visibility import Viewer, may_see_body, may_see_signal, places, room_may_see_signal
from commands.words.people import Role, RoleName
from commands.words.signal import Hop, Signal, SignalState
from commands.words.structure import Body, BodyKind, Structure
from config.structure import load_structure

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
SIGNAL = Signal("SIG-2027-001", "Depots vol", ("uvw.ao.1",), "UvW", SignalState.HANDLING, "AO", "AO", NOW, NOW)
AT_GROUP = replace(SIGNAL, lies_with="WG-A", hops=(Hop("AO", "WG-A", "x", None),), passed=("AO",))
UP = replace(SIGNAL, lies_with="DO", owner="DO", passed=("AO", "WG-A"))
WG = Body("WG-A", "Werkgroep A", BodyKind.WORKGROUP, level=0, parent="AO", with_externals=True)
QUIET_WG = replace(WG, with_externals=False)


def viewer(body: str, role: RoleName = RoleName.MEMBER, *, external: bool = False, party: str = "VNG") -> Viewer:
    return Viewer("p.1", party, external, (Role("p.1", body, role, party),))


@pytest.fixture(scope="module")
def shipped() -> Structure:
    return load_structure("bijlage4")


SEES = [
    # viewer, signal, may see
    (viewer("AO"), SIGNAL, True),
    (viewer("AO", RoleName.SECRETARY), SIGNAL, True),
    (viewer("AO", RoleName.OPERATOR), SIGNAL, False),
    (viewer("DO"), SIGNAL, False),
    (viewer("WG-B"), AT_GROUP, False),
    (viewer("WG-A"), AT_GROUP, True),
    (viewer("AO"), AT_GROUP, True),
    (viewer("AO"), UP, True),
    (viewer("BO"), UP, False),
    (viewer("WG-A"), UP, True),
    (viewer("VNG", RoleName.UMBRELLA_CONTACT, party="UvW"), SIGNAL, True),
    (viewer("VNG", RoleName.UMBRELLA_CONTACT, party="VNG"), SIGNAL, False),
    (viewer("WG-A", RoleName.EXTERNAL, external=True), AT_GROUP, True),
    (viewer("WG-A", RoleName.EXTERNAL, external=True), replace(AT_GROUP, sensitive=True), False),
    (viewer("WG-A", RoleName.EXTERNAL, external=True), UP, False),
    (viewer("WG-A", RoleName.EXTERNAL, external=True), replace(UP, raised_by=("p.1",)), True),
    (viewer("WG-A", RoleName.EXTERNAL, external=True), replace(UP, raised_by=("p.1",), sensitive=True), False),
    (Viewer("uvw.ao.1", "UvW", False, ()), SIGNAL, True),
    (Viewer("p.1", "UvW", False, ()), SIGNAL, False),
]


@pytest.mark.parametrize(("who", "signal", "may"), SEES)
def test_who_sees_what(who: Viewer, signal: Signal, may: bool) -> None:
    assert may_see_signal(who, signal) == may


@pytest.mark.parametrize(
    ("room", "signal", "may"),
    [
        ("AO", SIGNAL, True),
        ("DO", SIGNAL, False),
        ("AO", UP, True),
        ("DO", UP, True),
        ("BO", UP, False),
    ],
)
def test_a_room_shows_what_its_body_has_or_had(shipped: Structure, room: str, signal: Signal, may: bool) -> None:
    body = shipped.body(room)
    assert body is not None
    assert room_may_see_signal(body, signal) == may


def test_a_room_with_externals_shows_only_what_lies_there_and_nothing_sensitive() -> None:
    assert room_may_see_signal(WG, AT_GROUP)
    assert not room_may_see_signal(WG, UP)
    assert room_may_see_signal(QUIET_WG, UP)
    assert not room_may_see_signal(WG, replace(AT_GROUP, sensitive=True))


BODIES = st.sampled_from(["AO", "DO", "BO", "WG-A", "WG-B"])


@given(
    lies=BODIES,
    owner=BODIES,
    passed=st.sets(BODIES),
    roles=st.lists(st.tuples(BODIES, st.sampled_from(list(RoleName)))),
    sensitive=st.booleans(),
)
def test_an_external_never_sees_more_than_others_and_nothing_sensitive(
    lies: str, owner: str, passed: set[str], roles: list[tuple[str, RoleName]], sensitive: bool
) -> None:
    signal = replace(SIGNAL, lies_with=lies, owner=owner, passed=tuple(sorted(passed)), sensitive=sensitive)
    held = tuple(Role("p.1", body, role, "VNG") for body, role in roles)
    outside = may_see_signal(Viewer("p.1", "VNG", True, held), signal)
    inside = may_see_signal(Viewer("p.1", "VNG", False, held), signal)
    assert inside or not outside
    assert not (outside and sensitive)
    if not {body for body, role in roles} & places(signal):
        assert not inside


@pytest.mark.parametrize(
    ("who", "code", "may"),
    [
        (viewer("AO"), "AO", True),
        (viewer("AO"), "DO", False),
        (viewer("AO", RoleName.SECRETARY), "DO", True),
        (viewer("WG-A", RoleName.SECRETARY), "DO", False),
        (viewer("AO"), "WG-A", True),
        (viewer("DO"), "WG-A", False),
        (viewer("WG-A", RoleName.EXTERNAL, external=True), "WG-A", True),
        (viewer("WG-A", RoleName.EXTERNAL, external=True), "AO", False),
        (viewer("AO", RoleName.OPERATOR), "AO", False),
    ],
)
def test_whose_agenda_and_lists_someone_sees(shipped: Structure, who: Viewer, code: str, may: bool) -> None:
    body = shipped.body(code) or WG
    assert may_see_body(who, body, shipped) == may
