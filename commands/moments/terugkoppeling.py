"""terugkoppeling_nodig: settled is not told; the secretary is asked for feedback to the raisers (R-151, INV-08)."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit import dates
from commands.kit.actions import secretary_of
from commands.kit.ports import Due, Offer
from commands.kit.reply import Line, Strong
from commands.kit.signals import raisers
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.lifecycle import feedback_moments
from commands.words.calendar import AMSTERDAM
from commands.words.enumeration import joined
from commands.words.people import Person
from commands.words.signal import Signal, SignalState, Track


def untold(watch: Watch, due: Due) -> Sequence[Nudge]:
    """Ask the secretary of the body that settled it, while a raiser has not heard what came of it."""
    signal = watch.store.get(Signal, due.about)
    if signal is None or due.occasion not in dict(feedback_moments(signal, watch.structure)):
        return ()
    waiting = [person for person in raisers(watch, signal) if person not in signal.told]
    reader = secretary_of(watch, signal.lies_with)
    if not waiting or reader is None:
        return ()
    offer = Offer("terugkoppeling", "terugkoppeling", {"signal": signal.id}, rest="text")
    return [Nudge(reader.id, (_text(watch, signal, waiting, reader),), (signal.id,), (offer,))]


def _text(watch: Watch, signal: Signal, waiting: Sequence[str], reader: Person) -> Line:
    settled = (signal.settled_at or signal.changed_at).astimezone(AMSTERDAM).date()
    day = dates.say_day(settled, today=watch.today)
    names = joined([watch.person_named(person) for person in waiting])
    has, knows = ("heeft", "weet") if len(waiting) == 1 else ("hebben", "weten")
    formal = reader.address == "u"
    answer = "U antwoordt met terugkoppeling en de tekst." if formal else "Antwoord met terugkoppeling en de tekst."
    if signal.track is Track.ENCOURAGE:
        rest = (
            f" heeft op {day} een plek gekregen. {names} {knows} nog niet wat ermee gebeurt. Vertel kort wat het heeft "
            f"losgemaakt en hoe meedoen kan. {answer}"
        )
    elif signal.state is SignalState.REJECTED:
        rest = (
            f" is op {day} afgewezen en nog niet teruggekoppeld aan {names}. Twee zinnen zijn genoeg: wat is besloten "
            f"en waarom. {answer}"
        )
    else:
        rest = (
            f" is op {day} afgehandeld. {names} {has} nog geen antwoord. Twee zinnen zijn genoeg: wat is besloten en "
            f"waarom. {answer}"
        )
    return (Strong(signal.id), rest)


FEEDBACK_DUE = Moment("terugkoppeling_nodig", untold)
