"""Single days: relative days, weekdays, dates with and without a year, public holidays."""

import re
from datetime import date, timedelta

from commands.kit.dates.context import (
    Context,
    add_months,
    after,
    contradiction,
    impossible,
    make_date,
    month_end,
    past,
    quote,
    unclear,
)
from commands.kit.dates.results import Day, Reading, Result
from commands.kit.dates.rule import Rule, month_of, rule, weekday_of
from commands.kit.dates.say import MONTHS

_NEAR = {"vandaag": 0, "heden": 0, "morgen": 1, "overmorgen": 2, "gisteren": -1, "eergisteren": -2}
_MONTHS_IN = {"maand": 1, "kwartaal": 3, "jaar": 12}


def near_day(match: re.Match[str], ctx: Context) -> Result | None:
    return Day(ctx.today + timedelta(days=_NEAR[match["near"]]))


def next_weekday(ctx: Context, weekday: int) -> date:
    """The first such weekday strictly after today (C1)."""
    return ctx.today + timedelta(days=(weekday - ctx.today.weekday() - 1) % 7 + 1)


def weekday(match: re.Match[str], ctx: Context) -> Result | None:
    before, behind = match["before"], match["behind"]
    if before and behind:
        return None
    number = weekday_of(match)
    match before or behind:
        case "deze":
            return Day(ctx.monday + timedelta(days=number))
        case "vorige":
            return past(quote(ctx.said))
        case "volgende":
            coming, week_on = next_weekday(ctx, number), ctx.monday + timedelta(days=7 + number)
            return Day(coming) if coming == week_on else unclear(ctx, Day(coming), Day(week_on))
    day = Day(next_weekday(ctx, number))
    return unclear(ctx, day) if ctx.said.lower() == "zo" else day  # Sunday, or soon?


def weekday_of_week(match: re.Match[str], ctx: Context) -> Result | None:
    """ "volgende week dinsdag", "dinsdag van deze week" (C2)."""
    number = weekday_of(match)
    match match["which"]:
        case "deze":
            return Day(ctx.monday + timedelta(days=number))
        case "volgende":
            return Day(ctx.monday + timedelta(days=7 + number))
        case "vorige":
            return past(quote(ctx.said))
    this, then = (Day(ctx.monday + timedelta(days=shift + number)) for shift in (0, 7))
    return then if this.day < ctx.today else unclear(ctx, this, then)


def shifted(day: date, n: int, unit: str, ctx: Context) -> Result:
    """The day some units later (earlier if n < 0): calendar arithmetic, clamped to the month's end (C3, C10)."""
    if unit in _MONTHS_IN:
        moved = add_months(day, n * _MONTHS_IN[unit])
        return Day(moved) if moved else impossible("Die dag")
    if unit == "werkdag":
        return Day(ctx.calendar.add(day, n))
    try:
        return Day(day + timedelta(days=n * (7 if unit == "week" else 1)))
    except OverflowError:
        return impossible("Die dag")


def in_units(match: re.Match[str], ctx: Context) -> Result | None:
    """ "over 3 weken", "binnen 10 werkdagen", "over 1 jaar en 3 maanden"."""
    result = shifted(ctx.today, int(match["n"]), {"d": "dag", "w": "week"}.get(match["unit"], match["unit"]), ctx)
    if match["n2"]:
        if match["unit"] == "werkdag" or match["unit2"] == "werkdag" or not isinstance(result, Day):
            return None
        return shifted(result.day, int(match["n2"]), match["unit2"], ctx)
    return result


def in_halves(match: re.Match[str], ctx: Context) -> Result | None:
    """ "over een half jaar", "over anderhalf jaar"; half a month or week is no number of days."""
    half_years = {"1 half": 1, "half": 1, "1,5": 3, "2,5": 5}.get(match["halves"])
    if match["unit"] == "jaar" and half_years:
        return shifted(ctx.today, 6 * half_years, "maand", ctx)
    return unclear(ctx)


def in_minutes(match: re.Match[str], ctx: Context) -> Result | None:
    """ "over 2 uur", "binnen drie kwartier": elapsed time (C4)."""
    minutes = 0.0
    if match["hours"]:
        minutes += 60 * float(match["hours"].replace(",", "."))
    if match["half"]:
        minutes += 30
    if match["minutes"]:
        minutes += int(match["minutes"]) * (15 if match["sort"] == "kwartier" else 1)
    if not minutes:
        return None
    return after(ctx.now, minutes)


def weekday_in_weeks(match: re.Match[str], ctx: Context) -> Result | None:
    """ "dinsdag over een week", "morgen over 14 dagen" (C3)."""
    n, unit = int(match["n"]), match["unit"]
    if match["near"]:
        return shifted(ctx.today + timedelta(days=_NEAR[match["near"]]), n, unit, ctx) if unit != "werkdag" else None
    days = n * (7 if unit == "week" else 1)
    if unit not in ("week", "dag") or days % 7:
        return unclear(ctx)
    return shifted(next_weekday(ctx, weekday_of(match)), days, "dag", ctx)


