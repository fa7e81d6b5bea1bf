"""How people name the stretch that a report looks back over: "2026", "eerste helft 2027" (C51)."""

from __future__ import annotations

import re
from datetime import date

from commands.rules.periods import half_of, year_of
from commands.words.period import Period

_HALF = re.compile(
    r"(?:(?P<which>eerste|1e|tweede|2e|dit|vorig|afgelopen) (?:helft|halfjaar|half jaar)(?: (?:van )?(?P<year>20\d\d))?"
    r"|(?P<first>20\d\d)-(?P<number>[12]))"
)
_YEAR = re.compile(r"(?:heel )?(?P<year>20\d\d)")
_WHOLE = {"dit jaar": 0, "vorig jaar": 1, "afgelopen jaar": 1}


def looked_back(text: str, today: date) -> Period | None:
    """ "2026", "dit jaar", "vorig jaar", "eerste helft 2027", "vorig halfjaar", "2027-2"; None for another text.

    What still runs ends today. A half without a year is one of this year. May lie wholly ahead: see `ahead`.
    """
    said = " ".join(word for word in text.casefold().strip(" .").split() if word not in ("de", "het"))
    if said in _WHOLE:
        return year_of(today.year - _WHOLE[said], today)
    if whole := _YEAR.fullmatch(said):
        return year_of(int(whole["year"]), today)
    half = _HALF.fullmatch(said)
    if half is None or (half["which"] in ("dit", "vorig", "afgelopen") and half["year"]):
        return None
    if half["number"]:
        return half_of(int(half["first"]), int(half["number"]), today)
    now = 1 if today.month <= 6 else 2
    year = int(half["year"] or today.year)
    match half["which"]:
        case "dit":
            return half_of(year, now, today)
        case "vorig" | "afgelopen":
            return half_of(year, 1, today) if now == 2 else half_of(year - 1, 2, today)
        case which:
            return half_of(year, 1 if which in ("eerste", "1e") else 2, today)
