"""Which subcommands there are, and what each takes; so little that `--help` answers at once."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from bot.doors import WELL, WRONG_USE

EPILOG = """\
exit codes:
   0  well
   1  faults found in what was checked
   2  wrong use or bad input
   3  storage or network not reachable
  70  a fault of overlegbot itself
  75  the session on the homeserver has ended: start again
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


class _Doors:
    """The subcommands while they are declared."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._doors = parser.add_subparsers(
            title="subcommands", dest="door", metavar="SUBCOMMAND", parser_class=_Parser
        )

    def door(self, name: str, text: str, *, database: bool = False) -> argparse.ArgumentParser:
        """One of them; `database` gives it the option that names another one."""
        made = self.part(self._doors, name, text, database=database)
        made.set_defaults(module=name.replace("-", "_"), **({"database": None} if database else {}))
        return made

    def verbs(self, door: argparse.ArgumentParser, title: str = "what to do", dest: str = "verb") -> Any:
        """What one of them can do, of which one has to be said."""
        return door.add_subparsers(title=title, dest=dest, metavar=dest.upper(), required=True, parser_class=_Parser)

    def part(self, under: Any, name: str, text: str, *, database: bool = True) -> argparse.ArgumentParser:
        """A subcommand, or one verb of it."""
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


def build_parser() -> argparse.ArgumentParser:
    """The whole command line, in the order of its help."""
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
    doors = _Doors(parser)
    for declare in (_talking, _setting_up, _register, _matrix, _teams, _looking):
        declare(doors)
    return parser


def _talking(doors: _Doors) -> None:
    """Listening and speaking, on the channels or here."""
    doors.door("run", "listen and speak on all configured channels")

    console = doors.door("console", "talk to the bot in this terminal, as any person and at any time", database=True)
    console.add_argument("--jsonl", action="store_true", help="for programs: one JSON object per line, in and out")
    console.add_argument("--files", metavar="DIR", help="with --jsonl: where sent files are put")
    console.add_argument("--people", metavar="FILE", help="people, roles and rooms (default: the shipped example year)")
    console.add_argument("--structure", metavar="FILE", help="the structure (default: the shipped one)")

    doors.door("demo", "play a narrated fortnight of the example year")

    demo = doors.door("demo-matrix", "the example year on a Matrix server of its own, on this machine, to take part in")
    demo.add_argument("--web", metavar="DIR", help="serve the web client that was built there")


_SECRETARY = "who becomes the first secretary: a Matrix id, an Entra object id (Teams), or an id such as rijk.secr.1"


def _setting_up(doors: _Doors) -> None:
    """Before the bot runs: configuration, people, database."""
    init = doors.door("init", "write a commented configuration and say what to fill in")
    init.add_argument("--directory", metavar="DIRECTORY", default=".", help="where to write it (default: here)")
    init.add_argument("--secretaris", metavar="PERSON", help=_SECRETARY)

    doors.door("check-config", "check the configuration and name all faults at once")

    people = doors.door("people", "people, roles, rooms and running groups", database=True)
    verbs = doors.verbs(people)
    imported = doors.part(verbs, "import", "add and update from a file, never delete")
    imported.add_argument("file", metavar="FILE", help="a TOML file with person, role, room and group tables")

    db = doors.door("db", "the database itself", database=True)
    verbs = doors.verbs(db)
    doors.part(verbs, "upgrade", "bring the schema up to date, after a backup of the file")


def _register(doors: _Doors) -> None:
    """What is in the register, out and in."""
    export = doors.door("export", "print the register", database=True)
    verbs = doors.verbs(export, "form", "form")
    doors.part(verbs, "json", "the whole register as one JSON document (docs/register.schema.json)")

    replay = doors.door("replay", "play a scenario year and print what came of it as one JSON document")
    replay.add_argument("scenario", metavar="FILE", help="the scenario, as YAML")
    replay.add_argument("--at", metavar="MOMENT", required=True, help="up to and including, such as 2027-05-14T08:30")

    calendar = doors.door("calendar", "meetings as an iCalendar file, out and in", database=True)
    verbs = doors.verbs(calendar)
    exported = doors.part(verbs, "export", "print the meetings of the tiers, or of one body")
    exported.add_argument("--body", metavar="CODE", help="only the meetings of this body")
    imported = doors.part(verbs, "import", "plan and move meetings by a file, never delete")
    imported.add_argument("file", metavar="FILE", help="an .ics file; the name of each event begins with its body")
    imported.add_argument("--reason", metavar="TEXT", help="why there are more meetings than the structure gives")

    agreements = doors.door("agreements", "agreements from a list, in and out again", database=True)
    verbs = doors.verbs(agreements)
    imported = doors.part(verbs, "import", "write the agreements of a CSV file as concepts, all or none")
    imported.add_argument("file", metavar="FILE", help="a list with the columns of !exporteer afspraken als csv")
    undone = doors.part(verbs, "undo", "take back what such a file brought, as far as nobody went on with it")
    undone.add_argument("file", metavar="FILE", help="the same file")

    doors.door("status", "what is running, due and unsent", database=True)

    backup = doors.door("backup", "copy everything that the bot needs to go on elsewhere, beside a running bot too")
    backup.add_argument("folder", metavar="FOLDER", help="a new one; only the bot's own user can read it")


def _matrix(doors: _Doors) -> None:
    """The account on Matrix."""
    matrix = doors.door("matrix", "the account on the homeserver")
    verbs = doors.verbs(matrix)
    login = doors.part(verbs, "login", "log in once, and keep the session and the identity of the bot", database=False)
    how = login.add_mutually_exclusive_group()
    how.add_argument("--access-token", action="store_true", help="with the token of a session that exists already")
    how.add_argument("--sso", action="store_true", help="by single sign-on, in a browser on this machine")
    login.add_argument("--port", metavar="N", type=int, default=0, help="where the browser comes back to (with --sso)")
    login.add_argument("--new-device", action="store_true", help="end the session that is kept, and make another")
    verify = doors.part(verbs, "verify", "print device, fingerprint and state", database=False)
    verify.add_argument("--reset", action="store_true", help="replace the master key of the account by the bot's own")


def _teams(doors: _Doors) -> None:
    """The app for Teams."""
    teams = doors.door("teams", "the app for Microsoft Teams")
    verbs = doors.verbs(teams)
    manifest = doors.part(verbs, "manifest", "write the app package that is uploaded in Teams", database=False)
    manifest.add_argument("--app-id", metavar="ID", help="the application id in Entra (default: that of the settings)")
    manifest.add_argument("--organisation", metavar="NAME", required=True, help="who offers the bot, for its users")
    manifest.add_argument("--website", metavar="URL", required=True, help="where users find help with the bot")
    manifest.add_argument("--privacy", metavar="URL", help="its privacy statement (default: the website)")
    manifest.add_argument("--terms", metavar="URL", help="its terms of use (default: the website)")
    manifest.add_argument("--app-version", metavar="X.Y.Z", help="higher with each upload (default: the bot's own)")
    manifest.add_argument("--output", metavar="FILE", default="overlegbot-teams.zip", help="where to write it")


def _looking(doors: _Doors) -> None:
    """Looking at the bot itself."""
    doors.door("doctor", "look at everything the bot needs, and say what to do")

    rights = doors.door("rights", "print who may use which command")
    rights.add_argument("--json", action="store_true", help="for programs: a list of objects")

    dates = doors.door("dates", "show how the bot reads Dutch dates, one line each")
    dates.add_argument("--now", metavar="ISO", help="the moment at which they are read, with offset (not with --file)")
    dates.add_argument("--file", metavar="TSV", help="columns now, expression[, expected, category]; ends with a score")
    dates.add_argument("--structure", metavar="FILE", help="the structure, for its recess and school holidays")
    dates.add_argument("expressions", metavar="EXPRESSION", nargs="*", help="for example 'volgende week vrijdag'")
