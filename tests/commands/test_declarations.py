"""What holds for every command in the catalogue, so that nothing about a command is written twice or half."""

from __future__ import annotations

import pkgutil
import re
from collections import Counter
from dataclasses import replace

import pytest
from sqlmodel import Session

import commands
from bot.testing import Simulation
from commands import catalogue
from commands.kit.arguments import PartyCode
from commands.kit.declare import Command
from commands.kit.parse import split, typed_commands
from commands.kit.retype import retype
from commands.kit.turn import Turn
from commands.words.people import Person
from commands.words.structure import Body, Structure
from config.people import PeopleFile
from storage.store import SqlStore
from tests.conftest import at

#: Files beside the commands that are none themselves.
NOT_COMMANDS = {"catalogue", "kit", "moments", "rules", "words"}
EVERY = pytest.mark.parametrize("command", catalogue.ALL, ids=lambda one: one.name)


def parse(command: Command, text: str, structure: Structure, people: PeopleFile) -> dict[str, str]:
    """The parts that a secretary's words come to, in the example year."""
    simulation = Simulation(structure, people)
    list(simulation.pass_time(at("2027-01-11 09:00")))

    def read(session: Session) -> dict[str, str]:
        store = SqlStore(session)
        person = store.get(Person, "rijk.secr.1")
        room = structure.body("AO")
        assert isinstance(person, Person)
        assert isinstance(room, Body)
        turn = Turn(store, structure, at("2027-01-11 09:00"), person, room, "test", 0)
        return dict(split(command, text, turn).parts)

    try:
        return simulation.database.work(read)
    finally:
        simulation.close()


def test_names_and_aliases_are_unique_and_lower_case() -> None:
    words = [word for one in catalogue.ALL for word in (one.name, *one.aliases)]
    assert [word for word, count in Counter(words).items() if count > 1] == []
    assert [word for word in words if word != word.casefold() or " " in word] == []
    assert set(catalogue.COMMANDS) == set(words)


def test_every_file_of_a_command_is_in_the_catalogue_and_nothing_else_is() -> None:
    files = {module.name for module in pkgutil.iter_modules(commands.__path__)} - NOT_COMMANDS
    listed = {one.run.__module__.rsplit(".", 1)[-1] for one in catalogue.ALL}
    assert listed == files


def test_every_moment_that_is_owed_somewhere_is_known() -> None:
    kinds = [moment.kind for moment in catalogue.ALL_MOMENTS]
    assert len(kinds) == len(set(kinds))
    assert set(kinds) == set(catalogue.MOMENTS)


@EVERY
def test_its_help_is_one_short_dutch_text_that_ends_with_a_full_stop(command: Command) -> None:
    assert command.help.endswith(".")
    assert command.help[0].isupper()
    assert "!" not in command.help
    assert "\n" not in command.help
    assert len(command.help) <= 120


@EVERY
def test_every_part_says_what_it_is_and_has_a_name_of_its_own(command: Command) -> None:
    names = [name for argument in command.arguments for name in argument.names]
    assert len(names) == len(set(names))
    for argument in command.arguments:
        assert argument.about.text.strip(), argument.name
        assert argument.about.field.strip(), argument.name


@EVERY
def test_someone_may_use_it(command: Command) -> None:
    assert command.who


@EVERY
def test_what_works_instead_names_only_commands_that_exist(command: Command) -> None:
    texts = [command.help, command.otherwise, *(one.about.text + one.about.ask for one in command.arguments)]
    named = [word for text in texts for word in re.findall(r"!([a-z]+)", text)]
    assert [word for word in named if word not in catalogue.COMMANDS] == []


@EVERY
def test_its_example_is_a_command_whose_words_all_arrive_somewhere(
    command: Command, structure: Structure, people: PeopleFile
) -> None:
    [typed] = typed_commands(command.example)
    assert typed.name in (command.name, *command.aliases)
    parts = parse(command, typed.rest, structure, people)
    known = {word.casefold() for argument in command.arguments for word in (*argument.names, *argument.about.words)}
    kept = {word.casefold() for raw in parts.values() for word in _words(raw)}
    lost = [word for word in _words(typed.rest) if word.casefold() not in kept | known]
    assert lost == []
    needed = [one.name for one in command.arguments if one.required and one.type is not PartyCode]
    assert bool(parts) or not needed


@EVERY
def test_what_is_printed_to_type_again_comes_to_the_same_parts(
    command: Command, structure: Structure, people: PeopleFile
) -> None:
    [typed] = typed_commands(command.example)
    parts = parse(command, typed.rest, structure, people)
    [again] = typed_commands(retype(command, parts))
    assert again.name == command.name
    assert parse(command, again.rest, structure, people) == parts


def test_a_half_command_with_a_long_field_is_typed_again_in_quotes() -> None:
    command = catalogue.COMMANDS["werkgroep"]
    parts = {"name": "Bodemenergie", "occasion": "23", "task": "warmte naast drinkwater", "unknown": "x"}
    assert retype(command, parts) == '!werkgroep Bodemenergie aanleiding:23 opdracht:"warmte naast drinkwater"'


def test_a_declaration_is_frozen() -> None:
    command = catalogue.ALL[0]
    assert replace(command) == command
    with pytest.raises(AttributeError):
        command.name = "anders"  # type: ignore[misc]


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s:,\"']+", text.strip(" .")) if word]
