"""Evaluations plan themselves: from the dates of a group, and every year for a fixed body (R-079, R-149, INV-12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from commands.kit.ports import CLOCK, Change, Due, Store
from commands.rules import timing
from commands.rules.evaluations import days_for, kind_for, next_lean
from commands.words.calendar import AMSTERDAM
from commands.words.evaluation import Evaluation, EvaluationKind, EvaluationState
from commands.words.structure import Structure
from commands.words.workgroup import GroupState, Workgroup

EVALUATION_KINDS = ("evaluatie_nodig", "evaluatie_herinnering", "evaluatie_sluiten")
_RUNNING = (GroupState.FOUNDED, GroupState.ACTIVE)
#: Over, or not there yet: a founding that was undone.
_NOT_THERE = (
    GroupState.PROPOSED,
    GroupState.ENDED,
    GroupState.CONCLUDED,
    GroupState.ABSORBED,
    GroupState.REJECTED,
)


def plan_group(store: Store, structure: Structure, now: datetime, group: Workgroup) -> None:
    """Make the planned evaluations of a group those that its dates ask for; what was held stays as it is.

    A group that is over needs none; one that lapsed keeps what was planned, as any group keeps a day that people chose.
    """
    known = store.evaluations(about=group.code)
    days = days_for(group, structure) if group.state in _RUNNING else ()
    if group.state in (*_RUNNING, *_NOT_THERE):
        for one in known:
            chosen = one.instead_of is not None and group.state not in _NOT_THERE
            if one.state is EvaluationState.PLANNED and one.day not in days and not chosen:
                _keep(store, structure, now, replace(one, state=EvaluationState.DROPPED), "niet meer nodig")
    by_day = {one.instead_of or one.day: one for one in known} | {one.day: one for one in known}
    for day in days:
        old = by_day.get(day)
        if old is None and _is_still_wanted(day, group, now):
            kind = kind_for(group.as_body(), day, group)
            planned = _planned(store, now, group.code, kind, day)
            _keep(store, structure, now, planned, "volgt uit de looptijd van de groep")
        elif old is not None and old.state is EvaluationState.DROPPED and not old.because:
            _keep(store, structure, now, replace(old, state=EvaluationState.PLANNED), "weer nodig")


def _is_still_wanted(day: date, group: Workgroup, now: datetime) -> bool:
    """What lies behind us is planned only when the group itself names that day and it was not held."""
    held = group.evaluated_on
    if held is not None and day <= held:
        return False
    return day >= now.astimezone(AMSTERDAM).date() or (day == group.evaluate_by and held is None)


def coming(store: Store, group: Workgroup) -> tuple[date, ...]:
    """The days of the evaluations that the group still has planned, past ones too as long as none was held since."""
    planned = store.evaluations(about=group.code, states=(EvaluationState.PLANNED,))
    held = group.evaluated_on
    return tuple(one.day for one in planned if held is None or one.day > held)


def plan_bodies(store: Store, structure: Structure, now: datetime) -> None:
    """R-149: every fixed body has its next evaluation planned, the first a year after the register began."""
    for tier in structure.tiers:
        known = store.evaluations(about=tier.code)
        if any(one.state is EvaluationState.PLANNED for one in known):
            continue
        held = [one.held_on for one in known if one.held_on is not None]
        after = max(held, default=now.astimezone(AMSTERDAM).date())
        day = next_lean(after, structure.calendar, structure.thresholds)
        planned = _planned(store, now, tier.code, EvaluationKind.LEAN, day)
        _keep(store, structure, now, planned, "elk jaar")


def _planned(store: Store, now: datetime, about: str, kind: EvaluationKind, day: date) -> Evaluation:
    id = store.new_id("EVA", now.astimezone(AMSTERDAM).year)
    return Evaluation(id, kind, about, day, EvaluationState.PLANNED)


def _keep(store: Store, structure: Structure, now: datetime, evaluation: Evaluation, why: str) -> None:
    store.put(evaluation, Change(CLOCK, now, why))
    owe_evaluation(store, structure, now, evaluation)


def owe_evaluation(store: Store, structure: Structure, now: datetime, evaluation: Evaluation) -> None:
    """What the clock owes in the state it is in: asking for it, reminding who was asked, asking to close it."""
    dues = [
        Due(kind, evaluation.id, occasion, timing.at_sending_time(day, structure))
        for kind, occasion, day in _moments(evaluation, structure)
    ]
    store.owe(evaluation.id, [due for due in dues if due.at > now], kinds=EVALUATION_KINDS)


def _moments(evaluation: Evaluation, structure: Structure) -> Sequence[tuple[str, str, date]]:
    calendar, limits = structure.calendar, structure.thresholds
    if evaluation.state is EvaluationState.PLANNED:
        day = evaluation.day
        before = calendar.sending_on_or_before(limits.evaluation_ahead.before(day, calendar))
        after = calendar.sending_on_or_after(limits.evaluation_behind.after(day, calendar))
        days = (before, calendar.sending_on_or_before(day), after)
        return [("evaluatie_nodig", f"{day}-{number}", on) for number, on in enumerate(days, 1)]
    asked, until = evaluation.asked_on, evaluation.closes_on
    if evaluation.state is not EvaluationState.OUT or asked is None or until is None:
        return []
    reminders = [calendar.sending_on_or_after(span.after(asked, calendar)) for span in limits.evaluation_reminders]
    found = [
        ("evaluatie_herinnering", f"{asked}-{number}", on) for number, on in enumerate(reminders, 1) if on <= until
    ]
    after = calendar.sending_on_or_after(date.fromordinal(until.toordinal() + 1))
    return [*found, ("evaluatie_sluiten", str(until), after)]
