"""Expressions made of smaller ones: ranges, a day some days from another, a day with a time, bounds (C9)."""

import re
from datetime import date, datetime, timedelta

from commands.kit.dates.clock import CLOCK, PART, Clock, ClockResult, digital, read_clock, read_hour
from commands.kit.dates.context import Context, at_wall, begun, contradiction, make_date, settle, unclear
from commands.kit.dates.days import DAY_RULES, next_weekday, shifted
from commands.kit.dates.feasts import FEAST_RULES, nth_weekday
from commands.kit.dates.periods import PERIOD_RULES
from commands.kit.dates.results import Day, Instant, Period, Result, Unreadable, first_day, last_day
from commands.kit.dates.rule import compiled, first
from commands.kit.dates.say import WEEKDAYS
from commands.kit.dates.schoolyear import SEASON_RULES
from commands.words.calendar import local

_WEEKDAY = "(?:" + "|".join(WEEKDAYS) + ")"
_SIMPLE = DAY_RULES + FEAST_RULES + SEASON_RULES + PERIOD_RULES

_OFFSET = compiled(r"(?:<n> )?<unit> (?P<side>na|voor|vanaf) (?P<base>.+)")
_COUNTED = compiled(
    r"(?:(?:(?P<n>\d)e(?: komende)?|(?P<last>laatste)|komende) )?(?P<sort>werkdag|dag|"
    + "|".join(WEEKDAYS)
    + r") (?P<side>na|voor|vanaf) (?P<base>.+)"
)
_WEEK_OF = compiled(r"(?:(?:<wd>|(?P<part>eind|begin)) (?:in |van )?)?(?:in )?week van (?P<base>.+)")
_SAID_TWICE = re.compile(
    rf"(?P<day>vandaag|morgen|overmorgen|(?:deze|volgende) week {_WEEKDAY}|{_WEEKDAY} (?:van )?(?:deze|volgende) week)"
    r" (?P<again>.+)"
)
_TWO_DAYS = re.compile(r"(?:kerst|kerstmis|pasen|pinksteren)\b")
_PART_OF_DAY = re.compile(rf"(?P<date>.+?) (?P<part>{PART})")
_BOUND = re.compile(r"(?P<soft>op|per|in|met|tijdens|uiterlijk|t/m|om) (?P<rest>.+)")
_DURATION = re.compile(r"\+?\d{1,3} ?(?:d|w|dag|week|maand|kwartaal|jaar|werkdag)\b(?! (?:na|voor|vanaf) )")
_BEFORE = re.compile(r"voor (?P<rest>.+)")
_VAGUE = re.compile(
    r"(?:na|vanaf|tot|tot aan|omstreeks|later dan|niet (?:voor|eerder dan)|sinds|ergens(?: in| op| rond| begin| eind)?"
    r"|tussen|begin|pas na|kort na|vlak na|vlak voor|kort voor|ruim voor|direct na|vroeg in|laat in) (?P<rest>.+)"
)
_CLOCK_END = re.compile(
    r"(?:(?P<date>.+?) )??"
    r"(?:(?P<link>om|voor|uiterlijk|uiterlijk om|voor om|t/m|per|(?P<loose>na|vanaf|tot|omstreeks(?: om)?)) )?"
    rf"(?:(?P<first_part>{PART}) (?:om )?)?{CLOCK}(?: (?P<part>{PART}))?"
)
_CLOCK_START = re.compile(rf"(?:(?P<link>om) )?{CLOCK}(?: (?P<part>{PART}))?(?: op)? (?P<date>.+)")
_AT_HOUR = re.compile(rf"(?P<rest>(?:.+ )?om \d{{1,2}})(?P<part>(?: {PART})?)")
_CLOCK_INSIDE = compiled(
    rf"(?P<day><wd>) (?:(?P<link>om) )?{CLOCK}(?: (?P<part>{PART}))? "
    rf"(?P<week>(?:van )?(?:deze|volgende) week|(?:in |van )?week \d.*|over \d+ week)"
)
_PART_INSIDE = compiled(
    rf"(?P<day><wd>) (?P<part>{PART}) (?P<week>(?:van )?(?:deze|volgende) week|(?:in |van )?week \d{{1,2}}(?: 20\d\d)?"
    r"|over \d+ week|<d>e? <mon>(?: 20\d\d)?|\d{1,2}[-/]\d{1,2}(?:[-/]\d+)?|\d{1,2}e)(?P<more>(?: .*)?)"
)
_HOURS = re.compile(
    r"(?:(?P<date>.+?) )??(?P<van>van |tussen )?(?P<a>\d{1,2}(?:[:.]\d{2})?)(?P<u1> uur)?"
    r"(?P<link> ?- ?| tot | t/m | en )"
    rf"(?P<b>\d{{1,2}}(?:[:.]\d{{2}})?)(?P<u2> uur)?(?: (?P<part>{PART}))?"
)
#: After a space "10:00-12:00" are two times of day; only behind a T a minus begins an offset.
_ISO_INSTANT = re.compile(
    r"(?P<iso>\d{4}-\d\d-\d\d(?:t\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:?\d\d|z)?| \d\d:\d\d(?::\d\d)?(?:\+\d\d:?\d\d|z)?))"
)
_ONE_DAY = timedelta(days=1)
_EARLIEST = 7
_FOUR_DIGITS = re.compile(r"20\d\d")
_RANGES = tuple(re.compile(rf"(?:van )?(?P<a>.+?){link}(?P<b>.+)") for link in (" t/m ", " - ", r"/(?=\d{4}-)", "-"))
_BETWEEN = re.compile(r"tussen (?P<a>.+?) en (?P<b>.+)")
_EITHER = re.compile(r"(?P<a>.+?) of (?P<b>.+)")
_BOTH = compiled(r"(?P<a>\d{1,2}) en (?P<b>\d{1,2} <mon>(?: 20\d\d)?)")
_DAY_SPAN = compiled(
    rf"(?:(?:van )?(?:(?P<from_wd>{_WEEKDAY}) )?(?P<a>\d{{1,2}})e?(?: ?- ?| t/m |(?P<until> tot ))"
    r"|tussen (?P<a2>\d{1,2})e? en )(?:<wd> )?(?P<b>\d{1,2}e? <mon>(?: 20\d\d)?)"
)


