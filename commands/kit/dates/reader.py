"""`read`: one Dutch expression to a day, an instant, a period or a question."""

from datetime import datetime

from commands.kit.dates.compose import read_expression
from commands.kit.dates.context import Context, nonsense, settle
from commands.kit.dates.fallback import second_opinion
from commands.kit.dates.normal import normalise
from commands.kit.dates.results import Result
from commands.words.calendar import WorkCalendar, local

LONGEST = 80
"""Characters. Longer texts are no date expressions, and would cost time."""


def read(expression: str, now: datetime, calendar: WorkCalendar = WorkCalendar()) -> Result:
    """What a Dutch date expression means at `now`, by the conventions C1-C12 of the README.

    The whole expression is understood or it is refused: no part is left out, nothing is guessed. No accepted result
    is past or more than ten years ahead. Raises ValueError if `now` has no zone.
    """
    ctx = Context(local(now), calendar, " ".join(expression.split()))
    if len(ctx.said) > LONGEST:
        return nonsense(ctx.said)
    result = by_grammar(ctx) or second_opinion(ctx)
    return nonsense(ctx.said) if result is None else settle(result, ctx)


def by_grammar(ctx: Context) -> Result | None:
    """The grammar alone, settled; None where it finds nothing."""
    text = normalise(ctx.said)
    result = read_expression(text, ctx) if text else None
    return None if result is None else settle(result, ctx)
