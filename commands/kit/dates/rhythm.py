"""The rhythms themselves: every so many days, weeks, months or years, and on which of their days.

Each pattern is one way to say it, over normalised words ("elke 2 week op donderdag"). A month that lacks the day, and
a rhythm that does not say where it begins, are asked about: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from commands.kit.dates.context import month_end
from commands.kit.dates.results import Unreadable
from commands.kit.dates.rule import compiled
from commands.kit.dates.say import MONTHS, WEEKDAYS
from commands.rules.recurrence import DAYS, WORKING_WEEK
from commands.words.enumeration import joined

#: Where an answer goes in the phrase of a question.
GAP = "…"
EACH = "(?:elke?|iedere?|alle)"
_WEEKDAY = "(?:" + "|".join(WEEKDAYS) + ")(?:en|s)?"
_LIST = rf"{_WEEKDAY}(?:(?:,| en|, en)? {_WEEKDAY})*"
_PLURALS = "(?:" + "|".join(WEEKDAYS) + ")(?:en|s)"
_NTH = r"(?:(?P<n>\d)e|(?P<back>laatste|voorlaatste|1 na laatste))"
_SORT = "(?P<sort>werkdag|dag|" + "|".join(WEEKDAYS) + ")"
_UNITS = {"dag": 1, "week": 1, "maand": 1, "kwartaal": 3, "half jaar": 6, "jaar": 12}
_ADVERBS = {
    "dagelijks": (1, "dag"),
    "wekelijks": (1, "week"),
    "maandelijks": (1, "maand"),
    "jaarlijks": (1, "jaar"),
    "halfjaarlijks": (1, "half jaar"),
}
_COUNTS = {"twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "acht": 8}
_ORDINALS = ("", "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende")
#: Days of the month that not every month has.
_UNSURE = (29, 30, 31)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Parts of an RRULE; `said` says it again in words that are understood."""

    said: str
    parts: Mapping[str, str]
    working: bool = False


@dataclass(frozen=True, slots=True)
class Short:
    """A rhythm that lacks something; `from_day` makes it whole when the first day is known."""

    because: str
    phrase: str
    options: tuple[tuple[str, str], ...] = ()
    from_day: Callable[[date], Rhythm | Short] | None = None


RhythmResult = Rhythm | Short | Unreadable | None


def read_rhythm(text: str) -> RhythmResult:
    """The rhythm that the whole text names, None if it names none."""
    for pattern, meaning in _RULES:
        match = pattern.fullmatch(text)
        if match is not None:
            found = meaning(match)
            if found is not None:
                return found
    return None


# --- every so many ---------------------------------------------------------------------------------------------------
_EVERY = re.compile(
    rf"(?:{EACH} (?:(?P<n>\d{{1,2}}) |(?P<other>andere) )?(?P<unit>dag|week|maand|kwartaal|half jaar|jaar)"
    r"|om (?:(?P<m>\d{1,2}) |andere )?(?P<unit2>dag|week|maand|kwartaal|jaar)"
    r"|(?:1 keer )?per (?P<unit3>dag|week|maand|kwartaal|half jaar|jaar)"
    r"|(?P<adverb>dagelijks|wekelijks|maandelijks|halfjaarlijks|jaarlijks)"
    r"|(?P<many>twee|drie|vier|vijf|zes|acht|\d{1,2}[- ]?)(?P<adverb2>wekelijks|maandelijks|jaarlijks))"
    r"(?: (?P<rest>.+))?"
)


def _every(match: re.Match[str]) -> RhythmResult:
    n, unit = _interval(match)
    if n is None or not 0 < n <= 99:
        return None
    said = (
        f"elke {n} {_plural(unit)}"
        if n > 1
        else f"{'elk' if unit in ('kwartaal', 'half jaar', 'jaar') else 'elke'} {unit}"
    )
    rest = match["rest"] or ""
    match unit:
        case "dag":
            return _daily(n, said) if not rest else None
        case "week":
            return _weekly(n, said, rest)
    return _monthly(n * _UNITS[unit], unit, said, rest)


def _interval(match: re.Match[str]) -> tuple[int | None, str]:
    if match["unit"]:
        return (2 if match["other"] else int(match["n"] or 1)), match["unit"]
    if match["unit2"]:
        return int(match["m"] or 2), match["unit2"]
    if match["unit3"]:
        return 1, match["unit3"]
    if match["adverb"]:
        return _ADVERBS[match["adverb"]]
    many = match["many"].strip("- ")
    return (int(many) if many.isdigit() else _COUNTS[many]), _ADVERBS[match["adverb2"]][1]


def _plural(unit: str) -> str:
    return {"dag": "dagen", "week": "weken", "maand": "maanden", "kwartaal": "kwartalen", "jaar": "jaar"}.get(
        unit, unit
    )


