"""je becomes u, with its verb and what one has; what someone typed stays as it was."""

from __future__ import annotations

import pytest

from commands.rules.address import formally


@pytest.mark.parametrize(
    ("je", "u"),
    [
        ("Welke datum bedoel je?", "Welke datum bedoelt u?"),
        ("Bedoel je !besluit of !actie?", "Bedoelt u !besluit of !actie?"),
        ("Jij bent lid van het DO (VNG).", "U bent lid van het DO (VNG)."),
        ("Als voorzitter breng je geen punt in.", "Als voorzitter brengt u geen punt in."),
        ("Een vertegenwoordiger van je partij kan dit.", "Een vertegenwoordiger van uw partij kan dit."),
        ("ACT-1 staat op jouw naam.", "ACT-1 staat op uw naam."),
        ("Een vervanger wijs je voor jezelf aan.", "Een vervanger wijst u voor uzelf aan."),
        ("Wil je overnemen?", "Wilt u overnemen?"),
        ("Over AFS-1 is jou niets gevraagd.", "Over AFS-1 is u niets gevraagd."),
        ("Vraag het secretariaat je aan te melden.", "Vraag het secretariaat u aan te melden."),
        ("Wat heb je geleerd, en hoe ga je verder?", "Wat hebt u geleerd, en hoe gaat u verder?"),
        ("Kies een object of project.", "Kies een object of project."),
    ],
)
def test_a_sentence_of_the_bot_addresses_with_u(je: str, u: str) -> None:
    assert formally(je) == u
    assert formally(u) == u


def test_what_was_typed_stays_between_its_quotation_marks() -> None:
    assert formally("'met je buren' ken ik niet. Bedoel je PFAS?") == "'met je buren' ken ik niet. Bedoelt u PFAS?"
