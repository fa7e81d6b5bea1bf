"""!zwevend: signals that nobody has weighed, or that have gone silent (R-006, C17)."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from commands.kit.declare import About, Right, Where, command
from commands.kit.reply import Heading, Message, Strong, listing
from commands.kit.turn import Outcome, Reply, Turn, done
from commands.rules.floating import age_in_days, is_floating
from commands.rules.visibility import may_see_signal, room_may_see_signal
from commands.words.calendar import AMSTERDAM
from commands.words.people import RoleName
from commands.words.signal import Signal, SignalState

ROLES = (RoleName.CHAIR, RoleName.SECRETARY, RoleName.MEMBER, RoleName.SUBSTANCE)
MOST = 10


@command(
    "zwevend",
    aliases=("rondzwevend",),
    help="Toon signalen die nog geen plek hebben of stil liggen.",
    example="!zwevend",
    who=tuple(Right(role, Where.TIER) for role in ROLES),
    reads=True,
)
def zwevend(
    turn: Turn,
    days: Annotated[int | None, About("alleen van minstens zoveel dagen oud", "dagen")] = None,
) -> Outcome:
    found = [signal for signal in floating(turn) if days is None or age_in_days(signal, turn.today) >= days]
    if not found:
        return done("Geen zwevende signalen.")
    lines = [(Strong(signal.id), f" {signal.title}: {why_floating(turn, signal)}") for signal in found[:MOST]]
    title = "1 zwevend signaal" if len(found) == 1 else f"{len(found)} zwevende signalen"
    more = () if len(found) <= MOST else (Heading(f"En nog {len(found) - MOST}.", 2),)
    return Reply(Message((Heading(title, 1), listing(lines), *more)), about=tuple(signal.id for signal in found[:1]))


def floating(turn: Turn) -> list[Signal]:
    """The floating signals this person may see, in this room."""
    states = (SignalState.SUBMITTED, SignalState.HELD, SignalState.HANDLING)
    found: list[Signal] = []
    for signal in turn.store.signals(states=states):
        if not may_see_signal(turn.viewer, signal):
            continue
        if turn.room is not None and not room_may_see_signal(turn.room, signal):
            continue
        since = signal.filed_at.astimezone(AMSTERDAM).date() + timedelta(days=1)
        meetings = turn.store.meetings(body=turn.structure.filter.code, since=since, limit=1)
        if is_floating(signal, turn.today, meetings, turn.structure):
            found.append(signal)
    return found


def why_floating(turn: Turn, signal: Signal) -> str:
    """What keeps it floating, with the number of days."""
    if signal.state is SignalState.SUBMITTED:
        days = age_in_days(signal, turn.today)
        return f"ingediend, {_days(days)} niet gewogen"
    silent = (turn.today - signal.changed_at.astimezone(AMSTERDAM).date()).days
    return f"bij {signal.lies_with}, {_days(silent)} stil"


def _days(n: int) -> str:
    return "1 dag" if n == 1 else f"{n} dagen"
