"""!stil: until that day only what is acute, and the own actions; the rest comes afterwards in one message (C59)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated

from commands.kit import dates
from commands.kit.arguments import ask_date, read_moment
from commands.kit.declare import EVERYONE, About, command
from commands.kit.owed import owe_preference
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules.preferences import is_quiet
from commands.words.reminder import Preference
from commands.words.verdict import Refused

_OFF = ("uit", "stop", "niet meer", "klaar", "nee")
_WITH = re.compile(r"(?:tot en met|t/m|tot&met|t\.e\.m\.)\s+(?P<day>.+)", re.IGNORECASE)
_UNTIL = re.compile(r"tot\s+(?P<day>.+)", re.IGNORECASE)


@command(
    "stil",
    help="Stuur me een tijd alleen wat acuut is en wat over mijn eigen acties gaat.",
    example="!stil tot 1 maart",
    who=EVERYONE,
)
def stil(
    turn: Turn,
    until: Annotated[
        str, About("tot welke dag, of uit", "tot", rest=True, ask="Tot wanneer? Bijvoorbeeld tot 1 maart, of uit.")
    ],
) -> Outcome:
    before = turn.store.preference(turn.person.id) or Preference(turn.person.id)
    if until.casefold().strip(" .!") in _OFF:
        if not is_quiet(before, turn.today):
            return Refused("Het was al niet stil. Er is niets veranderd.", code="E14")
        return _put(turn, replace(before, quiet_until=None), "Ik stuur weer bericht zoals ingesteld.")
    day = _day(turn, until)
    if not isinstance(day, date):
        return day
    you, your = ("u", "uw") if turn.formal else ("je", "je")
    line = (
        f"Tot {dates.say_day(day)} stuur ik {you} alleen wat acuut is en wat over {your} eigen acties gaat. "
        "De rest komt daarna in één bericht."
    )
    return _put(turn, replace(before, quiet_until=day), line)


def _put(turn: Turn, preference: Preference, line: str) -> Reply:
    turn.put(preference, "stilte gekozen")
    owe_preference(turn.store, turn.structure, turn.now, preference)
    return Reply(say(line), deed="stilte gekozen")


def _day(turn: Turn, said: str) -> date | Ask:
    """The day on which the bot speaks again: the one after *tot*, else the one after the last day that was named."""
    whole, until = _WITH.fullmatch(said.strip()), _UNTIL.fullmatch(said.strip())
    match = whole or until
    result = read_moment(match["day"] if match else said, turn)
    if isinstance(result, dates.Unreadable):
        return ask_date(stil.arguments[0], result, turn)
    last = dates.deadline(result)
    assert last is not None
    exclusive = whole is None and until is not None and isinstance(result, dates.Day | dates.Instant)
    return last if exclusive and last > turn.today else last + timedelta(days=1)