def read_expression(text: str, ctx: Context) -> Result | None:
    """The meaning of a normalised expression, not yet checked against the past; None if it has none."""
    match = _PART_INSIDE.fullmatch(text)
    if match is not None:
        text = f"{match['day']} {match['week']} {match['part']}{match['more']}"
    match = _BEFORE.fullmatch(text)
    if match is not None:
        return _before(match["rest"], ctx)
    match = _BOUND.fullmatch(text)
    if match is not None:
        rest = match["rest"]
        if match["soft"] in ("uiterlijk", "t/m"):
            return read_expression(rest, ctx)
        return _prefixed(match["soft"], rest, text, ctx)
    return _whole(text, ctx) or _loose(text, ctx)


def _prefixed(word: str, rest: str, text: str, ctx: Context) -> Result | None:
    """ "op vrijdag", "om 9 uur", "in week 48"; "in 2 weken" is a rule of its own."""
    result = _whole(text, ctx)
    if result is not None or _DURATION.match(rest) or word == "om" or (word in ("in", "tijdens") and rest in WEEKDAYS):
        return result
    if word == "met":  # "met kerst"; but "met DO" and "met Mei" are the company
        return first(FEAST_RULES, rest, ctx)
    result = _whole(rest, ctx)
    return None if _has_time(result) and word not in ("op", "per") else result


def _has_time(result: Result | None) -> bool:
    return isinstance(result, Instant) or (isinstance(result, Period) and isinstance(result.start, datetime))


# The steps below go down, never back up: a range is made of single readings, a reading of one date. So the work
# stays proportional to the length of the text, whatever someone pastes.
def _whole(text: str, ctx: Context) -> Result | None:
    return _single(text, ctx) or _range(text, ctx)


def _single(text: str, ctx: Context) -> Result | None:
    return _iso_instant(text, ctx) or _timed(text, ctx) or day_or_period(text, ctx)


