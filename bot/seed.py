"""Put the structure's bodies, and people, roles, rooms, groups and meetings from a file, into the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from commands.kit.evaluation_plan import plan_bodies
from commands.kit.owed import owe_group, owe_meeting, owe_preference
from commands.kit.ports import Change
from commands.words.meeting import Meeting
from commands.words.people import Person, Role, Room
from commands.words.reminder import Intensity, Preference
from commands.words.structure import Structure
from commands.words.workgroup import GroupState, Workgroup
from config.people import PeopleFile, SeedMeeting
from storage.store import SqlStore

#: Who the history names for what came from a file.
IMPORT = "beheerder"


def know_bodies(session: Session, structure: Structure) -> None:
    """Every body of the structure in force is known to the database."""
    store = SqlStore(session)
    for body in structure.bodies:
        store.know_body(body.code, str(body.kind))


def import_people(session: Session, structure: Structure, file: PeopleFile, now: datetime) -> dict[str, int]:
    """Add and update, never delete (rulings.md 5); returns how many of each were new or changed."""
    know_bodies(session, structure)
    store = SqlStore(session)
    change = Change(IMPORT, now, "uit het bestand")
    counts = {"people": 0, "roles": 0, "rooms": 0, "groups": 0, "meetings": 0}
    for person in file.people:
        counts["people"] += _put(store, store.get(Person, person.id), person, change)
    for group in file.groups:
        counts["groups"] += _group(store, structure, group, change, now)
    plan_bodies(store, structure, now)
    for role in file.roles:
        counts["roles"] += _role(store, role, change)
    for person_id in file.light:
        _light(store, structure, person_id, change, now)
    for room in file.rooms:
        counts["rooms"] += _room(store, room, change)
    for meeting in file.meetings:
        counts["meetings"] += _meeting(store, structure, meeting, change, now)
    return counts


def _put(store: SqlStore, old: Person | Role | None, new: Person | Role, change: Change) -> int:
    if old == new:
        return 0
    store.put(new, change)
    return 1


def _light(store: SqlStore, structure: Structure, person: str, change: Change, now: datetime) -> None:
    """The profile *licht* to begin with (R-170); what the person chose stays chosen."""
    if store.preference(person) is None:
        preference = Preference(person, Intensity.LIGHT)
        store.put(preference, change)
        owe_preference(store, structure, now, preference)


def _role(store: SqlStore, role: Role, change: Change) -> int:
    """The role, and an end to the same role with another first day as far as both would hold at the same time."""
    for other in store.roles(person=role.person, body=role.body, role=role.role, on=None):
        first = max(other.start or date.min, role.start or date.min)
        last = min(other.end or date.max, role.end or date.max)
        if other.id != role.id and first <= last:
            store.put(replace(other, end=first - timedelta(days=1)), change)
    return _put(store, store.get(Role, role.id), role, change)


def _group(store: SqlStore, structure: Structure, group: Workgroup, change: Change, now: datetime) -> int:
    old = store.get(Workgroup, group.code)
    if old is not None:
        group = _updated(old, group)
    if old == group:
        return 0
    store.put(group, change)
    owe_group(store, structure, now, group)
    return 1


def _updated(old: Workgroup, new: Workgroup) -> Workgroup:
    """What the file says over what the register holds; what happened in the register stays.

    A file never brings a lapsed or ended group back to life, nor takes an extension, evaluation or other task away.
    """
    decided = old.extended_on is not None or old.scope_changes > 0
    return replace(
        old,
        name=new.name,
        kind=new.kind,
        start=new.start,
        end=new.end if old.state is GroupState.PROPOSED else max(new.end, old.end),
        task=old.task if decided else new.task,
        not_task=old.not_task if decided else new.not_task,
        value=new.value,
        topic=new.topic,
        chair=new.chair,
        members=new.members,
        with_externals=new.with_externals,
        track=new.track,
        evaluate_by=old.evaluate_by if decided else new.evaluate_by,
        evaluated_on=max((day for day in (old.evaluated_on, new.evaluated_on) if day), default=None),
        aliases=new.aliases,
        disciplines=new.disciplines or old.disciplines,
    )


def _room(store: SqlStore, room: Room, change: Change) -> int:
    """A channel that the file leaves out keeps the room it has."""
    old = store.get(Room, room.id)
    new = room if old is None else Room(room.body, room.matrix or old.matrix, room.teams or old.teams)
    if old == new:
        return 0
    store.put(new, change)
    return 1


def _meeting(store: SqlStore, structure: Structure, seed: SeedMeeting, change: Change, now: datetime) -> int:
    if any(store.meetings(body=seed.body, since=seed.day, until=seed.day, cancelled=True, limit=1)):
        return 0
    body = structure.body(seed.body)
    id = store.new_id(f"VRG-{seed.body}", seed.day.year)
    meeting = Meeting(id, seed.body, seed.kind, seed.day, start=seed.start, end=seed.end, round=seed.round)
    store.put(meeting, change)
    if body is not None:
        owe_meeting(store, structure, now, meeting, body)
    return 1
