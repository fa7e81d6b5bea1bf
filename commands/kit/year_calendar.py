"""Planning what a calendar file says, after a yes: what would change is named, and nothing is kept without it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from commands.kit.calendars import wishes_from
from commands.kit.files import Calendar, Event, File, files_as_data, files_from_data
from commands.kit.planned import may_plan
from commands.kit.turn import Outcome, Turn
from commands.kit.year_paste import settle
from commands.rules.ways import shown
from commands.words.structure import Body
from commands.words.verdict import Refused

#: What a chat takes at once: several years of several bodies.
MOST_EVENTS = 200
_NAME = "agenda.ics"
NOT_YOURS = (
    "Dit agendabestand neem ik niet over: vergaderingen plannen de voorzitter en de secretaris van een overleg. "
    "Wat wel kan: het bestand aan hen sturen."
)
TOO_MANY = (
    f"In dit agendabestand staan meer dan {MOST_EVENTS} vergaderingen. Er is niets vastgelegd. "
    "Wat wel kan: een bestand per jaar, of de beheerder vragen het in te lezen."
)
UNREAD = "Deze agenda is niet meer te lezen; er is niets vastgelegd. Stuur het bestand opnieuw."


def may_bring(turn: Turn) -> bool:
    """Whether this person may plan meetings anywhere (V1); someone from outside may not."""
    bodies: list[Body] = [*turn.structure.tiers, *([turn.room] if turn.room is not None else [])]
    bodies += [body for role in turn.roles if (body := turn.body(role.body)) is not None]
    return not turn.person.external and any(may_plan(turn, body) for body in bodies)


def as_part(events: Sequence[Event], faults: Sequence[str]) -> str:
    """The events of a file and what could not be read of it, as the part of a half command that waits for its yes."""
    return json.dumps(
        {"files": files_as_data([File(_NAME, "ics", Calendar("", tuple(events)))]), "faults": list(faults)}
    )


def bring(turn: Turn, part: str, parts: Mapping[str, str]) -> Outcome:
    """Plan, move and call off what the file says. `parts` are those of the command that were answered."""
    if not may_bring(turn):
        return Refused(NOT_YOURS, code="E04")
    try:
        read = json.loads(part)
        [file] = files_from_data(read["files"])
        faults = [str(fault) for fault in read["faults"]]
    except (ValueError, KeyError, TypeError):
        return Refused(UNREAD, code="E11")
    events = file.content.events if isinstance(file.content, Calendar) else ()
    if len(events) > MOST_EVENTS:
        return Refused(TOO_MANY, code="E11")
    wishes, unknown = wishes_from(turn, events)
    faults += [f"Van welk overleg '{shown(name)}' is, staat er niet bij." for name in dict.fromkeys(unknown)]
    years = sorted({wish.day.year for wish in wishes})
    when = f"in {' en '.join(map(str, years))}" if 0 < len(years) < 3 else "in dit bestand"
    return settle(turn, wishes, faults, {**parts, "events": part}, when)
