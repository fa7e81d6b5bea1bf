"""Other years of the same form, made of the example year: other people, other words, other thresholds, another year."""

from __future__ import annotations

import re
from datetime import date, timedelta

import yaml

_PERSON = re.compile(r"\b(rijk|vng|ipo|uvw|kennis|bedrijf|drinkwater|odnl)\.(ao|do|bo|wg|secr)\.(\d)\b")
_DATE = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_WORDS = {"staalslak": "hoogovenslak", "Depots": "Stortplaatsen", "grondwater": "kwelwater", "lood": "tin"}
#: The public holidays of 2026 that are no Sunday, looked up in the law.
HOLIDAYS_2026 = (
    "2026-01-01 2026-04-03 2026-04-06 2026-04-27 2026-05-05 2026-05-14 2026-05-25 2026-12-25 2026-12-26".split()
)


def other_people_and_thresholds(text: str) -> str:
    """Everyone has another id, subjects have other names, and the rules count otherwise."""
    text = _PERSON.sub(lambda found: f"{found[1]}.{found[2]}-{int(found[3]) + 3}", text)
    for word, other in _WORDS.items():
        text = text.replace(word, other)
    data = yaml.safe_load(text)
    rules = data["spelregels"]
    rules["zwevend"] |= {"dagen": 6, "soort": "werkdagen"}
    rules["actie_nudges"] |= {
        "te_laat_1_na_werkdagen": 2,
        "te_laat_2_na_werkdagen": 7,
        "te_laat_3_na_werkdagen": 12,
    }
    rules["radiostilte_dagen"] = 30
    rules["terugkoppeling_werkdagen"] = 4
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def a_year_earlier(text: str) -> str:
    """The same weekdays in 2026; a date in words then means another day than the year says."""

    def earlier(found: re.Match[str]) -> str:
        return (date(int(found[1]), int(found[2]), int(found[3])) - timedelta(weeks=52)).isoformat()

    data = yaml.safe_load(_DATE.sub(earlier, text))
    data["kalender"]["feestdagen"] = dict.fromkeys(HOLIDAYS_2026, "feestdag")
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
