"""What the README says is so: its conversations are played, its examples run, its tables compared with the code."""

from __future__ import annotations

import io
import json
import re
import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from bot.cli import EPILOG, INTERRUPTED, build_parser
from bot.commands_table import renew, table
from bot.doors.jsonl import serve
from bot.doors.opening import simulation
from bot.testing import Said, Simulation, TestBot, opened
from commands.catalogue import COMMANDS
from commands.kit import dates
from commands.words.calendar import AMSTERDAM, WorkCalendar
from config.people import load_people
from config.structure import load_structure
from storage.export import ARRAYS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
WEDNESDAY = datetime(2026, 11, 18, 10, 0, tzinfo=AMSTERDAM)

HEAD = re.compile(r"(?P<day>\w+ \d+ \w+ \d{4}), (?P<clock>\d\d:\d\d), in (?P<room>[\w-]+)")
TYPED = re.compile(r"(?P<who>[\w.]+) › (?P<text>.+)")
REACTED = re.compile(r"(?P<key>\S+) op (?P<on>\S+)")


def blocks(kind: str) -> list[str]:
    """The fenced blocks of one kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its head."""
    section = README.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


# --- the conversations -----------------------------------------------------------------------------------------------
def played(bot: TestBot, block: str) -> str:
    """The block as it goes: what people do in it, with the answers that the bot gives now."""
    head, *lines = block.splitlines()
    found = HEAD.fullmatch(head)
    assert found, head
    day = dates.read(found["day"], WEDNESDAY, WorkCalendar())
    assert isinstance(day, dates.Day)
    assert dates.say(day) == found["day"]
    bot.until(datetime.fromisoformat(f"{day.day} {found['clock']}").replace(tzinfo=AMSTERDAM))
    bot.room = found["room"]
    shown = [head]
    for line in lines:
        if typed := TYPED.fullmatch(line):
            shown += [line, *(answer(bot, said) for said in done(bot, typed["who"], typed["text"]))]
        else:
            assert line.startswith(("‹ ", "  ")), line
    return "\n".join(shown) + "\n"


def done(bot: TestBot, who: str, text: str) -> list[Said]:
    reaction = REACTED.fullmatch(text)
    if reaction is None:
        return bot.say(who, text)
    target = next(said.id for said in bot.log if said.room == bot.room and reaction["on"] in said.text)
    return bot.react(who, reaction["key"], target)


def answer(bot: TestBot, said: Said) -> str:
    if said.room == bot.room:
        place = ""
    elif said.room.startswith("dm:"):
        place = f"(privé aan {said.room.removeprefix('dm:')}) "
    else:
        place = f"(in {said.room}) "
    return f"‹ {place}" + said.text.replace("\n", "\n  ")


def example_year() -> Simulation:
    structure = load_structure("voorbeeldjaar")
    return Simulation(structure, load_people(None, structure))


def renewed(text: str) -> str:
    """The README with its conversations, its lines of JSON and its table of commands as they are now."""
    simulation = example_year()
    bot = TestBot(simulation, datetime(2027, 1, 11, 8, tzinfo=AMSTERDAM))
    for block in blocks("gesprek"):
        text = text.replace(block, played(bot, block))
    simulation.close()
    [given], [printed] = blocks("jsonl in"), blocks("jsonl uit")
    return renew(text.replace(printed, output_of(given)[0]))


RENEW = "look at it, and renew it with: .venv/bin/python tests/test_readme.py"


def test_the_conversations_go_as_they_are_printed() -> None:
    simulation = example_year()
    bot = TestBot(simulation, datetime(2027, 1, 11, 8, tzinfo=AMSTERDAM))
    for block in blocks("gesprek"):
        assert played(bot, block) == block, RENEW
    simulation.close()
    assert sum(block.count(" › ") for block in blocks("gesprek")) >= 10


