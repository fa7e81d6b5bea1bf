"""A programme with tables of its own: other names, other parties, codes that are words (docs/structure.md)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.testing import Simulation, TestBot
from config.people import load_people
from config.structure import load_structure
from tests.conftest import at

STRUCTURE = """
name = "landelijk-water"
topics = ["zoetwater", "waterkwaliteit", "gebiedsaanpak"]

[[party]]
code = "Ministerie"

[[party]]
code = "Waterschappen"
members = "de waterschappen"

[[party]]
code = "Provincies"
members = "de provincies"

[[body]]
code = "Kerngroep"
name = "Ambtelijke kerngroep"
kind = "vast"
level = 1
parent = "Directeurentafel"
chair_from = ["Ministerie", "Waterschappen"]
regular_per_year = 6

[[body]]
code = "Directeurentafel"
aliases = ["DT"]
kind = "vast"
level = 2
parent = "Stuurgroep"
regular_per_year = 3
address = "u"
discreet = true

[[body]]
code = "Stuurgroep"
kind = "vast"
level = 3
regular_per_year = 2
address = "u"
discreet = true

[[body]]
code = "Waterkring"
kind = "connectie"
umbrella = "Waterschappen"
"""

PEOPLE = """
[[person]]
id = "min.vz"
organisation = "Ministerie"

[[person]]
id = "min.secr"
organisation = "Ministerie"

[[person]]
id = "ws.lid"
organisation = "Waterschappen"

[[person]]
id = "ws.jan"
organisation = "Waterschappen"

[[person]]
id = "prov.lid"
organisation = "Provincies"

[[role]]
person = "min.vz"
body = "Kerngroep"
role = "voorzitter"

[[role]]
person = "min.secr"
body = "Kerngroep"
role = "secretaris"

[[role]]
person = "ws.lid"
body = "Kerngroep"
role = "lid"

[[role]]
person = "prov.lid"
body = "Kerngroep"
role = "lid"

[[role]]
person = "ws.jan"
body = "Waterkring"
role = "koepelcontact"

[[group]]
code = "WG-ZOET"
name = "Werkgroep zoetwater"
chair = "ws.lid"
members = ["prov.lid", "ws.jan"]
task = "Verdeel het zoete water bij droogte."
topic = "zoetwater"
start = 2026-09-01
end = 2027-10-01

[[meeting]]
body = "Kerngroep"
date = 2027-01-28
start = "10:00"
end = "12:00"

[[meeting]]
body = "Kerngroep"
date = 2027-03-25
start = "10:00"
end = "12:00"

[[meeting]]
body = "Directeurentafel"
date = 2027-04-22
start = "14:00"
end = "16:00"
"""


@pytest.fixture
def water(tmp_path: Path) -> Iterator[TestBot]:
    """Monday 4 January 2027, 09:00, in the room of the Kerngroep."""
    (tmp_path / "structuur.toml").write_text(STRUCTURE, encoding="utf-8")
    (tmp_path / "mensen.toml").write_text(PEOPLE, encoding="utf-8")
    structure = load_structure(str(tmp_path / "structuur.toml"))
    people = load_people(str(tmp_path / "mensen.toml"), structure)
    simulation = Simulation(structure, people)
    yield TestBot(simulation, at("2027-01-04 09:00"), room="Kerngroep")
    simulation.close()


def test_a_meeting_is_found_by_the_id_that_the_bot_prints_in_any_case(water: TestBot) -> None:
    for id in ("VRG-Kerngroep-2027-01", "vrg-kerngroep-2027-01"):
        [shown] = water.say("min.secr", f"!agenda {id}")
        assert shown.text.startswith("Agenda Kerngroep · donderdag 28 januari 2027")


def test_an_action_for_a_meeting_moves_along_with_it(water: TestBot) -> None:
    water.say("min.secr", "!actie @prov.lid memo schrijven voor het volgende Kerngroep")
    water.say("min.secr", "!vergadering verplaats VRG-Kerngroep-2027-01 naar 4 februari")
    shown = water.say("min.secr", "!acties")[0].text
    assert "3 feb 2027" in shown or "4 feb 2027" in shown


def test_a_deadline_names_a_meeting_by_its_id(water: TestBot) -> None:
    said = water.say("min.secr", "!actie @prov.lid memo schrijven voor het Kerngroep van VRG-Kerngroep-2027-02")
    assert "memo schrijven, uiterlijk wo 24 mrt 2027 (vóór het Kerngroep van VRG-" in said[0].text


def test_a_calendar_of_its_own_that_comes_back_moves_its_meeting_and_makes_no_second_one(water: TestBot) -> None:
    [said] = [one for one in water.say("min.secr", "!vergadering ics Kerngroep") if one.files]
    moved = said.files[0].data.decode().replace("20270128T", "20270204T").replace("SEQUENCE:0", "SEQUENCE:1")
    water.send("min.secr", moved, room="dm")
    water.say("min.secr", "ja", room="dm")
    planned = water.say("min.secr", "!vergadering Kerngroep")[0].text
    assert "VRG-Kerngroep-2027-01" in planned
    assert "4 feb" in planned
    assert "do 28 jan 2027, 10:00" not in planned
    assert "VRG-Kerngroep-2027-03" not in planned


def test_a_group_shows_the_evaluation_that_was_planned_for_it_by_itself(water: TestBot) -> None:
    planned = water.say("min.secr", "!evaluatie toon WG-ZOET")[0].text
    assert "Gepland voor wo 17 mrt 2027" in planned
    shown = water.say("min.secr", "!werkgroep WG-ZOET")[0].text
    assert "Evaluatie: uiterlijk wo 17 mrt 2027, nog niet gehouden." in shown


def test_a_connection_without_members_is_asked_through_its_contact(water: TestBot) -> None:
    assert "Waterkring: nog geen bericht daarheen" in water.say("min.secr", "!structuur")[0].text
    said = [one for one in water.until(at("2027-01-15 12:00")) if one.text.startswith("Wat moet er op tafel?")]
    assert [one.room for one in said] == ["dm:ws.jan"]


def test_help_names_the_tables_of_this_structure(water: TestBot) -> None:
    shown = water.say("min.secr", "!help mandaat")[0].text
    assert shown.startswith("Toon wat een overleg zelf mag besluiten.")
    for command in ("werkgroep", "programma"):
        assert "Rijk" not in water.say("min.secr", f"!help {command}")[0].text


def test_a_group_without_meetings_says_so(water: TestBot) -> None:
    [none] = water.say("ws.lid", "!agenda WG-ZOET", room="dm")
    assert none.text == "Er is geen vergadering van WG-ZOET gepland. Kijk bij !vergadering."


def test_a_table_that_is_de_is_spoken_of_so_in_the_block_of_the_chair_and_after_the_meeting(water: TestBot) -> None:
    said = water.until(at("2027-03-22 12:00"))
    found = [one.text for one in said if one.room == "dm:min.vz" and one.text.startswith("Alleen voor voorzitter")]
    block = found[-1]
    assert "Inbreng sinds de vorige Kerngroep:" in block
    asked = next(one.text for one in said if one.room == "dm:min.secr" and "is voorbij" in one.text)
    assert "Kerngroep van donderdag 28 januari is voorbij. Is de vergadering gehouden?" in asked


def test_a_table_that_holds_no_meetings_for_reflection_is_said_to_hold_none(water: TestBot) -> None:
    [asked] = water.say("min.secr", "!vergadering plan reflectie Directeurentafel 9 september 13:00")
    assert asked.text.startswith(
        "De Directeurentafel houdt volgens de structuur geen reflectieoverleg. Geef een reden,"
    )
