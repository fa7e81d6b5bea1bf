"""Which disciplines someone meant, and whether a group looks from one side only (R-153, R-207)."""

from __future__ import annotations

import pytest

from commands.rules.disciplines import Read, narrow, read

KNOWN = (("bodem", "bodemkunde"), ("ruimtelijke ordening", "RO"), ("natuur en landschap", "ecologie"), ("water",))


@pytest.mark.parametrize(
    ("said", "names", "unknown"),
    [
        ("bodem", ("bodem",), ()),
        ("Bodemkunde, RO", ("bodem", "ruimtelijke ordening"), ()),
        ("water en bodem", ("bodem", "water"), ()),
        ("natuur en landschap en water", ("natuur en landschap", "water"), ()),
        ("ruimtelijke ordening natuur en landschap", ("ruimtelijke ordening", "natuur en landschap"), ()),
        ("bodem; koffie en thee", ("bodem",), ("koffie", "thee")),
        ("ro\n- water.", ("ruimtelijke ordening", "water"), ()),
        ("roken", (), ("roken",)),
        ("bodem bodem", ("bodem",), ()),
        (" , ", (), ()),
    ],
)
def test_a_list_is_read_as_the_structure_writes_it(said: str, names: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    assert read(said, KNOWN) == Read(names, unknown)


@pytest.mark.parametrize(
    ("own", "people", "found"),
    [
        (("bodem",), (), True),
        (("bodem",), ((), ("bodem",)), True),
        (("bodem",), ((), ("water",)), False),
        (("bodem", "water"), (("bodem",),), False),
        (("water",), (), False),
        ((), (("bodem",), ("bodem",)), True),
        ((), (("bodem",), ()), False),
        ((), (), False),
    ],
)
def test_a_group_is_narrow_when_all_that_is_known_is_the_home_discipline(
    own: tuple[str, ...], people: tuple[tuple[str, ...], ...], found: bool
) -> None:
    assert narrow(own, people, "bodem") is found
    assert narrow(own, people, "") is False
