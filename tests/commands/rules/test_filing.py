"""R-048, INV-17: the chair of the filter brings in no content of the chair's own party."""

from __future__ import annotations

import pytest

from commands.rules.filing import may_raise
from commands.words.signal import SignalKind
from commands.words.structure import Body, BodyKind
from commands.words.titles import as_title
from commands.words.verdict import Allowed, Refused

AO = Body("AO", "Ambtelijk overleg", BodyKind.FIXED, level=1, chair_from=("Rijk",))


@pytest.mark.parametrize(
    ("party", "kind", "chairs", "may"),
    [
        ("Rijk", None, True, False),
        ("Rijk", SignalKind.ACUTE, True, False),
        ("Rijk", SignalKind.TREND, True, False),
        ("Rijk", SignalKind.OTHER, True, False),
        ("Rijk", SignalKind.PROCESS, True, True),
        ("UvW", SignalKind.ACUTE, True, True),
        ("Rijk", SignalKind.ACUTE, False, True),
        ("VNG", None, False, True),
    ],
)
def test_who_may_raise_what(party: str, kind: SignalKind | None, chairs: bool, may: bool) -> None:
    assert isinstance(may_raise(party, kind, chairs=chairs, place=AO), Allowed) == may


def test_the_refusal_names_who_can_and_offers_to_pass_it_on() -> None:
    verdict = may_raise("Rijk", None, chairs=True, place=AO, substance="@rijk.ao.1 (Rijk)")
    assert isinstance(verdict, Refused)
    assert "Als voorzitter van het AO breng je geen inhoudelijk punt in" in verdict.because
    assert "@rijk.ao.1 (Rijk) kan dit doen." in verdict.because
    assert verdict.instead is not None
    assert verdict.instead.parts == {"forward": "ja"}


def test_without_anyone_it_offers_nothing_it_cannot_do() -> None:
    verdict = may_raise("Rijk", None, chairs=True, place=AO)
    assert isinstance(verdict, Refused)
    assert verdict.instead is None


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Depots zitten vol.", "Depots zitten vol"),
        ("Depots zitten vol .", "Depots zitten vol"),
        ("Depots zitten vol?", "Depots zitten vol?"),
        ("Depots, loketten enz.", "Depots, loketten enz."),
        ("Depots e.d.", "Depots e.d."),
        ("En toen...", "En toen..."),
        ("Norm 3.5", "Norm 3.5"),
    ],
)
def test_a_title_ends_without_the_full_stop_of_a_sentence(typed: str, title: str) -> None:
    assert as_title(typed) == title
