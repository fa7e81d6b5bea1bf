"""An open question expires at the end of the next working day; the person is told once (dialogue.md 4).

It closes on time and silently. Telling waits for the next morning that messages may be sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from commands.kit.declare import Command
from commands.kit.ports import Due
from commands.kit.reply import Code
from commands.kit.retype import retype
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.timing import at_sending_time
from commands.words.people import Person


def question_moments(catalogue: Mapping[str, Command]) -> tuple[Moment, Moment]:
    """The moment that closes a question and the one that tells; they need the declarations to say what was typed."""

    def tell(watch: Watch, due: Due) -> Sequence[Nudge]:
        return told(watch, due, catalogue)

    return Moment("vraag_verloopt", expires, silent=True), Moment("vraag_verlopen", tell)


def expires(watch: Watch, due: Due) -> Sequence[Nudge]:
    """Close a question that nobody answered; telling the person is owed for the next sending day."""
    number = int(due.about.removeprefix("Q"))
    if watch.store.question(number) is None:
        return ()
    watch.store.close_question(number, "verlopen")
    day = watch.structure.calendar.sending_on_or_after(watch.today + timedelta(days=1))
    watch.owe_again(Due("vraag_verlopen", due.about, "", at_sending_time(day, watch.structure)))
    return ()


def told(watch: Watch, due: Due, catalogue: Mapping[str, Command]) -> Sequence[Nudge]:
    """Tell the person that nothing was stored, with the half command to type again."""
    question = watch.store.question(int(due.about.removeprefix("Q")), state="verlopen")
    person = watch.store.get(Person, question.person) if question else None
    command = catalogue.get(question.command) if question else None
    if question is None or person is None or command is None or not watch.in_office(person):
        return ()
    formal = person.address == "u"
    opening = f"{'Uw' if formal else 'Je'} vraag bij !{command.name} is verlopen; er is niets van bewaard."
    again = "U kunt het opnieuw typen: " if formal else "Typ gerust opnieuw: "
    line = (f"{opening} {again}", Code(retype(command, question.parts)))
    return [Nudge(person.id, (line,), kind="reminder")]
