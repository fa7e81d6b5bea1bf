"""The command line `overlegbot`: which door is asked for, and what the answer is to the shell.

Nothing heavy is imported here, so that `--help` answers at once: each door is imported when it is asked for.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Any, NoReturn

from bot.doors import WELL, WRONG_USE, DoorError

UNEXPECTED = 70  # sysexits.h EX_SOFTWARE
INTERRUPTED = 130

EPILOG = """\
exit codes:
   0  well
   1  faults found in what was checked
   2  wrong use or bad input
   3  storage or network not reachable
  70  a fault of overlegbot itself
  78  configuration or token refused

OVERLEGBOT_DEBUG=1 prints the traceback of a failure on standard error.
"""


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help="print the version and stop")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"overlegbot {version('overlegbot')}")
        parser.exit(WELL)


class _Parser(argparse.ArgumentParser):
    """Says a wrong use in one line; the usage is a `--help` away."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"{self.prog}: {message} (see {self.prog} --help)\n")


def build_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="overlegbot",
        description="A Dutch chat bot that keeps the register of a tiered consultation structure.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--config", metavar="FILE", help="the configuration file (default: overlegbot.toml, if there is one)"
    )
    parser.add_argument("--version", action=_Version)
    doors = parser.add_subparsers(title="subcommands", dest="door", metavar="SUBCOMMAND", parser_class=_Parser)

    def part(under: Any, name: str, text: str, *, database: bool) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = under.add_parser(
            name, help=text, description=text[0].upper() + text[1:] + ".", allow_abbrev=False
        )
        # Options may stand at any level; SUPPRESS keeps what was given at the one before.
        made.add_argument("--config", metavar="FILE", default=argparse.SUPPRESS, help="the configuration file")
        if database:
            made.add_argument(
                "--database", metavar="URL", default=argparse.SUPPRESS, help="instead of the configured one"
            )
        return made

    def door(name: str, text: str, *, database: bool = False) -> argparse.ArgumentParser:
        made = part(doors, name, text, database=database)
        made.set_defaults(module=name.replace("-", "_"), **({"database": None} if database else {}))
        return made

    def verb(under: Any, name: str, text: str) -> argparse.ArgumentParser:
        return part(under, name, text, database=True)

    door("run", "listen and speak on all configured channels")

    console = door("console", "talk to the bot in this terminal, as any person and at any time", database=True)
    console.add_argument("--jsonl", action="store_true", help="for programs: one JSON object per line, in and out")
    console.add_argument("--files", metavar="DIR", help="with --jsonl: where sent files are put")
    console.add_argument("--people", metavar="FILE", help="people, roles and rooms (default: the shipped example year)")
    console.add_argument("--structure", metavar="FILE", help="the structure (default: the shipped one)")

    door("demo", "play a narrated fortnight of the example year")

    demo = door("demo-matrix", "the example year on a Matrix server of its own, on this machine, to take part in")
    demo.add_argument("--web", metavar="DIR", help="serve the web client that was built there")

    init = door("init", "write a commented configuration and say what to fill in")
    init.add_argument("--directory", metavar="DIRECTORY", default=".", help="where to write it (default: here)")
    init.add_argument("--secretaris", metavar="PERSON", help="the id of the person who becomes the first secretary")

    door("check-config", "check the configuration and name all faults at once")

    people = door("people", "people, roles, rooms and running groups", database=True)
    verbs = people.add_subparsers(title="what to do", dest="verb", metavar="VERB", required=True, parser_class=_Parser)
    imported = verb(verbs, "import", "add and update from a file, never delete")
    imported.add_argument("file", metavar="FILE", help="a TOML file with person, role, room and group tables")

    db = door("db", "the database itself", database=True)
    verbs = db.add_subparsers(title="what to do", dest="verb", metavar="VERB", required=True, parser_class=_Parser)
    verb(verbs, "upgrade", "bring the schema up to date, after a backup of the file")

    export = door("export", "print the register", database=True)
    verbs = export.add_subparsers(title="form", dest="form", metavar="FORM", required=True, parser_class=_Parser)
    verb(verbs, "json", "the whole register as one JSON document (docs/register.schema.json)")

    replay = door("replay", "play a scenario year and print what came of it as one JSON document")
    replay.add_argument("scenario", metavar="FILE", help="the scenario, as YAML")
    replay.add_argument("--at", metavar="MOMENT", required=True, help="up to and including, such as 2027-05-14T08:30")

    calendar = door("calendar", "meetings as an iCalendar file, out and in", database=True)
    verbs = calendar.add_subparsers(
        title="what to do", dest="verb", metavar="VERB", required=True, parser_class=_Parser
    )
    exported = verb(verbs, "export", "print the meetings of the tiers, or of one body")
    exported.add_argument("--body", metavar="CODE", help="only the meetings of this body")
    imported = verb(verbs, "import", "plan and move meetings by a file, never delete")
    imported.add_argument("file", metavar="FILE", help="an .ics file; the name of each event begins with its body")
    imported.add_argument("--reason", metavar="TEXT", help="why there are more meetings than the structure gives")

    door("status", "what is running, due and unsent", database=True)

    matrix = door("matrix", "the account on the homeserver")
    verbs = matrix.add_subparsers(title="what to do", dest="verb", metavar="VERB", required=True, parser_class=_Parser)
    login = part(verbs, "login", "log in once, and keep the session and the identity of the bot", database=False)
    how = login.add_mutually_exclusive_group()
    how.add_argument("--access-token", action="store_true", help="with the token of a session that exists already")
    how.add_argument("--sso", action="store_true", help="by single sign-on, in a browser on this machine")
    login.add_argument("--port", metavar="N", type=int, default=0, help="where the browser comes back to (with --sso)")
    login.add_argument("--new-device", action="store_true", help="end the session that is kept, and make another")
    verify = part(verbs, "verify", "print device, fingerprint and state", database=False)
    verify.add_argument("--reset", action="store_true", help="replace the master key of the account by the bot's own")

    teams = door("teams", "the app for Microsoft Teams")
    verbs = teams.add_subparsers(title="what to do", dest="verb", metavar="VERB", required=True, parser_class=_Parser)
    manifest = part(verbs, "manifest", "write the app package that is uploaded in Teams", database=False)
    manifest.add_argument("--app-id", metavar="ID", help="the application id in Entra (default: that of the settings)")
    manifest.add_argument("--organisation", metavar="NAME", required=True, help="who offers the bot, for its users")
    manifest.add_argument("--website", metavar="URL", required=True, help="where users find help with the bot")
    manifest.add_argument("--privacy", metavar="URL", help="its privacy statement (default: the website)")
    manifest.add_argument("--terms", metavar="URL", help="its terms of use (default: the website)")
    manifest.add_argument("--app-version", metavar="X.Y.Z", help="higher with each upload (default: the bot's own)")
    manifest.add_argument("--output", metavar="FILE", default="overlegbot-teams.zip", help="where to write it")

    door("doctor", "look at everything the bot needs, and say what to do")

    rights = door("rights", "print who may use which command")
    rights.add_argument("--json", action="store_true", help="for programs: a list of objects")

    dates = door("dates", "show how the bot reads Dutch dates, one line each")
    dates.add_argument("--now", metavar="ISO", help="the moment at which they are read, with offset (not with --file)")
    dates.add_argument("--file", metavar="TSV", help="columns now, expression[, expected, category]; ends with a score")
    dates.add_argument("--structure", metavar="FILE", help="the structure, for its recess and school holidays")
    dates.add_argument("expressions", metavar="EXPRESSION", nargs="*", help="for example 'volgende week vrijdag'")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the door that `argv` (default: the command line) asks for.

    Returns the exit code; `--help`, `--version` and wrong use end in SystemExit, as argparse does.
    """
    _speak_utf8()
    try:
        try:
            return _run(argv)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        return _reader_left()


def _run(argv: Sequence[str] | None) -> int:
    parser = build_parser()
    arguments = parser.parse_args(argv)
    if arguments.door is None:
        parser.error("no subcommand given")
    if arguments.door == "dates":
        if bool(arguments.file) == bool(arguments.expressions):
            parser.error("dates takes expressions or --file, one of the two")
        if arguments.expressions and not arguments.now:
            parser.error("dates needs --now to read an expression")
    os.umask(0o077)  # what the bot writes is for its own user
    try:
        return int(import_module(f"bot.doors.{arguments.module}").main(arguments))
    except DoorError as failure:
        _say(failure.message)
        return failure.code
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as failure:
        if isinstance(failure, BrokenPipeError) and _stdout_is_broken():
            raise
        _say(f"unexpected {type(failure).__name__}: {failure} (OVERLEGBOT_DEBUG=1 prints the traceback)")
        return UNEXPECTED


def _speak_utf8() -> None:
    """UTF-8 in and out, whatever the locale. Input that is none reaches the door as lone surrogates, line by line."""
    for stream, errors in (
        (sys.stdin, "surrogateescape"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _stdout_is_broken() -> bool:
    """Whether a broken pipe is that of our reader (`| head`), and not one of the network."""
    from select import POLLERR, POLLHUP, poll

    poller = poll()
    try:
        poller.register(sys.stdout.fileno(), 0)
    except OSError:  # not a file
        return False
    return any(events & (POLLERR | POLLHUP) for _, events in poller.poll(0))


def _reader_left() -> int:
    """The reader had enough, which is no fault. Standard output goes nowhere, so that Python's last flush is quiet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return WELL


def _say(message: str) -> None:
    """One line on standard error, however many the message has; the traceback only when it is asked for."""
    if os.environ.get("OVERLEGBOT_DEBUG") == "1":
        from traceback import print_exc

        print_exc()
    print("overlegbot: " + " ".join(message.split()), file=sys.stderr)
