"""May the track of something change, and may it be steered? (R-104, R-106, R-204, C44, C45, INV-23, INV-29)"""

from __future__ import annotations

from commands.rules import ways
from commands.rules.actions import LIVE, Actor
from commands.words.action import Action
from commands.words.signal import OPEN_STATES, Signal, Track
from commands.words.verdict import Allowed, Refused, Verdict
from commands.words.workgroup import RUNNING_STATES, Workgroup

Tracked = Signal | Action | Workgroup


def may_change_track(item: Tracked, to: Track) -> Verdict:
    """C44: what is still open gets another track than it has; *onbepaald* is only where things begin."""
    if to is Track.OPEN:
        return Refused("Kies aanspreken of aanjagen; onbepaald is alleen het begin.", code="E11")
    if item.track is to:
        return Refused(f"{item.id} staat al op {to}. Er is niets veranderd.", code="E14")
    if not _is_open(item):
        return Refused(f"{item.id} is {item.state}; het spoor wijzigt niet meer. {ways.look(item.id)}", code="E12")
    return Allowed()


def _is_open(item: Tracked) -> bool:
    match item:
        case Signal():
            return item.state in OPEN_STATES
        case Action():
            return item.state in LIVE
        case Workgroup():
            return item.state in RUNNING_STATES


def follows(item: Action, before: Track) -> bool:
    """R-105: what inherited its track goes along; what has one of its own keeps it."""
    return item.state in LIVE and item.track in (before, Track.OPEN)


def consequence(to: Track) -> str:
    """What changes with the track, in one sentence (§2.0 of the digests)."""
    if to is Track.ENCOURAGE:
        return "Dan geen deadlines maar check-ins."
    return "Dan gelden de data als afspraak, met herinneringen vooraf en erna."


def may_steer(action: Action, actor: Actor, holder: str) -> Verdict:
    """C45, R-106: who has the action rewords it, on the track aanjagen only; elsewhere the date is moved."""
    if not (actor.own or actor.officer):
        return Refused(f"{action.id} is van {holder}; alleen {holder} of de secretaris stuurt bij.", code="E04")
    if action.state not in LIVE:
        return Refused(f"{action.id} is {action.state}; bijsturen kan niet meer. {ways.look(action.id)}", code="E12")
    if action.track is not Track.ENCOURAGE:
        number = action.id.rsplit("-", 1)[-1].lstrip("0")
        return Refused(
            f"{action.id} staat op {_named(action.track)}: daar blijft de omschrijving zoals afgesproken. Een andere "
            f"datum kan met !verzet {number}, een ander spoor met !spoor {number} aanjagen.",
            code="R-106",
        )
    return Allowed()


def _named(track: Track) -> str:
    return f"het spoor {track}" if track is not Track.OPEN else "geen van beide sporen"
