"""Seasons, recess and school holidays: only a configured calendar knows when they are (C12)."""

import re

from commands.kit.dates.context import Context, unclear
from commands.kit.dates.results import Period, Result
from commands.kit.dates.rule import Rule, rule
from commands.words.calendar import NamedPeriod

SEASON = (
    r"(?:zomer|winter|herfst|lente|voorjaar|najaar|kerst|mei|krokus|school|carnavals?|paas|pinkster)?"
    r"(?:vakantie|vakanties|reces)|bouwvak|zomer|winter|herfst|lente|voorjaar|najaar|voorzomer|nazomer"
    r"|oud en nieuw|jaarwisseling|kerstdagen|feestdagen|paasdagen|pinksterdagen|carnaval"
)


def _season(match: re.Match[str], ctx: Context) -> Result | None:
    found = coming_period(match["season"], ctx)
    if found is None or match["rest"]:
        return unclear(ctx)
    return Period(max(found.start, ctx.today), found.end)


def _asked(_: re.Match[str], ctx: Context) -> Result | None:
    return unclear(ctx)


def coming_period(name: str, ctx: Context) -> NamedPeriod | None:
    """The first configured holiday or recess of that name that starts after today, or that is going on."""
    kind = "reces" if name.endswith("reces") else "vakantie" if name.endswith("vakantie") else None
    if kind is None:
        return None
    stem = name.removesuffix(kind).removesuffix("school")
    matches = [
        p
        for p in ctx.calendar.periods
        if not p.party and p.kind == kind and stem in p.name.lower() and p.end >= ctx.today
    ]
    return min(matches, key=lambda period: period.start, default=None)


SEASON_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?:(?:komende|deze|volgende) )?(?P<season>{SEASON})(?P<rest> (?:van )?(?:20\d\d|volgende jaar|deze jaar))?",
        _season,
    ),
    rule(
        rf"(?:begin|eind|medio|halverwege|midden)(?: van)? (?P<season>{SEASON})(?P<rest>)(?: .*)?",
        lambda m, c: unclear(c),
    ),
    rule(r"tussen (?:kerst en (?:oud en nieuw|nieuwjaar)|feestdagen door)", lambda m, c: unclear(c)),
)
