"""The connections beside the ladder: signals in, feedback out (R-065, R-081). Who is in them, and where."""

from __future__ import annotations

from commands.kit.constituencies import contact_of, party_of
from commands.kit.records import body_of
from commands.kit.register import Register
from commands.kit.turn import Turn
from commands.rules.consultations import is_contact
from commands.words.minutes import Bulletin, BulletinKind
from commands.words.people import Person, RoleName, Room
from commands.words.structure import Body


def has_room(register: Register, place: Body) -> bool:
    """Whether the body has a room on any channel."""
    room = register.store.get(Room, Room(place.code).id)
    return room is not None and bool(room.matrix or room.teams)


def members_of(register: Register, place: Body) -> tuple[Person, ...]:
    """Who is in a connection today, by id, without functions that are vacant."""
    held = register.store.roles(body=place.code, role=RoleName.CONNECTION_MEMBER, on=register.today)
    people = (register.store.get(Person, id) for id in sorted({one.person for one in held}))
    return tuple(person for person in people if person is not None and register.in_office(person))


def written_to(register: Register, place: Body) -> tuple[Person, ...]:
    """Who in a connection is written to in private: its members, else the koepelcontact named there."""
    contact = register.person_with(RoleName.UMBRELLA_CONTACT, place.code)
    return members_of(register, place) or ((contact,) if contact is not None else ())


def contact_for(register: Register, place: Body) -> Person | None:
    """Who keeps the contact with it: the koepelcontact named there, else that of the party whose network it is."""
    found = register.person_with(RoleName.UMBRELLA_CONTACT, place.code)
    return found or (contact_of(register, place.umbrella) if place.umbrella else None)


def who_lets_go(register: Register, draft: Bulletin) -> Person | None:
    """Who may let a draft go today (§2.13): the function is asked, whoever held it when the draft was made. None while
    nobody has it."""
    if draft.kind is BulletinKind.UPWARD:
        place = body_of(register, draft)
        return register.person_with(RoleName.SECRETARY, place) or register.person_with(RoleName.CHAIR, place)
    if draft.kind is BulletinKind.STANDING:
        network = register.body(draft.to)
        return contact_for(register, network) if network is not None else None
    return contact_of(register, party_of(draft))


def is_to_let_go_by(turn: Turn, draft: Bulletin) -> bool:
    """Whether the draft waits for the person of this turn."""
    reader = who_lets_go(turn, draft)
    return (reader is not None and reader.id == turn.person.id) or is_contact(turn.roles, party_of(draft))
