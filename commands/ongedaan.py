"""!ongedaan: for ten minutes the same person takes back what they did, as a new entry in the history (INV-37, C64)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated

from commands.kit.declare import EVERYONE, About, command
from commands.kit.owed_again import owe_again
from commands.kit.reply import say
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules.posting import Urgency
from commands.rules.undoing import may_undo, why_undone
from commands.words.helping import HelpRequest
from commands.words.signal import Signal
from commands.words.verdict import Instead, Refused


@command(
    "ongedaan",
    aliases=("undo",),
    help="Draai je laatste opdracht terug, binnen tien minuten.",
    example="!ongedaan",
    who=EVERYONE,
)
def ongedaan(turn: Turn, sure: Annotated[bool | None, About("ook wat eerder was", "eerder")] = None) -> Outcome:
    last = None if turn.withdrawn else turn.store.last_deed(turn.person.id)
    source = turn.withdrawn or (last.source if last is not None else "")
    # One message may have done several things; they were one deed of this person.
    deeds = [one for one in turn.store.deeds_from(source) if one.person == turn.person.id] if source else []
    if not deeds:
        return Refused("Er is niets om terug te draaien. Een nieuwe opdracht verandert het wel: zie !help.")
    ids, changed = {one.id for one in deeds}, tuple(sorted({id for one in deeds for id in one.changed}))
    summary = "; ".join(one.summary for one in reversed(deeds))
    since = {id: one.id for one in deeds for id in one.changed}
    touched = tuple(id for id in changed if not ids.issuperset(turn.store.standing_deeds(id, since=since[id])))
    minutes = (turn.now - deeds[-1].at) / timedelta(minutes=1)
    undone = all(one.undone for one in deeds)
    verdict = may_undo(summary, minutes, turn.thresholds.undo_minutes, undone, touched)
    if isinstance(verdict, Refused):
        return verdict
    if not (sure or turn.withdrawn) and turn.store.forgot_between(source, turn.source):
        # What someone means to take back is the last thing they said, and of that nobody knows whose it is (INV-36).
        way = Instead("", {"sure": "ja"}, f"Wel terugdraaien wat eerder was ({summary})?")
        return Refused("Wat zonder naam is gezegd, draai ik niet terug: er staat niet bij van wie het is.", way, "E12")
    # Those who were asked to help were not told by whom.
    by = "" if all(turn.store.get(HelpRequest, id) for id in changed) else f" door {turn.person.label}"
    before = _places(turn, changed)
    for one in deeds:
        turn.store.undo(one.id, turn.change(why_undone(one.summary)))
    owe_again(turn.store, turn.structure, turn.now, changed)
    for place in turn.store.told_by(source):
        text = say(f"Ongedaan gemaakt{by}: {summary}.")
        if place.startswith("dm:"):
            turn.tell(place.removeprefix("dm:"), text, about=changed)
        else:
            turn.announce(place, text, about=changed, urgency=Urgency.FIRM)
    return Reply(say(f"Ongedaan gemaakt: {summary}.{_lies_again(turn, changed, before)}"), about=changed)


def _places(turn: Turn, ids: Sequence[str]) -> dict[str, str]:
    found = (turn.store.get(Signal, id) for id in ids)
    return {signal.id: signal.lies_with for signal in found if signal is not None}


def _lies_again(turn: Turn, ids: Sequence[str], before: Mapping[str, str]) -> str:
    """Where a signal lies again, when taking it back moved it."""
    moved = [code for id, code in _places(turn, ids).items() if before.get(id) != code]
    return f" Ligt weer bij {turn.need_body(moved[0]).the}." if moved else ""
