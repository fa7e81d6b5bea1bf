"""!delegeer: a higher body gives an assignment with a date and stays the owner (S19, R-037)."""

from __future__ import annotations

from typing import Annotated

from commands.kit import dates
from commands.kit.anchors import leaning_back, said_again
from commands.kit.arguments import Deadline
from commands.kit.assigning import without_back
from commands.kit.declare import About, Right, Where, command
from commands.kit.items import take_off_agendas
from commands.kit.reply import Strong, say
from commands.kit.signals import asked_chair, may_decide, place_of, recorded, save, tell_raisers
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ladder, route
from commands.words.meeting import ItemOutcome
from commands.words.people import RoleName
from commands.words.signal import Signal
from commands.words.structure import Body
from commands.words.verdict import Instead, Refused

ROLES = (RoleName.CHAIR, RoleName.SECRETARY)
PROPOSE = (RoleName.MEMBER, RoleName.SUBSTANCE)


@command(
    "delegeer",
    aliases=("opdracht",),
    help="Geef een opdracht met een datum aan het overleg eronder; je overleg blijft eigenaar.",
    example="!delegeer 14 twee opties uitwerken, uiterlijk 18 november",
    who=(*(Right(role, Where.TIER) for role in ROLES), *(Right(role, Where.TIER, propose=True) for role in PROPOSE)),
)
def delegeer(
    turn: Turn,
    signal: Annotated[Signal, About("het signaal", "id")],
    to: Annotated[Body | None, About("aan wie", "naar", words=("naar", "aan", "bij"))] = None,
    task: Annotated[str | None, About("de opdracht", "opdracht", greedy=True, rest=True)] = None,
    due: Annotated[
        Deadline | None,
        About("terug uiterlijk", "uiterlijk", words=("uiterlijk",), greedy=True, trailing=True),
    ] = None,
    ask_chair: Annotated[bool | None, About("de voorzitter vragen", "vraagvoorzitter")] = None,
) -> Outcome:
    origin = place_of(turn, signal)
    target = to or (turn.structure.filter if origin.is_group else turn.structure.below(origin))
    if target is None:
        return Refused(f"{origin.capital} belegt bij een groep.", Instead("beleg", {"signal": signal.id}, "Beleggen?"))
    for verdict in (
        route.downward(signal.id, origin, target, turn.structure),
        ladder.one_open_proposal(turn.store.proposals(about=signal.id)),
        ladder.in_state(signal, "delegeren", ladder.MOVING),
    ):
        if isinstance(verdict, Refused):
            return verdict
    if target.is_group:
        kept = {"signal": signal.id, "group": target.code, "task": task or "", "due": said_again(turn, due)}
        return Refused(f"{origin.capital} belegt bij een groep.", Instead("beleg", kept, f"Bij {target.code}?"))
    task = without_back(task)
    if not task:
        return Ask("task", f"Welke opdracht krijgt {target.the}?")
    if due is None:
        return Ask("due", "Wanneer terug? Delegeren kan alleen met een datum.")
    verdict = ladder.due_fits(signal, due)
    if isinstance(verdict, Refused):
        return Ask("due", f"{verdict.because} Welke datum dan?")
    if ask_chair:
        parts = {"signal": signal.id, "to": target.code, "task": task, "due": said_again(turn, due)}
        return asked_chair(
            turn, origin, "delegeer", parts, f"{signal.id} delegeren aan {target.the}: {task}.", signal.id
        )
    verdict = may_decide(turn, origin, "delegeren")
    if isinstance(verdict, Refused):
        return verdict
    take_off_agendas(turn, signal, f"gedelegeerd aan {target.code}", outcome=ItemOutcome.DELEGATED)
    after = leaning_back(turn, ladder.assigned(signal, origin.code, target.code, task, due, turn.now))
    save(turn, after, recorded(turn, origin, f"opdracht: {task}"))
    back = dates.say_short(due)
    text = f" ({signal.title}): {origin.the} vraagt ons: {task}. Terug uiterlijk {back}."
    turn.announce(target.code, say((Strong(signal.id), text)), about=(signal.id,), until=due)
    tell_raisers(turn, signal, f"{origin.the} vraagt {target.the}: {task}. Terug uiterlijk {back}.")
    line = f"{origin.capital} vraagt {target.the}: {task}. Terug uiterlijk {back}; {origin.the} blijft eigenaar."
    return Reply(say(line), about=(signal.id,), deed=f"{signal.id} gedelegeerd aan {target.code}")
