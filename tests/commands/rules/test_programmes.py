"""What the bodies of a programme may decide, and who is missing there (R-119, R-122, R-123, R-126, R-135)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from commands.rules.programmes import categories, lists_overdue, may_decide, not_represented
from commands.words.structure import Body, BodyKind, Party, Structure
from commands.words.template import Seat
from commands.words.verdict import Allowed, Refused
from commands.words.workgroup import GroupState, Phase, Workgroup
from config.templates import load_templates

FOUR = Structure(
    "vier",
    (Body("AO", "AO", BodyKind.FIXED, level=1),),
    tuple(Party(code) for code in ("Rijk", "VNG", "IPO", "UvW")),
)
[TEMPLATE] = load_templates()
STEERING = Workgroup(
    "PRG-X-STUURGROEP",
    "Stuurgroep X",
    BodyKind.WORKGROUP,
    GroupState.ACTIVE,
    date(2027, 1, 1),
    date(2030, 12, 31),
    "AO",
    within="PRG-X",
    seat=Seat.STEERING,
)


def test_the_template_that_ships_has_a_body_for_every_seat_and_forty_two_authorities() -> None:
    assert {body.seat for body in TEMPLATE.bodies} == set(Seat)
    assert (TEMPLATE.authorities, TEMPLATE.routes) == (42, ("WEB", "BOOG"))
    assert [body.name for body in TEMPLATE.bodies if body.all_parties] == ["Stuurgroep", "Programmateam"]


@pytest.mark.parametrize("category", ["begroting en budgetverdeling", "Jaarplan", "evaluaties", "kamerbrieven"])
def test_a_steering_group_decides_in_its_four_categories(category: str) -> None:
    assert isinstance(may_decide(STEERING, category, [TEMPLATE]), Allowed)


@pytest.mark.parametrize("category", [None, "", "normen"])
def test_and_in_no_other(category: str | None) -> None:
    refused = may_decide(STEERING, category, [TEMPLATE])
    assert isinstance(refused, Refused)
    assert refused.code == "R-123"
    assert "begroting en budgetverdeling, jaarplan, evaluaties of Kamerbrieven" in refused.because


@pytest.mark.parametrize("seat", [Seat.TEAM, Seat.CORE, Seat.PROJECT, None])
def test_the_other_bodies_of_a_programme_decide_nothing(seat: Seat | None) -> None:
    other = replace(STEERING, seat=seat)
    refused = may_decide(other, "jaarplan", [TEMPLATE])
    assert isinstance(refused, Refused)
    assert refused.code == "R-119"
    assert categories(other, [TEMPLATE]) == ()


def test_who_is_missing_is_said_in_the_order_of_the_structure() -> None:
    assert not_represented(FOUR, ["uvw", "Rijk"]) == ("VNG", "IPO")
    assert not_represented(FOUR, ["Rijk", "VNG", "IPO", "UvW"]) == ()


def test_nobody_is_listed_as_late_while_a_programme_wins_trust() -> None:
    assert not lists_overdue(replace(STEERING, phase=Phase.TRUST))
    assert lists_overdue(replace(STEERING, phase=Phase.PROGRESS))
    assert lists_overdue(None)
