"""Who is asked to help, and what may be done with a request for help (R-186, R-209, R-211)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from commands.words.helping import OPEN_HELP, HelpRequest, HelpState
from commands.words.verdict import Allowed, Refused

#: No more people than this are asked about one request (R-211).
MOST_MATCHES = 3
_WORD = re.compile(r"[\w+-]{3,}")


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
