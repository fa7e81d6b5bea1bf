"""Where a role counts: in the room, in the kind of body the right names, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commands.kit.authorise import how_far, is_known, opens
from commands.kit.declare import EVERYONE, Command, Right, Where
from commands.words.people import Person, Role, RoleName
from commands.words.structure import Body, BodyKind, Structure

CHAIR = RoleName.CHAIR
PROGRAMME = Body("PRG-VAST", "Programma Vast", BodyKind.PROGRAMME, level=0, parent="AO")


def held(body: str, role: RoleName = CHAIR) -> Role:
    return Role("a", body, role, "VNG")


@pytest.mark.parametrize(
    ("where", "bodies"),
    [
        (Where.FILTER, {"AO"}),
        (Where.TIER, {"AO", "DO", "BO"}),
        (Where.GROUP, {"WG-PFAS", "PRG-SPOED", "PRG-VAST"}),
        (Where.ANY, {"AO", "DO", "BO", "WG-PFAS", "PRG-SPOED", "PRG-VAST", "WEB"}),
    ],
)
def test_a_role_counts_in_the_bodies_that_the_right_names(structure: Structure, where: Where, bodies: set[str]) -> None:
    wider = replace(structure, bodies=(*structure.bodies, PROGRAMME))
    every = ("AO", "DO", "BO", "WG-PFAS", "PRG-SPOED", "PRG-VAST", "WEB")
    for room in (None, wider.filter):
        found = {code for code in every if opens(Right(CHAIR, where), held(code), room, wider)}
        assert found == bodies


def test_here_is_the_body_of_the_room_and_in_private_that_of_the_role(structure: Structure) -> None:
    right = Right(CHAIR, Where.HERE)
    assert opens(right, held("WG-PFAS"), None, structure)
    assert not opens(right, held("WG-PFAS"), structure.filter, structure)
    assert opens(right, held("AO"), structure.filter, structure)


def test_who_is_only_there_to_run_the_bot_is_not_known_for_content(structure: Structure) -> None:
    operator = held("AO", RoleName.OPERATOR)
    assert is_known(())
    assert not is_known((operator,))
    assert is_known((operator, held("AO", RoleName.MEMBER)))


def test_how_far_one_gets_is_the_widest_right(structure: Structure) -> None:
    proposes, may = Right(CHAIR, Where.ANY, propose=True), Right(CHAIR, Where.GROUP)
    explains = Right(RoleName.MEMBER, Where.ANY, explain=True)
    command = Command("proef", (), "Proef.", "!proef", (proposes, may, explains), "", False, (), print)
    person = Person("a", "VNG")

    def far(*roles: Role) -> str:
        return how_far(command, person, roles, None, structure)

    assert far(held("AO")) == "proposes"
    assert far(held("AO"), held("WG-PFAS")) == "may"
    assert far(held("AO", RoleName.MEMBER)) == "refused"
    assert far() == "refused"
    assert how_far(replace(command, who=EVERYONE), person, (), None, structure) == "may"
