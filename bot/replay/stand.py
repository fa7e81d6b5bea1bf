"""How things stand on a day: read from the register, told with the ids of the scenario (rulings.md "Replay")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.replay.scenario import Rules
from commands.kit.ports import Store
from commands.rules.silence import days_heard_nothing
from commands.words.action import Action, ActionState
from commands.words.agreement import Agreement, AgreementState
from commands.words.calendar import AMSTERDAM, WorkCalendar
from commands.words.decision import Decision, DecisionState
from commands.words.signal import Signal, SignalState
from commands.words.structure import Structure
from commands.words.workgroup import RUNNING_STATES, GroupState, Workgroup

#: What the key "einddatum_binnen_60_dagen" says.
NEAR = 60
_ALL = 100_000
_GONE = (SignalState.MERGED, SignalState.WITHDRAWN)


def stand(store: Store, structure: Structure, rules: Rules, day: date, names: Mapping[str, str]) -> dict[str, Any]:
    """The lists of the document. `names` gives the scenario's id for an id of the register; others keep their own."""

    def named(id: str) -> str:
        return names.get(id, id)

    calendar = structure.calendar
    actions = store.actions(states=(ActionState.OPEN, ActionState.REQUESTED), due_before=day, limit=_ALL)
    signals = store.signals(limit=_ALL)
    groups = [group for group in store.groups(states=RUNNING_STATES) if group.within is None and group.start <= day]
    decided: list[Decision | Agreement] = [*store.decisions(limit=_ALL), *store.agreements(limit=_ALL)]
    found: dict[str, list[Any]] = {
        "acties_te_laat": [_late(one, day, calendar, rules.nudges.overdue, named(one.id)) for one in actions],
        "zwevend": [
            {"signaal": named(one.id), "dagen": (day - _filed(one)).days}
            for one in signals
            if _floats(one, day, structure)
        ],
        "groepen_verlopen": [
            {"groep": named(one.code), "dagen": (day - one.end).days}
            for one in groups
            if one.state is GroupState.LAPSED
        ],
        "evaluatie_open": [named(one.code) for one in groups if _evaluation_open(one, day)],
        "radiostilte": [
            {"groep": named(one.code), "dagen_zonder_stilte": silent}
            for one in groups
            if one.last_feedback is not None
            and (silent := days_heard_nothing(one.last_feedback, day, calendar)) > rules.silence
        ],
        "terugkoppeling_te_laat": [named(one.id) for one in signals if _untold(one, day, rules.feedback, calendar)],
        "afspraken_zonder_monitoring": [named(one.id) for one in decided if _unmeasured(one)],
        "einddatum_binnen_60_dagen": [
            {"groep": named(one.code), "dagen": (one.end - day).days}
            for one in groups
            if 0 <= (one.end - day).days <= NEAR
        ],
    }
    return {name: sorted(rows, key=_by_name) for name, rows in found.items()}


def _by_name(row: Any) -> str:
    """A row is an id, or holds one first."""
    return row if isinstance(row, str) else str(next(iter(row.values())))


def _late(action: Action, day: date, calendar: WorkCalendar, steps: Sequence[int], name: str) -> dict[str, Any]:
    """`trap` is the last step of the ladder after the date that was reached, 0 for none."""
    working = calendar.between(action.due, day)
    return {
        "actie": name,
        "dagen": (day - action.due).days,
        "werkdagen": working,
        "trap": sum(working >= step for step in steps),
    }


def _filed(signal: Signal) -> date:
    return signal.filed_at.astimezone(AMSTERDAM).date()


def _floats(signal: Signal, day: date, structure: Structure) -> bool:
    """Without a place since it was filed, for longer than the rules allow: not weighed, merged or withdrawn."""
    landed = signal.weighed_at is not None or signal.state in _GONE
    return not landed and structure.thresholds.floating.passed(_filed(signal), day, structure.calendar)


def _evaluation_open(group: Workgroup, day: date) -> bool:
    return group.evaluate_by is not None and group.evaluate_by <= day and group.evaluated_on is None


def _untold(signal: Signal, day: date, most: int, calendar: WorkCalendar) -> bool:
    if signal.state not in (SignalState.SETTLED, SignalState.REJECTED) or signal.settled_at is None:
        return False
    return calendar.between(signal.settled_at.astimezone(AMSTERDAM).date(), day) > most


def _unmeasured(decided: Decision | Agreement) -> bool:
    if isinstance(decided, Decision):
        over = decided.state in (DecisionState.LAPSED, DecisionState.REVISED)
    else:
        over = decided.state in (AgreementState.LAPSED, AgreementState.REPLACED, AgreementState.NOT_REALISED)
    return decided.needs_measure and decided.measure is None and not over
