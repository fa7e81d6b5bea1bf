"""One message from start to end: heard -> parsed -> who -> may -> run -> say. Read this first.

Everything here happens in one transaction on the database thread: what is decided, what is answered and what is
remembered are written together, or nothing is.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.answers import Answering
from bot.renderers.plain import plain
from bot.said import Said
from commands.kit.authorise import authorise
from commands.kit.declare import Command
from commands.kit.dialogue import offer_from, question_from, run, start
from commands.kit.discretion import for_its_reader, may_read_here
from commands.kit.parse import Typed, nearest, typed_commands
from commands.kit.ports import Outgoing, Posted, Store
from commands.kit.reply import Message, say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules.roles import in_office
from commands.words.calendar import AMSTERDAM
from commands.words.people import Person
from commands.words.structure import Body, Structure
from commands.words.verdict import Refused
from storage import inbox, rooms
from storage.inbox import Received
from storage.store import SqlStore
from storage.tables import InboxState

log = logging.getLogger("overlegbot.turn")

STRANGER = "Ik ken je nog niet in dit overleg. Vraag het secretariaat je aan te melden."
BROKEN = "Niet opgeslagen door een storing. Er is niets vastgelegd; probeer het zo nog eens."
EDITED = (
    "Je hebt een opdracht aangepast die al is uitgevoerd; er is niets veranderd. "
    "Draai hem binnen tien minuten terug met !ongedaan, of geef een nieuwe opdracht."
)


class Conversation:
    """Handles what was heard. Holds only what never changes: the structure and the catalogue."""

    def __init__(self, structure: Structure, catalogue: Mapping[str, Command]) -> None:
        self.structure = structure
        self.catalogue = catalogue

    def handle(self, session: Session, event: Received, now: datetime) -> InboxState:
        """Do what one inbox row asks and post the answer; `now` is the clock of the bot, aware.

        A command counts from when it was sent: "morgen" typed while the bot was down is the day after that message.
        """
        moment = min(event.at, now).astimezone(AMSTERDAM)
        store = SqlStore(session)
        person = store.person_on(event.channel, event.sender)
        typed = typed_commands(event.text) if event.kind == "message" else ()
        filled = person is not None and in_office(person, store.roles(person=person.id, on=None), moment.date())
        if person is None or not filled:
            if typed:
                self._answer(store, event, event_place(session, event), Reply(say(STRANGER), receipt=False), now)
            return InboxState.IGNORED
        code = rooms.body_of(session, event.channel, event.room) if not event.private else None
        room = self._room(store, code)
        if not event.private and room is None:
            return InboxState.IGNORED
        source = f"{event.channel}:{event.event_id}"
        turn = Turn(store, self.structure, moment, person, room, source, 0, catalogue=self.catalogue)
        turn.thread = event.thread or event.event_id
        if event.kind == "edit":
            return self._edited(session, store, event, turn)
        if event.kind == "message" and typed:
            return self._commands(event, typed, turn, now)
        return Answering(self).handle(session, event, turn, now)

    def _room(self, store: SqlStore, code: str | None) -> Body | None:
        if code is None:
            return None
        found = self.structure.body(code)
        group = store.group(code) if found is None else None
        return group.as_body() if group else found

    def _edited(self, session: Session, store: SqlStore, event: Received, turn: Turn) -> InboxState:
        if event.target is None or not inbox.was_command(session, event.channel, event.target):
            return InboxState.IGNORED
        once = replace(event, event_id=f"edit-of-{event.target}", target=event.target)
        self._answer(store, once, self.place(turn), Reply(say(EDITED)), turn.now, reply_to=event.target)
        return InboxState.DONE

    def _commands(self, event: Received, typed: tuple[Typed, ...], turn: Turn, now: datetime) -> InboxState:
        posted = self.replied_to(turn, event)
        turn.context = posted.about if posted else ()
        if event.quoted and posted is None and not typed_commands(event.quoted):
            author = turn.store.person_on(event.channel, event.quoted_sender)
            turn.quoted = event.quoted
            turn.quoted_by = author.id if author is not None and author.id != turn.person.id else ""
        said = Said()
        for one in typed:
            self.carry_out(turn, one, event, said)
        self.post(turn, event, said, now)
        return InboxState.DONE

    def replied_to(self, turn: Turn, event: Received) -> Posted | None:
        """The bot's message that this one replies to, or that began its thread."""
        for target in (event.target, event.thread):
            if target and (posted := turn.store.posted(event.channel, target)):
                return posted
        return None

    def carry_out(self, turn: Turn, typed: Typed, event: Received, said: Said) -> None:
        """One typed command: find it, ask whether the person may use it here, run it, gather the answer."""
        command = self.catalogue.get(typed.name)
        if command is None:
            close = nearest(typed.name, self.catalogue)
            hint = f" Bedoel je !{close}?" if close else ""
            text = f"Ik ken !{typed.name} niet.{hint} Typ !help voor alle opdrachten."
            self.gather(turn, None, Refused(text, code="E01"), event, said)
            return
        self.execute(turn, command, event, said, text=typed.rest)

    def execute(
        self,
        turn: Turn,
        command: Command,
        event: Received,
        said: Said,
        *,
        text: str = "",
        parts: Mapping[str, str] | None = None,
    ) -> Outcome:
        """Run a command from its text, or from the parts of a half command, gather the answer and return the outcome.

        A refusal or a question stores nothing: whatever the handler wrote before it decided is rolled back.
        """
        verdict = authorise(command, turn.person, turn.roles, turn.room, turn.structure)
        if isinstance(verdict, Refused):
            self.gather(turn, command, verdict, event, said)
            return verdict
        session = turn.store.session  # type: ignore[attr-defined]
        remarks: tuple[str, ...] = ()
        savepoint, notices = session.begin_nested(), len(turn.pending)
        turn.deed = turn.store.begin_deed(turn.person.id, turn.now, turn.source)
        if parts is None:
            outcome, remarks = start(command, text, turn)
        else:
            outcome = run(command, parts, turn)
        if isinstance(outcome, Reply):
            if outcome.deed:
                turn.store.describe_deed(turn.deed, outcome.deed)
            savepoint.commit()
        else:
            savepoint.rollback()
            del turn.pending[notices:]
        if remarks and isinstance(outcome, Reply):
            outcome = replace(outcome, message=outcome.message + say(*remarks))
        self.gather(turn, command, outcome, event, said)
        return outcome

    def gather(self, turn: Turn, command: Command | None, outcome: Outcome, event: Received, said: Said) -> None:
        """Turn an outcome into words for the right place; questions and offers become stored rows."""
        thread = event.thread or event.event_id
        room = turn.room.code if turn.room else ""
        match outcome:
            case Reply():
                aside = outcome.private or not self.may_read(turn, outcome.message, outcome.about)
                said.add(self.private(turn) if aside else self.place(turn), outcome)
            case Ask() if command is not None:
                question = question_from(outcome, command, turn, thread, room)
                self._say_to_asker(turn, outcome.text, said, turn.store.ask(question))
            case Refused(because, instead):
                number = None
                text = because
                if instead is not None:
                    text = f"{because} {instead.ask}".strip()
                    number = turn.store.ask(offer_from(instead, text, turn, thread, room))
                self._say_to_asker(turn, text, said, number)
            case _:
                raise TypeError(f"no answer for {outcome!r}")

    def _say_to_asker(self, turn: Turn, text: str, said: Said, question: int | None) -> None:
        discreet = said.aside or (turn.room is not None and turn.room.discreet)
        to = self.private(turn) if discreet or not self.may_read(turn, say(text), ()) else self.place(turn)
        said.add(to, Reply(say(text), mentions=(turn.person.id,), receipt=False), question)

    def may_read(self, turn: Turn, message: Message, about: Sequence[str]) -> bool:
        """Whether everyone in the room of the turn may read this; in the private chat the command has judged."""
        return turn.room is None or may_read_here(turn, turn.room, plain(message), about)

    def place(self, turn: Turn) -> str:
        """Where the turn takes place, as an outbox destination."""
        return turn.place

    def private(self, turn: Turn) -> str:
        """The private chat of the person of the turn, as an outbox destination."""
        return f"dm:{turn.person.id}"

    def post(self, turn: Turn, event: Received, said: Said, now: datetime) -> None:
        """One answer per destination, in the thread of the question; then what others are told."""
        for number, (to, reply) in enumerate(said.replies.items(), 1):
            question, target = said.questions.get(to), said.targets.get(to)
            self._answer(turn.store, event, to, reply, now, number=number, question=question, reply_to=target)
        for outgoing in turn.pending:
            notice = for_its_reader(turn, outgoing, plain(outgoing.message))
            if notice is not None:
                turn.store.post(notice)

    def _answer(
        self,
        store: Store,
        event: Received,
        to: str | None,
        reply: Reply,
        now: datetime,
        *,
        number: int = 1,
        question: int | None = None,
        reply_to: str | None = None,
    ) -> None:
        if to is None:
            return
        outgoing = Outgoing(
            key=f"reply:{event.channel}:{event.event_id}:{number}",
            kind="reply",
            to=to,
            message=reply.message,
            reply_to=reply_to or event.event_id,
            thread=event.thread,
            about=reply.about,
            offers=reply.offers,
            mentions=reply.mentions,
            receipt=reply.receipt,
            question=question,
            due=now,
            channel=event.channel,
        )
        store.post(outgoing)

    def broken(self, session: Session, event: Received, now: datetime) -> None:
        """E15, after the transaction of a turn was rolled back: say so, once, where it was typed."""
        person: Person | None = SqlStore(session).person_on(event.channel, event.sender)
        to = event_place(session, event) if person else None
        self._answer(SqlStore(session), event, to, Reply(say(BROKEN), receipt=False), now)


def event_place(session: Session, event: Received) -> str | None:
    """Where an event came from as an outbox destination; a stranger's private chat is named by chat id."""
    if not event.private:
        return rooms.body_of(session, event.channel, event.room)
    person = SqlStore(session).person_on(event.channel, event.sender)
    return f"dm:{person.id}" if person else f"dm:{event.channel}:{event.sender}"
