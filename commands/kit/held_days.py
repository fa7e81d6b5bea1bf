"""A day on which something was held: today or earlier, where every other date lies ahead (C5)."""

from __future__ import annotations

from datetime import date, timedelta

from commands.kit import dates
from commands.kit.turn import Ask, Turn
from commands.words.verdict import Refused

_NEAR = {"vandaag": 0, "nu": 0, "gisteren": 1, "eergisteren": 2}


def held_day(raw: str | None, turn: Turn, part: str) -> date | Ask | Refused:
    """The day that was typed, the last one that fits; today without one. Asks for `part` when it is unclear."""
    word = " ".join((raw or "vandaag").casefold().strip(" .,;").split())
    if word in _NEAR:
        return turn.today - timedelta(days=_NEAR[word])
    # One day less than a year, so that the date of today is today.
    back = 364 if any(sign.isdigit() for sign in word) else 7
    result = dates.read(word, turn.now - timedelta(days=back), turn.structure.calendar)
    if isinstance(result, dates.Unreadable):
        return Ask(part, "Op welke dag was dat?")
    day: date | None = dates.deadline(result)
    if day is None:
        return Ask(part, "Op welke dag was dat?")
    if day > turn.today:
        return Refused(
            f"{dates.say_day(day)[0].upper()}{dates.say_day(day)[1:]} komt nog. Noem een dag die geweest is.",
            code="E08",
        )
    return day
