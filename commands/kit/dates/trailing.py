"""A date at the end of a free sentence: "stukken sturen voor vrijdag" has one, "overzicht van 2026" has none."""

import re
from datetime import datetime

from commands.kit.dates.compose import read_expression
from commands.kit.dates.context import Context, settle
from commands.kit.dates.feasts import FEAST
from commands.kit.dates.normal import normalise
from commands.kit.dates.results import Result
from commands.kit.dates.schoolyear import SEASON
from commands.words.calendar import WorkCalendar, local

_MOST_WORDS = 9

# These read as a date on their own, but at the end of a sentence they are more often its subject ("planning
# december", "versie 2.1", "bijdrage 5 uur", "doe het zo"). After a word such as 'voor' or 'uiterlijk' they are dates.
SUBJECT = re.compile(
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
    r"(?: 20\d\d| '\d\d| (?:van )?(?:deze|volgende) jaar)?"
    r"|(?:deze |volgende |komende |nieuwe |laatste |\de )?(?:kwartaal|half jaar|jaar|q)\b.*|(?:20\d\d[- ]?)?[qh] ?\d.*"
    rf"|(?:{FEAST}|{SEASON})(?: 20\d\d)?"
    r"|weekend|\d{1,2} uur|\d{1,2}[.]\d{1,2}|\d{1,2}e|\d{6,8}|vorige .*"
    r"|\d{1,3} (?:dag|week|maand|kwartaal|jaar|werkdag)"
    r"|(?:voor )?(?:nu|straks|zo|later|ooit|eens|direct|meteen|eerder|vroeger|laatst|een keer|op termijn)"
)
_ABBREVIATED = re.compile(r"(?:ma|di|wo|do|vr|za|zo|din|woe|zat)\.?", re.IGNORECASE)
# "stukken voor DO", "bespreken in RO": in capitals it is the name of a meeting; "voor do" is the day before Thursday.
_NAME = re.compile(r"(?:\S+ )*(?:MA|DI|WO|DO|VR|ZA|ZO)\b.*")
# A date after these belongs to the words before it: "notulen van dinsdag", "agendapunt 3-5".
_ATTACHED = frozenset(
    "van vd v.d over uit sinds dan en of bij de het een dit deze die dat met als is aan door tussen the in"
    " elke elk iedere ieder alle geen niet behalve uitgezonderd".split()
)
_ARTICLES = frozenset(("de", "het", "een", "'t"))
_NUMBERED = frozenset(
    "artikel art bladzijde blz pagina versie paragraaf par nummer nr bijlage hoofdstuk punt kamer zaal lid deel"
    " agendapunt regel stap fase scenario optie variant tabel figuur vraag programma perceel lijst route lijn"
    " gebouw kavel blok huisnummer".split()
)
_CODED = frozenset(
    "dossier zaak zaaknummer kenmerk regeling wijziging besluit verordening wet tekening map km leden leeftijd groep"
    " klas wijk pand".split()
)
_DIGITS = re.compile(r"[\d./-]+")


def trailing(text: str, now: datetime, calendar: WorkCalendar = WorkCalendar()) -> tuple[str, Result] | None:
    """The sentence without the date expression at its end, and what that expression means; None if it has none.

    Takes the longest run of at most nine last words that the grammar understands, dates that are past, impossible or
    ambiguous included. The rest may be empty. Raises ValueError if `now` has no zone.
    """
    moment = local(now)
    words = text.split()
    for start in range(max(0, len(words) - _MOST_WORDS), len(words)):
        before = words[start - 1].lower().strip(".,:;()'\"") if start else ""
        ending = " ".join(words[start:])
        if not _possible(before, ending):
            continue
        spelled = normalise(ending)
        if not spelled or SUBJECT.fullmatch(spelled):
            continue
        ctx = Context(moment, calendar, ending.strip(" .,;:!?"))
        result = read_expression(spelled, ctx)
        if result is not None:
            rest = " ".join(words[:start]).rstrip(" ,;:-")
            return rest, settle(result, ctx)
    return None


def _possible(before: str, ending: str) -> bool:
    if before in _ATTACHED or _ABBREVIATED.fullmatch(ending) or _NAME.fullmatch(ending):
        return False
    if (before in _NUMBERED and ending[0].isdigit()) or (before in _CODED and _DIGITS.fullmatch(ending)):
        return False
    return ending.split()[0].lower() not in _ARTICLES
