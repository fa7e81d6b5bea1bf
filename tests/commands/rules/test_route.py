"""The escalation map of domain.md §2.4, written out by hand: every from and to, up and down."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.rules import route
from commands.words.structure import Body, BodyKind, Structure
from commands.words.verdict import Allowed, Refused
from config.structure import load_structure

FOUR = Path(__file__).parents[2] / "data" / "structuur_vier.toml"


@pytest.fixture(scope="module")
def shipped() -> Structure:
    return load_structure("bijlage4")


@pytest.fixture(scope="module")
def four() -> Structure:
    return load_structure(FOUR)


def place(code: str, structure: Structure) -> Body:
    """The standing body, or a group that lies under the filter."""
    if code.startswith(("WG-", "PRG-")):
        kind = BodyKind.WORKGROUP if code.startswith("WG-") else BodyKind.PROGRAMME
        return Body(code, code, kind, level=0, parent=structure.filter.code)
    found = structure.body(code)
    assert found is not None, code
    return found


def outcome(verdict: Allowed | Refused) -> str:
    """ "ok", or the code with the step that *ja* takes: "J3>DO"."""
    if isinstance(verdict, Allowed):
        return "ok"
    step = verdict.instead.parts.get("to", verdict.instead.command) if verdict.instead else ""
    return f"{verdict.code}>{step}" if step else verdict.code


UP = """
           WG-B      AO        DO             BO             BOOG
WG-A       J1>AO     ok        J2>AO          J2>AO          J6
PRG-A      J1>AO     ok        J8>AO          J8>AO          J6
AO         E12       E12       ok             J3>DO          J6
DO         E12>deescaleer E12>deescaleer E12  ok             J6
BO         E12       E12       E12            E12            J6
BOOG       J6        J6        J6             J6             J6
"""

DOWN = """
           WG-B      AO        DO             BO             BOOG
WG-A       J1        J1        J1             J1             J6
PRG-A      J1        J1        J1             J1             J6
AO         ok        E12       E12            E12            J6
DO         J4>AO     ok        J5>AO          E12            J6
BO         J5>DO     J5>DO     ok             J5>DO          J6
"""

FOUR_UP = """
           WG-B      Kring     Staf      Raad           Top            Netwerk
WG-A       J1>Kring  ok        J2>Kring  J2>Kring       J2>Kring       J6
PRG-A      J1>Kring  ok        J8>Kring  J8>Kring       J8>Kring       J6
Kring      E12       E12       ok        J3>Staf        J3>Staf        J6
Staf       E12>deescaleer E12>deescaleer E12 ok         J3>Raad        J6
Raad       E12>deescaleer E12>deescaleer E12>deescaleer E12 ok         J6
Top        E12       E12       E12       E12            E12            J6
Netwerk    J6        J6        J6        J6             J6             J6
"""

FOUR_DOWN = """
           WG-B      Kring     Staf      Raad           Top            Netwerk
WG-A       J1        J1        J1        J1             J1             J6
Kring      ok        E12       E12       E12            E12            J6
Staf       J4>Kring  ok        J5>Kring  E12            E12            J6
Raad       J5>Staf   J5>Staf   ok        J5>Staf        E12            J6
Top        J5>Raad   J5>Raad   J5>Raad   ok             J5>Raad        J6
"""


def cells(table: str) -> list[tuple[str, str, str]]:
    heads, *rows = [line.split() for line in table.strip().splitlines()]
    return [(row[0], to, expected) for row in rows for to, expected in zip(heads, row[1:], strict=True)]


@pytest.mark.parametrize(("origin", "target", "expected"), cells(UP))
def test_the_way_up_in_the_shipped_structure(shipped: Structure, origin: str, target: str, expected: str) -> None:
    assert outcome(route.upward("SIG-2027-014", place(origin, shipped), place(target, shipped), shipped)) == expected


@pytest.mark.parametrize(("origin", "target", "expected"), cells(DOWN))
def test_the_way_down_in_the_shipped_structure(shipped: Structure, origin: str, target: str, expected: str) -> None:
    assert outcome(route.downward("SIG-2027-014", place(origin, shipped), place(target, shipped), shipped)) == expected


@pytest.mark.parametrize(("origin", "target", "expected"), cells(FOUR_UP))
def test_the_way_up_with_four_tiers_and_other_names(four: Structure, origin: str, target: str, expected: str) -> None:
    assert outcome(route.upward("SIG-2027-014", place(origin, four), place(target, four), four)) == expected


@pytest.mark.parametrize(("origin", "target", "expected"), cells(FOUR_DOWN))
def test_the_way_down_with_four_tiers_and_other_names(four: Structure, origin: str, target: str, expected: str) -> None:
    assert outcome(route.downward("SIG-2027-014", place(origin, four), place(target, four), four)) == expected


TEXTS = [
    ("up", "WG-A", "WG-B", "Een werkgroep kan een signaal niet zelf aan een andere werkgroep geven"),
    ("up", "WG-A", "DO", "Dat gaat via het AO, dat filtert voor DO en BO."),
    ("up", "AO", "BO", "Niet in één stap: het DO is het voorportaal van het BO."),
    ("down", "DO", "WG-A", "Het AO belegt bij een werkgroep."),
    ("down", "BO", "AO", "Het BO delegeert via het DO."),
    ("up", "AO", "BOOG", "Met BOOG loopt de lijn via het AO."),
    ("up", "PRG-A", "DO", "Een programma legt bestuurlijke punten voor aan het AO."),
]


@pytest.mark.parametrize(("way", "origin", "target", "text"), TEXTS)
def test_a_refusal_says_why_in_the_words_of_the_map(
    shipped: Structure, way: str, origin: str, target: str, text: str
) -> None:
    rule = route.upward if way == "up" else route.downward
    verdict = rule("SIG-2027-014", place(origin, shipped), place(target, shipped), shipped)
    assert isinstance(verdict, Refused)
    assert text in verdict.because


def test_with_other_names_nothing_is_said_of_the_shipped_ones(four: Structure) -> None:
    codes = ("WG-A", "PRG-A", *(body.code for body in four.bodies))
    for origin in codes:
        for target in codes:
            for rule in (route.upward, route.downward):
                verdict = rule("SIG-2027-014", place(origin, four), place(target, four), four)
                if isinstance(verdict, Refused):
                    words = verdict.because.replace(",", " ").replace(".", " ").split()
                    assert not {"AO", "DO", "BO"} & set(words), verdict.because


def test_the_jump_names_the_meeting_that_the_allowed_step_can_make(shipped: Structure) -> None:
    verdict = route.upward("SIG-1", place("AO", shipped), place("BO", shipped), shipped, "di 9 nov 2027")
    assert isinstance(verdict, Refused)
    assert verdict.because.startswith("Eerst het DO, di 9 nov 2027.")
