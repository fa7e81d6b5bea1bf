"""Parties and who answers for something, as people write them: "Rijk, IPO en VNG", "alle partijen", "aan het DO"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NewType

from commands.kit.ports import Option
from commands.kit.records import clean
from commands.kit.turn import Ask, Turn
from commands.rules import ways
from commands.words.structure import Body
from commands.words.verdict import Refused

#: Codes of standing parties; never their members (INV-25).
Parties = NewType("Parties", tuple[str, ...])
#: Who answers for something: the code of a party, or a person's id.
Responsible = NewType("Responsible", str)
#: To which body one answers ("verantwoording aan het DO").
Accountable = NewType("Accountable", Body)

_ALL = frozenset(("alle", "allen", "allemaal", "iedereen", "alle partijen", "alle vier", "alle vier de partijen"))
_JOINING = frozenset(("en", "&", "+"))
_LEADING = frozenset(("aan", "het", "de"))


def take_parties(tokens: Sequence[str], turn: Turn) -> int:
    """How many of the leading words name parties; a name after a comma or "en" belongs to them, known or not."""
    words = [clean(token).casefold() for token in tokens]
    longest = next((n for n in (4, 2, 1) if n <= len(words) and " ".join(words[:n]) in _ALL), 0)
    if longest:
        return longest
    count = 0
    while count < len(words):
        if count and tokens[count][:1] in ('"', "'") and not _names_a_party(words[count], turn):
            break  # a sentence in quotation marks, also one that begins with "En"
        goes_on = count > 0 and (tokens[count - 1].endswith(",") or words[count - 1] in _JOINING)
        if not (goes_on or _names_a_party(words[count], turn) or (count > 0 and words[count] in _JOINING)):
            break
        count += 1
    while count and words[count - 1] in _JOINING:
        count -= 1
    return count


def _names_a_party(word: str, turn: Turn) -> bool:
    """A party, or several with nothing but commas between them."""
    structure = turn.structure
    names = [name for name in word.split(",") if name]
    return bool(names) and any(
        structure.party(name) is not None or name in structure.misread_parties or name in structure.no_parties
        for name in names
    )


def read_parties(part: str, raw: str, turn: Turn) -> tuple[str, ...] | Ask | Refused:
    """The codes, each once, in the order of the structure. E17 for a word that looks like a party; whoever is no party
    to agreements of these bodies is refused (R-163, INV-25)."""
    structure = turn.structure
    if clean(raw).casefold() in _ALL:
        return tuple(party.code for party in structure.parties)
    found: set[str] = set()
    for token in re.split(r"[,;&+\s]+", raw):
        word = clean(token).casefold()
        if not word or word in _JOINING | _LEADING:
            continue
        party = structure.party(word)
        if party is not None:
            found.add(party.code)
        elif word in structure.misread_parties:
            meant = structure.misread_parties[word]
            said = re.sub(rf"\b{re.escape(word)}\b", meant, raw, flags=re.IGNORECASE)
            named = structure.party(meant)
            full = f" ({named.name})" if named and named.name else ""
            return Ask(part, f"Bedoel je {meant}{full}?", (Option("ja", said),))
        elif word in structure.no_parties:
            because = "Het bedrijfsleven is geen partij bij deze afspraken. Noem een eigen convenant bij de bron."
            return Refused(because, code="R-163")
        else:
            known = ", ".join(one.code for one in structure.parties)
            return Refused(f"'{ways.shown(clean(token))}' ken ik niet als partij. Wel: {known}.", code="E11")
    return tuple(party.code for party in structure.parties if party.code in found)


def take_accountable(tokens: Sequence[str], turn: Turn) -> int:
    """ "aan het DO" and "DO" alike."""
    skipped = 0
    while skipped < len(tokens) and clean(tokens[skipped]).casefold() in _LEADING:
        skipped += 1
    named = skipped < len(tokens) and turn.body(clean(tokens[skipped])) is not None
    return skipped + 1 if named else 0


def read_accountable(part: str, raw: str, turn: Turn) -> Body | Ask:
    """The body that is meant."""
    words = raw.split()
    while words and clean(words[0]).casefold() in _LEADING:
        words = words[1:]
    found = turn.body(clean(" ".join(words)))
    if found is not None and not turn.person.external:
        return found
    options = tuple(Option(one.code, one.code) for one in turn.structure.tiers)
    return Ask(
        part, f"'{ways.shown(clean(raw))}' ken ik niet als overleg. Aan wie wordt verantwoording afgelegd?", options
    )
