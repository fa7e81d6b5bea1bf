"""Who reads along in the room of a body: people that the register does not know, and people from outside (INV-39)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from commands.kit.actions import secretary_of
from commands.kit.ports import Outgoing
from commands.kit.posting import post
from commands.kit.register import Register
from commands.kit.reply import say
from commands.rules.posting import Urgency
from commands.words.people import Person
from commands.words.structure import Body


def outsiders(register: Register, channel: str, people: Sequence[str]) -> tuple[Person, ...]:
    """Those of the chat ids who are people from outside the parties."""
    found = (register.store.person_on(channel, id) for id in people)
    return tuple(person for person in found if person is not None and person.external)


def strangers(register: Register, channel: str, people: Sequence[str]) -> tuple[str, ...]:
    """Those of the chat ids that the register does not know."""
    return tuple(id for id in people if register.store.person_on(channel, id) is None)


def as_read(register: Register, body: Body) -> Body:
    """The body as its room is read: with externals when one of them is there, or has a role in it today (INV-39)."""
    if body.with_externals:
        return body
    if register.store.outsiders_in(body.code, on=register.today) or register.store.outsiders_read(body.code):
        return replace(body, with_externals=True)
    return body


def look_round(register: Register, channel: str, address: str, body: Body) -> None:
    """Name to the secretary, once each, whom the register does not know; warn once for each outsider who reads along.

    `address` is the room of the body on that channel.
    """
    people = register.store.people_in(channel, address)
    unknown = register.store.not_named(channel, address, strangers(register, channel, people))
    secretary = secretary_of(register, body.code)
    if unknown and secretary is not None:
        them, who = ("hem of haar", "iemand die") if len(unknown) == 1 else ("hen", "mensen die")
        listed = ", ".join(register.store.called(channel, one) for one in unknown)
        text = (
            f"In de kamer van {body.the} zit {who} ik niet ken: {listed}."
            if len(unknown) == 1
            else f"In de kamer van {body.the} zitten {len(unknown)} {who} ik niet ken: {listed}."
        )
        way = f"Zij lezen mee; ik voer niets voor {them} uit. Hoort dit zo? Meld {them} aan bij de beheerder."
        if len(unknown) == 1:
            way = way.replace("Zij lezen mee", "Die leest mee")
        _post(register, channel, address, f"dm:{secretary.id}", (text, way), unknown, (secretary.id,))
    external = outsiders(register, channel, people)
    new = register.store.not_named(channel, address, [f"extern {person.id}" for person in external])
    named = [person for person in external if f"extern {person.id}" in new]
    if not named:
        return
    if body.with_externals:
        lines: tuple[str, ...] = ("In dit kanaal lezen leden van buiten de overheid mee.",)
    else:
        who = ", ".join(f"{person.label} ({person.organisation})" for person in named)
        lines = (f"Let op: hier leest nu iemand van buiten de overheid mee: {who}. Ik ben hier dus terughoudend.",)
    mentions = (secretary.id,) if secretary is not None and not body.with_externals else ()
    _post(register, channel, address, body.code, lines, new, mentions)


def _post(
    register: Register,
    channel: str,
    address: str,
    to: str,
    lines: Sequence[str],
    about: Sequence[str],
    mentions: tuple[str, ...],
) -> None:
    occasion = hashlib.sha256("\n".join((address, *about)).encode()).hexdigest()[:16]
    key = f"room:{channel}:{occasion}"
    message = say(*lines)
    out = Outgoing(
        key, "notice", to, message, mentions=mentions, receipt=not mentions, due=register.now, channel=channel
    )
    # Who reads along is said before anyone types the next line: it takes a place of the week and waits for none.
    post(register, replace(out, urgency=Urgency.FIRM))
