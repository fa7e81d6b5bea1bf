"""The command line itself: how fast it answers, what it loads, and what it answers to the shell."""

from __future__ import annotations

import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

from bot import cli
from bot.doors import DoorError

SCRIPT = Path(sys.executable).with_name("overlegbot")
HEAVY = {
    "aiohttp",
    "alembic",
    "apscheduler",
    "asyncio",
    "commands",
    "config",
    "dateparser",
    "dateutil",
    "logging",
    "nio",
    "prompt_toolkit",
    "pydantic",
    "pydantic_settings",
    "sqlalchemy",
    "sqlite3",
    "sqlmodel",
    "storage",
}
SUBCOMMANDS = [
    "run",
    "console",
    "demo",
    "init",
    "check-config",
    "people",
    "db",
    "export",
    "status",
    "dates",
    "matrix",
    "doctor",
]


def overlegbot(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([SCRIPT, *arguments], capture_output=True, env={**os.environ, **environment}, timeout=30)


@pytest.fixture
def door(monkeypatch):
    """Puts a function behind the subcommand `status` and calls the command line in this process."""

    def call(main, *arguments):
        module = types.ModuleType("bot.doors.status")
        monkeypatch.setattr(module, "main", main, raising=False)
        monkeypatch.setitem(sys.modules, "bot.doors.status", module)
        return cli.main(["status", *arguments])

    return call


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_nothing_heavy_is_loaded_to_answer_help_and_version(option, tmp_path):
    run = subprocess.run(
        [sys.executable, "-X", "importtime", SCRIPT, option], capture_output=True, text=True, cwd=tmp_path, timeout=30
    )
    assert run.returncode == 0
    loaded = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in run.stderr.splitlines() if "|" in line}
    assert "bot" in loaded
    assert not loaded & HEAVY


def test_help_names_every_subcommand_and_every_exit_code():
    text = overlegbot("--help").stdout.decode()
    for name in SUBCOMMANDS:
        assert f"\n    {name}" in text
    for code in (0, 1, 2, 3, 70, 78):
        assert f"\n  {code:2}  " in text


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_every_subcommand_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main([name, "--help"])
    assert stop.value.code == 0
    assert "--config FILE" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["vergader"],
        ["run", "--sneller"],
        ["console", "--json"],  # no abbreviation of --jsonl
        ["people"],
        ["people", "import"],
        ["db", "downgrade"],
        ["export", "xml"],
        ["dates"],
        ["dates", "--now", "2027-01-11T09:00:00+01:00"],
        ["dates", "vrijdag"],
        ["dates", "--file", "dates.tsv", "vrijdag"],
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.count("\n") == 1
    assert output.err.startswith("overlegbot")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--config", "a.toml", "run"], {"module": "run", "config": "a.toml"}),
        (["run", "--config", "a.toml"], {"module": "run", "config": "a.toml"}),
        (["run"], {"module": "run", "config": None}),
        (["check-config"], {"module": "check_config"}),
        (["people", "--database", "sqlite://", "import", "f.toml"], {"database": "sqlite://", "file": "f.toml"}),
        (["people", "import", "f.toml", "--database", "sqlite://"], {"database": "sqlite://", "verb": "import"}),
        (["export", "json"], {"database": None, "form": "json"}),
        (["db", "upgrade"], {"database": None, "verb": "upgrade"}),
        (["console", "--jsonl", "--people", "p", "--structure", "s"], {"jsonl": True, "people": "p", "structure": "s"}),
        (["dates", "--now", "n", "vrijdag", "1 mei"], {"now": "n", "expressions": ["vrijdag", "1 mei"], "file": None}),
        (["dates", "--file", "d.tsv", "--structure", "s"], {"file": "d.tsv", "structure": "s", "expressions": []}),
        (["init", "--secretaris", "vng.ao.2"], {"secretaris": "vng.ao.2", "directory": "."}),
    ],
)
def test_arguments_reach_the_door(arguments, expected):
    assert vars(cli.build_parser().parse_args(arguments)).items() >= expected.items()


@pytest.mark.parametrize("code", [0, 1, 3])
def test_the_door_decides_the_exit_code(door, code):
    assert door(lambda arguments: code) == code


def test_an_expected_failure_is_one_line_without_a_traceback(door, capsys):
    def main(arguments):
        raise DoorError("the token was refused:\n  log in again", code=78)

    assert door(main) == 78
    assert capsys.readouterr().err == "overlegbot: the token was refused: log in again\n"


def test_an_unexpected_failure_is_one_line_and_tells_how_to_see_more(door, capsys, monkeypatch):
    def main(arguments):
        raise ValueError("seven\nlives")

    assert door(main) == 70
    assert capsys.readouterr().err == (
        "overlegbot: unexpected ValueError: seven lives (OVERLEGBOT_DEBUG=1 prints the traceback)\n"
    )
    monkeypatch.setenv("OVERLEGBOT_DEBUG", "1")
    assert door(main) == 70
    assert "Traceback" in capsys.readouterr().err


def test_a_broken_pipe_of_the_network_is_not_taken_for_a_reader_that_left(door, capsys):
    def main(arguments):
        raise BrokenPipeError("homeserver")

    assert door(main) == 70
    assert "homeserver" in capsys.readouterr().err


def test_an_interrupt_ends_quietly(door, capsys):
    def main(arguments):
        raise KeyboardInterrupt

    assert door(main) == 130
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_leaves_early_is_no_fault(unbuffered):
    program = (
        "import sys, types; from bot import cli\n"
        "def main(arguments):\n"
        "    for n in range(100_000): print('regel', n)\n"
        "    return 0\n"
        "door = types.ModuleType('door'); door.main = main; sys.modules['bot.doors.status'] = door\n"
        "sys.exit(cli.main(['status']))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 0


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_output_is_utf_8_whatever_the_locale(locale):
    program = "from bot import cli; cli._speak_utf8(); print('één ✅ – ’s middags')"
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        env={**os.environ, "LC_ALL": locale, "PYTHONIOENCODING": "latin-1"},
        timeout=30,
    )
    assert run.stdout.decode("utf-8") == "één ✅ – ’s middags" + os.linesep
