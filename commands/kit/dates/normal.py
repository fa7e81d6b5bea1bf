"""The user's words in one spelling: lower case, abbreviations and number words written out, articles left out.

`normalise("Uiterlijk a.s. vr. 9u30")` is `"uiterlijk komende vrijdag 9.30 uur"`. Unknown words stay as they are, so
that the grammar refuses them; nothing is guessed.
"""

import re
import unicodedata

from commands.kit.dates.say import MONTHS, WEEKDAYS

PARTS = {
    "ochtend": "ochtend", "ochtends": "ochtend", "morgens": "ochtend", "voormiddag": "ochtend",
    "middag": "middag", "middags": "middag", "namiddag": "middag", "namiddags": "middag",
    "avond": "avond", "avonds": "avond", "nacht": "nacht", "nachts": "nacht",
}  # fmt: skip


def _number_words() -> dict[str, str]:
    units = "een twee drie vier vijf zes zeven acht negen".split()
    teens = "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()
    tens = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
    words = {word: number for number, word in enumerate([*units, *teens], start=1)}
    for index, ten in enumerate(tens, start=2):
        words[ten] = 10 * index
        words |= {f"{unit}en{ten}": 10 * index + number for number, unit in enumerate(units, start=1)}
    cardinals = {word: str(number) for word, number in words.items()}
    irregular = {1: "eerste", 3: "derde", 8: "achtste"}
    ordinals = {
        irregular.get(number, word + ("ste" if number >= 20 else "de")): f"{number}e"
        for word, number in words.items()
        if number <= 31
    }
    cardinals["honderd"] = "100"
    halves = {f"{unit}enhalf": f"{number},5" for number, unit in enumerate(units, start=1)}
    return cardinals | ordinals | halves


_SPELLINGS = {
    "dag": "dagen dgn dg",
    "week": "weken wk wkn weeknummer weeknr",
    "maand": "maanden mnd mnden",
    "kwartaal": "kwartalen kw",
    "jaar": "jaren jr",
    "uur": "uren u",
    "minuut": "minuten min",
    "kwartier": "kwartieren",
    "werkdag": "werkdagen wd wdn",
    "1": "'n één",
    "1,5": "anderhalf anderhalve",
    "half": "halve",
    "deze": "dit",
    "volgende": "volgend volg",
    "komende": "komend aankomende aankomend aanstaande aanst eerstkomende eerstkomend eerstvolgende eerstvolgend as",
    "vorige": "vorig afgelopen verleden jl jongstleden laatstleden ll",
    "eind": "einde",
    "van": "vd v.d v/d",
    "begin": "aanvang",
    "vandaag ochtend": "vanochtend vanmorgen",
    "vandaag middag": "vanmiddag",
    "vandaag avond": "vanavond",
    "vandaag nacht": "vannacht",
    "gisteren": "gister",
    "morgen ochtend": "morgenvroeg",
    "half uur": "halfuur",
    "half jaar": "halfjaar",
    "zsm": "asap",
    "t/m": "tm t&m",
    "omstreeks": "circa ca rond rondom ongeveer tegen plusminus ±",
    "": "de het den 't",
}


def _tokens() -> dict[str, str]:
    table = {weekday: weekday for weekday in WEEKDAYS} | {month: month for month in MONTHS}
    table |= {weekday[:2]: weekday for weekday in WEEKDAYS}
    table |= {"din": "dinsdag", "woe": "woensdag", "don": "donderdag", "zat": "zaterdag"}
    short_months = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()
    table |= dict(zip(short_months, MONTHS, strict=True)) | {"febr": "februari", "sept": "september"}
    table |= _number_words() | PARTS
    for word, spellings in _SPELLINGS.items():
        table |= dict.fromkeys(spellings.split(), word)
    for day in (*WEEKDAYS, "gisteren", "gister", "morgen", "overmorgen"):
        table |= {day + spelled: f"{table.get(day, day)} {part}" for spelled, part in PARTS.items()}
        table[day + "morgen"] = f"{day} ochtend"
    return {word: f"{meant} " if meant else "" for word, meant in table.items()}


_TOKENS = _tokens()

