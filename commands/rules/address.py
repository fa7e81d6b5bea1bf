"""Addressing with u what was written with je, where a body or a person says so (the AO and below read *je*).

For the sentences of the bot itself: refusals, questions, errors. What stands between quotation marks was typed by
someone and stays as it was. Pure.
"""

from __future__ import annotations

import re

#: Verbs that stand before je somewhere in a sentence of the bot: "bedoel je", "bedoelt u". A test reads every sentence
#: of the source and fails on a word before or behind je that is told apart neither here nor there.
VERBS = (
    "bedoel ben breng doe draai ga geef haal heb hoor kan kies krijg kun maak neem open pak pas plan "
    "stel stop stuur trek typ verander vind was wijs wil wilde zie zul"
).split()
#: The only ones whose form with u is not the stem with a t.
_IRREGULAR = {"ben": "bent", "kun": "kunt", "kan": "kunt", "zul": "zult", "was": "was", "wilde": "wilde"}
#: What someone has: "van je partij" is "van uw partij", while "je bent" is "u bent".
OWNED = (
    "antwoord antwoorden bericht disciplines eigen laatste naam organisatie overleg partij rechten tekst vorige zin"
).split()
_QUOTED = re.compile(r"('[^']*')")
_BEFORE = re.compile(rf"\b({'|'.join(VERBS)}) (?:je|jij)\b", re.IGNORECASE)
_OWNED = re.compile(rf"\b(je|jouw) ({'|'.join(OWNED)})\b", re.IGNORECASE)
_WORDS = {"jezelf": "uzelf", "jouw": "uw", "jou": "u", "jij": "u", "je": "u"}
_PERSON = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.IGNORECASE)


def formally(text: str) -> str:
    """The sentence with u in the place of je; a sentence without je comes back unchanged."""
    return "".join(
        part if part.startswith("'") and n % 2 else _formal(part) for n, part in enumerate(_QUOTED.split(text))
    )


def _formal(text: str) -> str:
    text = _OWNED.sub(lambda found: f"{_like(found[1], 'uw')} {found[2]}", text)
    text = _BEFORE.sub(lambda found: f"{_conjugated(found[1])} u", text)
    return _PERSON.sub(lambda found: _like(found[1], _WORDS[found[1].casefold()]), text)


def _conjugated(verb: str) -> str:
    low = verb.casefold()
    if low in _IRREGULAR:
        return _like(verb, _IRREGULAR[low])
    stem = f"{low}a" if low.endswith("a") else low
    return _like(verb, stem if stem.endswith("t") else f"{stem}t")


def _like(before: str, after: str) -> str:
    return after.capitalize() if before[:1].isupper() else after
