"""Telling a raiser about a step, in the way that the person chose (dialogue.md 14, C59)."""

from __future__ import annotations

from commands.kit.owed import NEWS, at_next_message
from commands.kit.ports import Due, News
from commands.kit.reply import Mention, Message, say
from commands.kit.turn import Turn
from commands.rules.posting import Urgency
from commands.rules.preferences import is_of_interest, news_waits
from commands.rules.visibility import room_may_see_signal
from commands.words.people import Person
from commands.words.signal import Signal, SignalKind


def inform(turn: Turn, person: str, message: Message, signal: Signal) -> None:
    """One step of a signal to one of its raisers: at once in private, or as chosen with !meldingen and !stil."""
    preference = turn.store.preference(person)
    if preference is None:
        turn.tell(person, message, about=(signal.id,))
        return
    urgent = signal.kind is SignalKind.ACUTE
    if not urgent and not is_of_interest(preference, signal.topic):
        return
    if news_waits(preference, turn.today, urgent=urgent):
        at = at_next_message(preference, turn.now, turn.structure)
        turn.store.keep_news(News(person, turn.now, message, (signal.id,), turn.source))
        turn.store.owe(person, [Due(NEWS, person, str(at.date()), at)], kinds=())
        return
    room = turn.body(preference.room) if preference.room else None
    who = turn.store.get(Person, person)
    if room is not None and who is not None and room_may_see_signal(room, signal):
        lead = say((Mention(person, who.label), ":"))
        turn.announce(room.code, lead + message, about=(signal.id,), mentions=(person,), urgency=Urgency.ASKED)
        return
    turn.tell(person, message, about=(signal.id,))
