"""`overlegbot demo`: a narrated fortnight of the example year, on SQLite and the terminal, with a clock of its own.

The bot runs in a process of its own (`demo_bot`) and is killed twice with SIGKILL. The narrator types, reads, and at
the end counts in the register and the outbox whether anything was lost or came twice.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from shutil import get_terminal_size
from subprocess import PIPE, Popen
from tempfile import TemporaryDirectory
from textwrap import fill
from typing import TYPE_CHECKING, Any, TextIO

from bot.cli import UNEXPECTED
from bot.doors import FAULTS_FOUND, WELL, DoorError
from bot.doors.demo_script import DECIDED, END, HEARD, SCRIPT, Aside, Passes, Reacts, Step, Types
from commands.kit.dates.say import say_day
from commands.words.calendar import AMSTERDAM

if TYPE_CHECKING:
    from bot.doors.demo_count import Kill

WIDTH = 100
ON = "\x1b["
STYLES = {"day": "1", "aside": "3", "person": "36", "bot": "32", "fault": "31"}

OPENING = (
    "Twee weken uit het voorbeeldjaar 2027: Rijk, VNG, IPO en UvW, met een ambtelijk overleg (AO), een "
    "directeurenoverleg (DO) en een bestuurlijk overleg (BO). Namen zijn functies. De klok is nagemaakt; de bot, het "
    "register en de berichten zijn echt. Wie iets typt staat voor de dubbele punt, met de kamer erbij."
)
KILLED = {
    HEARD: "In het bestand staat nu: {new} bericht gehoord en niet behandeld, {unsent} antwoorden.",
    DECIDED: "In het bestand staat nu: alles behandeld, {unsent} berichten besloten en niet verstuurd.",
}
GO_ON = (
    "Zelf verder? .venv/bin/overlegbot console\n"
    "Daar typ je als wie je wilt (/als vng.ao.2), in elke kamer (/in AO), en laat je tijd voorbijgaan (/tijd +2w)."
)


def main(args: argparse.Namespace) -> int:
    """Play the fortnight on a database that is gone afterwards; 0 when everything the demo checks held, else 1."""
    show = Page(sys.stdout)
    with TemporaryDirectory(prefix="overlegbot-demo-") as folder:
        fortnight = Fortnight(Path(folder), show)
        with fortnight.talking():
            show.aside(OPENING)
            for step in SCRIPT:
                fortnight.play(step)
        return _judge(fortnight, show)


class Page:
    """What the reader sees: plain text, coloured as well on a terminal."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.coloured = out.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        self.width = min(WIDTH, get_terminal_size().columns) if out.isatty() else WIDTH
        self.day: date | None = None
        self.clock = ""
        self.empty = True

    def aside(self, text: str) -> None:
        """The narrator, between empty lines."""
        self._line("")
        self._line(fill(text, self.width), "aside")
        self._line("")
        self.clock = ""

    def said(self, at: datetime, who: str, room: str, text: str, style: str) -> None:
        """Someone says something; the day and the time only where they change."""
        at = at.astimezone(AMSTERDAM)
        if at.date() != self.day:
            self.day, self.clock = at.date(), ""
            self._line("")
            self._line(say_day(self.day).capitalize(), "day")
        clock = f"{at:%H:%M}"
        left = clock if clock != self.clock else " " * len(clock)
        self.clock = clock
        first, *rest = text.splitlines() or [""]
        indent = " " * 11
        self._line(fill(f"  {left}  {who}, {room}: {first}", self.width, subsequent_indent=indent), style)
        for line in rest:
            self._line(fill(line, self.width, initial_indent=indent, subsequent_indent=indent) if line else "", style)

    def lines(self, text: str, style: str = "") -> None:
        """Text as it is."""
        for line in text.split("\n"):
            self._line(line, style)

    def _line(self, text: str, style: str = "") -> None:
        if not text and self.empty:
            return
        self.empty = not text
        coloured = self.coloured and style and text
        print(f"{ON}{STYLES[style]}m{text}{ON}0m" if coloured else text, file=self.out, flush=True)


