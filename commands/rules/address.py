"""Addressing with u what was written with je, where a body or a person says so (the AO and below read *je*).

For the sentences of the bot itself: refusals, questions, errors. What stands between quotation marks was typed by
someone and stays as it was. Pure.
"""

from __future__ import annotations

import re

#: Verbs of which the form before je has no t: "bedoel je", "bedoelt u".
_VERBS = (
    "antwoord bedoel begin breng doe geef ga heb herinner hoor kies kijk krijg lees maak meld neem noem pas schrijf "
    "stel stem stuur trek typ vind voeg vraag vul wacht werk wijs wil zeg zet zie zoek"
).split()
_IRREGULAR = {"ben": "bent", "kun": "kunt", "kan": "kunt", "zul": "zult", "zal": "zult", "wil": "wilt", "heb": "hebt"}
#: Vowels that are doubled or lost before the t: "ga je", "gaat u".
_LENGTHENED = {"ga": "gaat", "doe": "doet", "zie": "ziet"}
#: What someone has: "van je partij" is "van uw partij", while "je bent" is "u bent".
_NOUNS = (
    "actie acties antwoord antwoorden besluit collega bericht eigen gremium kamer naam organisatie overleg partij "
    "programma punt reden rol signaal tekst vertegenwoordiger vervanger voorbehoud voorstel vraag werk zin"
).split()
_QUOTED = re.compile(r"('[^']*')")
_BEFORE = re.compile(
    rf"\b({'|'.join(sorted({*_VERBS, *_IRREGULAR}, key=len, reverse=True))}) (?:je|jij)\b", re.IGNORECASE
)
_OWNED = re.compile(rf"\b(je|jouw) ({'|'.join(_NOUNS)})\b", re.IGNORECASE)
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
    form = _IRREGULAR.get(low) or _LENGTHENED.get(low) or (low if low.endswith("t") else f"{low}t")
    return _like(verb, form)


def _like(before: str, after: str) -> str:
    return after.capitalize() if before[:1].isupper() else after
