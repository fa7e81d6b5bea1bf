"""!beleg: the filter places a signal with a working group or programme (S5, R-073)."""

from __future__ import annotations

from typing import Annotated

from commands.kit import dates
from commands.kit.anchors import said_again
from commands.kit.arguments import Deadline
from commands.kit.assigning import assign, without_back
from commands.kit.declare import About, Right, Where, command
from commands.kit.reply import Strong, say
from commands.kit.signals import asked_chair, leads, may_decide
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules import ladder
from commands.words.people import RoleName
from commands.words.signal import Signal
from commands.words.verdict import Refused
from commands.words.workgroup import Workgroup


@command(
    "beleg",
    aliases=("onderbreng",),
    help="Breng een signaal onder bij een werkgroep of programma.",
    example="!beleg 14 bij WG-PFAS voor 6 november",
    who=(
        Right(RoleName.CHAIR, Where.FILTER),
        Right(RoleName.SECRETARY, Where.FILTER),
        Right(RoleName.MEMBER, Where.FILTER, propose=True),
        Right(RoleName.SUBSTANCE, Where.FILTER, propose=True),
        Right(RoleName.CHAIR, Where.GROUP),
        Right(RoleName.LEAD, Where.GROUP),
    ),
    otherwise="vraag het de secretaris van het overleg dat weegt.",
)
def beleg(
    turn: Turn,
    signal: Annotated[Signal, About("het signaal", "id")],
    group: Annotated[
        Workgroup,
        About("de werkgroep of het programma", "bij", words=("bij", "aan", "naar"), bare=True, ask="Bij welke groep?"),
    ],
    task: Annotated[str | None, About("de opdracht", "opdracht", greedy=True, rest=True)] = None,
    due: Annotated[
        Deadline | None,
        About("terug uiterlijk", "uiterlijk", words=("uiterlijk",), greedy=True, trailing=True),
    ] = None,
    ask_chair: Annotated[bool | None, About("de voorzitter vragen", "vraagvoorzitter")] = None,
) -> Outcome:
    task = without_back(task)
    place = turn.structure.filter
    verdict = ladder.may_weigh(signal, turn.structure, turn.store.proposals(about=signal.id))
    if isinstance(verdict, Refused):
        return verdict
    if leads(turn, group.as_body()) and not (leads(turn, place) or turn.holds(RoleName.SECRETARY, place.code)):
        return _take(turn, signal, group, task or signal.title, due)
    if ask_chair:
        parts = {"signal": signal.id, "group": group.code, "task": task or "", "due": said_again(turn, due)}
        return asked_chair(turn, place, "beleg", parts, f"{signal.id} beleggen bij {group.name}.", signal.id)
    verdict = may_decide(turn, place, "beleggen", any_day=True)
    if isinstance(verdict, Refused):
        return verdict
    return assign(turn, signal, group, task or signal.title, due, "")


def _take(turn: Turn, signal: Signal, group: Workgroup, task: str, due: Deadline | None) -> Outcome:
    """The group's own chair takes it on; the filter hears of it (S5)."""
    place = turn.structure.filter
    verdict = ladder.may_take(signal, group, turn.room.code if turn.room else "", place)
    if isinstance(verdict, Refused):
        return verdict
    outcome = assign(turn, signal, group, task, due, "")
    if isinstance(outcome, Reply) and due is not None:
        text = f" ({signal.title}) is opgepakt door {group.name}; terug uiterlijk {dates.say_short(due)}."
        turn.announce(place.code, say((Strong(signal.id), text)), about=(signal.id,))
    return outcome