@dataclass
class Fortnight:
    """The demo as it goes: the process of the bot, and everything that was typed and read."""

    folder: Path
    show: Page
    heard: list[str] = field(default_factory=list)
    read: list[dict[str, Any]] = field(default_factory=list)
    kills: list[Kill] = field(default_factory=list)
    process: Popen[str] | None = None

    @property
    def url(self) -> str:
        """The database, one file."""
        return f"sqlite:///{self.folder / 'register.db'}"

    @property
    def complaints(self) -> str:
        """What the bot wrote on standard error: nothing, when all is well."""
        return (self.folder / "stderr").read_text(encoding="utf-8").strip()

    @contextmanager
    def talking(self) -> Iterator[None]:
        """A bot to talk to; it is let go in order at the end, and never left behind."""
        try:
            self._start(*self._next_halt(0))
            yield
            process = self._bot()
            process.communicate(timeout=30)
        finally:
            if self.process is not None and self.process.poll() is None:
                self.process.kill()
                self.process.communicate()

    def play(self, step: Step) -> None:
        """One step of the script."""
        match step:
            case Aside(text):
                self.show.aside(text)
            case Passes(at):
                self._feed({"at": at.isoformat()})
            case Types(at, room, who, text):
                self.show.said(at, who, _place(room), text, "person")
                self._typed(step, {"text": text})
            case Reacts(at, room, who, key, on):
                self.show.said(at, who, _place(room), f"{key} op het bericht met {on}", "person")
                self._typed(step, {"react": key, "to": self._target(room, who, on)})

    def _typed(self, step: Types | Reacts, what: dict[str, str]) -> None:
        id = f"m{len(self.heard) + 1}"
        self.heard.append(id)
        halted = self._feed({"at": step.at.isoformat(), "room": step.room, "from": step.who, "id": id, **what})
        if halted != bool(step.killed):
            raise DoorError(f"{id}: the bot was to stop here: {bool(step.killed)}", UNEXPECTED)
        if halted:
            self._kill(step)

    def _target(self, room: str, who: str, words: str) -> str:
        place = f"dm:{who}" if room == "dm" else room
        found = [line["id"] for line in self.read if line["room"] == place and words in line["text"]]
        if not found:
            raise DoorError(f"the bot never said {words} in {place}", UNEXPECTED)
        return str(found[-1])

    # --- the process of the bot --------------------------------------------------------------------------------------
    def _next_halt(self, heard: int) -> tuple[str, str]:
        """The next step at which the bot is killed, and the id of the message."""
        typed = [step for step in SCRIPT if isinstance(step, Types | Reacts)]
        coming = ((step.killed, f"m{number}") for number, step in enumerate(typed, 1) if number > heard and step.killed)
        return next(coming, ("", ""))

    def _start(self, halt: str, event: str) -> None:
        command = [sys.executable, "-P", "-m", "bot.doors.demo_bot", self.url, halt, event]
        with (self.folder / "stderr").open("a") as complaints:
            # A session of its own: a Ctrl-C reaches the narrator, who ends the bot.
            self.process = Popen(
                command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=complaints,
                text=True,
                encoding="utf-8",
                start_new_session=True,
            )

    def _bot(self) -> Popen[str]:
        if self.process is None:
            raise DoorError("the bot was not started", UNEXPECTED)
        return self.process

    def _feed(self, line: dict[str, Any]) -> bool:
        """Give the bot one line and read what it says; whether it stands still instead of finishing."""
        process = self._bot()
        if process.stdin is None or process.stdout is None:
            raise DoorError("the bot has no ears", UNEXPECTED)
        try:
            process.stdin.write(json.dumps(line, ensure_ascii=False) + "\n")
            process.stdin.flush()
        except BrokenPipeError:
            raise DoorError(f"the bot stopped: {self.complaints}", UNEXPECTED) from None
        for raw in process.stdout:
            said = json.loads(raw)
            if said["kind"] in ("done", "halted"):
                return bool(said["kind"] == "halted")
            self.read.append(said)
            room = f"privé aan {said['room'].removeprefix('dm:')}" if said["room"].startswith("dm:") else said["room"]
            self.show.said(datetime.fromisoformat(said["at"]), "overlegbot", room, said["text"], "bot")
        raise DoorError(f"the bot stopped: {self.complaints}", UNEXPECTED)

    def _kill(self, step: Types | Reacts) -> None:
        """SIGKILL, a look at the file, and a new bot on the same file."""
        process = self._bot()
        process.kill()
        process.communicate()
        # Imported here: until now the bot's process needed the machine to start.
        from bot.doors.demo_count import Kill, waiting

        new, unsent = waiting(self.url)
        self.kills.append(Kill(process.returncode, step.killed, new, unsent))
        found = KILLED[step.killed].format(new=new, unsent=unsent)
        self.show.aside(f"kill -9. {found} We starten de bot opnieuw.")
        self._start(*self._next_halt(len(self.heard)))
        self._feed({"at": step.at.isoformat()})


def _place(room: str) -> str:
    return "privé" if room == "dm" else room


def _judge(fortnight: Fortnight, show: Page) -> int:
    show.aside(f"Tot zover, {say_day(END.date())}. Nu tellen we na, in het register en in de uitbak.")
    from bot.doors.demo_count import findings

    found = findings(fortnight.url, fortnight.heard, fortnight.read, fortnight.kills)
    for one in found:
        show.lines(f"  {'klopt' if one.holds else 'FOUT '}  {one.text}", "" if one.holds else "fault")
    faults = sum(not one.holds for one in found)
    show.lines("")
    if faults or fortnight.complaints:
        show.lines(f"{faults} van de {len(found)} punten kloppen niet. {fortnight.complaints}".strip(), "fault")
        return FAULTS_FOUND
    show.lines("Niets verloren, niets dubbel.\n")
    show.lines(GO_ON)
    return WELL
