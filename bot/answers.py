"""Messages without `!`: answers to open questions, to nudges, and reactions. Everything else is chat and left alone."""

from __future__ import annotations

from datetime import datetime

from bot.carrier import Carrier
from bot.offers import TEXT_WORD, Offering, chosen_options, first_word
from bot.said import Said
from bot.withdrawals import LEFT, withdrawn
from commands.kit.consultations import also_asked
from commands.kit.dialogue import CANCEL, NO, YES, Answer, answer, unfit
from commands.kit.fuller_answers import fuller
from commands.kit.parse import Typed, typed_commands
from commands.kit.ports import Offer, Option, Posted, Question
from commands.kit.reply import say
from commands.kit.signs import NO_SIGN, YES_SIGN
from commands.kit.turn import Reply, Turn
from commands.rules.address import formally
from commands.rules.evaluations import takes_answers
from commands.words.evaluation import Evaluation, EvaluationState
from commands.words.signal import Signal, SignalState
from commands.words.verdict import Instead, Refused
from storage.inbox import Received
from storage.tables import InboxState

#: Channels with rooms without threads: a plain answer in the room counts as an answer to the last question there.
THREADLESS = ("console", "teams")
#: Channels that bring only what is said to the bot: there a command needs no `!`.
ADDRESSED = ("teams",)
#: Some clients add a variation selector to an emoji.
_VARIATION = "\ufe0f"
TWO_ASK = "Er staat meer dan één vraag open. Antwoord op het bericht zelf, dan weet ik welke vraag het is."
ELSEWHERE = "De laatste vraag hier is aan iemand anders gesteld. Antwoord op het bericht zelf als het om deze gaat:"
PRESSED = "Dit is al beantwoord of verlopen, of aan iemand anders gevraagd. Er is niets veranderd."
HINT = "Ik werk met opdrachten. Typ !signaal en één zin, of !help voor wat hier kan."


