"""Weeks, months, quarters, years and weekends; their begin, middle and end; the n-th weekday within them (C7, C8)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from commands.kit.dates.context import (
    Context,
    add_months,
    begun,
    impossible,
    month_end,
    past,
    quote,
    unclear,
)
from commands.kit.dates.days import full_year
from commands.kit.dates.feasts import nth_weekday
from commands.kit.dates.results import Day, Period, Result, Unreadable
from commands.kit.dates.rule import Rule, compiled, month_of, rule
from commands.kit.dates.say import WEEKDAYS

Unit = Literal["week", "maand", "kwartaal", "halfjaar", "jaar"]


@dataclass(frozen=True, slots=True)
class Span:
    """A whole week, month … as the calendar has it. `next_one` is the next that the same words could mean."""

    unit: Unit
    start: date
    end: date
    next_one: "Span | None" = None


SpanResult = Span | Unreadable | None

_STEPS = {"deze": 0, None: 0, "volgende": 1, "vorige": -1, "nieuwe": 1}


def _months(unit: Unit, start: date, count: int, next_one: Span | None = None) -> Span:
    last = add_months(start, count - 1) or start
    return Span(unit, start, month_end(last.year, last.month), next_one)


def _yearly(ctx: Context, unit: Unit, month: int, count: int, year: str | None) -> Span:
    """Some months of that year; without a year the first that is not over yet, and the one a year later."""
    if year:
        return _months(unit, date(full_year(year), month, 1), count)
    this, following = (_months(unit, date(ctx.today.year + n, month, 1), count) for n in (0, 1))
    if this.end < ctx.today:
        return following
    return _months(unit, this.start, count, following)


def week_span(ctx: Context, number: int, year: int | None) -> SpanResult:
    """ISO week N, of this year unless it is over already, then of the next (C8)."""
    this_year = ctx.today.isocalendar().year
    for candidate in (year,) if year else (this_year, this_year + 1):
        try:
            monday = date.fromisocalendar(candidate, number, 1)
        except ValueError:
            continue
        if year or monday + timedelta(days=6) >= ctx.today:
            return Span("week", monday, monday + timedelta(days=6))
    return impossible(f"Week {number}" + (f" van {year}" if year else ""))


def _named_week(match: re.Match[str], ctx: Context) -> SpanResult:
    return week_span(ctx, int(match["n"]), int(match["y"]) if match["y"] else None)


def _month(match: re.Match[str], ctx: Context) -> SpanResult:
    if match["which"] and not match["y"]:
        year = ctx.today.year + (1 if match["which"].startswith("volgende") else 0)
        return _yearly(ctx, "maand", month_of(match), 1, str(year))
    return _yearly(ctx, "maand", month_of(match), 1, match["y"])


def _numbered_month(match: re.Match[str], ctx: Context) -> SpanResult:
    """ "12-2026", "2026-12"."""
    if not 1 <= int(match["month"]) <= 12:
        return impossible(f"Maand {match['month']}")
    return _yearly(ctx, "maand", int(match["month"]), 1, match["y"])


def _quarter(match: re.Match[str], ctx: Context) -> SpanResult:
    number = int(match["q"])
    if not 1 <= number <= 4:
        return impossible(f"Kwartaal {number}")
    return _yearly(ctx, "kwartaal", 3 * number - 2, 3, _year_of(match, ctx))


def _last_quarter(match: re.Match[str], ctx: Context) -> SpanResult:
    return _yearly(ctx, "kwartaal", 10, 3, _year_of(match, ctx) or str(ctx.today.year))


def _half_year(match: re.Match[str], ctx: Context) -> SpanResult:
    return _yearly(ctx, "halfjaar", 1 if match["half"] == "1" else 7, 6, _year_of(match, ctx))


def _year_of(match: re.Match[str], ctx: Context) -> str | None:
    if match["which"] is None:
        return match["y"] or None
    return str(ctx.today.year + (1 if match["which"].startswith("volgende") else 0))


def _year(match: re.Match[str], ctx: Context) -> SpanResult:
    return _months("jaar", date(int(match["y"]), 1, 1), 12)


def _relative(match: re.Match[str], ctx: Context) -> SpanResult:
    """ "deze week", "volgende maand"; "week" alone only within a longer expression ("eind van de week")."""
    steps = _STEPS[match["which"]]
    if match["which"] == "nieuwe" and (match["sort"] != "jaar" or ctx.today.month <= 3):
        return unclear(ctx)
    match match["sort"]:
        case "week":
            monday = ctx.monday + timedelta(days=7 * steps)
            return Span("week", monday, monday + timedelta(days=6))
        case "maand":
            return _months("maand", add_months(ctx.today.replace(day=1), steps) or ctx.today, 1)
        case "kwartaal":
            start = ctx.today.replace(month=(ctx.today.month - 1) // 3 * 3 + 1, day=1)
            return _months("kwartaal", add_months(start, 3 * steps) or start, 3)
    return _months("jaar", date(ctx.today.year + steps, 1, 1), 12)


_OF_YEAR = r"(?:(?: van| in| ?[-/'])? ?(?P<y>20\d\d| '\d\d)| (?:van )?(?P<which>deze jaar|volgende jaar))?"
_SPANS = tuple(
    (compiled(pattern), meaning)
    for pattern, meaning in (
        (r"(?:(?P<which>deze|volgende|vorige|nieuwe) )?(?P<sort>week|maand|kwartaal|jaar)", _relative),
        (r"(?:week|w) (?:nummer |nr )?(?P<n>\d{1,2})(?:(?: van| in| ?[-/'])? ?(?P<y>20\d\d))?", _named_week),
        (r"(?P<y>20\d\d)[- ]w(?: |eek )?(?P<n>\d{1,2})", _named_week),
        (r"<mon>" + _OF_YEAR, _month),
        (r"(?P<month>\d{1,2})[-/]<y>", _numbered_month),
        (r"<y>[-/](?P<month>\d{1,2})", _numbered_month),
        (r"(?:q|kwartaal) ?(?P<q>\d)" + _OF_YEAR, _quarter),
        (r"(?P<q>\d)e (?:kwartaal|q)" + _OF_YEAR, _quarter),
        (r"(?P<y>20\d\d)(?P<which>)?[ -/]?q ?(?P<q>\d)", _quarter),
        (r"laatste kwartaal" + _OF_YEAR, _last_quarter),
        (r"(?P<half>[12])e (?:half jaar|helft)" + _OF_YEAR, _half_year),
        (r"h ?(?P<half>[12])" + _OF_YEAR, _half_year),
        (r"(?P<which>deze jaar|volgende jaar) (?:in )?<mon>(?P<y>)", _month),
        (r"komende <mon>(?P<which>)(?P<y>)", _month),
        (r"(?P<y>20\d\d)", _year),
    )
)


def read_span(text: str, ctx: Context) -> SpanResult:
    """The week, month, quarter or year that the text names, whole; None if it names none."""
    for pattern, meaning in _SPANS:
        match = pattern.fullmatch(text)
        if match is not None:
            return meaning(match, ctx)
    return None


def _clipped(start: date, end: date, ctx: Context) -> Result:
    """What is going on starts today (C8)."""
    return past(quote(ctx.said)) if end < ctx.today else Period(max(start, ctx.today), end)


def _not_begun(start: date, end: date, ctx: Context) -> Result:
    """The period, if it lies ahead. Of one that has begun it is asked whether the rest of it is meant."""
    if end < ctx.today:
        return past(quote(ctx.said))
    return Period(start, end) if start >= ctx.today else begun(ctx, Period(ctx.today, end))


def _whole(match: re.Match[str], ctx: Context) -> Result | None:
    if match["span"] in _BARE or match["span"].isdigit():
        return None
    span = read_span(match["span"], ctx)
    if not isinstance(span, Span):
        return span
    if match["span"].startswith(("deze ", "volgende ", "vorige ")):
        return _clipped(span.start, span.end, ctx)
    if span.unit == "week":
        return Period(span.start, span.end)
    return _not_begun(span.start, span.end, ctx)


_BARE = ("week", "maand", "kwartaal", "jaar", "halfjaar")


def _part(span: Span, which: str, ctx: Context) -> Result | None:
    """The begin, middle or end of a period (C7); what the conventions do not name is asked."""
    match which, span.unit:
        case "eind", "week":
            return Day(span.start + timedelta(days=4))
        case "begin", "week":
            return Period(span.start, span.start + timedelta(days=1))
        case "eind", _:
            return Day(span.end)
        case "ultimo", "maand" | "kwartaal" | "jaar":
            return Day(span.end)
        case "begin", "maand":
            return Period(span.start, span.start + timedelta(days=9))
        case "medio" | "half" | "midden" | "mid" | "halverwege", "maand":
            return Period(span.start + timedelta(days=10), span.start + timedelta(days=19))
        case "begin", "jaar":
            return Period(span.start, month_end(span.start.year, 3))
    return unclear(ctx)


def _part_of(match: re.Match[str], ctx: Context) -> Result | None:
    which = match["part"]
    span = read_span(match["span"], ctx)
    if not isinstance(span, Span):
        return span
    if which == "eind" and span.unit == "week" and match["span"] in ("week", "deze week") and ctx.today.weekday() > 4:
        return unclear(ctx, Day(ctx.today), Day(ctx.monday + timedelta(days=6)), Day(ctx.monday + timedelta(days=11)))
    result = _part(span, which, ctx)
    if isinstance(result, Period):
        if result.end < ctx.today and span.next_one:
            return _part(span.next_one, which, ctx)
        return _not_begun(result.start, result.end, ctx)
    return result


def _half_of(match: re.Match[str], ctx: Context) -> Result | None:
    """ "tweede helft van januari": the month in two halves, the 15th in the first."""
    span = read_span(match["span"], ctx)
    if not isinstance(span, Span) or span.unit not in ("maand", "jaar"):
        return span if isinstance(span, Unreadable) else unclear(ctx)
    if span.unit == "jaar":
        middle = date(span.start.year, 6, 30)
    else:
        if span.end.day < 30:
            return unclear(ctx)
        middle = span.start.replace(day=15)
    first = match["half"] == "1"
    start, end = (span.start, middle) if first else (middle + timedelta(days=1), span.end)
    return unclear(ctx) if end < ctx.today and span.next_one else _not_begun(start, end, ctx)


def _nth_of(match: re.Match[str], ctx: Context) -> Result | None:
    """ "laatste vrijdag van november", "eerste werkdag van volgende maand"."""
    span = read_span(match["span"], ctx)
    if not isinstance(span, Span):
        return span
    sort = match["sort"]
    if span.unit == "week" and sort != "werkdag" and not (sort == "dag" and match["n"]):
        return unclear(ctx)
    from_end = {"laatste": 1, "voorlaatste": 2, "1 na laatste": 2, "2 na laatste": 3}.get(match["back"] or "", 0)
    n = int(match["n"]) if match["n"] else 0
    found = _counted(span, sort, n, from_end, ctx)
    if found is not None and found < ctx.today and span.next_one:
        found = _counted(span.next_one, sort, n, from_end, ctx)
    return impossible(quote(ctx.said)) if found is None else Day(found)


def _counted(span: Span, sort: str, n: int, from_end: int, ctx: Context) -> date | None:
    if sort == "dag":
        found = span.end - timedelta(days=from_end - 1) if from_end else span.start + timedelta(days=n - 1)
    elif sort == "werkdag":
        one = timedelta(days=1)
        found = ctx.calendar.add(span.end + one, -from_end) if from_end else ctx.calendar.add(span.start - one, n)
    else:
        weekday = WEEKDAYS.index(sort)
        if from_end:
            last = span.end - timedelta(days=(span.end.weekday() - weekday) % 7)
            found = last - timedelta(days=7 * (from_end - 1))
        else:
            found = nth_weekday(span.start, weekday, n)
    return found if span.start <= found <= span.end and (n or from_end) else None


def _weekday_in(match: re.Match[str], ctx: Context) -> Result | None:
    """ "dinsdag in week 48"."""
    span = read_span(match["span"], ctx)
    if not isinstance(span, Span):
        return span
    return Day(span.start + timedelta(days=WEEKDAYS.index(match["wd"]))) if span.unit == "week" else None


def _weeks(match: re.Match[str], ctx: Context) -> Result | None:
    """ "week 48 en 49", "week 48 t/m 50"."""
    year = int(match["y"]) if match["y"] else None
    first, last = int(match["n"]), int(match["m"])
    if first >= last or (match["link"] in ("en", "/") and last != first + 1):
        return unclear(ctx)
    start, end = week_span(ctx, first, year), week_span(ctx, last, year)
    if isinstance(start, Span) and isinstance(end, Span):
        return _not_begun(start.start, end.end, ctx) if start.start < end.start else unclear(ctx)
    return start if isinstance(start, Unreadable) else end if isinstance(end, Unreadable) else None


def _coming(match: re.Match[str], ctx: Context) -> Result | None:
    """ "komende week" is the next one; of longer periods it may also be the time from now on."""
    monday = ctx.monday + timedelta(days=7)
    return Period(monday, monday + timedelta(days=6)) if match["sort"] == "week" else unclear(ctx)


def _weekend(match: re.Match[str], ctx: Context) -> Result | None:
    saturday = ctx.monday + timedelta(days=5)
    following = saturday + timedelta(days=7)
    this, then = (
        Period(max(saturday, ctx.today), saturday + timedelta(days=1)),
        Period(following, following + timedelta(days=1)),
    )
    in_weekend = ctx.today >= saturday
    match match["which"]:
        case "deze":
            return this
        case "volgende":
            return then if in_weekend else unclear(ctx, this, then)
        case "vorige":
            return past(quote(ctx.said))
    return unclear(ctx, this, then) if in_weekend else this


def _weekend_of(match: re.Match[str], ctx: Context) -> Result | None:
    span = read_span(match["span"], ctx)
    if not isinstance(span, Span):
        return span
    return _not_begun(span.start + timedelta(days=5), span.end, ctx) if span.unit == "week" else None


def _iso_week(match: re.Match[str], ctx: Context) -> Result | None:
    span = week_span(ctx, int(match["n"]), int(match["y"]))
    if not isinstance(span, Span):
        return span
    return Day(span.start + timedelta(days=int(match["d"]) - 1))


PERIOD_RULES: tuple[Rule, ...] = (
    rule(r"(?:(?P<which>deze|komende|volgende|vorige) )?weekend", _weekend),
    rule(r"weekend van (?P<span>.+)", _weekend_of),
    rule(
        r"week (?P<n>\d{1,2})(?: ?(?P<link>en|t/m|-|/)(?: ?week)? ?)(?P<m>\d{1,2})(?: (?:van )?(?P<y>20\d\d))?", _weeks
    ),
    rule(r"(?P<y>20\d\d)-w(?: )?(?P<n>\d\d)-(?P<d>[1-7])", _iso_week),
    rule(r"komende (?P<sort>week|maand|kwartaal|jaar)", _coming),
    rule(
        r"(?:aan |op |tegen )?(?P<part>begin|medio|eind|ultimo|halverwege|midden|half|mid)(?: van)? (?P<span>.+)",
        _part_of,
    ),
    rule(r"(?P<half>[12])e helft(?: van| in)? (?P<span>.+)", _half_of),
    rule(
        r"(?:(?P<n>\d)e|(?P<back>laatste|voorlaatste|[12] na laatste)) (?P<sort>dag|werkdag|"
        + "|".join(WEEKDAYS)
        + r")"
        r" (?:(?:van|in) )?(?P<span>.+)",
        _nth_of,
    ),
    rule(r"<wd>(?: van| in)? (?P<span>week \d.*|(?:20\d\d)-w.*)", _weekday_in),
    rule(r"(?:in )?(?P<span>week \d+.*?) (?:op )?<wd>", _weekday_in),
    rule(r"(?P<span>.+)", _whole),
)
