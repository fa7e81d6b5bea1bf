"""Who counts as a bevoegd gezag, and the order that follows from it (R-199)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commands.rules.initiatives import authorities_first, is_of_authority
from config.structure import load_structure

SHIPPED = load_structure()


@pytest.mark.parametrize(
    ("organisation", "found"),
    [
        ("gemeente Utrecht", True),
        ("Waterschap-X", True),
        ("Provincie Drenthe", True),
        ("Omgevingsdienst NL", True),
        ("VNG", True),
        ("uvw", True),
        ("WEB", True),
        ("ODNL", True),
        ("UvW-netwerk", True),
        ("Rijk", False),
        ("Platform", False),
        ("kennisinstituut", False),
        ("Adviesbureau Waterschappelijk", False),
        ("", False),
    ],
)
def test_by_its_own_name_by_its_network_or_through_the_party_that_speaks_for_it(organisation: str, found: bool) -> None:
    assert is_of_authority(organisation, SHIPPED) is found


def test_a_network_that_belongs_to_a_party_goes_with_that_party() -> None:
    bodies = [replace(one, umbrella="IPO") if one.code == "Platform" else one for one in SHIPPED.bodies]
    assert is_of_authority("Platform", replace(SHIPPED, bodies=tuple(bodies)))


def test_only_what_is_on_the_track_changes_places_and_equals_keep_their_order() -> None:
    words = ("a1", "B", "a2", "A1", "C", "A2")
    ordered = authorities_first(words, lambda word: word[0] in "aA", lambda word: word[0] == "A")
    assert ordered == ["A1", "B", "A2", "a1", "C", "a2"]