class Answering:
    """Finds out what a plain message or a reaction answers, and has it carried out."""

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier
        self.offering = Offering(carrier)

    def handle(self, event: Received, turn: Turn, now: datetime, said: Said) -> InboxState:
        """Carry out an answer; everything that is not one is ignored, in the private chat with a friendly hint."""
        if event.kind in ("redaction", "unreaction"):
            handled = withdrawn(self.carrier, event, turn, said)
        elif event.kind == "reaction":
            posted = self.carrier.reacted_to(turn, event)
            handled = posted is not None and self._reaction(event, posted, turn, said)
        else:
            posted = self.carrier.replied_to(turn, event)
            turn.context = posted.about if posted else ()
            on_card = event.kind == "pressed"
            handled = (self._on_card if on_card else self._plain)(event, posted, turn, said)
        if not handled and event.kind == "pressed":
            # Whoever pressed a button waits for something to happen.
            told = Reply(say(PRESSED), mentions=(turn.person.id,), receipt=False)
            said.add(self.carrier.asking_place(turn), told)
            handled = True
        if not handled:
            return InboxState.IGNORED
        self.carrier.post(turn, event, said, now)
        return InboxState.DONE

    # --- reactions -------------------------------------------------------------------------------------------------
    def _reaction(self, event: Received, posted: Posted, turn: Turn, said: Said) -> bool:
        """What the message offers under that sign; every other sign means "seen" and binds nobody (dialogue.md 8)."""
        key = event.text.replace(_VARIATION, "")
        question = turn.store.question(posted.question) if posted.question is not None else None
        if question is not None and question.person == turn.person.id:
            word = {YES_SIGN: "ja", NO_SIGN: "nee" if question.missing is None else CANCEL[0]}.get(key, "")
            if word and (key == NO_SIGN or question.missing is None or any(o.label == "ja" for o in question.options)):
                turn.by_reaction = True
                self._answered(question, word, event, turn, said)
                return True
        return self.offering.by_sign(posted.offers, key, event, turn, said)

    # --- buttons ---------------------------------------------------------------------------------------------------
    def _on_card(self, event: Received, posted: Posted | None, turn: Turn, said: Said) -> bool:
        """A button means its own card, whatever else is asked in that thread or chat."""
        if posted is None or event.target is None:
            return False
        if posted.question is not None:
            question = turn.store.question(posted.question)
            if question is not None and question.person == turn.person.id:
                self._answered(question, event.text, event, turn, said)
                return True
            if question is None and self._too_late(posted.question, event, turn, said):
                return True
        offers = (*posted.offers, *turn.store.offered_since(event.channel, event.target))
        return bool(offers) and self.offering.by_word(offers, event, turn, said)

    # --- words -----------------------------------------------------------------------------------------------------
    def _plain(self, event: Received, posted: Posted | None, turn: Turn, said: Said) -> bool:
        question = turn.store.question(posted.question) if posted is not None and posted.question is not None else None
        if question is None or question.person != turn.person.id:
            # In one thread several people may each have a question of their own.
            threads = {place for place in (event.thread, event.target) if place}
            open_here = [one for one in turn.store.open_questions(turn.person.id) if one.thread in threads]
            if question is not None and not open_here:
                return False
            question = open_here[-1] if open_here else None
        if question is not None:
            self._answered(question, event.text, event, turn, said)
            return True
        if posted is not None and posted.question is not None and self._too_late(posted.question, event, turn, said):
            return True
        if posted is not None and posted.offers and self.offering.by_word(posted.offers, event, turn, said):
            return True
        if posted is not None and self.offering.by_fields(posted.offers, event, turn, said):
            return True
        if posted is not None and event.target and self.offering.freely(posted.offers, event, turn, said):
            return True
        if event.target or event.thread:
            return self._bare(event, turn, said) or (turn.room is None and self._hint(posted, turn, said))
        return self._loose(event, turn, said)

    def _loose(self, event: Received, turn: Turn, said: Said) -> bool:
        """A message that replies to nothing: in private it may answer what is open, in a room it is chat."""
        questions = turn.store.open_questions(turn.person.id)
        if turn.room is not None:
            return self._bare(event, turn, said) or self._in_room(questions, event, turn, said)
        last = turn.store.last_posted(f"dm:{turn.person.id}")
        if last is not None and last.offers and self.offering.by_word(also_asked(last.offers, turn), event, turn, said):
            # The newest message here offers this word; older questions stay open.
            return True
        if last is not None and self.offering.by_fields(last.offers, event, turn, said):
            return True
        if questions and last is not None and self._nudged(questions, event, turn, said):
            return True
        asks = last is not None and any(offer.word == TEXT_WORD for offer in last.offers) and _still_asked(last, turn)
        if len(questions) == 1 and not asks:
            self._answered(questions[0], event.text, event, turn, said)
            return True
        if questions and asks:
            # Which of the two is answered is never guessed; the words may be for one person's eyes only.
            said.forgets = True
            said.add(self.carrier.place(turn), Reply(say(TWO_ASK), receipt=False))
            return True
        asked = turn.store.last_posted(f"dm:{turn.person.id}", asking=True)
        newest = _newest(questions, asked, event.text)
        if newest is not None:
            self._answered(newest, event.text, event, turn, said)
            return True
        if self._bare(event, turn, said):
            return True
        # What was meant as an answer without a name is not kept either when it is not understood (INV-36).
        offered = last.offers if last is not None else ()
        said.forgets = said.forgets or any(self.carrier.forgets(f"!{one.command}") for one in offered if one.command)
        if questions:
            self._which(questions, event, turn, said)
            return True
        if last is not None and not asks and any(offer.word == TEXT_WORD for offer in last.offers):
            # What is said after the answer is talk, unless it replies to the question.
            last = None
        return (last is not None and self.offering.freely(last.offers, event, turn, said)) or self._hint(
            last, turn, said
        )

    def _bare(self, event: Received, turn: Turn, said: Said) -> bool:
        """A command without `!`, where everything that is heard is said to the bot; after what may be an answer."""
        typed = bare(self.carrier, event)
        for one in typed:
            self.carrier.carry_out(turn, one, event, said)
        return bool(typed)

    def _nudged(self, questions: tuple[Question, ...], event: Received, turn: Turn, said: Said) -> bool:
        """The words of a nudge go on counting after it asked which one: "klaar", "31, 33 of beide?", "klaar 31"."""
        nudge = turn.store.last_posted(f"dm:{turn.person.id}", offering=True)
        word, rest = first_word(event.text)
        commands = [offer.command for offer in nudge.offers if offer.word.casefold() == word] if nudge else []
        if nudge is None or not commands or (not rest and any(q.command in commands for q in questions)):
            return False
        if word in (*YES, *NO) or any(_names_an_option(question, event.text) for question in questions):
            return False
        for question in questions:
            if question.options and all(_offers(nudge, question.command, option) for option in question.options):
                turn.store.close_question(question.id or 0, "beantwoord")
        return self.offering.by_word(nudge.offers, event, turn, said)

    def _in_room(self, questions: tuple[Question, ...], event: Received, turn: Turn, said: Said) -> bool:
        here = [question for question in questions if turn.room is not None and question.room == turn.room.code]
        if event.channel not in THREADLESS:
            return False
        if self._next_line(event, turn, said):
            return True
        if not here:
            return False
        last = turn.store.last_posted(self.carrier.place(turn), asking=True)
        newest = turn.store.question(last.question) if last is not None and last.question is not None else None
        if newest is not None and newest.person != turn.person.id and event.text.strip().casefold() in (*YES, *NO):
            # What was asked here last was asked of someone else; which of the two is answered is never guessed.
            text = f"{ELSEWHERE} {here[-1].text}"
            said.add(self.carrier.asking_place(turn), Reply(say(text), mentions=(turn.person.id,), receipt=False))
            return True
        self._answered(here[-1], event.text, event, turn, said)
        return True

    def _next_line(self, event: Received, turn: Turn, said: Said) -> bool:
        """A word that the newest message here offers, when that message answers this very person."""
        last = turn.store.last_posted(self.carrier.place(turn))
        start = f"reply:{event.channel}:"
        if last is None or not last.offers or not last.key.startswith(start):
            return False
        to = turn.store.heard_from(event.channel, last.key.removeprefix(start).rsplit(":", 1)[0])
        return to == event.sender and self.offering.by_word(last.offers, event, turn, said)

    def _which(self, questions: tuple[Question, ...], event: Received, turn: Turn, said: Said) -> None:
        number, _, rest = event.text.strip().partition(" ")
        if number.isdigit() and rest.strip() and 0 < int(number) <= len(questions):
            self._answered(questions[int(number) - 1], rest, event, turn, said)
            return
        closed = [q for q in questions if answer(q, event.text).again == "" and (q.missing is None or q.options)]
        if event.text.strip().casefold() in (*YES, *NO, *CANCEL) and len(closed) == 1:
            self._answered(closed[0], event.text, event, turn, said)
            return
        lines = [f"{n}. {question.text}" for n, question in enumerate(questions, 1)]
        ask = "Er staan meer vragen open. Antwoord op het bericht zelf, of typ het nummer en het antwoord:"
        said.add(self.carrier.place(turn), Reply(say(ask, *lines), receipt=False))

    def _answered(self, question: Question, text: str, event: Received, turn: Turn, said: Said) -> None:
        """Close the question and go on with its half command, in the room it was typed in."""
        number = question.id or 0
        where = self.carrier.where(question.room, question.thread, turn)
        command = self.carrier.catalogue[question.command]
        if several := chosen_options(question, text, command):
            turn.store.close_question(number, "beantwoord")
            self.carrier.aside(turn, where, said)
            for value in several:
                parts = {**question.parts, question.missing or "": value}
                self.carrier.execute(where, command, event, said, parts=parts)
            return
        found: Answer = answer(question, text)
        if not found.cancelled and (more := fuller(command, question, text, where)) is not None:
            found = Answer(parts=more)
        again = f"{found.again} {question.text}" if found.again and question.missing is None else found.again
        if not again and found.parts is not None:
            again = unfit(command, question, found.parts, where)
            if again and _numbers(question):
                again = f"Dat nummer staat er niet bij. {question.text}"
        if again:
            reply = Reply(say(formally(again) if where.formal else again), mentions=(turn.person.id,), receipt=False)
            said.add(self.carrier.asking_place(turn), reply, number)
            return
        turn.store.close_question(number, "afgebroken" if found.cancelled else "beantwoord")
        if found.cancelled or found.parts is None:
            said.add(self.carrier.asking_place(turn), Reply(say(LEFT)))
            return
        self.carrier.aside(turn, where, said)
        self.carrier.execute(where, command, event, said, parts=found.parts)

    def _too_late(self, number: int, event: Received, turn: Turn, said: Said) -> bool:
        """A reply to a question that expired: nothing was kept of it, but *ja* still does it (dialogue.md §1.5)."""
        question = turn.store.question(number, state="verlopen")
        if question is None or question.person != turn.person.id:
            return False
        found = answer(question, event.text)
        if found.parts is None:
            return False
        where = self.carrier.where(question.room, question.thread, turn)
        self.carrier.aside(turn, where, said)
        way = Instead(question.command, found.parts, "Alsnog doen?")
        command = self.carrier.catalogue[question.command]
        self.carrier.gather(where, command, Refused("Deze vraag is verlopen.", way), event, said)
        return True

    def _hint(self, posted: Posted | None, turn: Turn, said: Said) -> bool:
        standing = [offer for offer in posted.offers if _can_be_answered(offer, turn)] if posted else []
        words = list(dict.fromkeys(offer.word for offer in standing if offer.word.isascii()))
        if words:
            text = f"Ik ken hier: {', '.join(words)}. Past dat niet? Vraag het de secretaris, of kijk bij !help."
            said.add(self.carrier.place(turn), Reply(say(text), receipt=False))
        else:
            said.add(self.carrier.place(turn), Reply(say(HINT)))
        return True


