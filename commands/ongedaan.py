"""!ongedaan: for ten minutes the same person takes back what they did, as a new entry in the history (INV-37, C64)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from commands.kit.declare import EVERYONE, command
from commands.kit.owed import owe_again
from commands.kit.reply import say
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules.undoing import may_undo
from commands.words.signal import Signal
from commands.words.verdict import Refused


@command(
    "ongedaan",
    aliases=("undo",),
    help="Draai je laatste opdracht terug, binnen tien minuten.",
    example="!ongedaan",
    who=EVERYONE,
)
def ongedaan(turn: Turn) -> Outcome:
    deed = turn.store.last_deed(turn.person.id)
    if deed is None:
        return Refused("Er is niets om terug te draaien.")
    latest = [(id, turn.store.last_change(id)) for id in deed.changed]
    touched = tuple(id for id, change in latest if change is not None and change[1] != deed.id)
    minutes = (turn.now - deed.at) / timedelta(minutes=1)
    verdict = may_undo(deed.summary, minutes, turn.thresholds.undo_minutes, deed.undone, touched)
    if isinstance(verdict, Refused):
        return verdict
    before = _places(turn, deed.changed)
    turn.store.undo(deed.id, turn.change(f"ongedaan gemaakt: {deed.summary}"))
    owe_again(turn.store, turn.structure, turn.now, deed.changed)
    for place in turn.store.told_by(deed.source):
        text = say(f"Ongedaan gemaakt door {turn.person.label}: {deed.summary}.")
        if place.startswith("dm:"):
            turn.tell(place.removeprefix("dm:"), text, about=deed.changed)
        else:
            turn.announce(place, text, about=deed.changed)
    return Reply(say(f"Ongedaan gemaakt: {deed.summary}.{_lies_again(turn, deed.changed, before)}"), about=deed.changed)


def _places(turn: Turn, ids: Sequence[str]) -> dict[str, str]:
    found = (turn.store.get(Signal, id) for id in ids)
    return {signal.id: signal.lies_with for signal in found if signal is not None}


def _lies_again(turn: Turn, ids: Sequence[str], before: Mapping[str, str]) -> str:
    """Where a signal lies again, when taking it back moved it."""
    moved = [code for id, code in _places(turn, ids).items() if before.get(id) != code]
    return f" Ligt weer bij {turn.need_body(moved[0]).the}." if moved else ""