def in_weeks_on_weekday(match: re.Match[str], ctx: Context) -> Result | None:
    """ "over 3 weken op dinsdag": the Tuesday of that week, or the first Tuesday from today, three weeks later?"""
    n, number = int(match["n"]), weekday_of(match)
    options: tuple[Reading, ...] = (
        Day(ctx.monday + timedelta(days=7 * n + number)),
        Day(next_weekday(ctx, number) + timedelta(days=7 * n)),
    )
    return options[0] if options[0] == options[1] else unclear(ctx, *options)


def first_from(ctx: Context, month: int, day: int) -> date | None:
    """The first such date from today on, today included, within twelve months (C5)."""
    last = add_months(ctx.today, 12) or ctx.today
    for year in (ctx.today.year, ctx.today.year + 1):
        found = make_date(year, month, day)
        if found and ctx.today <= found <= last:
            return found
    return None


def full_year(written: str) -> int:
    digits = written.lstrip(" '")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def calendar_date(ctx: Context, day: int, month: int, year: int | None, weekday: int | None = None) -> Result:
    """A day, month and perhaps year and weekday, checked against the calendar and each other (C5, C6)."""
    if not 1 <= month <= 12:
        return impossible(f"{quote(ctx.said)}")
    found = first_from(ctx, month, day) if year is None else make_date(year, month, day)
    said = f"{day} {MONTHS[month - 1]}" + (f" {year}" if year else "")
    if found is None and year is None and (month, day) == (2, 29):
        return impossible(f"{said} {ctx.today.year if ctx.today.month < 3 else ctx.today.year + 1}")
    if found is None:
        clamp = month_end(year or ctx.today.year, month).day
        near = (first_from(ctx, month, clamp) if year is None else make_date(year, month, clamp)) if day <= 31 else None
        return impossible(said, *([Day(near)] if day and near and near >= ctx.today else []))
    if weekday is not None and found.weekday() != weekday:
        return contradiction(found, weekday, ctx)
    return Day(found)


def written_date(match: re.Match[str], ctx: Context) -> Result | None:
    """ "1 december", "dinsdag 1e december 2026", "1 dec '26"."""
    year = full_year(match["y"]) if match["y"] else None
    return calendar_date(ctx, int(match["d"]), month_of(match), year, weekday_of(match) if match["wd"] else None)


def date_in_year(match: re.Match[str], ctx: Context) -> Result | None:
    """ "1 maart volgend jaar"."""
    year = ctx.today.year + (match["which"] == "volgende")
    return calendar_date(ctx, int(match["d"]), month_of(match), year, weekday_of(match) if match["wd"] else None)


def month_first(match: re.Match[str], ctx: Context) -> Result | None:
    """ "december 1"; but "december 27" is as well the month of 2027."""
    if match["y"] is None and 2000 + int(match["d"]) in range(ctx.today.year - 1, ctx.today.year + 12):
        return unclear(ctx)
    return written_date(match, ctx)


def numeric_date(match: re.Match[str], ctx: Context) -> Result | None:
    """ "1-12", "1/12/26", "01.12.2026": always day, month, year (C6)."""
    if match["y"] and match["sep"] != match["sep2"]:
        return None
    year = full_year(match["y"]) if match["y"] else None
    day, month = int(match["d"]), int(match["month"])
    return calendar_date(ctx, day, month, year, weekday_of(match) if match["wd"] else None)


def iso_date(match: re.Match[str], ctx: Context) -> Result | None:
    year, month, day = int(match["y"]), int(match["month"]), int(match["d"])
    return calendar_date(ctx, day, month, year, weekday_of(match) if match["wd"] else None)


def day_of_month(match: re.Match[str], ctx: Context) -> Result | None:
    """ "de 15e", "maandag de 30e": the first such day from today on."""
    day = int(match["d"])
    if not 1 <= day <= 31:
        return impossible(f"De {day}e")
    month = ctx.today.replace(day=1)
    for _ in range(3):
        found = make_date(month.year, month.month, day)
        if found and found >= ctx.today:
            if match["wd"] and found.weekday() != weekday_of(match):
                return contradiction(found, weekday_of(match), ctx)
            return Day(found)
        month = add_months(month, 1) or month
    return None


def day_of_that_month(match: re.Match[str], ctx: Context) -> Result | None:
    """ "volgende maand de 3e", "de 15e van deze maand"."""
    month = add_months(ctx.today.replace(day=1), 1 if match["which"] == "volgende" else 0) or ctx.today
    return calendar_date(ctx, int(match["d"]), month.month, month.year, weekday_of(match) if match["wd"] else None)


def working_day(_: re.Match[str], ctx: Context) -> Result | None:
    return Day(ctx.calendar.next_working_day(ctx.today))


def gone(_: re.Match[str], ctx: Context) -> Result | None:
    return past(quote(ctx.said))


def vague(_: re.Match[str], ctx: Context) -> Result | None:
    return unclear(ctx)


_WHEN = r"(?:over|binnen|in)"
_NEAR_WORDS = "(?P<near>vandaag|heden|morgen|overmorgen|gisteren|eergisteren)"
_UNIT2 = r"(?P<unit2>dag|week|maand|kwartaal|jaar)"
_FROM_NOW = r"(?: (?:vanaf|na) (?:nu|vandaag))"

