"""How alike two texts are: shared subjects, with the words of the field. Suggests, never decides (R-021)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

#: From this share of common subjects on, a text is worth showing ...
ALIKE = 0.27
#: ... and from this share on when they have no more than one in common.
ALIKE_BY_ONE = 0.5
#: Of a long text the beginning counts: where it goes on, the subject is known.
LONGEST = 600
#: From how many shared trigrams of the shorter one on, two words are taken for one: "gebaggerd", "baggeren".
SAME_WORD = 0.6
#: A shorter form is an abbreviation: it counts as a word of its own only, a longer one also within a compound.
LONGEST_ABBREVIATION = 4

#: Words that say nothing about the subject, whatever the field.
_STOP = frozenset(
    "aan achter alle alleen als ander andere anders beter bij binnen blijft blijven boven buiten daar daarom dan "
    "dat de deel dekt deze die dit door eerst elkaar en er gaan gaat geeft geen geven had hebben heeft het hier "
    "hoe houden houdt hun iedereen iets in is jaar jaren kan komen komt krijgen krijgt kunnen laatste langs "
    "lastig leveren liggen ligt loopt lopen maakt maand maanden maar maken meer melden meldt met minder missen "
    "mist moeilijk moet moeten mogen naar nergens niemand niet nieuw nieuwe nog om omdat onder ons ontbreekt "
    "ontbreken onze ook open over per raakt raken rond sinds sneller staan staat steeds sturen te tegen terug "
    "tijdens toch tot tussen uit vaak van veel verwachten vinden vindt voeren vol voor vraagt vragen waar waarom "
    "wanneer was wat week weken werd weten wie wij wil willen worden wordt zelf zich zien ziet zij zijn zitten zo "
    "zodra zonder zou".split()
)
_TRIGRAM = 3
_SHORTEST_WORD = 4
_REMEMBERED = 20_000
_SEARCHED_WORDS = 16


def folded(text: str) -> str:
    """The words of the text in lower case and without accents, one space apart; at most `LONGEST` characters."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text[:LONGEST].casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


@lru_cache(maxsize=16384)
def trigrams(word: str) -> frozenset[str]:
    """All runs of three letters within a word."""
    return frozenset(word[at : at + _TRIGRAM] for at in range(len(word) - _TRIGRAM + 1))


@dataclass(frozen=True)
class Subjects:
    """What a text is about: the groups of synonyms it names, by number, and its other telling words."""

    groups: frozenset[int]
    words: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.groups) + len(self.words)


@dataclass(frozen=True)
class Lexicon:
    """The words of a field: groups of synonyms and abbreviations, and words so common in it that they tell nothing."""

    synonyms: tuple[tuple[str, ...], ...] = ()
    common: tuple[str, ...] = ()

    @cached_property
    def forms(self) -> tuple[tuple[str, ...], ...]:
        """The groups as they are looked for."""
        return tuple(tuple(form for word in group if (form := folded(word))) for group in self.synonyms)

    @cached_property
    def _silent(self) -> frozenset[str]:
        return _STOP | {folded(word) for word in self.common}

    def subjects(self, text: str) -> Subjects:
        """What the text is about. A word that names a group counts as that group, not as itself."""
        # Open signals are compared with every new one: what they are about is worked out once.
        found = self._read.get(text)
        if found is None:
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            found = self._read[text] = self._subjects(text)
        return found

    @cached_property
    def _read(self) -> dict[str, Subjects]:
        return {}

    def _subjects(self, text: str) -> Subjects:
        said = folded(text)
        words = said.split()
        known = set(words)
        groups: set[int] = set()
        covered: set[str] = set()
        for number, forms in enumerate(self.forms):
            for form in forms:
                if len(form) <= LONGEST_ABBREVIATION and form in known:
                    covered.add(form)
                elif len(form) > LONGEST_ABBREVIATION and form in said:
                    parts = form.split()
                    covered |= set(parts) if len(parts) > 1 else {word for word in known if form in word}
                else:
                    continue
                groups.add(number)
        left = (word for word in words if len(word) >= _SHORTEST_WORD and word not in covered | self._silent)
        return Subjects(frozenset(groups), tuple(dict.fromkeys(left)))

    def searched(self, text: str) -> tuple[str, ...]:
        """What to look for to find texts like this one: the trigrams of its words, and every form of its groups."""
        subjects = self.subjects(text)
        runs = {run for word in subjects.words[:_SEARCHED_WORDS] for run in trigrams(word)}
        forms = {form for number in subjects.groups for form in _shortest(self.forms[number])}
        return tuple(sorted(runs | forms))


def _shortest(forms: tuple[str, ...]) -> list[str]:
    """The forms that can be looked for, without those that hold another one."""
    long_enough = [form for form in forms if len(form) >= _TRIGRAM]
    return [form for form in long_enough if not any(other != form and other in form for other in long_enough)]


@lru_cache(maxsize=4)
def lexicon(synonyms: tuple[tuple[str, ...], ...], common: tuple[str, ...]) -> Lexicon:
    """The lexicon of a structure; made once."""
    return Lexicon(synonyms, common)


def likeness(one: Subjects, other: Subjects) -> float:
    """Between 0 and 1: how many subjects two texts share, on the geometric mean of how many they have.

    0 also when they have too little in common to be worth showing.
    """
    if not one or not other:
        return 0.0
    shared = len(one.groups & other.groups) + min(_found(one.words, other.words), _found(other.words, one.words))
    share = shared / (len(one) * len(other)) ** 0.5
    return share if share >= (ALIKE if shared > 1 else ALIKE_BY_ONE) else 0.0


def _found(words: tuple[str, ...], others: tuple[str, ...]) -> float:
    return sum(max((_sameness(word, other) for other in others), default=0.0) for word in words)


def _sameness(word: str, other: str) -> float:
    if word == other:
        return 1.0
    mine, theirs = trigrams(word), trigrams(other)
    if mine.isdisjoint(theirs):
        return 0.0
    share = len(mine & theirs) / min(len(mine), len(theirs))
    return share if share >= SAME_WORD else 0.0