def _parts(freq: str, n: int, **more: str) -> dict[str, str]:
    return {"FREQ": freq, **({"INTERVAL": str(n)} if n > 1 else {}), **more}


def _begins(said: str, from_day: Callable[[date], Rhythm | Short]) -> Short:
    question = f"{said[0].upper()}{said[1:]}. Wanneer voor het eerst? Een datum is genoeg."
    return Short(question, f"{said} vanaf {GAP}", (), from_day)


def _daily(n: int, said: str) -> Rhythm | Short:
    rhythm = Rhythm(said, _parts("DAILY", n))
    return rhythm if n == 1 else _begins(said, lambda _: rhythm)


# --- weeks -----------------------------------------------------------------------------------------------------------
def _weekly(n: int, said: str, rest: str) -> RhythmResult:
    if not rest:

        def on_that(day: date) -> Rhythm:
            return Rhythm(f"{said} op {WEEKDAYS[day.weekday()]}", _parts("WEEKLY", n, BYDAY=DAYS[day.weekday()]))

        if n > 1:
            return _begins(said, on_that)
        return Short("Op welke dag van de week?", f"{said} op {GAP}", (), on_that)
    match = re.fullmatch(rf"(?:op )?(?P<days>{_LIST})", rest)
    if match is not None:
        days = _days(match["days"])
        names = joined([WEEKDAYS[day] for day in days])
        every = f"elke {names}" if n == 1 else f"{said} op {names}"
        return Rhythm(every, _parts("WEEKLY", n, BYDAY=",".join(DAYS[day] for day in days)))
    match = re.fullmatch(rf"(?:op )?{_NTH} werkdag", rest)
    if match is None or not (place := _place(match)):
        return None
    parts = _parts("WEEKLY", n, BYDAY=WORKING_WEEK, BYSETPOS=str(place))
    return Rhythm(f"{said} op {_ordinal(place)} werkdag", parts, working=True)


def _listed(match: re.Match[str]) -> RhythmResult:
    return _weekly(1, "elke week", match["days"])


def _days(said: str) -> list[int]:
    found = {next(n for n, day in enumerate(WEEKDAYS) if word.startswith(day)) for word in re.findall(_WEEKDAY, said)}
    return sorted(found)


def _working_days(_: re.Match[str]) -> RhythmResult:
    return Rhythm("elke werkdag", _parts("WEEKLY", 1, BYDAY=WORKING_WEEK), working=True)


def _weekend(_: re.Match[str]) -> RhythmResult:
    return Short("Op zaterdag of op zondag?", f"elke {GAP}", (("zaterdag", "zaterdag"), ("zondag", "zondag")))