DAY_RULES: tuple[Rule, ...] = (
    rule(_NEAR_WORDS, near_day),
    rule(r"(?:(?P<before>komende|deze|volgende|vorige) )?<wd>(?: (?P<behind>komende|vorige))?", weekday),
    rule(r"(?P<which>volgende|deze|vorige|komende) week (?:op )?<wd>", weekday_of_week),
    rule(r"<wd> (?:van |in )?(?P<which>volgende|deze|vorige|komende) week", weekday_of_week),
    rule(r"deze (?:ochtend|middag|avond)", lambda _, ctx: Day(ctx.today)),
    rule(r"(?:komende )?(?:<wd> )?<d>(?:e|e van)? <mon>(?: (?P<y>20\d\d|'\d\d))?(?: komende)?", written_date),
    rule(r"(?:<wd> )?<d>e? <mon> (?:van )?(?P<which>deze|volgende) jaar", date_in_year),
    rule(r"(?:<wd> )?<mon> <d>e?(?: <y>)?", month_first),
    rule(r"<d>e? <mon>(?: (?P<y>20\d\d))? <wd>", written_date),
    rule(r"(?:<wd> )?<d>(?P<sep>[-/.])(?P<month>\d{1,2})(?:(?P<sep2>[-/.])(?P<y>20\d\d|\d\d))?", numeric_date),
    rule(r"<d>(?P<sep>[-/.])(?P<month>\d{1,2})(?:(?P<sep2>[-/.])(?P<y>20\d\d|\d\d))? <wd>", numeric_date),
    rule(r"(?:<wd> )?(?P<y>[12]\d{3})([-/])(?P<month>\d{1,2})\3(?P<d>\d{1,2})", iso_date),
    rule(r"(?:<wd> )?(?P<y>20\d\d)(?P<month>\d\d)(?P<d>\d\d)", iso_date),
    rule(r"(?:<wd> )?(?P<d>\d\d)(?P<month>\d\d)<y>", iso_date),
    rule(r"(?:<wd> )?<d> (?P<month>\d{1,2}) <y>", iso_date),
    rule(r"(?:<wd> )?<d>e(?: komende| van maand)?", day_of_month),
    rule(r"(?:<wd> )?<d>e? (?:van )?(?P<which>deze|volgende) maand", day_of_that_month),
    rule(r"(?P<which>deze|volgende) maand (?:op )?(?:<wd> )?<d>e", day_of_that_month),
    rule(rf"{_WHEN} <n> <unit>(?: en (?P<n2>\d{{1,3}}) {_UNIT2})?{_FROM_NOW}?", in_units),
    rule(rf"<n> <unit>(?: en (?P<n2>\d{{1,3}}) {_UNIT2})?{_FROM_NOW}?", in_units),
    rule(r"\+<n> ?(?P<unit>d|dag|w|week|maand|jaar|werkdag)(?P<n2>)(?P<unit2>)", in_units),
    rule(rf"{_WHEN} (?P<halves>1 half|half|\d,5) (?P<unit>jaar|maand|week|dag|kwartaal){_FROM_NOW}?", in_halves),
    rule(
        rf"{_WHEN} (?:(?P<hours>\d{{1,3}}(?:,5)?) uur|(?P<half>(?:1 )?half) uur|(?=\d+ (?:minuut|kwartier)))"
        rf"(?:(?: en | |)(?P<minutes>\d{{1,4}}) (?P<sort>minuut|kwartier))?{_FROM_NOW}?",
        in_minutes,
    ),
    rule(rf"(?:<wd>|{_NEAR_WORDS}) (?:over|vanaf) <n> <unit>", weekday_in_weeks),
    rule(rf"{_WHEN} <n> week (?:op )?<wd>", in_weeks_on_weekday),
    rule(r"(?:1e )?(?:komende|volgende) werkdag", working_day),
    rule(r"\d{1,3} (?:dag|week|maand|jaar|uur|minuut|kwartier) (?:geleden|terug)", gone),
    rule(r"vorige (?:week|maand|kwartaal|jaar|weekend|<mon>|zomer|winter|lente|herfst)", gone),
    rule(r"(?:daarnet|zojuist|zonet|eerder|vroeger|laatst|destijds)", gone),
    rule(
        r"(?:zsm|nu|straks|zo|zometeen|direct|meteen|onmiddellijk|per direct|spoedig|(?:heel )?binnenkort|ooit|later"
        r"|eens|nader te bepalen|ntb|een keer|1 keer|dezer dagen|1 dezer dagen|op termijn|te zijner tijd|tzt|t\.z\.t)",
        vague,
    ),
    rule(rf"{_WHEN} (?:1 )?(?:paar|enkele|aantal|tijdje|poos|poosje)(?: <unit>| uur| minuut)?", vague),
    rule(rf"{_WHEN} \d{{1,3}} <unit> of (?:wat|\d+)", vague),
    rule(rf"{_WHEN} \d{{1,3}}(?: ?- ?| a | tot | of )\d{{1,3}} <unit>", vague),
)
