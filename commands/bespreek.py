"""!bespreek: a hammer item becomes a point of discussion; one party is enough, no reason needed (digests.md §3.2)."""

from __future__ import annotations

from typing import Annotated

from commands.kit.agendas import is_here, meeting_named, sits, stands_on
from commands.kit.declare import About, Right, Where, command
from commands.kit.points import ComingPoint
from commands.kit.reply import say
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules import points, ways
from commands.rules.agenda import keeps
from commands.words.people import RoleName
from commands.words.verdict import Refused

SITTING = (RoleName.MEMBER, RoleName.SUBSTANCE, RoleName.CHAIR, RoleName.LEAD, RoleName.SECRETARY)


@command(
    "bespreek",
    aliases=("bespreken",),
    help="Maak van een hamerstuk een bespreekstuk. Eén partij is genoeg, een reden is niet nodig.",
    example="!bespreek 2",
    who=tuple(Right(role, Where.ANY) for role in SITTING),
)
def bespreek(
    turn: Turn,
    item: Annotated[ComingPoint, About("het agendapunt", "punt", ask="Welk punt? Een nummer is genoeg.")],
) -> Outcome:
    meeting, place = stands_on(turn, item)
    if not (sits(turn, place) or keeps(turn.roles, place, turn.structure)):
        return Refused(f"Dit mag alleen wie in {place.the} zit. {ways.ask_secretary(place.the)}", code="E04")
    verdict = points.may_discuss(item)
    if isinstance(verdict, Refused):
        return verdict
    turn.put(points.discussed(item), "wordt besproken")
    line = say(f"Punt {item.number} van {meeting_named(meeting)} ({item.title}) wordt besproken.")
    turn.announce(place.code, line, about=(item.id,))
    return Reply(
        line,
        about=(item.id, *item.signals),
        deed=f"punt {item.number} wordt besproken",
        private=not is_here(turn, place),
    )
