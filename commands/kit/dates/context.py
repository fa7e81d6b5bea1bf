"""What every rule of the grammar is given, and the ways in which it may refuse."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from commands.kit.dates.results import Day, Instant, Period, Reading, Result, Unreadable
from commands.kit.dates.say import WEEKDAYS, say, say_choice, say_date
from commands.words.calendar import AMSTERDAM, WorkCalendar, local

YEARS_AHEAD = 10
_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Context:
    """The moment and the calendar an expression is read with, and the words as the user typed them."""

    now: datetime
    calendar: WorkCalendar
    said: str

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def monday(self) -> date:
        """The first day of this ISO week."""
        return self.today - timedelta(days=self.today.weekday())


def quote(said: str) -> str:
    """The user's own words, for a sentence that begins with them."""
    short = said if len(said) <= _QUOTED else said[: _QUOTED - 1] + "…"
    return f"'{short[:1].upper()}{short[1:]}'"


def unclear(ctx: Context, *options: Reading) -> Unreadable:
    """More than one meaning: asks which, with the readings that are still possible."""
    ahead = tuple(option for option in dict.fromkeys(options) if not isinstance(settle(option, ctx), Unreadable))
    if len(ahead) < 2:
        return Unreadable(
            "ambiguous", f"{quote(ctx.said)} is voor mij geen precieze datum. Welke dag bedoel je?", ahead
        )
    return Unreadable("ambiguous", f"{quote(ctx.said)} kan {say_choice(ahead)} zijn. Welke bedoel je?", ahead)


def begun(ctx: Context, rest: Reading) -> Unreadable:
    """A period that is going on: only what is left of it can be meant, which is asked."""
    return Unreadable("ambiguous", f"{quote(ctx.said)} is al begonnen. Bedoel je {say(rest)}?", (rest,))


def impossible(what: str, *options: Reading) -> Unreadable:
    """Something that is not on the calendar or the clock: "31 november bestaat niet."."""
    return Unreadable("invalid", f"{what} bestaat niet.", options)


def contradiction(day: date, weekday: int, ctx: Context) -> Unreadable:
    """The date lies on another weekday than was said; the nearest day that is that weekday is offered."""
    near = day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)
    options = (Day(near),) if near >= ctx.today else ()
    return Unreadable("invalid", f"{say_date(day)} is een {WEEKDAYS[day.weekday()]}.", options)


def past(what: str) -> Unreadable:
    return Unreadable("past", f"{what} is voorbij.")


def nonsense(said: str) -> Unreadable:
    return Unreadable(
        "nonsense",
        f"In {quote(said)} lees ik geen datum. Schrijf bijvoorbeeld 'volgende week dinsdag' of 'over twee weken'.",
    )


def add_months(day: date, months: int) -> date | None:
    """The same day of the month some months on, clamped to the month's end (C3); None outside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9998:
        return None
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def make_date(year: int, month: int, day: int) -> date | None:
    """That date, or None if it is not on the calendar."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def at_wall(day: date, hour: int, minute: int, ctx: Context) -> Instant | Unreadable:
    """That time on the clock of Amsterdam; refuses what the change of the clock skips or repeats (C4)."""
    first = datetime.combine(day, time(hour, minute), tzinfo=AMSTERDAM)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return Instant(first)
    said = f"{say_date(day)}, {hour:02d}:{minute:02d}"
    if first.astimezone(UTC).astimezone(AMSTERDAM).replace(tzinfo=None) != first.replace(tzinfo=None):
        return Unreadable("invalid", f"{said} bestaat niet: de klok gaat dan een uur vooruit.")
    return Unreadable(
        "ambiguous",
        f"{said} is er twee keer: de klok gaat dan een uur terug. Welke tijd ervoor of erna bedoel je?",
        (Instant(first), Instant(second)),
    )


def after(now: datetime, minutes: float) -> Instant | None:
    """Elapsed time (C4), to the minute; None outside the calendar."""
    try:
        return Instant(local(now.astimezone(UTC) + timedelta(minutes=minutes)).replace(second=0, microsecond=0))
    except OverflowError:
        return None


def settle(result: Result, ctx: Context) -> Result:
    """Refuses what is past or more than ten years ahead; lets everything else through."""
    if isinstance(result, Unreadable):
        return result
    horizon = add_months(ctx.today, 12 * YEARS_AHEAD) or date.max
    match result:
        case Day(day):
            gone, far = day < ctx.today, day > horizon
            what = say_date(day)
        case Instant(at):
            gone, far = at <= ctx.now, local(at).date() > horizon
            what = say(result)
        case Period(_, end):
            last = local(end).date() if isinstance(end, datetime) else end
            gone = end <= ctx.now if isinstance(end, datetime) else last < ctx.today
            far = last > horizon
            what = say(result)
    if gone:
        return past(what)
    if far:
        return Unreadable("invalid", f"{what} is meer dan {YEARS_AHEAD} jaar vooruit.")
    return result