def day_or_period(text: str, ctx: Context) -> Result | None:
    """A day or a period, without a time."""
    return _date(text, ctx) or _in_part(text, ctx)


def _date(text: str, ctx: Context) -> Result | None:
    return first(_SIMPLE, text, ctx) or _from_base(text, ctx) or _twice(text, ctx)


def _twice(text: str, ctx: Context) -> Result | None:
    """ "morgen donderdag", "volgende week maandag 23 november": one day said twice, or a contradiction."""
    match = _SAID_TWICE.fullmatch(text)
    if match is None:
        return None
    day, again = first(DAY_RULES, match["day"], ctx), match["again"]
    if not isinstance(day, Day):
        return day
    if again in WEEKDAYS:
        number = WEEKDAYS.index(again)
        return day if day.day.weekday() == number else contradiction(day.day, number, ctx)
    other = first(_SIMPLE, again, ctx)
    if not isinstance(other, Day):
        return other if other is None or isinstance(other, Unreadable) else unclear(ctx)
    return day if day == other else unclear(ctx, day, other)


def _before(rest: str, ctx: Context) -> Result | None:
    """'voor X' is the day before X; with a time, or before the end of something, X itself (C9)."""
    if _DURATION.match(rest):
        return None
    if rest.startswith(("over ", "binnen ", "voor ", "op ")) or _PART_OF_DAY.fullmatch(rest):
        return unclear(ctx) if _whole(rest, ctx) else None
    result = _whole(rest, ctx)
    if isinstance(result, Unreadable) and result.kind == "ambiguous" and not rest.startswith("eind "):
        return unclear(ctx, *(Day(option.day - _ONE_DAY) for option in result.options if isinstance(option, Day)))
    if result is None or isinstance(result, Unreadable | Instant) or rest.startswith("eind "):
        return result
    if isinstance(result, Period) and isinstance(result.start, datetime):
        return unclear(ctx)
    return Day(first_day(result) - _ONE_DAY)


def _loose(text: str, ctx: Context) -> Result | None:
    """'na', 'vanaf', 'rond', 'tot': no last day follows from them, so the user is asked (C9)."""
    match = _VAGUE.fullmatch(text)
    if match is None:
        return None
    result = _whole(match["rest"], ctx)
    if result is None:
        return None
    return settle(result, ctx) if isinstance(result, Unreadable) else unclear(ctx)


def _in_part(text: str, ctx: Context) -> Result | None:
    """A part of the day fixes the date only (C11); "vannacht" lies on two dates."""
    match = _PART_OF_DAY.fullmatch(text)
    if match is None:
        return None
    result = _date(match["date"], ctx)
    if isinstance(result, Unreadable) or result is None:
        return result
    return result if isinstance(result, Day) and match["part"] != "nacht" else unclear(ctx)


def _from_base(text: str, ctx: Context) -> Result | None:
    """ "twee dagen na Pasen", "eerste maandag na 1 mei", "de week van 7 december"."""
    match = _OFFSET.fullmatch(text) or _COUNTED.fullmatch(text) or _WEEK_OF.fullmatch(text)
    if match is None:
        return None
    base = first(_SIMPLE, match["base"], ctx)
    if not isinstance(base, Day):
        return base if isinstance(base, Unreadable) or base is None else unclear(ctx)
    if match.re is _WEEK_OF:
        return _in_week_of(match, base.day, ctx)
    result = _moved(match, base.day, ctx)
    if match["side"] != "voor" and _TWO_DAYS.match(match["base"]):
        later = _moved(match, base.day + timedelta(days=1), ctx)
        if isinstance(result, Day) and isinstance(later, Day) and result != later:
            return unclear(ctx, result, later)
    return result


def _moved(match: re.Match[str], base: date, ctx: Context) -> Result | None:
    side = -1 if match["side"] == "voor" else 1
    if match.re is _COUNTED:
        return _counted_from(match, base, side, ctx)
    if match["n"] is None and match["unit"] != "dag":
        return unclear(ctx)
    return shifted(base, side * int(match["n"] or 1), match["unit"], ctx)


