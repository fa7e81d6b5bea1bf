"""Changing the track of a signal, an action or a group, once it is confirmed (R-105, R-204)."""

from __future__ import annotations

from dataclasses import replace

from commands.kit.owed import owe_action, owe_group
from commands.kit.reply import Strong, say
from commands.kit.signals import save, tell_raisers
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules.tracks import Tracked, consequence, follows, may_change_track
from commands.words.action import Action
from commands.words.proposal import Proposal
from commands.words.signal import Signal, Track
from commands.words.structure import Body, BodyKind
from commands.words.verdict import Refused
from commands.words.workgroup import Workgroup


def tracked(turn: Turn, id: str) -> Tracked | None:
    """The signal, action or group with that id."""
    return turn.store.get(Signal, id) or turn.store.get(Action, id) or turn.store.get(Workgroup, id)


def place_of(turn: Turn, item: Tracked) -> Body:
    """The body that it belongs to now."""
    match item:
        case Signal():
            return turn.need_body(item.lies_with)
        case Action():
            return turn.need_body(item.body)
        case Workgroup():
            return item.as_body()


def decider(turn: Turn, item: Tracked) -> Body:
    """Whose chair confirms: the filter (R-204); of an action of a tier above it, that tier."""
    body = turn.body(item.body) if isinstance(item, Action) else None
    return body if body is not None and body.kind is BodyKind.FIXED else turn.structure.filter


def confirm_track(turn: Turn, proposal: Proposal) -> Outcome:
    """Put it on the other track, with what inherited the old one; the proposal itself is the caller's."""
    item = tracked(turn, proposal.about)
    to = proposal.terms.track if proposal.terms is not None else None
    if item is None or to is None:
        raise LookupError(f"{proposal.id} is about nothing")
    verdict = may_change_track(item, to)
    if isinstance(verdict, Refused):
        return verdict
    why = f"{proposal.id} bekrachtigd: spoor {item.track} wordt {to}; {proposal.because}"
    _put(turn, item, to, why)
    along = [one for one in _inheriting(turn, item) if follows(one, item.track)]
    for action in along:
        _put(turn, action, to, why)
    more = f" Ook {', '.join(one.id for one in along)}." if along else ""
    text = f"staat nu op het spoor {to}.{more}"
    place = place_of(turn, item)
    turn.announce(place.code, say((Strong(item.id), f" {text} {consequence(to)}")), about=(item.id,))
    if isinstance(item, Signal):
        tell_raisers(turn, item, text)
    for holder in dict.fromkeys(one.holder for one in (*along, *((item,) if isinstance(item, Action) else ()))):
        turn.tell(holder, say((Strong(item.id), f" {text} {consequence(to)}")), about=(item.id,))
    turn.tell(proposal.proposer, say((Strong(proposal.id), f" is bekrachtigd: {item.id} {text}")), about=(item.id,))
    return Reply(say(f"{item.id} {text} {consequence(to)}"), (item.id,), deed=f"{item.id} → {to}")


def _inheriting(turn: Turn, item: Tracked) -> tuple[Action, ...]:
    match item:
        case Signal():
            return turn.store.actions(signal=item.id)
        case Workgroup():
            return turn.store.actions(body=item.code)
        case Action():
            return ()


def _put(turn: Turn, item: Tracked, to: Track, why: str) -> None:
    match item:
        case Signal():
            save(turn, replace(item, track=to), why)
        case Action():
            changed = replace(item, track=to)
            turn.put(changed, why)
            owe_action(turn.store, turn.structure, turn.now, changed)
        case Workgroup():
            group = replace(item, track=to)
            turn.put(group, why)
            owe_group(turn.store, turn.structure, turn.now, group)