def bare(carrier: Carrier, event: Received) -> tuple[Typed, ...]:
    """The command that a message without `!` begins with, on a channel where that is enough; else nothing."""
    word, _ = first_word(event.text)
    if event.channel not in ADDRESSED or event.kind not in ("message", "edit") or word not in carrier.catalogue:
        return ()
    return typed_commands("!" + event.text.lstrip())


def _newest(questions: tuple[Question, ...], last: Posted | None, text: str) -> Question | None:
    """The question that was asked last in this chat, when the answer fits it and what else is open is only an offer.

    Otherwise it is asked which one is meant (dialogue.md 4): an answer to a question that waits is never guessed. A yes
    or no fits what can be answered so; "Waarom?" it does not answer.
    """
    newest = next((one for one in questions if last is not None and one.id == last.question), None)
    if newest is None or any(one.missing is not None for one in questions if one is not newest):
        return None
    word = text.strip().casefold().rstrip(".!")
    if word in (*YES, *NO) and newest.missing is not None and not newest.options:
        return None
    return newest if not answer(newest, text).again else None


def _can_be_answered(offer: Offer, turn: Turn) -> bool:
    """An evaluation takes no answers after its term (C39); whatever else was offered says itself why it is over."""
    found = turn.store.get(Evaluation, offer.parts.get("evaluation", "")) if offer.command == "evalueer" else None
    return found is None or "reads" in offer.parts or takes_answers(found, turn.today)


