"""A working group or programme as people read it, and which group a name means."""

from __future__ import annotations

from datetime import date

from commands.kit import dates
from commands.kit.arguments import groups_named
from commands.kit.founding import chair_role
from commands.kit.turn import Turn
from commands.rules.visibility import may_see_body
from commands.words.people import ROLE_TITLES
from commands.words.workgroup import LIVING_STATES, Workgroup


def may_see_group(turn: Turn, group: Workgroup) -> bool:
    """Its own people, those of the body above it, and the secretaries of the fixed bodies (C35, INV-20)."""
    return may_see_body(turn.viewer, group.as_body(), turn.structure)


def named_groups(turn: Turn, name: str) -> tuple[Workgroup, ...]:
    """Groups this person may see that go by that code or name; what still lives before what is over."""
    exact = turn.store.group(name)
    found = [exact] if exact is not None and exact.state in LIVING_STATES else groups_named(name, turn)
    seen = [group for group in found if may_see_group(turn, group)]
    return tuple([group for group in seen if group.state in LIVING_STATES] or seen)


def same_name(turn: Turn, name: str) -> Workgroup | None:
    """The living group with that name or code, if any; a name that was used and is over may come back."""
    bare = name.casefold().removeprefix("werkgroep ").strip()
    for group in turn.store.groups(states=LIVING_STATES):
        words = (
            group.name.casefold().removeprefix("werkgroep "),
            group.code.casefold().split("-", 1)[-1],
            *group.aliases,
        )
        if bare in (word.casefold() for word in words):
            return group
    return None


def group_lines(turn: Turn, group: Workgroup) -> list[str]:
    """What the group is for, until when, who is in it and when it is evaluated."""
    lines = [f"{group.code}, {group.name}: {group.state}."]
    if group.state in LIVING_STATES:
        lines.append(_until(group, turn.today))
    if group.task:
        lines.append(f"Opdracht: {_sentence(group.task)}")
    if group.not_task:
        lines.append(f"Niet: {_sentence(group.not_task)}")
    if group.value:
        lines.append(f"Meerwaarde: {_sentence(group.value)}")
    chair = _named(turn, group.chair) if group.chair else "nog niet bekend"
    members = ", ".join(_named(turn, member) for member in group.members)
    lines.append(f"{ROLE_TITLES[chair_role(group)].capitalize()}: {chair}. Leden: {members or 'nog niet bekend'}.")
    lines.append(_evaluated(group))
    return lines


def _until(group: Workgroup, today: date) -> str:
    end = dates.say_day(group.end)
    if group.end >= today:
        return f"Loopt tot en met {end}: nog {days((group.end - today).days)}."
    return f"De einddatum was {end}, {days((today - group.end).days)} geleden."


def _evaluated(group: Workgroup) -> str:
    if group.evaluated_on is not None:
        return f"Laatste evaluatie: {dates.say_short(group.evaluated_on)}."
    if group.evaluate_by is not None:
        return f"Evaluatie: uiterlijk {dates.say_short(group.evaluate_by)}, nog niet gehouden."
    return "Evaluatie: nog niet gepland."


def _named(turn: Turn, person: str) -> str:
    return f"{turn.person_named(person)} ({turn.organisation_of(person)})"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."


def days(n: int) -> str:
    """How people say a number of days: 1 dag, 3 dagen."""
    return "1 dag" if n == 1 else f"{n} dagen"
