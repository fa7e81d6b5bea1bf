"""What was said without a name is gone from the file too, not only from the rows (INV-36)."""

from __future__ import annotations

from pathlib import Path

from bot.testing import Simulation, TestBot
from commands.words.structure import Structure
from config.people import PeopleFile
from tests.conftest import at

WORDS = ("zeldzaam overleg", "zelfs te veel stukken", "goede zeldzame sfeer")


def test_no_byte_of_the_file_keeps_what_someone_typed_beside_who_it_was(
    tmp_path: Path, structure: Structure, people: PeopleFile
) -> None:
    simulation = Simulation(structure, people, f"sqlite:///{tmp_path / 'register.db'}")
    bot = TestBot(simulation, at("2027-01-11 09:00"))
    said = bot.say("rijk.secr.1", "!evaluatie start WG-PFAS tot 5 maart")
    asked = [one.room.removeprefix("dm:") for one in said if one.room.startswith("dm:")]
    for person, words in zip(asked, WORDS, strict=False):
        bot.say(person, f"!evalueer WG-PFAS proces: {words}", room="dm")
    simulation.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for person, words in zip(asked, WORDS, strict=False):
        assert kept.count(words.encode()) == 1
        near = kept.index(words.encode())
        assert person.encode() not in kept[near - 200 : near + 200]
