"""The rights table: printed from the declarations, checked against one written by hand, and refused everywhere else."""

from __future__ import annotations

import io
import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import cli
from bot.doors import export, rights
from bot.testing import Simulation, TestBot
from commands import catalogue
from commands.kit.authorise import EXTERNAL_REFUSED
from commands.kit.declare import EVERYONE, Right, Where, command
from commands.kit.reply import say
from commands.kit.turn import Outcome, Reply, Turn
from commands.words.people import Person, Role, RoleName
from commands.words.structure import Structure
from config.people import PeopleFile
from tests.conftest import at

BY_HAND: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parents[1] / "data" / "rights.toml").read_text(encoding="utf-8")
)
PLACES = {
    "@hier": "het gremium van deze kamer",
    "@filter": "het filter",
    "@vast": "een vast overleg",
    "@groep": "een werkgroep of programma",
    "@elk": "elk gremium",
}
ROOMS = ("AO", "DO", "BO", "WG-PFAS", "dm")
#: Where a role may be held: the filter, a tier above it, a group, a connection.
BODIES = ("AO", "DO", "WG-PFAS", "WEB")


def row(name: str, cell: str) -> tuple[str, str, str, str]:
    """A cell of the hand-written table as the door prints it."""
    if cell == "bekend":
        return (name, "iedereen bekend", "elke kamer", "may")
    role, place, *proposal = cell.split()
    return (name, role, PLACES[place], "proposes" if proposal else "may")


# --- the table -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", sorted({one.name for one in catalogue.ALL}))
def test_the_declared_rights_of_a_command_are_those_written_by_hand(name: str) -> None:
    assert name in BY_HAND, f"decide by domain.md §2.13 who may !{name}, and write it in tests/data/rights.toml"
    declared = set(rights.table([catalogue.COMMANDS[name]]))
    assert declared == {row(name, cell) for cell in BY_HAND[name]}


def test_every_row_written_by_hand_is_about_a_command() -> None:
    assert set(BY_HAND) <= {one.name for one in catalogue.ALL}


def test_the_table_is_printed_under_an_english_header_and_the_same_every_time(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["rights"]) == 0
    first = capsys.readouterr().out
    assert cli.main(["rights"]) == 0
    assert capsys.readouterr().out == first
    header, *lines = first.splitlines()
    assert header.split() == ["command", "role", "where", "right"]
    assert "weeg            lid              het filter                  proposes" in lines
    assert not any(line.endswith(" ") for line in lines)


