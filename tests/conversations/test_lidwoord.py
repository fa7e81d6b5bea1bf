"""What a body is called, with its article, whatever the structure file calls it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.testing import Simulation, TestBot
from commands.catalogue import ALL
from commands.kit.declare import Command
from commands.words.structure import BodyKind, Structure
from config.people import PeopleFile
from storage.database import Database, build
from tests.commands.texts_in_source import ROOT
from tests.conftest import at

NEUTER = re.compile(r"\b(?:het|dit) (?:(?:volgende|eerstvolgende|reguliere) )?(?:AO|DO|BO)\b", re.IGNORECASE)
EXAMPLES = re.compile("|".join(re.escape(one.example) for one in ALL))


@pytest.fixture
def common_gender(structure: Structure, people: PeopleFile) -> Iterator[TestBot]:
    """A bot whose operator wrote `article = "de"` for each fixed body."""
    bodies = tuple(replace(one, article="de") if one.kind is BodyKind.FIXED else one for one in structure.bodies)
    database = Database("sqlite://", throwaway=True)
    build(database)
    simulation = Simulation(replace(structure, bodies=bodies), people, database)
    yield TestBot(simulation, at("2027-01-11 09:00"))
    simulation.close()


@pytest.mark.parametrize("command", ALL, ids=lambda one: one.name)
def test_no_answer_calls_a_body_het_where_the_structure_says_de(common_gender: TestBot, command: Command) -> None:
    bot = common_gender
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    said = [one for typed in ("", " 1", " 999 qwerty") for one in bot.say("vng.ao.1", f"!{command.name}{typed}")]
    said += bot.say("vng.ao.1", f"!help {command.name}")
    said += bot.say("rijk.secr.1", command.example)
    said += bot.say("rijk.secr.2", command.example, room="DO")
    assert said
    wrong = [one.text for one in said if NEUTER.search(EXAMPLES.sub("", one.text))]
    assert wrong == []


def test_a_signal_lies_with_de_body_and_goes_up_to_de_next(common_gender: TestBot) -> None:
    bot = common_gender
    filed = bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    assert "Ligt bij de AO" in filed[0].text
    bot.say("rijk.ao.0", "!weeg 1 afhandelen actualiteit")
    bot.say("vng.ao.1", "!escaleer 1 want het raakt alle partijen vraag: Een tijdelijk kader toestaan")
    up = bot.say("rijk.ao.0", "!akkoord 1")
    assert any("de DO" in one.text for one in up)
    bot.say("rijk.do.1", "!delegeer 1 twee opties uitwerken, uiterlijk 18 maart", room="DO")
    refused = bot.say("rijk.ao.0", "!weeg 1 afwijzen want dit past hier niet")
    assert any("een opdracht van de DO, die eigenaar blijft" in one.text for one in refused)


def test_no_text_in_the_source_writes_an_article_before_a_body_itself() -> None:
    written = re.compile(
        r"\b(?:het|de|dit|deze) \{(?:[^{}]*(?:\bcode|\bparent)|draft\.to|name_of\([^{}]*\))\}", re.IGNORECASE
    )
    files = sorted((ROOT / "commands").rglob("*.py"))
    lines = [f"{file.name}: {line.strip()}" for file in files for line in file.read_text("utf-8").splitlines()]
    assert len(lines) > 1000
    assert [line for line in lines if written.search(line)] == []
