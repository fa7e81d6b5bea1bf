"""!uitkomst: what came of a point of the agenda; its signal goes where S10 and S11 say (domain.md §2.7)."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from commands.kit.agendas import is_here, may_keep, meeting_named, stands_on, tell_of_point
from commands.kit.declare import About, Right, Where, command
from commands.kit.planned import signals_of
from commands.kit.points import Point
from commands.kit.reply import say
from commands.kit.signal_life import number_of
from commands.kit.signals import save
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules import points, ways
from commands.words.meeting import AgendaItem, ItemOutcome, ItemState
from commands.words.people import RoleName
from commands.words.signal import SignalState
from commands.words.structure import Body
from commands.words.verdict import Refused


class Result(StrEnum):
    """What the secretary notes; delegated, given back and escalated follow from those commands themselves."""

    DECIDED = "besloten"
    UNDECIDED = "geen besluit"
    NOTED = "kennisgenomen"
    HELD = "aangehouden"


OUTCOMES = {
    Result.DECIDED: ItemOutcome.DECIDED,
    Result.UNDECIDED: ItemOutcome.UNDECIDED,
    Result.NOTED: ItemOutcome.NOTED,
    Result.HELD: ItemOutcome.HELD,
}
WORDS = {
    "besluit": "besloten",
    "geen": "geen besluit",
    "niet besloten": "geen besluit",
    "kennisname": "kennisgenomen",
    "kennis genomen": "kennisgenomen",
    "ter kennisname genomen": "kennisgenomen",
    "ter kennisname": "kennisgenomen",
    "aanhouden": "aangehouden",
}


@command(
    "uitkomst",
    help="Noteer wat er van een agendapunt geworden is: besloten, geen besluit, kennisgenomen of aangehouden.",
    example="!uitkomst 3 aangehouden wacht op de cijfers",
    who=tuple(Right(role, Where.ANY) for role in (RoleName.SECRETARY, RoleName.CHAIR, RoleName.LEAD)),
    otherwise="vraag het de secretaris.",
)
def uitkomst(
    turn: Turn,
    item: Annotated[Point, About("het agendapunt", "punt", ask="Welk punt? Een nummer is genoeg.")],
    result: Annotated[
        Result,
        About(
            "besloten, geen besluit, kennisgenomen of aangehouden",
            "uitkomst",
            synonyms=WORDS,
            ask="Wat is de uitkomst: besloten, geen besluit, kennisgenomen of aangehouden?",
        ),
    ],
    remark: Annotated[
        str | None, About("een toelichting", "toelichting", words=("want", "omdat"), greedy=True, rest=True)
    ] = None,
) -> Outcome:
    meeting, place = stands_on(turn, item)
    outcome = OUTCOMES[result]
    for verdict in (
        may_keep(turn, place, "een uitkomst noteren"),
        points.may_conclude(item, meeting, place, outcome, turn.today, turn.the(place.parent)),
        _no_decision_left(turn, item, outcome),
    ):
        if isinstance(verdict, Refused):
            return verdict
    why = f"{outcome}: {remark}" if remark else str(outcome)
    if item.state is ItemState.PROPOSED:
        turn.put(replace(item, state=ItemState.SCHEDULED), f"in de vergadering op {meeting.id}")
    turn.put(points.concluded(item, outcome), why)
    for signal in signals_of(turn, item):
        after = points.signal_after(signal, place.code, outcome, turn.now)
        if after != signal:
            save(turn, after, f"punt {item.number} van {meeting.id}: {why}")
    tell_of_point(turn, item, f"{place.the} van {meeting_named(meeting).split(' ', 1)[1]}: {why}.")
    lines = [f"Punt {item.number} van {meeting_named(meeting)}: {outcome}.", *_next(turn, item, place, outcome)]
    return Reply(
        say(" ".join(lines)),
        about=(item.id, *item.signals),
        deed=f"punt {item.number}: {outcome}",
        private=not is_here(turn, place),
    )


def _no_decision_left(turn: Turn, item: AgendaItem, outcome: ItemOutcome) -> Refused | None:
    """INV-23: a decision under the point stays what it is."""
    found = turn.store.decisions(item=item.id) if outcome is not ItemOutcome.DECIDED else ()
    if not found:
        return None
    return Refused(
        f"Onder punt {item.number} staat {found[0].id}; de uitkomst is besloten. {ways.look(found[0].id)}",
        code="INV-23",
    )


def _next(turn: Turn, item: AgendaItem, place: Body, outcome: ItemOutcome) -> list[str]:
    """What still has to be said: the text of a decision, and signals that wait for their weighing."""
    lines: list[str] = []
    if outcome is ItemOutcome.DECIDED and not turn.store.decisions(item=item.id):
        lines.append(f"De tekst van het besluit komt met !besluit {item.number}.")
    waiting = [one for one in signals_of(turn, item) if one.state is SignalState.SUBMITTED]
    if waiting and place.code == turn.structure.filter.code:
        lines += [f"{one.id} is nog niet gewogen: !weeg {number_of(one)}." for one in waiting]
    return lines