def test_the_table_for_programs_has_the_same_rows(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rights", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"command": "afhandel", "role": "lid", "where": "een vast overleg", "right": "proposes"} in found
    assert [tuple(one.values()) for one in found] == rights.table(catalogue.ALL)


def test_what_only_explains_a_refusal_is_no_right_and_the_widest_right_of_a_cell_counts() -> None:
    chair, member = RoleName.CHAIR, RoleName.MEMBER
    who = (Right(chair, Where.TIER, propose=True), Right(chair, Where.TIER), Right(member, Where.ANY, explain=True))

    @command("proef", help="Proef.", example="!proef", who=who)
    def proef(turn: Turn) -> Outcome:
        return Reply(say("Ja."))

    assert rights.table([proef]) == [("proef", "voorzitter", "een vast overleg", "may")]


# --- default deny ----------------------------------------------------------------------------------------------------
def open_to(name: str, role: RoleName | None, body: str, room: str) -> bool:
    """By the table written by hand: whether someone with only this role gets past the door in this room."""
    cells = BY_HAND[name]
    if role is RoleName.EXTERNAL:
        named = any(cell == "bekend" or cell.startswith("extern ") for cell in cells)
        return named and room in ("dm", body)
    if "bekend" in cells and role is not RoleName.OPERATOR:
        return True
    fits = {
        "@hier": room in ("dm", body),
        "@filter": body == "AO",
        "@vast": body in ("AO", "DO"),
        "@groep": body == "WG-PFAS",
        "@elk": True,
    }
    return any(role == cell.split()[0] and fits[cell.split()[1]] for cell in cells if cell != "bekend")


def persons() -> Iterator[tuple[Person, Role | None]]:
    """One person for each role in each kind of body that has it, and one without any role."""
    yield Person("proef.zonder", "VNG"), None
    for role in RoleName:
        for body in BODIES if role is not RoleName.EXTERNAL else ("WG-PFAS",):
            outside = role is RoleName.EXTERNAL
            id = f"proef.{role}.{body}".casefold()
            party = "drinkwatersector" if outside else "Rijk"
            yield Person(id, party, external=outside), Role(id, body, role, party)


@pytest.fixture
def crowd(structure: Structure, people: PeopleFile) -> Iterator[TestBot]:
    """A bot that knows all these people besides those of the example year, with one signal in the register."""
    everyone = list(persons())
    file = replace(
        people,
        people=(*people.people, *(person for person, _ in everyone)),
        roles=(*people.roles, *(role for _, role in everyone if role is not None)),
    )
    simulation = Simulation(structure, file)
    bot = TestBot(simulation, at("2027-01-11 09:00"))
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    yield bot
    simulation.close()


def register(bot: TestBot) -> str:
    out = io.StringIO()
    bot.simulation.database.work(lambda session: export.write(session, out))
    return out.getvalue()


def is_refusal(text: str) -> bool:
    """E04 or E16."""
    return text.startswith(("Dit mag alleen", EXTERNAL_REFUSED, "Je bent geen lid van", "U bent geen lid van"))


@pytest.mark.parametrize("room", ROOMS)
def test_what_is_not_open_to_a_role_is_refused_in_every_room_and_stores_nothing(crowd: TestBot, room: str) -> None:
    before = register(crowd)
    wrong: list[str] = []
    tried = 0
    for person, role in persons():
        for one in catalogue.ALL:
            if open_to(one.name, role.role if role else None, role.body if role else "", room):
                continue
            tried += 1
            answers = crowd.say(person.id, one.example.replace("14", "1"), room=room)
            seen = any(right.explain for right in one.who)
            if len(answers) != 1 or not (is_refusal(answers[0].text) or seen):
                wrong.append(f"{person.id} {one.name}: {[answer.text for answer in answers]}")
    assert wrong == []
    assert tried > 200
    assert register(crowd) == before


def test_a_door_that_only_explains_ends_in_a_refusal_too(crowd: TestBot) -> None:
    crowd.say("vng.ao.1", "!escaleer 1 want het raakt alle partijen vraag:Een kader toestaan")
    before = register(crowd)
    for person in ("proef.lid.ao", "proef.secretaris.ao", "proef.voorzitter.wg-pfas", "vng.ao.1"):
        for words in ("!akkoord 1", "!wijsaf 1 want nee"):
            [answer] = crowd.say(person, words)
            assert answer.text.startswith(("Dit mag alleen", "VST-2027-001 bestaat niet", "Je hebt dit zelf")), answer
    assert register(crowd) == before


def test_the_operator_has_no_say_and_no_sight(crowd: TestBot) -> None:
    for words in ("!signaal Iets inhoudelijks", "!signalen bij AO", "!toon 1", "!mijn", "!acties", "!digest AO"):
        [answer] = crowd.say("proef.beheerder.ao", words, room="dm")
        assert answer.text.startswith("Dit mag alleen"), words
    [status] = crowd.say("proef.beheerder.ao", "!status", room="dm")
    assert status.text.startswith("Overlegbot")


def test_help_tells_a_member_what_goes_as_a_proposal_and_shows_no_door_that_only_explains(
    bot: TestBot, make_bot: Callable[[str], TestBot]
) -> None:
    [one] = bot.say("vng.ao.1", "!help afhandel")
    assert "Jij kunt het hier voorstellen; een ander beslist." in one.text
    [every] = bot.say("vng.ao.1", "!help alles")
    assert "!afhandel" in every.text
    assert "!bekrachtig" not in every.text
    [chair] = bot.say("rijk.ao.0", "!help alles")
    assert "!bekrachtig" in chair.text
    assert (Right("bekend"),) == EVERYONE


def test_an_absent_person_can_do_nothing_while_the_function_is_vacant(make_bot: Callable[[str], TestBot]) -> None:
    june = make_bot("2027-06-04 09:00")
    [answer] = june.say("ipo.bo.1", "!signaal Iets voor het BO", room="BO")
    assert answer.text == "Ik ken je nog niet in dit overleg. Vraag het secretariaat je aan te melden."
    assert june.say("ipo.bo.1", "ja", room="dm") == []
