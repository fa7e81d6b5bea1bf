"""Carrying out one command and saying what came of it: may -> run -> gather -> post. Used by turns and by answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.renderers.plain import plain
from bot.said import Said
from commands.kit.authorise import authorise
from commands.kit.chat_rooms import as_read
from commands.kit.declare import Command
from commands.kit.dialogue import offer_from, question_from, run, start
from commands.kit.discretion import for_its_reader, may_read_here
from commands.kit.parse import Typed, nearest, typed_commands
from commands.kit.ports import Outgoing, Posted, Store
from commands.kit.posting import post
from commands.kit.reply import Message, say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules.address import formally
from commands.rules.ways import shown
from commands.words.verdict import Refused
from storage.inbox import Received

#: The code of a refusal of a value that is not known.
UNKNOWN_VALUE = "E11"


def addressed(turn: Turn, outcome: Outcome) -> Outcome:
    """A refusal or a question with *u* where people are addressed so: rules and the kit write *je*."""
    if not turn.formal or isinstance(outcome, Reply):
        return outcome
    if isinstance(outcome, Ask):
        return replace(outcome, text=formally(outcome.text))
    way = outcome.instead and replace(outcome.instead, ask=formally(outcome.instead.ask))
    return replace(outcome, because=formally(outcome.because), instead=way)


class Carrier:
    """Runs commands of the catalogue for a turn, and puts every outcome in the outbox at the right place."""

    def __init__(self, catalogue: Mapping[str, Command]) -> None:
        self.catalogue = catalogue

    def replied_to(self, turn: Turn, event: Received) -> Posted | None:
        """The bot's message that this one replies to, or that began its thread. What was said to someone else in
        private is not to be answered, whatever id is named."""
        for target in (event.target, event.thread):
            posted = turn.store.posted(event.channel, target) if target else None
            if posted is not None and (posted.to == self.private(turn) or not posted.to.startswith("dm:")):
                return posted
        return None

    def reacted_to(self, turn: Turn, event: Received) -> Posted | None:
        """The bot's own message that got this reaction; an emoji on what a person said answers nothing."""
        posted = turn.store.posted(event.channel, event.target, exact=True) if event.target else None
        theirs = posted is not None and posted.to.startswith("dm:") and posted.to != self.private(turn)
        return None if theirs else posted

    def carry_out(self, turn: Turn, typed: Typed, event: Received, said: Said) -> None:
        """One typed command: find it, ask whether the person may use it here, run it, gather the answer."""
        command = self.catalogue.get(typed.name)
        if command is None:
            close = nearest(typed.name, self.catalogue)
            hint = f" Bedoel je !{close}?" if close else ""
            text = f"Ik ken !{shown(typed.name)} niet.{hint} Typ !help voor alle opdrachten."
            self.gather(turn, None, Refused(text, code="E01"), event, said)
            return
        self.execute(turn, command, event, said, text=typed.rest)

    def forgets(self, text: str) -> bool:
        """Whether a message holds a command of which nothing may be kept, also when its name has a slip in it."""
        names = (typed.name for typed in typed_commands(text))
        found = (self.catalogue.get(name) or self.catalogue.get(nearest(name, self.catalogue) or "") for name in names)
        return any(command is not None and command.forgets for command in found)

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
        remarks: tuple[str, ...] = ()
        said.forgets = said.forgets or command.forgets
        notices = len(turn.pending)
        savepoint = None if command.reads else turn.store.savepoint()
        turn.deed = 0 if command.reads else turn.store.begin_deed(turn.person.id, turn.now, turn.source)
        if parts is None:
            outcome, remarks = start(command, text, turn)
        else:
            outcome = run(command, parts, turn)
        if command.forgets and isinstance(outcome, Ask):
            # A question would keep the half command beside the name.
            outcome = Refused(f"{outcome.text} Er is niets bewaard van wat er stond; typ het opnieuw, met dit erbij.")
        if command.forgets and isinstance(outcome, Refused) and outcome.code == UNKNOWN_VALUE:
            # What is not understood may be an answer, and is not said back either.
            outcome = Refused(f"Een deel daarvan ken ik niet; er is niets bewaard. De vorm is: {command.usage}")
        if isinstance(outcome, Reply):
            said.forgets = said.forgets or outcome.forgets
            if outcome.deed:
                turn.store.describe_deed(turn.deed, outcome.deed)
            if savepoint is not None:
                savepoint.commit()
        else:
            if savepoint is not None:
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
        match addressed(turn, outcome):
            case Reply() as reply:
                aside = reply.private or not self.may_read(turn, reply.message, reply.about)
                said.add(self.private(turn) if aside else self.place(turn), reply)
            case Ask() as asked if command is not None:
                question = question_from(asked, command, turn, thread, room)
                self._say_to_asker(turn, asked.text, said, turn.store.ask(question))
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
        aside = said.aside or not self.may_read(turn, say(text), ())
        to = self.private(turn) if aside else self.asking_place(turn)
        said.add(to, Reply(say(text), mentions=(turn.person.id,), receipt=False), question)

    def may_read(self, turn: Turn, message: Message, about: Sequence[str]) -> bool:
        """Whether everyone in the room of the turn may read this; in the private chat the command has judged."""
        return turn.room is None or may_read_here(turn, turn.room, plain(message), about)

    def place(self, turn: Turn) -> str:
        """Where the turn takes place, as an outbox destination."""
        return turn.place

    def asking_place(self, turn: Turn) -> str:
        """Where questions, refusals and corrections go: in private in a room that is discreet (dialogue.md 9)."""
        return self.private(turn) if turn.room is not None and turn.room.discreet else self.place(turn)

    def where(self, room: str, thread: str | None, turn: Turn) -> Turn:
        """The turn in the room where something was asked, with the rights that hold there."""
        if not room or (turn.room is not None and turn.room.code == room):
            return turn
        place = turn.body(room)
        return replace(turn, room=as_read(turn, place) if place is not None else None, thread=thread or turn.thread)

    def aside(self, turn: Turn, where: Turn, said: Said) -> None:
        """Answered in private: questions and refusals go on there, what comes of it is said under the command."""
        if turn.room is None and where.room is not None:
            said.aside = True
            if where.thread:
                said.targets[self.place(where)] = where.thread

    def private(self, turn: Turn) -> str:
        """The private chat of the person of the turn, as an outbox destination."""
        return f"dm:{turn.person.id}"

    def post(self, turn: Turn, event: Received, said: Said, now: datetime) -> None:
        """One answer per destination, in the thread of the question; then what others are told."""
        for number, (to, reply) in enumerate(said.replies.items(), 1):
            question, target = said.questions.get(to), said.targets.get(to)
            self.answer(turn.store, event, to, reply, now, number=number, question=question, reply_to=target)
        for outgoing in turn.pending:
            notice = for_its_reader(turn, outgoing, plain(outgoing.message))
            if notice is not None:
                post(turn, notice, turn.source)

    def answer(
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
        """Post one answer to an event; the key names the event and the number of the answer."""
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
            files=reply.files,
        )
        store.post(outgoing)
