"""What becomes of the rooms themselves: who comes in, when the bot is put out, when a room is replaced by another.

Each is told by a channel at least once; the keys of the messages and the state itself make it count once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from commands.kit.actions import secretary_of
from commands.kit.chat_rooms import look_round, outsiders
from commands.kit.ports import CLOCK, Change, Outgoing
from commands.kit.posting import post
from commands.kit.register import Register
from commands.kit.reply import say
from commands.words.people import Person, RoleName, Room
from commands.words.structure import Body, Structure
from storage import inbox, rooms
from storage.store import SqlStore

VOICELESS = (
    "Op {channel} kan ik niets meer zeggen: mijn eigen toegang (het clientgeheim) wordt daar niet meer aanvaard.",
    "Wat mensen mij daar vragen, verwerk ik wel. Mijn antwoorden en berichten bewaar ik.",
    "De beheerder zet een nieuw geheim klaar en start mij opnieuw; dan komt alles alsnog.",
)
SPEAKS = "Op {channel} kan ik weer alles zeggen. Wat wachtte, is onderweg."
MOVED = "Dit is nu de kamer van {body}; de oude is gesloten. Alles wat liep, loopt hier door."


class Hall:
    """One unit of work about a room, at `now` (aware)."""

    def __init__(self, session: Session, structure: Structure, now: datetime) -> None:
        self.session = session
        self.register = Register(SqlStore(session), structure, now)

    def present(self, channel: str, room: str, people: Sequence[str]) -> None:
        """Keep who is there; in the room of a body, name and warn."""
        outside = bool(outsiders(self.register, channel, people))
        rooms.keep_people(self.session, channel, room, people, outsiders=outside)
        body = self._body(channel, room)
        if body is not None:
            look_round(self.register, channel, room, body)

    def unlisted(self, channel: str, room: str) -> None:
        """As if outsiders were there (INV-39), until the list is to be had; the secretary hears it once a month."""
        rooms.hide_people(self.session, channel, room)
        body = self._body(channel, room)
        if body is not None:
            text = (
                f"Ik kan niet zien wie er meeleest in de kamer van {body.the}. Ik zeg daar dus alleen wat iedereen mag "
                "lezen.",
                "Moet ik daar meer kunnen zeggen? Laat de beheerder nagaan of ik daar bij de leden mag.",
            )
            self._tell_secretary(channel, body, text, f"unlisted:{room}:{self.register.today:%Y-%m}")

    def removed(self, channel: str, room: str, by: str, occasion: str) -> None:
        """What is meant for that body cannot be delivered now."""
        body = self._body(channel, room)
        if body is None:
            return
        person = self.register.store.person_on(channel, by)
        who = person.label if person is not None else by
        text = (
            f"{who} heeft mij uit de kamer van {body.the} gehaald. Wat ik {body.the} wil zeggen, komt nu niet aan.",
            "Was dat niet de bedoeling? Nodig mij daar dan opnieuw uit.",
        )
        self._tell_secretary(channel, body, text, f"removed:{occasion}")

    def muted(self, channel: str, room: str) -> None:
        """The rights in the room are the operator's or the room's owner's to give."""
        body = self._body(channel, room)
        if body is not None:
            text = f"In de kamer van {body.the} mag ik niets zeggen. Wie de kamer beheert, kan mij dat recht geven."
            self._tell_secretary(channel, body, (text,), f"muted:{room}:{self.register.today.isoformat()}")

    def closed(self, channel: str, room: str, new: str) -> None:
        """The bot follows when it is invited; what it has to say to the body waits."""
        body = self._body(channel, room)
        if body is not None:
            text = (
                f"De kamer van {body.the} is vervangen door een nieuwe. Nodig mij daar uit; dan ga ik daar verder, "
                "met alles wat er is."
            )
            self._tell_secretary(channel, body, (text,), f"closed:{room}:{new}")

    def voiceless(self, channel: str, others: Sequence[str]) -> None:
        """Since when, for `!status`; told once to who can be reached on one of the other channels."""
        if self.register.store.voiceless_since(channel) is None:
            since = self.register.now.isoformat()
            inbox.remember(self.session, channel, inbox.VOICELESS, since)
            self._tell_elsewhere(channel, others, VOICELESS, f"voiceless:{since}")

    def spoke(self, channel: str, others: Sequence[str]) -> None:
        """It can speak there again: whoever heard that it could not, hears that too."""
        since = self.register.store.voiceless_since(channel)
        if since is not None:
            inbox.remember(self.session, channel, inbox.VOICELESS, "")
            self._tell_elsewhere(channel, others, (SPEAKS,), f"speaks:{since.isoformat()}")

    def _tell_elsewhere(self, channel: str, others: Sequence[str], text: Sequence[str], occasion: str) -> None:
        """The secretary of the filter, or else whoever looks after the bot; nobody when none is on another channel."""
        register, code = self.register, self.register.structure.filter.code
        operators = register.store.roles(body=code, role=RoleName.OPERATOR, on=register.today)
        found = (secretary_of(register, code), *(register.store.get(Person, role.person) for role in operators))
        for person in found:
            on = [name for name in others if person is not None and rooms.chat_id(self.session, name, person.id)]
            if person is None or not on:
                continue
            message = say(*(line.format(channel=channel.capitalize()) for line in text))
            key, to = f"room:{channel}:{occasion}", f"dm:{person.id}"
            register.store.post(Outgoing(key, "notice", to, message, due=register.now, channel=on[0]))
            return

    def moved(self, channel: str, room: str, new: str) -> None:
        """The room that replaces another becomes the room of its body, with a row in the history."""
        store = self.register.store
        rooms.take_along(self.session, channel, room, new)
        code = store.body_at(channel, room)
        body = self.register.body(code) if code is not None else None
        if code is None or body is None or store.body_at(channel, new) is not None:
            return
        bound = store.get(Room, Room(code).id) or Room(code)
        store.put(bound.moved(channel, new), Change(CLOCK, self.register.now, "de kamer is vervangen"))
        key = f"room:{channel}:moved:{room}:{new}"
        message = say(MOVED.format(body=body.the))
        told = Outgoing(key, "notice", code, message, receipt=True, due=self.register.now, channel=channel)
        post(self.register, told)
        look_round(self.register, channel, new, body)

    def _body(self, channel: str, room: str) -> Body | None:
        code = rooms.body_of(self.session, channel, room)
        return self.register.body(code) if code is not None else None

    def _tell_secretary(self, channel: str, body: Body, text: Sequence[str], occasion: str) -> None:
        secretary = secretary_of(self.register, body.code)
        if secretary is None:
            return
        key, to = f"room:{channel}:{occasion}", f"dm:{secretary.id}"
        store, now = self.register.store, self.register.now
        store.post(Outgoing(key, "notice", to, say(*text), mentions=(secretary.id,), due=now, channel=channel))
