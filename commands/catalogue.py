"""The explicit list of all commands and moments. A new command is one file and one line here."""

from __future__ import annotations

from commands.afhandel import afhandel
from commands.bekrachtig import bekrachtig
from commands.beleg import beleg
from commands.deescaleer import deescaleer
from commands.delegeer import delegeer
from commands.escaleer import escaleer
from commands.kit.declare import Command
from commands.moments.groep import GROUP_MOMENTS
from commands.moments.vraag import question_moments
from commands.moments.watch import Moment
from commands.moments.zwevend import FLOATS
from commands.ongedaan import ongedaan
from commands.signaal import signaal
from commands.signalen import signalen
from commands.terugkoppeling import terugkoppeling
from commands.toon import toon
from commands.weeg import weeg
from commands.werkgroep import werkgroep
from commands.wijsaf import wijsaf
from commands.zwevend import zwevend

ALL: tuple[Command, ...] = (
    afhandel,
    bekrachtig,
    beleg,
    deescaleer,
    delegeer,
    escaleer,
    ongedaan,
    signaal,
    signalen,
    terugkoppeling,
    toon,
    weeg,
    werkgroep,
    wijsaf,
    zwevend,
)

COMMANDS: dict[str, Command] = {name: command for command in ALL for name in (command.name, *command.aliases)}
ALL_MOMENTS: tuple[Moment, ...] = (
    *GROUP_MOMENTS,
    FLOATS,
    *question_moments(COMMANDS),
)
MOMENTS: dict[str, Moment] = {moment.kind: moment for moment in ALL_MOMENTS}
