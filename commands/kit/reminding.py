"""When a reminder is meant: found in the sentence, read to a recurrence, and said back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice

from commands.kit import dates, meeting_dates
from commands.kit.arguments import is_date_shaped, read_moment
from commands.kit.dates.normal import normalise
from commands.kit.dates.recurring import (
    Recurring,
    Unfinished,
    clock_in,
    leading_recurring,
    read_recurring,
    trailing_recurring,
)
from commands.kit.dates.results import last_day
from commands.kit.dates.rhythm import GAP
from commands.kit.dates.say_rule import say_rule
from commands.kit.dates.trailing import SUBJECT
from commands.kit.ports import Option
from commands.kit.turn import Ask, Turn
from commands.rules import ways
from commands.rules.recurrence import Recurrence, next_after, occurrences
from commands.words.calendar import AMSTERDAM, WorkCalendar, say_short
from commands.words.reminder import Reminder

WHEN = "Wanneer? Bijvoorbeeld morgen om 9:00, of elke maandag."
_MOST_WORDS = 9
_LINKS = ("om", "aan", "dat", "eraan", "te")
#: What only completes a moment that stands at the other end of the sentence.
_COMPLETES = re.compile(r"(?:om|tot|t/m|vanaf|behalve) .+|\d{1,3} keer|\d{1,2}[:.]\d\d(?: uur)?|\d{1,2} uur")


@dataclass(frozen=True)
class Timing:
    """When it comes: the recurrence, and its first time."""

    recurrence: Recurrence
    first: datetime


# --- finding it ------------------------------------------------------------------------------------------------------
def apart(text: str, turn: Turn) -> tuple[str, str] | Ask:
    """The sentence without its moment, and the moment as typed ("" when there is none); asked when there are two."""
    last, ending = _at_end(text, turn)
    rest, opening = _at_begin(last if ending else text, turn)
    if not opening:
        return last, ending
    if not ending:
        return _without_link(rest), opening
    if _COMPLETES.fullmatch(normalise(ending)):
        return _without_link(rest), f"{opening} {ending}"
    question = f"Wanneer: {opening}, of {ending}?"
    return Ask("moment", question, (Option(opening, opening), Option(ending, ending)), {"text": text})


def _at_end(text: str, turn: Turn) -> tuple[str, str]:
    calendar, usual = turn.structure.calendar, turn.thresholds.send_at
    recurring = trailing_recurring(text, turn.now, calendar, usual)
    if recurring is not None:
        return recurring[0], recurring[1]
    met = meeting_dates.trailing(text, turn)
    if met is not None:
        return met[0], met[1]
    found = dates.trailing(text, turn.now, calendar)
    if found is None:
        return text, ""
    return found[0], text[len(found[0]) :].strip(" ,;:-.")


def _at_begin(text: str, turn: Turn) -> tuple[str, str]:
    recurring = leading_recurring(text, turn.now, turn.structure.calendar, turn.thresholds.send_at)
    if recurring is not None:
        return recurring[0], recurring[1]
    words = text.split()
    for end in range(min(_MOST_WORDS, len(words)), 0, -1):
        opening = " ".join(words[:end]).strip(" ,;:.")
        if words[end - 1].casefold() in ("de", "het", "een") or SUBJECT.fullmatch(normalise(opening)):
            continue
        if is_date_shaped(opening, turn):
            return " ".join(words[end:]), opening
    return text, ""


def _without_link(text: str) -> str:
    """ "morgen aan de stukken" is about the stukken; "morgen om de stukken te sturen" stays a sentence."""
    first, _, rest = text.partition(" ")
    return rest if first.casefold() in _LINKS[1:4] and rest else text


# --- reading it ------------------------------------------------------------------------------------------------------
def read_timing(raw: str, turn: Turn, *, every: str = "", usual: time | None = None) -> Timing | Ask:
    """When that is; an Ask for what is unclear, missing or past. `every` is the phrase whose gap `raw` fills.

    `usual` is the time of day where none is said: the sending time, or that of the reminder that is put off.
    """
    usual = usual or turn.thresholds.send_at
    calendar = turn.structure.calendar
    whole = every.replace(GAP, raw) if every else raw
    result = read_recurring(whole, turn.now, calendar, usual)
    if result is None and every and isinstance(read_moment(whole, turn), dates.Unreadable):
        # What fills no gap may be a moment of its own.
        result = read_recurring(raw, turn.now, calendar, usual)
        if result is None and isinstance(read_moment(raw, turn), dates.Unreadable):
            return Ask("moment", f"'{ways.shown(raw)}' past daar niet. {WHEN}", parts=_cleared(every))
        whole = raw
    match result:
        case Recurring():
            recurrence = result.at(usual)
            first = next_after(recurrence, turn.now, calendar)
            if first is None:
                return Ask("moment", f"{_cap(say_rule(recurrence))}: zo komt hij nooit. {WHEN}", parts=_cleared())
            return Timing(recurrence, first)
        case Unfinished(because, phrase, options):
            return Ask("moment", because, tuple(Option(*one) for one in options), _cleared(phrase))
        case dates.Unreadable():
            return _ask(result, whole)
    return _once(whole, turn, usual)


def _once(raw: str, turn: Turn, usual: time) -> Timing | Ask:
    result = read_moment(raw, turn)
    match result:
        case dates.Unreadable():
            return _ask(result, raw)
        case dates.Instant(at):
            return Timing(Recurrence("", at.date(), at.time().replace(tzinfo=None)), at)
        case dates.Period(start=datetime() as start):
            return Timing(Recurrence("", start.date(), start.time().replace(tzinfo=None)), start)
        case dates.Period():
            return Ask("moment", f"{_cap(dates.say(result))} is een periode. Op welke dag precies?", parts=_cleared())
        case dates.Day(day):
            at = datetime.combine(day, usual, AMSTERDAM)
            if at <= turn.now:
                return Ask("moment", "Hoe laat vandaag?", parts=_cleared(f"vandaag om {GAP}"))
            return Timing(Recurrence("", day, usual), at)


def _ask(unreadable: dates.Unreadable, raw: str) -> Ask:
    """Why it is not clear, with the likely answers; a time that was typed goes along."""
    clock = clock_in(raw)
    hour = f" om {clock:%H:%M}" if clock else ""
    options = []
    for one in unreadable.options:
        said = say_short(last_day(one)) if not isinstance(one, dates.Instant) else dates.say_instant(one.at)
        options.append(Option(said, said if isinstance(one, dates.Instant) else f"{said}{hour}"))
    text = unreadable.because
    if unreadable.kind == "nonsense":
        text = WHEN
    elif not text.endswith("?"):
        text = f"{text} Wanneer dan?"
    return Ask("moment", text, tuple(options), _cleared(f"{GAP}{hour}" if hour else ""))


def _cleared(every: str = "") -> dict[str, str]:
    return {"moment": "", "every": every}


# --- saying it -------------------------------------------------------------------------------------------------------
def recurrence_of(reminder: Reminder) -> Recurrence:
    """When a reminder comes."""
    return Recurrence(reminder.rule, reminder.start, reminder.wall, reminder.working)


def say_at(at: datetime) -> str:
    """ "donderdag 5 november 2026 om 09:00"."""
    wall = at.astimezone(UTC).astimezone(AMSTERDAM)
    return f"{dates.say_day(wall.date())} om {wall:%H:%M}"


def short_at(at: datetime) -> str:
    """ "do 5 nov 2026 om 09:00"."""
    wall = at.astimezone(UTC).astimezone(AMSTERDAM)
    return f"{say_short(wall.date())} om {wall:%H:%M}"


def say_timing(timing: Timing) -> str:
    """Once: the day and time. Recurring: the rhythm."""
    return say_rule(timing.recurrence) if timing.recurrence.rule else say_at(timing.first)


def notes(timing: Timing, calendar: WorkCalendar) -> list[str]:
    """What to know of it: the first times, an hour that the clock skips, a day that is no working day."""
    found: list[str] = []
    recurrence = timing.recurrence
    if recurrence.rule:
        first = list(islice((at for at in occurrences(recurrence, calendar) if at >= timing.first), 3))
        days = [say_short(_day(at)) for at in first]
        then = f", daarna {' en '.join(days[1:])}" if len(days) > 1 else ""
        found.append(f"De eerste keer {days[0]}{then}.")
        free = _first_holiday(timing, calendar)
        if free is not None and not recurrence.working:
            name = calendar.holiday(free) or ""
            found.append(
                f"Ook op feestdagen, zoals {name} ({say_short(free)}); met 'behalve feestdagen' sla ik ze over."
            )
    elif not calendar.is_working_day(_day(timing.first)):
        found.append("Dat is geen werkdag; ik stuur hem dan toch.")
    return found


def _first_holiday(timing: Timing, calendar: WorkCalendar) -> date | None:
    """The first public holiday on which it comes within a year, of what comes on working days otherwise."""
    by_day = timing.recurrence.parts.get("BYDAY", "")
    if not by_day or "SA" in by_day or "SU" in by_day:
        return None
    for at in occurrences(timing.recurrence, calendar):
        day = _day(at)
        if (day - _day(timing.first)).days > 366:
            return None
        if calendar.holiday(day) is not None:
            return day
    return None


def _day(at: datetime) -> date:
    return at.astimezone(AMSTERDAM).date()


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
