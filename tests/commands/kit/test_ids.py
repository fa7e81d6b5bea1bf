"""Which words are an id of which kind, and which are a meeting, a group, a date or plain words (dialogue.md 2)."""

from __future__ import annotations

import re

import pytest

from bot.offers import numbers_named
from commands.kit.records import PREFIXES, looks_like_id
from commands.words.action import Action
from commands.words.agreement import Agreement
from commands.words.decision import Decision
from commands.words.evaluation import Evaluation
from commands.words.helping import HelpRequest, Success
from commands.words.meeting import AgendaItem, Meeting
from commands.words.minutes import Bulletin
from commands.words.proposal import Proposal
from commands.words.signal import Signal

#: Every kind with an id of its own shape; a meeting is called by its body.
KINDS = [kind for kind in PREFIXES if kind is not Meeting]


def kinds_of(token: str) -> list[type]:
    """The kinds that a word may be an id of."""
    return [kind for kind in PREFIXES if looks_like_id(token, (kind,))]


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        ("SIG-2027-014", Signal),
        ("sig14", Signal),
        ("sig 14", Signal),
        ("act-3", Action),
        ("ACT-2027-003.", Action),
        ("vst-2027-009", Proposal),
        ("agp-12", AgendaItem),
        ("bes-2027-012", Decision),
        ("(AFS-2027-001)", Agreement),
        ("eva 6", Evaluation),
        ("TRK-2027-002", Bulletin),
        ("HV-2027-005", HelpRequest),
        ("hv5", HelpRequest),
        ("hv 5", HelpRequest),
        ("suc-2027-004", Success),
        ("VRG-AO-2027-02", Meeting),
        ("vrg-wg-pfas-2027-1", Meeting),
        ("AO-2027-02", Meeting),
        ("do-2027-1", Meeting),
    ],
)
def test_an_id_is_of_one_kind(token: str, kind: type) -> None:
    assert kinds_of(token) == [kind]


@pytest.mark.parametrize("token", ["14", "#14", "3."])
def test_a_number_alone_is_of_any_kind_but_a_meeting(token: str) -> None:
    expected = KINDS if token.strip(".").isdigit() else []
    assert kinds_of(token) == expected


@pytest.mark.parametrize(
    "token",
    [
        "WG-PFAS",
        "WG-2",
        "wg 3",
        "PRG-SPOED",
        "PRG-2",
        "AO",
        "ao2",
        "AO 2",
        "do-3",
        "bo 1",
        "2027",
        "1995",
        "om 10",
        "van 3",
        "tot 12",
        "mei 2",
        "9-10-2027",
        "30-6",
        "10:00",
        "uur",
        "graf-2027-014",
        "XHV-2027-005",
        "HVX-2027-005",
        "hv",
        "succes",
        "suc-cessen",
        "archief-HV-2027-005x",
        "SIG-2027-014-2",
        "1e",
        "42%",
        "",
    ],
)
def test_other_words_are_no_id(token: str) -> None:
    assert kinds_of(token) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3", ["3"]),
        ("3 en 4", ["3", "4"]),
        ("act3, act 4 en ACT-2027-005", ["3", "4", "5"]),
        ("hv 5", ["5"]),
        ("HV-2027-005, suc-2027-4.", ["5", "4"]),
        ("om 10", []),
        ("ao 3", []),
        ("van 3", []),
        ("AO-2027-02", []),
        ("VRG-AO-2027-02", []),
        ("WG-2", []),
        ("3 oktober", []),
        ("3 want het is af", []),
        ("", []),
    ],
)
def test_only_ids_behind_an_answer_name_other_records(text: str, numbers: list[str]) -> None:
    assert numbers_named(text) == numbers


def test_every_prefix_is_two_or_three_letters_and_no_body_begins_with_it() -> None:
    assert all(re.fullmatch(r"[A-Z]{2,3}", prefix) for prefix in PREFIXES.values())
    assert not {"AO", "DO", "BO", "WG", "PRG"} & set(PREFIXES.values())
