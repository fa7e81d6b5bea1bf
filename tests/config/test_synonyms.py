"""The words that mean the same in a structure file."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.faults import ConfigFaults
from config.structure import load_structure

SMALL = """\
common_words = ["dijk"]

[[party]]
code = "Noord"

[[body]]
code = "Kring"
kind = "vast"
level = 1

"""


def test_the_shipped_structure_knows_the_abbreviations_of_the_field() -> None:
    said = {word.casefold() for group in load_structure().synonyms for word in group}
    assert {"wko", "ow", "krw", "bro", "tgg", "pfas", "dso", "specie", "slib", "netverzwaring"} <= said


def test_a_file_that_extends_another_adds_its_words(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text('extends = "bijlage4"\ncommon_words = ["fusie"]\n[synonyms]\nfusie = ["herindeling"]\n', "utf-8")
    made, base = load_structure(path), load_structure()
    assert made.synonyms == (*base.synonyms, ("fusie", "herindeling"))
    assert made.common_words == (*base.common_words, "fusie")


def test_all_faults_of_the_list_are_named_at_once_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(
        SMALL + '[synonyms]\nbagger = "slib"\ndepot = [7]\nlood = ["loodgrens"]\nzink = ["LOOD"]\nklei = []\n', "utf-8"
    )
    with pytest.raises(ConfigFaults) as found:
        load_structure(path)
    assert [str(fault).removeprefix(f"{path}:") for fault in found.value.faults] == [
        "12: synonyms.bagger: must be a list of texts",
        "13: synonyms.depot: must be a list of texts",
        "15: synonyms.zink: LOOD also stands under lood",
        "16: synonyms.klei: is empty",
    ]
