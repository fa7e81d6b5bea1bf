"""Who is asked to help, and what may be done with a request for help (R-186, R-209, R-211)."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from commands.rules import ways
from commands.words.helping import OPEN_HELP, HelpRequest, HelpState
from commands.words.verdict import Allowed, Instead, Refused

#: No more people than this are asked about one request (R-211).
MOST_MATCHES = 3
_WORD = re.compile(r"[\w+-]{3,}")
#: A topic is a word or a few.
LONGEST_TOPIC = 40
#: Words that answer something, or stand for everything, and name no topic.
_NO_TOPIC = frozenset(
    "alle alles allemaal dank geen goed hallo help hulp iedereen iets jawel klaar klopt maar met misschien nee niemand "
    "niet niets nooit oke oké prima stop test wel".split()
)
#: How alike a word and a topic of the structure are when it is a slip of the thumb.
_SLIP = 0.8
#: What is written in capitals and is longer was shouted.
_LONGEST_ABBREVIATION = 6


def topic_named(said: str, topics: Sequence[str], oneself: str = "") -> str | Refused:
    """R-209: the topic that someone typed: one of the structure in its spelling, else a word or a few of one's own.

    What is no word (a number, an answer) is refused; what looks like a slip in a topic of the structure is offered.
    `oneself` is what stood before it, and goes with the offer.
    """
    known = next((one for one in topics if one.casefold() == said.casefold()), None)
    if known is not None:
        return known
    such = " of ".join(topics[:2]) or "grondwater"
    if len(said) > LONGEST_TOPIC:
        return Refused(f"Een thema is een of enkele woorden, zoals {such}.", code="E02")
    words = [word for word in _WORD.findall(said) if re.search(r"[^\W\d_]{2}", word)]
    if not any(word.casefold() not in _NO_TOPIC for word in words):
        return Refused(f"'{ways.shown(said)}' is geen thema. Kies een woord, zoals {such}.", code="E11")
    by_case = {one.casefold(): one for one in topics}
    close = difflib.get_close_matches(said.casefold(), by_case, n=1, cutoff=_SLIP)
    if close:
        meant = by_case[close[0]]
        way = Instead("wieweet", {"text": f"{oneself} {meant}".strip()}, f"Is {meant} bedoeld?")
        return Refused(f"'{ways.shown(said)}' ken ik niet als thema.", way, "E11")
    return said.casefold() if said.isupper() and len(said) > _LONGEST_ABBREVIATION else said


def spelling(listed: Sequence[str], said: str) -> str:
    """How a topic is written: as most who offered to be found for it did, among equals as it was typed now."""
    counted = Counter(listed)
    most = max(counted.values(), default=0)
    best = [one for one, count in counted.items() if count == most]
    return said if not best or said in best else best[0]


def choose(experts: Iterable[str], asker: str, most: int = MOST_MATCHES) -> tuple[str, ...]:
    """Whom to ask: each once, in the order given, never the asker."""
    return tuple(dict.fromkeys(one for one in experts if one != asker))[:most]


def words_in(text: str, most: int = 40) -> tuple[str, ...]:
    """The words of a text that may name a topic, each once and lower case; at most so many."""
    return tuple(dict.fromkeys(word.casefold() for word in _WORD.findall(text)))[:most]


def topic_in(text: str, topics: Sequence[str]) -> str | None:
    """The first of these topics that the text names as a whole word."""
    found = (one for one in topics if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text, re.IGNORECASE))
    return next(found, None)


def may_go_on(request: HelpRequest) -> Allowed | Refused:
    """A request that was answered, passed on or withdrawn is over."""
    if request.state in OPEN_HELP:
        return Allowed()
    return Refused(f"{request.id} is {request.state}. Een nieuwe kan: !hulpvraag en de vraag.", code="E14")


def state_with(request: HelpRequest, in_touch: Sequence[str]) -> HelpState:
    """Gesteld until both sides agreed with somebody."""
    return HelpState.IN_TOUCH if in_touch else request.state