def _still_asked(posted: Posted, turn: Turn) -> bool:
    """Whether a question to this person waits for its answer: about a signal as long as it is held (S3), in an
    evaluation until that question is answered (C39)."""
    for offer in posted.offers:
        if offer.word != TEXT_WORD:
            continue
        signal = turn.store.get(Signal, offer.parts.get("signal", ""))
        if signal is not None and signal.state is SignalState.HELD:
            return True
        evaluation = turn.store.get(Evaluation, offer.parts.get("evaluation", ""))
        if evaluation is not None and evaluation.state is EvaluationState.OUT:
            mine = [one for one in turn.store.respondents(evaluation.id) if one.person == turn.person.id]
            return "change" in offer.parts or any(offer.parts.get("aspect") not in one.answered for one in mine)
    return False


def _numbers(question: Question) -> bool:
    """Whether the question offers numbers of records to choose from: "31 of 33?"."""
    return bool(question.options) and all(option.label.isdigit() for option in question.options)


def _names_an_option(question: Question, text: str) -> bool:
    said = (answer(question, text).parts or {}).get(question.missing or "")
    return any(said == option.value for option in question.options)


def _offers(posted: Posted, command: str, option: Option) -> bool:
    return any(offer.command == command and option.value in offer.parts.values() for offer in posted.offers)
