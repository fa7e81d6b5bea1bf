"""!signalen: the signals of a body, a topic or oneself (C02). Shows nothing that the room or the person may not see."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.authorise import EXTERNAL_REFUSED
from commands.kit.declare import EVERYONE, About, command
from commands.kit.reply import Heading, Line, Message, Strong, Text, listing
from commands.kit.turn import Outcome, Reply, Turn, done
from commands.rules import ways
from commands.rules.visibility import may_see_signal, room_may_see_signal
from commands.words.calendar import AMSTERDAM
from commands.words.signal import OPEN_STATES, Signal, SignalState
from commands.words.structure import Body
from commands.words.verdict import Refused

MOST = 15


class Whose(StrEnum):
    MINE = "mij"


@command(
    "signalen",
    aliases=("lijst",),
    help="Toon de open signalen van dit overleg, van een thema of van jezelf.",
    example="!signalen bij AO",
    who=EVERYONE,
    menu=True,
    reads=True,
)
def signalen(
    turn: Turn,
    at: Annotated[Body | None, About("waar ze liggen", "bij", words=("bij", "van"), bare=True)] = None,
    whose: Annotated[
        Whose | None, About("alleen die van jezelf", "van", words=("van",), synonyms={"mijzelf": "mij", "mijn": "mij"})
    ] = None,
    state: Annotated[SignalState | None, About("de status", "status")] = None,
    topic: Annotated[str | None, About("het thema", "thema", words=("over", "thema"), rest=True)] = None,
) -> Outcome:
    unknown = re.match(r"(?:bij|van)\s+(?P<word>.+)", topic or "", re.IGNORECASE)
    if unknown is not None:
        return Refused(f"'{ways.shown(unknown['word'])}' ken ik niet als gremium. Kijk bij !werkgroepen.", code="E11")
    if at is not None and turn.person.external and not at.is_group:
        return Refused(EXTERNAL_REFUSED, code="E16")
    place = at or (turn.room if whose is None else None)
    mine = turn.person.id if whose is not None or place is None else None
    found = turn.store.signals(
        lies_with=place.code if place else None,
        states=(state,) if state else OPEN_STATES,
        raiser=mine,
    )
    found = tuple(signal for signal in found if _shown(turn, signal, place) and _about(signal, topic))
    named = (place.code if place else "eigen", topic or "", state or "")
    filters = ", ".join(ways.shown(word) for word in named if word)
    # One's own signals that this room may not see are told in private (INV-39).
    private = turn.room is not None and any(not room_may_see_signal(turn.room, signal) for signal in found)
    if not found:
        return done(f"Geen signalen gevonden. Filter: {filters}.")
    items: list[Line] = [(Strong(signal.id), f" {_line(turn, signal)}") for signal in found[:MOST]]
    count = "1 signaal" if len(found) == 1 else f"{len(found)} signalen"
    more = (Text(f"En nog {len(found) - MOST}; verfijn met thema of status."),) if len(found) > MOST else ()
    return Reply(Message((Heading(f"{count} ({filters})", 1), listing(items), *more)), private=private)


def _about(signal: Signal, topic: str | None) -> bool:
    wanted = (topic or "").casefold()
    return not wanted or wanted in (signal.topic or "").casefold() or wanted in signal.title.casefold()


def _shown(turn: Turn, signal: Signal, place: Body | None) -> bool:
    if not may_see_signal(turn.viewer, signal):
        return False
    return (
        turn.room is None
        or room_may_see_signal(turn.room, signal)
        or (turn.person.id in signal.raised_by and place is None)
    )


def _line(turn: Turn, signal: Signal) -> str:
    day = dates.say_short(signal.filed_at.astimezone(AMSTERDAM).date())
    place = "" if turn.room is not None and turn.room.code == signal.lies_with else f", ligt bij {signal.lies_with}"
    return f"{signal.title}: {signal.state}{place}, namens {signal.on_behalf_of}, {day}"
