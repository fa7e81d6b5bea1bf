"""!werkgroepen: which groups there are, until when, and which are past or near their end (C35)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.declare import About, Right, Where, command
from commands.kit.founding import chair_role
from commands.kit.groups import days, may_see_group
from commands.kit.reply import Line, Message, Strong, Text, listing
from commands.kit.turn import Outcome, Reply, Turn, done
from commands.rules.groups import is_near_its_end
from commands.words.action import ActionState
from commands.words.people import ROLE_TITLES, RoleName
from commands.words.workgroup import LIVING_STATES, GroupState, Workgroup


class Which(StrEnum):
    LAPSED = "verlopen"
    NEAR = "bijna"


_NONE = {
    Which.LAPSED: "Geen verlopen werkgroepen.",
    Which.NEAR: "Geen werkgroepen die bijna aflopen.",
    None: "Er zijn nu geen werkgroepen of programma's die hier te zien zijn.",
}
_HEAD = {Which.LAPSED: "verlopen", Which.NEAR: "bijna afgelopen", None: "in totaal"}


@command(
    "werkgroepen",
    aliases=("groepen", "wgs"),
    help="Toon de werkgroepen en programma's, met hun einddatum.",
    example="!werkgroepen verlopen",
    who=(
        *(Right(role, Where.TIER) for role in (RoleName.CHAIR, RoleName.SECRETARY)),
        *(Right(role, Where.FILTER) for role in (RoleName.MEMBER, RoleName.SUBSTANCE)),
        *(Right(role, Where.GROUP) for role in (RoleName.CHAIR, RoleName.LEAD, RoleName.MEMBER, RoleName.EXTERNAL)),
    ),
    otherwise="vraag het de secretaris.",
    reads=True,
)
def werkgroepen(
    turn: Turn,
    which: Annotated[
        Which | None,
        About("verlopen of bijna (afgelopen)", "welke", synonyms={"afgelopen": "verlopen", "aflopend": "bijna"}),
    ] = None,
) -> Outcome:
    groups = [group for group in _shown(turn) if _fits(turn, group, which)]
    if not groups:
        return done(_NONE[which])
    items: list[Line] = [_line(turn, group) for group in sorted(groups, key=lambda group: (group.end, group.code))]
    message = Message((Text(f"{len(groups)} {_HEAD[which]}:"), listing(items)))
    return Reply(message, about=tuple(group.code for group in groups), receipt=False)


def _shown(turn: Turn) -> list[Workgroup]:
    """What the person may see; in a room with people from outside only what that room is about (INV-39)."""
    living = turn.store.groups(states=LIVING_STATES)
    found = [group for group in living if not group.within and may_see_group(turn, group)]
    if turn.room is not None and turn.room.with_externals:
        return [group for group in found if group.code == turn.room.code]
    return found


def _fits(turn: Turn, group: Workgroup, which: Which | None) -> bool:
    match which:
        case Which.LAPSED:
            return group.state_on(turn.today) is GroupState.LAPSED
        case Which.NEAR:
            return is_near_its_end(group, turn.today, turn.thresholds, turn.structure.calendar)
        case None:
            return True


def _line(turn: Turn, group: Workgroup) -> Line:
    state = group.state_on(turn.today)
    facts = [f", {state}, {_end(group, turn.today)}"]
    if state is GroupState.LAPSED:
        evaluated = dates.say_short(group.evaluated_on) if group.evaluated_on else "geen"
        count = len(turn.store.actions(body=group.code, states=(ActionState.OPEN, ActionState.REQUESTED)))
        facts.append(f"laatste evaluatie {evaluated}")
        facts.append("1 open actie" if count == 1 else f"{count or 'geen'} open acties")
    chair = (
        f"{turn.person_named(group.chair)} ({turn.organisation_of(group.chair)})" if group.chair else "nog niet bekend"
    )
    facts.append(f"{ROLE_TITLES[chair_role(group)]} {chair}")
    return (Strong(group.code), ", ".join(facts))


def _end(group: Workgroup, today: date) -> str:
    said = f"einddatum {dates.say_short(group.end)}"
    return f"{said} (nog {days((group.end - today).days)})" if group.end >= today else said
