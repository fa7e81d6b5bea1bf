"""The ladder of an action in words, and what its chair may send after the last step (R-102, R-194, domain.md §2.9)."""

from __future__ import annotations

from commands.kit import dates
from commands.kit.turn import Turn
from commands.words.action import Action, ActionState
from commands.words.people import Person, RoleName
from commands.words.signal import Track
from commands.words.structure import Span, Thresholds


def ladder_in_words(limits: Thresholds) -> str:
    """When someone is asked about an action, as it is set here: known before it happens."""
    steps = [f"{_spans(limits.action_before)} vooraf"] if limits.action_before else []
    steps += ["op de dag zelf"] if limits.action_on_the_day else []
    steps += [f"{_spans(limits.action_overdue)} na de datum"] if limits.action_overdue else []
    if not steps:
        return "Over een actie vraag ik niets uit mezelf; op de actielijst staat zij wel."
    asked = steps[0] if len(steps) == 1 else f"{', '.join(steps[:-1])} en {steps[-1]}"
    return f"Over een actie vraag ik {asked}. Daarna beslist de voorzitter wat er gebeurt; ik spreek niemand aan."


def _spans(spans: tuple[Span, ...]) -> str:
    """ "1, 5 en 10 werkdagen"; each with its own unit where they differ."""
    same = {span.unit for span in spans} == {spans[0].unit}
    named = [str(span.n) if same else f"{span.n} {_unit(span)}" for span in spans]
    listed = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} en {named[-1]}"
    return f"{listed} {_unit(spans[-1])}" if same else listed


def _unit(span: Span) -> str:
    return span.unit if span.n != 1 else {"werkdagen": "werkdag", "dagen": "dag"}.get(span.unit, span.unit)


def draft_to_send(turn: Turn, action: Action) -> str:
    """After the last step: a text for whoever leads the body to send in the own name, in private; else nothing."""
    steps = turn.thresholds.action_overdue
    over = action.state is ActionState.OPEN and bool(steps)
    if not over or not steps[-1].passed(action.due, turn.today, turn.structure.calendar) or turn.room is not None:
        return ""
    if not (turn.holds(RoleName.CHAIR, action.body) or turn.holds(RoleName.LEAD, action.body)):
        return ""
    holder = turn.store.get(Person, action.holder)
    if holder is None or holder.id == turn.person.id:
        return ""
    day, formal = dates.say_day(action.due, today=turn.today), holder.address == "u"
    text = (
        f"het gaat om '{action.text}' ({action.id}), stil sinds {day}. Wat houdt het tegen, en waarmee kunnen wij "
        "helpen?"
        if action.track is Track.ENCOURAGE
        else f"het gaat om '{action.text}' ({action.id}), afgesproken voor {day}. Hoe staat het ervoor, en wat "
        f"{'hebt u' if formal else 'heb je'} nodig om het af te maken?"
    )
    return f"Een tekst om zelf te sturen; ik doe dat niet: Beste {holder.label}, {text}"
