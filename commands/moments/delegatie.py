"""delegatie: around the date on which a body reports back, its chair or secretary is asked for the result (INV-06)."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit import dates
from commands.kit.ports import Due, Offer
from commands.kit.reply import Line, Strong
from commands.kit.returning import reporter
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.lifecycle import hop_moments
from commands.words.people import Person
from commands.words.signal import Hop, Signal, Track


def reports(watch: Watch, due: Due) -> Sequence[Nudge]:
    """One question just before the date and one just after, while the same delegation still stands."""
    signal = watch.store.get(Signal, due.about)
    if signal is None or due.occasion not in dict(hop_moments(signal, watch.structure)):
        return ()
    hop = signal.hops[-1]
    past = due.occasion.endswith("-na")
    if hop.due is None or past != (hop.due < watch.today):
        return ()
    reader = reporter(watch, signal, watch.need_body(signal.lies_with))
    if reader is None:
        return ()
    offers = tuple(Offer(word, "gereed", {"item": signal.id}, rest="result") for word in ("klaar", "gereed"))
    return [Nudge(reader.id, (_text(watch, signal, hop, reader, past=past),), (signal.id,), offers)]


def _text(watch: Watch, signal: Signal, hop: Hop, reader: Person, *, past: bool) -> Line:
    formal = reader.address == "u"
    giver = watch.need_body(hop.giver)
    day = dates.say_day(hop.due, today=watch.today) if hop.due else ""
    task = hop.task.rstrip(".") or signal.title
    answer = "U antwoordt met klaar en het resultaat." if formal else "Antwoord met klaar en het resultaat."
    if signal.track is Track.ENCOURAGE:
        if past:
            rest = (
                f": de datum die we met {giver.the} afspraken voor {task} is voorbij. Dat kan bij zo'n vraag. Wat "
                f"houdt het tegen: tijd, mensen of de vraag zelf? Is er iets te melden? {answer}"
            )
        else:
            rest = f": op {day} kijken we met {giver.the} hoe het staat met {task}. Wat is er al in beweging? {answer}"
    elif past:
        rest = f": {giver.the} verwachtte op {day} terug: {task}. Is het klaar? {answer}"
    else:
        rest = f": op {day} verwacht {giver.the} terug: {task}. Is het klaar? {answer}"
    return (Strong(signal.id), rest)


DELEGATION = Moment("delegatie", reports)
