"""What a moment gets and may answer. A moment re-checks the state before it says anything: nobody is nagged about
finished work (design.md §3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from commands.kit.ports import CLOCK, Change, Due, Offer, Outgoing, Record
from commands.kit.posting import post
from commands.kit.register import Register
from commands.kit.reply import Line
from commands.words.people import Person
from commands.words.signal import Signal


@dataclass(frozen=True)
class Nudge:
    """A few lines for one person. Nudges of one morning become one message (at most one per person per day).

    `day` is the date that it is about, in whose order a message lists them. Of those with one `subject` only the last
    step is said: after a quiet period nobody hears the whole ladder about one action at once.
    """

    person: str
    lines: tuple[Line, ...]
    about: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    kind: Literal["reminder", "nudge"] = "nudge"
    day: date | None = None
    subject: str = ""


@dataclass
class Watch(Register):
    """The register at the moment that something fell due."""

    def put(self, record: Record, why: str) -> None:
        """A change of state by the clock (INV-10: only the lapse of a group), with its history row."""
        self.store.put(record, Change(CLOCK, self.now, why, None))

    def post(self, outgoing: Outgoing) -> bool:
        """Put a message in the outbox, or let it wait for the next bundle of its room; False when it was before."""
        return post(self, outgoing)

    def owe_again(self, due: Due) -> None:
        """The same kind of moment once more, later."""
        self.store.owe(due.about, [due], kinds=())


@dataclass(frozen=True)
class Moment:
    """One kind of moment. `silent` ones send nothing themselves and may happen at any hour; `timed` ones come at the
    time that a person chose, whatever the hour.
    """

    kind: str
    run: Callable[[Watch, Due], Sequence[Nudge]]
    silent: bool = False
    timed: bool = False

    @property
    def any_time(self) -> bool:
        """Whether it keeps no sending hours."""
        return self.silent or self.timed


def to_its_reader(watch: Watch, nudge: Nudge) -> Nudge | None:
    """The nudge as it may be sent: to the deputy or the secretary while the function is vacant, and not to someone from
    outside about a signal that became sensitive (INV-39). None when there is nobody to send it to.
    """
    person = watch.store.get(Person, nudge.person)
    reader = watch.reader_for(person) if person is not None else None
    if person is None or reader is None or (reader.external and _is_sensitive(watch, nudge)):
        return None
    if reader.id == person.id:
        return nudge
    lead = f"Voor {person.label}, een functie die nu niet bezet is:"
    return replace(nudge, person=reader.id, lines=(lead, *nudge.lines))


def _is_sensitive(watch: Watch, nudge: Nudge) -> bool:
    found = (watch.store.get(Signal, id) for id in nudge.about)
    return any(signal is not None and signal.sensitive for signal in found)
