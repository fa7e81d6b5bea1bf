"""aanhouden_voorbij: a question to the raiser that nobody answered comes back to who weighs (S3b): no dead end."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit import dates
from commands.kit.ports import Due, Offer
from commands.kit.reply import Strong
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.lifecycle import held_moment
from commands.words.people import RoleName
from commands.words.signal import Signal

#: What the three answers stand for: outcomes of the weighing.
ANSWERS = (("1", "agenderen"), ("2", "werkgroep"), ("3", "afhandelen"))


def unanswered(watch: Watch, due: Due) -> Sequence[Nudge]:
    """Ask the secretary of the filter to weigh it again, once, if the same question still waits."""
    signal = watch.store.get(Signal, due.about)
    held = held_moment(signal, watch.structure) if signal is not None else None
    if signal is None or held is None or held[0] != due.occasion or signal.due is None:
        return ()
    place = watch.structure.filter
    reader = watch.person_with(RoleName.SECRETARY, place.code) or watch.person_with(RoleName.CHAIR, place.code)
    if reader is None:
        return ()
    raiser = watch.person_named(signal.raised_by[0])
    day = dates.say_day(signal.due, today=watch.today)
    formal = reader.address == "u"
    ask = "Weegt u het opnieuw? U antwoordt met 1, 2 of 3." if formal else "Weeg het opnieuw; antwoord met 1, 2 of 3."
    text = (
        f" ({signal.title}, namens {signal.on_behalf_of}): op de vraag aan {raiser} kwam geen antwoord; de datum was "
        f"{day}. Nu kan: agenderen, onderbrengen bij een werkgroep of programma, of zelf afdoen. {ask}"
    )
    offers = tuple(Offer(word, "weeg", {"signal": signal.id, "outcome": outcome}) for word, outcome in ANSWERS)
    return [Nudge(reader.id, ((Strong(signal.id), text),), (signal.id,), offers)]


UNANSWERED = Moment("aanhouden_voorbij", unanswered)
