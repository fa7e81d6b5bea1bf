"""!voeraf: a point is taken off the agenda; its signal is in hand again (S10, domain.md §2.7)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit.agendas import is_here, meeting_named, off_the_agenda, stands_on, tell_of_point
from commands.kit.declare import About, Right, Where, command
from commands.kit.points import Point
from commands.kit.reply import say
from commands.kit.signals import asked_chair, may_decide, recorded, sentence
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import points
from commands.words.meeting import ItemState
from commands.words.people import RoleName
from commands.words.verdict import Refused

ROLES = (RoleName.CHAIR, RoleName.LEAD, RoleName.SECRETARY)
PROPOSE = (RoleName.MEMBER, RoleName.SUBSTANCE)


@command(
    "voeraf",
    aliases=("afvoeren",),
    help="Haal een punt van de agenda. Je eigen voorstel trek je er ook mee in.",
    example="!voeraf 3 want het is opgelost",
    who=(*(Right(role, Where.ANY) for role in ROLES), *(Right(role, Where.ANY, propose=True) for role in PROPOSE)),
)
def voeraf(
    turn: Turn,
    item: Annotated[Point, About("het agendapunt", "punt", ask="Welk punt? Een nummer is genoeg.")],
    because: Annotated[
        str | None, About("de reden", "reden", words=("want", "omdat", "wegens"), greedy=True, rest=True)
    ] = None,
    ask_chair: Annotated[bool | None, About("de voorzitter vragen", "vraagvoorzitter")] = None,
) -> Outcome:
    meeting, place = stands_on(turn, item)
    verdict = points.may_drop(item)
    if isinstance(verdict, Refused):
        return verdict
    own = item.state is ItemState.PROPOSED and item.raiser == turn.person.id
    if not because and not own:
        return Ask("because", "Waarom? De indiener leest dit.")
    if ask_chair and not own:
        parts = {"item": item.id, "because": because or ""}
        named = f"punt {item.number} ({item.title}) van {meeting_named(meeting)} afvoeren: {because}"
        return asked_chair(turn, place, "voeraf", parts, named, item.id)
    if not own:
        verdict = may_decide(turn, place, "afvoeren")
        if isinstance(verdict, Refused):
            return verdict
    why = recorded(turn, place, because or "ingetrokken door de inbrenger")
    turn.put(replace(item, state=ItemState.DROPPED), why)
    off_the_agenda(turn, item, place, f"afgevoerd van {meeting.id}: {why}")
    if because:
        tell_of_point(
            turn, item, f"staat niet meer op de agenda van {meeting_named(meeting)}. Reden: {sentence(because)}"
        )
    return Reply(
        say(f"Punt {item.number} is van de agenda van {meeting_named(meeting)} af."),
        about=(item.id, *item.signals),
        deed=f"punt {item.number} afgevoerd",
        private=not is_here(turn, place),
    )
