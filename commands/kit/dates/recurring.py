"""Phrases that recur, to a rule: "elke maandag om 9:00", "laatste werkdag van de maand", "om de week op donderdag".

First what stands around it is taken off (a time, 'vanaf', 'tot', '3 keer', 'behalve feestdagen'), in any order; what is
left must be a rhythm that the grammar knows whole. What a rhythm lacks is asked, with the phrase to fill in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from commands.kit.dates.clock import CLOCK, PART, Clock, read_clock
from commands.kit.dates.compose import read_expression
from commands.kit.dates.context import Context, settle
from commands.kit.dates.normal import normalise
from commands.kit.dates.results import Day, Unreadable
from commands.kit.dates.rhythm import GAP, Rhythm, Short, read_rhythm
from commands.kit.dates.say import say_day
from commands.rules.recurrence import Recurrence, next_after, occurrences, until_end_of
from commands.words.calendar import WorkCalendar, local, say_short

#: Longer phrases are no rhythm, and would cost time.
LONGEST = 120
_MOST_WORDS = 18
_ONE_DAY = timedelta(days=1)
#: They belong to what follows.
_ARTICLES = ("de", "het", "een", "'t")

_RECURS = re.compile(
    r"(?:^| )(?:elke?|iedere?|alle|om|per|op werkdag|in weekend|\w*dagen|\w+dags|dagelijks|werkdagelijks|doordeweeks"
    r"|weekenden|\S*(?:week|weke|maande|jaar)lijks"
    r"|(?:\d+e|laatste|voorlaatste|\d na laatste) \w+ van (?:maand|kwartaal|jaar|week))(?: |$)"
)
_TIMES = re.compile(r"(?P<base>.+?) (?:in totaal )?(?P<n>\d{1,3}) ?(?:keer|maal|x)")
_LASTING = re.compile(
    r"(?P<base>.+?) (?:gedurende (?=\d+ \w+$)|(?=.* lang$))(?P<n>\d{1,3}) (?P<unit>dag|week|maand|jaar)(?: lang)?"
)
_UNTIL = re.compile(r"(?P<base>.+) (?P<bound>tot|t/m) (?P<day>.+)")
_FROM = re.compile(r"(?P<base>.+) (?:vanaf|te beginnen(?: op)?|voor 1e keer(?: op)?) (?P<day>.+)")
_WORKING = re.compile(r"(?P<base>.+?),? (?:behalve|niet)(?: op)? feestdagen")
_CLOCK_LAST = re.compile(rf"(?P<base>.+?) (?:om )?{CLOCK}(?: (?P<part>{PART}))?")
_CLOCK_FIRST = re.compile(rf"(?:om )?{CLOCK}(?: (?P<part>{PART}))? (?P<base>.+)")
_PART_OF_EACH = re.compile(r"^(elke|iedere) (ochtend|middag|avond)\b")
_PART_LAST = re.compile(rf"(?P<base>.+?) (?P<part>{PART})")


@dataclass(frozen=True, slots=True)
class Recurring:
    """A rule for dates; `wall` None: no time was said."""

    rule: str
    start: date
    wall: time | None
    working: bool = False

    def at(self, wall: time) -> Recurrence:
        """With the time that was said, else with this one."""
        return Recurrence(self.rule, self.start, self.wall or wall, self.working)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A rhythm that lacks something: the question, the phrase with a gap, and likely answers (label, what fills it)."""

    because: str
    phrase: str
    options: tuple[tuple[str, str], ...] = ()


RecurringResult = Recurring | Unfinished | Unreadable | None


@dataclass(frozen=True, slots=True)
class _Around:
    """What stood around the rhythm: `said` are those words, to build a question with."""

    clock: re.Match[str] | None = None
    part: str | None = None
    count: int | None = None
    until: date | None = None
    open_end: bool = False
    start: date | None = None
    working: bool = False
    said: tuple[str, ...] = ()
    wrong: Unreadable | None = None


