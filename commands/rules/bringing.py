"""Brengen and halen: how often an organisation helped others and was helped, and when it is asked what it would like to
fetch (R-188). Counts of an organisation for itself and for who leads a programme; never of people, never a ranking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

#: From so many times on an organisation helped much; and it received little when that is at most one in as many.
OFTEN = 3


@dataclass(frozen=True)
class Met:
    """Two people who were brought together: `helper` of organisation `gave` helped someone of `got`; `got` is "" when
    that one asked without a name, which counts for nobody (R-186)."""

    helper: str
    gave: str
    got: str


@dataclass(frozen=True)
class Exchange:
    """How often an organisation helped another, and was helped by another."""

    given: int = 0
    received: int = 0


def exchanges(met: Iterable[Met]) -> dict[str, Exchange]:
    """By organisation, in the order of the alphabet. Colleagues who help each other bring and fetch nothing."""
    between = [one for one in met if one.gave and one.gave != one.got]
    given, received = Counter(one.gave for one in between), Counter(one.got for one in between if one.got)
    names = sorted({*given, *received}, key=str.casefold)
    return {name: Exchange(given[name], received[name]) for name in names}


def may_fetch_more(one: Exchange) -> bool:
    """Whether an organisation gave much and received little."""
    return one.given >= OFTEN and OFTEN * one.received <= one.given
