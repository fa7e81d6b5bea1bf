"""A calendar file that someone sends in the chat: read, and offered to be planned after a yes (dialogue.md §3)."""

from __future__ import annotations

from bot.calendars import Left, Why, read
from bot.carrier import Carrier
from bot.channels.base import FILE_MOST, FILE_NOT_HAD, FILE_NOT_HERE, FILE_TOO_LARGE
from bot.said import Said
from commands.kit.parse import typed_commands
from commands.kit.turn import Turn
from commands.kit.year_calendar import MOST_EVENTS, NOT_YOURS, TOO_MANY, as_part, may_bring
from commands.kit.year_paste import COMMAND
from commands.words.verdict import Refused
from storage.inbox import Received

#: With these as caption the file is what is meant; another command is carried out, and the file let be.
_PLANNING = (COMMAND, "vergadering")
_LONGEST_NAME = 80
_PASTE = "Wat wel kan: de vergaderingen plakken met !jaarplanning"
_FAULTS = {
    FILE_TOO_LARGE: f"Dit agendabestand is te groot, boven {FILE_MOST // 1000} kB; er is niets vastgelegd. {_PASTE}, "
    "of een bestand per jaar sturen.",
    FILE_NOT_HAD: f"Dit agendabestand kan ik niet ophalen; er is niets vastgelegd. Stuur het nog eens. {_PASTE}.",
    FILE_NOT_HERE: f"In Teams kan ik geen bestand lezen; er is niets vastgelegd. {_PASTE}, of de beheerder vragen het "
    "bestand in te lezen.",
}
NO_CALENDAR = f"Dit agendabestand kan ik niet lezen; er is niets vastgelegd. {_PASTE}."
_LEFT = {
    Why.RECURS: "{name} herhaalt zich: geef elke vergadering een eigen regel.",
    Why.UNDATED: "{name} heeft geen datum die ik kan lezen.",
    Why.ZONE: "{name} staat in een tijdzone die ik niet ken.",
    Why.UNNUMBERED: "{name} heeft geen nummer (UID).",
    Why.OVERNIGHT: "{name} loopt door na middernacht.",
}


def is_other(carrier: Carrier, event: Received) -> bool:
    """Whether the caption is a command that has nothing to do with the file."""
    typed = typed_commands(event.text)
    planning = [carrier.catalogue[name] for name in _PLANNING]
    return any(carrier.catalogue.get(one.name) not in planning for one in typed)


def brought(carrier: Carrier, event: Received, turn: Turn, said: Said) -> None:
    """Offer what the file would change; whoever may not plan hears who may. Nothing is kept of it before the yes."""
    command = carrier.catalogue[COMMAND]
    if not may_bring(turn):
        carrier.gather(turn, command, Refused(NOT_YOURS, code="E04"), event, said)
        return
    fault = _FAULTS.get(event.quoted)
    part = ""
    if fault is None:
        try:
            came = read(event.quoted.encode())
        except ValueError:
            fault = NO_CALENDAR
        else:
            fault = TOO_MANY if len(came.events) + len(came.faults) > MOST_EVENTS else None
            part = as_part(came.events, [_dutch(left) for left in came.faults])
    if fault is not None:
        carrier.gather(turn, command, Refused(fault, code="E11"), event, said)
        return
    carrier.execute(turn, command, event, said, parts={"events": part})


def _dutch(left: Left) -> str:
    name = left.name if len(left.name) <= _LONGEST_NAME else f"{left.name[:_LONGEST_NAME]}…"
    return _LEFT[left.why].format(name=f"'{name}'" if name else "Een afspraak zonder naam")
