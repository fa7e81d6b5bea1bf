from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commands.rules.likeness import ALIKE, likeness, plain_words

SYNONYMS = (("bodemenergie", "WKO"), ("plek", "ruimte"))


def test_accents_case_and_little_words_make_no_difference() -> None:
    assert plain_words("De Coördinatie van het depot") == ["coordinatie", "depot"]


def test_a_synonym_counts_as_the_same_word() -> None:
    one, other = "WKO botst met winning", "Bodemenergie botst met winning"
    assert likeness(one, other, SYNONYMS) > likeness(one, other, ()) > 0


def test_other_subjects_stay_below_what_is_shown() -> None:
    assert likeness("Baggerdepots zitten vol", "Vergunningen voor aardwarmte lopen vast", SYNONYMS) < ALIKE


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_the_same_both_ways_and_between_nothing_and_all(one: str, other: str) -> None:
    there, back = likeness(one, other, SYNONYMS), likeness(other, one, SYNONYMS)
    assert abs(there - back) < 1e-9
    assert 0 <= there <= 1 + 1e-9
