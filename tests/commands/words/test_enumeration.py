"""Words in a row."""

from __future__ import annotations

import pytest

from commands.words.enumeration import joined


@pytest.mark.parametrize(
    ("words", "said"),
    [((), ""), (("Rijk",), "Rijk"), (("Rijk", "IPO"), "Rijk en IPO"), (["Rijk", "IPO", "VNG"], "Rijk, IPO en VNG")],
)
def test_words_in_a_row_are_read_as_a_sentence_has_them(words: tuple[str, ...], said: str) -> None:
    assert joined(words) == said
