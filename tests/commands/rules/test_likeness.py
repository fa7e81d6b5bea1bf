from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commands.rules.likeness import ALIKE, LONGEST, Lexicon, folded, likeness

FIELD = Lexicon(
    (("bodemenergie", "WKO"), ("bagger", "specie"), ("ruimtegebrek", "geen plek meer")), ("bodem", "regels")
)
texts = st.text(max_size=120) | st.sampled_from(["", "WKO botst met drinkwater", "bagger bagger", "regels bodem"])


def alike(one: str, other: str, field: Lexicon = FIELD) -> float:
    return likeness(field.subjects(one), field.subjects(other))


def test_accents_case_and_punctuation_make_no_difference() -> None:
    assert folded("De COÖRDINATIE, van: ’t depot") == "de coordinatie van t depot"


def test_only_the_beginning_of_a_long_text_counts() -> None:
    assert len(folded("baggerdepot " * 10_000)) <= LONGEST


def test_an_abbreviation_counts_as_the_word_it_stands_for() -> None:
    one, other = "WKO botst met drinkwater", "Bodemenergie in de weg van drinkwater"
    assert alike(one, other) > ALIKE
    assert alike(one, other, Lexicon()) < alike(one, other)


def test_a_synonym_is_also_found_within_a_longer_word_but_an_abbreviation_is_not() -> None:
    assert FIELD.subjects("Baggerspecie blijft liggen").groups == {1}
    assert FIELD.subjects("Wkolom staat open").groups == frozenset()


def test_a_phrase_counts_as_its_group() -> None:
    assert FIELD.subjects("Er is geen plek meer").groups == {2}


def test_words_that_everyone_uses_make_nothing_alike() -> None:
    assert alike("Nieuwe regels voor de bodem", "De regels van de bodem zijn er niet") == 0


def test_one_shared_subject_among_others_is_not_enough() -> None:
    assert alike("Bagger uit de haven stinkt", "Bagger kost Zeeland steeds meer geld") == 0


def test_other_subjects_are_not_alike() -> None:
    assert alike("Baggerdepots zitten vol", "Vergunningen voor aardwarmte lopen vast") == 0


def test_what_is_looked_for_holds_every_form_of_a_group() -> None:
    assert {"bodemenergie", "wko"} <= set(FIELD.searched("WKO gaat stuk"))


@given(texts, texts)
def test_likeness_is_the_same_both_ways_and_between_nothing_and_all(one: str, other: str) -> None:
    there, back = alike(one, other), alike(other, one)
    assert there == back
    assert 0 <= there <= 1 + 1e-9


@given(texts)
def test_a_text_is_entirely_like_itself_or_about_nothing(text: str) -> None:
    subjects = FIELD.subjects(text)
    assert likeness(subjects, subjects) == (1 if subjects else 0) or not len(subjects)


@given(st.text(max_size=300))
def test_what_is_looked_for_is_long_enough_and_holds_no_quote(text: str) -> None:
    assert all(len(piece) >= 3 and '"' not in piece for piece in FIELD.searched(text))