def test_a_conversation_that_is_printed_wrong_is_found_out() -> None:
    simulation = example_year()
    block = blocks("gesprek")[0].replace("namens VNG", "namens IPO")
    assert played(TestBot(simulation, datetime(2027, 1, 11, 8, tzinfo=AMSTERDAM)), block) != block
    simulation.close()


# --- the door for programs, the export and the dates -----------------------------------------------------------------
def output_of(given: str) -> tuple[str, int, str]:
    """What the door prints for that input, its exit code, and what it says on standard error."""
    database = opened("sqlite://")
    out, err = io.StringIO(), io.StringIO()
    code = serve([line.encode() for line in given.splitlines()], out, err, simulation(database, None, None))
    database.close()
    return out.getvalue(), code, err.getvalue()


def test_the_door_for_programs_gives_the_output_that_is_printed() -> None:
    [given], [expected] = blocks("jsonl in"), blocks("jsonl uit")
    assert output_of(given) == (expected, 0, ""), RENEW


def test_the_arrays_of_the_export_are_the_ones_that_are_named() -> None:
    section = README.split("\n## The export\n", 1)[1].split("\n## ", 1)[0]
    named = section.split("Arrays: ", 1)[1].split(", each", 1)[0]
    assert re.findall(r"`(\w+)`", named) == list(ARRAYS)
    schema = json.loads((ROOT / "docs" / "register.schema.json").read_text(encoding="utf-8"))
    assert schema["required"] == list(ARRAYS)
    assert all(f"`{key}`" in section for key in schema["$defs"]["change"]["properties"])


@pytest.mark.parametrize("row", rows("How it reads dates"), ids=lambda row: row[2])
def test_dates_are_read_as_the_table_says(row: list[str]) -> None:
    typed, expected = row[2].strip("`"), row[3]
    read = dates.read(typed, WEDNESDAY, WorkCalendar())
    if isinstance(read, dates.Unreadable):
        assert expected.startswith("vraagt" if read.kind == "ambiguous" else "weigert: ")
        assert expected == "vraagt" or expected.removeprefix("weigert: ") in read.because
    else:
        assert dates.say(read) == expected


def test_every_agreement_about_dates_has_an_example() -> None:
    assert [row[0] for row in rows("How it reads dates") if row[0]] == [f"C{n}" for n in range(1, 13)]


# --- the tables ------------------------------------------------------------------------------------------------------
def test_the_table_of_commands_is_the_one_that_the_declarations_give() -> None:
    assert renew(README) == README, RENEW
    assert table() in README


def test_every_command_that_the_text_names_exists() -> None:
    prose = re.sub(r"^```.*?^```$", "", README, flags=re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"`!([a-z-]+|\?)", prose))
    assert named
    assert named <= COMMANDS.keys()


def test_every_subcommand_and_every_exit_code_is_in_the_tables() -> None:
    named = {
        re.findall(r"overlegbot ([\w-]+)", row[0])[0] for row in rows("The command line") if "overlegbot" in row[0]
    }
    [doors] = [action for action in build_parser()._actions if action.dest == "door"]
    assert named == set(doors.choices or ())
    codes = {int(row[0]) for row in rows("The command line") if row[0].isdigit()}
    assert codes == {int(code) for code in re.findall(r"^ +(\d+)  ", EPILOG, re.MULTILINE)} | {INTERRUPTED}


def test_every_dependency_is_named_with_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [re.split(r"[<>=~ ]", line, maxsplit=1)[0] for line in project["dependencies"]]
    table_of = rows("Dependencies")
    assert [row[0] for row in table_of] == declared
    assert all(len(row[1]) > 20 for row in table_of)
    assert project["readme"] == "README.md"


def test_what_the_readme_points_at_is_there() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    for link in links:
        path, _, heading = link.partition("#")
        assert not path or (ROOT / path).exists(), link
        titles = [line.lstrip("# ").lower().replace(" ", "-") for line in README.splitlines() if line.startswith("## ")]
        assert not heading or heading in titles, link
    assert len(links) > 4


if __name__ == "__main__":
    (ROOT / "README.md").write_text(renewed(README), encoding="utf-8")
