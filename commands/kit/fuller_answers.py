"""Answers that say more than was asked: several fields at once, or another date than the one that was offered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from commands.kit import dates
from commands.kit.arguments import Deadline, is_date_shaped, read_part
from commands.kit.declare import Command
from commands.kit.parse import fields_only
from commands.kit.ports import Question
from commands.kit.turn import Turn


def fuller(command: Command, question: Question, text: str, turn: Turn) -> Mapping[str, str] | None:
    """The parts of the half command with what the answer says; None when it is an answer like any other."""
    if question.missing is not None:
        return _by_field(command, question, text, turn)
    part = _offered_date(command, question, turn)
    return {**question.parts, part: text.strip()} if part and is_date_shaped(text, turn) else None


def _by_field(command: Command, question: Question, text: str, turn: Turn) -> Mapping[str, str] | None:
    """ "niet: geen normen, waarde: één beeld", where a text is asked: each part by its name, and nothing beside."""
    asked = next((one for one in command.arguments if one.name == question.missing), None)
    if asked is None or asked.type is not str or question.options:
        return None
    found = fields_only(command, text, turn)
    if not found:
        return None
    return {**question.parts, **{name: raw.rstrip(" ,;") for name, raw in found.items()}}


def _offered_date(command: Command, question: Question, turn: Turn) -> str:
    """The name of the one part that is a date and that the offer names ("Sluiten op wo 3 mrt 2027?"); "" if none."""
    offered = re.split(r"(?<=[.?!:])\s+", question.text.strip())[-1]
    dated = [one for one in command.arguments if one.type is Deadline and one.name in question.parts]
    values = {one.name: read_part(one, question.parts[one.name], turn) for one in dated}
    named = [
        name
        for name, day in values.items()
        if isinstance(day, date) and (dates.say_day(day) in offered or dates.say_short(day) in offered)
    ]
    return named[0] if len(named) == 1 else ""
