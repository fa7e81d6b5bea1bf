"""What a reminder about an action says (digests.md §2.1): per moment the words of aanspreken, of aanjagen, and with u.

Only words that work are named: klaar, later, a date, overdragen, ja. "Te laat" occurs nowhere (INV-29).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_NUMBERS = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_ANSWER = "Antwoord met klaar, met later of met een datum."


@dataclass(frozen=True)
class Facts:
    """What the texts are filled with. `days` are the working days between now and the date, before or after it."""

    id: str
    action: str
    due: str
    days: int
    body: str
    meeting: str
    note: str = ""

    @property
    def what(self) -> str:
        """The action with its id: "stukken sturen (ACT-2027-001)"."""
        return f"{self.action} ({self.id}{self.note})"

    @property
    def in_words(self) -> str:
        """ "vijf werkdagen", "één werkdag"."""
        return _working_days(_NUMBERS[self.days] if self.days < len(_NUMBERS) else str(self.days), self.days)

    @property
    def in_figures(self) -> str:
        """ "5 werkdagen", "1 werkdag"."""
        return _working_days(str(self.days), self.days)


def _working_days(number: str, n: int) -> str:
    return f"{number} werkdag" if n == 1 else f"{number} werkdagen"


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]


def soon(f: Facts) -> str:
    ahead = f"Over {f.in_words}, op {f.due}," if f.days else f"Op {f.due}"
    return f"{ahead} verwachten we: {f.what}. Lukt dat? Antwoord met ja, later of overdragen."


def soon_encourage(f: Facts) -> str:
    return (
        f"Op {f.due} kijken we samen hoe het staat met: {f.what}. "
        f"Wat is er al in beweging, en wie kan nu helpen? {_ANSWER}"
    )


def soon_formal(f: Facts) -> str:
    return f"Op {f.due} verwachten wij: {f.what}. Heeft u nog iets nodig van uw secretariaat? {_ANSWER}"


def soon_formal_encourage(f: Facts) -> str:
    return f"Op {f.due} staan we stil bij: {f.what}. Wat wilt u de andere directeuren daarover meegeven? {_ANSWER}"


def on_the_day(f: Facts) -> str:
    day = _cap(f.due) if f.days else "Vandaag"
    return (
        f"{day} is de afgesproken datum voor: {f.what}. Klaar? Meld het met !gereed {f.id}. "
        "Lukt het niet, geef dan een nieuwe datum met !uitstel."
    )


def on_the_day_encourage(f: Facts) -> str:
    day = f"Op {f.due}" if f.days else "Vandaag"
    return (
        f"{day} zouden we stilstaan bij: {f.what}. Wat heb je geleerd, en wat is de volgende stap? "
        "Antwoord met klaar en twee zinnen, of met een nieuwe datum."
    )


def on_the_day_formal(f: Facts) -> str:
    day = _cap(f.due) if f.days else "Vandaag"
    return f"{day} is de afgesproken datum voor: {f.what}. Is het gereed? {_ANSWER}"


def past_1(f: Facts) -> str:
    return (
        f"De datum voor {f.what} was {f.due}. Is het klaar, of is er een nieuwe datum nodig? "
        "Antwoord met klaar of met een datum."
    )


def past_1_encourage(f: Facts) -> str:
    return (
        f"De datum die we afspraken voor {f.what} is voorbij. Dat kan bij zo'n vraag. "
        f"Wat houdt het tegen: tijd, mensen of de vraag zelf? {_ANSWER}"
    )


def past_2(f: Facts) -> str:
    return (
        f"{_cap(f.what)} stond voor {f.due}; dat is {f.in_figures} geleden. {_cap(f.body)} rekent hierop. "
        "Kies vandaag: klaar, een nieuwe datum, of iemand anders (overdragen)."
    )


def past_2_encourage(f: Facts) -> str:
    return (
        f"{_cap(f.what)} ligt stil sinds {f.due}. Wil je erover sparren? De andere partijen hebben mogelijk een "
        f"voorbeeld; de secretaris kent hen. {_ANSWER}"
    )


def past_3(f: Facts) -> str:
    on = f" op {f.meeting}" if f.meeting else ""
    return (
        f"{_cap(f.what)} is {f.in_figures} over de datum. Ik zet het op de actielijst van {f.body}{on}. "
        "Is het daarvoor klaar, dan haal ik het eraf. Antwoord met klaar of met een datum."
    )


def past_3_encourage(f: Facts) -> str:
    when = f"op {f.meeting} vijf minuten" if f.meeting else f"vijf minuten in {f.body}"
    return (
        f"{_cap(f.what)} komt niet verder sinds {f.due}. Is dit nog de goede vraag, en bij de goede partij? "
        f"Ik stel voor dit {when} te bespreken: kleiner maken, delen of loslaten."
    )


def past_formal(f: Facts) -> str:
    return (
        f"De datum voor {f.what} was {f.due}. Kunt u laten weten wanneer het gereed is, of wie het overneemt? "
        "Antwoord met klaar, met een datum of met overdragen."
    )


def past_formal_encourage(f: Facts) -> str:
    return (
        f"De datum voor {f.what} is voorbij. Wilt u het in {f.body} bespreken, of helpt een gesprek vooraf? {_ANSWER}"
    )


Writer = Callable[[Facts], str]

#: Per moment: aanspreken, aanjagen, and both with u.
TEXTS: dict[str, tuple[Writer, Writer, Writer, Writer]] = {
    "actie_binnenkort": (soon, soon_encourage, soon_formal, soon_formal_encourage),
    "actie_vandaag": (on_the_day, on_the_day_encourage, on_the_day_formal, soon_formal_encourage),
    "actie_voorbij_1": (past_1, past_1_encourage, past_formal, past_formal_encourage),
    "actie_voorbij_2": (past_2, past_2_encourage, past_formal, past_formal_encourage),
    "actie_voorbij_3": (past_3, past_3_encourage, past_formal, past_formal_encourage),
}


def write(kind: str, facts: Facts, *, encourage: bool, formal: bool) -> str:
    """The text of that moment; KeyError for a moment that is not about an action."""
    return TEXTS[kind][int(encourage) + 2 * int(formal)](facts)
