"""C64: the same person, ten minutes, and nobody acted on it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commands.rules.undoing import may_undo
from commands.words.verdict import Allowed, Refused


@given(minutes=st.floats(0, 10), most=st.just(10))
def test_within_ten_minutes_when_nothing_happened_since(minutes: float, most: int) -> None:
    assert may_undo("SIG-1 → DO", minutes, most, False, ()) == Allowed()


@given(minutes=st.floats(10.001, 100_000))
def test_not_later(minutes: float) -> None:
    verdict = may_undo("SIG-1 → DO", minutes, 10, False, ())
    assert isinstance(verdict, Refused)
    assert "tot 10 minuten" in verdict.because


@given(minutes=st.floats(0, 100_000))
def test_never_after_someone_acted_on_it_and_the_way_back_is_named(minutes: float) -> None:
    verdict = may_undo("SIG-1 → DO", minutes, 10, False, ("SIG-1",))
    assert isinstance(verdict, Refused)
    assert verdict.because.startswith("Er is al op gereageerd (SIG-1).")
    assert "!deescaleer" in verdict.because


def test_not_twice() -> None:
    verdict = may_undo("SIG-1 → DO", 1, 10, True, ("SIG-1",))
    assert isinstance(verdict, Refused)
    assert verdict.because.startswith(
        "Dit is al ongedaan gemaakt: SIG-1 → DO. Er is niets veranderd; !ongedaan gaat één opdracht"
    )
