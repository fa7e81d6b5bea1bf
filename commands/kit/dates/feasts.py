"""The days that have a name: public holidays and the feasts that Dutch offices plan by."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from commands.kit.dates.context import Context, unclear
from commands.kit.dates.results import Day, Result
from commands.kit.dates.rule import Rule, rule
from commands.words.calendar import easter


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


def nth_weekday(start: date, weekday: int, n: int) -> date:
    """The n-th such weekday from that day on, the day itself included."""
    return start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * (n - 1))


def _nth(month: int, weekday: int, n: int) -> Callable[[int], date]:
    return lambda year: nth_weekday(date(year, month, 1), weekday, n)


def _kings_day(year: int) -> date:
    day = date(year, 4, 27)
    return day - timedelta(days=1) if day.isoweekday() == 7 else day


_FEASTS: dict[str, Callable[[int], date]] = {
    "nieuwjaar nieuwjaarsdag": _fixed(1, 1),
    "driekoningen": _fixed(1, 6),
    "valentijnsdag": _fixed(2, 14),
    "aswoensdag": _from_easter(-46),
    "palmzondag palmpasen": _from_easter(-7),
    "witte_donderdag": _from_easter(-3),
    "goede_vrijdag": _from_easter(-2),
    "stille_zaterdag": _from_easter(-1),
    "pasen 1e_paasdag paaszondag eerste_paasdag": _from_easter(0),
    "2e_paasdag paasmaandag": _from_easter(1),
    "koningsdag": _kings_day,
    "dag_van_arbeid": _fixed(5, 1),
    "dodenherdenking": _fixed(5, 4),
    "bevrijdingsdag": _fixed(5, 5),
    "moederdag": _nth(5, 6, 2),
    "hemelvaart hemelvaartsdag": _from_easter(39),
    "pinksteren 1e_pinksterdag pinksterzondag": _from_easter(49),
    "2e_pinksterdag pinkstermaandag": _from_easter(50),
    "vaderdag": _nth(6, 6, 3),
    "prinsjesdag": _nth(9, 1, 3),
    "dierendag": _fixed(10, 4),
    "allerheiligen": _fixed(11, 1),
    "allerzielen": _fixed(11, 2),
    "sint_maarten": _fixed(11, 11),
    "sinterklaas sinterklaasavond pakjesavond": _fixed(12, 5),
    "kerstavond": _fixed(12, 24),
    "kerst kerstmis kerstdag 1e_kerstdag": _fixed(12, 25),
    "2e_kerstdag": _fixed(12, 26),
    "oudjaar oudjaarsdag oudejaarsdag oudejaar oudejaarsavond oudjaarsavond": _fixed(12, 31),
}
_DAYS = {name.replace("_", " "): day for names, day in _FEASTS.items() for name in names.split()}
FEAST = "|".join(sorted(_DAYS, key=len, reverse=True))


def feast(match: re.Match[str], ctx: Context) -> Result | None:
    """ "Koningsdag", "Pasen 2027", "volgend jaar Pinksteren": without a year the first from today on (C5)."""
    day = _DAYS[match["feast"]]
    this_year = ctx.today.year
    if match["y"]:
        return Day(day(int(match["y"])))
    match match["before"] or match["behind"]:
        case "volgende jaar":
            return Day(day(this_year + 1))
        case "deze jaar":
            return Day(day(this_year))
    coming = next(found for found in map(day, (this_year, this_year + 1)) if found >= ctx.today)
    if match["which"] == "volgende" and coming.year == this_year:
        return unclear(ctx, Day(coming), Day(day(this_year + 1)))
    return Day(coming)


FEAST_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?:(?P<before>volgende jaar|deze jaar) (?:met )?)?(?:(?P<which>komende|volgende) )?(?P<feast>{FEAST})"
        r"(?: (?:van )?(?:<y>|(?P<behind>volgende jaar|deze jaar)))?",
        feast,
    ),
)
