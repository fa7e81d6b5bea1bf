"""One message from start to end: heard -> parsed -> who -> may -> run -> say. Read this first.

Everything here happens in one transaction on the database thread: what is decided, what is answered and what is
remembered are written together, or nothing is.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.agendas import brought, is_other
from bot.answers import ADDRESSED, Answering, bare
from bot.carrier import Carrier
from bot.said import Said
from commands.kit.chat_rooms import as_read
from commands.kit.declare import Command
from commands.kit.parse import Typed, typed_commands
from commands.kit.ports import Deed
from commands.kit.reply import say
from commands.kit.turn import Reply, Turn
from commands.rules.roles import in_office
from commands.words.calendar import AMSTERDAM
from commands.words.people import Person
from commands.words.structure import Body, Structure
from storage import inbox, rooms
from storage.inbox import Received
from storage.store import SqlStore
from storage.tables import InboxState

log = logging.getLogger("overlegbot.turn")

STRANGER = "Ik ken je nog niet in dit overleg. Vraag het secretariaat je aan te melden."
BROKEN = "Niet opgeslagen door een storing. Er is niets vastgelegd; probeer het zo nog eens."
EDITED = "Je hebt een opdracht aangepast die al is uitgevoerd; er is niets veranderd."
EDITED_FORMAL = "U hebt een opdracht aangepast die al is uitgevoerd; er is niets veranderd."
FORGOTTEN = "Dit is al verwerkt en niet bewaard; deze aanpassing verandert er niets aan."
TAKE_BACK = "Terugdraaien kan binnen tien minuten met !ongedaan; daarna met een nieuwe opdracht"
UNBOUND = (
    "Deze kamer is nog niet van een overleg, dus ik doe hier niets. De secretaris koppelt hem met !kanaal en de naam "
    "van dat overleg."
)
#: More hold up everyone else, since one message is one transaction.
MOST_COMMANDS = 50
TOO_MANY = (
    "In dit bericht staan {number} opdrachten; ik neem er hoogstens {most} tegelijk. Er is niets vastgelegd. "
    "Verdeel ze over meer berichten, dan gaat het wel."
)
AFRESH = "Een nieuwe opdracht verandert het wel"
UNREADABLE = (
    "Dit bericht kan ik niet lezen: {person} programma heeft mij de sleutel ervan niet gegeven. "
    "Er is niets vastgelegd. Typ het nog eens. "
    "Lukt het dan weer niet, sluit {person} programma dan en open het opnieuw, of log opnieuw in."
)

VERIFY = (
    "Emoji vergelijken kan ik niet. Zo gaat het wel: typ !status en vergelijk de vingerafdrukken daar met die in "
    "{person} programma. De beheerder ziet dezelfde met overlegbot matrix verify."
)


class Conversation:
    """Handles what was heard. Holds only what never changes: the structure and the catalogue."""

    def __init__(self, structure: Structure, catalogue: Mapping[str, Command]) -> None:
        self.structure = structure
        self.carrier = Carrier(catalogue)

    def handle(self, session: Session, event: Received, now: datetime) -> InboxState:
        """Do what one inbox row asks and post the answer; `now` is the clock of the bot, aware.

        What was said without a name is not kept beside its sender, whatever came of it (INV-36).
        """
        said = Said()
        state = self._handle(session, event, now, said)
        unmarked = event.channel in ADDRESSED and self.carrier.forgets("!" + event.text.lstrip())
        if said.forgets or unmarked or self.carrier.forgets(event.text):
            inbox.forget(session, event.id)
        return state

    def _handle(self, session: Session, event: Received, now: datetime, said: Said) -> InboxState:
        """A command counts from when it was sent: "morgen" typed while the bot was down is the day after that."""
        moment = min(event.at, now).astimezone(AMSTERDAM)
        store = SqlStore(session)
        if event.kind == "file" and is_other(self.carrier, event):
            event = replace(event, kind="message", quoted="")
        person = store.person_on(event.channel, event.sender)
        typed = typed_commands(event.text) if event.kind == "message" else ()
        meant = typed or (bare(self.carrier, event) if event.kind == "message" else ())
        held = store.roles(person=person.id, on=None) if person is not None else ()
        if person is None or not in_office(person, held, moment.date()):
            if meant or event.kind == "pressed":
                self.carrier.answer(store, event, event_place(session, event), Reply(say(STRANGER), receipt=False), now)
            return InboxState.IGNORED
        code = rooms.body_of(session, event.channel, event.room) if not event.private else None
        room = self._room(store, code)
        source = f"{event.channel}:{event.event_id}"
        turn = Turn(store, self.structure, moment, person, room, source, 0, catalogue=self.carrier.catalogue)
        turn.thread = event.thread or event.event_id
        turn.channel, turn.address = event.channel, "" if event.private else event.room
        if room is not None:
            # Who reads along counts, whatever the structure says of the body (INV-39).
            here = rooms.outsiders_in(session, event.channel, event.room)
            turn.room = replace(room, with_externals=True) if here else as_read(turn, room)
        turn.own = tuple(role for role in held if role.active_on(turn.today))
        if room is None and not event.private:
            return self._unbound(event, meant, turn, now, said)
        if event.private:
            rooms.keep_chat(session, person.id, event.channel)
        if event.kind == "edit":
            return self._edited(session, event, turn, now, said)
        if event.kind == "unreadable":
            return self._unreadable(store, event, turn)
        if event.kind == "verifies":
            self.carrier.answer(store, event, self.carrier.private(turn), Reply(say(_verify_text(turn))), now)
            return InboxState.DONE
        if event.kind == "file":
            brought(self.carrier, event, turn, said)
            self.carrier.post(turn, event, said, now)
            return InboxState.DONE
        if event.kind == "message" and typed:
            return self._commands(event, typed, turn, now, said)
        return Answering(self.carrier).handle(event, turn, now, said)

    def _room(self, store: SqlStore, code: str | None) -> Body | None:
        if code is None:
            return None
        found = self.structure.body(code)
        group = store.group(code) if found is None else None
        return group.as_body() if group else found

    def _unbound(self, event: Received, typed: tuple[Typed, ...], turn: Turn, now: datetime, said: Said) -> InboxState:
        """A room that is no body's yet: only what makes it one is heard there, and nothing else is said."""
        if not typed:
            threads = {event.thread, event.target}
            asked = any(one.thread in threads for one in turn.store.open_questions(turn.person.id))
            # Someone else's room stays unread, but for the answer to a question that was asked there.
            here = event.kind == "message" and asked
            return Answering(self.carrier).handle(event, turn, now, said) if here else InboxState.IGNORED
        if all(self.carrier.catalogue.get(one.name) is self.carrier.catalogue["kanaal"] for one in typed):
            return self._commands(event, typed, turn, now, said)
        self.carrier.answer(turn.store, event, turn.place, Reply(say(UNBOUND), receipt=False), now)
        return InboxState.DONE

    def _edited(self, session: Session, event: Received, turn: Turn, now: datetime, said: Said) -> InboxState:
        """A command that was carried out stays as it was, and is told how to correct it; told once. What did nothing
        yet (a slip, a refusal, a question, chat) counts as it stands now."""
        before = inbox.heard(session, event.channel, event.target) if event.target is not None else None
        if before is None or before.sender != event.sender or before.kind != "message":
            return InboxState.IGNORED
        if not before.text and inbox.was_command(session, event.channel, before.event_id):
            said.forgets = True
            said.add(turn.place, Reply(say(FORGOTTEN), mentions=(turn.person.id,), receipt=False))
            self.carrier.post(turn, event, said, now)
            return InboxState.DONE
        source = f"{event.channel}:{before.event_id}"
        deeds = turn.store.deeds_from(source)
        if deeds or turn.store.told_by(source):
            once = replace(event, event_id=f"edit-of-{event.target}", thread=before.thread)
            told = Reply(say(_edited_text(turn, deeds)), mentions=(turn.person.id,), receipt=False)
            self.carrier.answer(turn.store, once, self.carrier.asking_place(turn), told, now, reply_to=event.target)
            return InboxState.DONE
        typed = typed_commands(event.text) or bare(self.carrier, event)
        if not typed:
            return InboxState.IGNORED
        for question in turn.store.open_questions(turn.person.id):
            if question.thread == before.event_id:
                turn.store.close_question(question.id or 0, "afgebroken")
        turn.source, turn.thread = source, before.thread or before.event_id
        anew = replace(event, kind="message", target=before.target, thread=before.thread)
        return self._commands(anew, typed, turn, now, said, answers=before.event_id)

    def _unreadable(self, store: SqlStore, event: Received, turn: Turn) -> InboxState:
        """An encrypted message without its key; the channel says it once for each key that is missing."""
        text = UNREADABLE.format(person="uw" if turn.formal else "je")
        self.carrier.answer(store, event, turn.place, Reply(say(text), receipt=False), turn.now)
        return InboxState.DONE

    def _commands(
        self,
        event: Received,
        typed: tuple[Typed, ...],
        turn: Turn,
        now: datetime,
        said: Said,
        *,
        answers: str | None = None,
    ) -> InboxState:
        """Carry out what was typed; `answers` names the message that is answered when it is not the event itself."""
        if len(typed) > MOST_COMMANDS:
            text = TOO_MANY.format(number=len(typed), most=MOST_COMMANDS)
            self.carrier.answer(turn.store, event, self.carrier.asking_place(turn), Reply(say(text)), now)
            return InboxState.DONE
        posted = self.carrier.replied_to(turn, event)
        turn.context = posted.about if posted else ()
        if event.quoted and posted is None and not typed_commands(event.quoted):
            author = turn.store.person_on(event.channel, event.quoted_sender)
            turn.quoted = event.quoted
            turn.quoted_by = author.id if author is not None and author.id != turn.person.id else ""
        for one in typed:
            self.carrier.carry_out(turn, one, event, said)
        if answers is not None:
            said.targets = {to: said.targets.get(to, answers) for to in said.replies}
        self.carrier.post(turn, event, said, now)
        return InboxState.DONE

    def broken(self, session: Session, event: Received, now: datetime) -> None:
        """E15, after the transaction of a turn was rolled back: say so, once, where it was typed."""
        typed = typed_commands(event.text) or bare(self.carrier, event)
        if not typed or any(self.carrier.forgets(f"!{one.name}") for one in typed):
            inbox.forget(session, event.id)
        person: Person | None = SqlStore(session).person_on(event.channel, event.sender)
        to = event_place(session, event) if person else None
        self.carrier.answer(SqlStore(session), event, to, Reply(say(BROKEN), receipt=False), now)


def _verify_text(turn: Turn) -> str:
    return VERIFY.format(person="uw" if turn.formal else "je")


def _edited_text(turn: Turn, deeds: Sequence[Deed]) -> str:
    """That nothing changed, and what does work now."""
    late = timedelta(minutes=turn.thresholds.undo_minutes)
    last = turn.store.last_deed(turn.person.id)
    fresh = bool(deeds) and last is not None and last.source == deeds[0].source and not last.undone
    way = TAKE_BACK if fresh and turn.now - deeds[0].at <= late else AFRESH
    made = [id for deed in deeds for id in deed.changed if id.startswith("SIG-")]
    number = made[0].rsplit("-", 1)[-1].lstrip("0") if made else ""
    example = f", bijvoorbeeld !wijzig {number}." if number else "."
    return f"{EDITED_FORMAL if turn.formal else EDITED} {way}{example}"


def event_place(session: Session, event: Received) -> str | None:
    """Where an event came from as an outbox destination; a stranger's private chat is named by chat id."""
    if not event.private:
        return rooms.body_of(session, event.channel, event.room)
    person = SqlStore(session).person_on(event.channel, event.sender)
    return f"dm:{person.id}" if person else f"dm:{event.channel}:{event.sender}"
