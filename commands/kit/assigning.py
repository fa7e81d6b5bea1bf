"""Placing a signal with a group: the filter's way down (S5, R-073). Used when weighing and when assigning."""

from __future__ import annotations

import re
from dataclasses import replace

from commands.kit import dates
from commands.kit.anchors import leaning_back, said_again
from commands.kit.arguments import Deadline
from commands.kit.items import take_off_agendas
from commands.kit.reply import Strong, say
from commands.kit.signals import recorded, save, tell_raisers
from commands.kit.turn import Ask, Outcome, Turn, done
from commands.rules import ladder
from commands.words.meeting import ItemOutcome
from commands.words.signal import Signal
from commands.words.verdict import Refused
from commands.words.workgroup import GroupState, Workgroup

_BACK = re.compile(r"[\s,;:]*(?:\ben\s+)?\bterug$", re.IGNORECASE)


def without_back(task: str | None) -> str:
    """The task without the word before its date: "twee opties uitwerken, terug voor 19 maart"."""
    return _BACK.sub("", (task or "").strip()).strip()


def assign(
    turn: Turn,
    signal: Signal,
    group: Workgroup | None,
    task: str,
    due: Deadline | None,
    reason: str,
    *,
    keep: str = "",
) -> Outcome:
    """S5: place it with a group, with a date to report back. `keep` is the agenda item that stays (C52)."""
    if group is None:
        return Ask("group", "Bij welke werkgroep of welk programma?")
    others = turn.store.groups(states=(GroupState.ACTIVE,))
    verdict = ladder.may_assign(group, due, others, turn.need_body(group.parent), turn.today)
    if isinstance(verdict, Refused):
        if verdict.code == "C06":
            return Ask("due", f"{verdict.because} Wanneer terug?")
        typed = {"signal": signal.id, "task": task, "due": said_again(turn, due), "because": reason}
        way = verdict.instead and replace(verdict.instead, parts={**typed, **verdict.instead.parts})
        return replace(verdict, instead=way)
    if due is None:
        return Ask("due", "Wanneer terug?")
    verdict = ladder.due_fits(signal, due)
    if isinstance(verdict, Refused):
        return Ask("due", f"{verdict.because} Welke datum dan?")
    giver = turn.structure.filter
    take_off_agendas(turn, signal, f"belegd bij {group.code}", keep=keep, outcome=ItemOutcome.DELEGATED)
    after = ladder.assigned(signal, giver.code, group.code, task, due, turn.now)
    after = leaning_back(turn, after)
    save(turn, after, recorded(turn, giver, reason or f"belegd: {task}"))
    back = dates.say_short(due)
    task_line = f" ({signal.title}) ligt nu bij ons. {giver.capital} vraagt: {task}. Terug uiterlijk {back}."
    if not (signal.sensitive and group.with_externals):
        turn.announce(group.code, say((Strong(signal.id), task_line)), about=(signal.id,), until=due)
    elif group.chair is not None and turn.organisation_of(group.chair) in {p.code for p in turn.structure.parties}:
        # Externals read along in that room (INV-39): the chair hears it in private.
        turn.tell(group.chair, say((Strong(signal.id), task_line)), about=(signal.id,))
    tell_raisers(turn, signal, f"ligt nu bij {group.name}; terug bij {giver.the} uiterlijk {back}.")
    return done(
        f"{signal.id}: bij {group.name}, terug bij {giver.the} uiterlijk {back}.",
        about=(signal.id,),
        deed=f"{signal.id} belegd bij {group.code}",
    )
