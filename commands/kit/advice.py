"""A working group or programme does not decide: what it thinks goes to the body above it as advice (R-142, S12)."""

from __future__ import annotations

from dataclasses import replace

from commands.kit.reply import Line, Strong, say
from commands.kit.signals import leads, sentence
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ways
from commands.words.people import RoleName
from commands.words.record import Feedback
from commands.words.signal import Signal
from commands.words.structure import Body
from commands.words.verdict import Refused
from commands.words.workgroup import Workgroup


def advise(turn: Turn, place: Body, text: str, signal: Signal | None = None) -> Outcome:
    """Recorded as feedback of the group to its parent, which reads it in its own room. By who leads the group, or the
    secretary of the parent.
    """
    parent = turn.need_body(place.parent or turn.structure.filter.code)
    if not (leads(turn, place) or turn.holds(RoleName.SECRETARY, parent.code)):
        return Refused(
            f"Een advies aan {parent.the} geeft wie {place.code} voorzit. {ways.ask_secretary(parent.the)}", code="E04"
        )
    if not text:
        return Ask("text", f"Wat is het advies aan {parent.the}? Eén of twee zinnen.")
    about = f" over {signal.id}" if signal is not None else ""
    turn.put(Feedback(turn.new_id("TRK"), place.code, parent.code, text, turn.person.id, turn.now), text)
    group = turn.store.get(Workgroup, place.code)
    if group is not None:
        turn.put(replace(group, last_feedback=turn.today), f"advies aan {parent.code}{about}: {text}")
    line: Line = (Strong(place.code), f" adviseert{about}: {sentence(text)}")
    ids = (signal.id,) if signal is not None else ()
    turn.announce(parent.code, say(line), about=ids)
    more = f" {signal.id} meldt u terug met !gereed." if signal is not None and turn.formal else ""
    if signal is not None and not turn.formal:
        more = f" {signal.id} gaat terug met !gereed."
    return Reply(say(f"Vastgelegd: {place.code} adviseert {parent.the}.{more}"), about=ids, deed="advies vastgelegd")
