"""What a tier above the filter reads of evaluations and of what followed from them (domain.md §2.12, R-090, R-176)."""

from __future__ import annotations

from collections.abc import Iterator

from commands.kit.evaluation_results import response
from commands.kit.reply import Line, Strong
from commands.kit.signals import sentence
from commands.moments.digest_layout import Section
from commands.moments.digest_parts import Facts
from commands.rules.evaluations import gaps, is_steered
from commands.words.action import Action, ActionState
from commands.words.evaluation import Advice, Evaluation, EvaluationState
from commands.words.structure import Body, BodyKind
from commands.words.workgroup import RUNNING_STATES

#: Its answers are in, and people have to say what follows.
_TO_STEER = (EvaluationState.CLOSED, EvaluationState.DISCUSSED, EvaluationState.STEERED)


def evaluations_section(facts: Facts, below: Body | None) -> Section:
    """Per body, this one first: what was evaluated since the previous digest or is not steered to the end, what waits
    for steering, and which evaluation of a programme or a fixed body did not come. Facts only, never an answer."""
    entries: list[tuple[Line, ...]] = []
    for body in _bodies(facts, below):
        known = facts.store.evaluations(about=body.code)
        entries += _waiting(body, known)
        entries += _done(facts, body, below, known)
        entries += _missing(facts, body, known)
    return Section("Evaluaties en bijsturing", tuple(entries), more="evaluaties")


def _bodies(facts: Facts, below: Body | None) -> Iterator[Body]:
    """This body, the one below it, and what that one is parent of; ended groups too, for their final evaluation."""
    yield facts.body
    if below is not None:
        yield below
        for group in facts.store.groups():
            if (
                group.parent == below.code
                and not group.within
                and (group.state in RUNNING_STATES or group.evaluated_on)
            ):
                yield group.as_body()


def _waiting(body: Body, known: tuple[Evaluation, ...]) -> list[tuple[Line, ...]]:
    return [((Strong(one.id), f" {body.the}: {one.state}; {_lacks(one)}."),) for one in known if one.state in _TO_STEER]


def _lacks(one: Evaluation) -> str:
    """What keeps it from being finished, in a few words."""
    if not is_steered(one):
        return "de bijsturing is nog niet belegd"
    return "de conclusies zijn nog niet klaar" if gaps(one) or one.advice is None else "afronden kan"


def _done(facts: Facts, body: Body, below: Body | None, known: tuple[Evaluation, ...]) -> list[tuple[Line, ...]]:
    done = [one for one in known if one.state is EvaluationState.DONE]
    return [
        ((Strong(one.id), f" {_told(facts, body, below, one)}"),)
        for one in done
        if _is_new(facts, one) or (one == done[-1] and any(a.state is ActionState.OPEN for a in _actions(facts, one)))
    ]


def _is_new(facts: Facts, one: Evaluation) -> bool:
    changed = facts.store.last_change(one.id)
    return facts.since is None or (changed is not None and changed[0].at >= facts.since)


def _actions(facts: Facts, one: Evaluation) -> list[Action]:
    return [found for id in one.actions if (found := facts.store.get(Action, id)) is not None]


def _told(facts: Facts, body: Body, below: Body | None, one: Evaluation) -> str:
    when = f" op {facts.said(one.held_on)}" if one.held_on else ""
    asked = f", respons {response(one)}" if one.asked else ""
    parts = [f"{body.the}: geëvalueerd{when}{asked}.", f"Advies: {one.advice}." if one.advice else ""]
    parts += [_steering(facts, one), _asks(facts, body, below, one)]
    return " ".join(part for part in parts if part)


def _steering(facts: Facts, one: Evaluation) -> str:
    actions = _actions(facts, one)
    if not actions:
        return f"Geen bijsturing nodig: {sentence(one.no_actions)}" if one.no_actions else ""
    n, done = len(actions), sum(action.state is ActionState.DONE for action in actions)
    counted = f"{'1 verbeteractie' if n == 1 else f'{n} verbeteracties'}, {done or 'nog geen'} afgerond."
    mine = [a for a in actions if a.body == facts.body.code and a.state is ActionState.OPEN]
    whose = "u" if facts.body.address == "u" else "ons"
    return counted + "".join(f" Voor {whose}: {a.text} ({a.id}, {facts.said(a.due)})." for a in mine)


def _asks(facts: Facts, body: Body, below: Body | None, one: Evaluation) -> str:
    """Who decides on the advice: of a group the filter, of a programme the tier above it too (§2.6)."""
    if one.advice in (None, Advice.CONTINUE) or below is None:
        return ""
    formal = facts.body.address == "u"
    if body.kind is BodyKind.PROGRAMME:
        return f"{below.capital} besluit hierover, daarna {'u' if formal else 'wij'}."
    if body.is_group:
        return f"{below.capital} besluit hierover."
    if body.code == below.code:
        return f"{'U bent' if formal else 'Wij zijn'} opdrachtgever: wat {'geeft u' if formal else 'geven we'} mee?"
    return f"Dat is aan {'u' if formal else 'ons'} zelf."


def _missing(facts: Facts, body: Body, known: tuple[Evaluation, ...]) -> list[tuple[Line, ...]]:
    """Of a fixed body or a programme; a group's is the filter's to ask for."""
    if body.is_group and body.kind is not BodyKind.PROGRAMME:
        return []
    planned = [one for one in known if one.state is EvaluationState.PLANNED and one.day < facts.today]
    return [
        ((Strong(one.id), f" {body.the}: de evaluatie stond voor {facts.said(one.day)} en is nog niet gehouden."),)
        for one in planned
    ]