def read_recurring(expression: str, now: datetime, calendar: WorkCalendar, usual: time) -> RecurringResult:
    """What a recurring phrase means at `now`; None when it is not one. Raises ValueError if `now` has no zone.

    `usual` is the time of day where none is said: it decides whether today still counts.
    """
    said = " ".join(expression.split())
    if not said or len(said) > LONGEST:
        return None
    text = re.sub(r"\b(\d+) ?x (?=per\b)", r"\1 keer ", normalise(said).removeprefix("'s "))
    text = _PART_OF_EACH.sub(r"\1 dag \2", text)
    if not _RECURS.search(text):
        return None
    ctx = Context(local(now), calendar, said)
    rhythm, around = _taken_apart(text, ctx)
    if rhythm is None:
        return None
    if around.wrong is not None:
        return around.wrong
    if isinstance(rhythm, Unreadable):
        return rhythm
    return _finished(rhythm, around, ctx, usual)


def trailing_recurring(
    text: str, now: datetime, calendar: WorkCalendar, usual: time
) -> tuple[str, str, RecurringResult] | None:
    """The sentence without the recurring phrase at its end, that phrase, and what it means; None if it has none."""
    words = text.split()
    for start in range(max(0, len(words) - _MOST_WORDS), len(words)):
        ending = " ".join(words[start:]).strip(" .,;:!?")
        result = read_recurring(ending, now, calendar, usual)
        if result is not None:
            return " ".join(words[:start]).rstrip(" ,;:-"), ending, result
    return None


def leading_recurring(
    text: str, now: datetime, calendar: WorkCalendar, usual: time
) -> tuple[str, str, RecurringResult] | None:
    """The same for a phrase at the beginning."""
    words = text.split()
    for end in range(min(_MOST_WORDS, len(words)), 0, -1):
        if words[end - 1].casefold() in _ARTICLES:
            continue
        opening = " ".join(words[:end]).strip(" .,;:!?")
        result = read_recurring(opening, now, calendar, usual)
        if result is not None:
            return " ".join(words[end:]), opening, result
    return None


def clock_in(expression: str) -> time | None:
    """The time of day that ends an expression ("volgende vrijdag om 9:00"), if there is one and it is clear."""
    match = _CLOCK_LAST.fullmatch(normalise(expression))
    clock = read_clock(match, match["part"]) if match is not None else None
    return time(clock.hour, clock.minute) if isinstance(clock, Clock) else None


# --- taking apart ----------------------------------------------------------------------------------------------------
def _taken_apart(text: str, ctx: Context) -> tuple[Rhythm | Short | Unreadable | None, _Around]:
    """The rhythm and what stood around it; every step takes one piece off the end, or a time off the front."""
    around = _Around()
    for _ in range(8):
        rhythm = read_rhythm(text)
        if rhythm is not None:
            return rhythm, around
        taken = _one_off(text, around, ctx)
        if taken is None:
            break
        text, around = taken
    return None, around


def _one_off(text: str, around: _Around, ctx: Context) -> tuple[str, _Around] | None:
    for pattern, take in _PIECES:
        match = pattern.fullmatch(text)
        found = take(match, around, ctx) if match is not None else None
        if match is not None and found is not None:
            base = match["base"]
            piece = text[len(base) :] if text.startswith(base) else text[: -len(base)]
            return base, replace(found, said=(piece.strip(), *around.said))
    return None


def _take_clock(match: re.Match[str], around: _Around, ctx: Context) -> _Around | None:
    return replace(around, clock=match, part=match["part"] or around.part) if around.clock is None else None


def _take_part(match: re.Match[str], around: _Around, ctx: Context) -> _Around | None:
    return replace(around, part=match["part"]) if around.part is None else None


def _take_count(match: re.Match[str], around: _Around, ctx: Context) -> _Around | None:
    return replace(around, count=int(match["n"])) if around.count is None and int(match["n"]) else None


def _take_working(match: re.Match[str], around: _Around, ctx: Context) -> _Around | None:
    return replace(around, working=True)


def _take_lasting(match: re.Match[str], around: _Around, ctx: Context) -> _Around | None:
    return _bound(f"over {match['n']} {match['unit']}", "t/m", around, ctx)


def _take_until(match: re.Match[str], around: _Around, ctx: Context) -> _Around | None:
    return _bound(match["day"], match["bound"], around, ctx)


