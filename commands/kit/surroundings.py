"""What hangs together with a record, for its dossier: what is like it, which bodies have or had it, and who has which
role in it (R-140). Only what this reader may know, and in a room only what all who read there may know (INV-39).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from commands.kit.decisions import signals_under
from commands.kit.records import visible
from commands.kit.similar import Closed, known_about, lookalikes, named
from commands.kit.turn import Turn
from commands.rules.visibility import (
    may_see_body,
    places,
    room_may_see_action,
    room_may_see_decision,
    room_may_see_people,
    room_may_see_signal,
)
from commands.words.action import Action, ActionState
from commands.words.agreement import Agreement
from commands.words.decision import Decision
from commands.words.helping import Success
from commands.words.meeting import AgendaItem
from commands.words.people import ROLE_TITLES, Person, Role, RoleName
from commands.words.signal import OPEN_STATES, Signal
from commands.words.structure import Body
from commands.words.workgroup import RUNNING_STATES, Workgroup

_LEADING = (RoleName.CHAIR, RoleName.LEAD, RoleName.SECRETARY)
#: So many of what is alike are named.
MOST = 5
#: So many of what lies with a group, or is about a topic, are looked at.
LOOKED_AT = 50


# --- of a signal -----------------------------------------------------------------------------------------------------
def around_signal(turn: Turn, signal: Signal, actions: Sequence[Action], items: Sequence[AgendaItem]) -> list[str]:
    """The lines of the dossier; never for a reader from outside, or where one reads along. `actions` are those of the
    signal that may be named here, `items` its points on agendas."""
    return [
        line
        for line in (_alike(turn, signal), _decided(turn, signal, items), *_of_bodies(turn, signal, actions))
        if line
    ]


def _alike(turn: Turn, signal: Signal) -> str:
    """What runs on the subject or the topic, nearest first, and what was over before."""
    found = [one for one in lookalikes(turn, signal) if isinstance(one, Signal) or _may_name_group(turn, one)]
    near = {one.id: one for one in (*found, *on_topic(turn, signal.topic)) if one.id != signal.id}
    text = f"{signal.title} {signal.explanation} {signal.topic or ''}"
    over = known_about(turn, text, lambda one: one.id != signal.id and _on_its_own(one, signal))
    said = f"Verwant: {', '.join(named(one) for one in list(near.values())[:MOST])}." if near else ""
    earlier = f" Eerder hierover: {', '.join(_ended(one) for one in over)}." if over else ""
    return f"{said}{earlier}".strip()


def _on_its_own(one: Closed, signal: Signal) -> bool:
    """What was decided on the signal itself has a line of its own."""
    return not isinstance(one, Decision | Agreement) or signal.id not in one.signals


def _ended(one: Closed) -> str:
    return f"{one.id} ({one.pioneer if isinstance(one, Success) else one.state})"


def on_topic(turn: Turn, topic: str | None) -> list[Signal | Workgroup]:
    """Open signals and running groups of the same topic that may be named here."""
    if not topic:
        return []
    signals = turn.store.signals(topic=topic, states=OPEN_STATES, limit=LOOKED_AT)
    found: list[Signal | Workgroup] = [one for one in signals if may_name(turn, one)]
    groups = turn.store.groups(states=RUNNING_STATES)
    return found + [
        one
        for one in groups
        if (one.topic or "").casefold() == topic.casefold() and not one.within and _may_name_group(turn, one)
    ]


def _may_name_group(turn: Turn, group: Workgroup) -> bool:
    return may_see_body(turn.viewer, group.as_body(), turn.structure) and (
        turn.room is None or room_may_see_people(turn.room, group.as_body())
    )


def may_name(turn: Turn, signal: Signal) -> bool:
    """Whether the signal may be named to this reader, in this room."""
    return visible(signal, turn) and (turn.room is None or room_may_see_signal(turn.room, signal))


def _decided(turn: Turn, signal: Signal, items: Sequence[AgendaItem]) -> str:
    """Decisions and agreements that were made on it."""
    records: dict[str, Decision | Agreement] = {}
    for item in items:
        made: list[Decision | Agreement] = [*turn.store.decisions(item=item.id)]
        made += turn.store.agreements(item=item.id)
        records |= {one.id: one for one in made if signal.id in one.signals}
    seen = [one for one in records.values() if visible(one, turn) and _room_may_read(turn, one)]
    return f"Besloten en afgesproken: {', '.join(f'{one.id} ({one.state})' for one in seen)}." if seen else ""


def _room_may_read(turn: Turn, one: Decision | Agreement) -> bool:
    return turn.room is None or room_may_see_decision(turn.room, one, signals_under(turn, None, one.signals))


def _of_bodies(turn: Turn, signal: Signal, actions: Sequence[Action]) -> tuple[str, str]:
    here, owner = signal.lies_with, signal.owner
    codes = [*dict.fromkeys((here, owner)), *sorted(places(signal) - {here, owner})]
    parts = {
        code: ", ".join(
            word for word, fits in (("ligt hier", code == here), ("eigenaar", code == owner)) if fits
        )
        for code in codes
    }  # fmt: skip
    bodies = ", ".join(f"{code} ({parts[code] or 'eerder'})" for code in codes)
    people = [people_of(turn, body) for code in dict.fromkeys((here, owner)) if (body := turn.body(code))]
    people += [_holders(turn, actions), _contacts(turn, signal.on_behalf_of)]
    told = "; ".join(part for part in people if part)
    return f"Gremia: {bodies}.", f"Mensen: {told}." if told else ""


# --- people ----------------------------------------------------------------------------------------------------------
def people_of(turn: Turn, body: Body) -> str:
    """ "AO: voorzitter rijk.ao.0 (Rijk), secretaris rijk.secr.1 (Rijk)": who leads it and keeps its register; of a
    group only to who may see who is in it. "" when there is nobody to name."""
    if body.is_group and not may_see_body(turn.viewer, body, turn.structure):
        return ""
    if turn.room is not None and not room_may_see_people(turn.room, body):
        return ""
    held = [role for role in turn.store.roles(body=body.code, on=turn.today) if role.role in _LEADING]
    held.sort(key=lambda role: _LEADING.index(role.role))
    people = turn.store.get_all(Person, list(dict.fromkeys(role.person for role in held)))
    said = [f"{ROLE_TITLES[role.role]} {_label(people[role.person])}" for role in held if _acts(turn, role, people)]
    return f"{body.code}: {', '.join(said)}" if said else ""


def _acts(turn: Turn, role: Role, people: Mapping[str, Person]) -> bool:
    return role.person in people and people[role.person].active_on(turn.today)


def _label(person: Person) -> str:
    return f"{person.label} ({person.organisation})"


def actions_shown(turn: Turn, signal: Signal) -> list[Action]:
    """The actions of a signal that this reader may know of, in this room."""
    return [one for one in turn.store.actions(signal=signal.id) if _may_name_action(turn, one, signal)]


def _may_name_action(turn: Turn, action: Action, signal: Signal) -> bool:
    body = turn.body(action.body)
    if body is None or not visible(action, turn):
        return False
    return turn.room is None or room_may_see_action(turn.room, action, body, signal)


def _holders(turn: Turn, actions: Sequence[Action]) -> str:
    live = (ActionState.OPEN, ActionState.REQUESTED)
    ids = dict.fromkeys(one.holder for one in actions if one.state in live)
    people = turn.store.get_all(Person, list(ids)) if ids else {}
    named_ones = [_label(people[id]) for id in ids if id in people]
    return f"{'actiehouder' if len(named_ones) == 1 else 'actiehouders'} {', '.join(named_ones)}" if named_ones else ""


def _contacts(turn: Turn, party: str) -> str:
    """Who keeps the contact with those the party speaks for."""
    held = [
        role for role in turn.store.roles(role=RoleName.UMBRELLA_CONTACT, on=turn.today) if role.on_behalf_of == party
    ]
    people = turn.store.get_all(Person, list(dict.fromkeys(role.person for role in held))) if held else {}
    labels = [_label(one) for one in people.values() if one.active_on(turn.today)]
    return f"koepelcontact {', '.join(labels)}" if labels else ""


# --- of a group ------------------------------------------------------------------------------------------------------
def around_group(turn: Turn, group: Workgroup) -> list[str]:
    """What lies with a group, what runs on its topic, and who is above it; in a room where people from outside read,
    and for them, only what lies with it."""
    lies = turn.store.signals(lies_with=group.code, states=OPEN_STATES, limit=LOOKED_AT)
    here = [one.id for one in lies if may_name(turn, one)]
    lines = [f"Signalen hier: {_some(here)}." if here else ""]
    outside = turn.person.external or (turn.room is not None and turn.room.with_externals)
    if not outside:
        near = [one for one in on_topic(turn, group.topic) if one.id != group.code and one.id not in here]
        lines.append(f"Verwant: {_some([named(one) for one in near], MOST)}." if near else "")
        above = turn.body(group.parent)
        lines.append(f"Erboven: {people_of(turn, above) or above.code}." if above else "")
    return [line for line in lines if line]


def _some(words: list[str], most: int = 10) -> str:
    left = len(words) - most
    return f"{', '.join(words[:most])}{f' en nog {left}' if left > 0 else ''}"
