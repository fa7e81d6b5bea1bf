"""The explicit list of all commands and moments. A new command is one file and one line here."""

from __future__ import annotations

from commands.kit.declare import Command
from commands.moments.watch import Moment
from commands.signaal import signaal

ALL: tuple[Command, ...] = (signaal,)

COMMANDS: dict[str, Command] = {name: command for command in ALL for name in (command.name, *command.aliases)}
MOMENTS: dict[str, Moment] = {}