_CHARACTERS = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "`": "'",
        "´": "'",
        "ʼ": "'",
        "–": "-",
        "—": "-",
        "‑": "-",
        "−": "-",
        "“": '"',
        "”": '"',
        "„": '"',
    }
)
_HALF = re.compile(r"(\d)\s?½")
_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\ba\.\s?s\b\.?", "komende"),
        (r"\be\.\s?k\b\.?", "komende"),
        (r"\b(?:j\.\s?l|l\.\s?l)\b\.?", "vorige"),
        (r"\bz\.\s?s\.\s?m\b\.?|\bzo (?:snel|spoedig) mogelijk\b", "zsm"),
        (r"\bd\.d\.|\bdd\.?(?= )", "op"),
        (r"\bt\.e\.m\.|\bt\.?/?m\.?(?=\s)|\btot (?:en|&) met\b", "t/m"),
        (r"\bm\.i\.v\.|\bmet ingang van\b|\bingaande\b", "vanaf"),
        (
            r"\bop z(?:'|ij)n laatst\b|\bop uiterlijk\b|\bniet later dan\b|\bten laatste\b|\btot uiterlijk\b",
            "uiterlijk",
        ),
        (r"(?<![a-z])'?s (?=(?:ochtend|morgen|middag|namiddag|voormiddag|avond|nacht)s\b)", ""),
        (r"\bin (?:de )?(?:vroege |late |loop van de )?(?=(?:ochtend|middag|namiddag|voormiddag|avond)\b)", ""),
        (r"\bin de morgen\b|(?<=morgen )vroeg\b", "ochtend"),
        (r"^(?:uiterlijk |voor )?(?:aan )?(?:het )?einde? (?:van )?(?:de )?(?:(?:werk)?dag|middag)$", "vandaag middag"),
        (r"(?<=\w )(?:voor )?(?:aan )?(?:het )?einde? (?:van )?(?:de )?(?:(?:werk)?dag|middag)$", "middag"),
        (r"^(.*) of zo$", r"omstreeks \1"),
        (r"\b(?:deze|(?:aan)?komende|volgende|aanstaande) (?:dagen|weken|maanden|kwartalen|jaren)\b", "later"),
        (r"\beerst (?=volgende?\b|komende?\b)", "eerst"),
        (r"\b(?:voor of op|op of voor|niet na)\b", "uiterlijk"),
        (r"\b(\d{1,2}) - (\d{1,2}) - (20\d\d)\b", r"\1-\2-\3"),
        (r"\b([a-z]{3,9})\.?-(?=20\d\d\b)", r"\1 "),
        (r"(?<=\d)u(?:ur)?-(?=\d)", " uur-"),
        (r"\b(ma|di|wo|do|vr|za|zo)-(?=(?:ma|di|wo|do|vr|za|zo)\b)", r"\1 - "),
        (r"^nog | nog$", ""),
        (r"\b(vandaag|morgen|week|maand) nog\b", r"\1"),
        (r"\b(?:aan )?het nieuwe jaar\b", "nieuwe jaar"),
        (r"(\d{1,2})u(\d{2})\b|(\d{1,2}) ?u(?:ur)? (\d{2})(?=$| (?:ochtend|middag|avond))", r"\1\3.\2\4 uur"),
        (r"\b(weekend|week|wk|w|q|kw|kwartaal)(\d)", r"\1 \2"),
        (r"(?<![\w:.-])(\d{1,2})(?=[a-z])(?!e\b|de\b|ste\b)", r"\1 "),
        (r"\b(\d{1,2})-(?=(?:jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec|maart))", r"\1 "),
        (r"(\d)(?:ste|de)\b", r"\1e"),
        (r"(?<=[\d.])u(?:ur)?\b\.?", " uur"),
    )
)
_EDGES = " \t\n\r.,;:!?\"'"


def normalise(expression: str) -> str:
    """The expression in the one spelling that the grammar reads; "" if there is nothing left."""
    text = unicodedata.normalize("NFKC", _HALF.sub(r"\1,5", expression)).translate(_CHARACTERS).lower()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    text = " ".join(text.replace("(", " ").replace(")", " ").replace(", ", " ").replace(";", " ").split())
    text = text.rstrip(_EDGES) if text.startswith("'s ") else text.strip(_EDGES)
    for pattern, replacement in _PHRASES:
        text = pattern.sub(replacement, text)
    return "".join(map(_token, text.split())).rstrip()


def _token(word: str) -> str:
    known = _TOKENS.get(word)
    if known is None and word[-1] == "." and not word[0].isdigit():
        known = _TOKENS.get(word[:-1])
    return f"{word} " if known is None else known
