"""What the commands of a signal's later life share: who keeps it, and who must hear of what happened to it."""

from __future__ import annotations

from commands.kit.next_meeting import weighing
from commands.kit.reply import Line, Message, Strong, say
from commands.kit.signals import place_of, raisers, sentence
from commands.kit.turn import Turn
from commands.words.people import RoleName
from commands.words.signal import Signal

#: Characters of an addition that a notice shows.
SHOWN = 400


def raised(turn: Turn, signal: Signal) -> bool:
    """Whether the person of the turn raised it, or one of the signals merged into it (R-130)."""
    return turn.person.id in raisers(turn, signal)


def keeps(turn: Turn, signal: Signal) -> bool:
    """Whether the person is the secretary of the body where it lies, or of the filter and so of the register (G5)."""
    return any(turn.holds(RoleName.SECRETARY, code) for code in (signal.lies_with, turn.structure.filter.code))


def about(signal: Signal, text: str) -> Message:
    """One line about a signal: its id, its title and what happened."""
    line: Line = (Strong(signal.id), f" ({signal.title}): {text}")
    return say(line)


def opening(text: str) -> str:
    """What a notice shows of a long text; the whole stands in the dossier."""
    return sentence(text if len(text) <= SHOWN else f"{text[:SHOWN].rsplit(' ', 1)[0]}…")


def tell_place(turn: Turn, signal: Signal, text: str) -> None:
    """The body where it lies hears it in its room; where externals read along, a sensitive one goes to its chair
    in private (INV-39)."""
    place = place_of(turn, signal)
    if not (signal.sensitive and place.with_externals):
        turn.announce(place.code, about(signal, text), about=(signal.id,))
        return
    chair = turn.person_with(RoleName.CHAIR, place.code) or turn.person_with(RoleName.LEAD, place.code)
    if chair is not None and not chair.external:
        turn.tell(chair.id, about(signal, text), about=(signal.id,))


def tell_weighers(turn: Turn, signal: Signal, text: str) -> None:
    """The chair and the secretary of the filter hear in private that there is something to weigh."""
    for role in (RoleName.SECRETARY, RoleName.CHAIR):
        person = turn.person_with(role, turn.structure.filter.code)
        if person is not None:
            turn.tell(person.id, about(signal, text), about=(signal.id,), receipt=False)


def lies_again(turn: Turn) -> str:
    """ "ligt weer bij het AO, weging do 14 jan 2027": a signal that has to be weighed once more."""
    when = weighing(turn)
    return f"ligt weer bij {turn.structure.filter.the}{', ' if when.startswith('weging') else '; '}{when}"


def number_of(signal: Signal) -> str:
    """The number as people type it: 14 for SIG-2027-014."""
    return signal.id.rsplit("-", 1)[-1].lstrip("0")