def _counted_from(match: re.Match[str], base: date, side: int, ctx: Context) -> Result | None:
    n, sort = int(match["n"] or 1), match["sort"]
    plain = match["n"] is None and sort in WEEKDAYS
    if ((match["last"] is not None) != (side < 0) and not plain) or match["side"] == "vanaf" or not n:
        return unclear(ctx)
    if sort in ("werkdag", "dag"):
        return shifted(base, side * n, sort, ctx)
    number = WEEKDAYS.index(sort)
    if side > 0:
        return Day(nth_weekday(base + timedelta(days=1), number, n))
    return Day(base - timedelta(days=(base.weekday() - number - 1) % 7 + 1))


def _in_week_of(match: re.Match[str], base: date, ctx: Context) -> Result:
    monday = base - timedelta(days=base.weekday())
    if match["wd"]:
        return Day(monday + timedelta(days=WEEKDAYS.index(match["wd"])))
    match match["part"]:
        case "eind":
            return Day(monday + timedelta(days=4))
        case "begin":
            return Period(max(monday, ctx.today), monday + timedelta(days=1))
    return Period(max(monday, ctx.today), monday + timedelta(days=6))


def _timed(text: str, ctx: Context) -> Result | None:
    """A day with a time or with hours from and to; without a day it is today."""
    for pattern in (_CLOCK_END, _CLOCK_START):
        match = pattern.fullmatch(text)
        if match is not None:
            result = _with_clock(match, match["date"], ctx)
            if result is not None:
                return result
    match = _AT_HOUR.fullmatch(text)
    if match is not None:
        return _timed(f"{match['rest']} uur{match['part']}", ctx)
    match = _CLOCK_INSIDE.fullmatch(text)
    if match is not None:
        return _with_clock(match, f"{match['day']} {match['week']}", ctx)
    match = _HOURS.fullmatch(text)
    return _day_with_hours(match, ctx) if match else None


def _split_day(said: str | None, ctx: Context) -> tuple[Result | None, str | None]:
    """The day an instant lies on and the part of the day that was said with it."""
    if said is None:
        return Day(ctx.today), None
    match = _PART_OF_DAY.fullmatch(said)
    if match is not None:
        return _date(match["date"], ctx), match["part"]
    return _date(said, ctx), None


def _with_clock(match: re.Match[str], said: str | None, ctx: Context) -> Result | None:
    groups = match.groupdict()
    if not digital(match) and groups.get("link") is None:
        if said is None or said in WEEKDAYS:
            return None
    elif ctx.said.lower() == "een uur":  # an hour, or one o'clock?
        return unclear(ctx)
    day, part = _split_day(said, ctx)
    if day is None:
        return None
    if not digital(match) and groups.get("link") is None and int(match["h"]) < _EARLIEST:
        return unclear(ctx)  # "morgen 1.12" is as well the first of December
    parts = {found for found in (part, groups.get("part"), groups.get("first_part")) if found}
    if isinstance(day, Unreadable):
        return day
    if not isinstance(day, Day) or len(parts) > 1:
        return unclear(ctx)
    instant = _on(day.day, read_clock(match, parts.pop() if parts else None), ctx)
    return unclear(ctx) if groups.get("loose") and isinstance(instant, Instant) else instant


def _day_with_hours(match: re.Match[str], ctx: Context) -> Result | None:
    """ "donderdag 14.00-16.00 uur", "vrijdag van 10 tot 12"."""
    a, b = match["a"], match["b"]
    written = [":" in hour or ("." in hour and int(hour[-2:]) not in range(1, 13)) for hour in (a, b)]
    if not (all(written) or match["u2"] or match["u1"] or (match["van"] and match["date"])):
        return None
    if match["link"] == " en " and match["van"] != "tussen ":
        return None
    day, part = _split_day(match["date"], ctx)
    if day is None or isinstance(day, Unreadable):
        return day
    parts = {found for found in (part, match["part"]) if found}
    if not isinstance(day, Day) or len(parts) > 1:
        return unclear(ctx)
    part = parts.pop() if parts else None
    start, end = (_on(day.day, read_hour(hour, part), ctx) for hour in (a, b))
    if not (isinstance(start, Instant) and isinstance(end, Instant)):
        return start if isinstance(start, Unreadable) else end
    if start.at >= end.at or (start.at <= ctx.now and not (match["date"] and _FOUR_DIGITS.search(match["date"]))):
        return unclear(ctx)
    return Period(start.at, end.at)


