"""When the bot may write to someone who chose how often (C59, R-170). Without a choice nothing changes."""

from __future__ import annotations

from datetime import date, timedelta

from commands.words.calendar import WorkCalendar
from commands.words.reminder import Intensity, Preference

_MONTHLY = (Intensity.MONTHLY, Intensity.LIGHT)
_ONE_DAY = timedelta(days=1)


def speaks_on(preference: Preference, day: date, calendar: WorkCalendar) -> date:
    """The first day from `day` on that the person chose to have a message; always a sending day."""
    if preference.quiet_until is not None:
        day = max(day, preference.quiet_until)
    if preference.intensity is Intensity.WEEKLY:
        monday = day - timedelta(days=day.weekday())
        first = calendar.sending_on_or_after(monday)
        return first if first >= day else calendar.sending_on_or_after(monday + timedelta(days=7))
    if preference.intensity in _MONTHLY:
        first = calendar.sending_on_or_after(day.replace(day=1))
        return first if first >= day else calendar.sending_on_or_after(_next_month(day))
    return calendar.sending_on_or_after(day)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def is_quiet(preference: Preference, today: date) -> bool:
    """Whether the person asked for silence today."""
    return preference.quiet_until is not None and today < preference.quiet_until


def nudge_waits(preference: Preference, today: date, calendar: WorkCalendar, *, urgent: bool, own: bool) -> bool:
    """Whether what the clock would say today waits for the next message that was chosen.

    `urgent` is about something acute, `own` about a deadline of the person's own: both come through, the second not
    for *licht*, whose one message a month looks ahead instead (R-170).
    """
    if urgent or (own and preference.intensity is not Intensity.LIGHT):
        return False
    return speaks_on(preference, today, calendar) > today


def news_waits(preference: Preference, today: date, *, urgent: bool) -> bool:
    """Whether a step of one's signal is kept for the next message instead of told at once."""
    if urgent:
        return False
    chosen = preference.intensity not in (None, Intensity.DIRECT)
    return chosen or is_quiet(preference, today)


def is_of_interest(preference: Preference, topic: str | None) -> bool:
    """Whether news on this topic is wanted; what has no topic yet is."""
    return not preference.topics or topic is None or topic.casefold() in {one.casefold() for one in preference.topics}


def looks_ahead_to(preference: Preference, today: date, calendar: WorkCalendar) -> date:
    """The day of the message after today's: what falls due before it belongs in today's."""
    return speaks_on(preference, today + _ONE_DAY, calendar)


def looked_ahead_on(preference: Preference, due: date, today: date, calendar: WorkCalendar) -> date | None:
    """The day after today of the message in which *licht* hears that something falls due; None when it falls due before
    the first."""
    day = looks_ahead_to(preference, today, calendar)
    if day > due:
        return None
    while (following := looks_ahead_to(preference, day, calendar)) <= due:
        day = following
    return day