# --- months, quarters and years --------------------------------------------------------------------------------------
def _monthly(months: int, unit: str, said: str, rest: str) -> RhythmResult:
    """Within a month, quarter or year: on which day. Without one the first day tells, or it is asked."""
    if not rest:
        whole = months in (1, 3, 12)
        ask = {"maand": "Op welke dag van de maand?", "jaar": "Op welke datum?"}.get(unit, "")
        from_day = _from_day(months, said)
        if unit == "kwartaal" and whole:
            choices = ("eerste werkdag", "laatste werkdag")
            question = "Op welke dag van het kwartaal: de eerste werkdag, de laatste werkdag, of vanaf een datum?"
            options = tuple((one, f"op {one}") for one in choices)
            return Short(question, f"{said} {GAP}", options, from_day)
        return Short(ask, f"{said} op {GAP}", (), from_day) if ask and whole else _begins(said, from_day)
    if unit in ("kwartaal", "half jaar") and months in (3, 6):
        return _in_period(months, said, rest)
    if unit == "jaar":
        return _in_year(months // 12, said, rest)
    return _on_day(months, said, rest) or _on_nth(_parts("MONTHLY", months), said, rest)


def _from_day(months: int, said: str) -> Callable[[date], Rhythm | Short]:
    def made(day: date) -> Rhythm | Short:
        if months % 12 == 0:
            return _yearly(day.day, day.month, months // 12, said)
        return _month_day(day.day, months, f"elke {months} maanden" if months > 1 else said)

    return made


def _on_day(months: int, said: str, rest: str) -> Rhythm | Short | None:
    match = re.fullmatch(
        r"(?:(?P<only>alleen )?op )?(?:dag )?(?P<d>\d{1,2})e?(?: (?P<or>of laatste dag))?(?: dag)?", rest
    )
    if match is None or not 1 <= int(match["d"]) <= 31:
        return None
    return _month_day(int(match["d"]), months, said, only=bool(match["only"]), clamp=bool(match["or"]))


def _month_day(day: int, months: int, said: str, *, only: bool = False, clamp: bool = False) -> Rhythm | Short:
    every = _parts("MONTHLY", months, BYMONTHDAY=str(day))
    if day not in _UNSURE:
        return Rhythm(f"{said} op de {day}e", every)
    if only:
        return Rhythm(f"{said} alleen op de {day}e", every)
    if clamp:
        days = ",".join(str(one) for one in range(28, day + 1))
        return Rhythm(f"{said} op de {day}e of de laatste dag", {**every, "BYMONTHDAY": days, "BYSETPOS": "-1"})
    last = ("laatste dag", "op de laatste dag" if day == 31 else f"op de {day}e of de laatste dag")
    question = f"De {day}e is er niet in elke maand. In een kortere maand op de laatste dag, of die maand overslaan?"
    return Short(question, f"{said} {GAP}", (last, ("overslaan", f"alleen op de {day}e")))


def _on_nth(parts: Mapping[str, str], said: str, rest: str) -> Rhythm | Short | None:
    """ "op de eerste dinsdag", "op de laatste werkdag"."""
    match = re.fullmatch(rf"(?P<only>alleen )?(?:op )?{_NTH} {_SORT}", rest)
    place = _place(match) if match is not None else 0
    if match is None or not place:
        return None
    sort, spoken = match["sort"], f"{_ordinal(place)} {match['sort']}"
    if sort == "dag":
        return Rhythm(f"{said} op de {spoken}", {**parts, "BYMONTHDAY": str(place)}) if place < 29 else None
    if sort == "werkdag":
        days = {**parts, "BYDAY": WORKING_WEEK, "BYSETPOS": str(place)}
        return Rhythm(f"{said} op de {spoken}", days, working=True)
    if place == 5 and not match["only"]:
        question = f"Een {spoken} is er niet in elke maand. Op de laatste {sort}, of die maanden overslaan?"
        options = ((f"laatste {sort}", f"op de laatste {sort}"), ("overslaan", f"alleen op de {spoken}"))
        return Short(question, f"{said} {GAP}", options)
    only = "alleen " if place == 5 else ""
    by_day = f"{place}{DAYS[WEEKDAYS.index(sort)]}"
    return Rhythm(f"{said} {only}op de {spoken}", {**parts, "BYDAY": by_day}) if place <= 5 else None


def _in_period(months: int, said: str, rest: str) -> Rhythm | Short | None:
    """Quarters and half years: their first month, or the last one for what is counted from the end."""
    last = re.search(r"\b(?:laatste|eind)\b", rest) is not None
    chosen = [month for month in range(1, 13) if month % months == (0 if last else 1)]
    parts = {"FREQ": "MONTHLY", "BYMONTH": ",".join(map(str, chosen))}
    if rest in ("eind", "op eind"):
        rest = "op laatste dag"
    found = _on_nth(parts, said, rest)
    if found is None and (match := re.fullmatch(r"(?:op )?(?P<d>\d{1,2})e", rest)) and 1 <= int(match["d"]) <= 28:
        return Rhythm(f"{said} op de {match['d']}e", {**parts, "BYMONTHDAY": match["d"]})
    return found


_DATE = compiled(r"(?P<only>alleen )?(?:op )?<d>e? <mon>")
_NTH_OF_MONTH = compiled(rf"(?P<which>(?:op )?{_NTH} {_SORT}) (?:van|in) <mon>")


def _in_year(years: int, said: str, rest: str) -> Rhythm | Short | None:
    match = _DATE.fullmatch(rest)
    if match is not None:
        month = MONTHS.index(match["mon"]) + 1
        return _yearly(int(match["d"]), month, years, said, only=bool(match["only"]))
    match = _NTH_OF_MONTH.fullmatch(rest)
    if match is not None:
        month = MONTHS.index(match["mon"]) + 1
        found = _on_nth(_parts("YEARLY", years, BYMONTH=str(month)), said, match["which"])
        return (
            Rhythm(f"{found.said} van {match['mon']}", found.parts, found.working)
            if isinstance(found, Rhythm)
            else None
        )
    whole = re.fullmatch(rf"(?:op )?{_NTH} (?P<sort>dag|werkdag)", rest)
    if whole is None or years > 1 or abs(place := _place(whole)) != 1:
        return None
    month = 1 if place == 1 else 12
    return _on_nth(_parts("YEARLY", 1, BYMONTH=str(month)), said, rest)


def _yearly(day: int, month: int, years: int, said: str, *, only: bool = False) -> Rhythm | Short:
    if not 1 <= day <= month_end(2028, month).day:
        near = month_end(2028, month).day
        nearest = ((f"{near} {MONTHS[month - 1]}", f"op {near} {MONTHS[month - 1]}"),)
        return Short(f"{day} {MONTHS[month - 1]} bestaat niet. Bedoel je {nearest[0][0]}?", f"{said} {GAP}", nearest)
    parts = _parts("YEARLY", years, BYMONTH=str(month), BYMONTHDAY=str(day))
    if (day, month) == (29, 2) and not only:
        options = (("28 februari", "op 28 februari"), ("alleen in schrikkeljaren", "alleen op 29 februari"))
        question = "29 februari is er niet elk jaar. Op 28 februari, of alleen in schrikkeljaren?"
        return Short(question, f"{said} {GAP}", options)
    return Rhythm(f"{said} {'alleen ' if only else ''}op {day} {MONTHS[month - 1]}", parts)


def _nth_of(match: re.Match[str]) -> RhythmResult:
    """ "laatste werkdag van de maand", "elke eerste dinsdag van het kwartaal"."""
    unit = match["unit"]
    if unit == "week":
        return _weekly(1, "elke week", match["which"]) if match["sort"] == "werkdag" else None
    said = f"{'elke' if unit == 'maand' else 'elk'} {unit}"
    return _monthly(_UNITS[unit], unit, said, match["which"])


def _day_of(match: re.Match[str]) -> RhythmResult:
    return _monthly(1, "maand", "elke maand", match["day"])


def _date_each(match: re.Match[str]) -> RhythmResult:
    return _in_year(1, "elk jaar", match["date"])


def _end_of(match: re.Match[str]) -> RhythmResult:
    unit = match["unit"]
    said = f"{'elke' if unit == 'maand' else 'elk'} {unit}"
    if match["part"] == "begin":
        return Short(f"Op welke dag aan het begin van {said}?", f"{said} op {GAP}")
    return _monthly(_UNITS[unit], unit, said, "op laatste dag")


def _too_often(_: re.Match[str]) -> RhythmResult:
    return Unreadable("invalid", "Vaker dan één keer per dag herinner ik niet.")


def _several(match: re.Match[str]) -> RhythmResult:
    unit = match["unit"]
    if unit == "week":
        return Short("Op welke dagen van de week?", f"elke week op {GAP}")
    return Unreadable("ambiguous", f"Op welke dagen van de {unit}? Zet er voor elke dag één.")


def _place(match: re.Match[str]) -> int:
    if match["back"]:
        return -1 if match["back"] == "laatste" else -2
    return int(match["n"] or 0)


def _ordinal(place: int) -> str:
    return {-1: "laatste", -2: "voorlaatste"}.get(place) or _ORDINALS[place]


def _nth_each(match: re.Match[str]) -> RhythmResult:
    return _monthly(1, "maand", "elke maand", match["which"])


_WORKDAY = "(?:werkdag|doordeweekse dag)(?:en)?"
_UNIT = "(?P<unit>maand|kwartaal|jaar)"

_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], RhythmResult]], ...] = (
    (re.compile(rf"(?:{EACH}|op) {_WORKDAY}|(?:op )?doordeweeks|werkdagelijks"), _working_days),
    (re.compile(rf"{EACH} (?:\d+ )?(?:uur|minuut|kwartier|half uur)|per uur"), _too_often),
    (re.compile(rf"{EACH} weekend|in weekend|weekenden"), _weekend),
    (re.compile(rf"(?:{EACH}|wekelijks) (?P<days>{_LIST})"), _listed),
    (re.compile(rf"(?:op )?(?P<days>{_PLURALS}(?:(?:,| en|, en)? {_PLURALS})*)"), _listed),
    (re.compile(r"[2-9] keer per (?P<unit>week|maand|jaar)"), _several),
    (re.compile(rf"(?:{EACH} )?(?P<which>{_NTH} {_SORT}) van (?:{EACH} )?(?P<unit>maand|kwartaal|jaar|week)"), _nth_of),
    (re.compile(rf"{EACH} (?P<which>{_NTH} (?:werkdag|{'|'.join(WEEKDAYS)}))"), _nth_each),
    (re.compile(rf"{EACH} (?P<day>\d{{1,2}}e)(?: dag)?(?: van maand)?"), _day_of),
    (re.compile(rf"(?P<day>\d{{1,2}}e)(?: dag)? van {EACH} maand"), _day_of),
    (compiled(rf"{EACH} (?P<date><d>e? <mon>)"), _date_each),
    (compiled(rf"{EACH} (?P<date>{_NTH} {_SORT} (?:van|in) <mon>)"), _date_each),
    (re.compile(rf"(?P<part>eind|begin)(?: van)? {EACH} {_UNIT}"), _end_of),
    (re.compile(rf"{EACH} {_UNIT} (?:aan |op )?(?P<part>eind|begin)"), _end_of),
    (_EVERY, _every),
)
