"""The list of disciplines in a structure file, and those of a group in a people file (R-153, R-207)."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.faults import ConfigFaults
from config.people import load_people
from config.structure import load_structure
from tests.config.test_synonyms import SMALL


def faults(path: Path) -> list[str]:
    with pytest.raises(ConfigFaults) as found:
        load_structure(path)
    return [str(fault).removeprefix(f"{path}:") for fault in found.value.faults]


def test_the_shipped_structure_has_a_list_with_bodem_as_the_home_discipline() -> None:
    made = load_structure()
    assert made.home_discipline == "bodem"
    assert made.disciplines[:2] == (
        ("bodem", "bodemkunde", "bodembeleid", "bodemkwaliteit"),
        ("ruimtelijke ordening", "RO", "planologie", "omgevingsbeleid"),
    )


def test_a_file_that_extends_it_adds_names_and_words_to_a_known_name(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(
        'extends = "bijlage4"\nhome_discipline = "ro"\n[disciplines]\nWater = ["blauw", "hydrologie"]\ndefensie = []\n',
        "utf-8",
    )
    made = load_structure(path)
    assert ("water", "waterbeheer", "waterkwaliteit", "hydrologie", "blauw") in made.disciplines
    assert made.disciplines[-1] == ("defensie",)
    assert made.home_discipline == "ruimtelijke ordening"
    path.write_text('extends = "bijlage4"\nhome_discipline = ""\n', "utf-8")
    assert load_structure(path).home_discipline == ""


def test_a_structure_of_ones_own_has_none_until_it_says_so(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(SMALL, "utf-8")
    assert (load_structure(path).disciplines, load_structure(path).home_discipline) == ((), "")


def test_faults_of_the_list_are_named_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(
        'extends = "bijlage4"\nhome_discipline = "koffie"\n[disciplines]\ndijken = ["hydrologie"]\nwegen = []\n',
        "utf-8",
    )
    assert faults(path) == [
        "2: home_discipline: koffie does not stand under [disciplines]",
        "4: disciplines.dijken: hydrologie also stands under water",
        "5: disciplines.wegen: wegen also stands under infrastructuur",
    ]


def test_a_group_in_the_people_file_has_disciplines_of_the_structure(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    group = '[[group]]\ncode = "WG-X"\nstart = 2027-01-01\nend = 2027-12-31\ndisciplines = {}\n'
    path.write_text(group.format('["RO", "bodem"]'), "utf-8")
    [made] = load_people(path, load_structure()).groups
    assert made.disciplines == ("bodem", "ruimtelijke ordening")
    path.write_text(group.format('["koffie"]'), "utf-8")
    with pytest.raises(ConfigFaults, match="koffie is no discipline of this structure"):
        load_people(path, load_structure())