def _bound(said: str, bound: str, around: _Around, ctx: Context) -> _Around | None:
    if around.until is not None:
        return None
    day = _day(said, ctx)
    if isinstance(day, Unreadable):
        return replace(around, wrong=around.wrong or day)
    # "tot eind juni" is June to its end; "tot 1 juli" leaves open whether that day counts.
    closed = bound == "t/m" or said.startswith("eind ")
    return replace(around, until=day, open_end=not closed) if day is not None else None


def _take_start(match: re.Match[str], around: _Around, ctx: Context) -> _Around | None:
    if around.start is not None:
        return None
    day = _day(match["day"], ctx)
    if isinstance(day, Unreadable):
        return replace(around, wrong=around.wrong or day)
    return replace(around, start=day) if day is not None else None


_PIECES = (
    (_CLOCK_LAST, _take_clock),
    (_TIMES, _take_count),
    (_LASTING, _take_lasting),
    (_WORKING, _take_working),
    (_UNTIL, _take_until),
    (_FROM, _take_start),
    (_PART_LAST, _take_part),
    (_CLOCK_FIRST, _take_clock),
)


def _day(said: str, ctx: Context) -> date | Unreadable | None:
    result = read_expression(said, replace(ctx, said=said))
    result = settle(result, ctx) if result is not None else None
    if isinstance(result, Day):
        return result.day
    return result if isinstance(result, Unreadable) else None


# --- putting together ------------------------------------------------------------------------------------------------
def _finished(rhythm: Rhythm | Short, around: _Around, ctx: Context, usual: time) -> RecurringResult:
    clock = read_clock(around.clock, around.part) if around.clock is not None else None
    if isinstance(clock, Unreadable):
        return clock
    if isinstance(rhythm, Short):
        if around.start is None or rhythm.from_day is None:
            return Unfinished(rhythm.because, _phrase(rhythm.phrase, around), rhythm.options)
        made = rhythm.from_day(around.start)
        if isinstance(made, Short):
            return Unfinished(made.because, _phrase(made.phrase, around), made.options)
        rhythm = made
    if around.part is not None and clock is None:
        return Unfinished("Hoe laat?", _phrase(f"{rhythm.said} om {GAP}", replace(around, part=None)))
    wall = time(clock.hour, clock.minute) if isinstance(clock, Clock) else None
    parts = dict(rhythm.parts)
    if around.count is not None:
        parts["COUNT"] = str(around.count)
    found = Recurring(_text(parts), around.start or ctx.today, wall, rhythm.working or around.working)
    found = replace(found, start=_aligned(found, ctx, usual))
    if around.until is None:
        return found
    if around.open_end and _falls_on(found, around.until, ctx):
        return _itself(rhythm, around)
    last = around.until - _ONE_DAY if around.open_end else around.until
    return replace(found, rule=_text({**parts, "UNTIL": until_end_of(last)}))


def _aligned(found: Recurring, ctx: Context, usual: time) -> date:
    """The first day of the rhythm. Every two weeks on a Monday begins on the coming Monday, and goes on from there."""
    every = {name: value for name, value in found.at(time(12)).parts.items() if name not in ("INTERVAL", "COUNT")}
    first = next_after(replace(found, rule=_text(every)).at(usual), ctx.now, ctx.calendar)
    return first.date() if first is not None else found.start


def _falls_on(found: Recurring, day: date, ctx: Context) -> bool:
    for at in occurrences(found.at(time(12)), ctx.calendar):
        if at.date() >= day:
            return at.date() == day
    return False


def _itself(rhythm: Rhythm, around: _Around) -> Unfinished:
    """Whether the day after 'tot' counts, where that makes a difference."""
    last = around.until or date.min
    left = replace(around, said=tuple(piece for piece in around.said if not piece.startswith("tot ")))
    options = (("ja", f"t/m {say_short(last)}"), ("nee", f"t/m {say_short(last - _ONE_DAY)}"))
    return Unfinished(f"Ook op {say_day(last)} zelf?", _phrase(f"{rhythm.said} {GAP}", left), options)


def _phrase(rhythm: str, around: _Around) -> str:
    return " ".join((rhythm, *around.said))


def _text(parts: Mapping[str, str]) -> str:
    order: Sequence[str] = (
        "FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "COUNT", "UNTIL"
    )  # fmt: skip
    return ";".join(f"{name}={parts[name]}" for name in order if name in parts)
