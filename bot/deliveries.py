"""What waits in the outbox, with everything that the register knows of where it goes. Runs in the database thread."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import Session

from bot.anchor import Place, anchor
from bot.needed import still_needed
from bot.parts import Part, Pressed, pressed_on
from bot.unreached import fall_back
from commands.kit.ports import Question
from commands.kit.reply import mentioned
from commands.words.structure import Structure
from storage import inbox, outbox, rooms
from storage.lasting import make_lasting
from storage.outbox import Waiting
from storage.store import SqlStore

#: So often a message is brought to another channel before it is given up.
_ELSEWHERE = 3
#: So many are sent at the same time.
AT_ONCE = 8

log = logging.getLogger("overlegbot.post")


@dataclass(frozen=True)
class Delivery:
    """One outbox row with everything that the register knows of its place. `again`: its next part was being sent
    before, and nobody knows whether it arrived. `noted`: it need not be written down any more that it is being sent.
    `made` may hold its parts, made beforehand."""

    row: Waiting
    place: Place
    reply_to: str | None
    thread: str | None
    addresses: Mapping[str, str]
    question: Question | None
    pressed: Pressed | None
    again: bool = False
    noted: bool = True
    made: list[Sequence[Part]] = field(default_factory=list, compare=False, repr=False)

    @property
    def to(self) -> str:
        """The destination as in the outbox."""
        return self.row.outgoing.to


class Deliveries:
    """Finds what may be sent, over the channels of these names, and writes down that it is being sent, in the same
    transaction, for those that show what is sent twice with the same key twice (the value: `same_key_once`). Of these
    one is sent at a time; `free` tells whether none is now."""

    def __init__(self, structure: Structure, channels: Mapping[str, bool], free: Callable[[], bool]) -> None:
        self._structure = structure
        self._channels = channels
        self._free = free
        #: What was written down and not tried yet: the part by the number of the row.
        self._untried: dict[int, int] = {}

    def ready(self, session: Session, now: datetime, to: Collection[str] | None = None) -> tuple[Delivery, ...]:
        """The first message of each destination (of these alone) that may be sent now; what cannot go is put aside."""
        found: list[Delivery] = []
        wanted: Collection[str] | None = to
        while wanted is None or wanted:
            looked = [(row, self._prepared(session, row, now)) for row in outbox.heads(session, now, wanted)]
            found += [delivery for _, delivery in looked if delivery is not None]
            # What comes after the one that was put aside.
            wanted = {row.outgoing.to for row, delivery in looked if delivery is None}
        return self._noted(session, found)

    def _noted(self, session: Session, found: Sequence[Delivery]) -> tuple[Delivery, ...]:
        """The one that is sent at once is written down here; a crash after this leaves it open whether it arrived."""
        needed = [one.row for one in found if not self._channels[one.place.channel] and not _is_begun(one.row)]
        here = needed[:1] if self._free() else []
        for row in here:
            outbox.mark_begun(session, [row.id])
            self._untried[row.id] = row.parts_sent + 1
            make_lasting(session)
        later = {row.id for row in needed} - {row.id for row in here}
        return tuple(replace(one, noted=False) if one.row.id in later else one for one in found)

    def leave(self, session: Session) -> None:
        """At a stop: what was written down and not tried was not sent."""
        if self._untried:
            outbox.mark_unbegun(session, self._untried)
            self._untried.clear()

    def tried(self, row: Waiting) -> None:
        """Its next part is handed to the channel now."""
        self._untried.pop(row.id, None)

    def _prepared(self, session: Session, row: Waiting, now: datetime) -> Delivery | None:
        """Where the row goes and what it hangs on; None when it is given up, which is marked here."""
        outgoing = row.outgoing
        if row.parts_sent == 0 and not still_needed(SqlStore(session), outgoing, now, self._structure):
            log.info("no longer needed: outbox=%s kind=%s", row.id, outgoing.kind)
            outbox.mark_failed(session, row.id, outbox.NOT_NEEDED)
            return None
        place = self._place(session, row)
        if place is None:
            log.warning("no address: outbox=%s kind=%s to=%s", row.id, outgoing.kind, outgoing.to.partition(":")[0])
            outbox.mark_failed(session, row.id, "geen adres")
            return None
        heard = inbox.heard(session, place.channel, outgoing.reply_to) if outgoing.reply_to else None
        reply_to, thread = anchor(session, outgoing, place, heard)
        people = dict.fromkeys((*outgoing.mentions, *mentioned(outgoing.message)))
        chat_ids = {person: rooms.chat_id(session, place.channel, person) for person in people}
        addresses = {person: chat_id for person, chat_id in chat_ids.items() if chat_id}
        asked = SqlStore(session).question(outgoing.question) if outgoing.question is not None else None
        again = _is_begun(row) and self._untried.get(row.id) != row.begun
        return Delivery(row, place, reply_to, thread, addresses, asked, pressed_on(session, row, place, heard), again)

    def otherwise(self, session: Session, row: Waiting, channel: str, now: datetime) -> None:
        """The person has no private chat there: by another channel, else in a room without what is for them alone."""
        other = self._place(session, row, but=channel)
        if other is not None and row.tries < _ELSEWHERE:
            outbox.mark_elsewhere(session, row.id, other.channel)
        else:
            fall_back(session, self._structure, row, channel, now)

    def _place(self, session: Session, row: Waiting, but: str = "") -> Place | None:
        """The channel of the row when it has an address there; else, for a person, the one they last used in private;
        else the first that has one. `but` is out of the question."""
        to, own = row.outgoing.to, row.outgoing.channel
        used = (
            rooms.chats_on(session, to.removeprefix("dm:"))
            if to.startswith("dm:") and len(self._channels) > 1
            else None
        )
        for name in sorted(self._channels, key=lambda name: (name != own, name != used)):
            if name == but:
                continue
            private, address = _address(session, name, to)
            if address:
                return Place(name, to, address, private)
        return None


def _is_begun(row: Waiting) -> bool:
    return row.begun > row.parts_sent


def _address(session: Session, channel: str, to: str) -> tuple[bool, str | None]:
    """Whether a destination is a private chat, and its address on that channel."""
    if to.startswith("room:"):
        on, _, address = to.removeprefix("room:").partition(":")
        return False, address if on == channel else None
    if not to.startswith("dm:"):
        return False, rooms.address_of(session, channel, to)
    whom = to.removeprefix("dm:")
    stranger_on, colon, chat_id = whom.partition(":")
    if colon:  # people of the register have no colon in their id
        return True, chat_id if stranger_on == channel else None
    return True, rooms.chat_id(session, channel, whom)
