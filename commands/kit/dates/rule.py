"""A rule of the grammar: a pattern over the whole normalised expression, and what it means."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from commands.kit.dates.context import Context
from commands.kit.dates.results import Result
from commands.kit.dates.say import MONTHS, WEEKDAYS

Meaning = Callable[[re.Match[str], Context], Result | None]

_FRAGMENTS = {
    "<wd>": f"(?P<wd>{'|'.join(WEEKDAYS)})",
    "<mon>": f"(?P<mon>{'|'.join(MONTHS)})",
    "<d>": r"(?P<d>\d{1,2})",
    "<n>": r"(?P<n>\d{1,3})",
    "<unit>": r"(?P<unit>dag|week|maand|kwartaal|jaar|werkdag)",
    "<y>": r"(?P<y>20\d\d)",
}
_FRAGMENT = re.compile(r"(?<!\?P)<(?:wd|mon|d|n|unit|y)>")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to say a date. `meaning` may still answer None: then the next rule is tried."""

    pattern: re.Pattern[str]
    meaning: Meaning


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern in which <wd>, <mon>, <d>, <n>, <unit> and <y> stand for named groups."""
    return re.compile(_FRAGMENT.sub(lambda match: _FRAGMENTS[match[0]], pattern), re.ASCII)


def rule(pattern: str, meaning: Meaning) -> Rule:
    return Rule(compiled(pattern), meaning)


def first(rules: tuple[Rule, ...], text: str, ctx: Context) -> Result | None:
    """The meaning of the first rule that matches the whole text; None if there is none."""
    for candidate in rules:
        match = candidate.pattern.fullmatch(text)
        if match is not None:
            result = candidate.meaning(match, ctx)
            if result is not None:
                return result
    return None


def weekday_of(match: re.Match[str]) -> int:
    return WEEKDAYS.index(match["wd"])


def month_of(match: re.Match[str]) -> int:
    return MONTHS.index(match["mon"]) + 1
