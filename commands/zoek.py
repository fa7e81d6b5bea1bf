"""!zoek: what was signalled, decided or agreed before, also when it is long closed (C49, R-173)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, cast

from commands.kit import dates
from commands.kit.decisions import signals_under
from commands.kit.declare import EVERYONE, About, command
from commands.kit.records import PREFIXES, visible
from commands.kit.reply import Heading, Line, Message, Strong, Text, listing
from commands.kit.turn import Outcome, Reply, Turn, done
from commands.rules import ways
from commands.rules.visibility import room_may_see_decision, room_may_see_signal
from commands.words.agreement import Agreement
from commands.words.attention import AttentionPoint
from commands.words.calendar import AMSTERDAM
from commands.words.decision import Decision
from commands.words.helping import Success
from commands.words.signal import Signal
from commands.words.verdict import Refused

#: So many are shown, and so many are looked at: what one may not see takes no place.
MOST, LOOKED_AT = 10, 400
SHORTEST = 3


class Where(StrEnum):
    SIGNALS = "signalen"
    DECISIONS = "besluiten"
    AGREEMENTS = "afspraken"
    POINTS = "aandachtspunten"
    SUCCESSES = "successen"


KINDS: dict[Where, type] = {
    Where.SIGNALS: Signal,
    Where.DECISIONS: Decision,
    Where.AGREEMENTS: Agreement,
    Where.POINTS: AttentionPoint,
    Where.SUCCESSES: Success,
}
Found = Signal | Decision | Agreement | AttentionPoint | Success


@command(
    "zoek",
    aliases=("vind",),
    help="Zoek in alles wat je mag zien: signalen, besluiten, afspraken, aandachtspunten en successen, ook gesloten.",
    example="!zoek grondverzet in besluiten",
    who=EVERYONE,
    reads=True,
)
def zoek(
    turn: Turn,
    text: Annotated[str, About("de woorden", "woorden", greedy=True, rest=True, ask="Op welke woorden?")],
    where: Annotated[
        Where | None, About("signalen, besluiten, afspraken, aandachtspunten of successen", "in", words=("in", "bij"))
    ] = None,
) -> Outcome:
    wanted = " ".join(text.split()).strip("\"'")
    if not any(len(word) >= SHORTEST for word in wanted.split()):
        return Refused(
            f"Zoek op een woord van minstens {SHORTEST} letters, bijvoorbeeld: !zoek grondverzet.", code="E02"
        )
    kinds = {PREFIXES[kind]: kind for name, kind in KINDS.items() if where in (None, name)}
    found: list[Found] = []
    for id in turn.store.find(wanted, limit=LOOKED_AT):
        kind = kinds.get(id.split("-", 1)[0])
        record = turn.store.get(cast(Any, kind), id) if kind is not None else None
        if record is not None and visible(record, turn):
            found.append(cast(Found, record))
    place = f" in {where}" if where else ""
    if not found:
        return done(f"Niets gevonden over '{ways.shown(wanted)}'{place}.")
    items: list[Line] = [(Strong(one.id), f" {_line(one)}") for one in found[:MOST]]
    count = "1 keer gevonden" if len(found) == 1 else f"{len(found)} keer gevonden"
    more = (Text(f"En nog {len(found) - MOST}; zoek met een woord erbij."),) if len(found) > MOST else ()
    private = turn.room is not None and not all(_follows(turn, one) for one in found[:MOST])
    heading = Heading(f"{count}: {wanted}{place}", 1)
    return Reply(Message((heading, listing(items), *more)), private=private)


def _follows(turn: Turn, one: Found) -> bool:
    """Whether the room of the turn may read it (INV-39)."""
    if turn.room is None:
        return True
    if isinstance(one, Signal):
        return room_may_see_signal(turn.room, one)
    if isinstance(one, Success):
        return not turn.room.with_externals
    signals = [] if isinstance(one, AttentionPoint) else signals_under(turn, None, one.signals)
    return room_may_see_decision(turn.room, one, signals)


def _line(one: Found) -> str:
    if isinstance(one, Signal):
        day = dates.say_short(one.filed_at.astimezone(AMSTERDAM).date())
        outcome = f"; {one.outcome.rstrip('.')}" if one.outcome else ""
        return f"{one.title} · {one.state}, namens {one.on_behalf_of}, {day}{outcome}"
    day = dates.say_short(one.made_at.astimezone(AMSTERDAM).date())
    if isinstance(one, Success):
        return f"{one.text.rstrip('.')} · {one.pioneer}, {day}"
    return f"{one.text.rstrip('.')} · {one.state}, {one.body} {day}"
