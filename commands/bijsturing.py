"""!bijsturing: what follows from an evaluation: an improvement, an answer to a complaint, or why nothing is needed
(R-090, R-147, R-148)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit.declare import About, Right, Where, command
from commands.kit.evaluating import save, under_way
from commands.kit.records import only_an_id
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import evaluations as rules
from commands.words.action import Action
from commands.words.evaluation import Evaluation, EvaluationState
from commands.words.people import RoleName
from commands.words.structure import Body
from commands.words.verdict import Refused


@command(
    "bijsturing",
    help="Leg vast wat uit een evaluatie volgt: een verbeteractie, of een antwoord op een klaagpunt.",
    example="!bijsturing WG-PFAS klaagpunt 1 want dat regelt de secretaris al",
    who=tuple(Right(role, Where.ANY) for role in (RoleName.SECRETARY, RoleName.CHAIR, RoleName.LEAD)),
)
def bijsturing(
    turn: Turn,
    place: Annotated[Body | None, About("van welke groep of welk overleg", "van")] = None,
    point: Annotated[
        int | None, About("het nummer van het klaagpunt", "klaagpunt", words=("klaagpunt", "punt"), bare=True)
    ] = None,
    action: Annotated[Action | None, About("de verbeteractie", "actie", words=("met", "actie"), bare=True)] = None,
    because: Annotated[
        str | None, About("waarom er geen actie nodig is", "reden", words=("want", "omdat"), rest=True)
    ] = None,
) -> Outcome:
    named = only_an_id(because, Action, turn, "action") if because and action is None else None
    if isinstance(named, Ask | Refused):
        return named
    if isinstance(named, Action):
        action, because = named, None
    body = place or turn.room
    if body is None:
        return Ask("place", "Van welke groep of welk overleg?")
    verdict = rules.may_lead(turn.roles, body, turn.structure)
    if isinstance(verdict, Refused):
        return verdict
    found = under_way(turn, body)
    if found is None or found.state is EvaluationState.OUT:
        return Refused(
            f"Er is geen gesloten evaluatie van {body.the} om bij te sturen. Kijk bij !evaluatie toon {body.code}.",
            code="E12",
        )
    if point is not None and not 0 < point <= len(found.complaints):
        n = len(found.complaints)
        return Refused(
            f"{found.id} heeft {n or 'geen'} {'klaagpunt' if n == 1 else 'klaagpunten'}. "
            f"Kijk bij !evaluatie toon {body.code}.",
            code="E03",
        )
    if action is None and not because:
        what = f"klaagpunt {point}" if point else "deze evaluatie"
        return Ask("because", f"Wat doen we met {what}? Typ de reden waarom er geen actie nodig is, of geef een actie.")
    steered = _steered(found, point, action, because or "")
    if rules.is_steered(steered):
        steered = replace(steered, state=EvaluationState.STEERED)
    save(turn, steered, f"klaagpunt {point}" if point else "bijsturing")
    left = [number for number, one in enumerate(steered.complaints, 1) if not one.answer]
    open_points = f"Nog zonder antwoord: klaagpunt {', '.join(map(str, left))}." if left else ""
    what = f"klaagpunt {point}: {action.id if action else because}" if point else _whole(action, because or "")
    return Reply(
        say(f"{found.id}, {what}.".replace("..", "."), open_points), (found.id,), deed=f"bijsturing {found.id}"
    )


def _steered(found: Evaluation, point: int | None, action: Action | None, because: str) -> Evaluation:
    if point is not None:
        answer = action.id if action else because
        points = (replace(one, answer=answer) if n == point else one for n, one in enumerate(found.complaints, 1))
        found = replace(found, complaints=tuple(points))
    elif because and action is None:
        found = replace(found, no_actions=because)
    if action is not None:
        found = replace(found, actions=tuple(dict.fromkeys((*found.actions, action.id))), no_actions="")
    return found


def _whole(action: Action | None, because: str) -> str:
    return f"verbeteractie {action.id}: {action.text}" if action else f"geen bijsturing nodig: {because}"
