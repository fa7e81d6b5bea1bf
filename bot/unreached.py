"""Who has no private chat with the bot on a channel: told where they do read, without what is for them alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from commands.kit.actions import secretary_of
from commands.kit.ports import Outgoing
from commands.kit.posting import post
from commands.kit.register import Register
from commands.kit.reply import Mention, Message, Text, say
from commands.rules.posting import Urgency
from commands.words.people import Person
from commands.words.structure import Structure
from storage import inbox, outbox, rooms
from storage.outbox import Waiting
from storage.store import SqlStore

#: Why such a message is given up until the person can be reached.
NO_CHAT = "geen eigen chat"
#: What waited longer than this for a private chat is not said any more.
_KEPT = timedelta(days=30)

ASK = ", ik heb iets voor je dat alleen in een eigen chat kan. Voeg mij toe bij je apps; dan krijg je het daar."
ASK_FORMAL = ", ik heb iets voor u dat alleen in een eigen chat kan. Voeg mij toe bij uw apps; dan krijgt u het daar."
TOLD = "{person} is op {channel} niet in een eigen chat te bereiken: ik sta daar nog niet bij de apps."
WAITS = "Wat alleen voor {person} is, wacht daarop. In het kanaal heb ik gevraagd mij toe te voegen."
WAITS_UNTOLD = "Wat alleen voor {person} is, wacht daarop. Ik kon het in geen kanaal vragen; doe jij dat?"


def fall_back(session: Session, structure: Structure, row: Waiting, channel: str, now: datetime) -> None:
    """Give the message up for the time being; ask the person, where they do read, to make the chat possible; tell the
    secretary, once a month for each person."""
    outbox.mark_failed(session, row.id, reason(channel))
    register = Register(SqlStore(session), structure, now)
    person = register.store.get(Person, row.outgoing.to.removeprefix("dm:"))
    if person is None:
        return
    place = _answered_in(session, row.outgoing, channel) or _read_by(session, register, person, channel)
    if place is not None:
        _ask(register, row.outgoing, person, *place, channel)
    _tell(register, person, place[0] if place else None, channel)


def reason(channel: str) -> str:
    """How the outbox says it."""
    return f"{channel}: {NO_CHAT}"


def reached(session: Session, channel: str, chat_id: str, now: datetime) -> None:
    """The person can be reached from now on: what waited for that is sent."""
    person = SqlStore(session).person_on(channel, chat_id)
    if person is not None:
        outbox.revive(session, f"dm:{person.id}", reason(channel), now - _KEPT)


def _answered_in(session: Session, outgoing: Outgoing, channel: str) -> tuple[str, bool] | None:
    """The body in whose room the message was said that this answers."""
    heard = inbox.heard(session, channel, outgoing.reply_to) if outgoing.reply_to else None
    if heard is None or heard.private:
        return None
    body = rooms.body_of(session, channel, heard.room)
    return (body, True) if body is not None else None


def _read_by(session: Session, register: Register, person: Person, channel: str) -> tuple[str, bool] | None:
    """A body with a room on that channel in which the person has a role today."""
    for role in register.store.roles(person=person.id, on=register.today):
        if rooms.address_of(session, channel, role.body):
            return role.body, False
    return None


def _ask(register: Register, about: Outgoing, person: Person, body: str, answers: bool, channel: str) -> None:
    asked = ASK_FORMAL if person.address == "u" else ASK
    message = Message((Text((Mention(person.id, person.label), asked)),))
    day = register.today.isoformat()
    key = f"unreached:{about.key}" if answers else f"unreached:{channel}:{person.id}:{day}"
    out = Outgoing(
        key=key,
        kind="notice",
        to=body,
        message=message,
        reply_to=about.reply_to if answers else None,
        thread=about.thread if answers else None,
        mentions=(person.id,),
        due=register.now,
        channel=channel,
    )
    # In the thread of what they asked it is an answer; elsewhere nobody asked for it, so it takes a place of the week.
    post(register, replace(out, urgency=Urgency.ASKED if answers else Urgency.FIRM))


def _tell(register: Register, person: Person, body: str | None, channel: str) -> None:
    roles = register.store.roles(person=person.id, on=register.today)
    secretary = secretary_of(register, body or next((role.body for role in roles), ""))
    if secretary is None or secretary.id == person.id:
        return
    shown = channel.capitalize()
    told = TOLD.format(person=person.label, channel=shown)
    waits = (WAITS if body is not None else WAITS_UNTOLD).format(person=person.label)
    key = f"unreached:{channel}:{person.id}:{register.today:%Y-%m}:secretary"
    message = say(told, waits)
    to = f"dm:{secretary.id}"
    register.store.post(Outgoing(key, "notice", to, message, mentions=(secretary.id,), due=register.now))
