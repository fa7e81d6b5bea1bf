"""What bevoegde gezagen begin, from below, comes first on the track aanjagen (R-199)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from commands.words.signal import Direction, Signal, Track
from commands.words.structure import Structure

T = TypeVar("T")


def is_of_authority(organisation: str, structure: Structure) -> bool:
    """Whether an organisation is a *bevoegd gezag* or speaks for them: by a word of its name that the structure lists
    ("gemeente Utrecht"), as a network through which they are reached, or as a party with members (VNG, not the Rijk).
    """
    party = structure.party(organisation)
    if party is not None:
        return bool(party.members)
    place = structure.body(organisation)
    if place is not None:
        umbrella = structure.party(place.umbrella) if place.umbrella else None
        reached = any(place.code in one.routes for one in structure.templates if one.authorities)
        return reached or (umbrella is not None and bool(umbrella.members)) or _named(place.name, structure)
    return _named(organisation, structure)


def _named(name: str, structure: Structure) -> bool:
    known = {word.casefold() for word in structure.authorities}
    return not known.isdisjoint(word.casefold() for word in re.findall(r"\w+", name))


def begins_with_authority(signal: Signal, structure: Structure) -> bool:
    """R-199: whether a signal is an initiative of a bevoegd gezag: raised for one, and not *van bovenaf* (R-184)."""
    return signal.direction is not Direction.ABOVE and is_of_authority(signal.on_behalf_of, structure)


def signals_in_order(signals: Iterable[Signal], structure: Structure) -> list[Signal]:
    """R-199: those on aanjagen among each other with the initiatives of bevoegde gezagen first."""
    return authorities_first(
        signals, lambda one: one.track is Track.ENCOURAGE, lambda one: begins_with_authority(one, structure)
    )


def authorities_first(things: Iterable[T], encouraged: Callable[[T], bool], first: Callable[[T], bool]) -> list[T]:
    """R-199: what is encouraged changes places with each other only, `first` before the rest; equals keep their order,
    and what is on the other track keeps its place."""
    found = list(things)
    places = [at for at, one in enumerate(found) if encouraged(one)]
    ordered = sorted((found[at] for at in places), key=lambda one: not first(one))
    for at, one in zip(places, ordered, strict=True):
        found[at] = one
    return found
