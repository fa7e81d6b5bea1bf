"""The bodies of a programme's template: made at once, seen together, ending with the programme (domain.md §2.1)."""

from __future__ import annotations

from dataclasses import replace

from commands.kit.group_ends import bodies_within
from commands.kit.group_proposals import leads_group
from commands.kit.reply import Line, Message, Text, listing
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ways
from commands.rules.programmes import not_represented
from commands.words.people import RoleName
from commands.words.structure import BodyKind
from commands.words.template import Template, TemplateBody
from commands.words.verdict import Refused
from commands.words.workgroup import GroupState, Workgroup


def apply_template(turn: Turn, programme: Workgroup, name: str) -> Outcome:
    """Make the bodies of a template below the programme; they take work at once and end with it."""
    if not programme.takes_work(turn.today):
        return Refused(
            f"{programme.code} is {programme.state}; daar komen geen overleggen bij. {ways.look(programme.code)}",
            code="INV-14",
        )
    place = turn.structure.filter
    if not (leads_group(turn, programme) or turn.holds(RoleName.SECRETARY, place.code)):
        return Refused(f"Dat doet de trekker van {programme.code} of de secretaris van {place.the}.", code="E04")
    known = turn.structure.templates
    template = next((one for one in known if one.name == (name or known[0].name).casefold()), None) if known else None
    if template is None:
        return Ask("name", f"Welk sjabloon? Er is: {', '.join(one.name for one in known) or 'geen'}.")
    if programme.template is not None:
        return Refused(f"{programme.code} heeft al de overleggen van {programme.template}.", code="E14")
    turn.put(replace(programme, template=template.name), f"sjabloon {template.name}")
    for body in template.bodies:
        turn.put(_made(turn, programme, body), f"sjabloon {template.name}")
    return Reply(
        overview(turn, replace(programme, template=template.name), template),
        (programme.code,),
        deed=f"overleggen van {programme.code} gemaakt",
    )


def _made(turn: Turn, programme: Workgroup, body: TemplateBody) -> Workgroup:
    return Workgroup(
        code=f"{programme.code}-{body.code}",
        name=f"{body.name} {programme.name.removeprefix('Programma ')}",
        kind=BodyKind.WORKGROUP,
        state=GroupState.ACTIVE,
        start=turn.today,
        end=programme.end,
        parent=programme.parent,
        topic=programme.topic,
        track=programme.track,
        within=programme.code,
        seat=body.seat,
    )


def overview(turn: Turn, programme: Workgroup, template: Template) -> Message:
    """What each body is for, who is missing in it, and how the bevoegde gezagen are reached."""
    items: list[Line] = []
    for body in template.bodies:
        code = f"{programme.code}-{body.code}"
        facts = [f"{body.name} ({code})"]
        if body.decides:
            facts.append(f"besluit over {', '.join(body.decides)}")
        if body.all_parties:
            missing = missing_parties(turn, code)
            facts.append(f"nog zonder {', '.join(missing)}" if missing else "alle partijen vertegenwoordigd")
        items.append((" · ".join(facts),))
    routes = [turn.structure.body(code) for code in template.routes]
    named = [f"{one.code} ({one.umbrella or 'koepel nog niet ingevuld'})" for one in routes if one is not None]
    via = f"{template.authorities} bevoegde gezagen, bereikt via {' en '.join(named)}." if template.authorities else ""
    count = len(template.bodies)
    above = turn.the(programme.parent)
    head = f"{programme.code}: {count} overleggen, onder het programma en niet boven {above}."
    return Message(tuple(one for one in (Text(head), listing(items), Text(via) if via else None) if one is not None))


def missing_parties(turn: Turn, code: str) -> tuple[str, ...]:
    """R-122, R-126: the standing parties for which nobody sits in that body."""
    roles = turn.store.roles(body=code, on=turn.today)
    return not_represented(turn.structure, [role.on_behalf_of for role in roles if role.role is not RoleName.SECRETARY])


def shown_bodies(turn: Turn, programme: Workgroup) -> Message | None:
    """The bodies of a programme that has them."""
    template = next((one for one in turn.structure.templates if one.name == programme.template), None)
    if template is None or not bodies_within(turn, programme):
        return None
    return overview(turn, programme, template)
