"""A second opinion for what the grammar does not know: dateparser, in its one form that does not guess.

Measured: only absolute dates with day, month and year, read strictly as day-month-year, are never silently wrong.
"""

import re
from datetime import timedelta
from functools import lru_cache
from importlib import import_module
from typing import Any

from commands.kit.dates.context import Context
from commands.kit.dates.results import Day

_CANDIDATE = re.compile(r"(?=.*\b(?P<y>20\d\d)\b)(?=.*[a-z])[^:]{8,40}", re.IGNORECASE)


@lru_cache(maxsize=1)
def strict_parser() -> Any:
    """dateparser in that form, made once. The import takes 0.2 s, so it waits until it is needed."""
    return import_module("dateparser.date").DateDataParser(
        languages=["nl"],
        settings={
            "PARSERS": ["absolute-time"],
            "DATE_ORDER": "DMY",
            "STRICT_DATE_ORDER": "all",
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RETURN_AS_TIMEZONE_AWARE": False,
            "NORMALIZE": True,
        },
    )


def second_opinion(ctx: Context) -> Day | None:
    """A full date (day, month name, year) in an unusual form, or None. Never a time, never a relative date."""
    match = _CANDIDATE.fullmatch(ctx.said)
    if match is None or len(re.findall(r"\d+", ctx.said)) != 2:
        return None
    found = strict_parser().get_date_data(ctx.said).date_obj
    if found is None or found.year != int(match["y"]) or str(found.day) not in re.findall(r"[1-9]\d*", ctx.said):
        return None
    if found.time() != found.min.time() or found.date() - ctx.today > timedelta(days=3660):
        return None
    return Day(found.date())
