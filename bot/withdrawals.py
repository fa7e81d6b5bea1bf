"""A message or reaction that is taken back: within ten minutes what it did is undone, later its history says so."""

from __future__ import annotations

from datetime import timedelta

from bot.carrier import Carrier
from bot.said import Said
from commands.kit.ports import Change
from commands.kit.reply import say
from commands.kit.turn import Reply, Turn
from storage.inbox import Received

#: What the history of an object says when the message that made or changed it is no longer there to read.
WITHDRAWN = "bericht ingetrokken"
LEFT = "Goed, ik laat het erbij. Er is niets opgeslagen."


def withdrawn(carrier: Carrier, event: Received, turn: Turn, said: Said) -> bool:
    """Undo what the message did, by whoever sent it; too late, or taken away by someone else, it is only marked.

    False when the message did nothing. A question that it left open is dropped.
    """
    source = f"{event.channel}:{event.target}"
    deeds = [deed for deed in turn.store.deeds_from(source) if not deed.undone]
    if not deeds:
        return _dropped(carrier, event, turn, said)
    late = timedelta(minutes=turn.thresholds.undo_minutes)
    if all(deed.person == turn.person.id and turn.now - deed.at <= late for deed in deeds):
        turn.withdrawn = source
        if isinstance(carrier.execute(turn, carrier.catalogue["ongedaan"], event, said), Reply):
            return True
    for deed in deeds:
        change = Change(turn.person.id, turn.now, WITHDRAWN, f"{event.channel}:{event.event_id}")
        turn.store.mark(deed.id, change)
    return True


def _dropped(carrier: Carrier, event: Received, turn: Turn, said: Said) -> bool:
    asked = [one for one in turn.store.open_questions(turn.person.id) if one.thread == event.target]
    for question in asked:
        turn.store.close_question(question.id or 0, "afgebroken")
    if asked:
        discreet = turn.room is not None and turn.room.discreet
        said.add(carrier.private(turn) if discreet else carrier.place(turn), Reply(say(LEFT)))
    return bool(asked)