def _on(day: date, clock: ClockResult, ctx: Context) -> Result | None:
    return at_wall(day, clock.hour, clock.minute, ctx) if isinstance(clock, Clock) else clock


def _iso_instant(text: str, ctx: Context) -> Result | None:
    match = _ISO_INSTANT.fullmatch(text)
    if match is None:
        return None
    try:
        at = datetime.fromisoformat(match["iso"].upper())
    except ValueError:
        return Unreadable("invalid", f"{match['iso']} bestaat niet.")
    if at.tzinfo is not None:
        return Instant(local(at).replace(second=0, microsecond=0))
    return at_wall(at.date(), at.hour, at.minute, ctx)


def _range(text: str, ctx: Context) -> Result | None:
    """ "3 t/m 7 mei", "maandag t/m woensdag", "30 nov - 4 dec", "3 en 4 mei"; "3 of 4 mei" is asked."""
    match = _DAY_SPAN.fullmatch(text) or _BOTH.fullmatch(text)
    if match is not None:
        return _days_until(match, ctx)
    match = _EITHER.fullmatch(text)
    if match is not None:
        month = match["b"].partition(" ")[2]
        left = f"{match['a']} {month}" if match["a"].isdigit() else match["a"]
        options = [_single(left, ctx), _single(match["b"], ctx)]
        readings = [option for option in options if option and not isinstance(option, Unreadable)]
        return unclear(ctx, *readings) if len(readings) == 2 else None
    for pattern in (_BETWEEN, *_RANGES):
        match = pattern.fullmatch(text)
        if match is not None and not (_DURATION.match(match["b"]) or match["b"].startswith(("over ", "binnen "))):
            start, end = _single(match["a"], ctx), _single(match["b"], ctx)
            if start is not None and end is not None:
                return _weekdays(match, ctx) or _joined(start, end, ctx)
    return None


def _weekdays(match: re.Match[str], ctx: Context) -> Result | None:
    """ "maandag t/m vrijdag" on a Wednesday: the rest of this week, or the next? None if the days are in order."""
    if match["a"] not in WEEKDAYS or match["b"] not in WEEKDAYS:
        return None
    start, end = (next_weekday(ctx, WEEKDAYS.index(match[side])) for side in "ab")
    return unclear(ctx, Period(start, end + timedelta(days=7))) if start > end else None


def _joined(start: Result, end: Result, ctx: Context) -> Result | None:
    if isinstance(start, Unreadable):
        return start
    if isinstance(end, Unreadable):
        return end
    if isinstance(start, Instant) and isinstance(end, Instant):
        return Period(start.at, end.at) if start.at < end.at else unclear(ctx)
    if _has_time(start) or _has_time(end) or first_day(start) > last_day(end):
        return unclear(ctx)
    if first_day(start) == last_day(end) and not _FOUR_DIGITS.search(ctx.said):
        return unclear(ctx)
    return Period(first_day(start), last_day(end))


def _days_until(match: re.Match[str], ctx: Context) -> Result | None:
    """ "3-7 mei", "ma 23 t/m wo 25 november"; "3 en 4 mei" only of days that follow each other."""
    groups = match.groupdict()
    end = day_or_period(" ".join(filter(None, (groups.get("wd"), match["b"]))), ctx)
    if not isinstance(end, Day):
        return end
    start = make_date(end.day.year, end.day.month, int(match["a"] or groups["a2"]))
    if start is None or start >= end.day or groups.get("until"):
        return unclear(ctx)
    if match.re is _BOTH and (end.day - start).days != 1:
        return unclear(ctx, Day(start), end)
    if groups.get("from_wd") and start.weekday() != WEEKDAYS.index(groups["from_wd"]):
        return contradiction(start, WEEKDAYS.index(groups["from_wd"]), ctx)
    if start < ctx.today and not _FOUR_DIGITS.search(match["b"]):
        return begun(ctx, Period(ctx.today, end.day))
    return Period(start, end.day)
