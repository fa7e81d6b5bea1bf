"""!hamerstuk: what was agreed beforehand is decided without discussion, unless someone asks (digests.md §3.2)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit.agendas import is_here, may_keep, meeting_named, stands_on
from commands.kit.declare import About, Right, Where, command
from commands.kit.points import ComingPoint
from commands.kit.reply import say
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules import points
from commands.words.people import RoleName
from commands.words.verdict import Refused


@command(
    "hamerstuk",
    aliases=("hamer",),
    help="Maak van een besluit een hamerstuk. Eén partij kan er weer een bespreekstuk van maken.",
    example="!hamerstuk 2",
    who=tuple(Right(role, Where.ANY) for role in (RoleName.SECRETARY, RoleName.CHAIR, RoleName.LEAD)),
    otherwise="vraag het de secretaris.",
)
def hamerstuk(
    turn: Turn,
    item: Annotated[ComingPoint, About("het agendapunt", "punt", ask="Welk punt? Een nummer is genoeg.")],
    beforehand: Annotated[str | None, About("wat vooraf is afgesproken", "vooraf", greedy=True, rest=True)] = None,
) -> Outcome:
    meeting, place = stands_on(turn, item)
    for verdict in (may_keep(turn, place, "een hamerstuk maken"), points.may_hammer(item)):
        if isinstance(verdict, Refused):
            return verdict
    turn.put(replace(item, hammer=True, beforehand=beforehand or item.beforehand), "hamerstuk")
    line = f"Punt {item.number} van {meeting_named(meeting)} is een hamerstuk. Toch bespreken: !bespreek {item.number}."
    return Reply(
        say(line),
        about=(item.id, *item.signals),
        deed=f"punt {item.number} hamerstuk",
        private=not is_here(turn, place),
    )
